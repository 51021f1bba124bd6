"""The rows of an export, as honest as the map: a country has no point, a region or sea a reach, an article its digest.

They come in stretches, so that a file of a million events needs little more memory than one of a thousand.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.events import Events, places
from geo.store.columns import DIGEST

_EARTH_KM = 6371.0088  # mean radius, IUGG
# Whose middle is the middle of an area, not where something happened.
WIDE = ("region", "sea")
NOWHERE = "country"
RADIUS = "radius_km"
_GEOMETRY = "geometry"


@dataclass(frozen=True, eq=False)
class Rows:
    """Events to be written.

    Attributes
    ----------
    events
        Which, as they lie in memory or were put aside.
    areas
        Outlines of regions by place id, as GeoJSON geometries.
    radii
        Reach of seas (and regions without an outline) by place id, in kilometres.
    digests
        Gives the SHA-256 of articles' texts by the articles' digests, those of a stretch at once; None leaves that
        column empty. It is not asked where the events have that column.
    polygons
        Whether the geometry of a region is its outline, where there is one, and not a point.
    """

    events: Events
    areas: Mapping[str, Any] = field(default_factory=dict)
    radii: Mapping[str, float] = field(default_factory=dict)
    digests: Callable[[Collection[str]], Mapping[str, str]] | None = None
    polygons: bool = False

    def __len__(self) -> int:
        return len(self.events)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The columns without the geometry, which `lat` and `lon` say already."""
        given = [name for name in self.events.columns if name not in (_GEOMETRY, RADIUS, DIGEST)]
        at = given.index("lon") + 1
        return (*given[:at], RADIUS, *given[at:], DIGEST)

    @functools.cached_property
    def shapes(self) -> dict[str, BaseGeometry]:
        """The outlines of the regions that have events, by place id."""
        found = places(self.events)
        present = found["place_id"][found["place_precision"] == "region"].unique()
        return {str(place): shapely.geometry.shape(self.areas[place]) for place in present if place in self.areas}

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Give west, south, east and north of all geometry; None where there is none."""
        boxes = [np.array(shape.bounds) for shape in self.shapes.values()] if self.polygons else []
        for part in self.events.light("place_precision", "lon", "lat"):
            placed = (part["place_precision"] != NOWHERE).to_numpy(dtype=bool)
            lon, lat = (part[name].to_numpy(float)[placed] for name in ("lon", "lat"))
            known = np.isfinite(lon) & np.isfinite(lat)
            if known.any():
                lon, lat = lon[known], lat[known]
                boxes.append(np.array([lon.min(), lat.min(), lon.max(), lat.max()]))
        if not boxes:
            return None
        low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
        return float(low[0]), float(low[1]), float(high[2]), float(high[3])

    def parts(self) -> Iterator[geopandas.GeoDataFrame]:
        """Give the rows in stretches, with `names` and the geometry as columns; at least one stretch, empty or not."""
        for stretch in self.events.stretches():
            yield self._part(stretch)

    def whole(self) -> geopandas.GeoDataFrame:
        """Give all rows as one frame, as `parts` gives them."""
        return self._part(self.events.whole())

    def _part(self, given: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        out = given.copy(deep=False)
        precision = out["place_precision"]
        nowhere = (precision == NOWHERE).to_numpy(dtype=bool)
        for name in ("lat", "lon"):
            out[name] = np.where(nowhere, np.nan, out[name].to_numpy(float))
        points = np.array(out.geometry, dtype=object)
        points[nowhere] = None
        places = out["place_id"].astype(object).where(out["place_id"].notna(), None).to_numpy()
        wide = precision.isin(WIDE).to_numpy(dtype=bool)
        reach = np.full(len(out), np.nan)
        for row in np.flatnonzero(wide & np.isfinite(out["lon"].to_numpy())):
            reach[row] = self._reach(str(places[row]), float(out["lon"].iat[row]), float(out["lat"].iat[row]))
            if self.polygons and places[row] in self.shapes:
                points[row] = self.shapes[places[row]]
        out[RADIUS] = reach
        if DIGEST not in out:
            out[DIGEST] = pd.array(self._digests(out["article"]), dtype="str")
        out = out.set_geometry(geopandas.GeoSeries(points, index=out.index, crs=given.crs))
        return out[[*self.names, _GEOMETRY]]

    def _digests(self, articles: pd.Series[str]) -> list[str | None]:
        if self.digests is None:
            return [None] * len(articles)
        found = self.digests([str(article) for article in articles.unique()])
        return [found.get(article) for article in articles]

    @functools.cached_property
    def _reaches(self) -> dict[tuple[str, float, float], float]:
        return {}

    def _reach(self, place: str, lon: float, lat: float) -> float:
        """Give the reach of a place around a point: as told, else the distance to the farthest point of its outline."""
        key = (place, lon, lat)
        if key not in self._reaches:
            told = self.radii.get(place)
            shape = self.shapes.get(place)
            far = _farthest_km(shape, lon, lat) if told is None and shape is not None else told
            self._reaches[key] = np.nan if far is None else round(float(far), 1)
        return self._reaches[key]


def _farthest_km(shape: BaseGeometry, lon: float, lat: float) -> float:
    """Give the great-circle distance (haversine) from a point to the farthest vertex of an outline."""
    x, y = np.radians(shapely.get_coordinates(shape)).T
    phi, theta = np.radians(lat), np.radians(lon)
    half = np.sin((y - phi) / 2) ** 2 + np.cos(phi) * np.cos(y) * np.sin((x - theta) / 2) ** 2
    return float(2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))).max())


def plain(part: geopandas.GeoDataFrame) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """Give each row of a stretch as text, numbers, lists, ISO days and None, and its geometry."""
    names = [str(name) for name in part.columns if name != _GEOMETRY]
    values = [_plain(part[name]) for name in names]
    for row, shape in zip(zip(*values, strict=True), np.asarray(part.geometry, dtype=object), strict=True):
        yield dict(zip(names, row, strict=True)), shape


def _plain(column: pd.Series[Any]) -> list[Any]:
    if column.dtype.kind == "M":
        days = np.datetime_as_string(column.to_numpy().astype("datetime64[D]"))
        return [None if day == "NaT" else str(day) for day in days]
    if column.dtype.kind == "f":
        return [float(value) if np.isfinite(value) else None for value in column.to_numpy()]
    if column.dtype.kind in "iub" and column.hasnans:
        return [None if missing else int(value) for value, missing in zip(column, column.isna(), strict=True)]
    if column.dtype.kind in "iub":
        return list(column.to_numpy().tolist())
    return [value if isinstance(value, (str, list)) else None for value in column.to_numpy(dtype=object)]
