"""The map on a phone and in dark, where it can fail differently from a light desktop: time, view, volume, ground, keys.

Each test walks one part of the work, and notes on its way what eye and hand do not reach (`tests.browser.reach`) and
what of the words on the canvas is hard to read (`tests.browser.legible`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from geo.timemap import Tiles, control
from tests.browser import legible
from tests.browser.asking import expect
from tests.browser.fronts import fronts, held, in_towns, tint
from tests.browser.ground import LOOK, MARIUPOL, share
from tests.browser.marks import BIGGEST, DRAWN, IN_SIGHT, WHOLE, ZOOMS, true_to_the_legend
from tests.browser.reach import EVERY_LOOK, MAP_SIZES, Reach
from tests.browser.stage import JANUARY
from tests.timemap import volume
from tests.timemap.chromium import Shown

pytestmark = pytest.mark.browser


@EVERY_LOOK
def test_days_are_typed_refused_and_stepped_by_the_calendar(show: Callable[..., Shown], size: str, scheme: str) -> None:
    phone = size == "phone"
    shown = show(size=MAP_SIZES[size], touch=phone, theme=scheme, legend="closed")
    page, reach = shown.page, Reach(shown.page, phone=phone)
    field, why, options = (page.get_by_label("From"), page.locator(".tm-why"), page.locator(".tm-more > summary"))

    def press(target: Any) -> None:
        target.tap() if phone else target.click()

    reach.hand(first_day=field, last_day=page.get_by_label("To", exact=True), options=options)
    press(field)
    field.fill("31.2.2015")
    field.press("Enter")
    expect(why).to_have_text("February 2015 has 28 days.", use_inner_text=True)
    reach.eye("a day that was refused")
    said, around = why.bounding_box(), field.bounding_box()
    assert max(said["y"] - around["y"] - around["height"], around["y"] - said["y"] - said["height"]) < around["height"]
    assert said["x"] >= 0 and said["x"] + said["width"] <= MAP_SIZES[size]["width"]
    field.fill("January 2015")
    field.press("Enter")
    expect(why).to_be_hidden()
    press(options)
    reach.hand(unit=page.get_by_label("Step and play by"))
    reach.eye("options of time")
    page.get_by_label("Step and play by").select_option("month")
    page.keyboard.press("Escape")
    forward = page.get_by_label("Step forward")
    reach.hand(forward=forward, back=page.get_by_label("Step back"), play=page.get_by_role("button", name="Play"))
    for last in ("2015-02-28", "2015-03-31"):
        press(forward)
        shown.settle()
        assert shown.state()["to"] == last
    for mode, words in (("Cumulative", "everything up to"), ("On this day", "in every year, ")):
        radio = page.get_by_role("radio", name=mode)
        reach.hand(**{mode: radio})
        press(radio)
        page.wait_for_function("words => document.querySelector('.tm-dates').innerText.includes(words)", arg=words)
        reach.eye(mode)
    assert reach.faults == []


@EVERY_LOOK
def test_what_lies_outside_the_first_view_is_said_and_one_press_away(
    show: Callable[..., Shown], size: str, scheme: str
) -> None:
    phone = size == "phone"
    away = JANUARY | {"lat": 10, "lng": -60, "z": 5}
    shown = show(size=MAP_SIZES[size], touch=phone, theme=scheme, legend="closed", state=away)
    outside, reach = shown.page.locator(".tm-outside"), Reach(shown.page, phone=phone)
    outside.wait_for()
    reach.hand(outside=outside, fit=shown.page.get_by_role("button", name="Fit"))
    reach.eye("events outside the view")
    assert reach.faults == []
    outside.tap() if phone else outside.click()
    shown.settle()
    expect(outside).to_be_hidden()


@EVERY_LOOK
def test_thirteen_thousand_events_are_counted_read_opened_and_drawn_as_cells(
    show: Callable[..., Shown], size: str, scheme: str
) -> None:
    phone = size == "phone"
    look: dict[str, Any] = {"size": MAP_SIZES[size], "touch": phone, "theme": scheme, "legend": "closed"}
    shown = show(volume.sixty_towns(13_000), areas={}, radii={}, state=WHOLE, **look)
    page, reach = shown.page, Reach(shown.page, phone=phone)
    page.wait_for_function("__timemap.app.lettered")
    for view in ZOOMS.values():
        words, drawn = legible.written(page, *view), page.evaluate(DRAWN)
        assert legible.faint(words) == {}
        true_to_the_legend(drawn)
        assert {f"{mark['n']:,}" for mark in drawn["marks"] if mark["half"]} <= set(words)
    page.evaluate(LOOK, [48.2, 38.0, 4])
    biggest, card = page.evaluate(BIGGEST), page.locator(".tm-gathered")
    (page.touchscreen.tap if phone else page.mouse.click)(biggest["x"], biggest["y"])
    card.wait_for()
    near, close = card.get_by_role("button", name="Zoom in"), card.get_by_label("Close")
    reach.hand(close=close, place=card.locator("[data-place]").first, near=near)
    reach.eye("a mark opened as a list")
    before = page.evaluate("__timemap.app.marks.marks.length")
    near.tap() if phone else near.click()
    page.wait_for_function("(before) => __timemap.app.marks.marks.length > before", arg=before)
    close.tap() if phone else close.click()
    cells = page.get_by_label("Cells instead of marks")
    reach.hand(cells=cells)
    cells.tap() if phone else cells.click()
    page.wait_for_function("__timemap.app.marks.dense")
    assert legible.faint(legible.written(page, *ZOOMS["country"])) == {}
    legend = page.locator(".tm-legend > summary, .tm-legend summary").first
    legend.tap() if phone else legend.click()
    expect(page.locator(".tm-legend")).to_contain_text("How to read a cell", use_inner_text=True)
    reach.hand(legend=legend)
    reach.eye("the legend of cells")
    assert reach.faults == []


@EVERY_LOOK
def test_both_sides_of_the_180th_meridian_are_in_one_view(show: Callable[..., Shown], size: str, scheme: str) -> None:
    phone = size == "phone"
    look: dict[str, Any] = {"size": MAP_SIZES[size], "touch": phone, "theme": scheme, "legend": "closed"}
    shown = show(volume.pacific(), areas={}, radii={}, state=WHOLE, **look)
    page, reach = shown.page, Reach(shown.page, phone=phone)
    page.wait_for_function("__timemap.app.lettered")
    seen = page.evaluate(IN_SIGHT)
    assert (sum(seen), min(seen) > 0) == (20, True)
    assert legible.faint(legible.written(page, 66, 180, 5)) == {}
    for lng in (178.0, 180.0, 182.0):  # Chukotka: on either side of the meridian, and over it, without a seam
        assert share(page, "land", 67.8, lng, side=8) > 0.6
        assert share(page, "land", 60.5, lng, side=8) == 0  # the Bering Sea
    reach.eye("over the meridian")
    assert reach.faults == []


@EVERY_LOOK
def test_near_a_town_there_is_land_sea_and_names_without_a_network(
    show: Callable[..., Shown], size: str, scheme: str
) -> None:
    phone = size == "phone"
    tiles = Tiles("https://tiles.example/{z}/{x}/{y}.png", "A tile server")
    look: dict[str, Any] = {"size": MAP_SIZES[size], "touch": phone, "theme": scheme, "legend": "closed"}
    shown = show(state=MARIUPOL, tiles=tiles, **look)
    page, reach = shown.page, Reach(shown.page, phone=phone)
    page.wait_for_function("__timemap.app.lettered && __timemap.app.base.near.squares.size > 0")
    assert page.evaluate("__timemap.app.labels.near.length") > 1000
    assert share(page, "sea", 46.85, 37.5) > 0.95
    assert share(page, "land", 47.2, 37.5) > 0.8
    words = legible.written(page, 47.05, 37.5, 9)
    assert {"Mariupol", "Berdyansk"} & set(words)
    assert legible.faint(words) == {}
    nearer = legible.written(page, 47.05, 37.5, 11)
    assert len(nearer.keys() - words.keys()) > 3  # closer there are more names to hold on to
    assert legible.faint(nearer) == {}
    expect(page.locator(".leaflet-control-scale")).to_contain_text("km", use_inner_text=True)
    reach.eye("near a town")
    options = page.locator(".tm-more > summary")
    options.tap() if phone else options.click()
    online = page.get_by_label("Online map tiles")
    expect(online).not_to_be_checked()  # nothing is asked of anybody until somebody wants it
    reach.hand(tiles=online.locator("xpath=ancestor::label"))
    reach.eye("the offer of tiles")
    assert reach.faults == []


@EVERY_LOOK
def test_who_holds_what_is_dated_told_apart_and_switched_off(
    show: Callable[..., Shown], size: str, scheme: str
) -> None:
    phone = size == "phone"
    look: dict[str, Any] = {"size": MAP_SIZES[size], "touch": phone, "theme": scheme, "legend": "closed"}
    shown = show(in_towns(), control=control.parse(fronts()), state=JANUARY, **look)
    page, reach, card = shown.page, Reach(shown.page, phone=phone), shown.page.locator(".tm-control")
    expect(card).to_contain_text("Control on 31 Jan 2015", use_inner_text=True)
    assert held(page) == ["Government", "Government"]
    shown.command(to="2015-02-28")
    expect(card).to_contain_text("Control on 28 Feb 2015", use_inner_text=True)
    assert held(page) == ["Government", "Others"]
    words = legible.written(page, 47.5, 37.0, 6)
    assert legible.faint(words) == {}
    west, east = tint(page, 47.0, 36.5), tint(page, 47.9, 39.2)
    land = legible.rgb(page.evaluate("__timemap.app.palette().land"))
    for one, other in ((west, east), (west, land), (east, land)):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > 8
    if phone:
        card.locator("summary").tap()
    expect(card.locator("li")).to_have_text(["Government", "Others"], use_inner_text=True)
    hide = page.get_by_role("button", name="Hide areas")
    reach.hand(summary=card.locator("summary"), hide=hide)
    reach.eye("who holds what")
    hide.tap() if phone else hide.click()
    page.wait_for_function("__timemap.app.control.layer.drawn.length === 0")
    assert shown.sent()[-1]["control"] == "off"
    reach.hand(show=page.get_by_role("button", name="Show areas"))
    assert reach.faults == []


@EVERY_LOOK
def test_marks_take_the_focus_and_show_it(show: Callable[..., Shown], size: str, scheme: str) -> None:
    phone = size == "phone"
    shown = show(size=MAP_SIZES[size], touch=phone, theme=scheme, legend="closed", state=JANUARY)
    page, reach, marks = shown.page, Reach(shown.page, phone=False), shown.page.locator(".tm-walk button")
    focused = page.locator(".tm-walk button:focus")
    shown.settle()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("aria-label", marks.first.get_attribute("aria-label"))
    for _ in range(marks.count() - 1):
        page.keyboard.press("ArrowRight")
        assert legible.outline(focused) >= 3  # WCAG 2.2, 1.4.11
        assert focused.bounding_box()["height"] >= 24
        tip = page.locator(".tm-tip:not([hidden])").bounding_box()
        assert tip["x"] >= 0
        assert tip["x"] + tip["width"] <= MAP_SIZES[size]["width"]
    expect(focused).to_have_attribute("aria-label", marks.last.get_attribute("aria-label"))
    reach.eye("a mark under the keyboard")
    page.keyboard.press("Enter")
    shown.settle()
    assert shown.sent()[-1]["places"] or shown.sent()[-1]["event"]
    reach.eye("a mark chosen by key")
    assert reach.faults == []
