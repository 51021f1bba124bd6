"""A small frame of events as the store gives it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

ROW: dict[str, Any] = {
    "type": "battle",
    "sub_type": None,
    "status": "reported",
    "speaker": None,
    "tier": "A",
    "confidence": 0.9,
    "place": "Debaltseve",
    "place_text": "Debaltseve",
    "place_id": "g709932",
    "place_kind": "town",
    "place_precision": "town",
    "country_code": "UA",
    "admin1": "Donetsk",
    "lat": 48.34,
    "lon": 38.44,
    "date_start": "2015-01-25",
    "date_end": "2015-01-26",
    "trigger": "Fighting",
    "snippet": "Fighting was heavy near Debaltseve.",
    "article": "a1",
    "source": "A wire",
    "title": "A title",
    "url": None,
    "published_start": "2015-01-26",
    "published_end": "2015-01-26",
    "actor": None,
    "actor_kind": None,
    "target": None,
    "target_kind": None,
    "killed_low": None,
    "killed_high": None,
    "wounded_low": None,
    "wounded_high": None,
    "casualties_text": None,
}


def frame(*changes: dict[str, Any]) -> gpd.GeoDataFrame:
    """Give a frame with one row for each set of changes to `ROW`; ids are ``e0``, ``e1`` ..."""
    rows = [ROW | {"id": f"e{n}"} | change for n, change in enumerate(changes)]
    table = pd.DataFrame(rows, columns=["id", *ROW])
    for column in ("date_start", "date_end", "published_start", "published_end"):
        table[column] = np.array(table[column].tolist(), dtype="datetime64[s]")
    for column in ("killed_low", "killed_high", "wounded_low", "wounded_high"):
        table[column] = table[column].astype("Int64")
    points = [Point(lon, lat) if lon is not None else None for lon, lat in zip(table["lon"], table["lat"], strict=True)]
    return gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
