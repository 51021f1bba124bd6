"""Names in scripts without capitals (Arabic, Hebrew, Georgian, Chinese) inside text that is otherwise in Latin letters.

The model looks at words with a capital only. Here the script itself sets the word apart: a short run of it in an
English sentence is a name or a gloss, a long one is a quotation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from geo import scripts
from geo.model import Span
from geo.recognise import words
from geo.recognise.reading import Reading
from geo.surfaces import Surfaces
from geo.text import Token

# Words of a run; longer ones are quotations.
_LONGEST = 3
# What such a span is worth beside those of the model: more likely a place than not, and not certain.
_SURE = 0.9


def spans(reading: Reading, surfaces: Surfaces) -> Iterator[Span]:
    """Give the names of places in such scripts, in order.

    A run that the gazetteer holds, or holds in parts, names what it holds. One that it does not hold is an unknown name
    where it stands after a preposition or a noun of place ("in X", "the village of X"), else nothing. What stands in
    brackets behind a name repeats that name.
    """
    tokens = () if reading.text.isascii() else reading.tokens
    for first, stop in _runs(tokens):
        if first and tokens[first - 1].word in "([":
            continue
        held = list(_held(reading, surfaces, first, stop))
        for begin, end in held:
            yield _span(reading, begin, end, "in the gazetteer")
        if not held and _is_placed(reading, first):
            yield _span(reading, first, stop, "not in the gazetteer")


def _runs(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Give the token ranges of short runs."""
    at = 0
    while at < len(tokens):
        stop, count = at, 0
        while stop < len(tokens) and _goes_on(tokens, at, stop):
            count += scripts.has_no_capitals(tokens[stop].word)
            stop += 1
        if 0 < count <= _LONGEST:
            yield at, stop
        at = max(stop, at + 1)


def _goes_on(tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Tell whether a run that began at `at` takes in the token at `stop`: a word, or a vowel mark within one."""
    word = tokens[stop].word
    joined = stop > at and tokens[stop].start == tokens[stop - 1].end
    return scripts.has_no_capitals(word) or (joined and unicodedata.combining(word[0]) > 0)


def _held(reading: Reading, surfaces: Surfaces, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Give the longest names that the gazetteer holds, from left to right as the text is stored."""
    at = first
    while at < stop:
        end = next((end for end in range(stop, at, -1) if surfaces.holds(_text(reading, at, end))), None)
        if end is not None:
            yield at, end
        at = end or at + 1


def _is_placed(reading: Reading, first: int) -> bool:
    """Tell whether what stands before a run puts something at a place: "in", "the village of"."""
    if not first:
        return False
    before = reading.lower[first - 1]
    if before in words.LOCATIVE or before in words.TYPE_WORDS:
        return True
    return before == "of" and first > 1 and reading.lower[first - 2] in words.TYPE_WORDS


def _text(reading: Reading, first: int, stop: int) -> str:
    return reading.text[reading.tokens[first].start : reading.tokens[stop - 1].end]


def _span(reading: Reading, first: int, stop: int, known: str) -> Span:
    start, end = reading.tokens[first].start, reading.tokens[stop - 1].end
    why = (known, "literal: written in a script of its own")
    return Span(start, end, reading.text[start:end], "literal", _SURE, why)
