"""Columns of events as numbers, as `geo.timemap.packed` describes them; what events and counts have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Order = NDArray[np.intp]

MAGIC, VERSION = b"CMAP", 2
NO_DAY = -(2**31)
NOWHERE = 2**32 - 1
LATE = ("published_start", "published_end", "id_high", "id_low", "snippet_start", "snippet_length", "text")
TYPES = {"u1": "<u1", "u2": "<u2", "u4": "<u4", "i4": "<i4"}
_KINDS = dict.fromkeys(("type", "status", "tier", "corrected", "text", "width", "day_type"), "u1")
_KINDS |= {"snippet_length": "u2"}
_KINDS |= dict.fromkeys(("date_start", "date_end", "published_start", "published_end", "day"), "i4")
_ID_LENGTH, _LAST_DIGIT = 16, 15
# What a byte of an id stands for; what is no hexadecimal digit stands for none.
_DIGITS = np.full(256, 255, dtype=np.uint8)
_DIGITS[list(b"0123456789abcdef")] = np.arange(16)


def write(
    table: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], *, same: Mapping[str, str] | None = None
) -> bytes:
    """Write columns, the late ones last, with the table that says what they are.

    Parameters
    ----------
    same
        Columns that are others under a second name, and take no room: the other by the name.
    """
    blocks: list[bytes | memoryview] = []
    described, offset, first = [], 0, 0
    for name, values in sorted(columns.items(), key=lambda column: column[0] in LATE):
        block = narrow(name, values)
        described.append({"name": name, "type": _kind(name), "offset": offset, "count": len(values)})
        padding = -block.nbytes % 8
        # Not copied before they are put together: the columns of a million events are 40 MB.
        blocks += [block.view(np.uint8).data, b"\0" * padding]
        offset += block.nbytes + padding
        first = first if name in LATE else offset
    by_name = {column["name"]: column for column in described}
    # Not at the end: who reads takes the last column for the one that ends the bytes.
    described = [by_name[other] | {"name": name} for name, other in (same or {}).items()] + described
    text = json.dumps(
        dict(table) | {"columns": described, "first": first}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode("utf-8", "replace")
    head = MAGIC + np.array([VERSION, len(text)], dtype="<u4").tobytes() + text
    return b"".join([head, b"\0" * (-len(head) % 8), *blocks])


def narrow(name: str, values: NDArray[Any]) -> NDArray[Any]:
    """Give a column in the bytes that it is written in."""
    return np.ascontiguousarray(values, dtype=TYPES[_kind(name)])


def _kind(name: str) -> str:
    return _KINDS.get(name, "u4")


def interval(frame: pd.DataFrame, axis: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give first and last day of each event (``happened``) or of its publication (``reported``), `NO_DAY` for none."""
    if axis == "happened":
        start = _days(frame, "date_start")
        end = _days(frame, "date_end") if "date_end" in frame.columns else start.copy()
        end = np.where(end == NO_DAY, start, end)
        return start, np.maximum(start, end)
    start, end = (
        _days(frame, name) if name in frame.columns else np.full(len(frame), NO_DAY)
        for name in ("published_start", "published_end")
    )
    _complete(start, end)
    return start, end


def _days(frame: pd.DataFrame, name: str) -> NDArray[np.int64]:
    """Give a column of dates (datetime64, date objects or ISO strings) as days since 1970; missing ones as `NO_DAY`."""
    values = frame[name]
    if pd.api.types.is_datetime64_any_dtype(values):
        naive = values.dt.tz_localize(None) if values.dt.tz is not None else values
        dates = naive.to_numpy().astype("datetime64[D]")
    else:
        text = np.where(values.isna(), "NaT", values.astype(str).str.slice(0, 10)).astype("U10")
        try:
            dates = text.astype("datetime64[D]")
        except ValueError as error:
            raise ValueError(f"column {name!r} needs ISO dates such as 2015-01-26: {error}") from None
    return np.where(np.isnat(dates), NO_DAY, dates.astype(np.int64))


def _complete(start: NDArray[np.int64], end: NDArray[np.int64]) -> None:
    """Close an interval of which one end is open (a publication known only to be before or after a day)."""
    start[:] = np.where(start == NO_DAY, end, start)
    end[:] = np.where(end == NO_DAY, start, np.maximum(start, end))


def codes(frame: pd.DataFrame, name: str, allowed: tuple[str, ...], default: str | None) -> NDArray[np.uint8]:
    """Give each value's position among those that are allowed.

    Raises
    ------
    ValueError
        A value is none of them, or missing where there is no `default`.
    """
    if name not in frame.columns and default is not None:
        return np.full(len(frame), allowed.index(default), dtype=np.uint8)
    values = _plain(frame[name])
    rows, found = pd.factorize(values if default is None else values.where(values.notna(), default))
    unknown = [value for value in found if value not in allowed]
    if unknown or (rows < 0).any():
        wrong = unknown[0] if unknown else None
        raise ValueError(f"column {name!r}: {wrong!r} is none of {', '.join(allowed)}")
    return np.array([allowed.index(value) for value in found], dtype=np.uint8)[rows]


def places(frame: pd.DataFrame, order: Order) -> tuple[NDArray[np.int64], dict[str, list[Any]]]:
    """Give each event the row of its place (`NOWHERE`: none), and the places in order of their first event."""
    if "lon" in frame.columns and "lat" in frame.columns:
        lon, lat = frame["lon"].to_numpy(float, na_value=np.nan), frame["lat"].to_numpy(float, na_value=np.nan)
    elif "geometry" in frame.columns and len(frame):
        points = frame.geometry.representative_point()
        lon, lat = points.x.to_numpy(), points.y.to_numpy()
    else:
        lon = lat = np.full(len(frame), np.nan)
    known = np.isfinite(lon) & np.isfinite(lat) & (abs(lon) <= 180) & (abs(lat) <= 90)
    keys = text(frame, "place_id").where(known, other=None)
    unnamed = known & (keys == "").to_numpy()
    if unnamed.any():
        points = [f"{x:.4f},{y:.4f}" for x, y in zip(lon[unnamed], lat[unnamed], strict=True)]
        keys[unnamed] = [f"{point} {name}" for point, name in zip(points, _names(frame[unnamed]), strict=True)]
    codes, found, rows = numbered(keys, order)
    first = rows_of(frame, rows, "place", "place_text", "place_kind", "place_precision", "country_code")
    precision = text(first, "place_precision")
    named = {
        "id": [str(key) for key in found],
        "name": _names(first).tolist(),
        "kind": text(first, "place_kind").tolist(),
        "precision": precision.where(precision != "", "town").tolist(),
        "country": text(first, "country_code").tolist(),
        "lon": np.round(lon[rows], 5).tolist(),
        "lat": np.round(lat[rows], 5).tolist(),
    }
    return np.where(codes < 0, NOWHERE, codes), named


def rows_of(frame: pd.DataFrame, rows: NDArray[np.int64], *names: str) -> pd.DataFrame:
    """Give some rows of those of some columns that are there."""
    return pd.DataFrame(
        {name: frame[name].iloc[rows] for name in names if name in frame.columns}, index=frame.index[rows]
    )


def _names(frame: pd.DataFrame) -> pd.Series:
    """Give the gazetteer's name of each event's place, else what the article calls it."""
    names = text(frame, "place")
    return names.where(names != "", text(frame, "place_text"))


def corrected(frame: pd.DataFrame, order: Order) -> dict[str, NDArray[Any]]:
    """Give the column of what was corrected by hand, where anything was."""
    if "corrected" not in frame.columns or not frame["corrected"].notna().any():
        return {}
    return {"corrected": frame["corrected"].notna().to_numpy(np.uint8)[order]}


def halves(ids: pd.Series) -> NDArray[np.uint32] | None:
    """Give the halves of ids as numbers, a row each; None where one is not 16 hexadecimal digits."""
    parts = [np.empty((0, 2), dtype=np.uint32)]
    texts = pa.array(ids.astype("str"), pa.large_string())
    for piece in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        if not len(piece):
            continue
        starts = np.frombuffer(piece.buffers()[1], dtype=np.int64)[piece.offset : piece.offset + len(piece) + 1]
        if piece.null_count or (np.diff(starts) != _ID_LENGTH).any():
            return None
        digits = _DIGITS[np.frombuffer(piece.buffers()[2], dtype=np.uint8)[starts[0] : starts[-1]]]
        if (digits > _LAST_DIGIT).any():
            return None
        pairs = digits[0::2] << 4 | digits[1::2]
        parts.append(pairs.view(">u4").astype(np.uint32).reshape(-1, 2))
    return np.concatenate(parts)


def text(frame: pd.DataFrame, name: str) -> pd.Series:
    """Give a column as texts, empty where it is missing."""
    if name not in frame.columns:
        return pd.Series([""] * len(frame), index=frame.index)
    values = _plain(frame[name])
    filled = values.where(values.notna(), "")
    return filled if filled.dtype == "str" else filled.astype(str)


def _plain(values: pd.Series) -> pd.Series:
    """Give a column as it is where it holds texts, which pandas then compares without an object for each."""
    return values if values.dtype == "str" else values.astype(object)


def numbered(keys: pd.Series, order: Order) -> tuple[NDArray[np.int64], Any, NDArray[np.int64]]:
    """Number keys as they first appear in an order: a code a row of it (-1: missing), the keys, the row of each."""
    codes, found = pd.factorize(keys)
    out = codes[order].astype(np.int64)
    known = out >= 0
    out[known], used = pd.factorize(out[known])
    return out, found[used], order[np.flatnonzero(np.diff(np.maximum.accumulate(out), prepend=-1) > 0)]
