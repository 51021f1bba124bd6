"""Sides of first-level units: a point on that side of the unit's middle."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.resolve.nominal import AREA
from geo.toponyms import toponyms


def side_of(text: str, gazetteer: Gazetteer) -> Mention:
    (one,) = (noun for noun in toponyms(text, gazetteer).nominals if noun.reasons[0] == AREA)
    assert one.place is not None
    return one


@pytest.mark.parametrize(
    ("text", "words", "lon", "lat"),
    [
        ("Fighting spread across northern Shan State on Monday.", "northern Shan State", 98.2, 22.9),
        ("Two clinics closed in southern Helmand province.", "southern Helmand", 64.1, 30.2),
        ("Rockets fell in the north of Aleppo Governorate.", "north of Aleppo Governorate", 37.5, 36.5),
        ("Gunmen raided farms in western Niger State.", "western Niger State", 4.3, 10.0),
    ],
)
def test_the_side_of_a_unit_has_a_point_of_its_own(
    text: str, words: str, lon: float, lat: float, gazetteer: Gazetteer
) -> None:
    one = side_of(text, gazetteer)
    assert text[one.start : one.end] in (words, f"{words} province")
    assert one.place is not None
    assert one.place.precision == "region"
    assert abs(one.place.lon - lon) < 0.9
    assert abs(one.place.lat - lat) < 0.6


@pytest.mark.parametrize(
    "text",
    [
        # the whole name is that of a state
        "Troops left South Darfur on Friday.",
        # half of a unit so small is no other place
        "Shops burned in northern Djibouti Region.",
        # units without an outline keep their middle
        "Farms burned in northern Izium Raion.",
    ],
)
def test_other_units_keep_their_middle(text: str, gazetteer: Gazetteer) -> None:
    assert not [noun for noun in toponyms(text, gazetteer).nominals if noun.reasons[0] == AREA]
