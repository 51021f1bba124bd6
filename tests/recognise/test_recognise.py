from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.index import Gazetteer
from geo.recognise import recognise


def found(text: str, gazetteer: Gazetteer) -> dict[str, str]:
    return {span.text: span.usage for span in recognise(text, gazetteer)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Heavy fighting continued in Bakhmut on Tuesday, officials said.", {"Bakhmut": "literal"}),
        ("Moscow said on Monday that it had nothing to do with the blast.", {"Moscow": "metonym"}),
        ("Shells fell on the outskirts of Kharkiv and Sumy overnight.", {"Kharkiv": "literal", "Sumy": "literal"}),
        ("Talks between Armenia and Azerbaijan broke down.", {"Armenia": "metonym", "Azerbaijan": "metonym"}),
        ("The Kremlin denied the report.", {"Kremlin": "metonym"}),
        ("A drone was shot down near Sana'a, residents said.", {"Sana'a": "literal"}),
        ("Syrian troops entered Deir ez-Zor.", {"Syrian": "adjectival", "Deir ez-Zor": "literal"}),
    ],
)
def test_names_are_found_with_their_usage(text: str, expected: dict[str, str], gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "name", "usage"),
    [
        ("The town lies in eastern Ukraine.", "Ukraine", "literal"),
        ("Kyiv was shelled again before dawn.", "Kyiv", "literal"),
        ("Kyiv accused the rebels of breaking the truce.", "Kyiv", "metonym"),
        ("Aid agencies called on Russia to open the crossing.", "Russia", "metonym"),
        ("US officials declined to comment.", "US", "adjectival"),
        ("The pro-Moscow forces left.", "Moscow", "metonym"),
        ("Ukraine's east has seen the worst of it.", "Ukraine", "literal"),
        ("Ukraine's government resigned.", "Ukraine", "metonym"),
        ("He flew to Russia on Friday.", "Russia", "literal"),
        ("Georgia's Pankisi gorge was quiet.", "Georgia", "literal"),
        ("PARIS, July 4 - Unrest spread to the suburbs.", "PARIS", "literal"),
        ("Kigali arms the rebels, diplomats say.", "Kigali", "metonym"),
        ("The shelling of Tripoli went on.", "Tripoli", "literal"),
        ("Coventry and Warsaw had burned by then.", "Warsaw", "literal"),
    ],
)
def test_usage_follows_the_cues_around_a_name(text: str, name: str, usage: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer)[name] == usage


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Paris Jackson said he would appeal.", "Paris"),
        ("In March the troops will leave.", "March"),
        ("Reading is fun, the teacher said.", "Reading"),
        ("Mayor Lancaster Holt opened the bridge.", "Lancaster"),
    ],
)
def test_persons_months_and_common_words_are_no_places(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert name not in found(text, gazetteer)


def test_reasons_say_whether_the_gazetteer_holds_the_name_and_why_the_usage(gazetteer: Gazetteer) -> None:
    (span,) = recognise("Fighting raged in Bakhmut.", gazetteer)
    assert span.reasons == ("in the gazetteer", "literal: after 'in'")
    assert 0.5 < span.score <= 1


def test_the_same_text_gives_the_same_spans_whatever_came_before(gazetteer: Gazetteer) -> None:
    text = "Rebels took Goma and moved on Bukavu, Kinshasa said."
    first = recognise(text, gazetteer)
    recognise("Goma is a singer. Bukavu sang with him.", gazetteer)
    assert recognise(text, gazetteer) == first


def test_no_text_has_no_names(gazetteer: Gazetteer) -> None:
    assert recognise("", gazetteer) == ()
    assert recognise("\n \n", gazetteer) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Kyiv", "the", "said", ",", ".", "\n", "U.S.", "of", "County", "’s", "«", "Ж"]), max_size=40
    )
)
def test_spans_are_sorted_apart_and_quote_the_text(gazetteer: Gazetteer, pieces: list[str]) -> None:
    text = " ".join(pieces)
    last = 0
    for span in recognise(text, gazetteer):
        assert span.start >= last
        assert text[span.start : span.end] == span.text
        last = span.end


def test_a_hundred_thousand_capitalised_words_take_bounded_time(gazetteer: Gazetteer) -> None:
    began = time.thread_time()
    recognise("Abakan Bakhmut Smith County " * 5_000, gazetteer)
    assert time.thread_time() - began < 60


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen shot at a clinic in Port-au-Prince on Friday.", "Port-au-Prince"),
        ("Tanks rolled into al-Bab at dawn.", "al-Bab"),
        ("The road to Deir ez-Zor was mined.", "Deir ez-Zor"),
    ],
)
def test_articles_and_links_that_hyphens_tie_to_a_name_belong_to_it(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert name in found(text, gazetteer)


def test_a_village_that_no_gazetteer_holds_is_a_mention_without_a_place(gazetteer: Gazetteer) -> None:
    (span, *_) = recognise("Soldiers torched Kyaw Nga Mhaw village on Thursday.", gazetteer)
    assert span.text == "Kyaw Nga Mhaw"


def test_a_headline_of_capitals_names_its_towns(gazetteer: Gazetteer) -> None:
    assert {"KHERSON", "MYKOLAIV"} <= found(
        "FLOODS REACH KHERSON; MYKOLAIV OPENS SHELTERS\nBuses ran.", gazetteer
    ).keys()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # an abbreviation of a country is one in capitals
        ("Car bombs went off in Baidoa.", {"Baidoa"}),
        ("CAR troops went to Baidoa.", {"CAR", "Baidoa"}),
        # people's names with accents, and with what parts them
        ("José Medina was shot in Tegucigalpa.", {"Tegucigalpa"}),
        ("Crowds toppled a statue of Sebastián de Belalcázar in Cali.", {"Cali"}),
        ("Fighting went on in Santiago de Cuba.", {"Santiago de Cuba"}),
        # makes of weapons
        ("Grad rockets rained on Mariupol.", {"Mariupol"}),
        ("Gaza rockets hit Sderot.", {"Gaza", "Sderot"}),
        # an Arabic article written apart
        ("Gunmen entered Wad an Nurah on 5 June.", {"Wad an Nurah"}),
        ("Police killed an Iraqi in Paris.", {"Iraqi", "Paris"}),
    ],
)
def test_only_names_of_places_are_names(text: str, names: set[str], gazetteer: Gazetteer) -> None:
    assert set(found(text, gazetteer)) == names


@pytest.mark.parametrize("body", ["gang", "cartel", "clan", "militias"])
def test_who_is_called_after_a_place_is_an_organisation(body: str, gazetteer: Gazetteer) -> None:
    assert found(f"The Medellin {body} set off a bomb in Cali.", gazetteer)["Medellin"] == "organisation"


def test_no_name_reaches_over_the_end_of_a_sentence(gazetteer: Gazetteer) -> None:
    text = "2. TUZLA. Airport: nine rounds of artillery. St. Louis Airport was closed."
    found = {one.text for one in recognise(text, gazetteer, doubtful=True)}
    assert not any("TUZLA." in one for one in found)
    assert "St. Louis Airport" in found
