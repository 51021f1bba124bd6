"""The trail of steps behind the browser's Back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.page import clicks
from geo.page.session import Passage, View
from geo.page.steps import MOST_KEPT, Trail, visited
from geo.query import Query

START = View(Query())


def seen(before: View, **changes: Any) -> View:
    return replace(before, query=replace(before.query, **changes))


@pytest.mark.parametrize(
    "changed",
    [
        seen(START, start=date(2015, 1, 1)),
        seen(START, types=("riot",)),
        seen(START, event="e1"),
        seen(START, tab="filters"),
        seen(START, marked=("g1",)),
        seen(START, view="table"),
        replace(START, passage=Passage("a", 0, 3)),
        replace(START, choices={"not_plotted": "metonym"}),
        replace(START, flights=1),
    ],
)
def test_what_is_done_on_purpose_is_a_step(changed: View) -> None:
    assert Trail().follow(START).follow(changed).at == 2


@pytest.mark.parametrize("changed", [seen(START, lat=1, lng=2, z=3), seen(START, theme="dark"), START])
def test_what_moves_the_map_alone_is_none(changed: View) -> None:
    trail = Trail().follow(START).follow(changed)
    assert (trail.at, trail.kept[1]) == (1, changed)


def test_back_gives_the_step_as_it_was_left_and_asks_the_map_for_it() -> None:
    left = replace(seen(START, lat=48, lng=38, z=7, marked=("g1",), start=date(2015, 1, 1)), length=180)
    trail = Trail().follow(START).follow(left)
    now = seen(left, tab="filters", theme="dark")
    trail = trail.follow(now)
    back, view = trail.back(now, {"token": trail.token, "step": 2, "asked": 1})
    assert (back.at, back.answers, view.length) == (2, 1, 180)
    assert view.query == replace(left.query, theme="dark")
    assert view.order is not None
    assert view.order["look"] == {"lat": 48, "lng": 38, "z": 7}
    assert view.order["choice"] == {"event": None, "places": ["g1"]}
    assert (view.order["from"], view.order["to"]) == ("2015-01-01", None)
    assert back.follow(view).at == 2
    assert back.follow(seen(view, tab="articles")).at == 4


def test_an_entry_of_another_session_is_read_from_its_link() -> None:
    trail = Trail().follow(START)
    back, view = trail.back(START, {"token": "x", "step": 1, "link": "?from=2015-01-01&at=g1,g2", "asked": 3})
    assert (view.query.start, view.query.marked, back.answers) == (date(2015, 1, 1), ("g1", "g2"), 3)
    assert back.at == 2
    assert view.order is not None and view.order["look"] is None


def test_what_is_not_here_any_more_is_remarked_on_an_entry_of_another_session() -> None:
    def remarks(query: Query, params: Any) -> tuple[str, ...]:
        return (f"{query.event} is not here, {sorted(params)}",)

    trail = Trail().follow(START)
    _, view = trail.back(START, {"token": "x", "step": 1, "link": "?event=e1&from=x"}, remarks)
    assert view.notes[1:] == ("e1 is not here, ['event', 'from']",)
    assert len(view.notes) == 2


def test_a_flight_is_a_step_and_its_way_back_another() -> None:
    trail = Trail().follow(START)
    flown = clicks.from_panel(START, {"kind": "fly", "lat": 48, "lng": 38})
    trail = trail.follow(flown)
    assert trail.at == 2
    trail, view = trail.back(flown, {"token": trail.token, "step": 1})
    assert trail.follow(view).at == 1


def test_a_long_session_keeps_its_last_steps() -> None:
    trail = Trail()
    for year in range(1000, 1000 + 3 * MOST_KEPT):
        trail = trail.follow(seen(START, start=date(year, 1, 1)))
    assert len(trail.kept) == MOST_KEPT
    assert trail.at in trail.kept


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no reason to fail
@given(
    st.dictionaries(
        st.sampled_from(["token", "step", "link", "asked"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.integers(), max_size=2),
    )
)
def test_whatever_the_browser_says_of_its_entry_the_view_stays_sound(act: dict[str, Any]) -> None:
    trail, view = Trail().follow(START).back(START, act)
    assert trail.kept[trail.at].query == view.query
    assert Query.from_params(view.query.to_params())[0] == view.query


@pytest.mark.parametrize(
    ("state", "at"), [("yesterday", 1), ("3.9f3a02c1", "now"), ("3.9f3a02c1", -1), ("3.9f3a02c1", 1 << 60), (None, 1)]
)
def test_what_a_browser_says_of_its_last_visit_is_taken_where_it_makes_sense(state: object, at: object) -> None:
    view = View(Query())
    assert visited(view, {"state": "3.9f3a02c1", "at": 1700000000000}).visit == ("3.9f3a02c1", 1700000000000)
    assert visited(view, {"state": state, "at": at}) == view
