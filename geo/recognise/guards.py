"""What the corpora cannot teach: names that are surely persons, ships or months, and names that surely are places.

Each guard looks at one cue and sets the probability of a candidate; the model decides wherever no guard speaks.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from geo.recognise import states, villages, words
from geo.recognise.candidates import GAZETTEER, RUN, Candidate
from geo.recognise.reading import Reading
from geo.surfaces import HOW, Surface
from geo.trees import Floats

_SETTLEMENTS, _FACILITIES, _UNITS = 2, 6, (0, 1, 4)
_SEAT, _NAMED = 0.8, 0.6
# Where the model that ships keeps a name.
_KEPT = 0.4
# Above this the model is believed even of a person's name.
_SURE = 0.93
# A candidate that the model holds for at least this likely is believed where a strong cue speaks for it.
_THINKABLE, _POSSIBLE = 0.02, 0.12
_LIKELY = 0.3
# log10 of the population from which on a town with a rare name is believed.
_LARGE = 4.7
# log10 of the population from which on a place may have weapons called after it.
_WELL_KNOWN = 5.3
# Words of a run of capitals from which on it is a headline, and log10 of the population of a town that such lines name.
_SHOUT, _SIZEABLE = 3, 4.0
# Names of fewer letters are more often abbreviations of something else.
_SHORT = 4
# Words rarer than this in English are names or nothing; a word that is rarer than the second, after a given name, is a
# surname.
_RARE, _SURNAME, _COMMON = 3.2, 4.0, 4.5
# A word that English texts hardly ever hold: after "at" or "near" it names a place more often than anything else.
_UNHEARD = 2.0
# A word that is written in lower case this often is a common word.
_COMMON_RATE = 0.8
# "Reading is fun": news writes of the town too.
_PARTICIPLE_RATE = 0.5
_TOWARDS = frozenset(("to", "from", "for", "on", "and"))
_JUNIOR = frozenset(("jr", "sr", "ii", "iii"))
_SAINTS = frozenset(("san", "santa", "santo", "são", "sao", "saint", "sainte", "st"))

Guard = Callable[[Reading, Candidate, float], float | None]


def adjusted(reading: Reading, found: list[Candidate], probabilities: Floats, lower_rates: Floats) -> Floats:
    """Give the probabilities after the guards: those of `probabilities` where none speaks.

    Parameters
    ----------
    reading : Reading
    found : list of Candidate
        In order.
    probabilities : numpy.ndarray of float32, shape (candidates,)
    lower_rates : numpy.ndarray of float32, shape (candidates,)
        How often the words of each are written in lower case.
    """
    out = probabilities.copy()
    for index, candidate in enumerate(found):
        if " ".join(reading.lower[candidate.first : candidate.stop]) in words.NO_PLACES:
            out[index] = 0.0
            continue
        participle = reading.lower[candidate.first].endswith("ing")
        if lower_rates[index] >= (_PARTICIPLE_RATE if participle else _COMMON_RATE) and _opens_alone(
            reading, candidate
        ):
            out[index] = 0.0
            continue
        for guard in GUARDS:
            value = guard(reading, candidate, float(probabilities[index]))
            if value is not None:
                out[index] = value
                break
    out = states.states(reading, found, _longest(found, out))
    out = villages.compounds(reading, found, villages.wholes(reading, found, out))
    return villages.enumerated(reading, found, out, _KEPT)


def _opens_alone(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether the candidate is a word with a capital only because it opens a sentence: "Car bombs went off"."""
    first, surface = candidate.first, candidate.surface
    single = candidate.stop - first == 1 and reading.opens[first] and not reading.tokens[first].word.isupper()
    of_a_country = surface.counts[0] and not _abbreviates(surface)
    return single and not of_a_country and not surface.capital and reading.lower[first] not in reading.located


def _abbreviates(surface: Surface) -> bool:
    """Tell whether the letters are the first ones of a country's words: capitals, wherever they mean it ("CAR")."""
    initials = ("".join(word[0] for word in one.place.name.split()) for one in surface.candidates)
    return any(surface.key == "".join(filter(str.isupper, letters)).lower() for letters in initials)


def _calendar(reading: Reading, candidate: Candidate, _: float) -> float | None:
    """Refuse months and days."""
    alone = candidate.stop - candidate.first == 1
    return 0.0 if alone and reading.lower[candidate.first] in words.CALENDAR else None


def _ship(reading: Reading, candidate: Candidate, _: float) -> float | None:
    """Refuse the names of ships: "HMS Belfast", "the tanker Marlin Luanda"."""
    begin, _stop = reading.runs[candidate.first]
    if begin < 0:
        return None
    return 0.0 if reading.last_vessel[candidate.first] >= max(0, begin - 1) else None


def _weapon(reading: Reading, candidate: Candidate, _: float) -> float | None:
    """Refuse the names of weapons: "Grad rockets", "Apache helicopters"; those of "Gaza rockets" come from there."""
    lower, stop, surface = reading.lower, candidate.stop, candidate.surface
    if stop >= len(lower) or lower[stop] not in words.WEAPONS or lower[candidate.first] in reading.located:
        return None
    known = surface.counts[0] or surface.capital or surface.population > _WELL_KNOWN
    return None if known or surface.how == HOW["demonym"] else 0.0


def _person(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Refuse parts of a person's name: "Irving Berlin", "Paris Haddad", "Colonel Lutsk"; and his surname alone."""
    lower, capital = reading.lower, reading.capital
    first, stop = candidate.first, candidate.stop
    if stop - first > 1 or candidate.surface.how == HOW["demonym"]:
        return None
    begin, end = reading.runs[first]
    before = lower[first - 1] if first > begin else ""
    after = lower[stop] if stop < end and capital[stop] else ""
    if _is_addressed(reading, first, begin) or (first and lower[first - 1] in words.KIN):
        return 0.0
    if before in words.GIVEN_NAMES and before not in words.FUNCTION_WORDS and (stop == end or after in _JUNIOR):
        return 0.0
    if _is_parted(reading, first):
        return 0.0
    rare = after.isalpha() and words.zipf(after) < _SURNAME
    if rare and first == begin and end - first == 2 and lower[first] in words.PLACE_GIVEN_NAMES:
        return 0.0 if after not in _NO_SURNAMES and not reading.tokens[stop].word.isupper() else None
    if probability > _SURE:
        return None
    named = after.isalpha() and after not in _NO_SURNAMES and not reading.tokens[stop].word.isupper()
    if named and first == begin and end - first <= 3 and lower[first] in words.PLACE_GIVEN_NAMES:
        return 0.0
    called = begin == first and end == stop and reading.opens[first] and lower[first] in words.GIVEN_NAMES
    if called and not candidate.surface.counts[0] and lower[first] not in reading.located:
        return 0.0
    alone = begin == first and end == stop and lower[first - 1 : first] and lower[first - 1] not in words.LOCATIVE
    surname = alone and reading.surnames[lower[first]] > 0 and lower[first] not in words.FUNCTION_WORDS
    if (
        surname
        and candidate.surface.counts[0] == 0
        and not candidate.surface.capital
        and lower[first] not in reading.located
    ):
        return 0.0
    return None


def _is_parted(reading: Reading, at: int) -> bool:
    """Tell the given name or the surname of "Sebastián de Belalcázar", though not of "San José de Cúcuta"."""
    lower, capital = reading.lower, reading.capital
    if at + 2 < len(lower) and lower[at + 1] in words.PARTICLES:
        given, surname = at, at + 2
    elif at > 1 and lower[at - 1] in words.PARTICLES:
        given, surname = at - 2, at
    else:
        return False
    saint = given > 0 and lower[given - 1] in _SAINTS
    person = lower[given] in words.GIVEN_NAMES and lower[given] not in words.PLACE_GIVEN_NAMES
    return person and not saint and capital[given] and capital[surname]


def _is_addressed(reading: Reading, first: int, begin: int) -> bool:
    """Tell whether a title stands before the word, with at most one name between: "Mr Paris Jackson"."""
    lower = reading.lower
    if first > begin:
        return (
            any(lower[at] in words.ADDRESS for at in (first - 1, first - 2) if at >= begin)
            and "of" not in (lower[max(begin, first - 2) : first])
        )
    return False


def _street(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Refuse a place that a street is named after, and take the street: "Istanbul Square"."""
    lower, stop = reading.lower, candidate.stop
    if lower[candidate.first] in words.CALENDAR and candidate.first and lower[candidate.first - 1].isdigit():
        return 0.0
    named_after = stop < len(lower) and lower[stop] in words.TOWN_STREETS and reading.capital[stop]
    if named_after and candidate.surface.how and lower[candidate.stop - 1] not in words.STREETS:
        return 0.0
    whole = candidate.stop - candidate.first > 1 and lower[stop - 1] in words.TOWN_STREETS
    return max(probability, _NAMED) if whole and reading.runs[candidate.first] == (candidate.first, stop) else None


def _seat(_reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept seats of government that only governments go by: the annotators of the corpora pass over "the Kremlin"."""
    if candidate.surface.government and not candidate.surface.counts[_SETTLEMENTS]:
        return max(probability, _SEAT)
    return None


def _works(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept a hospital, an air base or a crossing that the gazetteer holds by its whole name."""
    surface, own = candidate.surface, reading.lower[candidate.first : candidate.stop]
    if len(own) < 2 or surface.how != HOW["name"] or not surface.counts[_FACILITIES] or surface.government:
        return None
    named = own[-1] in words.FACILITY_WORDS and min(map(words.zipf, own)) < _SURNAME
    return max(probability, _NAMED) if named else None


def _called(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept what the text calls a village or works: "village of X", "X, a hamlet outside Y", "the X tunnel"."""
    lower, first, stop = reading.lower, candidate.first, candidate.stop
    if reading.runs[first] != (first, stop) or not candidate.sources & (RUN | GAZETTEER):
        return None
    of = first > 1 and lower[first - 1] == "of" and lower[first - 2] in words.GROUND_WORDS
    apposed = lower[stop : stop + 1] == [","] and lower[stop + 1 : stop + 2] in (["a"], ["an"], ["the"])
    apposed = apposed and any(word in words.GROUND_WORDS for word in lower[stop + 2 : stop + 4])
    works = bool(lower[stop : stop + 1]) and lower[stop] in words.WORKS
    if works and first and lower[first - 1] == "the" and max(map(words.zipf, lower[first:stop])) < _UNHEARD:
        return max(probability, _NAMED)
    return max(probability, _NAMED) if probability >= _THINKABLE and (of or apposed or works) else None


def _approached(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept a whole run of capitals after a preposition of place, where the model thinks it possible."""
    first, stop = candidate.first, candidate.stop
    if first == 0 or reading.runs[first] != (first, stop):
        return None
    before = reading.lower[first - 1]
    surface = candidate.surface
    rarity = max(map(words.zipf, reading.lower[first:stop]))
    known = surface.how not in (0, HOW["fuzzy"]) and surface.counts[_SETTLEMENTS]
    placed = before in words.LOCATIVE or before in words.APPROACHES
    if known and placed and probability >= _THINKABLE and rarity < _COMMON:
        return max(probability, _NAMED)
    # Its own run counts among those that its last word closes.
    if reading.ends[reading.lower[stop - 1]] > (stop - first > 1) or reading.lower[first] in words.GIVEN_NAMES:
        return None
    if known and before in _TOWARDS and probability >= _THINKABLE and rarity < _SURNAME and surface.population >= 3:
        return max(probability, _NAMED)
    heard = _RARE if probability >= _POSSIBLE else _UNHEARD
    if not known and placed and probability >= _THINKABLE and rarity < heard:
        return max(probability, _NAMED)
    if before in words.APPROACHES and probability >= _POSSIBLE:
        return max(probability, _NAMED)
    if before in ("at", "in", "from") and probability >= _LIKELY:
        return max(probability, _NAMED)
    return None


def _possessing(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept a settlement with a rare name that has something: "Raqqa's clock tower"."""
    first, stop = candidate.first, candidate.stop
    known = candidate.surface.how not in (0, HOW["fuzzy"]) and candidate.surface.counts[_SETTLEMENTS]
    rare = max(map(words.zipf, reading.lower[first:stop])) < _RARE and not reading.surnames[reading.lower[stop - 1]]
    if known and rare and reading.runs[first] == (first, stop) and reading.lower[stop : stop + 1] in (["'s"], ["’s"]):
        return max(probability, _NAMED) if probability >= _POSSIBLE else None
    return None


def _famous(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Accept what the gazetteer knows well by a name that is no English word: "Kiev", "Donbas", "Northern Territories".

    The corpora tell mostly of the United States: their models trust other spellings and regions too little.
    """
    first, stop, surface = candidate.first, candidate.stop, candidate.surface
    lower = reading.lower
    short = stop - first == 1 and len(lower[first]) < _SHORT
    if surface.how != HOW["name"] or short or not _whole(reading, candidate):
        return None
    if reading.surnames[lower[stop - 1]] or lower[first] in words.GIVEN_NAMES or lower[first - 1] in words.TITLES:
        return None
    if stop - first > 1 and surface.curated:
        return max(probability, _NAMED)
    rarity = max(map(words.zipf, lower[first:stop]))
    prominent = surface.capital or surface.curated or any(surface.counts[group] for group in _UNITS)
    if prominent and rarity < _SURNAME and probability >= _POSSIBLE / 2:
        return max(probability, _NAMED)
    large = surface.counts[_SETTLEMENTS] and surface.population >= _LARGE
    return max(probability, _NAMED) if large and rarity < _RARE and probability >= _POSSIBLE else None


def _whole(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether the candidate is a whole run of capitals, but for what begins the sentence."""
    begin, stop = reading.runs[candidate.first]
    if stop != candidate.stop:
        return False
    while 0 <= begin < candidate.first and reading.lower[begin] in _OPENING:
        begin += 1
    return begin == candidate.first


def _shouted(reading: Reading, candidate: Candidate, probability: float) -> float | None:
    """Judge a name in a headline of capitals, which hides what is a name: take rare words that are known places."""
    first, stop, surface = candidate.first, candidate.stop, candidate.surface
    begin, end = reading.runs[first]
    if end - begin < _SHOUT or not all(reading.tokens[at].word.isupper() for at in range(begin, min(end, begin + 40))):
        return None
    rare = max(map(words.zipf, reading.lower[first:stop])) < _RARE + 0.6
    if surface.how != HOW["name"]:
        return 0.0 if surface.how == 0 else None
    prominent = surface.population >= _SIZEABLE or surface.capital or surface.curated or surface.counts[0]
    return max(probability, _NAMED) if rare and prominent and reading.lower[first] not in words.GIVEN_NAMES else None


def _longest(found: list[Candidate], probabilities: Floats) -> Floats:
    """Let a longer name that the gazetteer holds win over the name inside it.

    A facility always ("Mosul Dam"), any other place where the model holds it for likely enough ("Jisr al-Shughur").
    """
    out = probabilities.copy()
    for index, whole in enumerate(found):
        surface = whole.surface
        if whole.stop - whole.first < 2 or surface.how not in (HOW["name"], HOW["type word"]):
            continue
        if not surface.counts[_FACILITIES] and probabilities[index] < _LIKELY:
            continue
        inside = [
            float(probabilities[at])
            for at in range(max(0, index - 6), min(len(found), index + 7))
            if at != index and found[at].first >= whole.first and found[at].stop <= whole.stop
        ]
        out[index] = max(float(out[index]), min(1.0, max(inside, default=0.0) + 0.001))
    return np.minimum(out, 1.0).astype(np.float32)


_NO_SURNAMES = words.ORGANISATIONS | words.FEATURES | words.STREETS | words.PEOPLE | words.FUNCTION_WORDS | words.TITLES
_OPENING = words.FUNCTION_WORDS | words.PREPOSITIONS | words.DIRECTIONS
GUARDS: tuple[Guard, ...] = (
    _calendar,
    _shouted,
    _ship,
    _weapon,
    _street,
    _person,
    _seat,
    _works,
    _called,
    _approached,
    _possessing,
    _famous,
    villages.unit,
    villages.grounded,
)
