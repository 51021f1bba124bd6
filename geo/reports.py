"""What is compared of the report of an event: its words, and where and when it may meet its like."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from datetime import date

from geo.lexicon import DIRECTORY, read_lists
from geo.model import Event

# Days that two intervals may miss each other by: "overnight" and "on Sunday", a report filed past midnight.
SLACK_DAYS = 1
LONGEST_DAYS = 8
_WORD = re.compile(r"[a-z]{4,}")
_STEM = re.compile(r"(?:ings?|ed|es|s|ers?)$")
_UNDATED = date.max


@functools.cache
def lists() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that say nothing of which event is meant, and those that say little."""
    found = read_lists(DIRECTORY / "incidents.txt")
    return found["empty"], found["common"]


@dataclass(frozen=True, slots=True)
class Report:
    """An event with its sentence, the words that matter of it, and the article it stands in."""

    event: Event
    article: str
    published: date
    words: frozenset[str]
    said: str

    @property
    def order(self) -> tuple[date, date, str]:
        """Where it stands among all reports as they are joined: what was published first comes first."""
        return order(self.published, self.event.date_start, self.event.id)


@dataclass(frozen=True, slots=True)
class Reach:
    """The degree of longitude `x` and of latitude `y` that a place lies in, and a closed stretch of days."""

    x: int
    y: int
    first: int
    last: int

    def near(self, other: Reach) -> bool:
        """Tell whether two reports can meet: neighbouring degrees, days that overlap or follow each other."""
        days = self.first <= other.last + SLACK_DAYS and other.first <= self.last + SLACK_DAYS
        return days and abs(self.x - other.x) <= 1 and abs(self.y - other.y) <= 1


def report_of(event: Event, *, article: str, published: date | None, said: str) -> Report:
    """Give what is compared of an event.

    Parameters
    ----------
    article
        The digest of its article.
    published
        The last day on which the article may have appeared; None where that is unknown.
    said
        The event's sentence.
    """
    empty, _ = lists()
    said = said.lower()
    # The place is compared as such: its name shows only that both are there.
    named = set(_WORD.findall(f"{event.place_text} {event.place.name if event.place else ''}".lower()))
    words = {_STEM.sub("", word) for word in _WORD.findall(said) if word not in named and word not in empty}
    return Report(event, article, published or _UNDATED, frozenset(words - empty), said)


def order(published: date | None, start: date | None, event: str) -> tuple[date, date, str]:
    """Give where the report of an event stands among all, by its publication, its first day and its id."""
    return published or _UNDATED, start or date.max, event


def reach(event: Event) -> Reach | None:
    """Give where and when an event may meet its like; None where it cannot be joined to any."""
    place, start, end = event.place, event.date_start, event.date_end
    if place is None or start is None or end is None or not _joinable(event):
        return None
    return Reach(math.floor(place.lon), math.floor(place.lat), start.toordinal(), end.toordinal())


def _joinable(event: Event) -> bool:
    """Tell whether an event is placed and dated finely enough to be told from others of its kind."""
    if event.place is None or event.date_start is None or event.date_end is None:
        return False
    if event.status not in ("reported", "claimed") or event.place.precision in ("country", "sea"):
        return False
    return (event.date_end - event.date_start).days < LONGEST_DAYS
