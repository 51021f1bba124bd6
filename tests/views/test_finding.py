from geo.views import finding
from tests.views.test_filters import COUNTRIES, EVENTS


def test_what_is_typed_finds_countries_regions_actors_and_sources() -> None:
    def found(text: str) -> list[tuple[str, str]]:
        hits = finding.suggest(text, EVENTS, names=COUNTRIES.__getitem__)
        return [(hit["name"], hit["key"]) for hit in hits]

    assert found("russia") == [("places", "RU"), ("actors", "Russian forces")]
    assert found("luh") == [("places", "UA/Luhansk")]
    assert found("civil") == [("actors", "civilians")]
    assert found("wire") == [("sources", "A wire"), ("sources", "Morning wire")]
    assert found("debal") == [("places", "g709932")]
    assert found("r") == []
