"""Where lies what the text sets off a town: "45 km north of X", "between A and B"."""

from __future__ import annotations

import math

from geo import distances
from geo.model import PlaceRef
from geo.resolve.relations import Relation


def shifted(place: PlaceRef, relation: Relation, toward: PlaceRef | None) -> PlaceRef:
    """Give the area that lies off a town: the middle of "45 km north of X" is 45 km north of it."""
    if relation.kind != "near":
        return place
    if toward is None:
        return distances.off(place, relation.km or 0.0, relation.side)
    east, north = (toward.lon - place.lon) * distances.narrowed(place), toward.lat - place.lat
    far = math.hypot(east, north)
    if not far:
        return distances.off(place, relation.km or 0.0, relation.side)
    # Between two towns: half of the way.
    km = relation.km or far * distances.KM_A_DEGREE / 2
    return (
        place
        if km < distances.OFF_KM or far * distances.KM_A_DEGREE < km
        else distances.moved(place, km, east / far, north / far)
    )
