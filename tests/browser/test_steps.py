"""The browser's Back, Forward and reload, as a user presses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, KEEP, PHONE, Visit
from tests.browser.reach import ALL_LOOKS, PAGE_SIZES, Reach

pytestmark = pytest.mark.browser

STATE = "JSON.stringify({ ...__timemap.state(), places: [] })"


def entries(here: Visit) -> int:
    return int(here.page.evaluate("history.length"))


def wait_for_state(frame: Any, **wanted: object) -> None:
    frame.wait_for_function(
        "wanted => { const now = __timemap.state();"
        " return Object.entries(wanted).every(([key, value]) => JSON.stringify(now[key]) === JSON.stringify(value)); }",
        arg=wanted,
    )


@ALL_LOOKS
def test_back_walks_through_window_filter_event_and_tab_and_forward_again(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit("?lat=48.3&lng=38.4&z=7", size=PAGE_SIZES[size], scheme=scheme)
    page, frame = here.page, here.drawn()
    reach = Reach(page, phone=size == "phone")
    frame.evaluate(KEEP)
    before = entries(here)
    links = [here.link()]

    def stepped(**wanted: str | None) -> None:
        here.wait_for_link(**wanted)
        links.append(here.link())
        assert entries(here) == before + len(links) - 1

    frame.locator(".tm-years button", has_text="2015").click()
    stepped(**{"from": "2015-01-01", "to": "2015-12-31"})
    page.locator("[data-tab=filters]").click()
    stepped(tab="filters")
    page.locator("[data-key=reported]").click()
    stepped(status="reported")
    page.locator("[data-tab=events]").click()
    stepped(tab=None)
    page.locator("[data-event]", has_text="Debaltseve").click()
    page.locator(".why").wait_for()
    here.until(lambda: "event" in here.link())
    event = here.link()["event"]
    stepped(event=event)
    page.locator(".back").click()
    stepped(event=None)

    for expected in reversed(links[:-1]):
        page.go_back()
        here.wait_for_link(**dict.fromkeys(links[-1] | links[-2]) | expected)
        assert here.link() == expected
        wait_for_state(frame, event=expected.get("event"), whole="from" not in expected)
    page.locator("[data-event]").first.wait_for()
    expect(page.locator("[data-tab=events][aria-selected=true]")).to_have_count(1)
    wait_for_state(frame, status=["reported", "claimed"])
    for expected in links[1:]:
        page.go_forward()
        here.wait_for_link(**expected)
        assert here.link() == expected
    assert entries(here) == before + len(links) - 1
    assert frame.evaluate("window.__kept === window.__timemap.map")
    reach.eye("the list, gone forward to")
    page.reload()
    frame = here.drawn()
    page.go_back()
    here.wait_for_link(**links[-2])
    page.locator(".why").wait_for()
    wait_for_state(frame, event=event, whole=False)
    assert frame.evaluate("document.querySelector('.tm').dataset.theme") == scheme
    reach.hand(back=page.locator(".back"))
    reach.eye("an event, gone back to")
    assert reach.faults == []


def test_panning_replaces_the_entry_and_back_restores_the_view_it_was_left_at(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31")
    page, frame = here.page, here.drawn()
    before = entries(here)
    frame.evaluate("void __timemap.map.setView([49, 36], 6, { reset: true })")
    here.wait_for_link(lat="49", lng="36", z="6")
    frame.evaluate("void __timemap.map.setView([50, 31], 6, { reset: true })")
    here.wait_for_link(lat="50", lng="31", z="6")
    assert entries(here) == before
    page.locator("[data-tab=not_plotted]").click()
    here.wait_for_link(tab="not_plotted")
    frame.evaluate("void __timemap.map.setView([40, 20], 5, { reset: true })")
    here.wait_for_link(lat="40", lng="20", z="5")
    assert entries(here) == before + 1
    page.go_back()
    here.wait_for_link(tab=None, lat="50", lng="31", z="6")
    wait_for_state(frame, lat=50, lng=31, z=6)
    # The same step once more is a step again, though the map reports what it has reported before.
    page.locator("[data-tab=not_plotted]").click()
    here.wait_for_link(tab="not_plotted", lat="50")
    assert entries(here) == before + 1


def test_the_same_window_chosen_again_after_back_is_taken_over(visit: Callable[..., Visit]) -> None:
    here = visit()
    page, frame = here.page, here.drawn()
    for _ in range(2):
        frame.locator(".tm-years button", has_text="2015").click()
        here.wait_for_link(**{"from": "2015-01-01", "to": "2015-12-31"})
        page.go_back()
        here.wait_for_link(**{"from": None, "to": None})
        wait_for_state(frame, whole=True)


def test_a_mark_that_was_clicked_is_in_the_link_and_outlives_a_reload(visit: Callable[..., Visit]) -> None:
    here = visit("?lat=48.2&lng=38.2&z=8")
    frame = here.drawn()
    frame.evaluate("__timemap.app.choice.pick([__timemap.app.data.places.name.indexOf('Bakhmut')])")
    here.wait_for_link(at="g712451")
    here.page.locator(".note", has_text="at Bakhmut").wait_for()
    here.page.reload()
    here.drawn()
    here.page.locator(".note", has_text="at Bakhmut").wait_for()
    wait_for_state(here.drawn(), places=["g712451"])
    assert here.link() == {"lat": "48.2", "lng": "38.2", "z": "8", "at": "g712451"}


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_mark_that_was_clicked_is_a_step(visit: Callable[..., Visit], size: dict[str, int], scheme: str) -> None:
    here = visit(size=size, scheme=scheme)
    frame = here.drawn()
    expect(here.page.locator("[data-event]")).to_have_count(6)
    before = entries(here)
    frame.evaluate("__timemap.app.choice.pick([__timemap.app.data.places.name.indexOf('Bakhmut')])")
    here.wait_for_link(at="g712451")
    expect(here.page.locator("[data-event]")).to_have_count(2)
    assert entries(here) == before + 1
    here.page.go_back()
    here.wait_for_link(at=None)
    wait_for_state(frame, places=[])
    expect(here.page.locator("[data-event]")).to_have_count(6)
    here.page.go_forward()
    here.wait_for_link(at="g712451")
    wait_for_state(frame, places=["g712451"])


def test_back_works_over_a_reload(visit: Callable[..., Visit]) -> None:
    here = visit()
    frame = here.drawn()
    frame.locator(".tm-years button", has_text="2015").click()
    here.wait_for_link(**{"from": "2015-01-01"})
    here.page.locator("[data-event]", has_text="Luhansk").click()
    here.page.locator(".why").wait_for()
    here.page.reload()
    here.drawn()
    here.page.locator(".why").wait_for()
    here.page.go_back()
    here.wait_for_link(**{"event": None, "from": "2015-01-01"})
    here.page.locator("[data-event]").first.wait_for()
    here.page.go_back()
    here.wait_for_link(**{"from": None})
    wait_for_state(here.drawn(), whole=True)
    here.page.go_forward()
    here.wait_for_link(**{"from": "2015-01-01"})


def test_a_passage_that_was_not_plotted_is_a_step_too(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=not_plotted")
    here.drawn()
    before = entries(here)
    here.page.locator(".unplotted").first.click()
    here.page.locator(".text .target").wait_for()
    assert entries(here) == before + 1
    here.page.go_back()
    here.page.locator(".unplotted").first.wait_for()
