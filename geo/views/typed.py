"""Dates as people type them: of corrections and in the search. The map's fields read by the same rules (typed.js)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

LONGEST = 60
_TO = re.compile(r"\s*(?:\bto\b|\buntil\b|[–—]|\.\.+|\s-\s)\s*")
_NAMES = tuple(name.lower() for name in calendar.month_name)
_LEAST_OF_NAME = 3

_Parts = tuple[int, int | None, int | None]


def _named(word: str) -> int:
    """The month that a word names, whole or shortened to three letters or more ("Sept"); ValueError for none."""
    if len(word) >= _LEAST_OF_NAME:
        for number, name in enumerate(_NAMES):
            if number and name.startswith(word):
                return number
    raise ValueError(word)


def _slashes(first: int, second: int, year: int, *, month_first: bool) -> _Parts:
    """24/02/2022 and 02/24/2022; where both readings are dates, the reader's country decides."""
    return (year, first, second) if second > 12 or (month_first and first <= 12) else (year, second, first)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., _Parts]], ...] = tuple(
    (re.compile(form), take)
    for form, take in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", lambda y, m, d, **_: (int(y), int(m), int(d))),
        (r"(\d{4})[-/.](\d{1,2})", lambda y, m, **_: (int(y), int(m), None)),
        (r"(\d{1,2})[-/.](\d{4})", lambda m, y, **_: (int(y), int(m), None)),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", lambda d, m, y, **_: (int(y), int(m), int(d))),
        (r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", lambda a, b, y, **how: _slashes(int(a), int(b), int(y), **how)),
        (r"(\d{4})", lambda y, **_: (int(y), None, None)),
        (
            r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?,?\s+(\d{4})",
            lambda d, name, y, **_: (int(y), _named(name), int(d)),
        ),
        (
            r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})",
            lambda name, d, y, **_: (int(y), _named(name), int(d)),
        ),
        (r"([a-z]+)\.?,?\s+(\d{4})", lambda name, y, **_: (int(y), _named(name), None)),
    )
)
_QUARTERS = (re.compile(r"q(?P<q>[1-4])[\s/-]*(?P<y>\d{4})"), re.compile(r"(?P<y>\d{4})[\s/-]*q(?P<q>[1-4])"))


def period(text: str, *, month_first: bool = False) -> tuple[date, date] | None:
    """Read one day, month, quarter or year: its first and last day; None where it is none.

    Parameters
    ----------
    month_first
        Whether 02/03/2022 is the third of February.

    Examples
    --------
    >>> period("Q1 2022") == (date(2022, 1, 1), date(2022, 3, 31))
    True
    >>> period("February 24, 2022") == period("24.2.2022") == period("2022-02-24")
    True
    """
    written = " ".join(text.lower().split())
    try:
        for form in _QUARTERS:
            if found := form.fullmatch(written):
                year, quarter = int(found["y"]), int(found["q"])
                return date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter)
        for pattern, take in _FORMS:
            if found := pattern.fullmatch(written):
                return _days(*take(*found.groups(), month_first=month_first))
    except ValueError:
        return None
    return None


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), _last(year, month)
    return date(year, month, day), date(year, month, day)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def interval(text: str, *, month_first: bool = False) -> tuple[date, date]:
    """Read dates as people type them: ``26 Jan 2015``, ``31.12.2022``, ``Q1 2022``, ``25–26 Jan 2015`` ...

    Returns
    -------
    tuple of date
        A closed interval of days.

    Raises
    ------
    ValueError
        If it is no date; the message says what is expected.
    """
    given = text.strip()[:LONGEST]
    parts = _TO.split(given)
    last = period(parts[-1], month_first=month_first)
    # Of "25–26 Jan 2015" and "28 Feb – 6 Mar 2022" the first part borrows what it lacks from the second.
    tail = parts[-1].split()
    borrowed = (" ".join([parts[0], *tail[len(tail) - n :]]) for n in range(len(tail)))
    first = next((found for words in borrowed if (found := period(words, month_first=month_first))), None)
    if len(parts) <= 2 and first and last and first[0] <= last[1]:
        return first[0], last[1]
    raise ValueError(
        f"“{given}” is no date. Type one like 26 Jan 2015, 26.1.2015, Jan 2015, Q1 2015, 2015, "
        "or 25 Jan 2015 to 2 Feb 2015."
    )
