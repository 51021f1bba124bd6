from geo.views import finding
from tests.views.frames import frame
from tests.views.test_filters import COUNTRIES, EVENTS


def test_what_is_typed_finds_countries_regions_actors_and_sources() -> None:
    def found(text: str) -> list[tuple[str, str]]:
        hits = finding.suggest(text, finding.index(EVENTS, names=COUNTRIES.__getitem__))
        return [(hit["name"], hit["key"]) for hit in hits]

    assert found("russia") == [("places", "RU"), ("actors", "Russian forces")]
    assert found("luh") == [("places", "UA/Luhansk")]
    assert found("civil") == [("actors", "civilians")]
    assert found("wire") == [("sources", "A wire"), ("sources", "Morning wire")]
    assert found("debal") == [("places", "g709932")]
    assert found("r") == []


def test_a_place_is_found_by_the_articles_word_for_it_and_says_where_it_is() -> None:
    events = frame({"place_text": "Debaltsevo"}, {}, {"place": "Ukraine", "place_precision": "country"})
    entries = finding.index(events, names=COUNTRIES.__getitem__)
    assert finding.suggest("debaltsevo", entries) == [
        {
            "name": "places",
            "key": "g709932",
            "label": "Debaltseve",
            "text": "Donetsk · 2 events",
            "lat": 48.34,
            "lng": 38.44,
        }
    ]
