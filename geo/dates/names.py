"""Dates inside names: "8 March Street" dates nothing, "the 7 October attack" only says which attack."""

from __future__ import annotations

import functools
import re

from geo.lexicon import DIRECTORY, read_lists

_NEXT_WORDS = re.compile(r" ([\w'’]+)(?: ([\w'’]+))?")
_THE = re.compile(r"\b(?:the|a|an|this|that) $|['’]s $", re.IGNORECASE)


@functools.cache
def words() -> dict[str, frozenset[str]]:
    """Read the words around a date that say what it is for; loaded once."""
    return read_lists(DIRECTORY / "dates" / "words.txt")


def _with_article(text: str, start: int, end: int) -> bool:
    return text[start:end].lower().startswith("the ") or _THE.search(text, max(0, start - 6), start) is not None


def in_name(text: str, start: int, end: int) -> bool:
    """Tell whether the day and month at ``text[start:end]`` belong to the name of a street, a movement, a brigade.

    Examples
    --------
    >>> in_name("in 8 March Street", 3, 10), in_name("On May 1 bridges fell", 3, 8)
    (True, False)
    """
    found = _NEXT_WORDS.match(text, end)
    if not found:
        return False
    first, second = found[1], found[2] or ""
    nouns = words()["name nouns"]
    if first.lower() in nouns:
        return first[0].isupper() or _with_article(text, start, end)
    return first.lower() in words()["name adjectives"] and second.lower() in nouns and second[0].isupper()


def known_event(text: str, start: int, end: int) -> bool:
    """Tell whether the date at ``text[start:end]`` only says which event is meant: "the 2014 annexation"."""
    found = _NEXT_WORDS.match(text, end)
    if not found or not _with_article(text, start, end):
        return False
    return any(word and word.lower() in words()["known events"] for word in found.groups())
