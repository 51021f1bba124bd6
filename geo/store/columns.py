"""The events' columns as Arrow holds them, and the frame over them: no object is made for a row, no text is copied.

A table of them can lie in a file that is mapped (`geo.store.kept`): the frame's texts are then the file's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.store.patching import NUMBER, Piece
from geo.store.reasons import Reasons
from geo.store.tables import events
from geo.store.texts import Texts

EVENT_COLUMNS = tuple(column.name for column in events.columns if column.name not in ("article", "ordinal", "snippet"))
ARTICLE_COLUMNS = ("published_start", "published_end", "published_basis", "source", "title", "url")
BY_HAND = ("corrected", "note")
# The SHA-256 of the article's text, in a table of events that were put aside (`geo.store.spool`) only.
DIGEST = "text_sha256"
STORED = (*EVENT_COLUMNS, "article", *ARTICLE_COLUMNS, "data_set", "snippet")

_DAYS = ("date_start", "date_end", "published_start", "published_end")
_NUMBERS = ("confidence", "lat", "lon")
_FIGURES = ("killed_low", "killed_high", "wounded_low", "wounded_high")
_WHOLE_NUMBERS = (NUMBER, "trigger_start", "trigger_end", "sentence_start", "sentence_end")
_TEXTS = frozenset(STORED) - {*_DAYS, *_NUMBERS, *_FIGURES, *_WHOLE_NUMBERS}
_POINTS = "geometry"


def _kind(name: str) -> pa.DataType:
    if name in _NUMBERS:
        return pa.float64()
    return pa.int64() if name in (*_DAYS, *_FIGURES, *_WHOLE_NUMBERS) else pa.large_string()


# Days are seconds since 1970 as NumPy counts them, its NaT included, so that they need no conversion.
SCHEMA = pa.schema([(name, _kind(name)) for name in (NUMBER, *STORED)])
PUT_ASIDE = pa.schema([(name, _kind(name)) for name in (*STORED, *BY_HAND, DIGEST)])


def table(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Give the table of `SCHEMA` of rows that hold an article's number and then what `STORED` names."""
    values = zip(*rows, strict=True) if rows else [()] * len(SCHEMA)
    return pa.table(
        [_column(field.name, column) for field, column in zip(SCHEMA, values, strict=True)],
        schema=SCHEMA,
    )


def _column(name: str, values: Sequence[Any]) -> pa.Array:
    if name in _DAYS:
        days = np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
        return pa.array(days.view(np.int64))
    if name in _NUMBERS:
        return pa.array(np.array(values, dtype=np.float64))
    return pa.array(values, type=_kind(name))


def frame(table: pa.Table) -> geopandas.GeoDataFrame:
    """Give the frame of a table, whose columns may lie in many pieces.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Days are ``datetime64[s]`` (NaT where there is none), intervals are closed, `reasons` holds lists of
        text, casualties are whole numbers or missing (``Int64``), the rest is text or numbers. The geometry is the
        place's point, None where the place did not resolve. Of a table of `SCHEMA` nothing is corrected yet: `BY_HAND`
        are all missing. Only a table of `PUT_ASIDE` has `DIGEST`.
    """
    values = some(table, [name for name in STORED if name not in _TEXTS])
    return _frame(table, values, points(values["lon"], values["lat"]))


def patched(before: pd.DataFrame, table: pa.Table, pieces: Sequence[Piece]) -> geopandas.GeoDataFrame:
    """Give the frame of a table that was put together of pieces of one before, whose frame is `before`, and new rows.

    Of what is new alone numbers and points are made; texts are those of the table.
    """
    parts: dict[str, list[Any]] = {name: [] for name in (*STORED, _POINTS) if name not in _TEXTS}
    held = {name: before[name].array for name in parts if name != _POINTS} | {_POINTS: before[_POINTS].to_numpy()}
    at = 0
    for piece in pieces:
        length = piece.stop - piece.start
        if piece.came:
            new = {name: _values(name, table[name].slice(at, length)) for name in parts if name != _POINTS}
            new[_POINTS] = points(new["lon"], new["lat"])
        else:
            new = {name: held[name][piece.start : piece.stop] for name in parts}
        for name, rows in new.items():
            parts[name].append(rows)
        at += length
    values = {name: _joined(each) for name, each in parts.items()} if pieces else {}
    return _frame(table, values, values.pop(_POINTS)) if values else frame(table)


def _joined(parts: Sequence[Any]) -> Any:
    """Put the values of one column together, whose first ones say of what kind they are."""
    if isinstance(parts[0], pd.arrays.IntegerArray):
        data, missing = ([getattr(one, name) for one in parts] for name in ("_data", "_mask"))
        return pd.arrays.IntegerArray(np.concatenate(data), np.concatenate(missing))
    return np.concatenate([np.asarray(one) for one in parts])


def _frame(table: pa.Table, values: Mapping[str, Any], geometry: np.ndarray) -> geopandas.GeoDataFrame:
    data = {name: values[name] if name in values else _values(name, table[name]) for name in STORED}
    if DIGEST in table.column_names:
        data |= some(table, (*BY_HAND, DIGEST))
    else:
        nothing = pa.chunked_array([pa.nulls(len(table), pa.large_string())])
        data |= {name: Texts.of(nothing) for name in BY_HAND}
    plain = pd.DataFrame(data, copy=False)
    # Nobody else has the columns: GeoPandas would copy them.
    return geopandas.GeoDataFrame(plain, geometry=geometry, crs="EPSG:4326", copy=False)


def some(table: pa.Table, names: Iterable[str]) -> dict[str, Any]:
    """Give some columns of a table as the frame has them, by their names."""
    return {name: _values(name, table.column(name)) for name in names}


def put_aside(frame: geopandas.GeoDataFrame, digests: Sequence[str | None]) -> pa.Table:
    """Give the table (`PUT_ASIDE`) of a frame as corrected, out of which `frame` makes the same again.

    `digests`: the SHA-256 of each row's article's text.
    """
    values = [_kept(name, frame[name]) for name in (*STORED, *BY_HAND)]
    return pa.table([*values, pa.array(digests, pa.large_string())], schema=PUT_ASIDE)


def _kept(name: str, column: pd.Series[Any]) -> Any:
    if name == "reasons":
        return column.array.texts
    if name in _DAYS:
        return pa.array(column.to_numpy().astype("datetime64[s]").view(np.int64))
    if name in (*_NUMBERS, *_WHOLE_NUMBERS):
        return pa.array(column.to_numpy())  # NaN stays NaN: a missing value is another thing to Arrow
    return pa.array(column.array, type=_kind(name))


def _values(name: str, column: pa.ChunkedArray) -> Any:
    if name == "reasons":
        return Reasons(column)
    if name in _FIGURES:
        known = _one(column)
        return pd.arrays.IntegerArray(
            known.fill_null(0).to_numpy(zero_copy_only=False), known.is_null().to_numpy(zero_copy_only=False)
        )
    if name in (*_DAYS, *_NUMBERS, *_WHOLE_NUMBERS):
        values = _one(column).to_numpy()
        return values.view("datetime64[s]") if name in _DAYS else values
    return Texts.of(column)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def points(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Give the points of coordinates, None where one is missing; equal ones share one object, which nobody changes."""
    located = np.isfinite(lon) & np.isfinite(lat)
    out = np.full(len(located), None, dtype=object)
    codes, found = pd.factorize(lon[located] + 1j * lat[located])
    out[located] = shapely.points(found.real, found.imag)[codes]
    return out
