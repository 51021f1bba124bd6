"""Control areas under the events: dated, in the legend and the link, and only words whatever a file holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import control, files
from tests.browser import dashboard, stories
from tests.browser.access import findings
from tests.browser.asking import expect
from tests.browser.fronts import feature, fronts, held, in_towns, square
from tests.browser.stage import DEBALTSEVE, JANUARY
from tests.timemap.chromium import DESKTOP, PHONE, Shown

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.__hit=1></script><script>window.__hit=2</script>`${window.__hit=3}`"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_areas_are_those_of_the_last_day_of_the_window(show: Callable[..., Shown], size: dict[str, int]) -> None:
    shown = show(size=size, touch=size == PHONE, control=control.parse(fronts()), legend="closed", state=JANUARY)
    page, card = shown.page, shown.page.locator(".tm-control")
    expect(card).to_contain_text("Control on 31 Jan 2015", use_inner_text=True)
    assert findings(page) == []
    assert held(page) == ["Government", "Government"]
    shown.command(to="2015-02-28")
    expect(card).to_contain_text("Control on 28 Feb 2015", use_inner_text=True)
    assert held(page) == ["Government", "Others"]
    if size == PHONE:
        card.locator("summary").tap()
    expect(card.locator("li")).to_have_text(["Government", "Others"], use_inner_text=True)
    expect(card).to_contain_text("Drawn by hand", use_inner_text=True)
    # Under everything that is reported, and nothing that could be clicked.
    level = "(pane) => +getComputedStyle(__timemap.map.getPane(pane)).zIndex"
    assert page.evaluate(level, "tm-base") < page.evaluate(level, "tm-control") < page.evaluate(level, "tm-areas")
    sent = len(shown.sent())
    press = page.touchscreen.tap if size == PHONE else page.mouse.click
    press(*shown.spot(36.0, 47.0))
    assert len(shown.sent()) == sent
    assert shown.state()["places"] == []


def test_areas_can_be_switched_off_and_the_state_says_so(show: Callable[..., Shown]) -> None:
    shown = show(control=control.parse(fronts()), legend="closed", state=JANUARY)
    page = shown.page
    drawn = "__timemap.app.control.layer.drawn.length"
    alpha = """() => { const { layer } = __timemap.app.control, { width, height } = layer._container;
        const { data } = layer._context.getImageData(0, 0, width, height);
        return data.some((value, at) => at % 4 === 3 && value > 0); }"""
    assert (page.evaluate(drawn), page.evaluate(alpha), shown.state()["control"]) == (2, True, "on")
    page.get_by_role("button", name="Hide areas").click()
    page.wait_for_function(f"{drawn} === 0")
    assert not page.evaluate(alpha)
    assert shown.sent()[-1]["control"] == "off"
    shown.command(control="on")
    assert page.evaluate(drawn) == 2
    off = show(control=control.parse(fronts()), legend="closed", state=JANUARY | {"control": "off"})
    assert off.page.evaluate(drawn) == 0


def test_the_pointer_is_told_who_holds_what_since_when(show: Callable[..., Shown]) -> None:
    shown = show(in_towns(), control=control.parse(fronts()), legend="closed", state=JANUARY)
    shown.page.mouse.move(*shown.spot(39.3, 47.8))
    tip = shown.page.locator(".tm-tip:not([hidden])")
    for said in ("The salient", "Held by Government", "from 29 Jul 2014 to 17 Feb 2015"):
        expect(tip).to_contain_text(said, use_inner_text=True)
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))  # an event lies over it and goes before it
    shown.page.wait_for_function("document.querySelector('.tm-tip').innerText.includes('3 events')")


def test_whatever_a_file_holds_is_only_words(show: Callable[..., Shown]) -> None:
    shown = show(
        in_towns(),
        control=control.parse(fronts(holder=HOSTILE, credit=HOSTILE)),
        legend="closed",
        state=JANUARY | {"to": "2015-03-31"},
    )
    page = shown.page
    assert held(page) == ["Government", HOSTILE]
    expect(page.locator(".tm-control li").last).to_contain_text(HOSTILE, use_inner_text=True)
    expect(page.locator(".tm-control small")).to_have_text(HOSTILE, use_inner_text=True)
    page.mouse.move(*shown.spot(39.3, 47.8))
    page.wait_for_selector(".tm-tip:not([hidden])")
    expect(page.locator(".tm-tip")).to_contain_text("onerror", use_inner_text=True)
    expect(page.locator(".tm-control img, .tm-tip img, .tm-control script")).to_have_count(0)
    assert page.evaluate("window.__hit") is None


def test_an_area_over_the_180th_meridian_is_one(show: Callable[..., Shown]) -> None:
    far = {
        "type": "MultiPolygon",
        "coordinates": [
            square(176.0, 64.0, 180.0, 68.0)["coordinates"],
            square(-180.0, 64.0, -176.0, 68.0)["coordinates"],
        ],
    }
    given = control.parse({"type": "FeatureCollection", "features": [feature(far, holder="Government")]})
    shown = show(control=given, legend="closed", state=JANUARY | {"lat": 66.0, "lng": 180.0, "z": 5})
    at = """(lon) => { const { layer } = __timemap.app.control;
        return Boolean(layer.at(__timemap.map.latLngToLayerPoint([66, lon]))); }"""
    assert [shown.page.evaluate(at, lon) for lon in (177.0, 179.9, 180.1, 183.0)] == [True] * 4


def test_a_picture_shows_who_holds_what_with_credit_and_day_as_long_as_the_map_does(show: Callable[..., Shown]) -> None:
    shown = show(control=control.parse(fronts(credit="Drawn by hand")), legend="closed", state=JANUARY)
    page = shown.page
    page.add_script_tag(path=files.ASSETS / "publish" / "picture.js")
    page.evaluate("TM.picture.ready()")
    picture = "TM.picture.canvas(__timemap.app, { title: 'January', note: '', credit: '' }, 1).toDataURL()"
    written = f"""() => {{ const told = [], {{ prototype }} = CanvasRenderingContext2D, own = prototype.fillText;
        prototype.fillText = function (text, ...where) {{ told.push(text); return own.call(this, text, ...where); }};
        {picture};
        prototype.fillText = own;
        return told; }}"""
    before, told = page.evaluate(picture), page.evaluate(written)
    assert {"Control on 31 Jan 2015", "Control areas: Drawn by hand.", "Government", "Others"} <= set(told)
    assert page.evaluate(picture) == before
    shown.command(control="off")
    assert page.evaluate(picture) != before
    assert not any("Control" in text for text in page.evaluate(written))


def test_areas_that_their_file_keeps_back_are_on_the_map_and_in_no_picture(show: Callable[..., Shown]) -> None:
    shown = show(control=control.parse(fronts() | {"restricted": True}), legend="closed", state=JANUARY)
    page = shown.page
    page.add_script_tag(path=files.ASSETS / "publish" / "picture.js")
    page.evaluate("TM.picture.ready()")
    picture = "TM.picture.canvas(__timemap.app, { title: 'January', note: '', credit: '' }, 1).toDataURL()"
    assert page.evaluate("__timemap.app.control.layer.drawn.length") == 2
    with_areas = page.evaluate(picture)
    shown.command(control="off")
    assert page.evaluate(picture) == with_areas


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("held")
    path = folder / "fronts.geojson"
    path.write_text(json.dumps(fronts(holder=HOSTILE)), encoding="utf-8")
    store = stories.make_store(folder / "store.sqlite")
    with dashboard.serving(store, folder / "log", CONFLICT_MAP_CONTROL=str(path)) as address:
        yield address


@pytest.mark.parametrize("size", [dashboard.DESKTOP, dashboard.PHONE], ids=["desktop", "phone"])
def test_the_page_keeps_areas_and_cells_in_its_link(browser: Any, served: str, size: dict[str, int]) -> None:
    visit = dashboard.Visit(
        browser, f"{served}?from=2015-01-01&to=2015-03-31&lat=48.3&lng=38.4&z=7&control=off", size=size
    )
    frame = visit.drawn()
    card = frame.locator(".tm-control") if hasattr(frame, "locator") else frame
    if frame.evaluate("!document.querySelector('.tm-control details').open"):
        card.locator("summary").click()
    assert frame.evaluate("__timemap.app.control.on") is False
    card.get_by_role("button", name="Show areas").click()
    visit.wait_for_link(control=None)
    card.get_by_role("button", name="Hide areas").click()
    visit.wait_for_link(control="off")
    frame.get_by_label("Cells instead of marks").click()
    visit.wait_for_link(control="off", draw="density")
    visit.page.go_back()  # each is a step
    visit.wait_for_link(control="off", draw=None)
    visit.page.go_back()
    visit.wait_for_link(control=None, draw=None)
    visit.drawn().wait_for_function("__timemap.app.control.on && !__timemap.app.marks.dense")
    assert frame.evaluate("window.__hit") is None
    visit.close()


def test_a_file_that_cannot_be_shown_ends_the_start_with_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "fronts.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature(square(0, 0, 1, 1))]}), encoding="utf-8"
    )
    store = stories.make_store(tmp_path / "store.sqlite")
    with (
        pytest.raises(AssertionError, match=r"fronts\.geojson: feature 1: no 'holder'"),
        dashboard.serving(store, tmp_path / "log", CONFLICT_MAP_CONTROL=str(path)),
    ):
        pass
