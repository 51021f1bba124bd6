"""What a rule of the tagger is, and what it sees when it reads a match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.tense import Tense, tense_at
from geo.model import DateBasis, DatePrecision

Anchor = Literal["number", "year", "month", "weekday", "unit", "season", "word", "period", "ordinal"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside its match.

    `day` is the day that relative expressions count from (None: unknown), `year` overrides the guess of a missing year,
    `previous` is the last interval of days, a week or a month read before this one in the text, which ended at
    `previous_end`; `told` is the last calendar date of any length up to years, which ended at `told_end`.
    """

    text: str
    start: int
    end: int
    day: date | None
    year: int | None = None
    previous: Interval | None = None
    previous_end: int = -1
    told: Interval | None = None
    told_end: int = -1

    @property
    def tense(self) -> Tense | None:
        """The tense around the expression."""
        return tense_at(self.text, self.start, self.end)

    def before(self, length: int = 24) -> str:
        """Give the characters before the match."""
        return self.text[max(0, self.start - length) : self.start]

    def after(self, length: int = 24) -> str:
        """Give the characters after the match."""
        return self.text[self.end : self.end + length]

    def with_year(self, year: int) -> Context:
        """Give the same context with the year known."""
        return replace(self, year=year)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule makes of a match; `interval` is None for a duration or a repeated time.

    `yearless` marks a calendar date whose year was guessed and may be corrected by a partner ("from May to June 2015").
    """

    interval: Interval | None
    precision: DatePrecision
    basis: DateBasis
    yearless: bool = False
    noise: bool = False


NOISE = Reading(None, "day", "explicit", noise=True)


def explicit(interval: Interval, precision: DatePrecision) -> Reading:
    """Give the reading of a full calendar date."""
    return Reading(interval, precision, "explicit")


def relative(interval: Interval | None, precision: DatePrecision, *, yearless: bool = False) -> Reading:
    """Give the reading of an expression that counts from another day."""
    return Reading(interval, precision, "relative", yearless)


def ongoing(context: Context, number: float, unit: str) -> Interval | None:
    """Give the `number` units that end on the day counted from."""
    if context.day is None:
        return None
    return intervals.shifted(context.day, -number, unit), context.day


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the kind of word without which it cannot match, and the function that reads a match.

    `read` gives None where the match is no time expression after all. `anaphoric` rules are read last, with `previous`.
    `aside` rules date what is told beside the story ("on Friday, a day after the truce"): nothing counts from there.
    Where the letters that it `needs` are not near, its pattern is not tried.
    """

    name: str
    anchor: Anchor
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], Reading | None]
    anaphoric: bool = False
    needs: str = ""
    aside: bool = False


@dataclass(slots=True)
class Hit:
    """A match of a rule on its way to a time expression; `reading` is None until it is read."""

    start: int
    end: int
    order: int
    rule: Rule
    match: re.Match[str]
    reading: Reading | None = None

    @property
    def interval(self) -> Interval | None:
        """The days it was read as, if any."""
        return self.reading.interval if self.reading else None
