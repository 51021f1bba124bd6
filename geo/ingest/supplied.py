"""Publication dates as they are supplied: in a field of the file, in its name's table of dates, on the command line."""

from __future__ import annotations

import calendar
import json
import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from geo.model import Published

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_MONTH_ONLY = re.compile(r"([a-z]{3,9})\.? (\d{4})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_WORDS = reprlib.Repr()
_WORDS.maxstring = _WORDS.maxother = _WORDS.maxlong = 60
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates given beside the files: one for all, or one for each id. They count before what a file says itself.

    `origin` is the name of the file that holds those by id.
    """

    all: Published | None = None
    by_id: Mapping[str, Published] = field(default_factory=dict)
    origin: str = ""

    def of(self, article_id: str) -> Published | None:
        """Give the date supplied for an article."""
        return self.by_id.get(article_id, self.all)


def read_published(argument: str) -> Dates:
    """Read ``--published``: a date for all articles, or a JSON file of dates by id.

    Raises
    ------
    ValueError
        If it is neither; the message says what was expected.
    OSError
        If the file cannot be read.
    """
    if not argument.lower().endswith(".json"):
        return Dates(all=published(argument, evidence="supplied for all articles"))
    path = Path(argument)
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{argument}: this is not valid JSON ({error})") from error
    if not isinstance(table, dict):
        raise ValueError(f'{argument}: expected an object of dates by id, like {{"003": "2023-02-15"}}')
    by_id = {}
    for key, value in table.items():
        try:
            by_id[key] = published(value, evidence=f"supplied in {path.name}")
        except ValueError as error:
            raise ValueError(f"{argument}: {key!r}: {error}") from error
    return Dates(by_id=by_id, origin=argument)


def published(value: Any, *, evidence: str) -> Published:
    """Give the publication date that a field supplies; a month or a year is the interval of its days.

    Parameters
    ----------
    value
        Text, a date, a year, or an object with ``start`` and ``end``.
    evidence
        Where the value stands, in words.

    Raises
    ------
    ValueError
        If no date can be read from it.
    """
    start, end = _interval(value)
    return Published(start, end, "supplied", evidence)


def _interval(value: Any) -> tuple[date, date]:
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    if isinstance(value, Mapping):
        edges = [value.get("start"), value.get("end")]
        if all(edges) and not any(isinstance(edge, Mapping) for edge in edges):
            start, end = _interval(edges[0])[0], _interval(edges[1])[1]
            if start <= end:
                return start, end
        raise ValueError(f"expected an object with a start and a later end; got {_shown(value)}")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        found = _from_text(value.strip())
        if found:
            return found
    raise ValueError(f"expected a date like 2015-01-26, 2015-01 or 2015; got {_shown(value)}")


def _from_text(text: str) -> tuple[date, date] | None:
    if "/" in text and (found := _from_pair(*text.split("/", 1))):
        return found
    words = " ".join(text.lower().split())
    try:
        return _numeric(text) or _worded(words) or _from_mail(text)
    except (ValueError, OverflowError):
        # A time zone that leads out of the calendar overflows.
        return None


def _from_pair(first: str, last: str) -> tuple[date, date] | None:
    """ISO 8601's interval: 2015-01-01/2015-03-31."""
    start = _numeric(first) if _ISO.fullmatch(first) else None
    end = _numeric(last) if _ISO.fullmatch(last) else None
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _numeric(text: str) -> tuple[date, date] | None:
    if found := _COMPACT.fullmatch(text):
        return _days(int(found[1]), int(found[2]), int(found[3]))
    if found := _ISO.fullmatch(text):
        return _days(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := _DOTTED.fullmatch(text):
        return _days(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first == second or first > 12:
            return _days(int(found[3]), second, first)
        if second > 12:
            return _days(int(found[3]), first, second)
        raise ValueError("day and month cannot be told apart")
    return None


def _worded(words: str) -> tuple[date, date] | None:
    if (found := _DAY_FIRST.match(words)) and found[2] in _MONTHS:
        return _days(int(found[3]), _MONTHS[found[2]], int(found[1]))
    if (found := _MONTH_FIRST.match(words)) and found[1] in _MONTHS:
        return _days(int(found[3]), _MONTHS[found[1]], int(found[2]))
    if (found := _MONTH_ONLY.fullmatch(words)) and found[1] in _MONTHS:
        return _days(int(found[2]), _MONTHS[found[1]], 0)
    return None


def _from_mail(text: str) -> tuple[date, date]:
    """RFC 822, as feeds have it. The day is the one at the place of publication: no time zone is applied."""
    day = parsedate_to_datetime(text).date()
    return day, day


def _days(year: int, month: int, day: int) -> tuple[date, date]:
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _shown(value: Any) -> str:
    # An object of a stranger's file may be deep or huge: no more of it is put into words than is shown.
    return _WORDS.repr(value)
