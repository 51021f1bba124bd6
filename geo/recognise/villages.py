"""Guards for the villages of the world: names that no corpus holds, told by where they stand.

"the villages of A, B and C", "X Village", "control of X", "Orahovac/Rrahovec", "Pobe-Mengao", "Moscow Idaho".
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from geo import unit_words
from geo.lexicon import DIRECTORY, read_lists
from geo.recognise import words
from geo.recognise.candidates import GAZETTEER, PATTERN, RUN, Candidate
from geo.recognise.reading import Reading
from geo.surfaces import HOW
from geo.trees import Floats

_NAMED = 0.6
# What the model must hold for possible at least.
_THINKABLE, _POSSIBLE, _LIKELY = 0.01, 0.06, 0.15
# English words that no text holds, and prepositions of movement, after which a rare name is a place's.
_NEVER, _MOVED = 2.0, frozenset(("from", "to", "enter"))
# Words rarer than this in English are names; a name of several words may have commoner ones among them.
_UNHEARD, _RARE = 2.6, 3.4
_HEADS = frozenset(("settlement", "quarter", "district", "province"))
_VILLAGES = read_lists(DIRECTORY / "places" / "villages.txt")
# Type words that common names bear too: what they close is a village's only where its own words are unheard of.
_COMMON_HEADS = _VILLAGES["common heads"]
_OPENERS, _PLURALS, _GROUND = _VILLAGES["openers"], _VILLAGES["plurals"], _VILLAGES["ground"]
_HELD, _LEFT, _COMPOSERS = _VILLAGES["held"], _VILLAGES["left"], _VILLAGES["composers"]
# After two names with a hyphen these say that a way leads from one to the other.
_WAYS = words.HIGHWAYS | words.STREETS | _VILLAGES["ways"]
_JOINTS = frozenset((",", "and", "or", "/", "&"))
_SLASH, _POSSESSIVES = "/", frozenset(("'s", "’s"))
# Candidates on either side among which those inside one are sought.
_WINDOW = 12
# log10 of the people of a town that another name may be tied to: "Kyiv-Lavra".
_WELL_KNOWN = 5.3


def rarity(reading: Reading, first: int, stop: int) -> float:
    """Give how common the words of a name are in English: the commonest of one or two, the mean of more."""
    heard = [words.zipf(word) for word in reading.lower[first:stop] if word[0].isalpha()]
    if not heard:
        return 9.0
    return max(heard) if len(heard) < 2 else sum(heard) / len(heard)


def unit(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept "Khwet Khwin Village", "Kauru LGA", "Barangay Diatagon": a rare name with the type word of a unit."""
    first, stop, lower = candidate.first, candidate.stop, reading.lower
    if not candidate.sources & (RUN | PATTERN | GAZETTEER) or stop - first < 2 or probability < _THINKABLE:
        return None
    if reading.tokens[first].word.isupper() and reading.tokens[stop - 1].word.isupper() and stop - first > 2:
        return None
    if lower[first] in _OPENERS and reading.runs[first][1] == stop:
        return max(probability, _NAMED) if rarity(reading, first + 1, stop) < _RARE else None
    length, kinds = unit_words.trailing(lower[first:stop])
    whole = first == reading.runs[first][0] and (stop == reading.runs[first][1] or lower[stop : stop + 1] == ["of"])
    if not length or not kinds & _HEADS or not whole or length >= stop - first:
        return None
    own = lower[first : stop - length]
    if lower[stop - 1] in _COMMON_HEADS and max(map(words.zipf, own)) >= _UNHEARD:
        return None
    if any(word in words.ORGANISATIONS or word in words.FUNCTION_WORDS for word in own):
        return None
    return max(probability, _NAMED) if rarity(reading, first, stop - length) < _RARE else None


def grounded(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept a rare run after "control of" or before "area", "outpost", "neighbourhoods"."""
    first, stop, lower = candidate.first, candidate.stop, reading.lower
    if not _is_rare_run(reading, candidate) or probability < _THINKABLE:
        return None
    if lower[first - 1 : first] == ["of"] and lower[first - 2 : first - 1] and lower[first - 2] in _HELD | _PLURALS:
        return max(probability, _NAMED)
    before = first - 1
    while before > 0 and lower[before] in words.DETERMINERS:
        before -= 1
    placed = before >= 0 and (lower[before] in words.LOCATIVE or lower[before] in words.APPROACHES)
    ground = bool(lower[stop : stop + 1]) and lower[stop] in _GROUND
    if ground and (placed or (first > 0 and lower[first - 1] == "the")):
        return max(probability, _NAMED)
    moved = before >= 0 and lower[before] in _MOVED and rarity(reading, first, stop) < _UNHEARD
    if moved and probability >= _POSSIBLE:
        return max(probability, _NAMED)
    unheard = max(map(words.zipf, lower[first:stop])) < _NEVER and candidate.surface.how in (0, HOW["fuzzy"])
    if unheard and probability >= _LIKELY:
        return max(probability, _NAMED)
    if before >= 0 and lower[before] in _LEFT and probability >= _POSSIBLE:
        return max(probability, _NAMED) if rarity(reading, first, stop) < _UNHEARD else None
    several = stop - first > 1 and rarity(reading, first, stop) < _UNHEARD
    if several and probability >= _LIKELY and lower[stop : stop + 1] == ["in"]:
        return max(probability, _NAMED)
    return max(probability, _NAMED) if placed and several and probability >= _POSSIBLE else None


def _is_rare_run(reading: Reading, candidate: Candidate, *, listed: bool = False) -> bool:
    """Tell a whole run of capitals that is no word of English, no person and nothing that the gazetteer knows well."""
    first, stop = candidate.first, candidate.stop
    begin, end = reading.runs[first]
    while 0 <= begin < first and reading.lower[begin] in words.FUNCTION_WORDS:
        begin += 1
    while end - 1 > begin and reading.lower[end - 1] in words.CALENDAR:
        end -= 1
    if (begin, end) != (first, stop) or first == 0 or reading.tokens[first].word.isupper():
        return False
    lower = reading.lower
    given = lower[first] in words.GIVEN_NAMES and not (listed and stop - first > 1)
    if given or lower[first] in words.TITLES or lower[stop - 1] in words.ORGANISATIONS:
        return False
    if candidate.surface.how == HOW["demonym"] or reading.surnames[lower[stop - 1]] or lower[first] in words.CALENDAR:
        return False
    return rarity(reading, first, stop) < _RARE


def enumerated(reading: Reading, found: Sequence[Candidate], probabilities: Floats, threshold: float) -> Floats:
    """Accept the rare names of a list of places: "the villages of A, B and C", "Kyauk Pyin, Thit Le Bin and Tha Yet".

    A name counts where the list opens with "villages of", closes with "villages", or holds a place on its other side;
    beside a slash one place is enough.
    """
    out = probabilities.copy()
    lists = _Lists(reading)
    for index, candidate in enumerate(found):
        if out[index] >= threshold and candidate.surface.how != HOW["demonym"]:
            lists.accept(candidate)
    waiting = [
        index
        for index, candidate in enumerate(found)
        if out[index] < threshold and candidate.sources & RUN and _is_rare_run(reading, candidate, listed=True)
    ]
    for order in (waiting, waiting[::-1]):
        for index in order:
            if out[index] < threshold and lists.holds(found[index]):
                out[index] = max(float(out[index]), _NAMED)
                lists.accept(found[index])
    return out


class _Lists:
    """The tokens at which accepted names begin and end, and those of them that stand in a list of villages."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._ends: set[int] = set()
        self._opened: set[int] = set()
        # "Logar's Spin Kala"; but "Russia's Shoigu".
        self._owners: set[int] = set()

    def accept(self, candidate: Candidate) -> None:
        ends = {candidate.first, candidate.stop - 1}
        self._ends |= ends
        if not candidate.surface.counts[0]:
            self._owners.add(candidate.stop - 1)
        if self._opens(candidate) or self._joined(candidate.first - 1, -1) in self._opened:
            self._opened |= ends

    def holds(self, candidate: Candidate) -> bool:
        lower, first, stop = self._reading.lower, candidate.first, candidate.stop
        left, right = self._joined(first - 1, -1), self._joined(stop, 1)
        before, after = left in self._ends, right in self._ends
        if before and (after or lower[first - 1] == _SLASH or left in self._opened):
            return True
        if after and lower[stop] == _SLASH:
            return True
        if self._opens(candidate) and right is not None:
            return True
        if lower[first - 1] in _POSSESSIVES and first - 2 in self._owners:
            return rarity(self._reading, first, stop) < _UNHEARD
        following = lower[stop] if stop < len(lower) else "\n"
        if before and lower[first - 1] == "and" and following in _PLURALS:
            return True
        closed = following in _PLURALS or following in ".;)" or following[0] == "\n"
        return before and closed and rarity(self._reading, first, stop) < _UNHEARD

    def _opens(self, candidate: Candidate) -> bool:
        """Tell whether "villages of" stands before a name."""
        before = self._reading.lower[max(0, candidate.first - 2) : candidate.first]
        return len(before) > 1 and before[1] == "of" and before[0] in _PLURALS

    def _joined(self, at: int, step: int) -> int | None:
        """Give the token of the name that a joint at `at` leads to; None where no joint stands there."""
        lower, moved = self._reading.lower, at
        while 0 <= moved < len(lower) and lower[moved] in _JOINTS and abs(moved - at) < 2:
            moved += step
        return moved if moved != at and 0 <= moved < len(lower) else None


def _parts(found: Sequence[Candidate], index: int) -> list[int]:
    """Give the candidates inside one, by position: they stand near it in the order of the text."""
    whole = found[index]
    near = range(max(0, index - _WINDOW), min(len(found), index + _WINDOW + 1))
    return [at for at in near if at != index and whole.first <= found[at].first and found[at].stop <= whole.stop]


def wholes(reading: Reading, found: Sequence[Candidate], probabilities: Floats) -> Floats:
    """Take "Nyaung Kwe Taung" after a preposition of place for one name, though a town is called Nyaung."""
    out = probabilities.copy()
    ends = {one.stop - 1 for index, one in enumerate(found) if out[index] >= _NAMED}
    for index, whole in enumerate(found):
        first, stop, lower = whole.first, whole.stop, reading.lower
        if stop - first < 2 or whole.surface.how or not whole.sources & RUN:
            continue
        if not _is_rare_run(reading, whole, listed=True):
            continue
        if not _opens_place(reading, first, ends):
            continue
        parts = _parts(found, index)
        best = max((float(out[at]) for at in parts), default=0.0)
        rest = {at for at in range(first, stop) if lower[at][0].isalpha()}
        # "Nova" of "Chinguar Nova" is no place of its own, nor is "Kan" of "Kan Gyi Taw" Kansas.
        parts = [at for at in parts if found[at].surface.how != HOW["abbreviation"] and not _composes(lower, found[at])]
        for at in parts:
            if found[at].surface.how == HOW["name"] and out[at] > _NAMED / 2:
                rest -= set(range(found[at].first, found[at].stop))
        known = max((found[at].surface.population for at in parts), default=0.0)
        rest -= {at for at in rest if lower[at] in _COMPOSERS and len(rest) > 1}
        if best <= out[index] or known > _WELL_KNOWN or not rest:
            continue
        if any(words.zipf(lower[at]) >= _RARE and lower[at] not in _COMPOSERS for at in rest):
            continue
        if any(lower[at] in words.TYPE_WORDS or lower[at] in words.FACILITY_WORDS for at in rest):
            continue
        out[index] = min(1.0, max(best, _NAMED) + 0.001)
        for at in _parts(found, index):
            out[at] = 0.0
    return out


def _composes(lower: Sequence[str], one: Candidate) -> bool:
    """Tell a part that is only what tells one village from the next of its name."""
    return one.stop - one.first == 1 and lower[one.first] in _COMPOSERS


def _opens_place(reading: Reading, first: int, ends: AbstractSet[int]) -> bool:
    """Tell whether a place is told of at a token: after a preposition, "villages of", or another place of a list."""
    lower = reading.lower
    before = lower[first - 1]
    if before in words.LOCATIVE or before in words.APPROACHES or before in _LEFT:
        return True
    if before == "of":
        return lower[first - 2] in _HELD | _PLURALS
    left = first - 2
    while left > 0 and lower[left] in _JOINTS:
        left -= 1
    return before in _JOINTS and left in ends


def compounds(reading: Reading, found: Sequence[Candidate], probabilities: Floats) -> Floats:
    """Take "Pobe-Mengao" for one name: a part of a hyphenated name is none, unless both parts are places."""
    out = probabilities.copy()
    for index, whole in enumerate(found):
        first, stop, lower = whole.first, whole.stop, reading.lower
        if stop - first != 3 or lower[first + 1] not in "-–" or not whole.sources & RUN:
            continue
        if lower[stop : stop + 1] and lower[stop] in _WAYS:
            continue
        parts = _parts(found, index)
        known = [found[at] for at in parts if found[at].surface.how in (HOW["name"], HOW["demonym"])]
        if len(known) > 1 or rarity(reading, first, stop) >= _RARE or not reading.capital[stop - 1]:
            continue
        if any(one.surface.population > _WELL_KNOWN or one.surface.capital for one in known):
            continue
        best = max((float(out[at]) for at in parts), default=0.0)
        out[index] = max(float(out[index]), min(1.0, best + 0.001))
        for at in parts:
            out[at] = 0.0
    return out
