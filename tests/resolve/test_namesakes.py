"""A town and the unit around it that share a name: a type word tells which of them is meant."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.recognise import recognise
from geo.resolve import resolve
from geo.resolve.namesakes import TOWN


def kinds(text: str, name: str, gazetteer: Gazetteer) -> list[str]:
    """Give the kinds of the places that the mentions of `name` mean, in reading order."""
    mentions = resolve(text, recognise(text, gazetteer), gazetteer)
    return [mention.place.kind for mention in mentions if mention.text.startswith(name) and mention.place is not None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell on Donetsk overnight.", "Donetsk"),
        ("A missile strike on Kharkiv wounded 12 people.", "Kharkiv"),
        ("A car bomb exploded in Baghdad on Friday.", "Baghdad"),
        ("Fighting in Khartoum killed 30 people on Monday.", "Khartoum"),
        ("Soldiers in N'Djamena opened fire on protesters.", "N'Djamena"),
        ("The army retook Homs and Hama.", "Hama"),
        ("Militants attacked an army post near Quetta.", "Quetta"),
        ("Police fired tear gas in Nairobi.", "Nairobi"),
        ("Mobs burned shops in Algiers.", "Algiers"),
        ("Two bombs went off in Kabul.", "Kabul"),
        ("Riots broke out in Madrid.", "Madrid"),
        ("Clashes broke out in the Kirovskyi district of Donetsk.", "Donetsk"),
    ],
)
def test_a_name_without_a_type_word_is_the_town(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert kinds(text, name, gazetteer) == ["town"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shelling in Donetsk region killed two.", "Donetsk"),
        ("A bomb in Kandahar province killed nine.", "Kandahar"),
        ("Fighting in Khartoum state killed 30 people.", "Khartoum"),
        ("Fighting in the Luhansk and Donetsk regions intensified.", "Luhansk"),
        ("Fighting in the Luhansk and Donetsk regions intensified.", "Donetsk"),
        ("Fighting in eastern Donetsk continued.", "Donetsk"),
        ("A tornado killed three people in Oklahoma.", "Oklahoma"),
        ("Protesters in Quebec blocked a road in Canada.", "Quebec"),
        ("Wildfires in Washington, Oregon and California destroyed homes.", "Washington"),
        ("Lawmakers in New York and New Jersey passed a gun bill.", "New York"),
    ],
)
def test_a_type_word_a_direction_or_fame_makes_it_the_unit(text: str, name: str, gazetteer: Gazetteer) -> None:
    found = kinds(text, name, gazetteer)
    assert found
    assert all(kind.startswith("admin") for kind in found)


def test_the_type_word_counts_for_the_mention_that_it_stands_beside(gazetteer: Gazetteer) -> None:
    text = "Fighting in Homs province spread. Later Homs was shelled."
    assert kinds(text, "Homs", gazetteer) == ["admin1", "town"]


def test_the_reason_says_that_no_word_says_region(gazetteer: Gazetteer) -> None:
    text = "A missile strike on Kharkiv wounded 12 people."
    (mention,) = resolve(text, recognise(text, gazetteer), gazetteer)
    assert TOWN in mention.reasons
    assert any(other.name != mention.text for other in mention.alternatives)
