"""A stretch of events or places at a time: sorted by a key that the next stretch begins after, whatever came meanwhile.

A key is a day and an id. Counting rows instead would repeat some and leave out others when articles come in between.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.query import Query, Selection

Mask = npt.NDArray[np.bool_]
PLACE_COLUMNS = ("id", "name", "kind", "precision", "country_code", "admin1", "lat", "lon", "events", "first", "last")
_OF_PLACES = {
    "place": "name",
    "place_kind": "kind",
    "place_precision": "precision",
    "country_code": "country_code",
    "admin1": "admin1",
    "lat": "lat",
    "lon": "lon",
}
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})?~([A-Za-z0-9:._-]{1,80})", re.ASCII)
_NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a frame by position, how many all stretches have, and the key of the next one; None at the end."""

    positions: npt.NDArray[np.int64]
    total: int
    next: str | None


def wanted(frame: pd.DataFrame, query: Query, selection: Selection, *, data_set: str | None = None) -> Mask:
    """Tell which events a query is about: through its filters and its window; undated ones where it has no window.

    Parameters
    ----------
    frame
        The frame of `geo.store.Store.events`.
    selection
        What `geo.query.select` made of the query.
    data_set
        Only of this set.
    """
    windowed = query.start is not None or query.end is not None
    keep = (selection.shown if windowed else selection.filtered).copy()
    if query.marked:
        keep &= frame["place_id"].isin(query.marked).to_numpy(dtype=bool)
    if data_set is not None:
        keep &= (frame["data_set"] == data_set).to_numpy(dtype=bool)
    return keep


def is_key(text: str) -> bool:
    """Tell whether a text could be the key of a stretch of events."""
    return _KEY.fullmatch(text) is not None


def events(frame: pd.DataFrame, keep: Mask, *, after: str | None, limit: int) -> Stretch:
    """Give the next events, newest first, of one day by id, undated ones last.

    Raises
    ------
    ValueError
        If `after` is no key.
    """
    positions = np.flatnonzero(keep)
    ids = frame["id"].to_numpy(dtype="U80")[positions]
    days = frame["date_start"].to_numpy().astype("datetime64[D]")[positions]
    numbers = np.where(np.isnat(days), _NEVER + 1, days.astype(np.int64))
    order = np.lexsort((ids, -numbers))
    if after is not None:
        found = _KEY.fullmatch(after)
        if found is None:
            raise ValueError(f"after: {after[:40]!r} is not the key of a stretch. Take it from 'next'")
        number = np.datetime64(found[1], "D").astype(np.int64) if found[1] else _NEVER + 1
        later = (numbers[order] < number) | ((numbers[order] == number) & (ids[order] > found[2]))
        order = order[later]
    shown, more = order[:limit], len(order) > limit
    key = f"{'' if np.isnat(days[shown[-1]]) else days[shown[-1]]}~{ids[shown[-1]]}" if more else None
    return Stretch(positions[shown], len(positions), key)


def places(frame: pd.DataFrame, keep: Mask) -> list[dict[str, Any]]:
    """Give the places of events by id: how many events each has, and from which day to which (ISO 8601, or None)."""
    placed = frame[keep].dropna(subset=["place_id"])
    grouped = placed.groupby("place_id", sort=True)
    about = grouped[list(_OF_PLACES)].first().rename(columns=_OF_PLACES)
    about["events"] = grouped.size()
    about["first"] = grouped["date_start"].min().dt.strftime("%Y-%m-%d")
    about["last"] = grouped["date_end"].max().dt.strftime("%Y-%m-%d")
    # A country's middle is no place of anything.
    about.loc[about["precision"] == "country", ["lat", "lon"]] = np.nan
    found: list[dict[str, Any]] = json.loads(about.rename_axis("id").reset_index().to_json(orient="records"))
    return [{name: one[name] for name in PLACE_COLUMNS} for one in found]
