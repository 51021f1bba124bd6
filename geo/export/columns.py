"""The columns of an export: the record's names in the record's order, as plain Python values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas
import numpy as np

_GEOMETRY = "geometry"


def names(frame: geopandas.GeoDataFrame) -> list[str]:
    """Give the names of all columns but the geometry, which `lat` and `lon` say already."""
    return [str(name) for name in frame.columns if name != _GEOMETRY]


def rows(frame: geopandas.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Give each row as text, numbers, lists, ISO days and None."""
    wanted = names(frame)
    plain = [_plain(frame, name) for name in wanted]
    for values in zip(*plain, strict=True):
        yield dict(zip(wanted, values, strict=True))


def _plain(frame: geopandas.GeoDataFrame, name: str) -> list[Any]:
    column = frame[name]
    if column.dtype.kind == "M":
        days = np.datetime_as_string(column.to_numpy().astype("datetime64[D]"))
        return [None if day == "NaT" else str(day) for day in days]
    if column.dtype.kind == "f":
        return [float(value) if np.isfinite(value) else None for value in column.to_numpy()]
    if column.dtype.kind in "iub" and column.hasnans:
        return [None if missing else int(value) for value, missing in zip(column, column.isna(), strict=True)]
    if column.dtype.kind in "iub":
        return list(column.to_numpy().tolist())
    return [value if isinstance(value, (str, list)) else None for value in column.to_numpy(dtype=object)]
