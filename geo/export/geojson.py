"""GeoJSON (RFC 7946): a Feature an event; one whose place did not resolve has no geometry."""

from __future__ import annotations

import json

import geopandas

from geo.export import columns

# Six decimals of a degree are 11 cm: finer than any gazetteer.
_DIGITS = 6


def encode(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the events as a FeatureCollection, a feature a line."""
    features = []
    for row in columns.rows(frame):
        lon, lat = row["lon"], row["lat"]
        located = lon is not None and lat is not None
        point = {"type": "Point", "coordinates": [round(lon, _DIGITS), round(lat, _DIGITS)]} if located else None
        feature = {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}
        features.append(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    body = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'.encode()
