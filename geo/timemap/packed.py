r"""Events as packed columns: what the browser reads once and filters there.

The format, little-endian throughout::

    bytes 0..3    b"CMAP"
    bytes 4..7    version, uint32
    bytes 8..11   length L of the table, uint32
    next L bytes  the table: JSON in UTF-8
    padding to a multiple of 8, then the columns, each padded to a multiple of 8

The table holds ``rows``; ``types``, ``statuses``, ``tiers``, ``sources`` (what the codes in the columns mean);
``places`` as lists by attribute; ``articles``, how many there are; ``ids`` where an event's id is not 16 hexadecimal
digits; ``columns``: name, type, offset from the first column, and count of each; and ``first``: how many bytes of
columns the first picture needs. What follows them (ids, publication, sentences) may arrive while it is drawn.

Columns, one value an event in order of `date_start` where nothing else is said:

==================== ==== ==========================================================================================
``place``            u4   row of ``places``; 4294967295: the place did not resolve, or has no coordinates
``date_start``       i4   day since 1970-01-01, first day of the closed interval; -2147483648: no usable date
``date_end``         i4   its last day
``type``             u1   ``geo.model.EVENT_TYPES``
``status``           u1   ``geo.model.STATUSES``
``tier``             u1   ``geo.model.TIERS``
``corrected``        u1   1: an event was corrected by hand; left out where none was
``article``          u4   number of the article; 4294967295: unknown
``source``           u4   row of ``sources``, one value an article
``published_start``  i4   first and last day of the article's publication
``published_end``    i4
``id_high``          u4   first and last eight digits of the id
``id_low``           u4
``snippet_start``    u4   where the event's sentence starts in ``text`` (UTF-8 bytes), where snippets are packed
``snippet_length``   u2
``text``             u1   the sentences, one after another, each once
==================== ==== ==========================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo import model

Order = NDArray[np.intp]

MAGIC, VERSION = b"CMAP", 2
NO_DAY = -(2**31)
NOWHERE = 2**32 - 1
SNIPPET_BYTES = 400  # a tooltip shows three lines
MOST_SNIPPETS = 200_000  # sentences of more events than this are left out; the reader has them
REQUIRED = ("type", "date_start")
LATE = ("published_start", "published_end", "id_high", "id_low", "snippet_start", "snippet_length", "text")
_TYPES = {"u1": "<u1", "u2": "<u2", "u4": "<u4", "i4": "<i4"}
_SHORT = 2**16 - 1
_ID_LENGTH, _LAST_DIGIT = 16, 15
# What a byte of an id stands for; what is no hexadecimal digit stands for none.
_DIGITS = np.full(256, 255, dtype=np.uint8)
_DIGITS[list(b"0123456789abcdef")] = np.arange(16)


def pack(frame: pd.DataFrame) -> bytes:
    """Pack events for the browser.

    Parameters
    ----------
    frame : pandas.DataFrame or geopandas.GeoDataFrame
        One row an event, with the columns of `geo.model.Event.to_dict` and, where known, ``article`` (the article's
        digest), ``source``, ``published_start``, ``published_end``, ``snippet`` (the sentence) and ``corrected``
        (None where nobody changed anything). Only ``type`` and ``date_start`` are required; without ``lon`` and ``lat``
        a point geometry gives the place. The rest has defaults: ``status`` reported, ``tier`` A, ``date_end`` as
        ``date_start``.

    Returns
    -------
    bytes
        Not compressed: about 40 bytes an event plus the tables.

    Raises
    ------
    ValueError
        A required column is missing or a value is none of the allowed ones; the message names column and value.
    """
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise ValueError(
            f"events need the columns {', '.join(REQUIRED)}; {', '.join(missing)} missing among "
            f"{', '.join(map(str, frame.columns))}"
        )
    start, end = interval(frame, "happened")
    order = _by_day(start)
    # Codes are put in order, not what they stand for: that would cost more than all the rest.
    columns: dict[str, NDArray[Any]] = {"date_start": start[order], "date_end": end[order]}
    columns["type"] = codes(frame, "type", model.EVENT_TYPES, None)[order]
    columns["status"] = codes(frame, "status", model.STATUSES, "reported")[order]
    columns["tier"] = codes(frame, "tier", model.TIERS, "A")[order]
    columns |= corrected(frame, order)
    columns["place"], named = places(frame, order)
    columns["article"], columns["source"], sources = _articles(frame, order)
    published = interval(frame, "reported")
    columns["published_start"], columns["published_end"] = (days[order] for days in published)
    table: dict[str, Any] = {
        "rows": len(frame),
        "types": list(model.EVENT_TYPES),
        "statuses": list(model.STATUSES),
        "tiers": list(model.TIERS),
        "places": named,
        "articles": len(columns["source"]),
        "sources": sources,
    }
    columns |= _ids(frame, order, table)
    columns |= _snippets(frame, order)
    return write(table, columns)


def _by_day(start: NDArray[np.int64]) -> Order:
    """Give the order by days, of equal ones that of the rows; those without one come last."""
    known = start != NO_DAY
    first, last = (start[known].min(), start[known].max()) if known.any() else (0, 0)
    if last - first < _SHORT:  # 179 years, which NumPy sorts ten times as fast
        return np.argsort(np.where(known, start - first, _SHORT).astype(np.uint16), kind="stable")
    return np.argsort(np.where(known, start, last + 1), kind="stable")


def write(
    table: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], *, same: Mapping[str, str] | None = None
) -> bytes:
    """Write columns, the late ones last, with the table that says what they are.

    Parameters
    ----------
    same
        Columns that are others under a second name, and take no room: the other by the name.
    """
    kinds = dict.fromkeys(("type", "status", "tier", "corrected", "text", "width", "day_type"), "u1")
    kinds |= {"snippet_length": "u2"}
    kinds |= dict.fromkeys(("date_start", "date_end", "published_start", "published_end", "day"), "i4")
    blocks, described, offset, first = [], [], 0, 0
    for name, values in sorted(columns.items(), key=lambda column: column[0] in LATE):
        kind = kinds.get(name, "u4")
        block = np.ascontiguousarray(values, dtype=_TYPES[kind]).tobytes()
        described.append({"name": name, "type": kind, "offset": offset, "count": len(values)})
        block += b"\0" * (-len(block) % 8)
        blocks.append(block)
        offset += len(block)
        first = first if name in LATE else offset
    by_name = {column["name"]: column for column in described}
    # Not at the end: who reads takes the last column for the one that ends the bytes.
    described = [by_name[other] | {"name": name} for name, other in (same or {}).items()] + described
    text = json.dumps(
        dict(table) | {"columns": described, "first": first}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode("utf-8", "replace")
    head = MAGIC + np.array([VERSION, len(text)], dtype="<u4").tobytes() + text
    return b"".join([head, b"\0" * (-len(head) % 8), *blocks])


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read packed events back: the table and the columns.

    Raises
    ------
    ValueError
        The bytes are not packed events, or of another version.
    """
    if data[:4] != MAGIC:
        raise ValueError(f"not packed events: they start with {data[:4]!r}, not {MAGIC!r}")
    version, length = np.frombuffer(data, dtype="<u4", count=2, offset=4)
    if version != VERSION:
        raise ValueError(f"packed events of version {version}; this program reads version {VERSION}")
    table = json.loads(data[12 : 12 + int(length)])
    base = 12 + int(length) + (-(12 + int(length)) % 8)
    columns = {
        column["name"]: np.frombuffer(
            data, dtype=_TYPES[column["type"]], count=column["count"], offset=base + column["offset"]
        )
        for column in table["columns"]
    }
    return table, columns


def cuts(data: bytes) -> list[int]:
    """Give offsets in packed events between which most bytes stay when a few events come: each column by months."""
    table, columns = unpack(data)
    day = columns["date_start"]
    known = int(np.searchsorted(day == NO_DAY, True))
    months = day[:known].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    rows = np.array([0, *np.flatnonzero(np.diff(months)) + 1, known])
    base = len(data) - sum(values.nbytes + -values.nbytes % 8 for values in columns.values())
    found = [base]
    for column in table["columns"]:
        start, size = base + column["offset"], columns[column["name"]].itemsize
        found += [start, start + column["count"] * size]
        if column["count"] == table["rows"]:
            found += (start + rows * size).tolist()
    return found


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


def _text(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame.columns:
        return pd.Series([""] * len(frame), index=frame.index)
    values = _plain(frame[name])
    filled = values.where(values.notna(), "")
    return filled if filled.dtype == "str" else filled.astype(str)


def _plain(values: pd.Series) -> pd.Series:
    """Give a column as it is where it holds texts, which pandas then compares without an object for each."""
    return values if values.dtype == "str" else values.astype(object)


def _numbered(keys: pd.Series, order: Order) -> tuple[NDArray[np.int64], Any, NDArray[np.int64]]:
    """Number keys as they first appear in an order: a code a row of it (-1: missing), the keys, the row of each."""
    codes, found = pd.factorize(keys)
    out = codes[order].astype(np.int64)
    known = out >= 0
    out[known], used = pd.factorize(out[known])
    return out, found[used], order[np.flatnonzero(np.diff(np.maximum.accumulate(out), prepend=-1) > 0)]


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
    keys = _text(frame, "place_id").where(known, other=None)
    unnamed = known & (keys == "").to_numpy()
    if unnamed.any():
        points = [f"{x:.4f},{y:.4f}" for x, y in zip(lon[unnamed], lat[unnamed], strict=True)]
        keys[unnamed] = [f"{point} {name}" for point, name in zip(points, _names(frame[unnamed]), strict=True)]
    codes, found, rows = _numbered(keys, order)
    first = _rows(frame, rows, "place", "place_text", "place_kind", "place_precision", "country_code")
    precision = _text(first, "place_precision")
    named = {
        "id": [str(key) for key in found],
        "name": _names(first).tolist(),
        "kind": _text(first, "place_kind").tolist(),
        "precision": precision.where(precision != "", "town").tolist(),
        "country": _text(first, "country_code").tolist(),
        "lon": np.round(lon[rows], 5).tolist(),
        "lat": np.round(lat[rows], 5).tolist(),
    }
    return np.where(codes < 0, NOWHERE, codes), named


def _rows(frame: pd.DataFrame, rows: NDArray[np.int64], *names: str) -> pd.DataFrame:
    """Give some rows of those of some columns that are there."""
    return pd.DataFrame(
        {name: frame[name].iloc[rows] for name in names if name in frame.columns}, index=frame.index[rows]
    )


def _names(frame: pd.DataFrame) -> pd.Series:
    """Give the gazetteer's name of each event's place, else what the article calls it."""
    names = _text(frame, "place")
    return names.where(names != "", _text(frame, "place_text"))


def _articles(frame: pd.DataFrame, order: Order) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    """Give each event the number of its article, each article the row of its source, and the sources."""
    keys = _text(frame, "article")
    codes, _, first = _numbered(keys.where(keys != "", other=None), order)
    rows, sources = pd.factorize(_text(_rows(frame, first, "source"), "source"))
    return np.where(codes < 0, NOWHERE, codes), rows, [str(source) for source in sources]


def corrected(frame: pd.DataFrame, order: Order) -> dict[str, NDArray[Any]]:
    """Give the column of what was corrected by hand, where anything was."""
    if "corrected" not in frame.columns or not frame["corrected"].notna().any():
        return {}
    return {"corrected": frame["corrected"].notna().to_numpy(np.uint8)[order]}


def _ids(frame: pd.DataFrame, order: Order, table: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Give ids as two 32-bit halves where all are 16 hexadecimal digits; else list them in the table."""
    if "id" not in frame.columns:
        return {"id_high": np.zeros(len(frame), np.int64), "id_low": np.arange(len(frame))}
    ids = frame["id"].astype("str")
    found = halves(ids)
    if found is not None:
        return {"id_high": found[order, 0], "id_low": found[order, 1]}
    table["ids"] = ids.iloc[order].tolist()
    return {}


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


def _snippets(frame: pd.DataFrame, order: Order) -> dict[str, NDArray[Any]]:
    if "snippet" not in frame.columns or len(frame) > MOST_SNIPPETS:
        return {}
    codes, found, _ = _numbered(_text(frame, "snippet"), order)
    sentences = [_cut(str(sentence)) for sentence in found]
    lengths = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if sentences else lengths
    return {
        "snippet_start": starts[codes],
        "snippet_length": lengths[codes],
        "text": np.frombuffer(b"".join(sentences), dtype=np.uint8),
    }


def _cut(sentence: str) -> bytes:
    """Give at most `SNIPPET_BYTES` of UTF-8, cut between characters."""
    data = " ".join(sentence.split()).encode("utf-8", "replace")
    if len(data) <= SNIPPET_BYTES:
        return data
    return data[: SNIPPET_BYTES - 3].decode("utf-8", "ignore").encode() + "…".encode()
