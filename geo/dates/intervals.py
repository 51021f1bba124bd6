"""Calendar arithmetic on closed intervals of days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from geo.model import DatePrecision

Interval = tuple[date, date]

UNIT_PRECISION: dict[str, DatePrecision] = {
    "minute": "day",
    "hour": "day",
    "day": "day",
    "night": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "season",
    "year": "year",
    "decade": "decade",
    "century": "decade",
}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1.0, "night": 1.0, "weekend": 7.0, "week": 7.0, "fortnight": 14.0, "hour": 1 / 24, "minute": 0.0}


def singular(unit: str) -> str:
    """Give the unit's name as `UNIT_PRECISION` has it: "Centuries" -> "century"."""
    lowered = unit.lower()
    return "century" if lowered.startswith("centur") else lowered.rstrip("s")


def day(moment: date) -> Interval:
    """Give the interval of one day."""
    return moment, moment


def month(year: int, number: int) -> Interval:
    """Give the interval of a calendar month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def year(number: int) -> Interval:
    """Give the interval of a calendar year."""
    return date(number, 1, 1), date(number, 12, 31)


def months_after(moment: date, count: int) -> date:
    """Shift by whole months; the 31st becomes the last day of a shorter month."""
    years, index = divmod(moment.year * 12 + moment.month - 1 + count, 12)
    return date(years, index + 1, min(moment.day, calendar.monthrange(years, index + 1)[1]))


def shifted(moment: date, count: float, unit: str) -> date:
    """Shift by `count` units, which may be negative; part hours are dropped."""
    name = singular(unit)
    if name in _MONTHS_IN:
        return months_after(moment, round(count * _MONTHS_IN[name]))
    days = count * _DAYS_IN[name]
    return moment + timedelta(days=round(days) if name != "hour" else int(days))


def around(moment: date, unit: str, offset: int = 0) -> Interval:
    """Give the calendar unit that holds `moment`, `offset` units later. Weeks begin on Monday.

    Examples
    --------
    >>> around(date(2015, 1, 26), "week", -1)
    (datetime.date(2015, 1, 19), datetime.date(2015, 1, 25))
    """
    name = singular(unit)
    if name in ("day", "night", "hour", "minute"):
        return day(moment + timedelta(days=offset))
    monday = moment - timedelta(days=moment.weekday()) + timedelta(days=7 * offset)
    days_of_week = {"week": (0, 6), "fortnight": (0, 13), "weekend": (5, 6)}.get(name)
    if days_of_week:
        return monday + timedelta(days=days_of_week[0]), monday + timedelta(days=days_of_week[1])
    if name == "month":
        there = months_after(moment.replace(day=1), offset)
        return month(there.year, there.month)
    if name == "quarter":
        years, quarter = divmod(moment.year * 4 + (moment.month - 1) // 3 + offset, 4)
        return date(years, quarter * 3 + 1, 1), month(years, quarter * 3 + 3)[1]
    return _years(moment, name, offset)


def _years(moment: date, name: str, offset: int) -> Interval:
    span = {"year": 1, "decade": 10, "century": 100}[name]
    first = moment.year // span * span + span * offset
    return date(first, 1, 1), date(first + span - 1, 12, 31)


def narrowed(interval: Interval, part: str | None) -> Interval:
    """Keep the part of an interval that words like "early", "late" or "the middle of" name.

    A third of it for early, middle and late; the last twentieth for "the very end".
    """
    if not part:
        return interval
    first, last = interval
    length, words = (last - first).days, part.lower()
    if any(cue in words for cue in ("early", "beginning", "start", "earlier", "outset", "opening", "first")):
        return first, first + timedelta(days=length // 3)
    if any(cue in words for cue in ("late", "end", "close", "closing", "last", "final")):
        if "very" in words:
            return first + timedelta(days=int(length * 0.95)), last
        if "last days" in words or "final days" in words:
            return first + timedelta(days=int(length * 0.8)), last
        return last - timedelta(days=length // 3), last
    return first + timedelta(days=length // 3), last - timedelta(days=length // 3)


def half(interval: Interval, ordinal: int) -> Interval:
    """Give the first (1) or second (2) half of an interval."""
    first, last = interval
    middle = first + timedelta(days=((last - first).days + 1) // 2)
    return (first, middle - timedelta(days=1)) if ordinal == 1 else (middle, last)


def precision_of(interval: Interval) -> DatePrecision:
    """Name the precision that an interval's length amounts to."""
    days = (interval[1] - interval[0]).days + 1
    steps: tuple[tuple[int, DatePrecision], ...] = (
        (2, "day"),
        (10, "week"),
        (45, "month"),
        (130, "season"),
        (800, "year"),
    )
    for most, name in steps:
        if days <= most:
            return name
    return "decade" if days > 366 * 9 else "year"
