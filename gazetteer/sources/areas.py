"""Outlines: countries and first-level units from ``data/areas``, curated regions made of them or drawn by hand."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from gazetteer.errors import SourceError

# How far outside the simplified outline of its country a curated point may lie: small islands, piers, border hills.
TOLERANCE_DEGREES = 0.5
# Outlines are drawn at some hundred metres to a pixel at best.
_DECIMALS = 4


@dataclass(slots=True)
class Outlines:
    """Outlines by code (``UA``, ``UA.05``) and by slug (hand-drawn), as GeoJSON geometries."""

    by_code: dict[str, dict[str, Any]] = field(default_factory=dict)
    drawn: dict[str, dict[str, Any]] = field(default_factory=dict)
    _shapes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Path) -> Outlines:
        """Read ``areas/*.json.gz`` and ``gazetteer/outlines.geojson`` under `data`; what is absent stays empty."""
        found = cls()
        for name in ("countries.json.gz", "admin1.json.gz"):
            path = data / "areas" / name
            if path.exists():
                found.by_code.update(_features(path, "code", lambda path: gzip.decompress(path.read_bytes())))
        path = data / "gazetteer" / "outlines.geojson"
        if path.exists():
            found.drawn = _features(path, "slug", Path.read_bytes)
            for slug, geometry in found.drawn.items():
                _check_drawn(path, slug, geometry)
        return found

    def shape(self, code: str) -> Any:
        """Give the outline of a code as a valid shapely geometry."""
        held = self._shapes.get(code)
        if held is None:
            held = self._shapes[code] = shapely.make_valid(shape(self.by_code[code]))
            shapely.prepare(held)
        return held

    def union(self, codes: Sequence[str]) -> dict[str, Any]:
        """Give the GeoJSON geometry of several units together."""
        return as_geojson(shapely.union_all([self.shape(code) for code in codes]))

    def is_near(self, country: str, lon: float, lat: float, *, tolerance: float = TOLERANCE_DEGREES) -> bool:
        """Tell whether a point lies within `tolerance` degrees of a country; True where the country has no outline."""
        if country not in self.by_code:
            return True
        return bool(shapely.dwithin(self.shape(country), shapely.Point(lon, lat), tolerance))


def as_geojson(geometry: Any) -> dict[str, Any]:
    """Give a shapely geometry as GeoJSON with rounded coordinates."""
    # The grid keeps edges that two units share equal on both sides.
    rounded = shapely.set_precision(geometry, 10**-_DECIMALS)
    return json.loads(json.dumps(mapping(rounded)))  # type: ignore[no-any-return]  # (JSON has no type)


def _features(path: Path, key: str, read: Callable[[Path], bytes]) -> dict[str, dict[str, Any]]:
    try:
        features = json.loads(read(path))["features"]
        return {feature["properties"][key]: feature["geometry"] for feature in features}
    except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        said = f"not a GeoJSON FeatureCollection whose features have the property {key!r}"
        raise SourceError(f"{said} ({type(error).__name__}: {error})", path=path) from None


def _check_drawn(path: Path, slug: str, geometry: dict[str, Any]) -> None:
    try:
        drawn = shape(geometry)
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise SourceError(f"outline {slug!r} is no geometry: {error}", path=path) from None
    if drawn.geom_type not in ("Polygon", "MultiPolygon") or drawn.is_empty:
        raise SourceError(f"outline {slug!r} must be a polygon; got {drawn.geom_type}", path=path)
    if not drawn.is_valid:
        raise SourceError(f"outline {slug!r}: {shapely.is_valid_reason(drawn)}", path=path)
    west, south, east, north = drawn.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise SourceError(f"outline {slug!r} leaves the globe: {drawn.bounds}; longitude comes first", path=path)
