"""JSON Lines: an event a line, for jq, DuckDB and streams.

One of the program's own additions to the formats that are written (``conflict_map.exporters``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from geo.export.added import Exporter


def encode(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the events as JSON Lines in UTF-8."""
    return "".join(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n" for one in records(frame)).encode()


def records(frame: geopandas.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Give events as plain records, without geometry: days as ISO 8601, a country without coordinates."""
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    for name in plain.columns:
        if plain[name].dtype.kind == "M":
            plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    plain.loc[plain["place_precision"] == "country", ["lat", "lon"]] = np.nan
    yield from json.loads(plain.to_json(orient="records"))


EXPORTER = Exporter(".jsonl", "application/x-ndjson", True, encode)
