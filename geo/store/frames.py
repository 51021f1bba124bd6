"""Reads the frame of events out of the store column by column, and lays corrections over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, Select, func, select

from geo.store import columns, printings
from geo.store.columns import ARTICLE_COLUMNS, BY_HAND, EVENT_COLUMNS, STORED
from geo.store.overlay import Overlay
from geo.store.patching import NUMBER, Kind
from geo.store.statements import chunks
from geo.store.tables import articles, data_sets, events
from geo.store.texts import Texts

COLUMNS = (*STORED, *BY_HAND)

# So many articles' rows lie in memory as Python's own objects, which take several times the room of what becomes of
# them; and a page of the articles' numbers is read in their order, where the whole would have to be sorted.
_PAGE = 8_000
# Of an export, whose memory is to be that of a stretch.
_STRETCH = 2_000


def statement(*, data_set: str | None = None, article: str | None = None) -> Select[Any]:
    """Give the query for what `build` takes, in the order of the articles and of their text."""
    sets = select(func.min(data_sets.c.name)).where(data_sets.c.article == articles.c.digest)
    if data_set is not None:
        sets = sets.where(data_sets.c.name == data_set)
    found = {
        **{name: events.c[name] for name in (*EVENT_COLUMNS, "article", "snippet")},
        **{name: articles.c[name] for name in ARTICLE_COLUMNS},
        "data_set": sets.correlate(articles).scalar_subquery().label("data_set"),
    }
    query = (
        select(articles.c.number, *(found[name] for name in STORED))
        .join_from(events, articles, articles.c.digest == events.c.article)
        .order_by(articles.c.number, events.c.ordinal)
    )
    if data_set is not None:
        inside = select(data_sets.c.article).where(data_sets.c.name == data_set)
        query = query.where(events.c.article.in_(inside))
    return query if article is None else query.where(events.c.article == article)


def _whole(connection: Connection) -> Iterator[pa.Table]:
    return (columns.table(rows) for rows in _pages(connection, printings.first_told(statement()), _PAGE))


def _some(connection: Connection, digests: Sequence[str]) -> pa.Table:
    query = printings.first_told(statement())
    parts = (query.where(events.c.article.in_(part)) for part in chunks(digests))
    found = [columns.table(connection.execute(part).fetchall()) for part in parts]
    new = pa.concat_tables([columns.SCHEMA.empty_table(), *found])
    return new.take(pa.array(np.argsort(new[NUMBER].to_numpy(), kind="stable")))


EVENTS = Kind("events", columns.SCHEMA, _whole, _some)


def stretches(connection: Connection, query: Select[Any]) -> Iterator[geopandas.GeoDataFrame]:
    """Give what a query made of `statement` finds as frames of some articles each, as `build` does."""
    for rows in _pages(connection, query, _STRETCH):
        yield build(rows)


def _pages(connection: Connection, query: Select[Any], size: int) -> Iterator[Sequence[Any]]:
    number = articles.c.number
    first, last = connection.execute(select(func.min(number), func.max(number))).one()
    for start in range(first or 0, (last or -1) + 1, size):
        part = query.where(number >= start, number < start + size)
        if rows := connection.execute(part).fetchall():
            yield rows


def read(connection: Connection, query: Select[Any]) -> geopandas.GeoDataFrame:
    """Give the frame of what a query made of `statement` finds, as `build` does, read page by page."""
    pages = (columns.table(rows) for rows in _pages(connection, query, _PAGE))
    return columns.frame(pa.concat_tables([columns.SCHEMA.empty_table(), *pages]))


def build(rows: Sequence[Sequence[Any]]) -> geopandas.GeoDataFrame:
    """Give the frame of `rows`, what `statement` finds: see `geo.store.columns.frame`."""
    return columns.frame(columns.table(rows))


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
        out.geometry = columns.points(out["lon"].to_numpy(), out["lat"].to_numpy())
    return out.drop(index=rejected).reset_index(drop=True) if rejected else out


def _rows(column: pd.Series[str], names: Iterable[str]) -> list[tuple[int, str]]:
    """Give the positions in a column at which one of `names` stands, and which."""
    rows = np.flatnonzero(column.isin(list(names)).to_numpy(dtype=bool))
    return list(zip(rows.tolist(), column.iloc[rows].tolist(), strict=True))


def _replaced(column: pd.Series[Any], values: Mapping[int, Any]) -> Any:
    """Give a column with other values in some rows."""
    if isinstance(column.array, Texts):
        return column.array.replaced(values)
    array = column.array.copy()
    if isinstance(array, pd.arrays.NumpyExtensionArray):
        for row, value in values.items():
            array[row] = value
        return pd.Series(array, index=column.index)
    given = list(values.values())
    array[list(values)] = _days(given) if column.dtype.kind == "M" else given
    return array


def _days(values: Sequence[Any]) -> np.ndarray:
    return np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
