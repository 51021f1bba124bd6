"""The forms in which files write a day.

They are ISO 8601, figures in any usual order, month names in six languages, mail dates, seconds since 1970 and a
spreadsheet's day numbers. Whether 02/03 is in March or in February is not guessed: the order must be given, or be
learned from a column.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

from gazetteer.shipped import DATA
from geo.tables import read_table

Order = Literal["day", "month"]
Days = tuple[date, date]

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\.?", re.ASCII)
_TIME = re.compile(
    r"(?:,|\bat\b|\bum\b|\bà\b|\bв\b|\bо\b|T)?\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\b\.?)?"
)
_ZONE = re.compile(r"\s*(?:\(?\b(?:utc|gmt|z|[a-z]{3,4}t)\b\)?)?\s*(?:[+-]\d{2}:?\d{2})?\s*$", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?([^\W\d_]{3,12})\.?,?[ -](?:de |of )?(\d{4}|\d{2})\b"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ ](\d{4})\b")
_MONTH_ONLY = re.compile(r"([^\W\d_]{3,12})\.?(?: de)?[ -](\d{4})")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\S)")
_SECONDS = re.compile(r"1?\d{9}(?:\.\d+)?|1?\d{12}", re.ASCII)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?", re.ASCII)
# A spreadsheet's day 1 is the first of 1900, and it holds 1900 for a leap year (ECMA-376, part 1, 18.17.4.1).
_DAY_ZERO = date(1899, 12, 30)
# POSIX: two figures from 69 up are of the last century.
_CENTURY_TURNS = 69
# Longer is no date.
_LONGEST = 100
_MONTHS_FILE = DATA / "intake" / "months.csv"


def read(text: str, *, order: Order | None = None) -> Days | None:
    """Give the days that a field means, both included; None where it is no date, or one that `order` would decide.

    The day is the one that is written: no time zone is applied.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        return _interval(text) or _figures(text, order) or _worded(text) or _of_mail(text)
    except (ValueError, OverflowError):
        # No day of the calendar, or a time zone that leads out of it.
        return None


def number(text: str) -> Days | None:
    """Give the day of a number in a column of dates: seconds since 1970 (UTC), or a spreadsheet's day."""
    text = text.strip()
    if found := _SERIAL.fullmatch(text):
        day = _DAY_ZERO + timedelta(days=int(found[1]))
        return day, day
    if _SECONDS.fullmatch(text):
        seconds = float(text)
        day = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC).date()
        return day, day
    return None


def shows(text: str) -> Order | None:
    """Tell the order of day and month that a date in figures shows by itself; None where it shows none."""
    found = _FIGURES.match(" ".join(text.split()))
    # With points the day is first wherever points are written.
    if not found or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    if first == second:
        return None
    return "day" if first > 12 >= second else "month" if second > 12 >= first else None


def is_ambiguous(text: str) -> bool:
    """Tell whether `text` is a date whose day and month only their order tells apart."""
    found = _FIGURES.match(" ".join(text.split()))
    if found is None or found[2] == "." or found[1] == found[3]:
        return False
    return max(int(found[1]), int(found[3])) <= 12


def learn(values: Iterable[str]) -> tuple[Order | None, str, bool]:
    """Learn the order of day and month from the dates of a column.

    Returns
    -------
    (Order or None, str, bool)
        The order that its dates show, where all agree; a date that shows it; whether a date needs it.
    """
    found: dict[Order, str] = {}
    needed = False
    for value in values:
        if order := shows(value):
            found.setdefault(order, value.strip())
        needed = needed or is_ambiguous(value)
    if len(found) != 1:
        return None, " and ".join(found.values()), needed
    ((order, shown),) = found.items()
    return order, shown, needed


def _interval(text: str) -> Days | None:
    """ISO 8601's: 2015-01-26, 2015-01, 2015, and 2015-01/2015-03."""
    if "/" in text:
        first, last = (_iso(part.strip()) for part in text.split("/", 1))
        if first and last and first[0] <= last[1]:
            return first[0], last[1]
    return _iso(text)


def _iso(text: str) -> Days | None:
    if found := _COMPACT.fullmatch(text):
        return _days(int(found[1]), int(found[2]), int(found[3]))
    if found := _ISO.fullmatch(text):
        return _days(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    return None


def _figures(text: str, order: Order | None) -> Days | None:
    rest = _without_time(text)
    if not (found := _FIGURES.fullmatch(rest) or _FIGURES.fullmatch(_WEEKDAY.sub("", rest))):
        return None
    first, second = int(found[1]), int(found[3])
    order = "day" if found[2] == "." or first == second else shows(found[0]) or order
    if order is None:
        return None
    day, month = (first, second) if order == "day" else (second, first)
    return _days(_year(found[4]), month, day)


def _worded(text: str) -> Days | None:
    """Give the day of a date with a month's name, a weekday before it or not, a time after it or not."""
    rest = _without_time(text).lower()
    for words in (rest, _WEEKDAY.sub("", rest)):
        for pattern, at in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
            if (found := pattern.match(words)) and (month := _months().get(found[at[1]])):
                return _days(_year(found[at[2]]), month, int(found[at[0]]))
        if (found := _MONTH_ONLY.fullmatch(words)) and (month := _months().get(found[1])):
            return _days(int(found[2]), month, 0)
    return None


def _of_mail(text: str) -> Days | None:
    """RFC 5322, and C's asctime. The day is the one at the place of publication."""
    try:
        day = parsedate_to_datetime(text).date()
    except (TypeError, IndexError):
        return None
    return day, day


def _without_time(text: str) -> str:
    found = _TIME.search(text)
    if not found:
        return text
    # In asctime's form the year stands after the time.
    return f"{text[: found.start()]} {_ZONE.sub('', text[found.end() :])}".strip(" ,")


def _year(figures: str) -> int:
    year = int(figures)
    return year if len(figures) == 4 else year + (1900 if year >= _CENTURY_TURNS else 2000)


def _days(year: int, month: int, day: int) -> Days:
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


@cache
def _months() -> dict[str, int]:
    rows = read_table(_MONTHS_FILE, ("month", "language", "names"))
    return {name: int(row["month"]) for _, row in rows for name in row["names"].split()}
