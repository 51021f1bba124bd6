"""Builds the frame of events column by column: no object is made for a row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from sqlalchemy import Select, func, select

from geo.store.tables import articles, data_sets, events

EVENT_COLUMNS = tuple(column.name for column in events.columns if column.name not in ("article", "ordinal", "snippet"))
ARTICLE_COLUMNS = ("published_start", "published_end", "published_basis", "source", "title", "url")
COLUMNS = (*EVENT_COLUMNS, "article", *ARTICLE_COLUMNS, "data_set", "snippet")

_DAYS = ("date_start", "date_end", "published_start", "published_end")
_NUMBERS = ("confidence", "lat", "lon")
_FIGURES = ("killed_low", "killed_high", "wounded_low", "wounded_high")
_WHOLE_NUMBERS = ("trigger_start", "trigger_end", "sentence_start", "sentence_end")


def statement(*, data_set: str | None = None, article: str | None = None) -> Select[Any]:
    """Give the query for `COLUMNS`, in the order of the articles and of their text."""
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
        select(*(columns[name] for name in COLUMNS))
        .join_from(events, articles, articles.c.digest == events.c.article)
        .join(of_set, of_set.c.article == events.c.article)
        .order_by(articles.c.number, events.c.ordinal)
    )
    return query if article is None else query.where(events.c.article == article)


def build(rows: Sequence[Sequence[Any]]) -> geopandas.GeoDataFrame:
    """Give the frame of `rows`, each in the order of `COLUMNS`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Days are ``datetime64[s]`` (NaT where there is none), intervals are closed, `reasons` holds lists of
        text, casualties are whole numbers or missing (``Int64``), the rest is text or numbers. The geometry is the
        place's point, None where the place did not resolve.
    """
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(COLUMNS, ())
    data: dict[str, Any] = {}
    for name, values in columns.items():
        if name in _DAYS:
            data[name] = np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
        elif name in _NUMBERS:
            data[name] = np.array(values, dtype=np.float64)
        elif name in _WHOLE_NUMBERS:
            data[name] = np.array(values, dtype=np.int64)
        elif name in _FIGURES:
            data[name] = pd.array(values, dtype="Int64")
        elif name == "reasons":
            data[name] = pd.Series(json.loads(f"[{','.join(values)}]"), dtype=object)
        else:
            data[name] = pd.array(pa.array(values, type=pa.large_string()), dtype="str")
    located = np.isfinite(data["lon"]) & np.isfinite(data["lat"])
    geometry = np.full(len(located), None, dtype=object)
    geometry[located] = shapely.points(data["lon"][located], data["lat"][located])
    return geopandas.GeoDataFrame(data, geometry=geometry, crs="EPSG:4326")
