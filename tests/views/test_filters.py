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
    sections = filters.sections(events, Query(types=("battle",)), names=str)
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
    assert section(filters.sections(frame({}), query, names=str), "year")["2015"]["pressed"]
    assert not filters.is_year(Query(), 2015)


def test_a_toggle_goes_there_and_back() -> None:
    for name, key in (
        ("types", "riot"),
        ("status", "denied"),
        ("tiers", "B"),
        ("places", "UA"),
        ("sources", "A wire"),
        ("actors", "police"),
    ):
        once = filters.toggle(Query(), name, key)
        assert once != Query()
        assert filters.toggle(once, name, key) == Query()


def test_the_first_choice_shows_that_alone_and_none_chosen_is_all() -> None:
    query = Query()
    shown = filters.sections(frame({}), query, names=str)
    for name in ("types", "status", "tiers", "places", "actors", "sources"):
        assert not any(option["pressed"] for option in section(shown, name).values())
    alone = filters.toggle(query, "status", "planned")
    assert alone.status == ("planned",)
    assert filters.toggle(alone, "status", "denied").status == ("planned", "denied")
    assert filters.toggle(filters.toggle(query, "types", "riot"), "types", "riot").types == query.types


def test_the_last_days_with_reports_are_offered_beside_the_years() -> None:
    events = frame(
        {},
        {"date_start": "2015-03-10", "date_end": "2015-03-10"},
        {"status": "planned", "date_start": "2030-01-01", "date_end": "2030-01-01"},
    )
    query = Query(start=date(2015, 3, 4), end=date(2015, 3, 10))
    times = section(filters.sections(events, query, names=str), "year")
    assert times["2015-03-04/2015-03-10"]["pressed"]
    assert [option["label"] for option in times.values()] == ["Last 7 days", "Last 30 days", "Last year", "2015"]


def test_what_was_hit_is_no_actor() -> None:
    events = frame(
        {"actor": "Russian forces", "actor_kind": "state_forces", "target": "a block of flats", "target_kind": "other"},
        {"actor": "houses", "actor_kind": None, "target": "two women", "target_kind": "civilians"},
    )
    who = section(filters.sections(events, Query(), names=str), "actors")
    assert set(who) == {"state_forces", "civilians", "Russian forces", "two women"}


def test_the_filters_say_what_they_did() -> None:
    assert filters.said(Query(), shown=6, names=str) == "6 events of the window: no filter is on."
    assert (
        filters.said(Query(types=("riot",), places=("UA",)), shown=1, names=str) == "1 event of the window: Riot; UA."
    )


def test_an_unknown_filter_or_option_changes_nothing() -> None:
    assert filters.toggle(Query(), "types", "earthquake") == Query()
    assert filters.toggle(Query(), "colour", "red") == Query()


def test_clearing_keeps_the_window_and_the_view() -> None:
    query = replace(Query(start=date(2015, 1, 1), types=("riot",), q="x", sources=("a",)), lat=1.0, lng=2.0, z=3.0)
    cleared = filters.clear(query)
    assert filters.active(cleared) == 0
    assert (cleared.start, cleared.lat) == (date(2015, 1, 1), 1.0)
    assert filters.active(query) == 3


EVENTS = frame(
    {"actor": "Russian forces", "actor_kind": "state_forces", "target_kind": "civilians"},
    {"actor": "Russian forces", "actor_kind": "state_forces", "admin1": "Luhansk", "source": "Morning wire"},
    {"country_code": "RU", "admin1": "Rostov", "actor_kind": "civilians", "target_kind": "civilians"},
)
COUNTRIES = {"UA": "Ukraine", "RU": "Russia"}


def test_regions_are_offered_of_the_chosen_countries_only() -> None:
    def regions(*places: str) -> list[str]:
        found = filters.sections(EVENTS, Query(places=places), names=COUNTRIES.__getitem__)
        return [option["key"] for option in next(part for part in found if part["title"] == "Region")["options"]]

    assert regions() == []
    assert regions("UA") == ["UA/Donetsk", "UA/Luhansk"]
    assert regions("UA/Luhansk") == ["UA/Donetsk", "UA/Luhansk"]


def test_an_event_counts_once_for_an_actor_on_both_sides() -> None:
    who = section(filters.sections(EVENTS, Query(), names=COUNTRIES.__getitem__), "actors")
    assert {key: option["count"] for key, option in who.items()} == {
        "state_forces": 2,
        "civilians": 2,
        "Russian forces": 2,
    }


def test_every_filter_has_a_chip_that_takes_it_away_alone() -> None:
    query = Query(
        q="bridge",
        types=("battle", "riot"),
        tiers=("A",),
        places=("RU", "UA/Donetsk"),
        actors=("police", "Russian forces"),
        sources=("A wire",),
        longest=30,
    )
    shown = filters.chips(query, names=COUNTRIES.__getitem__)
    assert [chip["label"] for chip in shown] == [
        "“bridge”",
        "Battle, Riot",
        "Firm",
        "Russia",
        "Donetsk",
        "Russian forces",
        "Police",
        "A wire",
        "Dates narrower than 30 days",
    ]
    for chip in shown:
        left = filters.chips(filters.dropped(query, chip["name"], chip["key"]), names=COUNTRIES.__getitem__)
        assert left == [other for other in shown if other != chip]
    assert filters.chips(Query(), names=str) == []
