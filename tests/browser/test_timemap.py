"""The map in a real browser, from a file, with every network closed: what it draws, says and lets through."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import Tiles, TimeMap
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP, PHONE, Shown, chromium

pytestmark = pytest.mark.browser

JANUARY = {"from": "2015-01-01", "to": "2015-01-31", "lat": 47.5, "lng": 37.0, "z": 6}
DEBALTSEVE = (38.4086, 48.3376)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def usual(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """One map for all tests that need nothing special: opening one costs more than the test."""
    path = tmp_path_factory.mktemp("map") / "usual.html"
    TimeMap(specimens.events(), state=JANUARY, areas=specimens.AREAS, radii=specimens.RADII).save(path)
    shown = Shown(browser, path)
    yield shown
    shown.close()


@pytest.fixture
def show(browser: Any, usual: Shown, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    opened: list[Shown] = []

    def open_map(frame: Any = None, *, size: dict[str, int] = DESKTOP, touch: bool = False, **options: Any) -> Shown:
        state = options.pop("state", JANUARY)
        if frame is None and size == DESKTOP and not options:
            return usual.reset(state)
        path = tmp_path / f"map{len(opened)}.html"
        options = {"areas": specimens.AREAS, "radii": specimens.RADII} | options
        TimeMap(specimens.events() if frame is None else frame, state=state, **options).save(path)
        opened.append(Shown(browser, path, size=size, touch=touch))
        return opened[-1]

    yield open_map
    for shown in opened:
        shown.close()


def test_the_window_decides_what_is_shown(show: Callable[..., Shown]) -> None:
    shown = show()
    assert shown.counts() == {
        "Debaltseve": 3,
        "Donetsk": 2,
        "Donetsk Oblast": 1,
        "Donbas": 1,
        "Black Sea": 1,
        "Ukraine": 1,
    }
    count = shown.page.inner_text(".tm-count")
    assert "10 of 14 reported events in 1 article" in count
    assert "9 surely inside, 1 possibly" in count


@pytest.mark.parametrize(
    ("start", "end", "places"),
    [
        ("2022-01-01", "2022-12-31", {"Zaporizhzhia nuclear plant"}),
        ("2023-01-01", "2023-12-31", {"Bakhmut", "Khasan"}),
        ("2016-01-01", "2016-12-31", set()),
    ],
)
def test_no_place_is_shown_outside_its_time(show: Callable[..., Shown], start: str, end: str, places: set[str]) -> None:
    assert set(show(state=JANUARY | {"from": start, "to": end}).counts()) == places


def test_dragging_the_window_moves_it_and_reports_once(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-01", "to": "2016-06-30"})
    shown.settle()
    before, requests = len(shown.sent()), len(shown.requests)
    box = shown.page.locator(".tm-window").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    for step in range(1, 20):
        shown.page.mouse.move(x + 20 * step, y)
    shown.settle()
    assert len(shown.sent()) == before  # nothing is told while the hand is down
    assert shown.page.inner_text(".tm-count").startswith("0 of")
    shown.page.mouse.up()
    shown.settle()
    told = shown.sent()[before:]
    assert len(told) == 1
    assert told[0]["from"] > "2017"
    assert len(shown.requests) == requests


def test_dragging_over_the_empty_bar_makes_a_new_window(show: Callable[..., Shown]) -> None:
    shown = show()
    box = shown.page.locator(".tm-hist").bounding_box()
    y = box["y"] + 40
    shown.page.mouse.move(box["x"] + box["width"] * 0.80, y)
    shown.page.mouse.down()
    shown.page.mouse.move(box["x"] + box["width"] * 0.95, y, steps=5)
    shown.page.mouse.up()
    shown.settle()
    assert shown.state()["from"] > "2020"
    assert shown.state()["to"] > "2022-06"


def test_a_year_button_shows_that_year(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.get_by_title("Show 2023").click()
    shown.settle()
    assert (shown.state()["from"], shown.state()["to"]) == ("2023-01-01", "2023-12-31")
    assert set(shown.counts()) == {"Bakhmut", "Khasan"}


def test_the_wheel_zooms_time_and_leaves_the_window(show: Callable[..., Shown]) -> None:
    shown = show()
    wide = shown.page.evaluate("__timemap.app.bar.domain")
    box = shown.page.locator(".tm-hist").bounding_box()
    shown.page.mouse.move(box["x"] + 20, box["y"] + 40)
    shown.page.mouse.wheel(0, -300)
    shown.settle()
    near = shown.page.evaluate("__timemap.app.bar.domain")
    assert near[1] - near[0] < wide[1] - wide[0]
    assert shown.state()["from"] == "2015-01-01"


def test_the_handles_follow_the_keyboard(show: Callable[..., Shown]) -> None:
    shown = show()
    handle = shown.page.get_by_role("slider", name="Window end")
    handle.focus()
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("Shift+ArrowRight")
    shown.settle()
    assert shown.state()["to"] == "2015-03-03"
    assert handle.get_attribute("aria-valuetext").startswith("3 Mar 2015, 10 events")
    shown.page.keyboard.press("End")
    shown.settle()
    assert shown.state()["to"] == "2023-12-31"
    shown.page.get_by_role("slider", name="Window start").focus()
    shown.page.keyboard.press("Home")
    shown.settle()
    assert shown.state()["whole"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2015-01-26", "2015-01-26"), ("26 Jan 2015", "2015-01-26"), ("Jan 2015", "2015-01-01"), ("2015", "2015-01-01")],
)
def test_a_date_can_be_typed(show: Callable[..., Shown], text: str, day: str) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-10"})
    shown.page.get_by_label("From", exact=True).fill(text)
    shown.page.keyboard.press("Enter")
    shown.settle()
    assert shown.state()["from"] == day


def test_a_date_that_is_none_is_marked_and_changes_nothing(show: Callable[..., Shown]) -> None:
    shown = show()
    field = shown.page.get_by_label("From", exact=True)
    field.fill("31 Feb 2015")
    shown.page.keyboard.press("Enter")
    assert field.get_attribute("aria-invalid") == "true"
    assert shown.state()["from"] == "2015-01-01"


def test_steps_and_brackets_move_by_one_window(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2016-01-01", "to": "2016-01-10"})
    shown.page.get_by_label("Step forward").click()
    shown.settle()
    assert (shown.state()["from"], shown.state()["to"]) == ("2016-01-11", "2016-01-20")
    shown.page.keyboard.press("[")
    shown.settle()
    assert shown.state()["from"] == "2016-01-01"


def test_steps_follow_the_calendar_when_asked(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2016-01-31", "to": "2016-02-05"})
    shown.page.get_by_label("Time options").first.click()
    shown.page.get_by_label("Step and play by").select_option("month")
    shown.page.get_by_label("Step forward").click()
    shown.settle()
    assert shown.state()["from"] == "2016-02-29"


def test_space_plays_and_pauses_and_the_scale_stays(show: Callable[..., Shown]) -> None:
    shown = show()
    scale = shown.page.evaluate("__timemap.app.bar.most")
    told = len(shown.sent())
    shown.page.locator(".tm-map").focus()
    shown.page.keyboard.press(" ")
    assert shown.page.get_by_label("Pause").count() == 1
    shown.page.wait_for_timeout(400)
    assert len(shown.sent()) == told
    assert shown.page.evaluate("__timemap.app.bar.most") == scale
    shown.page.keyboard.press(" ")
    shown.settle()
    assert shown.state()["from"] > "2015-01-01"
    assert len(shown.sent()) == told + 1


def test_the_axis_changes_to_when_it_was_reported(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-02-01", "to": "2015-02-01"})
    shown.page.get_by_role("radio", name="Reported").click()
    shown.settle()
    assert shown.state()["axis"] == "reported"
    assert sum(shown.counts().values()) == 9
    assert "by date of publication" in shown.page.inner_text(".tm-count")


def test_modes_keep_everything_before_or_the_same_days_of_every_year(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2022-08-01", "to": "2022-08-31"})
    shown.page.get_by_role("radio", name="Cumulative").click()
    shown.settle()
    assert sum(shown.counts().values()) == 10
    shown.command(mode="day", **{"from": "2019-02-01", "to": "2019-02-15"})
    assert shown.counts() == {"Bakhmut": 1, "Khasan": 1}


def test_a_chip_toggles_and_a_double_click_isolates(show: Callable[..., Shown]) -> None:
    shown = show()
    chip = shown.page.get_by_role("button", name="Battle")
    chip.click()
    shown.settle()
    assert chip.get_attribute("aria-pressed") == "false"
    assert "battle" not in shown.state()["types"]
    assert "Donbas" not in shown.counts()
    assert chip.inner_text().split()[-1] == "5"  # off, still counted
    chip.click()
    chip.dblclick()
    shown.settle()
    assert shown.state()["types"] == ["battle"]


def test_dates_wider_than_asked_are_hidden(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.get_by_label("Time options").first.click()
    shown.page.get_by_label("Hide dates wider than").select_option("7")
    shown.settle()
    assert "Donbas" not in shown.counts()
    assert shown.counts()["Debaltseve"] == 2


def test_hovering_a_mark_says_what_is_certain_and_quotes_once(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    shown.page.wait_for_selector(".tm-tip:not([hidden])")
    tip = shown.page.inner_text(".tm-tip")
    assert "3 events: 1 inside the window · 1 possibly · 1 claimed" in tip
    assert "Fighting was reported from Debaltseve." in tip


def test_hovering_a_bar_tells_the_lag(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-01", "to": "2015-12-31"})
    x = shown.page.evaluate("__timemap.app.bar.x(16450)")
    box = shown.page.locator(".tm-hist").bounding_box()
    shown.page.mouse.move(box["x"] + x + 2, box["y"] + 60)
    shown.page.wait_for_selector(".tm-tip:not([hidden])")
    tip = shown.page.inner_text(".tm-tip")
    assert tip.startswith("Jan 2015")
    assert "Reported a median of 10 days later" in tip


def test_a_click_on_a_mark_chooses_its_place(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.sent()[-1]["places"] == ["g709932"]
    assert shown.sent()[-1]["event"] is None
    shown.page.keyboard.press("Escape")
    shown.settle()
    assert shown.sent()[-1]["places"] == []


def test_a_click_on_a_mark_with_one_event_opens_it(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2022-01-01", "to": "2022-12-31"})
    shown.page.mouse.click(*shown.spot(34.5853, 47.5069))
    shown.settle()
    assert shown.sent()[-1]["event"] == f"{13:016x}"


def test_a_click_in_a_region_chooses_the_smallest_area(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.mouse.click(*shown.spot(38.7, 47.2))
    shown.settle()
    assert shown.sent()[-1]["place"] == "g709716"


def test_countries_are_listed_and_outlined_never_pinned(show: Callable[..., Shown]) -> None:
    shown = show()
    card = shown.page.locator(".tm-countries")
    assert "Country only · 2" in card.inner_text()
    assert "Place not found" in card.inner_text()
    assert shown.page.evaluate("__timemap.app.marks.hit(__timemap.map.latLngToLayerPoint([49, 32]))") is None
    card.get_by_role("button", name="Ukraine").hover()
    assert shown.page.evaluate("__timemap.app.base.outlined") == "UA"


def test_a_region_wider_than_a_country_is_listed(show: Callable[..., Shown]) -> None:
    shown = show(areas={}, radii={"c:donbas": 1500.0}, legend="closed")
    assert "Donbas" in shown.page.inner_text(".tm-countries")
    assert "Donetsk Oblast" not in shown.page.inner_text(".tm-countries")
    names = "__timemap.app.areas.active().map(({ place }) => __timemap.app.data.places.name[place])"
    assert sorted(shown.page.evaluate(names)) == ["Black Sea", "Donetsk Oblast"]


def test_an_empty_window_says_that_it_says_nothing(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2018-03-01", "to": "2018-03-31"})
    card = shown.page.locator(".tm-empty")
    assert "That says nothing about what happened." in card.inner_text()
    card.get_by_role("button", name="Later: 6 Aug 2022").click()
    shown.settle()
    assert shown.counts() == {"Zaporizhzhia nuclear plant": 1}
    assert card.is_hidden()


def test_an_empty_window_offers_to_clear_the_filters(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(types=["riot"])
    shown.page.get_by_role("button", name="Clear filters").click()
    shown.settle()
    assert sum(shown.counts().values()) == 9


def test_a_corpus_without_events_is_drawn(show: Callable[..., Shown]) -> None:
    shown = show(specimens.events().iloc[:0], state={})
    assert "0 of 0 reported events" in shown.page.inner_text(".tm-count")


def test_messages_filter_the_living_map_without_an_answer(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.settle()
    shown.page.evaluate("window.__before = __timemap.map")
    told = len(shown.sent())
    shown.command(ids=[f"{1:016x}", f"{8:016x}", "no such id"])
    assert shown.counts() == {"Debaltseve": 1, "Black Sea": 1}
    shown.command(ids=None, sources=["Digest"], **{"from": "2023-01-01", "to": "2023-12-31"})
    assert shown.counts() == {"Bakhmut": 1, "Khasan": 1}
    shown.command(sources=None, countries=["RU"])
    assert shown.counts() == {"Khasan": 1}
    shown.command(countries=None, status=["planned"])
    assert shown.counts() == {"Bakhmut": 1}
    shown.settle()
    assert len(shown.sent()) == told
    assert shown.page.evaluate("window.__before === __timemap.map")


def test_nonsense_in_messages_changes_nothing(show: Callable[..., Shown]) -> None:
    shown = show()
    before = shown.state()
    shown.command(**{"from": "soon", "to": 17, "axis": "sideways", "mode": {}, "flyTo": {"lat": "x"}, "event": "none"})
    shown.command(ghost={"lat": None}, longest="x", theme="pink", unknown=1)
    assert shown.state() == before


def test_selecting_an_event_brings_its_place_into_view(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-01", "to": "2023-12-31"})
    shown.command(event=f"{12:016x}")
    shown.settle()
    assert shown.state()["place"] == "c:khasan"
    assert abs(shown.state()["lng"] - 130.6) < 1


def test_a_view_comes_back_from_its_state(show: Callable[..., Shown]) -> None:
    wanted = JANUARY | {"types": ["battle"], "axis": "happened", "mode": "cumulative", "event": f"{1:016x}"}
    shown = show(state=wanted, legend="closed")
    state = shown.state()
    again = show(state=state, legend="closed")
    assert again.state() == state
    assert (state["lat"], state["lng"], state["z"]) == (47.5, 37.0, 6)


def test_dark_is_dark_and_can_be_changed_alive(show: Callable[..., Shown]) -> None:
    shown = show(theme="dark")
    ink = "getComputedStyle(document.querySelector('.tm-time')).backgroundColor"
    assert shown.page.evaluate(ink) == "rgb(25, 29, 33)"
    shown.command(theme="light")
    assert shown.page.evaluate(ink) == "rgb(255, 254, 251)"


def test_a_notebook_shows_the_same_map(browser: Any) -> None:
    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    page.set_content(TimeMap(specimens.events(), state=JANUARY)._repr_html_())
    frame = next(frame for frame in page.frames if frame.parent_frame)
    frame.wait_for_function("window.__timemap && window.__timemap.ready")
    assert "10 of 14 reported events" in frame.inner_text(".tm-count")
    context.close()


def test_outlines_that_do_not_arrive_leave_soft_circles(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    TimeMap(specimens.events(), state=JANUARY, areas_url="missing.json").save(path)
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    assert page.evaluate("__timemap.app.areas.active().length") == 3
    context.close()


def test_data_that_do_not_arrive_are_missed_aloud(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    page_html = TimeMap(specimens.events()).get_root().render()
    path.write_text(re.sub(r'"data":\{"gzip":"[^"]+"\}', '"data":{"url":"missing.bin"}', page_html), encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    assert "The map could not be drawn." in page.get_by_role("alert").inner_text()
    context.close()


def test_a_saved_page_has_a_language_a_title_and_may_be_zoomed(show: Callable[..., Shown]) -> None:
    shown = show()
    assert shown.page.evaluate("document.documentElement.lang") == "en"
    assert shown.page.title()
    assert "maximum-scale" not in shown.page.locator('meta[name="viewport"]').get_attribute("content")


def test_hostile_text_is_text(show: Callable[..., Shown]) -> None:
    shown = show(specimens.hostile(), areas={}, radii={})
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    shown.page.wait_for_selector(".tm-tip:not([hidden])")
    assert "<img src=x onerror=window.__hit=1>" in shown.page.inner_text(".tm-tip q")
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.page.evaluate("window.__hit") is None
    assert shown.page.locator(".tm img").count() == 0


def test_badges_stay_where_they_are_while_the_window_moves(show: Callable[..., Shown]) -> None:
    shown = show()
    places = "Object.fromEntries(__timemap.app.marks.badges.map(({ place, x, y }) => [place, [x, y]]))"
    before = shown.page.evaluate(places)
    assert len(before) == 3
    shown.page.evaluate("() => { const { app } = __timemap; app.view.from += 3; app.change(false); }")
    shown.settle()
    after = shown.page.evaluate(places)
    assert {place: before[place] for place in after} == after


def test_nested_areas_never_cross_hatch(show: Callable[..., Shown]) -> None:
    """Every spot carries one hatch: inside the inner area the outer one's pattern is clipped away."""
    shown = show()
    drawn = shown.page.evaluate(
        """() => { const { app } = __timemap, layer = app.areas, seen = [];
        const original = layer.drawRegion;
        layer.drawRegion = function (context, area, inner, box) {
            seen.push(inner.length);
            return original.call(this, context, area, inner, box);
        };
        layer.redraw(); layer.drawRegion = original; return seen; }"""
    )
    assert sorted(drawn) == [0, 1]


def test_a_phone_shows_all_of_it(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for part in (".tm-round", ".tm-hist", ".tm-segments >> nth=1", ".tm-count", ".tm-years"):
        box = shown.page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], part
        assert box["y"] + box["height"] <= PHONE["height"], part
    handle = shown.page.locator(".tm-handle").first.bounding_box()
    assert handle["width"] >= 44
    assert not shown.page.locator(".tm-countries").get_attribute("open")


def test_a_finger_drags_the_window(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True, state=JANUARY | {"from": "2015-01-01", "to": "2017-12-31"})
    box = shown.page.locator(".tm-window").bounding_box()
    touch = shown.context.new_cdp_session(shown.page)
    x, y = box["x"] + box["width"] / 2, box["y"] + 30
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + 12 * step, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    shown.settle()
    assert shown.state()["from"] > "2015-06"


def test_a_point_that_was_asked_for_is_told_once(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(pick=True)
    banner = shown.page.locator(".tm-ask")
    assert "Click where it happened, Esc to cancel" in banner.inner_text()
    cursor = "getComputedStyle(__timemap.map.getContainer()).cursor"
    assert shown.page.evaluate(cursor) == "crosshair"
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    told = [state for state in shown.sent() if "picked" in state]
    assert [abs(told[0]["picked"][0] - DEBALTSEVE[0]) < 0.02, abs(told[0]["picked"][1] - DEBALTSEVE[1]) < 0.02] == [
        True
    ] * 2
    assert told[0]["place"] is None  # the click answered the question; it chose nothing
    assert banner.is_hidden()
    assert shown.page.evaluate(cursor) != "crosshair"
    shown.page.get_by_title("Show 2023").click()
    shown.settle()
    assert len([state for state in shown.sent() if "picked" in state]) == 1


def test_a_point_is_picked_with_the_keyboard(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(pick=True)
    assert shown.page.evaluate("document.activeElement === __timemap.map.getContainer()")
    shown.page.keyboard.press("ArrowRight")
    shown.settle()
    assert shown.page.locator(".tm-cross").is_visible()
    centre = shown.page.evaluate("[__timemap.map.getCenter().lng, __timemap.map.getCenter().lat]")
    assert centre[0] > JANUARY["lng"]
    shown.page.keyboard.press("Enter")
    assert shown.sent()[-1]["picked"] == pytest.approx(centre, abs=1e-4)
    assert shown.page.locator(".tm-cross").is_hidden()


@pytest.mark.parametrize("how", ["key", "button", "message"])
def test_a_question_for_a_point_can_be_taken_back(show: Callable[..., Shown], how: str) -> None:
    shown = show()
    shown.command(pick=True)
    if how == "key":
        shown.page.keyboard.press("Escape")
    elif how == "button":
        shown.page.get_by_role("button", name="Cancel").click()
    else:
        shown.command(pick=False)
    assert shown.page.locator(".tm-ask").is_hidden()
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.state()["place"] == "g709932"
    assert [state for state in shown.sent() if "picked" in state] == []


def test_the_same_point_given_twice_is_told_twice(show: Callable[..., Shown]) -> None:
    shown = show()
    for _ in range(2):
        shown.command(pick=True)
        shown.page.keyboard.press("Enter")
    first, second = [state for state in shown.sent() if "picked" in state]
    assert first["picked"] == second["picked"]
    assert first["answer"] < second["answer"]


def test_a_finger_picks_a_point(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True)
    shown.command(pick=True)
    assert "Tap where it happened" in shown.page.inner_text(".tm-ask")
    shown.page.touchscreen.tap(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.sent()[-1]["picked"] == pytest.approx(DEBALTSEVE, abs=0.05)


def test_events_corrected_by_hand_carry_a_pencil(show: Callable[..., Shown]) -> None:
    frame = specimens.events()
    shown = show(frame.assign(corrected=["place - by Ann"] + [None] * (len(frame) - 1)), legend="open")
    marks = "__timemap.app.marks.marks.filter(({ corrected }) => corrected).map(({ place }) => place)"
    assert shown.page.evaluate(f"{marks}.map((place) => __timemap.app.data.places.name[place])") == ["Debaltseve"]
    assert "Corrected by hand" in shown.page.inner_text(".tm-legend")
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    assert "1 corrected by hand" in shown.page.inner_text(".tm-tip")
    shown.command(**{"from": "2015-01-26"})
    assert shown.page.evaluate(marks) == []


def test_without_corrections_nobody_speaks_of_them(show: Callable[..., Shown]) -> None:
    shown = show(legend="open")
    assert "Corrected by hand" not in shown.page.inner_text(".tm-legend")


def test_a_sea_ends_at_the_coast(show: Callable[..., Shown]) -> None:
    shown = show()
    alpha = """([lon, lat]) => {
        const { app, map } = __timemap, { _context: pen, _bounds: bounds, ratio } = app.areas;
        const at = map.latLngToLayerPoint([lat, lon]).subtract(bounds.min).multiplyBy(ratio);
        return pen.getImageData(Math.round(at.x), Math.round(at.y), 1, 1).data[3]; }"""
    assert shown.page.evaluate(alpha, [33.5, 44.0]) > 0  # the sea off Sevastopol
    assert shown.page.evaluate(alpha, [34.3, 45.3]) == 0  # Crimea, as near to the middle of the disc


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """A tile server on this machine; gives its address and the tiles it was asked for."""
    asked: list[str] = []
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763a8ab590c0002fd018fcea1"
        "d1f20000000049454e44ae426082"
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(pixel)))
            self.end_headers()
            self.wfile.write(pixel)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("allowed", [True, False])
def test_online_tiles_are_off_until_asked_for_and_say_so(
    browser: Any, tmp_path: Path, tile_server: tuple[str, list[str]], allowed: bool
) -> None:
    address, asked = tile_server
    tiles = Tiles(address + "/{z}/{x}/{y}.png", "A tile server")
    path = tmp_path / "map.html"
    TimeMap(specimens.events(), state=JANUARY | {"z": 5}, tiles=tiles, legend="closed").save(path)
    policy = f"img-src 'self' data: blob: {tiles.source if allowed else ''}"
    page_html = path.read_text(encoding="utf-8")
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
    path.write_text(page_html.replace("<head>", head, 1), encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    page.wait_for_timeout(400)
    assert asked == []
    assert "A tile server" not in page.inner_text(".tm-world")
    page.locator(".tm-more summary").click()
    page.get_by_label("Online map tiles").check()
    page.wait_for_timeout(800)
    assert "Tiles: A tile server" in page.inner_text(".tm-world")
    assert bool(asked) is allowed
    said = page.inner_text(".tm-tiles")
    assert ("Map requests now leave this machine." if allowed else "Tiles do not arrive.") in said
    page.get_by_label("Online map tiles").uncheck()
    assert "A tile server" not in page.inner_text(".tm-world")
    assert page.evaluate("getComputedStyle(__timemap.map.getPane('tm-base')).display") == "block"
    context.close()
