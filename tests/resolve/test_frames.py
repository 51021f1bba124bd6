"""What frames a name: the unit that its sentence opens with, the end of its list, the heading above it."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve


def mentions(text: str, gazetteer: Gazetteer) -> dict[str, Mention]:
    return {one.text: one for one in resolve(text, recognise(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        # the unit that a sentence opens with holds what it goes on to tell of
        (
            "In Kharkiv Oblast, troops freed the villages of Verkhnia Zarudka and Pavlivka.",
            "Verkhnia Zarudka",
            "Kharkiv",
        ),
        ("Across Zamfara State, gunmen raided Gidan Kware Babba and Gusau.", "Gidan Kware Babba", "Zamfara"),
        # what holds the last of a list holds the others
        (
            "They shelled the settlements of Bila Zarudka, Zelena Zarudka and Krasnopillia of the Sumy Region.",
            "Bila Zarudka",
            "Sumy",
        ),
        # a heading holds what stands under it, however far down
        (
            "Sumy region\n\nTwo houses burned. A woman was hurt. Four put it out. A drone fell in Nova Zarudka.",
            "Nova Zarudka",
            "Sumy",
        ),
        # ... and a unit before a colon what its paragraph goes on to tell of
        (
            "Donetsk region: Shells fell on Bakhmut and Toretsk.\n"
            "Sumy region: A barn burned. A drone fell in Nova Zarudka.",
            "Nova Zarudka",
            "Sumy",
        ),
        # ... and a place in capitals before a full stop in a round-up
        (
            "SUMY REGION. A drone fell in Nova Zarudka.\n\nKHARKIV. A house burned.\n\nDONETSK. Shells fell.",
            "Nova Zarudka",
            "Sumy",
        ),
        # so does the sentence before that a list goes on from
        (
            "They burned farms all over the Kharkiv Region. Among them are Budarky, Zelena Zarudka and Veterynarne.",
            "Zelena Zarudka",
            "Kharkiv",
        ),
    ],
)
def test_an_unknown_name_stands_in_what_frames_it(text: str, name: str, holder: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert holder in one.place.name


def test_a_village_elsewhere_of_a_listed_name_is_refused(gazetteer: Gazetteer) -> None:
    # Sadky is a town of Poltava region for the gazetteer; the one in Sumy region is in no list
    found = mentions(
        "They shelled the settlements of Krasnopillia, Sadky and Bilopillia of the Sumy Region.", gazetteer
    )
    assert found["Sadky"].place is not None
    assert found["Sadky"].place.admin1 == "Sumy Oblast"


def test_where_somebody_comes_from_lies_where_it_lies(gazetteer: Gazetteer) -> None:
    found = mentions("In Kharkiv region, a driver from Opishnya was killed.", gazetteer)
    assert found["Opishnya"].place is not None
    assert found["Opishnya"].place.admin1 == "Poltava Oblast"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("Rebels attacked Barangay Kabulihan Norte, Lianga, Surigao del Sur.", "Barangay Kabulihan Norte", "Lianga"),
        (
            "A bomb went off in Timbalito Viejo, which is part of the municipality of Corinto.",
            "Timbalito Viejo",
            "Corinto",
        ),
        ("Arbin has no water. Jets bombed the town of Kafr Zawrin and Arbin city on Monday.", "Kafr Zawrin", "Arbin"),
    ],
)
def test_an_unknown_name_stands_with_the_town_of_its_address_or_its_list(
    text: str, name: str, town: str, gazetteer: Gazetteer
) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert one.place.name == town
    assert one.place.precision == "region"


def test_a_name_between_two_towns_lies_half_way(gazetteer: Gazetteer) -> None:
    found = mentions("A convoy was hit at Ouro Gueou, between Mopti and Gao.", gazetteer)
    ends = [found[name].place for name in ("Mopti", "Gao")]
    middle = found["Ouro Gueou"].place
    assert middle is not None
    assert middle.lon == pytest.approx(sum(one.lon for one in ends if one) / 2, abs=0.05)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels in Liberia took Tubmanburg and Gbarnga. Fighting then reached Klay and Monrovia.", "Klay"),
        ("Rebels in Syria shelled Idlib and Afrin. The towns of Sheran and Saraqib were hit.", "Sheran"),
    ],
)
def test_a_small_namesake_abroad_is_not_meant(text: str, name: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.place is None or one.lifted


def test_a_distance_is_told_from_a_town_not_from_its_region(gazetteer: Gazetteer) -> None:
    found = mentions("Gunmen killed nine 18km north-west of Tillaberi.", gazetteer)
    assert found["Tillaberi"].place is not None
    assert found["Tillaberi"].place.kind == "town"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("On the Vavuniya front, troops clashed in Navakulam Kadu and Periya Kulam.", "Navakulam Kadu", "Vavuniya"),
        ("In the Kupiansk direction, the enemy attacked near Zarudne Druhe.", "Zarudne Druhe", "Kupiansk"),
        ("• In the Bakhmut sector, shells fell on Kalynova Zarudka and Siversk.", "Kalynova Zarudka", "Bakhmut"),
    ],
)
def test_an_unknown_name_stands_by_the_front_that_its_sentence_opens_with(
    text: str, name: str, town: str, gazetteer: Gazetteer
) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert one.place.name.startswith(town)


def test_of_many_villages_of_a_name_the_one_by_the_front_is_meant(gazetteer: Gazetteer) -> None:
    near, far = (
        mentions(f"In the {town} direction, assaults were repelled near Mykhailivka.", gazetteer)["Mykhailivka"]
        for town in ("Pokrovsk", "Melitopol")
    )
    assert near.place is not None
    assert far.place is not None
    assert near.place.admin1 == "Donetsk Oblast"
    assert far.place.admin1 == "Zaporizhzhia Oblast"


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        # "where" after a unit begins what happened in it
        (
            "Two convoys came to Ayadaw Township, where a mine went off at Ma Le Zarka.",
            "Ma Le Zarka",
            "Sagaing Region",
        ),
        # ... in which small places of another region's name are not meant
        ("Two convoys came to Ayadaw Township where a mine went off at Nyaung Pin.", "Nyaung Pin", "Sagaing Region"),
        # a town of the name elsewhere does not stand there, nor a city that once bore it
        ("In Kharkiv Oblast, floods cut off Oleksandrivka and Verkhnia Zarudka.", "Oleksandrivka", "Kharkiv Oblast"),
        # who governs one unit speaks of what lies in it
        ("A barn burned in Yampil, Sumy regional police said.", "Yampil", "Sumy Oblast"),
        ("A barn burned in Yampil, Vinnytsia regional police said.", "Yampil", "Vinnytsia Oblast"),
        ("A barn burned in Yampil, the Donetsk region's acting governor said.", "Yampil", "Donetsk Oblast"),
    ],
)
def test_where_and_who_speaks_say_in_which_unit_a_sentence_takes_place(
    text: str, name: str, unit: str, gazetteer: Gazetteer
) -> None:
    place = mentions(text, gazetteer)[name].place
    assert place is not None
    assert place.admin1 == unit


def test_a_governor_says_nothing_of_where_an_unknown_village_lies(gazetteer: Gazetteer) -> None:
    """What an official of one unit speaks of may lie anywhere: nobody's village is laid there for it."""
    text = "A barn burned in Zarudne Druhe near Kupiansk, Sumy regional police said."
    place = mentions(text, gazetteer)["Zarudne Druhe"].place
    assert place is not None
    assert place.name == "Kupiansk"


def test_a_town_before_a_colon_holds_nothing(gazetteer: Gazetteer) -> None:
    found = mentions("KYIV: In Kharkiv region, shells fell on Bila Zarudka, they said.", gazetteer)
    assert found["Bila Zarudka"].place is not None
    assert found["Bila Zarudka"].place.admin1 == "Kharkiv Oblast"


def test_in_a_round_up_a_town_before_a_colon_holds_its_paragraph(gazetteer: Gazetteer) -> None:
    text = "QUETTA: A bomb went off.\nKARACHI: Police raided Goth Zarudka.\nLAHORE: Two men were shot."
    one = mentions(text, gazetteer)["Goth Zarudka"]
    assert one.place is not None
    assert (one.place.name, one.lifted) == ("Karachi", True)


CROWDS = "Shots were heard in Libreville. Crowds took to the streets in the Plein Ciel and Nkembo neighbourhoods"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        (f"{CROWDS}, and in Port-Gentil people danced.", "Plein Ciel", "Libreville"),
        (f"{CROWDS}, and in Port-Gentil people danced.", "Nkembo", "Libreville"),
        (
            "A bomb went off in Mogadishu. Another struck the Zarudka district.\n\nKenya, Uganda and Burundi sent "
            "condolences from Nairobi, Kampala and Gitega.",
            "Zarudka",
            "Mogadishu",
        ),
    ],
)
def test_a_quarter_lies_in_the_town_named_before_it(text: str, name: str, town: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.place is not None
    assert (one.place.name, one.lifted) == (town, True)


def test_what_is_only_spelt_alike_lies_near_what_its_sentence_names(gazetteer: Gazetteer) -> None:
    text = "In Nyala, in South Darfur, a market burned.\n\nShells fell in Khartoum around the base in Al-Shajara."
    one = mentions(text, gazetteer)["Al-Shajara"]
    assert one.place is not None
    assert one.place.name == "Khartoum"
    text = "Fighting went on in Galgaduud and Mudug regions."
    assert mentions(text, gazetteer)["Galgaduud"].place is not None


def test_a_town_abroad_is_meant_where_no_village_is_likely(gazetteer: Gazetteer) -> None:
    text = "Clashes broke out in Lod, Acre, Jaffa, Haifa, Ashdod and Ashkelon. Flights were diverted to Larnaca."
    one = mentions(text, gazetteer)["Larnaca"]
    assert one.place is not None
    assert (one.place.name, one.place.country_code) == ("Larnaca", "CY")


def test_where_and_when_somebody_writes_is_no_heading(gazetteer: Gazetteer) -> None:
    text = "Two die in hills\n\nSumy, Aug 30:\n\nTwo houses burned. A woman was hurt. Four put it out. Zarudka burned."
    assert all("heading" not in " ".join(one.reasons) for one in mentions(text, gazetteer).values())
