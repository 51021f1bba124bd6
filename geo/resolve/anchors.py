"""A narrower place for a name that is laid in a wide unit: near the towns there that the text names beside it.

The middle of a province is a hundred kilometres from most of its villages; what an article tells of lies mostly close
together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.index import Gazetteer
from gazetteer.sectors import SIDES
from geo.model import Mention, PlaceRef
from geo.resolve.relations import Relation

# Below this distance the town that a name lies off says as much as the point itself.
_OFF_KM = 15.0
_KM_A_DEGREE = 111.2
_SETTLED = frozenset(("town", "village"))
# Sentences on either side in which a known town says where an unknown village of its list lies; the towns of an article
# that say where it takes place.
_NEAR, _SEVERAL = 2, 3


def beside(
    at: int, unit: PlaceRef, mentions: Sequence[Mention], sentences: Sequence[int], gazetteer: Gazetteer
) -> tuple[PlaceRef, str] | None:
    """Give the settlement of a unit that stands nearest to a name, and why in words; None where none is near.

    Parameters
    ----------
    at : int
        Position of the name among `mentions`.
    unit : PlaceRef
        The wide unit that the name lies in.
    mentions : sequence of Mention
        All names of the text, in order.
    sentences : sequence of int
        The number of the sentence of each.
    gazetteer : Gazetteer
    """
    inside = _inside(unit, mentions, gazetteer)
    near = [other for other in inside if abs(sentences[other] - sentences[at]) <= _NEAR]
    if not near:
        return None
    best = min(near, key=lambda other: (abs(sentences[other] - sentences[at]), abs(other - at)))
    return inside[best], f"near {inside[best].name}, named close by"


def amid(unit: PlaceRef, mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[PlaceRef, str] | None:
    """Give the settlement in the middle of those of a unit that a text names, and why in words; None for few.

    Parameters
    ----------
    unit, mentions, gazetteer
        As in `beside`.
    """
    places = sorted(set(_inside(unit, mentions, gazetteer).values()), key=lambda place: place.id)
    if len(places) < _SEVERAL:
        return None
    lons, lats = sorted(place.lon for place in places), sorted(place.lat for place in places)
    lon, lat = lons[len(lons) // 2], lats[len(lats) // 2]
    middle = min(places, key=lambda place: ((place.lon - lon) ** 2 + (place.lat - lat) ** 2, place.id))
    return middle, f"near {middle.name}, in the middle of the article’s places there"


def _inside(unit: PlaceRef, mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[int, PlaceRef]:
    return {
        other: one.place
        for other, one in enumerate(mentions)
        if one.place is not None
        and one.place.kind in _SETTLED
        and one.usage == "literal"
        and not one.lifted
        and gazetteer.contains(unit.id, one.place.id)
    }


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
