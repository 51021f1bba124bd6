"""Nouns and sides of countries that stand for places are mentions of their own, linked only where one place fits."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve
from geo.resolve.nominal import AREA, NOMINAL, nominals


def found(text: str, gazetteer: Gazetteer) -> list[Mention]:
    return list(nominals(text, resolve(text, recognise(text, gazetteer), gazetteer), gazetteer))


@pytest.mark.parametrize(
    ("text", "noun", "country"),
    [
        (
            "The last convoy reached Nagorno-Karabakh in May. Nothing has entered the enclave since.",
            "the enclave",
            "AZ",
        ),
        ("Melitopol has two mayors. Partisans leave ribbons all over the city.", "the city", "UA"),
        ("Shells fell on Vedeno. Two women were killed there.", "there", "RU"),
    ],
)
def test_a_noun_stands_for_the_one_place_that_fits(text: str, noun: str, country: str, gazetteer: Gazetteer) -> None:
    (mention,) = found(text, gazetteer)
    assert mention.text == noun
    assert mention.reasons[0] == NOMINAL
    assert mention.place is not None
    assert mention.place.country_code == country


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Homs and on Hama. The town was dark.",
        "Nothing was named before the town was hit.",
        "Buses left Homs. The city council said nothing.",
        "Buses left Homs. The city of Hama was dark.",
        "Is there anybody in Homs?",
    ],
)
def test_a_noun_is_left_alone_where_two_places_fit_or_none(text: str, gazetteer: Gazetteer) -> None:
    assert not found(text, gazetteer)


@pytest.mark.parametrize("text", ["Herders were attacked in southern Chad.", "Herders died in the south of Chad."])
def test_a_side_of_a_country_is_an_area_of_its_own(text: str, gazetteer: Gazetteer) -> None:
    (mention,) = found(text, gazetteer)
    assert mention.reasons[0] == AREA
    assert mention.place is not None
    assert mention.place.precision == "region"
    assert mention.place.lat < 12
    assert text[mention.start : mention.end] == mention.text
