"""GeoJSON (RFC 7946): a Feature an event; one whose place did not resolve, or is a country, has no geometry."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.about import About
from geo.export.rows import Rows, plain

# Six decimals of a degree are 11 cm: finer than any gazetteer.
_DIGITS = 6


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the events as a FeatureCollection, a feature a line; its member ``about`` says what the file is."""
    box = rows.bounds()
    bbox = f'"bbox": {json.dumps([round(edge, _DIGITS) for edge in box])},\n' if box else ""
    out.write(f'{{"type": "FeatureCollection",\n{bbox}"about": {about.to_json(rows.names)},\n"features": [\n'.encode())
    first = True
    for part in rows.parts():
        features = [_feature(row, shape) for row, shape in plain(part)]
        if features:
            out.write(("" if first else ",\n").encode() + ",\n".join(features).encode())
            first = False
    out.write(b"\n]}\n")


def _feature(row: dict[str, Any], shape: BaseGeometry | None) -> str:
    feature = {"type": "Feature", "id": row["id"], "geometry": geometry(shape), "properties": row}
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """Give a GeoJSON geometry in six decimals, outer rings counter-clockwise as RFC 7946 asks."""
    if shape is None:
        return None
    if shape.geom_type == "Point":
        return {"type": "Point", "coordinates": [round(shape.x, _DIGITS), round(shape.y, _DIGITS)]}
    turned = shapely.orient_polygons(shapely.set_precision(shape, 10**-_DIGITS, mode="pointwise"))
    return dict(json.loads(shapely.to_geojson(turned)))
