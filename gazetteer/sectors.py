"""Sides of a country as regions of their own: *eastern Ukraine* is the first-level units on that side."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

_HALF = math.sqrt(0.5)
# East and north of each side.
SIDES: dict[str, tuple[float, float]] = {
    "north": (0.0, 1.0),
    "northeast": (_HALF, _HALF),
    "east": (1.0, 0.0),
    "southeast": (_HALF, -_HALF),
    "south": (0.0, -1.0),
    "southwest": (-_HALF, -_HALF),
    "west": (-1.0, 0.0),
    "northwest": (-_HALF, _HALF),
    "central": (0.0, 0.0),
}
_CENTRES = frozenset(("centre", "center", "middle"))
# Words that narrow a place down without being part of its name.
QUALIFIERS = frozenset(
    (
        *("upper", "lower", "greater", "inner", "outer", "mid", "downtown", "uptown", "upstate"),
        *("metropolitan", "rural", "mainland", "occupied"),
    )
)
# A unit belongs to a side when it lies this far towards it, as a share of how far the outermost units do.
_REACH = 0.55
_FEWEST_UNITS = 3


class Unit(NamedTuple):
    """A first-level unit: its code, the point GeoNames gives it and its people."""

    code: str
    lon: float
    lat: float
    population: int


def side(word: str) -> str | None:
    """Give the side that a direction word means, or None.

    >>> side("eastern"), side("South-Eastern"), side("north west"), side("central"), side("upper")
    ('east', 'southeast', 'northwest', 'central', None)
    """
    bare = word.lower().replace("-", "").replace(" ", "")
    for ending in ("ernmost", "erly", "ern", "most", "ward", "wards"):
        if bare.removesuffix(ending) in SIDES:
            return bare.removesuffix(ending)
    if bare in _CENTRES:
        return "central"
    return bare if bare in SIDES else None


def title(direction: str) -> str:
    """Give the adjective of a side, as a name begins with it.

    >>> title("southeast"), title("central")
    ('Southeastern', 'Central')
    """
    return "Central" if direction == "central" else f"{direction}ern".capitalize()


def split(folded: str) -> tuple[str | None, str] | None:
    """Take a leading direction or qualifier off a folded name: the side (None for a qualifier) and the rest.

    >>> split("south eastern ukraine"), split("greater toronto"), split("toronto")
    (('southeast', 'ukraine'), (None, 'toronto'), None)
    """
    first, _, rest = folded.partition(" ")
    if not rest:
        return None
    second, _, beyond = rest.partition(" ")
    if beyond and side(first) in ("north", "south") and (both := side(first.removesuffix("ern") + second)):
        return both, beyond
    found = side(first)
    if found or first in QUALIFIERS:
        return found, rest
    return None


def members(units: Sequence[Unit], direction: str) -> tuple[Unit, ...]:
    """Give the units on one side of their country, farthest first; none where the country has too few.

    Units are measured from their common middle along the direction, on a local plane; the outermost twentieth
    sets the scale, so that one far island does not empty a side.
    """
    if len(units) < _FEWEST_UNITS:
        return ()
    flat = _flatten(units)
    if direction == "central":
        reach = [math.hypot(x, y) for x, y in flat]
        limit = statistics.median(reach) * 0.75
        inner = sorted(zip(reach, units, strict=True), key=lambda pair: (pair[0], pair[1].code))
        chosen = [unit for distance, unit in inner if distance <= limit]
        return tuple(chosen or [inner[0][1]])
    east, north = SIDES[direction]
    along = [x * east + y * north for x, y in flat]
    outermost = sorted(along)[min(len(along) - 1, math.floor(len(along) * 0.95))]
    ranked = sorted(zip(along, units, strict=True), key=lambda pair: (-pair[0], pair[1].code))
    chosen = [unit for distance, unit in ranked if distance > 0 and distance >= _REACH * outermost]
    return tuple(chosen or [ranked[0][1]])


def _flatten(units: Sequence[Unit]) -> list[tuple[float, float]]:
    """Give offsets from the units' middle in degrees of latitude, safe across the antimeridian."""
    turn = math.atan2(
        sum(math.sin(math.radians(unit.lon)) for unit in units), sum(math.cos(math.radians(unit.lon)) for unit in units)
    )
    middle = math.degrees(turn)
    east = [(unit.lon - middle + 180) % 360 - 180 for unit in units]
    lat = statistics.fmean(unit.lat for unit in units)
    shift = statistics.fmean(east)
    shrink = math.cos(math.radians(lat))
    return [((x - shift) * shrink, unit.lat - lat) for x, unit in zip(east, units, strict=True)]


def middle(units: Sequence[Unit]) -> tuple[float, float]:
    """Give longitude and latitude of the middle of some units, on the sphere."""
    points = [(math.radians(unit.lon), math.radians(unit.lat)) for unit in units]
    x = statistics.fmean(math.cos(lat) * math.cos(lon) for lon, lat in points)
    y = statistics.fmean(math.cos(lat) * math.sin(lon) for lon, lat in points)
    z = statistics.fmean(math.sin(lat) for _, lat in points)
    return round(math.degrees(math.atan2(y, x)), 5), round(math.degrees(math.atan2(z, math.hypot(x, y))), 5)
