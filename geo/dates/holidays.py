"""Holidays, such as "New Year's Eve" and "Eid al-Fitr": days of every year, and tables of days that move."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.missing_year import guessed_year, last_or_next
from geo.dates.periods import DATA, name_key, name_pattern, opening
from geo.dates.rule import Context, Reading, Rule, relative
from geo.lexicon import LexiconError
from geo.tables import read_table

# "Easter Island", "the Ramadan Revolution", "Taha Ramadan": names that hold a holiday.
_NOT_A_DAY = r"(?![- ](?:tree|islands?|rising|uprising|offensive|revolution|war|accords?|eggs?)\b)"
_SURNAME = r"(?<!(?-i:[a-z]) (?=(?-i:Ramadan)\b))"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day or two of every year: month and day of the first and the last."""

    names: tuple[str, ...]
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MovingHoliday:
    """Days that a calendar of its own moves from year to year: closed intervals in order."""

    names: tuple[str, ...]
    days: tuple[Interval, ...]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())


def load_holidays(path: Path = DATA / "holidays.csv") -> tuple[Holiday, ...]:
    """Read the holidays that fall on the same days every year.

    Raises
    ------
    LexiconError
        Where a row has no name or a day that is not ``MM-DD``.
    """
    holidays = []
    for line, row in read_table(path, ("names", "first", "last", "note")):
        names = _names(row["names"])
        try:
            first, last = (date.fromisoformat(f"2000-{row[column]}") for column in ("first", "last"))
        except ValueError as error:
            raise LexiconError(path, line, f"first and last must be MM-DD; {error}") from error
        if not names:
            raise LexiconError(path, line, "a holiday needs a name")
        holidays.append(Holiday(names, (first.month, first.day), (last.month, last.day)))
    return tuple(holidays)


def load_moving_holidays(path: Path = DATA / "moving_holidays.csv") -> tuple[MovingHoliday, ...]:
    """Read the holidays that have a day of their own in every year.

    Raises
    ------
    LexiconError
        Where a row has no name, no length of a day or more, or a day that is not ``YYYY-MM-DD``.
    """
    holidays = []
    for line, row in read_table(path, ("names", "days", "first", "note")):
        names = _names(row["names"])
        if not names or not row["days"].isdecimal() or row["days"] == "0":
            raise LexiconError(path, line, "a holiday needs a name, and a length of one day or more")
        reach = timedelta(days=int(row["days"]) - 1)
        try:
            first = sorted(date.fromisoformat(day) for day in row["first"].split())
        except ValueError as error:
            raise LexiconError(path, line, f"first must hold days as YYYY-MM-DD; {error}") from error
        holidays.append(MovingHoliday(names, tuple((day, day + reach) for day in first)))
    return tuple(holidays)


def _fixed(found: Holiday, year: int) -> Interval:
    return date(year, *found.first), date(year + (found.last < found.first), *found.last)


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Give the rule that reads the two data files; loaded once."""
    fixed = {name_key(name): holiday for holiday in load_holidays() for name in holiday.names}
    moving: dict[str, tuple[Interval, ...]] = {}
    for row in load_moving_holidays():
        for name in row.names:
            moving[name_key(name)] = tuple(sorted((*moving.get(name_key(name), ()), *row.days)))

    def days_of(name: str, year: str | None, context: Context) -> Interval | None:
        if name in fixed:
            found = fixed[name]
            number = int(year) if year else guessed_year(context, *found.first)
            return _fixed(found, number) if number else None
        if year:
            return next((days for days in moving[name] if days[0].year == int(year)), None)
        return last_or_next(context, moving[name])

    def holiday(match: re.Match[str], context: Context) -> Reading | None:
        year = match["year"] or match["before"]
        if match["which"] and context.day is not None:
            year = str(context.day.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()])
        days = days_of(name_key(match["name"]), year, context)
        if days is None:
            return relative(None, "day")
        if match["eve"]:
            days = intervals.day(days[0] - timedelta(days=1))
        return Reading(days, intervals.precision_of(days), "named")

    return (
        Rule(
            "holiday",
            "period",
            re.compile(
                rf"\b(?P<eve>(?:the )?eve of (?:the )?)?(?:(?P<before>(?:19|20)\d\d) )?{_SURNAME}"
                rf"(?P<name>{name_pattern([*fixed, *moving])})\b"
                rf"(?:,? (?:of )?(?:(?P<year>(?:19|20)\d\d)|(?P<which>last|this|next) year)\b)?{_NOT_A_DAY}",
                re.IGNORECASE,
            ),
            holiday,
        ),
    )


def first_words() -> frozenset[str]:
    """Give the first two words of all names, the quick test before the rule runs."""
    names = [holiday.names for holiday in load_holidays()] + [holiday.names for holiday in load_moving_holidays()]
    return frozenset(opening(name) for same in names for name in same)
