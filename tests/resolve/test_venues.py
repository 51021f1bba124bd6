"""A hall, a hotel or a square that bears the name of another place stands in the town that the text is about."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve


def mentions(text: str, gazetteer: Gazetteer) -> dict[str, Mention]:
    return {one.text: one for one in resolve(text, recognise(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("The ambassador was shot outside the Dorchester Hotel in London on Friday.", "Dorchester", "London"),
        ("Russian aircraft bombed the Basel roundabout in west Aleppo.", "Basel", "Aleppo"),
        ("Petrol bombs were thrown at the Orange hall in Claudy on Friday.", "Orange", "Claudy"),
        ("Rennes saw rough hours: barricades on the Place de Bretagne, a water cannon.", "Bretagne", "Rennes"),
        ("NAIROBI - Gunmen stormed Westgate, a shopping mall, on Friday.", "Westgate", "Nairobi"),
    ],
)
def test_a_venue_stands_in_the_town_of_its_text(text: str, name: str, town: str, gazetteer: Gazetteer) -> None:
    place = mentions(text, gazetteer)[name].place
    assert place is not None
    assert place.name == town


def test_a_venue_draws_no_other_name_to_its_namesake(gazetteer: Gazetteer) -> None:
    found = mentions("The ambassador was shot outside the Dorchester Hotel in London on Friday.", gazetteer)
    place = found["London"].place
    assert place is not None
    assert place.country_code == "GB"


@pytest.mark.parametrize("text", ["A bomb hit a Kabul hotel on Friday.", "A bomb hit the Kabul Hotel on Friday."])
def test_a_hotel_called_after_a_great_city_stands_there(text: str, gazetteer: Gazetteer) -> None:
    place = mentions(text, gazetteer)["Kabul"].place
    assert place is not None
    assert place.name == "Kabul"
