"""A name stands where its text says; one that no place bears is laid in the area that holds it."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve


def mentions(text: str, gazetteer: Gazetteer) -> dict[str, Mention]:
    return {one.text: one for one in resolve(text, recognise(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("A man was shot dead in Moscow, Idaho, on Sunday.", "Moscow", "Idaho"),
        ("A man was shot dead in Moscow Idaho on Sunday.", "Moscow", "Idaho"),
        ("A mosque was burned in London Ontario last night.", "London", "Ontario"),
        ("Rebels shelled Tripoli and Zahle in Lebanon.", "Tripoli", "Mohafazat Liban-Nord"),
        ("Storms hit Austin, Texas and Oklahoma.", "Austin", "Texas"),
        ("Storms hit Washington, Oregon and California.", "Washington", "Washington"),
        ("Police in the US state of Georgia arrested him.", "Georgia", "Georgia"),
        ("Fighting raged in Moscow and Kyiv in Ukraine.", "Moscow", "Moscow"),
        ("Rebels took Georgia's Gori.", "Gori", "Shida Kartli"),
        ("An attack in Manchester, Jamaica, killed two.", "Manchester", "Manchester"),
        ("Shells hit Tripoli, near Sidon.", "Tripoli", "Mohafazat Liban-Nord"),
        ("Troops entered Sebastopol in Crimea.", "Sebastopol", "Sebastopol City"),
    ],
)
def test_the_container_beside_a_name_outweighs_fame(text: str, name: str, unit: str, gazetteer: Gazetteer) -> None:
    place = mentions(text, gazetteer)[name].place
    assert place is not None
    assert place.admin1 == unit


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        (
            "A bomb exploded in Maiduguri. Two people died near Zabarmari Custom Market.",
            "Zabarmari Custom Market",
            "laid in Maiduguri: the town named before it is Maiduguri",
        ),
        (
            "Clashes hit Kafr Zorana near Zorabad in Hama province.",
            "Kafr Zorana",
            "laid in Hama Governorate: “Kafr Zorana near Zorabad”, and Zorabad is laid there",
        ),
        (
            "Sarmin has been shelled for a week. Rebels shelled Sarmin, Binnish and Zorabina on Monday.",
            "Zorabina",
            "laid near Binnish: Binnish is named beside it; likeliest of 3 places",
        ),
        (
            "Rebels shelled Sarmin, Binnish and Zorabina on Monday.",
            "Zorabina",
            "laid in Syria: the article is about it",
        ),
        (
            "Fighting was reported in Idlib province. Residents fled Zorabina.",
            "Zorabina",
            "laid in Idlib Governorate: the text before it names Idlib province",
        ),
        (
            "Residents fled Zorabina. The village lies in Idlib province.",
            "Zorabina",
            "laid in Idlib Governorate: the text after it names Idlib province",
        ),
        (
            "Gunmen in Colombia killed two at Zorabina, Colombia, in Cauca.",
            "Zorabina",
            "laid in Cauca Department: its sentence names Cauca",
        ),
        (
            "The army said in Bamako that it had left Gao, Kidal, Ségou and Kayes. Mali is at war.\n\n"
            "Elsewhere gunmen raided Zorabina.",
            "Zorabina",
            "laid in Mali: the article is about it",
        ),
    ],
)
def test_the_area_of_an_unknown_name_says_by_what_it_was_found(
    text: str, name: str, why: str, gazetteer: Gazetteer
) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.reasons[-1] == why


@pytest.mark.parametrize(
    "text",
    [
        "They died in Zorabina.",
        "Clashes hit Zorabina, near the Niger river.",
        "Clashes broke out in Homs, Tripoli and Paris. Gunmen then raided Zorabina.",
    ],
)
def test_an_unknown_name_of_which_the_text_says_nothing_stands_nowhere(text: str, gazetteer: Gazetteer) -> None:
    assert mentions(text, gazetteer)["Zorabina"].place is None


@pytest.mark.parametrize(
    ("text", "name", "laid"),
    [
        ("Troops hold Vienna, 10 km from Kharkiv.", "Vienna", "Kharkiv"),
        ("Shells hit the west of Jandaris, in Paris.", "Jandaris", "Paris"),
    ],
)
def test_a_name_whose_bearers_all_lie_elsewhere_is_unknown_where_the_text_puts_it(
    text: str, name: str, laid: str, gazetteer: Gazetteer
) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert one.place.name == laid


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kiev (Kyiv) was hit by rockets.", ("Kiev", "Kyiv")),
        ("The army took Artemivsk, also known as Bakhmut.", ("Artemivsk", "Bakhmut")),
    ],
)
def test_two_names_of_one_place_are_one_place(text: str, names: tuple[str, str], gazetteer: Gazetteer) -> None:
    found = mentions(text, gazetteer)
    assert found[names[0]].place == found[names[1]].place
    assert found[names[0]].place is not None


def test_what_lies_so_far_off_a_town_is_laid_there_and_not_in_it(gazetteer: Gazetteer) -> None:
    text = "Clashes hit Kafr Zorana, 45 km north of Homs."
    found = mentions(text, gazetteer)
    laid, town = found["Kafr Zorana"].place, found["Homs"].place
    assert laid is not None
    assert town is not None
    assert (laid.lat - town.lat) * 111 == pytest.approx(45, abs=2)
    assert laid.lon == pytest.approx(town.lon, abs=0.02)


def test_two_bearers_of_a_name_stay_apart(gazetteer: Gazetteer) -> None:
    text = (
        "Jets bombed Gori in Georgia on Saturday. In the US state of Georgia, crowds marched in Atlanta. "
        "Tripoli, Libya, was calm. In Tripoli, Lebanon, gunmen fought."
    )
    found = resolve(text, recognise(text, gazetteer), gazetteer)
    codes = [(one.text, one.place.country_code) for one in found if one.place and one.text in ("Georgia", "Tripoli")]
    assert codes == [("Georgia", "GE"), ("Georgia", "US"), ("Tripoli", "LY"), ("Tripoli", "LB")]


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        ("Shells hit Zarudivka Mala in Kharkiv region overnight.", "Zarudivka Mala", "Kharkiv Oblast"),
        ("A school burned in Zarudivka Mala, Kharkiv region.", "Zarudivka Mala", "Kharkiv Oblast"),
        ("Militiamen raided Kabalekese, a fishing village in Ituri province.", "Kabalekese", "Ituri"),
        ("The army swept the hills of Quiche. Families fled Xecotz Chiquito at night.", "Xecotz Chiquito", "Quiché"),
        ("A clerk was stabbed at Sakti in Pidie district late on Monday.", "Sakti", "Pidie"),
    ],
)
def test_a_name_that_no_place_bears_is_laid_in_the_area_that_holds_it(
    text: str, name: str, holder: str, gazetteer: Gazetteer
) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert holder in one.place.name
    assert one.place.precision == "region"
    assert any(reason.startswith("laid in") for reason in one.reasons)


def test_an_unknown_name_in_a_list_costs_that_name_alone(gazetteer: Gazetteer) -> None:
    found = mentions("Jets bombed Idlib, Kafr Zunbal, Aleppo and Hama on Monday.", gazetteer)
    assert [found[name].place.name for name in ("Idlib", "Aleppo", "Hama") if found[name].place] == [
        "Idlib",
        "Aleppo",
        "Hama",
    ]
    unknown = found["Kafr Zunbal"]
    assert unknown.place is None or (unknown.lifted and unknown.place.kind in ("admin1", "country"))


def test_what_lies_off_a_town_lies_that_far_off_it(gazetteer: Gazetteer) -> None:
    found = mentions("Gunmen stopped a bus in Kona Mbaya, 80 km south of Mandera, on Friday.", gazetteer)
    town, bus = found["Mandera"].place, found["Kona Mbaya"].place
    assert town is not None
    assert bus is not None
    assert town.lat - bus.lat == pytest.approx(80 / 111.2, abs=0.01)
    assert found["Mandera"].offset_km == 80.0


def test_another_spelling_counts_inside_the_area_that_is_meant_alone(gazetteer: Gazetteer) -> None:
    inside = mentions("Shells hit Krymskoy in Luhansk region on Monday.", gazetteer)["Krymskoy"]
    assert inside.place is not None
    assert (inside.place.name, inside.lifted) == ("Krymske", False)
    outside = mentions("Shells hit Krymskoy in Kharkiv region on Monday.", gazetteer)["Krymskoy"]
    assert outside.lifted


def test_a_type_word_belongs_to_a_name_inside_its_own_line_only(gazetteer: Gazetteer) -> None:
    text = "Blast rocks Kabul\n\nAirport reopened after a bomb exploded in Kabul on Monday."
    assert all(one.place and one.place.name == "Kabul" for one in resolve(text, recognise(text, gazetteer), gazetteer))


def test_a_later_short_form_means_what_the_whole_name_did(gazetteer: Gazetteer) -> None:
    text = "Stones were thrown in the Old City of Nablus. Police closed the Old City at noon."
    places = [one.place.name for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.place]
    assert places == ["Nablus"] * 3


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        # a district that is said to be a town's lies about that town, never in another country
        ("Bandarban's Odessa Upazila lies under water.", "Odessa Upazila", "Bandarban"),
        # nor does a village that lies in a town
        ("A well was poisoned at Iskan, in the north of Jandaris.", "Iskan", "Jindayris"),
        # a called third-level unit holds what a comma puts before it
        ("Two men met at Caledon, County Tyrone, on Monday.", "Caledon", "County Tyrone"),
        # what the last of a list is near is near the unknown ones before it
        (
            "Water is short in the Al-Zarwa and Al-Zarna neighbourhoods south of Nyala. In Bahri, two died.",
            "Al-Zarwa",
            "Nyala",
        ),
        # a sector of a front
        ("Snow fell on the Zarni sector in Rajouri. Jammu was quiet.", "Zarni", "Rajouri"),
    ],
)
def test_an_unknown_name_is_laid_in_what_its_words_say(text: str, name: str, holder: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert one.place.name == holder


def test_a_name_that_lies_where_none_of_its_bearers_does_is_unknown_all_over_the_text(gazetteer: Gazetteer) -> None:
    """An upazila, said to be Bandarban's once, went to Europe wherever the article named it again."""
    text = "Bandarban's Odessa Upazila lies under water. Two men drowned in Odessa Upazila on Sunday."
    spans = recognise(text, gazetteer)
    for one in resolve(text, spans, gazetteer):
        if one.text == "Odessa Upazila":
            assert one.place is not None
            assert one.place.country_code == "BD"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("Gunmen opened fire in Luna Zarudka, Cali, killing two.", "Luna Zarudka", "Cali"),
        ("A bomb hit the Hamra neighbourhood of Beirut.", "Hamra", "Beirut"),
        ("Police shot a man in the Brooklyn section of Cité Soleil.", "Brooklyn", "Cité Soleil"),
        ("A second car blew up in Mogadishu. It stood outside the Doorbin Hotel.", "Doorbin Hotel", "Mogadishu"),
    ],
)
def test_a_quarter_stands_in_the_town_beside_it(text: str, name: str, town: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.lifted
    assert one.place is not None
    assert one.place.name == town


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells hit Zarudka Luna, Aleppo and Homs.", "Zarudka Luna"),
        ("Shells hit Zarudka Luna, Aleppo, Idlib and Homs.", "Zarudka Luna"),
    ],
)
def test_the_unknown_name_of_a_list_stands_in_none_of_the_others(text: str, name: str, gazetteer: Gazetteer) -> None:
    place = mentions(text, gazetteer)[name].place
    assert place is None or place.kind == "country"


def test_an_address_goes_on_through_a_town_that_no_list_holds(gazetteer: Gazetteer) -> None:
    found = mentions("A bomb went off in Barangay Zarudka, Datu Luna, Maguindanao on Monday.", gazetteer)
    assert {one.place.name for one in found.values() if one.place} == {"Province of Maguindanao"}


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        (
            "Police held protesters from Siberia's Chita to Dagestan's Makhachkala on Sunday.",
            "Chita",
            "Zabaykalsky Krai",
        ),
        ("Gunmen opened fire at the airstrip of Galkayo in Puntland, Somalia.", "Galkayo", "Mudug Region"),
        ("He spoke of attacks in San Bernardino, Atlanta and Boston.", "Atlanta", "Georgia"),
        ("Clashes in Hyderabad in Balochistan, Pakistan, killed two.", "Hyderabad", "Sindh Province"),
    ],
)
def test_a_known_city_is_not_laid_in_a_region_beside_it(text: str, name: str, unit: str, gazetteer: Gazetteer) -> None:
    one = mentions(text, gazetteer)[name]
    assert one.place is not None
    assert (one.place.admin1, one.lifted) == (unit, False)


def test_a_little_known_namesake_still_gives_way_to_the_region(gazetteer: Gazetteer) -> None:
    one = mentions("Shells fell on Novaya Petrovka in Kharkiv region.", gazetteer)["Novaya Petrovka"]
    assert one.lifted
    assert one.place is not None
    assert one.place.admin1 == "Kharkiv Oblast"


def test_a_name_said_longer_than_its_place_has_it_is_that_place(gazetteer: Gazetteer) -> None:
    text = (
        "The list leaves out a bombing in Baghdad, one in Mosul and an attack in Kirkuk. It names the deadly assault "
        "on a mosque in Quebec City, and those of Paris and Nice."
    )
    place = mentions(text, gazetteer)["Quebec City"].place
    assert place is not None
    assert (place.name, place.country_code) == ("Québec", "CA")
