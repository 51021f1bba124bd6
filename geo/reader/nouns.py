"""Nouns that may stand for a place that another sentence names: "the town", "the city's airport", "there".

Wide on purpose: the reader judges each, and most tell nothing. `geo.resolve.nominal` gives those that surely mean one
place.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention
from geo.text import Sentence, Token, tokens

# Sentences before its own in which a noun looks for its place, and words between it and its determiner.
_BACK, _FAR = 4, 3
# Characters behind a noun within which a name says which place it is: "the village of X".
_BESIDE = 14
REASON = "a noun that may stand for a place"


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return read_lists(DIRECTORY / "places" / "nouns.txt")


def nouns(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Find nouns that may stand for a place, each with the nearest place named before that it can mean.

    Parameters
    ----------
    text : str
    sentences : sequence of Sentence
    mentions : sequence of Mention
        The names and surer nouns; none of those given overlaps one.

    Returns
    -------
    tuple of Mention
        In order; `reasons` begin with `REASON`.
    """
    words = tokens(text)
    starts = [sentence.start for sentence in sentences]
    literal = [one for one in mentions if one.usage == "literal" and one.place is not None]
    ends = [one.end for one in literal]
    held = [(one.start, one.end) for one in mentions]
    found = []
    for at, word in enumerate(words):
        begin = _begin(words, at)
        if begin is None or any(begin < stop and start < word.end for start, stop in held):
            continue
        if any(0 <= one.start - word.end <= _BESIDE and _joined(text, word.end, one.start) for one in mentions):
            continue
        number = bisect_right(starts, word.start) - 1
        meant = _meant(word.word.lower(), literal[: bisect_right(ends, begin)], sentences, number)
        if meant is not None:
            span = text[begin : word.end]
            why = (REASON, f"“{span}” may stand for {meant.text}")
            found.append(replace(meant, start=begin, end=word.end, text=span, reasons=why))
    return tuple(found)


def _begin(words: Sequence[Token], at: int) -> int | None:
    """Give where the phrase of a noun begins: at its determiner, or at "there" itself."""
    lists, word = _lists(), words[at].word
    if (
        word == "there"
        and at + 1 < len(words)
        and words[at + 1].word not in ("is", "are", "was", "were", "have", "has")
    ):
        return words[at].start
    if word not in lists["settlements"] | lists["areas"] | lists["facilities"]:
        return None
    for back in range(1, _FAR + 1):
        if at - back < 0 or (not words[at - back].word[0].isalpha() and words[at - back].word not in ("'s", "’s", "-")):
            return None
        if words[at - back].word.lower() in lists["determiners"]:
            return words[at - back + (1 if words[at - back].word in ("'s", "’s") else 0)].start
    return None


def _joined(text: str, start: int, end: int) -> bool:
    between = text[start:end].split()
    return not between or between[0] in _lists()["beside"] or between == [","]


def _meant(noun: str, before: Sequence[Mention], sentences: Sequence[Sentence], number: int) -> Mention | None:
    lists = _lists()
    kinds = lists["kinds of areas"] if noun in lists["areas"] else lists["kinds of settlements"]
    called = [one for one in before if noun in one.text.lower().split()]
    if called:
        return called[-1]
    floor = sentences[max(0, number - _BACK)].start
    near = [one for one in before if one.start >= floor]
    fitting = [one for one in near if one.place is not None and one.place.kind in kinds]
    return fitting[-1] if fitting else None
