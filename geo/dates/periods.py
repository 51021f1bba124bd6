"""Named periods and holidays, such as "World War Two" and "New Year's Eve", from ``data/lexicons/dates``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.missing_year import guessed_year
from geo.dates.rule import Context, Reading, Rule, relative
from geo.lexicon import DIRECTORY, LexiconError
from geo.tables import read_table

DATA = DIRECTORY / "dates"

# A few months on either side of a period's edge count as its start or end; "the very end" as one month.
_EDGE_MONTHS = 6
_PART = (
    r"(?P<part>(?:the )?(?:very |immediate )?(?:early |late |end of |start of |beginning of |outbreak of |close of |"
    r"height of |"
    r"aftermath of |eve of |(?:first|last|early|final|opening|closing) (?:days|weeks|months|years) of )(?:the )?)?"
)


# "the 2013 Euromaidan protests": the year dates them, and the name only says which.
_YEAR_BEFORE = re.compile(r"\b\d{4}\s+(?:the )?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of history with the names it goes by; `interval` is closed."""

    names: tuple[str, ...]
    interval: Interval


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day or two of every year: month and day of the first and the last."""

    names: tuple[str, ...]
    first: tuple[int, int]
    last: tuple[int, int]


def load_periods(path: Path = DATA / "named_periods.csv") -> tuple[Period, ...]:
    """Read the named periods.

    Raises
    ------
    LexiconError
        Where a row has no name, or a date that is not ``YYYY-MM-DD``, or an end before its start.
    """
    periods = []
    for line, row in read_table(path, ("names", "start", "end", "note")):
        names = tuple(name.strip() for name in row["names"].split("|") if name.strip())
        try:
            interval = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        except ValueError as error:
            raise LexiconError(path, line, f"start and end must be YYYY-MM-DD; {error}") from error
        if not names or interval[0] > interval[1]:
            raise LexiconError(path, line, "a period needs a name, and a start not after its end")
        periods.append(Period(names, interval))
    return tuple(periods)


def load_holidays(path: Path = DATA / "holidays.csv") -> tuple[Holiday, ...]:
    """Read the holidays that fall on the same days every year.

    Raises
    ------
    LexiconError
        Where a row has no name or a day that is not ``MM-DD``.
    """
    holidays = []
    for line, row in read_table(path, ("names", "first", "last", "note")):
        names = tuple(name.strip() for name in row["names"].split("|") if name.strip())
        try:
            first, last = (date.fromisoformat(f"2000-{row[column]}") for column in ("first", "last"))
        except ValueError as error:
            raise LexiconError(path, line, f"first and last must be MM-DD; {error}") from error
        if not names:
            raise LexiconError(path, line, "a holiday needs a name")
        holidays.append(Holiday(names, (first.month, first.day), (last.month, last.day)))
    return tuple(holidays)


def _pattern(names: list[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace("'", "['’]").replace(r"\ ", "[ -]") for name in longest_first)


def _key(name: str) -> str:
    return name.lower().replace("’", "'").replace("-", " ")


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Give the two rules that read the data files; loaded once."""
    periods = {_key(name): period.interval for period in load_periods() for name in period.names}
    holidays = {_key(name): holiday for holiday in load_holidays() for name in holiday.names}

    def period(match: re.Match[str], context: Context) -> Reading | None:
        if _YEAR_BEFORE.search(context.before()):
            return None
        first, last = periods[_key(match["name"])]
        part = (match["part"] or "").lower()
        if "end" in part or "close" in part or "closing" in part or "final" in part or "last" in part:
            months = -1 if "very" in part or "days" in part else -_EDGE_MONTHS
            last = intervals.month(last.year, last.month)[1]
            first = max(first, intervals.months_after(last.replace(day=1), months))
        elif "aftermath" in part:
            first, last = last, intervals.months_after(last, _EDGE_MONTHS)
        elif "early" in part or "late" in part or "height" in part:
            first, last = intervals.narrowed((first, last), "middle" if "height" in part else part)
        elif part.removeprefix("the ").strip():
            last = min(last, intervals.months_after(first, _EDGE_MONTHS))
        return Reading((first, last), intervals.precision_of((first, last)), "named")

    def holiday(match: re.Match[str], context: Context) -> Reading | None:
        found = holidays[_key(match["name"])]
        year = int(match["year"]) if match["year"] else guessed_year(context, *found.first)
        if year is None:
            return relative(None, "day")
        first = date(year, *found.first)
        last = date(year + (found.last < found.first), *found.last)
        return Reading((first, last), intervals.precision_of((first, last)), "named")

    return (
        Rule(
            "period",
            "period",
            re.compile(rf"\b{_PART}(?:the )?(?P<name>{_pattern(list(periods))})(?![\w-])", re.IGNORECASE),
            period,
        ),
        Rule(
            "holiday",
            "period",
            re.compile(
                rf"\b(?P<name>{_pattern(list(holidays))})\b(?:,? (?P<year>(?:19|20)\d\d)\b)?(?! (?:tree|Island)s?\b)",
                re.IGNORECASE,
            ),
            holiday,
        ),
    )


@functools.cache
def first_words() -> str:
    """Give an alternation of the first words of all names, the quick test before the rules run."""
    firsts = {_key(name).split()[0] for period in load_periods() for name in period.names}
    firsts |= {_key(name).split()[0] for holiday in load_holidays() for name in holiday.names}
    return "|".join(sorted((re.escape(word).replace("'", "['’]") for word in firsts), key=len, reverse=True))
