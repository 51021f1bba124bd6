"""Rows of cells to events of a layer, as a layout says. What is wrong with a row is told by its line."""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.ingest import day_forms
from geo.ingest.day_forms import Days, Order
from geo.layers.columns import LONGEST, Cell, cell, only, positions
from geo.layers.features import GEOMETRY
from geo.layouts import Field, Layout
from geo.model import LayerEvent

_YEAR, _SEASON, _MONTH, _WEEK = 366, 100, 31, 7  # days that each is at most wide
_EITHER_SIDE = timedelta(days=3)
# Where a layout says nothing of how near: as far as such places are usually from their middle, in kilometres.
RADII = {"point": 0.0, "town": 0.0, "region": 75.0, "country": 400.0, "sea": 100.0}
_FIGURE = re.compile(r"\d{1,9}(?:\.0+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?", re.ASCII)
_DATES_KEPT = 50_000


class RowError(ValueError):
    """What is wrong with a row; `what` says it without the row's own words, so that equal faults can be counted."""

    def __init__(self, what: str, shown: str = "") -> None:
        super().__init__(f"{what}{f': {shown[:60]!r}' if shown else ''}")
        self.what = what


class Cells:
    """Reads the rows of one table.

    Parameters
    ----------
    header
        The names of its columns; `tags` are other names of the same columns (an HXL row), empty where there are none.
    stem
        Begins the ids of rows that have none.
    order
        Whether 02/03/2015 begins with the day or the month; None where nothing shows it.
    more
        What companions say of an event by its id: texts by field, which count before the row's own.

    Attributes
    ----------
    remarks
        How often something was left out of a row that was read.
    """

    def __init__(
        self,
        layout: Layout,
        header: Sequence[str],
        tags: Sequence[str] = (),
        *,
        stem: str = "",
        order: Order | None = None,
        more: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.layout = layout
        self.remarks: Counter[str] = Counter()
        self._stem, self._order, self._more = stem, order, more or {}
        self._dates: dict[str, Days | None] = {}
        at = self._at = positions(header, tags)
        fields = dict(layout.fields)
        for name, geometry in zip(("lat", "lon"), GEOMETRY, strict=True):
            if not any(column in at for column in fields[name].columns) and geometry in at:
                fields[name] = Field(columns=(geometry,))
        # Most fields are one column as it stands: these are read without a call each, as rows come by the million.
        places = {name: only(field, at) for name, field in fields.items()}
        self._plain = [(name, place) for name, place in places.items() if place is not None]
        self._cells = [(name, self._reads(name, fields[name], at)) for name, place in places.items() if place is None]

    def _reads(self, name: str, field: Field, at: Mapping[str, int]) -> Cell:
        """Give what reads a field; that no word of a type is known, so that it is taken as another, is remarked."""
        read, default = cell(field, at), field.default
        if not (name == "type" and field.words and default):
            return read
        sure, remark = cell(replace(field, default=None), at), f"no word of its type is known; taken as {default}"

        def told(row: Sequence[str]) -> str:
            found = sure(row)
            if not found:
                self.remarks[remark.replace("_", " ")] += 1
            return found or default

        return told

    def event(self, line: int, row: Sequence[str]) -> LayerEvent:
        """Give the event of a row.

        Raises
        ------
        RowError
            If it has no day, no place or no type, or one that makes no sense.
        """
        texts: dict[str, str] = {}
        width = len(row)
        for name, place in self._plain:
            if place < width and (text := row[place].strip()):
                texts[name] = text[:LONGEST]
        for name, read in self._cells:
            if text := read(row):
                texts[name] = text
        own = texts.get("id") or f"{self._stem}-{line}"
        if self._more and (told := self._more.get(own)):
            counted = self._figure(texts, "reports") or 0
            texts |= told
            # What a table counts is as of its day, what lies beside it may be a part of that.
            if counted > (self._figure(texts, "reports") or 0):
                texts["reports"] = str(counted)
        lon, lat = _degrees("longitude", texts.get("lon", ""), 180.0), _degrees("latitude", texts.get("lat", ""), 90.0)
        start, end, precision = self._days(texts)
        place_precision = texts.get("place_precision") or "town"
        radius = texts.get("radius_km")
        low, high = self._killed(texts)
        try:
            return LayerEvent(
                line=line,
                id=own[:200],
                type=texts["type"],  # type: ignore[arg-type]  # (the record refuses what is none)
                sub_type=texts.get("sub_type"),
                place=texts.get("place"),
                admin1=texts.get("admin1"),
                country=texts.get("country"),
                lon=lon,
                lat=lat,
                place_precision=place_precision,  # type: ignore[arg-type]  # (as above)
                radius_km=float(radius) if radius else RADII[place_precision],
                date_start=start,
                date_end=end,
                date_precision=precision,  # type: ignore[arg-type]  # (as above)
                actor=texts.get("actor"),
                target=texts.get("target"),
                killed_low=low,
                killed_high=high,
                source=texts.get("source"),
                url=texts.get("url"),
                note=texts.get("note"),
                reports=self._figure(texts, "reports"),
            )
        except KeyError:
            places = [self._at[name] for name in self.layout.fields["type"].columns if name in self._at]
            shown = next((row[place].strip() for place in places if place < len(row) and row[place].strip()), "")
            raise RowError("its type is none that the mapping knows" if shown else "it has no type", shown) from None
        except ValueError as error:
            raise RowError(str(error)) from None

    def _days(self, texts: Mapping[str, str]) -> tuple[date, date, str]:
        """Give the closed interval of days and its precision, widened where the data say that the day is not exact."""
        first = self._day(texts.get("date_start", ""), "date_start")
        second = self._day(texts["date_end"], "date_end") if "date_end" in texts else None
        start, end = first[0], (second or first)[1]
        if end < start:
            raise RowError("it ends before it begins")
        given = texts.get("date_precision")
        if given and second is None and start == end:
            start, end = widened(start, given)
        return start, end, given or precision_of(start, end)

    def _day(self, text: str, name: str) -> Days:
        if text not in self._dates:
            if len(self._dates) > _DATES_KEPT:
                self._dates.clear()
            self._dates[text] = day_forms.number(text) or day_forms.read(text, order=self._order)
        found = self._dates[text]
        if found is None:
            raise RowError(f"no date in '{name}'" if not text else f"no date that is understood in '{name}'", text)
        return found

    def _killed(self, texts: Mapping[str, str]) -> tuple[int | None, int | None]:
        both = self._figure(texts, "killed")
        low, high = self._figure(texts, "killed_low"), self._figure(texts, "killed_high")
        low, high = both if low is None else low, both if high is None else high
        return (high, low) if low is not None and high is not None and low > high else (low, high)

    def _figure(self, texts: Mapping[str, str], name: str) -> int | None:
        text = texts.get(name, "")
        if not text:
            return None
        if not _FIGURE.fullmatch(text):
            self.remarks[f"'{name}' was left out where it is no figure, such as {text[:20]!r}"] += 1
            return None
        return int(text.partition(".")[0])


def widened(day: date, precision: str) -> Days:
    """Give the days that one day of a precision stands for: three on either side for a week, a whole month or year.

    Examples
    --------
    >>> widened(date(2023, 4, 16), "week")
    (datetime.date(2023, 4, 13), datetime.date(2023, 4, 19))
    """
    if precision == "week":  # at the ends of the calendar what there is of it
        return day - min(_EITHER_SIDE, day - date.min), day + min(_EITHER_SIDE, date.max - day)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def precision_of(start: date, end: date) -> str:
    """Give the precision of an interval by its width."""
    width = (end - start).days + 1
    for most, name in ((1, "day"), (_WEEK, "week"), (_MONTH, "month"), (_SEASON, "season"), (_YEAR, "year")):
        if width <= most:
            return name
    return "decade"


def _degrees(name: str, text: str, most: float) -> float:
    if not text:
        raise RowError(f"it has no {name}")
    try:
        value = float(text)
    except ValueError:
        value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
    if not -most <= value <= most:
        raise RowError(f"no {name} in degrees", text)
    return value
