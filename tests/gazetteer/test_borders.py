"""Simferopol and Sevastopol are in Ukraine in every layer: index, outlines in the file, sides, base map."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import shape

from benchmarks.gazetteer_countries import base_map, kind_of, lands
from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA

CITIES = {"Simferopol": ("g693805", "UA.11"), "Sevastopol": ("g694423", "UA.20")}


@pytest.mark.parametrize(("place_id", "unit"), CITIES.values(), ids=CITIES)
def test_the_index_has_it_in_ukraine(world: Gazetteer, place_id: str, unit: str) -> None:
    place = world.get(place_id)
    assert place is not None
    assert (place.country_code, place.admin1_code) == ("UA", unit)
    assert world.contains("g690791", place_id)
    assert not world.contains("g2017370", place_id)


@pytest.mark.parametrize("place_id", [one for one, _ in CITIES.values()], ids=CITIES)
def test_the_outlines_have_it_in_ukraine(world: Gazetteer, place_id: str) -> None:
    place = world.get(place_id)
    ukraine, russia = world.area("g690791"), world.area("g2017370")
    assert place is not None and ukraine is not None and russia is not None
    point = shapely.Point(place.lon, place.lat)
    assert shape(ukraine).contains(point)
    assert not shape(russia).intersects(point)


def test_the_base_map_has_both_in_ukraine(world: Gazetteer) -> None:
    places = [world.get(one) for one, _ in CITIES.values()]
    points = shapely.points([(place.lon, place.lat) for place in places if place])
    shapes = base_map(DATA / "basemap" / "world.json.gz")
    assert lands({code: shapes[code] for code in ("UA", "RU")}, points) == ["UA", "UA"]


@pytest.mark.parametrize(
    ("given", "drawn", "km", "says"),
    [
        ("GF", "FR", 7000.0, "dependency"), ("PS", "IL", 12.0, "disputed"), ("DE", "FR", 0.4, "within 2 km"),
        ("DE", "FR", 5.0, "within 10 km"), ("DE", "FR", 50.0, "farther"),
    ],
)  # fmt: skip
def test_disagreements_have_a_class(given: str, drawn: str, km: float, says: str) -> None:
    assert says in kind_of(given, drawn, km)
