"""The village of a national list that an unknown name means, where the text says enough of where it lies.

A list has many villages of one name: which is meant is told by the area that the text puts the name in, and of several
there by what else the text names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from gazetteer.place import Place
from geo.model import Mention, PlaceRef
from geo.resolve.areas import SETTLED, Area

# How far from the point of an area a village may lie that the text puts there, in km: of a second- or third-level unit
# lists tell the middle and not the border, and what is said of a town is said of its surroundings.
_REACH = {"admin2": 80.0, "admin3": 50.0, "island": 80.0, "town": 40.0, "village": 30.0, "facility": 30.0}
# Villages of one name as near to each other as this, in km, are one to whoever looks at a map.
_SAME_KM = 25.0
# Of several the nearest to a place that the text names is meant where it is this near, in km, and the next one is
# this many times as far; the only one of a country, where it is no farther from one.
_NEAR_KM, _TIMES, _IN_COUNTRY_KM = 60.0, 2.0, 150.0
# A place whose score is below this is more likely another. It is far from all that the text names from _FAR_KM on; its
# namesake near to something up to _CLOSE_KM.
_DOUBTED, _FAR_KM, _CLOSE_KM = 0.5, 100.0, 40.0
# Kinds of place by which villages are told apart.
_NARROW = SETTLED | {"admin2", "admin3"}


def village(one: Mention, told: Area, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Place | None:
    """Give the village that an unknown name means; None where no list has it there, or where several may be meant.

    Parameters
    ----------
    one : Mention
        A name that no other place bears.
    told : Area
        The area that the text puts it in.
    mentions : sequence of Mention
        All names of the text.
    """
    found = [place for place in gazetteer.villages(one.text) if _lies_in(place, told.place, gazetteer)]
    if not found:
        return None
    beside = [place for place in _beside(mentions) if place.country_code == found[0].country_code]
    if told.place.kind in _REACH:
        beside = [told.place]
    return _nearest(found, beside, alone_km=_IN_COUNTRY_KM if told.place.kind == "country" else None)


def namesake(one: Mention, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Place | None:
    """Give the village that a name more likely means than the place it was resolved to; None where there is none.

    That place is far from all else that the text names, its own score says that it is more likely another, and the
    national list has a village of that very name near to something the text names: of Ukraine's Petropavlivkas the one
    beside Hrabove.
    """
    here = one.place
    if here is None or here.kind not in SETTLED or one.usage != "literal" or one.lifted or one.score >= _DOUBTED:
        return None
    beside = [place for place in _beside(mentions) if place.id != here.id]
    if not beside or min(_apart(here, by) for by in beside) < _FAR_KM:
        return None
    found = [place for place in gazetteer.villages(one.text) if is_spelt_so(one.text, place)]
    near = [place for place in found if any(_is_close(place, by) for by in beside)]
    return near[0] if near and _are_one(near) else None


def _beside(mentions: Sequence[Mention]) -> list[PlaceRef]:
    return [
        other.place
        for other in mentions
        if other.place is not None and other.usage == "literal" and not other.lifted and other.place.kind in _NARROW
    ]


def _apart(one: Place | PlaceRef, other: PlaceRef) -> float:
    return great_circle_km(one.lon, one.lat, other.lon, other.lat)


def _is_close(place: Place, by: PlaceRef) -> bool:
    return place.country_code == by.country_code and _apart(place, by) <= _CLOSE_KM


def _lies_in(place: Place, area: PlaceRef, gazetteer: Gazetteer) -> bool:
    if place.country_code != area.country_code and area.country_code is not None:
        return False
    reach = _REACH.get(area.kind)
    if reach is not None:
        return great_circle_km(place.lon, place.lat, area.lon, area.lat) <= reach
    return gazetteer.contains(area.id, place.id)


def _nearest(found: Sequence[Place], beside: Sequence[PlaceRef], *, alone_km: float | None) -> Place | None:
    """Give the one of `found` that lies nearest to a place of `beside`, where no other comes near to that.

    `alone_km`: how near, in km, even the only one of that name must lie.
    """
    if not beside:
        return found[0] if alone_km is None and _are_one(found) else None
    far = [(min(_apart(one, by) for by in beside), one) for one in found]
    nearest, best = min(far, key=lambda item: (item[0], item[1].id))
    if _are_one(found):
        return best if alone_km is None or nearest <= alone_km else None
    others = [km for km, one in far if great_circle_km(one.lon, one.lat, best.lon, best.lat) > _SAME_KM]
    return best if nearest <= _NEAR_KM and min(others, default=math.inf) >= _TIMES * max(nearest, 1.0) else None


def _are_one(found: Sequence[Place]) -> bool:
    first = found[0]
    return all(great_circle_km(first.lon, first.lat, one.lon, one.lat) <= _SAME_KM for one in found)


def is_spelt_so(name: str, place: Place) -> bool:
    """Tell whether a list has the very name, not another romanisation of it."""
    return fold(name) == fold(place.name)
