"""Stretches of time in which events are counted (days, weeks, months, quarters, years), and what a window cuts."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from geo.timemap import coding
from geo.timemap.counting import passes
from geo.timemap.part import Part

Bin = Literal["day", "week", "month", "quarter", "year"]
BINS: tuple[Bin, ...] = get_args(Bin)
_DAYS_IN_YEAR = 365
_DECADE = 10 * 366  # days: a wider date says of no year that something happened in it (axis.js)
_EPOCH = 1970


def edges(bin_: Bin, first: int, last: int) -> NDArray[np.int64]:
    """Give the first day of each stretch that holds `first` to `last`, and the day behind the last."""
    return np.concatenate([[first], _calendar(bin_, first, last), [last + 1]]).astype(np.int64)


def _calendar(bin_: Bin, first: int, last: int) -> NDArray[np.int64]:
    """Give the days after `first` on which a day, week (Monday), month, quarter or year begins, up to `last`."""
    if bin_ == "day":
        return np.arange(first + 1, last + 1)
    if bin_ == "week":
        monday = first + (4 - first) % 7  # 1970-01-05, the fourth day, was one
        return np.arange(monday, last + 1, 7)[int(monday == first) :]
    months = {"month": 1, "quarter": 3, "year": 12}[bin_]
    begin, stop = (int(np.datetime64(day, "D").astype("datetime64[M]").astype(int)) for day in (first, last))
    every = np.arange(begin - begin % months, stop + 1, months).astype("datetime64[M]").astype("datetime64[D]")
    days = every.astype(np.int64)
    return days[days > first]


def cuts(part: Part, first: int, last: int) -> list[int]:
    """Give the days before which a window cuts; where the same days of every year count, those of every year."""
    if part.window is None:
        return []
    start, end = part.window
    if part.mode != "day" or end - start >= _DAYS_IN_YEAR:
        return [start, end + 1]
    begin, stop = (int(np.datetime64(day, "D").astype("datetime64[Y]").astype(int)) for day in (first, last))
    return [_in_year(cut, year) for year in range(begin, stop + 1) for cut in (start, end + 1)]


def _in_year(day: int, year: int) -> int:
    """Give the same day of another year (since 1970); for 29 February 1 March, where there is none."""
    given = np.datetime64(day, "D")
    month = given.astype("datetime64[M]")
    of_month = int((given - month.astype("datetime64[D]")).astype(int))
    there = np.datetime64(year * 12 + int(month.astype(int)) % 12, "M").astype("datetime64[D]")
    return int(there.astype(int)) + of_month


def span(start: NDArray[np.int32], end: NDArray[np.int32]) -> list[int] | None:
    """Give the first and last day of events that have any; None where none has."""
    dated = start != coding.NO_DAY
    return [int(start[dated].min()), int(end[dated].max())] if dated.any() else None


def years(start: NDArray[np.int32], end: NDArray[np.int32]) -> list[int]:
    """Give the years (AD) in which something is dated, by dates that are not too wide to say so."""
    found: set[int] = set()
    for part in passes(len(start)):
        narrow = (start[part] != coding.NO_DAY) & (end[part] - start[part].astype(np.int64) <= _DECADE)
        if narrow.any():
            first, last = (_year(days[part][narrow]) for days in (start, end))
            low, length = int(first.min()), int(last.max()) - int(first.min()) + 2
            begun, ended = (np.bincount(years - low, minlength=length) for years in (first, last + 1))
            found.update((np.flatnonzero(np.cumsum(begun - ended)) + low + _EPOCH).tolist())
    return sorted(found)


def _year(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give the years, counted from 1970, in which days lie."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)


def vague(start: NDArray[np.int32], end: NDArray[np.int32]) -> list[list[int]]:
    """Give the dates that are too wide to say of a year that something happened in it, each once."""
    found: set[tuple[int, int]] = set()
    for part in passes(len(start)):
        wide = (start[part] != coding.NO_DAY) & (end[part] - start[part].astype(np.int64) > _DECADE)
        found.update(zip(start[part][wide].tolist(), end[part][wide].tolist(), strict=True))
    return [[first, last] for first, last in sorted(found)]
