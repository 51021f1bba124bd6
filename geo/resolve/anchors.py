"""Where lies what the text sets off a town: "45 km north of X", "between A and B"."""

from __future__ import annotations

import math
from dataclasses import replace

from gazetteer.sectors import SIDES
from geo.model import PlaceRef
from geo.resolve.relations import Relation

# Below this distance the town that a name lies off says as much as the point itself.
_OFF_KM = 15.0
_KM_A_DEGREE = 111.2


def off(place: PlaceRef, km: float, side: str | None) -> PlaceRef:
    """Give the area so many kilometres off a place, on a side of it; the place itself where that is near, or unsaid."""
    return place if side is None or km < _OFF_KM else _moved(place, km, *SIDES[side])


def shifted(place: PlaceRef, relation: Relation, toward: PlaceRef | None) -> PlaceRef:
    """Give the area that lies off a town: the middle of "45 km north of X" is 45 km north of it."""
    if relation.kind != "near":
        return place
    if toward is None:
        return off(place, relation.km or 0.0, relation.side)
    east, north = (toward.lon - place.lon) * _narrow(place), toward.lat - place.lat
    far = math.hypot(east, north)
    if not far:
        return off(place, relation.km or 0.0, relation.side)
    # Between two towns: half of the way.
    km = relation.km or far * _KM_A_DEGREE / 2
    return place if km < _OFF_KM or far * _KM_A_DEGREE < km else _moved(place, km, east / far, north / far)


def _narrow(place: PlaceRef) -> float:
    return max(math.cos(math.radians(place.lat)), 0.1)


def _moved(place: PlaceRef, km: float, east: float, north: float) -> PlaceRef:
    lat = place.lat + km * north / _KM_A_DEGREE
    lon = place.lon + km * east / _KM_A_DEGREE / _narrow(place)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return place
    return replace(place, lon=round(lon, 4), lat=round(lat, 4))
