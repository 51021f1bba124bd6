from dataclasses import replace
from datetime import date
from typing import Any

from geo.query import Query
from geo.views import filters
from tests.views.frames import frame


def section(sections: list[dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    return {option["key"]: option for found in sections if found["name"] == name for option in found["options"]}


def test_counts_say_what_a_click_would_show() -> None:
    events = frame({}, {"type": "explosion"}, {"type": "explosion", "status": "planned"})
    sections = filters.sections(events, Query(types=("battle",)))
    assert section(sections, "types")["explosion"] == {
        "key": "explosion",
        "type": "explosion",
        "label": "Explosion",
        "count": 1,
        "pressed": False,
    }
    assert section(sections, "types")["battle"]["pressed"]
    assert section(sections, "status")["planned"]["count"] == 0


def test_a_year_is_pressed_when_it_is_the_window() -> None:
    query = Query(start=date(2015, 1, 1), end=date(2015, 12, 31))
    assert section(filters.sections(frame({}), query), "year")["2015"]["pressed"]
    assert not filters.is_year(Query(), 2015)


def test_a_toggle_goes_there_and_back() -> None:
    for name, key in (("types", "riot"), ("status", "denied"), ("tiers", "B"), ("places", "UA"), ("sources", "A wire")):
        once = filters.toggle(Query(), name, key)
        assert once != Query()
        assert filters.toggle(once, name, key) == Query()


def test_an_unknown_filter_or_option_changes_nothing() -> None:
    assert filters.toggle(Query(), "types", "earthquake") == Query()
    assert filters.toggle(Query(), "colour", "red") == Query()


def test_clearing_keeps_the_window_and_the_view() -> None:
    query = replace(Query(start=date(2015, 1, 1), types=("riot",), q="x", sources=("a",)), lat=1.0, lng=2.0, z=3.0)
    cleared = filters.clear(query)
    assert filters.active(cleared) == 0
    assert (cleared.start, cleared.lat) == (date(2015, 1, 1), 1.0)
    assert filters.active(query) == 3
