"""The places nearest to a point, from the half-degree cells of the file."""

from __future__ import annotations

import heapq
import math
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
from geopy.distance import geodesic

from gazetteer.place import KINDS
from gazetteer.schema import CELL_COLUMNS, CELLS_PER_DEGREE, DEGREE

Rows = Callable[..., list[Any]]

_EARTH_KM = 6371.0088  # mean radius, IUGG
_KM_PER_DEGREE = 2 * math.pi * _EARTH_KM / 360
# From the middle of a cell to its corner, at the equator, where cells are largest.
_HALF_CELL_KM = math.hypot(0.5, 0.5) / CELLS_PER_DEGREE * _KM_PER_DEGREE
# SQLite takes some hundred values at a time.
_FIRST_BATCH, _LARGEST_BATCH = 8, 256
# The sphere is off by at most this share against the ellipsoid.
_SPHERE_ERROR = 0.0056


def great_circle_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the distance on the sphere in kilometres (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


class Nearest:
    """Nearest-place look-up over the cells of one file.

    Which cells hold anything, and of which kinds, is read at first need and kept: some 60,000 cells, half a megabyte.

    Parameters
    ----------
    rows : callable
        Runs a query.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lock = threading.Lock()
        self._cells: _Cells | None = None

    def places(self, lon: float, lat: float, *, limit: int, kinds: Collection[str] | None) -> list[tuple[int, float]]:
        """Give keys and geodesic distances in kilometres of the `limit` nearest places, nearest first.

        Looks into cells in order of how near they could hold something, and stops where no cell left could better
        what was found: a point in the Pacific costs little more than one in a city.

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
        if limit < 1:
            return []
        numbers = [number for number, kind in enumerate(KINDS) if not kinds or kind in kinds]
        found: list[tuple[float, int, float, float]] = []
        reach = math.inf
        bits = sum(1 << number for number in numbers)
        for batch, bounds in self._known().outwards(lon, lat, bits):
            cells = [cell for cell, bound in zip(batch, bounds, strict=True) if bound <= reach]
            if not cells:
                break
            found += self._in_cells(cells, numbers, lon, lat)
            if len(found) >= limit:
                # The sphere may rank two places the other way round than the ellipsoid does.
                reach = heapq.nsmallest(limit, found)[-1][0] * (1 + 2 * _SPHERE_ERROR)
        return _by_geodesic(found, lon, lat, limit)

    def _known(self) -> _Cells:
        with self._lock:
            if self._cells is None:
                self._cells = _Cells(self._rows("SELECT cell, kind FROM place GROUP BY cell, kind"))
            return self._cells

    def _in_cells(
        self, cells: list[int], numbers: list[int], lon: float, lat: float
    ) -> list[tuple[float, int, float, float]]:
        among = f" AND kind IN ({','.join(map(str, numbers))})" if len(numbers) < len(KINDS) else ""
        rows = self._rows(f"SELECT key, lon, lat FROM place WHERE cell IN ({','.join('?' * len(cells))}){among}", cells)
        points = ((key, east / DEGREE, north / DEGREE) for key, east, north in rows)
        return [(great_circle_km(lon, lat, x, y), key, x, y) for key, x, y in points]


class _Cells:
    """The cells that hold something: their number, their middle on the unit sphere, the kinds in them as bits."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        kinds: dict[int, int] = {}
        for cell, kind in pairs:
            kinds[cell] = kinds.get(cell, 0) | 1 << kind
        self.number = np.fromiter(kinds, dtype=np.int64, count=len(kinds))
        self.kinds = np.fromiter(kinds.values(), dtype=np.int64, count=len(kinds))
        lat = np.radians((self.number // CELL_COLUMNS + 0.5) / CELLS_PER_DEGREE - 90)
        lon = np.radians((self.number % CELL_COLUMNS + 0.5) / CELLS_PER_DEGREE - 180)
        self.middle = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)

    def outwards(self, lon: float, lat: float, kinds: int) -> Iterator[tuple[list[int], list[float]]]:
        """Yield batches of cells that hold any of `kinds`, nearest first, each with the least its places can be off."""
        wanted = np.flatnonzero(self.kinds & kinds)
        x, y = math.radians(lon), math.radians(lat)
        point = np.array([math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)])
        straight = np.linalg.norm(self.middle[wanted] - point, axis=1)
        km = 2 * _EARTH_KM * np.arcsin(np.minimum(straight / 2, 1.0)) - _HALF_CELL_KM
        order = np.argsort(km)
        start, size = 0, _FIRST_BATCH
        while start < len(order):
            some = order[start : start + size]
            yield self.number[wanted[some]].tolist(), km[some].tolist()
            start, size = start + size, min(2 * size, _LARGEST_BATCH)


def _by_geodesic(
    found: list[tuple[float, int, float, float]], lon: float, lat: float, limit: int
) -> list[tuple[int, float]]:
    short = heapq.nsmallest(limit, found)
    if not short:
        return []
    reach = short[-1][0] * (1 + 2 * _SPHERE_ERROR)
    exact = sorted((geodesic((lat, lon), (y, x)).km, key) for km, key, x, y in found if km <= reach)
    return [(key, km) for km, key in exact[:limit]]
