from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.page import clicks, reported, session
from geo.page.session import View
from geo.query import Query

START = View(Query())


def test_a_release_on_the_map_becomes_the_view() -> None:
    state = {
        "from": "2015-01-01",
        "to": "2015-01-31",
        "axis": "happened",
        "mode": "window",
        "lat": 48.3,
        "lng": 38.4,
        "z": 7,
    }
    view = reported.from_map(START, state)
    assert (view.query.start, view.query.end) == (date(2015, 1, 1), date(2015, 1, 31))
    assert (view.query.lat, view.query.lng, view.query.z) == (48.3, 38.4, 7.0)


def test_a_frame_that_takes_its_size_does_not_move_the_link() -> None:
    start = View(Query(lat=48.2, lng=38.1, z=7.0))
    assert reported.from_map(start, {"lat": 48.2064, "lng": 38.1006, "z": 7}).query == start.query
    assert reported.from_map(start, {"lat": 48.4, "lng": 38.1, "z": 7}).query.lat == 48.4


def test_what_the_map_does_not_report_stays() -> None:
    start = View(Query(start=date(2015, 1, 1), status=("denied",), tab="filters", theme="dark", q="bridge"))
    assert reported.from_map(start, {"lat": 1, "lng": 2, "z": 3}).query == replace(start.query, lat=1.0, lng=2.0, z=3.0)


def test_a_type_switched_off_on_the_map_is_off_in_the_link_and_all_off_is_none() -> None:
    assert reported.from_map(START, {"types": ["battle", "riot"]}).query.types == ("battle", "riot")
    assert reported.from_map(START, {"types": []}).query.types == ()


def test_a_clicked_mark_shows_its_places_in_the_list_and_leaves_the_other_tabs() -> None:
    view = reported.from_map(
        View(Query(tab="filters"), length=180), {"place": "g1", "places": ["g1", "g2"], "event": None}
    )
    assert view.query.marked == ("g1", "g2")
    assert view.query.tab == "events"
    assert view.length == session.PAGE


def test_an_open_passage_gives_way_to_a_selected_event() -> None:
    view = View(Query(), passage=session.Passage("a", 0, 3))
    assert reported.from_map(view, {"event": "e1"}).passage is None
    assert reported.from_map(view, {"lat": 1, "lng": 2, "z": 3}).passage == view.passage


@given(
    st.dictionaries(
        st.sampled_from([*reported.MAP_KEYS, "places", "x"]),
        st.one_of(st.none(), st.floats(), st.text(max_size=12), st.lists(st.text(max_size=5), max_size=3)),
    )
)
def test_whatever_the_map_reports_the_view_stays_sound(state: dict[str, Any]) -> None:
    view = reported.from_map(START, state)
    assert Query.from_params(view.query.to_params())[0] == view.query


@given(
    st.dictionaries(
        st.sampled_from(
            ["kind", "event", "tab", "name", "key", "q", "theme", "start", "end", "article", "lat", "lng", "reason"]
        ),
        st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=12), st.sampled_from(list(clicks._CHANGES))),
    )
)
def test_whatever_a_component_reports_the_view_stays_sound(act: dict[str, Any]) -> None:
    view = clicks.from_panel(START, act)
    assert Query.from_params(view.query.to_params())[0] == view.query


def test_a_click_on_a_row_asks_the_living_map_to_show_it() -> None:
    view = clicks.from_panel(START, {"kind": "select", "event": "e1"})
    assert view.query.event == "e1"
    assert view.order == {"n": 1, "event": "e1", "ghost": None, "pick": False}
    assert clicks.from_panel(view, {"kind": "close"}).order == {
        "n": 2,
        "event": None,
        "ghost": None,
        "pick": False,
    }


def test_a_year_becomes_the_window_and_a_second_click_opens_it_again() -> None:
    once = clicks.from_panel(START, {"kind": "filter", "name": "year", "key": "2015"})
    assert (once.query.start, once.query.end) == (date(2015, 1, 1), date(2015, 12, 31))
    assert once.order is not None and once.order["from"] == "2015-01-01"
    again = clicks.from_panel(once, {"kind": "filter", "name": "year", "key": "2015"})
    assert (again.query.start, again.query.end) == (None, None)


@pytest.mark.parametrize("key", ["", "0", "-1", "20155", "two", None])
def test_a_year_that_is_none_changes_nothing(key: object) -> None:
    assert clicks.from_panel(START, {"kind": "filter", "name": "year", "key": key}) == START


def test_a_runner_up_is_shown_as_a_ghost_where_it_would_stand() -> None:
    view = clicks.from_panel(START, {"kind": "ghost", "name": "Luhansk", "lat": 48.57, "lng": 39.3})
    assert view.order == {"n": 1, "ghost": {"lat": 48.57, "lng": 39.3, "name": "Luhansk"}}
    assert clicks.from_panel(START, {"kind": "ghost", "name": "x", "lat": float("nan"), "lng": 0}) == START


def test_a_passage_must_be_a_span() -> None:
    assert clicks.from_panel(START, {"kind": "unplotted", "article": "a", "start": 5, "end": 2}) == START
    opened = clicks.from_panel(START, {"kind": "unplotted", "article": "a", "start": 2, "end": 5})
    assert opened.passage == session.Passage("a", 2, 5)


def test_what_is_chosen_in_the_search_narrows_the_view_and_its_chip_widens_it_again() -> None:
    view = clicks.from_panel(View(Query(tab="filters")), {"kind": "only", "name": "sources", "key": "A wire"})
    assert (view.query.sources, view.query.tab) == (("A wire",), "events")
    assert clicks.from_panel(view, {"kind": "only", "name": "sources", "key": "A wire"}) == view
    assert clicks.from_panel(view, {"kind": "only", "name": "theme", "key": "dark"}) == view
    assert clicks.from_panel(view, {"kind": "unfilter", "name": "sources", "key": "A wire"}).query.sources == ()


def test_a_type_taken_back_by_its_chip_is_taken_back_on_the_map() -> None:
    view = clicks.from_panel(View(Query(types=("riot",), longest=31)), {"kind": "unfilter", "name": "types"})
    assert view.query.types == Query().types
    assert view.order == {"n": 1, "types": list(Query().types), "longest": 31}


def test_a_point_picked_on_the_map_is_kept_for_the_open_event_only() -> None:
    opened = View(Query(event="e1"))
    picked = reported.from_map(opened, {"picked": [38.4, 48.3], "event": None, "places": []})
    assert (picked.picked, picked.query.event) == ((38.4, 48.3), "e1")
    assert reported.from_map(START, {"picked": [38.4, 48.3]}).picked is None
    for wrong in ([38.4], "38,48", [999, 48], [None, None], {"lng": 1}):
        assert reported.from_map(opened, {"picked": wrong}).picked is None


def test_the_table_is_a_view_of_its_own_that_keeps_the_tab() -> None:
    view = clicks.from_panel(View(Query(tab="filters")), {"kind": "view", "view": "table"})
    assert (view.query.view, view.query.tab) == ("table", "filters")
    assert clicks.from_panel(view, {"kind": "sort", "sort": "-killed"}).query.sort == "-killed"
    assert clicks.from_panel(view, {"kind": "sort", "sort": "colour"}).query.sort == "-date"
    assert clicks.from_panel(view, {"kind": "pick"}).query.view == "map"


def test_filters_cleared_on_the_map_are_cleared_on_the_page() -> None:
    start = View(Query(sources=("A wire",), q="bridge", actors=("police",), tab="filters"))
    assert reported.from_map(start, {"cleared": True, "types": list(Query().types)}).query == Query(tab="filters")
    assert reported.from_map(start, {"cleared": "yes"}).query == start.query


def test_a_store_that_was_replaced_is_told_once_to_each_session() -> None:
    first = session.noticed(View(Query()), 0)
    assert first.told is None
    assert session.noticed(first, 0) is first
    told = session.noticed(first, 1)
    assert told.told is not None and "came into its place" in told.told.text
    assert session.noticed(replace(told, told=None), 1).told is None
