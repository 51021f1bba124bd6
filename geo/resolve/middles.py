"""Where in a wide unit an unknown village most likely stands: between the unit's middle and where its people live.

The middle that lists give of a unit is that of its outline, or its label on a map: of a desert governorate sand. More
villages lie where the towns do; but what no list holds is the smaller and the more remote for it.
"""

from __future__ import annotations

from dataclasses import replace

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo.model import PlaceRef

# Towns that are counted, the largest first; of a town whose people no list counts.
_TOWNS, _FEWEST = 100, 500
# How far from the unit's own point towards the middle of its people: on annotated news half of the way is near more of
# the villages than either end.
_TOWARDS = 0.5
# ... and no farther than this, in km: where a unit is that wide, its towns say little of its villages.
_FARTHEST_KM = 50.0
# A unit whose towns lie farther apart, in degrees of longitude, crosses the line of dates: it has no such middle.
_ACROSS = 180.0


def peopled(place: PlaceRef, gazetteer: Gazetteer) -> PlaceRef:
    """Give a first- or second-level unit half-way to the middle of the people of its towns; any other place as it is.

    Parameters
    ----------
    place : PlaceRef
        Where it was moved off its own point before ("north of"), it stays there.
    gazetteer : Gazetteer

    Returns
    -------
    PlaceRef
        The same unit, between its own point and the mean of those of its largest towns, weighed by their people
        (degrees, WGS84).
    """
    unit = gazetteer.get(place.id)
    if unit is None or (unit.lon, unit.lat) != (place.lon, place.lat) or not _is_counted(unit.kind, unit.admin2_code):
        return place
    towns = gazetteer.within(unit.id, kinds=("town",), limit=_TOWNS)
    people = [max(town.population, _FEWEST) for town in towns]
    if not towns or max(town.lon for town in towns) - min(town.lon for town in towns) > _ACROSS:
        return place
    lon = sum(town.lon * count for town, count in zip(towns, people, strict=True)) / sum(people)
    lat = sum(town.lat * count for town, count in zip(towns, people, strict=True)) / sum(people)
    far = great_circle_km(place.lon, place.lat, lon, lat)
    share = min(_TOWARDS, _FARTHEST_KM / max(far, 1.0))
    moved = place.lon + share * (lon - place.lon), place.lat + share * (lat - place.lat)
    return replace(place, lon=round(moved[0], 4), lat=round(moved[1], 4))


def _is_counted(kind: str, admin2_code: str | None) -> bool:
    """Tell the units whose towns the lists tell by code: to look them up is cheap."""
    return kind == "admin1" or (kind == "admin2" and admin2_code is not None)
