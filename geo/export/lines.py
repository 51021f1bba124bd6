"""JSON Lines: an event a line, for jq, DuckDB and streams.

One of the program's own additions to the formats that are written (``conflict_map.exporters``).
"""

from __future__ import annotations

import json

import geopandas

from geo.export.added import Exporter
from geo.export.rows import plain


def encode(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the rows of an export (`geo.export.rows.Rows`) as JSON Lines in UTF-8, without their geometry."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row, _ in plain(frame)).encode()


EXPORTER = Exporter(".jsonl", "application/x-ndjson", True, encode, in_stretches=True)
