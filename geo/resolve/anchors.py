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


def shifted(place: PlaceRef, relation: Relation, toward: PlaceRef | None) -> PlaceRef:
    """Give the area that lies off a town: the middle of "45 km north of X" is 45 km north of it."""
    narrow = max(math.cos(math.radians(place.lat)), 0.1)
    far, km = 0.0, relation.km or 0.0
    if toward is not None:
        east, north = (toward.lon - place.lon) * narrow, toward.lat - place.lat
        far = math.hypot(east, north)
    if far:
        # Between two towns: half of the way.
        km = relation.km or far * _KM_A_DEGREE / 2
        east, north = east / far, north / far
    elif relation.side is not None:
        east, north = SIDES[relation.side]
    if relation.kind != "near" or km < _OFF_KM or not (far or relation.side) or 0.0 < far * _KM_A_DEGREE < km:
        return place
    lat = place.lat + km * north / _KM_A_DEGREE
    lon = place.lon + km * east / _KM_A_DEGREE / narrow
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return place
    return replace(place, lon=round(lon, 4), lat=round(lat, 4))
