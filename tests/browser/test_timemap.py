"""The time bar in a real browser, every network closed: mouse, keyboard, play, modes, typed dates, empty windows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.asking import expect
from tests.browser.stage import JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import PHONE, Shown
from tests.views import dates

pytestmark = pytest.mark.browser

# Play with a clock of its own for so many milliseconds: by how many days the window went on.
PLAY_FOR = """until => {
    const { app } = __timemap, own = window.setInterval, before = app.view.from;
    let tick, pause;
    window.setInterval = (run, every) => { [tick, pause] = [run, every]; return -1; };
    try { app.transport.start(); } finally { window.setInterval = own; }
    for (let now = pause; now <= until; now += pause) tick();
    app.stop();
    return app.view.from - before;
}"""


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
    count = shown.page.locator(".tm-count")
    expect(count).to_contain_text("10 of 14 reported events in 1 article")
    expect(count).to_contain_text("9 surely inside, 1 possibly", use_inner_text=True)


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
    expect(shown.page.locator(".tm-count")).to_have_text(re.compile(r"^0 of"), use_inner_text=True)
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
    expect(handle).to_have_attribute("aria-valuetext", re.compile(r"^3 Mar 2015, 10 events"))
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
    expect(field).to_have_attribute("aria-invalid", "true")
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
    expect(shown.page.get_by_label("Pause")).to_have_count(1)
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
    expect(shown.page.locator(".tm-count")).to_contain_text("by date of publication", use_inner_text=True)


def test_modes_keep_everything_before_or_the_same_days_of_every_year(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2022-08-01", "to": "2022-08-31"})
    shown.page.get_by_role("radio", name="Cumulative").click()
    shown.settle()
    assert sum(shown.counts().values()) == 10
    shown.command(mode="day", **{"from": "2019-02-01", "to": "2019-02-15"})
    assert shown.counts() == {"Bakhmut": 1, "Khasan": 1}


def test_dates_wider_than_asked_are_hidden(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.get_by_label("Time options").first.click()
    shown.page.get_by_label("Hide dates wider than").select_option("7")
    shown.settle()
    assert "Donbas" not in shown.counts()
    assert shown.counts()["Debaltseve"] == 2


def test_hovering_a_bar_tells_the_lag(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-01", "to": "2015-12-31"})
    x = shown.page.evaluate("__timemap.app.bar.x(16450)")
    box = shown.page.locator(".tm-hist").bounding_box()
    shown.page.mouse.move(box["x"] + x + 2, box["y"] + 60)
    tip = shown.page.locator(".tm-tip:not([hidden])")
    expect(tip).to_have_text(re.compile("^Jan 2015"), use_inner_text=True)
    expect(tip).to_contain_text("Reported a median of 10 days later", use_inner_text=True)


def test_an_empty_window_says_that_it_says_nothing(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2018-03-01", "to": "2018-03-31"})
    card = shown.page.locator(".tm-empty")
    expect(card).to_contain_text("That says nothing about what happened.", use_inner_text=True)
    card.get_by_role("button", name="Later: 6 Aug 2022").click()
    shown.settle()
    assert shown.counts() == {"Zaporizhzhia nuclear plant": 1}
    expect(card).to_be_hidden()


def test_an_empty_window_offers_to_clear_the_filters(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(types=["riot"])
    shown.page.get_by_role("button", name="Clear filters").click()
    shown.settle()
    assert sum(shown.counts().values()) == 9


def test_a_corpus_without_events_is_drawn(show: Callable[..., Shown]) -> None:
    shown = show(specimens.events().iloc[:0], state={})
    expect(shown.page.locator(".tm-count")).to_contain_text("0 of 0 reported events")


def test_a_phone_shows_all_of_it(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for part in (".tm-round", ".tm-hist", ".tm-segments >> nth=1", ".tm-count", ".tm-years"):
        box = shown.page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], part
        assert box["y"] + box["height"] <= PHONE["height"], part
    handle = shown.page.locator(".tm-handle").first.bounding_box()
    assert handle["width"] >= 44
    expect(shown.page.locator(".tm-countries")).not_to_have_attribute("open", "")


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


def test_a_handle_is_dragged_with_the_mouse(show: Callable[..., Shown]) -> None:
    shown = show()
    handle = shown.page.locator(".tm-to").bounding_box()
    x, y = handle["x"] + handle["width"] / 2 + 4, handle["y"] + 40
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(x + 300, y, steps=6)
    shown.page.mouse.up()
    shown.settle()
    assert shown.state()["from"] == "2015-01-01"
    assert shown.state()["to"] > "2017"


def test_a_click_on_a_bar_makes_it_the_window(show: Callable[..., Shown]) -> None:
    shown = show()
    x = shown.page.evaluate("__timemap.app.bar.x(19210)")  # August 2022
    box = shown.page.locator(".tm-hist").bounding_box()
    shown.page.mouse.click(box["x"] + x, box["y"] + 70)
    shown.settle()
    assert (shown.state()["from"], shown.state()["to"]) == ("2022-08-01", "2022-08-31")


def test_the_speed_of_play_is_chosen(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.get_by_label("Time options").first.click()
    far = []
    for speed in ("0.5", "4"):
        shown.command(**{"from": "2015-01-01", "to": "2015-01-31"})
        shown.page.get_by_label("Speed").select_option(speed)
        far.append(shown.page.evaluate(PLAY_FOR, 600))
    assert 0 < 3 * far[0] < far[1]


def test_types_keep_their_colours_while_playing(show: Callable[..., Shown]) -> None:
    shown = show()
    colours = (
        "JSON.stringify([__timemap.app.palette().types, getComputedStyle(document.querySelector('.tm-t0')).color])"
    )
    before = shown.page.evaluate(colours)
    shown.page.evaluate("__timemap.app.transport.start()")
    shown.page.wait_for_timeout(300)
    assert shown.page.evaluate(colours) == before
    shown.page.evaluate("__timemap.app.stop()")


def test_on_this_day_is_chosen_with_the_arrow_keys(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2019-02-10", "to": "2019-02-14"})
    shown.page.get_by_role("radio", name="Window").focus()
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("ArrowRight")
    shown.settle()
    assert shown.state()["mode"] == "day"
    assert shown.counts() == {"Bakhmut": 1, "Khasan": 1}
    expect(shown.page.get_by_role("radio", name="On this day")).to_have_attribute("aria-checked", "true")


def test_two_fingers_zoom_time_and_leave_the_window(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True)
    wide = shown.page.evaluate("__timemap.app.bar.domain")
    box = shown.page.locator(".tm-hist").bounding_box()
    touch, y = shown.context.new_cdp_session(shown.page), box["y"] + 40

    def fingers(kind: str, *at: float) -> None:
        points = [{"x": box["x"] + box["width"] * share, "y": y, "id": finger} for finger, share in enumerate(at)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 0.45)
    fingers("touchStart", 0.45, 0.55)
    for step in range(1, 6):
        fingers("touchMove", 0.45 - 0.05 * step, 0.55 + 0.05 * step)
    fingers("touchEnd")
    shown.settle()
    near = shown.page.evaluate("__timemap.app.bar.domain")
    assert near[1] - near[0] < (wide[1] - wide[0]) / 2
    assert (shown.state()["from"], shown.state()["to"]) == ("2015-01-01", "2015-01-31")
    shown.page.get_by_title("Show the whole time").tap()
    assert shown.page.evaluate("__timemap.app.bar.domain") == wide


def test_the_map_reads_dates_by_the_same_rules_as_the_page(show: Callable[..., Shown]) -> None:
    page = show().page
    read = """([text, monthFirst]) => { const { from, to, why } = TM.typed(text, monthFirst);
        return why ? [why] : [TM.days.iso(from), TM.days.iso(to)]; }"""
    for text, first, last in dates.PERIODS:
        assert page.evaluate(read, [text, False]) == [first, last], text
    for text, reason in dates.REFUSED:
        (why,) = page.evaluate(read, [text, False])
        assert reason in why, text
    text, day_first, month_first = dates.BY_COUNTRY
    assert page.evaluate(read, [text, False])[0] == day_first
    assert page.evaluate(read, [text, True])[0] == month_first


def test_a_date_that_is_refused_says_why_beside_the_field(show: Callable[..., Shown]) -> None:
    shown = show()
    field, why = shown.page.get_by_label("From"), shown.page.locator(".tm-why")
    field.fill("31.2.2015")
    field.press("Enter")
    expect(why).to_have_text("February 2015 has 28 days.", use_inner_text=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert shown.state()["from"] == "2015-01-01"
    field.fill("1850")
    field.press("Enter")
    expect(why).to_contain_text("The events lie between", use_inner_text=True)
    field.press("Escape")
    expect(why).to_be_hidden()
    expect(field).to_have_value("1 Jan 2015")
    field.fill("5.1.2015")
    field.press("Enter")
    assert shown.state()["from"] == "2015-01-05"


@pytest.mark.parametrize(
    ("first", "last", "unit", "steps"),
    [
        (
            "2015-01-01",
            "2015-01-31",
            "month",
            [("2015-02-01", "2015-02-28"), ("2015-03-01", "2015-03-31"), ("2015-04-01", "2015-04-30")],
        ),
        (
            "2015-01-30",
            "2015-02-10",
            "month",
            [("2015-02-28", "2015-03-10"), ("2015-03-30", "2015-04-10"), ("2015-04-30", "2015-05-10")],
        ),
        ("2015-01-31", "2015-01-31", "month", [("2015-02-28", "2015-02-28"), ("2015-03-31", "2015-03-31")]),
        ("2015-01-01", "2015-12-31", "year", [("2016-01-01", "2016-12-31"), ("2017-01-01", "2017-12-31")]),
        ("2015-01-01", "2015-12-31", "window", [("2016-01-01", "2016-12-31"), ("2017-01-01", "2017-12-31")]),
        ("2015-01-01", "2015-01-10", "window", [("2015-01-11", "2015-01-20")]),
    ],
)
def test_steps_follow_the_calendar_there_and_back(
    show: Callable[..., Shown], first: str, last: str, unit: str, steps: list[tuple[str, str]]
) -> None:
    shown = show(state=JANUARY | {"from": first, "to": last})
    shown.page.evaluate("unit => { __timemap.app.transport.unit = unit; }", unit)
    walked = []
    for _ in steps:
        shown.page.get_by_label("Step forward").click()
        state = shown.state()
        walked.append((state["from"], state["to"]))
    assert walked == steps
    for _ in steps:
        shown.page.get_by_label("Step back").click()
    assert (shown.state()["from"], shown.state()["to"]) == (first, last)


def test_playing_by_months_shows_whole_months_to_the_last_day(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY)
    played = shown.page.evaluate(
        """() => { const { transport, view } = __timemap.app, seen = [];
        transport.unit = "month";
        for (let n = 0; n < 14; n++) { transport.tick(); seen.push(TM.days.iso(view.to)); }
        return seen; }"""
    )
    assert played[:4] == ["2015-02-28", "2015-03-31", "2015-04-30", "2015-05-31"]
    assert played[12] == "2016-02-29"


def test_cumulative_and_on_this_day_say_what_they_show(show: Callable[..., Shown]) -> None:
    shown = show()
    page, line = shown.page, shown.page.locator(".tm-dates")
    page.get_by_role("radio", name="Cumulative").click()
    page.wait_for_function("document.querySelector('.tm-dates').innerText.includes('everything up to')")
    expect(page.get_by_label("From")).to_be_hidden()
    page.get_by_role("radio", name="On this day").click()
    page.wait_for_function("document.querySelector('.tm-dates').innerText.includes('in every year, ')")
    expect(page.get_by_label("From")).to_have_value("1 Jan")
    page.get_by_label("From").fill("5 Jan")
    page.get_by_label("From").press("Enter")
    assert shown.state()["from"] == "2015-01-05"
    page.get_by_role("radio", name="Window").click()
    page.wait_for_function("document.querySelector('.tm-dates').innerText.includes('27 days')")
    assert "every year" not in line.inner_text()


def test_time_is_zoomed_by_buttons_and_keys(show: Callable[..., Shown]) -> None:
    shown = show()
    wide = "__timemap.app.bar.domain[1] - __timemap.app.bar.domain[0]"
    before = shown.page.evaluate(wide)
    shown.page.locator(".tm-transport > .tm-zoom").last.click()
    closer = shown.page.evaluate(wide)
    assert closer < before
    shown.page.locator(".tm-handle.tm-from").focus()
    shown.page.keyboard.press("+")
    assert shown.page.evaluate(wide) < closer
    for _ in range(9):
        shown.page.keyboard.press("-")
    assert shown.page.evaluate(wide) >= before
    for _ in range(40):
        shown.page.keyboard.press("+")
    assert 20 <= shown.page.evaluate(wide) <= 26


@pytest.mark.parametrize("years", [1, 2, 3, 4, 9, 60, 140, 600])
@pytest.mark.parametrize("wide", [320, 700, 960])
def test_the_axis_of_time_is_labelled_at_any_span(show: Callable[..., Shown], years: int, wide: int) -> None:
    labels = show().page.evaluate(
        """([years, wide]) => {
            const { days } = TM, range = [days.of(2024 - years, 0, 1), days.of(2023, 11, 31)];
            const line = new TM.TimeAxis(range, wide, []);
            const bar = { app: { view: { range }, narrow: () => false }, domain: range, axis: () => line };
            const axis = new TM.Years(bar);
            axis.make();
            return [...axis.root.children].map(({ textContent }) => textContent);
        }""",
        [years, wide],
    )
    assert 3 <= len([label for label in labels if label]) <= 40
    assert len([label for label in labels if not label]) <= 2


def test_the_last_days_with_reports_are_one_click(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.locator("summary[aria-label='Time options']").click()
    shown.page.locator(".tm-lasts .tm-button", has_text="30 days").click()
    state = shown.state()
    last = shown.page.evaluate("TM.days.iso(__timemap.app.counts.latest())")
    assert (state["to"], state["mode"]) == (last, "window")
    assert shown.page.evaluate("([a, b]) => TM.days.parse(b) - TM.days.parse(a)", [state["from"], last]) == 29
    assert shown.counts()


def test_the_map_fits_the_densest_of_the_window_and_says_what_lies_outside(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"lat": 10, "lng": -60, "z": 5})
    outside = shown.page.locator(".tm-outside")
    outside.wait_for()
    placed = sum(number for name, number in shown.counts().items() if name != "Ukraine")
    expect(outside).to_have_text(f"{placed} events lie outside this view", use_inner_text=True)
    shown.page.locator(".tm-map").focus()
    shown.page.keyboard.press("f")
    shown.settle()
    inside = shown.page.evaluate(
        """() => { const { counts, data: { places }, covered } = __timemap.app, { map } = __timemap;
        const size = map.getSize(), town = (place) => counts.n[place] && places.precision[place] === "town";
        return places.name.map((_, place) => place).filter(town).map((place) => {
            const { x, y } = map.latLngToContainerPoint([places.lat[place], places.lon[place]]);
            const hidden = covered.some(({ x0, y0, x1, y1 }) => x > x0 && x < x1 && y > y0 && y < y1);
            return [places.name[place], x > 0 && y > 0 && x < size.x && y < size.y && !hidden];
        }); }"""
    )
    assert dict(inside)["Debaltseve"] and dict(inside)["Donetsk"]
    shown.page.locator(".tm-map").focus()
    shown.page.evaluate("void __timemap.map.setView([10, -60], 5, { reset: true })")
    outside.wait_for()
    outside.click()
    shown.settle()
    expect(outside).to_be_hidden()


def test_the_map_keeps_its_centre_where_the_bar_takes_another_height(show: Callable[..., Shown]) -> None:
    """On a phone the bar's fonts came late: its lines went from four to three, and the map lay 20 pixels too high."""
    shown = show()
    fits = """() => { const { map } = __timemap, { x, y } = map.getSize(), box = map.getContainer();
        return x === box.clientWidth && y === box.clientHeight; }"""
    before = shown.state()
    for space in ("60px", ""):
        shown.page.evaluate("space => { document.querySelector('.tm-time').style.paddingBottom = space; }", space)
        shown.page.wait_for_function(fits)
        shown.settle()
        after = shown.state()
        assert [after["lat"], after["lng"]] == pytest.approx([before["lat"], before["lng"]], abs=0.02)


def test_the_densest_part_leaves_out_what_is_far_and_few(show: Callable[..., Shown]) -> None:
    densest = """([items, share]) => TM.densest(items.map(([x, y, n]) => ({ box: [x, y, x, y], n })), share)"""
    page = show().page
    town, far = [[0.6, 0.3, 50], [0.61, 0.31, 45]], [0.1, 0.9, 5]
    assert page.evaluate(densest, [[*town, far], 0.9]) == [0.6, 0.3, 0.61, 0.31]
    assert page.evaluate(densest, [[*town, far], 1]) == [0.1, 0.3, 0.61, 0.9]
    assert page.evaluate(densest, [[far], 0.9]) == [0.1, 0.9, 0.1, 0.9]
    assert page.evaluate(densest, [[], 0.9]) is None
