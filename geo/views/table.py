"""The table: the same events as the map, one row each, in the order of any column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.model import EVENT_TYPES, STATUSES
from geo.query import Query, Selection
from geo.views import listing, wording

COLUMNS = (
    ("date", "When"),
    ("type", "What"),
    ("place", "Where"),
    ("", "What the article says"),
    ("killed", "Killed"),
    ("status", "How it is told"),
    ("source", "Source"),
)


def order(frame: pd.DataFrame, selection: Selection, query: Query) -> np.ndarray:
    """Give the positions of the rows shown, ordered by ``query.sort``, then by date; what lacks a value comes last.

    Returns
    -------
    numpy.ndarray
        Integer positions into `frame`.
    """
    rows = np.flatnonzero(selection.shown)
    column, backwards = query.sort.removeprefix("-"), query.sort.startswith("-")
    first, last = _days(frame, query, rows)
    if column == "date":
        ranked = np.lexsort((last, first))
        return rows[ranked[::-1] if backwards else ranked]
    value = _value(frame, column, rows)
    absent = np.isnan(value)
    return rows[np.lexsort((last, first, -value if backwards else value, absent))]


def _value(frame: pd.DataFrame, column: str, rows: np.ndarray) -> np.ndarray:
    """A number for each row that orders as the column's words do; nan where there is none."""
    if column == "killed":
        least, most = (frame[name].to_numpy(dtype=np.float64)[rows] for name in ("killed_low", "killed_high"))
        return np.asarray(np.where(np.isnan(least), most, least))
    words = frame[column].iloc[rows]
    if column == "place":
        words = words.fillna(frame["place_text"].iloc[rows])
    if column in ("type", "status"):
        known = {name: number for number, name in enumerate(EVENT_TYPES if column == "type" else STATUSES)}
        return np.asarray(words.map(known), dtype=np.float64)
    codes = np.asarray(pd.factorize(words.str.casefold(), sort=True)[0], dtype=np.float64)
    return np.asarray(np.where(codes < 0, np.nan, codes))


def _days(frame: pd.DataFrame, query: Query, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    start, end = ("date_start", "date_end") if query.axis == "happened" else ("published_start", "published_end")
    first, last = (frame[name].to_numpy()[rows].astype("datetime64[D]") for name in (start, end))
    return first, last


def rows(frame: pd.DataFrame, positions: np.ndarray, selection: Selection, query: Query) -> list[dict[str, Any]]:
    """Give the rows at `positions` as the table shows them."""
    listed = listing.rows(frame, positions, selection, query)
    records = frame.iloc[positions].to_dict("records")
    return [row | _more(record) for row, record in zip(listed, records, strict=True)]


def _more(record: Mapping[Any, Any]) -> dict[str, Any]:
    figures = whole(record["killed_low"]), whole(record["killed_high"])
    return {
        "killed": (wording.short_figure(*figures), wording.figure(*figures)),
        "within": listing.text_or_none(record["admin1"]) or "",
        "source": listing.text_or_none(record["source"]) or "no source given",
    }


def whole(value: object) -> int | None:
    """Give a frame's cell as a whole number; its kinds of nothing (None, nan, NA) as None."""
    return None if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]  # (a number)
