"""Builds the frame of events column by column: no object is made for a row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from sqlalchemy import Connection, Select, func, select

from geo.store.overlay import Overlay
from geo.store.tables import articles, data_sets, events

EVENT_COLUMNS = tuple(column.name for column in events.columns if column.name not in ("article", "ordinal", "snippet"))
ARTICLE_COLUMNS = ("published_start", "published_end", "published_basis", "source", "title", "url")
BY_HAND = ("corrected", "note")
_STORED = (*EVENT_COLUMNS, "article", *ARTICLE_COLUMNS, "data_set", "snippet")
COLUMNS = (*_STORED, *BY_HAND)

_DAYS = ("date_start", "date_end", "published_start", "published_end")
_NUMBERS = ("confidence", "lat", "lon")
_FIGURES = ("killed_low", "killed_high", "wounded_low", "wounded_high")
# So many rows lie in memory as Python's own objects, which take several times the room of what becomes of them.
_STRETCH = 50_000
_WHOLE_NUMBERS = ("trigger_start", "trigger_end", "sentence_start", "sentence_end")


def statement(*, data_set: str | None = None, article: str | None = None) -> Select[Any]:
    """Give the query for what `build` takes, in the order of the articles and of their text."""
    sets = select(data_sets.c.article, func.min(data_sets.c.name).label("data_set"))
    if data_set is not None:
        sets = sets.where(data_sets.c.name == data_set)
    of_set = sets.group_by(data_sets.c.article).subquery()
    columns = {
        **{name: events.c[name] for name in (*EVENT_COLUMNS, "article", "snippet")},
        **{name: articles.c[name] for name in ARTICLE_COLUMNS},
        "data_set": of_set.c.data_set,
    }
    query = (
        select(*(columns[name] for name in _STORED))
        .join_from(events, articles, articles.c.digest == events.c.article)
        .join(of_set, of_set.c.article == events.c.article)
        .order_by(articles.c.number, events.c.ordinal)
    )
    return query if article is None else query.where(events.c.article == article)


def read(connection: Connection, query: Select[Any]) -> geopandas.GeoDataFrame:
    """Give the frame of what a query made of `statement` finds, as `build` does, a stretch of the rows at a time."""
    found = connection.execute(query.execution_options(yield_per=_STRETCH))
    parts = [build(part) for part in found.partitions()]
    if not parts:
        return build(())
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def build(rows: Sequence[Sequence[Any]]) -> geopandas.GeoDataFrame:
    """Give the frame of `rows`, what `statement` finds.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Days are ``datetime64[s]`` (NaT where there is none), intervals are closed, `reasons` holds lists of
        text, casualties are whole numbers or missing (``Int64``), the rest is text or numbers. The geometry is the
        place's point, None where the place did not resolve. Nothing is corrected yet: `BY_HAND` are all missing.
    """
    columns = dict(zip(_STORED, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_STORED, ())
    columns |= dict.fromkeys(BY_HAND, (None,) * len(rows))
    data = {name: _column(name, values) for name, values in columns.items()}
    return geopandas.GeoDataFrame(data, geometry=_points(data["lon"], data["lat"]), crs="EPSG:4326")


def lay_over(frame: geopandas.GeoDataFrame, overlay: Overlay) -> geopandas.GeoDataFrame:
    """Give the frame as corrected: what changed in place, what was rejected left out. `frame` is not changed."""
    out = frame.copy(deep=False)
    if not overlay.laid:
        return out
    changed: dict[str, dict[int, Any]] = defaultdict(dict)
    rejected: list[int] = []
    for row, event in _rows(frame["id"], overlay.amended):
        amended = overlay.amended[event]
        for name, value in (amended.columns() | {"corrected": amended.words, "note": amended.note}).items():
            changed[name][row] = value
        if added := amended.reasons():
            changed["reasons"][row] = [*frame["reasons"].iat[row], *added]
        if amended.rejected:
            rejected.append(row)
    incidents = overlay.incidents
    regrouped = [*_rows(frame["id"], incidents.single), *_rows(frame["incident"], incidents.renamed)]
    for row, _ in regrouped:
        changed["incident"][row] = incidents.of(frame["id"].iat[row], frame["incident"].iat[row])
    for name, values in changed.items():
        out[name] = _replaced(frame[name], values)
    if "lat" in changed:
        out.geometry = _points(out["lon"].to_numpy(), out["lat"].to_numpy())
    return out.drop(index=rejected).reset_index(drop=True) if rejected else out


def _rows(column: pd.Series[str], names: Iterable[str]) -> list[tuple[int, str]]:
    """Give the positions in a column at which one of `names` stands, and which."""
    rows = np.flatnonzero(column.isin(list(names)).to_numpy(dtype=bool))
    return list(zip(rows.tolist(), column.iloc[rows].tolist(), strict=True))


def _replaced(column: pd.Series[Any], values: Mapping[int, Any]) -> Any:
    """Give a column with other values in some rows."""
    array = column.array.copy()
    if isinstance(array, pd.arrays.NumpyExtensionArray):
        for row, value in values.items():
            array[row] = value
        return pd.Series(array, index=column.index)
    given = list(values.values())
    array[list(values)] = _days(given) if column.dtype.kind == "M" else given
    return array


def _column(name: str, values: Sequence[Any]) -> Any:
    if name in _DAYS:
        return _days(values)
    if name in _NUMBERS:
        return np.array(values, dtype=np.float64)
    if name in _WHOLE_NUMBERS:
        return np.array(values, dtype=np.int64)
    if name in _FIGURES:
        return pd.array(values, dtype="Int64")
    if name == "reasons":
        return pd.Series(json.loads(f"[{','.join(values)}]"), dtype=object)
    return pd.array(pa.array(values, type=pa.large_string()), dtype="str")


def _days(values: Sequence[Any]) -> np.ndarray:
    return np.array(values, dtype="datetime64[D]").astype("datetime64[s]")


def _points(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    located = np.isfinite(lon) & np.isfinite(lat)
    out = np.full(len(located), None, dtype=object)
    out[located] = shapely.points(lon[located], lat[located])
    return out
