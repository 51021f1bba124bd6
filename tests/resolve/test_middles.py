"""An unknown village of a wide unit stands between the unit's middle and where its people live."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo.model import PlaceRef
from geo.resolve import middles, place_ref


def unit(name: str, kind: str, gazetteer: Gazetteer) -> PlaceRef:
    return next(place_ref(one.place) for one in gazetteer.by_name(name) if one.place.kind == kind)


def test_a_unit_moves_towards_the_towns_of_its_people(gazetteer: Gazetteer) -> None:
    oblast, city = unit("Kharkiv Oblast", "admin1", gazetteer), gazetteer.by_name("Kharkiv")[0].place
    moved = middles.peopled(oblast, gazetteer)
    assert moved.id == oblast.id
    before = great_circle_km(oblast.lon, oblast.lat, city.lon, city.lat)
    assert great_circle_km(moved.lon, moved.lat, city.lon, city.lat) < before


@pytest.mark.parametrize("name", ["North Darfur", "Sakha"])
def test_a_wide_unit_moves_a_little_only(name: str, gazetteer: Gazetteer) -> None:
    whole = unit(name, "admin1", gazetteer)
    moved = middles.peopled(whole, gazetteer)
    assert 40 < great_circle_km(whole.lon, whole.lat, moved.lon, moved.lat) < 51


def test_what_was_moved_before_and_what_is_no_unit_stay(gazetteer: Gazetteer) -> None:
    oblast = unit("Kharkiv Oblast", "admin1", gazetteer)
    north = replace(oblast, lat=oblast.lat + 0.5)
    assert middles.peopled(north, gazetteer) == north
    town = unit("Bakhmut", "town", gazetteer)
    assert middles.peopled(town, gazetteer) == town


def test_a_unit_on_both_sides_of_the_line_of_dates_stays(gazetteer: Gazetteer) -> None:
    chukotka = unit("Chukotka", "admin1", gazetteer)
    moved = middles.peopled(chukotka, gazetteer)
    assert great_circle_km(chukotka.lon, chukotka.lat, moved.lon, moved.lat) < 51
