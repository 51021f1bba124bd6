"""What was asked in the one search field: a place, days, and the words that are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.views import typed, wording
from geo.views.finding import Entry

_LONGEST = 6  # words of a date or a place: "24th of February 2022", "Donetsk People's Republic"
_PLACES = ("place", "region", "country")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. `words` are looked for in the articles; each of the others may be missing."""

    place: Entry | None
    days: tuple[date, date] | None
    words: str

    @property
    def label(self) -> str:
        """Say how it was understood: ``Debaltseve · Jan 2015 · “shelling”``."""
        parts = [self.place.label] if self.place else []
        parts += [wording.interval(*self.days)] if self.days else []
        return " · ".join([*parts, f"“{self.words}”"] if self.words else parts)


def read(text: str, entries: Iterable[Entry], *, month_first: bool = False) -> Asked:
    """Take a question apart: ``Debaltseve January 2015`` is a place and a month.

    A date is the longest run of words that is one. A place is the longest run that is, letter for letter, the name of
    a place that events have; beside other words it is taken only with a date, since the words may belong together.
    What stands in quotation marks is looked for as it stands.

    Parameters
    ----------
    text
        As typed; untrusted.
    entries
        What events can be found by (`geo.views.finding.index`).
    month_first
        How 02/03/2022 is read.
    """
    if '"' in text:
        return Asked(None, None, " ".join(text.split()))
    words = text.split()
    days, words = _days(words, month_first=month_first)
    place, rest = _place(words, entries)
    if place is not None and rest and days is None:
        place, rest = None, words
    return Asked(place, days, " ".join(rest))


def suggest(text: str, entries: Iterable[Entry], *, month_first: bool = False) -> list[dict[str, Any]]:
    """Give how a question would be understood, where that is more than words: as `geo.views.finding.suggest` does."""
    asked = read(text, entries, month_first=month_first)
    if asked.days is None:
        return []
    return [{"name": "search", "key": text, "label": asked.label, "text": "Enter"}]


def _runs(words: list[str]) -> Iterable[tuple[int, int]]:
    """Every run of words, the longest first, as half-open positions."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length


def _days(words: list[str], *, month_first: bool) -> tuple[tuple[date, date] | None, list[str]]:
    for start, end in _runs(words):
        found = typed.period(" ".join(words[start:end]).strip(",;"), month_first=month_first)
        if found:
            return found, _without(words, start, end)
    return None, words


def _without(words: list[str], start: int, end: int) -> list[str]:
    """The words around a date, less the "in" or "on" before it."""
    before = words[:start]
    if before and before[-1].lower() in ("in", "on", "of", "during"):
        before = before[:-1]
    return [word.strip(",;") for word in [*before, *words[end:]] if word.strip(",;")]


def _place(words: list[str], entries: Iterable[Entry]) -> tuple[Entry | None, list[str]]:
    named: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind in _PLACES:
            for word in entry.words:
                named.setdefault(word, entry)
    for start, end in _runs(words):
        found = named.get(" ".join(words[start:end]).casefold())
        if found:
            return found, [*words[:start], *words[end:]]
    return None, words
