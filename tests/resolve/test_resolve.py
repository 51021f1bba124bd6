from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve


def resolved(text: str, gazetteer: Gazetteer) -> dict[str, Mention]:
    return {mention.text: mention for mention in resolve(text, recognise(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Storms hit Paris, Texas, on Monday.", "Paris", "US", "Texas"),
        ("The talks in Paris between France and Germany ended.", "Paris", "FR", None),
        ("The port of Tripoli in northern Lebanon was closed, Beirut said.", "Tripoli", "LB", None),
        ("Militias clashed in Tripoli, the capital of Libya.", "Tripoli", "LY", None),
        ("Kim crossed the border at Khasan and went on to Vladivostok in Russia.", "Khasan", "RU", None),
        ("Police in Georgia said the trial in Atlanta would go on.", "Georgia", "US", None),
        ("Russian troops left Gori and Poti in Georgia, Tbilisi said.", "Georgia", "GE", None),
    ],
)
def test_a_name_means_the_place_that_the_article_is_about(
    text: str, name: str, country: str, admin1: str | None, gazetteer: Gazetteer
) -> None:
    place = resolved(text, gazetteer)[name].place
    assert place is not None
    assert place.country_code == country
    assert admin1 is None or place.admin1 == admin1


def test_a_facility_said_shorter_is_no_lesser_name(gazetteer: Gazetteer) -> None:
    place = resolved("A drone killed an Iranian general near Baghdad airport on Friday.", gazetteer)[
        "Baghdad airport"
    ].place
    assert place is not None
    assert place.name == "Baghdad International Airport"


def test_a_decision_keeps_its_reasons_and_runners_up(gazetteer: Gazetteer) -> None:
    mention = resolved("Storms hit Paris, Texas, on Monday.", gazetteer)["Paris"]
    assert any("stands beside it" in reason for reason in mention.reasons)
    assert mention.alternatives
    assert all(mention.score >= other.score for other in mention.alternatives)


def test_a_name_has_one_sense_in_a_document(gazetteer: Gazetteer) -> None:
    text = "Clashes shook Tripoli, Lebanon. Schools in Tripoli stayed shut."
    places = {
        mention.place for mention in resolve(text, recognise(text, gazetteer), gazetteer) if mention.text == "Tripoli"
    }
    assert len(places) == 1


def test_no_spans_give_no_mentions(gazetteer: Gazetteer) -> None:
    assert resolve("Nothing here.", (), gazetteer) == ()


def test_one_mention_answers_each_span_in_order(gazetteer: Gazetteer) -> None:
    text = "From Goma to Bukavu, and from Bukavu to Uvira, people fled; Kinshasa sent troops."
    spans = recognise(text, gazetteer)
    mentions = resolve(text, spans, gazetteer)
    assert [(mention.start, mention.end, mention.usage) for mention in mentions] == [
        (span.start, span.end, span.usage) for span in spans
    ]


HELD = [
    ("A drone hit a depot in Feodosia in Russian-occupied Crimea.", "Feodosia", "UA"),
    ("Rockets fell on Afrin in Turkish-controlled northern Syria.", "Afrin", "SY"),
    ("Clashes broke out in the Red Sea port of Hodeidah.", "Hodeidah", "YE"),
    ("He spoke in the Pacific port of Vladivostok.", "Vladivostok", "RU"),
    ("Fighting went on in the Caspian port of Makhachkala.", "Makhachkala", "RU"),
]


@pytest.mark.parametrize(("text", "name", "country"), HELD)
def test_neither_a_holder_nor_a_sea_holds_the_town_beside_it(
    text: str, name: str, country: str, gazetteer: Gazetteer
) -> None:
    found = {one.text: one for one in resolve(text, recognise(text, gazetteer), gazetteer)}
    place = found[name].place
    assert place is not None
    assert (place.country_code, place.kind, found[name].lifted) == (country, "town", False)
