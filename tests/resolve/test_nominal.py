"""Nouns and sides of countries that stand for places are mentions of their own, each with its likeliest place."""

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
    ("text", "noun", "town"),
    [
        ("A bomb killed ten in the Somali capital on Friday.", "Somali capital", "Mogadishu"),
        ("A bomb killed ten in the capital of Chad on Friday.", "capital of Chad", "N'Djamena"),
        ("Gunmen came to the capital of Zamfara State.", "capital of Zamfara State", "Gusau"),
    ],
)
def test_a_capital_is_that_of_the_country_beside_it(text: str, noun: str, town: str, gazetteer: Gazetteer) -> None:
    (mention,) = found(text, gazetteer)
    assert mention.text == noun
    assert mention.place is not None
    assert mention.place.name == town


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed ten in the Malian capital Bamako.",
        "Lima, the capital of Peru, was hit.",
        "Rich men took American capital abroad, and the Ukrainian capital markets fell.",
    ],
)
def test_a_capital_that_is_named_or_money_is_none(text: str, gazetteer: Gazetteer) -> None:
    assert not found(text, gazetteer)


def test_who_takes_an_island_is_not_the_island(gazetteer: Gazetteer) -> None:
    text = "Ukraine raised its flag on Snake Island. Russia captured the island on the first day of the invasion."
    (mention,) = found(text, gazetteer)
    assert mention.text == "the island"
    assert mention.place is not None
    assert mention.place.name == "Snake Island"


def test_there_is_the_place_of_its_own_sentence(gazetteer: Gazetteer) -> None:
    text = (
        "Fishermen who put out from Hodeidah were killed by a warship last week, their families said.\n\n"
        "In Aden, a gunman shot dead an imam, the 28th cleric to be murdered there since 2016."
    )
    (mention,) = found(text, gazetteer)
    assert mention.text == "there"
    assert mention.place is not None
    assert mention.place.name == "Aden"


def test_a_capital_that_only_speaks_is_not_the_city(gazetteer: Gazetteer) -> None:
    text = "Fighting raged in Goma. Kigali denied any part in it. A bomb went off in the city."
    (mention,) = found(text, gazetteer)
    assert mention.place is not None
    assert mention.place.name == "Goma"


def test_where_somebody_spoke_is_not_the_city(gazetteer: Gazetteer) -> None:
    text = "Police shot a man in Kenosha on Sunday. He lives, his lawyer said in Milwaukee. Guards came to the city."
    (mention,) = found(text, gazetteer)
    assert mention.place is not None
    assert mention.place.name == "Kenosha"


def test_what_a_state_runs_is_no_state(gazetteer: Gazetteer) -> None:
    text = "Jalisco was calm. Gunmen came to Ciudad Juárez. A riot broke out in the state prison."
    (mention,) = found(text, gazetteer)
    assert mention.text == "the state prison"
    assert mention.place is not None
    assert mention.place.name == "Ciudad Juárez"


@pytest.mark.parametrize(
    "text",
    [
        "Nothing was named before the town was hit.",
        "Buses left Homs. The city council said nothing.",
        "Buses left Homs. The city of Hama was dark.",
        "Is there anybody in Homs?",
    ],
)
def test_a_noun_is_left_alone_where_no_place_fits(text: str, gazetteer: Gazetteer) -> None:
    assert not found(text, gazetteer)


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        (
            "Crowds broke on to the runway of Kabul airport. Washington sent men to hold the airport.",
            "the airport",
            "Kabul",
        ),
        ("Missiles hit the port of Odesa. In Istanbul ministers met. The port burnt all night.", "The port", "Odesa"),
        ("A prison in Hama was stormed. Lorries came from Homs. The prison was on fire.", "The prison", "Hama"),
    ],
)
def test_what_the_text_has_named_as_such_is_meant(text: str, noun: str, name: str, gazetteer: Gazetteer) -> None:
    (place,) = [one.place for one in found(text, gazetteer) if one.text == noun]
    assert place is not None
    assert place.name.startswith(name)


def test_of_two_places_that_fit_the_nearer_one_is_meant_with_a_lower_score(gazetteer: Gazetteer) -> None:
    (mention,) = found("Shells fell on Homs and on Hama. The town was dark.", gazetteer)
    (alone,) = found("Shells fell on Hama. The town was dark.", gazetteer)
    assert mention.place is not None
    assert mention.place.name == "Hama"
    assert mention.score < alone.score - 0.05


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("Rebels entered Goma. Shots were heard near the city's airport.", "the city's airport", "Goma International"),
        ("Militants stormed Gwoza at dawn. They burned the police station.", "the police station", "Gwoza"),
        ("Troops left Kunduz. Two days later its hospital was hit.", "its hospital", "Kunduz"),
    ],
)
def test_a_building_stands_in_the_town_named_before(text: str, noun: str, name: str, gazetteer: Gazetteer) -> None:
    (mention,) = [one for one in found(text, gazetteer) if one.text == noun]
    assert mention.place is not None
    assert name in mention.place.name


def test_a_front_without_a_country_is_that_of_the_country_the_text_is_about(gazetteer: Gazetteer) -> None:
    mentions = found("Drones hit Kharkiv and Sumy in Ukraine. Fighting went on along the eastern front.", gazetteer)
    (front,) = [mention for mention in mentions if "front" in mention.text]
    assert front.place is not None
    assert front.place.name == "Eastern Ukraine"


@pytest.mark.parametrize("text", ["Herders were attacked in southern Chad.", "Herders died in the south of Chad."])
def test_a_side_of_a_country_is_an_area_of_its_own(text: str, gazetteer: Gazetteer) -> None:
    (mention,) = found(text, gazetteer)
    assert mention.reasons[0] == AREA
    assert mention.place is not None
    assert mention.place.precision == "region"
    assert mention.place.lat < 12
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        # a country's parliament and its president's palace stand in its capital, whatever town was named last
        (
            "Rebels took Bossangoa and Bria. Shells fell near the presidential palace.",
            "the presidential palace",
            "Bangui",
        ),
        (
            "Police closed roads in Mombasa and Kisumu. Stones were thrown at the parliament.",
            "the parliament",
            "Nairobi",
        ),
        # ... but of a republic in a text that is about that
        (
            "Fighters held Grozny and Gudermes. Shells fell on Argun and Shali. The presidential palace burned.",
            "The presidential palace",
            "Grozny",
        ),
        # a province's capital is its own
        ("Gunmen left Herat province. Shops in the provincial capital were shut.", "the provincial capital", "Herat"),
        ("Floods cut off Maradi Region. A curfew holds in the regional capital.", "the regional capital", "Maradi"),
        ("Floods cut off Maradi Region in Niger. A curfew holds in the capital.", "the capital", "Niamey"),
    ],
)
def test_seats_and_capitals_are_those_of_the_country_or_of_the_unit(
    text: str, noun: str, name: str, gazetteer: Gazetteer
) -> None:
    one = next(one for one in found(text, gazetteer) if one.text == noun)
    assert one.place is not None
    assert one.place.name == name
    assert one.place.kind == "town"


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        # who speaks does so from somewhere else
        (
            "Gunmen attacked Dikwa on Sunday. Dikwa lies in Borno. A spokesman in Abuja said the town was safe.",
            "the town",
            "Dikwa",
        ),
        # a village is no capital
        (
            "Trucks came to Vedeno on Monday. They had left Grozny at night. By noon the village was quiet.",
            "the village",
            "Vedeno",
        ),
        # an embassy stands in the town, not in the country that sent it
        ("A crowd marched through Niamey. Stones were thrown at the French embassy.", "embassy", "Niamey"),
        # what the text calls the capital is its capital
        (
            "Soldiers left Gitega for the capital, Bujumbura. In the capital shots fell.",
            "the capital",
            "Bujumbura",
        ),
    ],
)
def test_of_several_places_the_likeliest_is_meant(text: str, noun: str, name: str, gazetteer: Gazetteer) -> None:
    one = [one for one in found(text, gazetteer) if one.text == noun][-1]
    assert one.place is not None
    assert one.place.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Sumy. In Sumy there were no dead.",
        "Shells hit Sumy, and there was no light on Monday.",
        "Shells hit Sumy. The mayor said there had been warnings.",
    ],
)
def test_where_there_only_says_that_something_was_it_is_no_place(text: str, gazetteer: Gazetteer) -> None:
    assert "there" not in [one.text for one in found(text, gazetteer)]


def test_people_there_are_at_a_place(gazetteer: Gazetteer) -> None:
    assert "there" in [one.text for one in found("Shells hit Sumy. People there were afraid.", gazetteer)]
