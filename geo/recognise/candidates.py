"""Candidate spans: everything in a text that may be the name of a place. The model decides which are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geo.recognise import words
from geo.recognise.reading import Reading
from geo.surfaces import Surface, Surfaces
from geo.text import sentences

# Where a candidate comes from, as bits; the models know these numbers.
GAZETTEER, PATTERN, ROAD, RUN = 1, 2, 4, 8
_LONGEST = 6  # words in a name: "Islamic Republic of Iran", "Zaporizhzhia nuclear power plant"
_JOINTS = frozenset(("-", "–", "'", "’", "'s", "’s", "&", "."))
_PATTERN_ENDS = frozenset(("counties", "county", "region", "province", "oblast", "river", "street", "road", "streets"))
_ORDINALS = ("th", "st", "nd", "rd")
# Words of a run, and its tokens with the hyphens between them.
_LONGEST_RUN, _LONGEST_SEARCHED = 4, 9


@dataclass(slots=True)
class Candidate:
    """A span that may name a place: half-open token range, the sources that proposed it, what it could name."""

    first: int
    stop: int
    sources: int
    surface: Surface


def candidates(reading: Reading, surfaces: Surfaces) -> list[Candidate]:
    """Propose spans, in order of their place in the text.

    Four sources: names that the gazetteer holds, patterns of type words ("Harlem River", "Fort Knox"), numbered
    roads, and runs of capitalised words, which bring in names that no gazetteer holds.
    """
    found: dict[tuple[int, int], int] = {}

    def propose(first: int, stop: int, source: int) -> None:
        found[first, stop] = found.get((first, stop), 0) | source

    for index, capital in enumerate(reading.capital):
        if (capital and reading.lower[index] != "the") or index in reading.articles:
            for stop in _known(reading, surfaces, index):
                propose(index, stop, GAZETTEER)
        for first, stop in _patterned(reading, index):
            propose(first, stop, PATTERN)
        road = _road(reading, index)
        if road:
            propose(*road, ROAD)
    for begin, stop in dict.fromkeys(reading.runs):
        for first, last in _trimmed(reading, begin, stop):
            propose(first, last, RUN)
    starts = [part.start for part in sentences(reading.text)]
    return [
        Candidate(first, stop, sources, surfaces.get(_text(reading, first, stop)))
        for (first, stop), sources in sorted(found.items())
        if _is_whole(reading, first, stop, starts)
    ]


def _is_whole(reading: Reading, first: int, stop: int, starts: Sequence[int]) -> bool:
    """Tell whether no sentence begins inside a span: "TUZLA. Airport: nine rounds" names no Tuzla Airport."""
    begins, ends = reading.tokens[first].start, reading.tokens[stop - 1].end
    return bisect_right(starts, begins) == bisect_left(starts, ends)


def _text(reading: Reading, first: int, stop: int) -> str:
    return reading.text[reading.tokens[first].start : reading.tokens[stop - 1].end]


def _known(reading: Reading, surfaces: Surfaces, index: int) -> list[int]:
    """Give the ends of the names that begin at token `index` and that the gazetteer holds."""
    ends = []
    lower, capital, tokens = reading.lower, reading.capital, reading.tokens
    for stop in range(index + 1, min(len(tokens), index + _LONGEST) + 1):
        last = stop - 1
        word = tokens[last].word
        if word[0] == "\n":
            break
        if last > index and not capital[last]:
            if lower[last] in words.TYPE_WORDS or lower[last] in words.FACILITY_WORDS:
                if surfaces.holds(_text(reading, index, stop)):
                    ends.append(stop)
                if lower[last] not in words.LINKS and lower[last] not in words.FACILITY_WORDS:
                    break
                continue
            if lower[last] in words.LINKS or lower[last] in words.TIED or word in _JOINTS:
                continue
            break
        name = _text(reading, index, stop)
        # Only single words may be looked up loosely: other spellings of every pair of words would cost too much.
        if surfaces.holds(name) or (last == index and surfaces.get(name).candidates):
            ends.append(stop)
    return ends


def _patterned(reading: Reading, index: int) -> list[tuple[int, int]]:
    lower, capital, tokens = reading.lower, reading.capital, reading.tokens
    word = lower[index]
    found = []
    if (capital[index] or word in _PATTERN_ENDS) and index > 0 and _is_ending(word):
        first = index
        while first > 0 and index - first < 4 and (capital[first - 1] or _is_ordinal(tokens[first - 1].word)):
            first -= 1
        if first < index:
            found.append((first, index + 1))
            if lower[first] in words.FUNCTION_WORDS and first + 1 < index:
                found.append((first + 1, index + 1))
    if capital[index] and word in words.OPENERS and index + 1 < len(tokens):
        second = index + 1
        if lower[second] == "of" and second + 1 < len(tokens):
            second += 1
        if capital[second]:
            stop = second + 1
            while stop < len(tokens) and capital[stop] and stop - index <= 3:
                stop += 1
            found.append((index, stop))
    return found


def _is_ending(word: str) -> bool:
    return word in words.STREETS or word in words.FEATURES or word in words.ORGANISATIONS


def _is_ordinal(word: str) -> bool:
    return word[0].isdigit() and word.endswith(_ORDINALS) and len(word) < 6


def _road(reading: Reading, index: int) -> tuple[int, int] | None:
    """Recognise a numbered road: "Highway 12", "Interstate 95", "I-40"."""
    if not reading.capital[index] or reading.lower[index] not in words.HIGHWAYS:
        return None
    number = index + 1
    if number + 1 < len(reading.tokens) and reading.tokens[number].word == "-":
        number += 1
    if number >= len(reading.tokens) or not reading.tokens[number].word.isdigit():
        return None
    first = index
    while (
        first > 0
        and index - first < 2
        and reading.capital[first - 1]
        and reading.lower[first - 1] not in words.FUNCTION_WORDS
    ):
        first -= 1
    return first, number + 1


def _trimmed(reading: Reading, begin: int, stop: int) -> list[tuple[int, int]]:
    """Give a run of capitalised words as a candidate, without the function words that a sentence begins with."""
    if begin < 0:
        return []
    while begin < stop and reading.lower[begin] in words.FUNCTION_WORDS and begin not in reading.articles:
        begin += 1
    # "Pobe-Mengao Sunday"
    while stop - 1 > begin and reading.lower[stop - 1] in words.CALENDAR:
        stop -= 1
    found = []
    length = sum(token.word not in _JOINTS for token in reading.tokens[begin : min(stop, begin + _LONGEST_SEARCHED)])
    if 0 < length <= _LONGEST_RUN and stop - begin <= _LONGEST_SEARCHED:
        found.append((begin, stop))
    if begin + 1 < stop and reading.opens[begin] and length <= _LONGEST_RUN + 1 and stop - begin <= _LONGEST_SEARCHED:
        found.append((begin + 1, stop))
    return found
