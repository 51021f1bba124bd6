"""A town and the unit around it that share a name: a type word tells which of them is meant."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention, Span
from geo.recognise import recognise
from geo.resolve import resolve


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
        ("Clashes in Chittagong left three dead on Friday.", "Chittagong"),
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
        ("Fighting across Donetsk continued.", "Donetsk"),
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighters moved on to Sennar at noon.", "town"),
        ("Farmers in rural Idlib were shelled.", "admin1"),
        ("Trains to Dnipro leave from Kyiv.", "town"),
    ],
)
def test_the_town_or_the_unit_around_it_is_told_from_the_words_beside_it(
    text: str, kind: str, gazetteer: Gazetteer
) -> None:
    (mention, *_) = resolve(text, recognise(text, gazetteer), gazetteer)
    assert mention.place is not None
    assert mention.place.kind == kind


def test_the_town_comes_first_where_the_region_is_named_only_later(gazetteer: Gazetteer) -> None:
    text = "Diffa residents heard explosions at dawn. In Diffa region all motorbikes are banned."
    assert kinds(text, "Diffa", gazetteer) == ["town", "admin1"]


def test_a_government_is_that_of_the_capital_whatever_lies_nearer(gazetteer: Gazetteer) -> None:
    text = "Buenos Aires rejected the proposal that Lima had put to both sides."
    places = [mention.place for mention in resolve(text, recognise(text, gazetteer), gazetteer)]
    assert [(place.country_code, round(place.lat)) for place in places if place] == [("AR", -35), ("PE", -12)]


def test_what_holds_the_last_of_a_list_holds_the_others(gazetteer: Gazetteer) -> None:
    text = "Clashes went on in Tripoli and Zahle in Lebanon."
    places = [mention.place for mention in resolve(text, recognise(text, gazetteer), gazetteer)]
    assert [place.country_code for place in places if place] == ["LB", "LB", "LB"]


def test_half_a_name_is_completed_by_the_next(gazetteer: Gazetteer) -> None:
    text = "Clinics closed in North and South Kivu provinces."
    spans = (Span(18, 23, "North", "literal", 1.0), Span(28, 38, "South Kivu", "literal", 1.0))
    places = [mention.place for mention in resolve(text, spans, gazetteer)]
    assert [place.country_code for place in places if place] == ["CD", "CD"]
    assert places[0] != places[1]


def test_a_place_that_is_only_spelt_alike_must_lie_where_the_article_is_about(gazetteer: Gazetteer) -> None:
    text = "SEVARE, Mali -- Soldiers in Mopti and Gao keep the runway lights off at night."
    mentions = {mention.text: mention.place for mention in resolve(text, recognise(text, gazetteer), gazetteer)}
    assert mentions["SEVARE"] is None or mentions["SEVARE"].country_code == "ML"


def test_the_reason_says_that_the_text_says_region(gazetteer: Gazetteer) -> None:
    text = "A bomb in Kandahar province killed nine in Kandahar, police in Kabul said."
    (mention, *_) = resolve(text, recognise(text, gazetteer), gazetteer)
    assert mention.place is not None
    assert mention.place.kind == "admin1"


def test_a_sea_is_not_the_province_that_took_its_name(gazetteer: Gazetteer) -> None:
    text = "Helicopters landed on a car carrier in the Red Sea on Sunday."
    (mention,) = resolve(text, recognise(text, gazetteer), gazetteer)
    assert mention.place is not None
    assert mention.place.kind == "sea"


def the(name: str, text: str, gazetteer: Gazetteer) -> Mention:
    return next(one for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a town of India has Janakapura and Nagarkovil among its lesser names, and one of Nepal
        (
            "Troops advanced in Jaffna, Mannar and Vavuniya in northern Sri Lanka. Shells fell on Janakapura.",
            "Janakapura",
        ),
        # a town of another country that the text has to call a town
        (
            "In South Sudan, rebels left Juba and Yei for Uganda. The army entered the town of Kaya on Friday.",
            "Kaya",
        ),
    ],
)
def test_what_lists_have_in_a_country_that_the_text_never_speaks_of_is_not_meant(
    text: str, name: str, gazetteer: Gazetteer
) -> None:
    one = the(name, text, gazetteer)
    assert one.lifted
    assert one.place is not None
    assert one.place.country_code in ("LK", "SS")


def test_former_names_of_capitals_stay_known_anywhere(gazetteer: Gazetteer) -> None:
    one = the("Kiev", "Police in Ohio, in Columbus and in Toledo, wore ribbons from Kiev.", gazetteer)
    assert one.place is not None
    assert one.place.country_code == "UA"


def test_a_town_stands_for_its_district_rather_than_a_unit_of_its_name_abroad(gazetteer: Gazetteer) -> None:
    one = the(
        "Ambo",
        "Addis Ababa: Residents of Ambo district in Ethiopia's Oromia region said that soldiers from Nekemte came.",
        gazetteer,
    )
    assert one.place is not None
    assert one.place.country_code == "ET"


def test_what_lies_in_an_unknown_district_lies_in_what_holds_that(gazetteer: Gazetteer) -> None:
    # the one town that lists call Dawa lies in China
    text = "A bridge was burned in Dawa town of Gesha Tiro district of Bale zone in Oromia, Ethiopia."
    one = the("Dawa", text, gazetteer)
    assert one.lifted
    assert one.place is not None
    assert one.place.country_code == "ET"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels marched on the capital cities of Sar-e Pul and Faryab provinces.",
        "They held the provincial capital of Sar-e Pul province for a day.",
    ],
)
def test_the_capital_of_a_province_is_a_town(text: str, gazetteer: Gazetteer) -> None:
    assert kinds(text, "Sar-e Pul", gazetteer) == ["town"]
