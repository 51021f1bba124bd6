"""Rules for dates in figures: "2015-04-10", "02/05/2019", "3.1.15", "30-Apr-18"."""

from __future__ import annotations

import functools
import re
from datetime import date

from geo.dates import intervals
from geo.dates.missing_year import FIRST_YEAR, LAST_YEAR, checked_date
from geo.dates.rule import Context, Reading, Rule, explicit
from geo.dates.words import MONTH, month_number

_PAIR = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\d/])")
_DAY_MONTH = re.compile(rf"\b\d\d?(?:st|nd|rd|th)? (?:of )?{MONTH}")
_MONTH_DAY = re.compile(rf"\b{MONTH} \d\d?\b(?!:)")


def _full_year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else (1900 if number > 50 else 2000) + number


def exact(year: int, month: int, day: int) -> Reading | None:
    """Read a day given in full; None where the calendar has no such day."""
    moment = checked_date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    return explicit(intervals.day(moment), "day") if moment else None


@functools.lru_cache(maxsize=4)
def day_first(text: str) -> bool | None:
    """Tell whether a text writes the day before the month; None where nothing shows it.

    A date of its own that can be read in one order only shows it best, then how it writes dates in words.

    Examples
    --------
    >>> day_first("on 2/5/2019 and 24/4/2019"), day_first("on 2/5/2019"), day_first("on May 3 and 2/5/2019")
    (True, None, False)
    """
    pairs = [(int(first), int(second)) for first, second in _PAIR.findall(text)]
    day, month = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    if day != month:
        return day
    words = len(_DAY_MONTH.findall(text)) - len(_MONTH_DAY.findall(text))
    return words > 0 if words else None


def _iso(match: re.Match[str], context: Context) -> Reading | None:
    return exact(int(match[1]), int(match[2]), int(match[3]))


def _slashes(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
    american, other = exact(year, first, second), exact(year, second, first)
    habit = day_first(context.text)
    if habit is None and context.day and american and american.interval:
        # Without a habit the order that does not lie ahead of publication; else month first: wire copy is American.
        habit = american.interval[0] > context.day
    return (other or american) if habit else (american or other)


def _dots(match: re.Match[str], context: Context) -> Reading | None:
    return exact(_full_year(match[3]), int(match[2]), int(match[1]))


def _named_month(match: re.Match[str], context: Context) -> Reading | None:
    return exact(_full_year(match["year"]), month_number(match["month"]), int(match["day"]))


FIGURES = re.compile(r"(?<![\d./])(\d\d?)([./])(\d\d?)\2(\d{4})(?![\d/])")


def in_figures(words: str) -> date | None:
    """Read the first date in figures of a head, "14.03.2023"; None where its order could be either.

    Examples
    --------
    >>> in_figures("14/03/2023").isoformat(), in_figures("04/03/2023"), in_figures("04.03.2023").isoformat()
    ('2023-03-14', None, '2023-03-04')
    """
    match = FIGURES.search(words)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first == second:
        return checked_date(year, second, first)
    orders = [checked_date(year, second, first), checked_date(year, first, second)]
    sure = [day for day in orders if day]
    return sure[0] if len(sure) == 1 else None


RULES: tuple[Rule, ...] = (
    Rule("iso", "number", re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?=\b|T)"), _iso),
    Rule("iso with slashes", "number", re.compile(r"(?<![\d/.])(\d{4})[/.](\d\d?)[/.](\d\d?)(?![\d/]|\.\d)"), _iso),
    Rule("slashes", "number", re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4}|\d\d)(?![\d/])"), _slashes),
    Rule("dots", "number", re.compile(r"(?<![\d.])(\d\d?)\.(\d\d?)\.(\d{4}|\d\d)(?![\d]|\.\d)"), _dots),
    Rule(
        "month between hyphens",
        "month",
        re.compile(rf"(?<![\w-])(?P<day>\d\d?)[-/](?P<month>{MONTH})[-/](?P<year>\d{{4}}|\d\d)(?![\w-])"),
        _named_month,
    ),
)
