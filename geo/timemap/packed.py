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
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import model
from geo.timemap import coding
from geo.timemap.coding import MAGIC, NO_DAY, NOWHERE, VERSION, Order

SNIPPET_BYTES = 400  # a tooltip shows three lines
MOST_SNIPPETS = 200_000  # sentences of more events than this are left out; the reader has them
REQUIRED = ("type", "date_start")
_SHORT = 2**16 - 1


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
    start, end = coding.interval(frame, "happened")
    order = _by_day(start)
    # Codes are put in order, not what they stand for: that would cost more than all the rest. Each column is narrow
    # before the next is made.
    columns: dict[str, NDArray[Any]] = {}

    def keep(name: str, values: NDArray[Any]) -> None:
        columns[name] = coding.narrow(name, values)

    keep("date_start", start[order])
    keep("date_end", end[order])
    del start, end
    keep("type", coding.codes(frame, "type", model.EVENT_TYPES, None)[order])
    keep("status", coding.codes(frame, "status", model.STATUSES, "reported")[order])
    keep("tier", coding.codes(frame, "tier", model.TIERS, "A")[order])
    columns |= coding.corrected(frame, order)
    place, named = coding.places(frame, order)
    keep("place", place)
    article, columns["source"], sources = _articles(frame, order)
    keep("article", article)
    del place, article
    for name, days in zip(("published_start", "published_end"), coding.interval(frame, "reported"), strict=True):
        keep(name, days[order])
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
    return coding.write(table, columns)


def _by_day(start: NDArray[np.int64]) -> Order:
    """Give the order by days, of equal ones that of the rows; those without one come last."""
    known = start != NO_DAY
    first, last = (start[known].min(), start[known].max()) if known.any() else (0, 0)
    if last - first < _SHORT:  # 179 years, which NumPy sorts ten times as fast
        return np.argsort(np.where(known, start - first, _SHORT).astype(np.uint16), kind="stable")
    return np.argsort(np.where(known, start, last + 1), kind="stable")


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
            data, dtype=coding.TYPES[column["type"]], count=column["count"], offset=base + column["offset"]
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


def _snippets(frame: pd.DataFrame, order: Order) -> dict[str, NDArray[Any]]:
    if "snippet" not in frame.columns or len(frame) > MOST_SNIPPETS:
        return {}
    codes, found, _ = coding.numbered(coding.text(frame, "snippet"), order)
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


def _articles(frame: pd.DataFrame, order: Order) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    """Give each event the number of its article, each article the row of its source, and the sources."""
    keys = coding.text(frame, "article")
    codes, _, first = coding.numbered(keys.where(keys != "", other=None), order)
    rows, sources = pd.factorize(coding.text(coding.rows_of(frame, first, "source"), "source"))
    return np.where(codes < 0, NOWHERE, codes), rows, [str(source) for source in sources]


def _ids(frame: pd.DataFrame, order: Order, table: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Give ids as two 32-bit halves where all are 16 hexadecimal digits; else list them in the table."""
    if "id" not in frame.columns:
        return {"id_high": np.zeros(len(frame), np.int64), "id_low": np.arange(len(frame))}
    ids = frame["id"].astype("str")
    found = coding.halves(ids)
    if found is not None:
        return {"id_high": found[order, 0], "id_low": found[order, 1]}
    table["ids"] = ids.iloc[order].tolist()
    return {}
