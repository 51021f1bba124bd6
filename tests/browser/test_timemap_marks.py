"""What the map draws and says of marks, areas and countries, in a real browser with every network closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import TimeMap
from tests.browser.asking import expect
from tests.browser.stage import DEBALTSEVE, JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP, PHONE, Shown

pytestmark = pytest.mark.browser


def test_a_chip_toggles_and_a_double_click_isolates(show: Callable[..., Shown]) -> None:
    shown = show()
    chip = shown.page.locator(".tm-chip", has_text="Battle")
    chip.click()
    shown.settle()
    expect(chip).to_have_attribute("aria-pressed", "false")
    assert "battle" not in shown.state()["types"]
    assert "Donbas" not in shown.counts()
    expect(chip).to_have_text(re.compile(r"\s5$"), use_inner_text=True)  # off, still counted
    chip.click()
    chip.dblclick()
    shown.settle()
    assert shown.state()["types"] == ["battle"]


def test_hovering_a_mark_says_what_is_certain_and_quotes_once(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    tip = shown.page.locator(".tm-tip:not([hidden])")
    expect(tip).to_contain_text("3 events: 1 inside the window · 1 possibly · 1 claimed", use_inner_text=True)
    expect(tip).to_contain_text("Fighting was reported from Debaltseve.", use_inner_text=True)


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
    expect(card).to_contain_text("Country only · 2", use_inner_text=True)
    expect(card).to_contain_text("Place not found", use_inner_text=True)
    assert shown.page.evaluate("__timemap.app.marks.hit(__timemap.map.latLngToLayerPoint([49, 32]))") is None
    card.get_by_role("button", name="Ukraine").hover()
    assert shown.page.evaluate("__timemap.app.base.outlined") == "UA"


def test_a_region_wider_than_a_country_is_listed(show: Callable[..., Shown]) -> None:
    shown = show(areas={}, radii={"c:donbas": 1500.0}, legend="closed")
    expect(shown.page.locator(".tm-countries")).to_contain_text("Donbas", use_inner_text=True)
    assert "Donetsk Oblast" not in shown.page.inner_text(".tm-countries")
    names = "__timemap.app.areas.active().map(({ place }) => __timemap.app.data.places.name[place])"
    assert sorted(shown.page.evaluate(names)) == ["Black Sea", "Donetsk Oblast"]


def test_badges_stay_where_they_are_while_the_window_moves(show: Callable[..., Shown]) -> None:
    shown = show()
    places = "Object.fromEntries(__timemap.app.marks.badges.map(({ place, x, y }) => [place, [x, y]]))"
    before = shown.page.evaluate(places)
    assert len(before) == 3
    shown.page.evaluate("() => { const { app } = __timemap; app.view.from += 3; app.change(false); }")
    shown.settle()
    after = shown.page.evaluate(places)
    assert {place: before[place] for place in after} == after


def test_lines_of_badges_lie_under_the_marks(show: Callable[..., Shown]) -> None:
    """The line of an area's badge ended in a dot on the number of the town in its middle."""
    drawn = show().page.evaluate(
        """() => { const { marks } = __timemap.app, calls = [], { drawLeader, drawMark } = TM;
        TM.drawLeader = (frame, badge) => { calls.push("line"); drawLeader(frame, badge); };
        TM.drawMark = (context, mark, palette) => { calls.push("mark"); drawMark(context, mark, palette); };
        marks.redraw();
        Object.assign(TM, { drawLeader, drawMark });
        return calls; }"""
    )
    assert {"line", "mark"} == set(drawn)
    assert drawn == sorted(drawn)


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


def test_events_corrected_by_hand_carry_a_pencil(show: Callable[..., Shown]) -> None:
    frame = specimens.events()
    shown = show(frame.assign(corrected=["place - by Ann"] + [None] * (len(frame) - 1)), legend="open")
    marks = "__timemap.app.marks.marks.filter(({ corrected }) => corrected).map(({ place }) => place)"
    assert shown.page.evaluate(f"{marks}.map((place) => __timemap.app.data.places.name[place])") == ["Debaltseve"]
    expect(shown.page.locator(".tm-legend")).to_contain_text("Corrected by hand", use_inner_text=True)
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    expect(shown.page.locator(".tm-tip")).to_contain_text("1 corrected by hand", use_inner_text=True)
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


def test_marks_that_would_cover_each_other_are_one_at_low_zoom(show: Callable[..., Shown]) -> None:
    names = "__timemap.app.marks.marks.map((mark) => __timemap.app.marks.nameOf(mark)).sort()"
    shown = show(state=JANUARY | {"z": 3})
    assert shown.page.evaluate(names) == ["Debaltseve +1"]
    assert shown.page.evaluate("__timemap.app.marks.marks[0].n") == 5
    shown.command(**{"from": "2015-01-25"})  # Donetsk has nothing left: the cluster follows the window
    assert shown.page.evaluate(names) == ["Debaltseve"]
    shown.command(flyTo={"lat": 48.3, "lng": 38.2, "z": 8}, **{"from": "2015-01-01"})
    shown.settle()
    assert shown.page.evaluate(names) == ["Debaltseve", "Donetsk"]


def test_a_runner_up_shows_where_the_event_would_stand(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"event": f"{1:016x}"})
    shown.command(ghost={"lat": 48.5, "lng": 41.0, "name": "Elsewhere"})
    assert shown.page.evaluate("__timemap.app.choice.ghost.name") == "Elsewhere"
    assert shown.page.evaluate("__timemap.map.getBounds().contains([48.5, 41.0])")
    shown.command(ghost=None)
    assert shown.page.evaluate("__timemap.app.choice.ghost") is None


def test_the_legend_is_open_on_the_first_visit_only(browser: Any, tmp_path: Path) -> None:
    TimeMap(specimens.events(), state=JANUARY).save(tmp_path / "map.html")
    context = browser.new_context(viewport=DESKTOP)
    opened = []
    for _ in range(2):
        page = context.new_page()
        page.goto((tmp_path / "map.html").as_uri())
        page.wait_for_function("window.__timemap && window.__timemap.ready")
        opened.append(page.evaluate("document.querySelector('.tm-legend details').open"))
        page.close()
    context.close()
    assert opened == [True, False]


def test_names_come_with_the_zoom_and_a_scale_stands_by(show: Callable[..., Shown]) -> None:
    shown = show()
    written = """(z) => { const { app, map } = __timemap, pen = app.marks._context, texts = [], real = pen.fillText;
        map.setZoom(z, { animate: false });
        pen.fillText = function (text, ...rest) { texts.push(text); return real.call(this, text, ...rest); };
        app.marks.redraw(); delete pen.fillText; return texts; }"""
    wide, near = shown.page.evaluate(written, 4), shown.page.evaluate(written, 7)
    assert "UKRAINE" in wide
    assert "Luhansk" not in wide
    assert "Luhansk" in near  # a first-level unit, and a town where nothing happened
    expect(shown.page.locator(".leaflet-control-scale")).to_contain_text("km", use_inner_text=True)


LOOKS = [(size, theme) for size in ("desktop", "phone") for theme in ("light", "dark")]


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_every_look_answers_to_the_same_hands(show: Callable[..., Shown], size: str, theme: str) -> None:
    """A mark is chosen, a chip toggled, a year shown, the window stepped, whatever the size and the light."""
    touch = size == "phone"
    shown = show(size=PHONE if touch else DESKTOP, touch=touch, theme=theme, legend="closed")
    press = shown.page.touchscreen.tap if touch else shown.page.mouse.click
    press(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.sent()[-1]["places"] == ["g709932"]
    battle = shown.page.locator(".tm-chip", has_text="Battle")
    battle.tap() if touch else battle.click()
    shown.settle()
    assert "battle" not in shown.sent()[-1]["types"]
    shown.page.get_by_title("Show 2023").click()
    shown.page.get_by_label("Step back").click()
    shown.settle()
    assert shown.sent()[-1]["from"].startswith("2022")
    panel = shown.page.evaluate("getComputedStyle(document.querySelector('.tm-time')).backgroundColor")
    assert panel == ("rgb(25, 29, 33)" if theme == "dark" else "rgb(255, 254, 251)")
    shown.page.locator(".tm-more summary").click()
    expect(shown.page.get_by_label("Step and play by")).to_be_visible()
    shown.page.keyboard.press("Escape")
    expect(shown.page.get_by_label("Step and play by")).to_be_hidden()
