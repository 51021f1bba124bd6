"""The places nearest to a point, from the half-degree cells of the file."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterator

from geopy.distance import geodesic

from gazetteer.place import KINDS
from gazetteer.schema import CELL_COLUMNS, CELLS_PER_DEGREE, DEGREE

Rows = Callable[..., list[tuple[object, ...]]]

_EARTH_KM = 6371.0088  # mean radius, IUGG
_KM_PER_DEGREE = 2 * math.pi * _EARTH_KM / 360
# The sphere is off by at most this share against the ellipsoid.
_SPHERE_ERROR = 0.0056


def great_circle_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the distance on the sphere in kilometres (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearest(
    rows: Rows, lon: float, lat: float, *, limit: int, kinds: Collection[str] | None
) -> list[tuple[int, float]]:
    """Give keys and geodesic distances in kilometres of the `limit` nearest places, nearest first.

    Searches ever larger circles, whole cells at a time, so a point in the Pacific costs no more than one in a city.

    Raises
    ------
    ValueError
        The point is not on Earth, or a kind is unknown.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon/lat out of range: {lon}, {lat}; longitude comes first")
    unknown = set(kinds or ()) - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kinds {sorted(unknown)}; known: {', '.join(KINDS)}")
    numbers = [number for number, kind in enumerate(KINDS) if not kinds or kind in kinds]
    among = f" AND kind IN ({','.join(map(str, numbers))})" if kinds else ""
    radius = 20.0
    while limit > 0:
        found: list[tuple[float, int, float, float]] = []
        for low, high in _cells(lon, lat, radius):
            for key, east, north in rows(
                f"SELECT key, lon, lat FROM place WHERE cell BETWEEN ? AND ?{among}", (low, high)
            ):
                x, y = east / DEGREE, north / DEGREE  # type: ignore[operator]
                km = great_circle_km(lon, lat, x, y)
                if km <= radius:
                    found.append((km, key, x, y))  # type: ignore[arg-type]
        if len(found) >= limit or radius > math.pi * _EARTH_KM:
            return _by_geodesic(found, lon, lat, limit)
        radius *= 4
    return []


def _by_geodesic(
    found: list[tuple[float, int, float, float]], lon: float, lat: float, limit: int
) -> list[tuple[int, float]]:
    short = heapq.nsmallest(limit, found)
    if not short:
        return []
    reach = short[-1][0] * (1 + 2 * _SPHERE_ERROR)
    exact = sorted((geodesic((lat, lon), (y, x)).km, key) for km, key, x, y in found if km <= reach)
    return [(key, km) for km, key in exact[:limit]]


def _cells(lon: float, lat: float, radius: float) -> Iterator[tuple[int, int]]:
    """Give ranges of cell numbers that cover the circle of `radius` kilometres, split at the antimeridian."""
    reach = radius / _KM_PER_DEGREE
    south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
    touches_pole = lat + reach >= 90 or lat - reach <= -90
    wide = math.sin(math.radians(min(reach, 90.0))) / max(math.cos(math.radians(lat)), 1e-9)
    span = 180.0 if touches_pole or wide >= 1 else math.degrees(math.asin(wide))
    first_row = int((south + 90) * CELLS_PER_DEGREE)
    last_row = min(int((north + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
    west = math.floor((lon - span + 180) * CELLS_PER_DEGREE)
    east = math.floor((lon + span + 180) * CELLS_PER_DEGREE)
    # A longitude of exactly 180 lies in the last column, not past it.
    if east - west >= CELL_COLUMNS - 1:
        columns = [(0, CELL_COLUMNS - 1)]
    else:
        west, east = west % CELL_COLUMNS, east % CELL_COLUMNS
        columns = [(west, east)] if west <= east else [(west, CELL_COLUMNS - 1), (0, east)]
    for row in range(first_row, last_row + 1):
        for low, high in columns:
            yield row * CELL_COLUMNS + low, row * CELL_COLUMNS + high
