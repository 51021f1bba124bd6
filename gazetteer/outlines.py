"""How far the places of an open file reach: outlines, the units that a region is made of, soft radii."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from gazetteer import schema, sides
from gazetteer.place import KINDS
from gazetteer.places import Places
from gazetteer.sides import Sides

# Soft radius of a place that has none of its own, by kind, in kilometres; None where an outline or a point is truer.
_RADIUS_KM = {"sea": 200.0, "lake": 25.0, "island": 20.0, "mountain": 15.0, "river": 40.0, "region": 60.0}


class Outlines:
    """Reads the outlines of one file.

    Parameters
    ----------
    rows : callable
        Runs a query.
    places : Places
    sides : Sides
    """

    def __init__(self, rows: Callable[..., list[Any]], places: Places, sides: Sides) -> None:
        self._rows = rows
        self._places = places
        self._sides = sides
        self.shape = lru_cache(maxsize=256)(self._read_shape)

    def area(self, place_id: str) -> dict[str, Any] | None:
        """Give the GeoJSON geometry (longitude first) of a country, first-level unit or region; None without one."""
        if place_id.startswith(sides.PREFIX):
            outline = self.shape(place_id)
            if outline is None:
                return None
            from gazetteer.sources.areas import as_geojson  # noqa: PLC0415  (shapely is slow to import)

            return as_geojson(outline)
        rows = self._rows("SELECT geometry FROM area WHERE key = ?", (self._places.key(place_id),))
        return schema.unpack_geometry(rows[0][0]) if rows else None

    def members(self, place_id: str) -> tuple[str, ...]:
        """Give the codes of the units that a region, or a side of a country, is made of."""
        if place_id.startswith(sides.PREFIX):
            return tuple(sorted(unit.code for unit in self._sides.units(*sides.parted(place_id))))
        rows = self._rows("SELECT code FROM member WHERE region = ? ORDER BY code", (self._places.key(place_id),))
        return tuple(code for (code,) in rows)

    def radius_km(self, place_id: str) -> float | None:
        """Give the soft radius in kilometres of a sea or the like; None for what is a point or has an outline."""
        rows = self._rows("SELECT kind, radius FROM place WHERE key = ?", (self._places.key(place_id),))
        if not rows:
            return None
        kind, radius = rows[0]
        return radius if radius is not None else _RADIUS_KM.get(KINDS[kind])

    def _read_shape(self, place_id: str) -> Any:
        """Give the shapely outline of a place, made ready for questions; None without one."""
        import shapely  # noqa: PLC0415  (a tenth of a second that look-up by name should not pay)
        from shapely.geometry import shape  # noqa: PLC0415  (the same)

        if place_id.startswith(sides.PREFIX):
            parts = [self._places.unit_key(code) for code in self.members(place_id)]
            outlines = [one for key in parts if key and (one := self.shape(f"g{key}")) is not None]
            return shapely.union_all(outlines) if outlines else None
        geometry = self.area(place_id)
        if geometry is None:
            return None
        outline = shapely.make_valid(shape(geometry))
        shapely.prepare(outline)
        return outline
