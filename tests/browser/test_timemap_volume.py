"""Many events on the map: sizes true to the legend, numbers that nothing covers, clusters, cells, the meridian."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.marks import (
    BIGGEST,
    DRAWN,
    IN_SIGHT,
    WHOLE,
    ZOOMS,
    covered_numbers,
    looking_at,
    true_to_the_legend,
)
from tests.timemap import volume
from tests.timemap.chromium import DESKTOP, PHONE, Shown

pytestmark = pytest.mark.browser

SIZES = [("desktop", DESKTOP), ("phone", PHONE)]


@pytest.fixture
def many(show: Callable[..., Shown]) -> Callable[..., Shown]:
    def open_map(frame: Any, *, size: dict[str, int] = DESKTOP, **state: Any) -> Shown:
        shown = show(frame, size=size, touch=size == PHONE, areas={}, radii={}, legend="closed", state=WHOLE | state)
        shown.page.wait_for_function("__timemap.app.lettered")
        return shown

    return open_map


@pytest.mark.parametrize(("name", "size"), SIZES)
@pytest.mark.parametrize("count", [600, 13_000])
def test_sizes_stay_true_to_the_legend_and_nothing_covers_a_number(
    many: Callable[..., Shown], count: int, name: str, size: dict[str, int]
) -> None:
    shown = many(volume.sixty_towns(count), size=size)
    parts = set()
    for zoom in ZOOMS:
        drawn = looking_at(shown, zoom)
        assert not drawn["dense"]
        true_to_the_legend(drawn)
        parts.add(drawn["part"])
    assert count < 13_000 or max(parts) > 1  # so many do not fit at the usual size


def test_the_legend_draws_counts_at_the_scale_of_the_marks(many: Callable[..., Shown]) -> None:
    shown = many(volume.sixty_towns(13_000), lat=48.2, lng=38.0, z=6.5)
    shown.page.locator(".tm-legend summary").click()
    drawn = shown.page.evaluate(DRAWN)
    legend = shown.page.evaluate(
        """() => { const sizes = document.querySelector(".tm-sizes");
        return { radii: [...sizes.querySelectorAll("circle")].map((circle) => +circle.getAttribute("r")),
            counts: [...sizes.querySelectorAll("text")].map((text) => text.textContent), words: sizes.innerText }; }"""
    )
    floor = math.floor(drawn["part"] * (drawn["least"] / drawn["usual"]) ** 2)
    assert legend["counts"][0] == (f"1–{floor:,}" if floor > 1 else "1")
    assert legend["radii"][0] == pytest.approx(drawn["least"])
    for radius, count in zip(legend["radii"][1:], legend["counts"][1:], strict=True):
        assert radius == pytest.approx(drawn["usual"] * math.sqrt(int(count.replace(",", "")) / drawn["part"]))
    assert f"Now at 1/{drawn['part']:,} of the usual area, so that the biggest fits." in legend["words"]


def test_while_the_window_moves_the_scale_gives_way_only_to_what_would_not_fit(many: Callable[..., Shown]) -> None:
    shown = many(volume.sixty_towns(13_000), lat=48.2, lng=38.0, z=6.5)
    part = "__timemap.app.marks.scale.part"
    moved = """([from, to, done]) => new Promise((resolve) => {
        const { app } = __timemap;
        Object.assign(app.view, { from: app.view.range[0] + from, to: app.view.range[0] + to });
        app.change(done);
        requestAnimationFrame(() => requestAnimationFrame(resolve)); })"""
    whole = shown.page.evaluate(part)
    shown.page.evaluate(moved, [300, 310, False])
    assert shown.page.evaluate(part) == whole
    shown.page.evaluate(moved, [300, 310, True])
    rested = shown.page.evaluate(part)
    assert rested < whole
    shown.page.evaluate(moved, [0, 729, False])  # what comes in would be larger than any mark may be
    assert shown.page.evaluate(part) == whole


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_a_cluster_opens_as_a_list_and_comes_apart_on_zoom(
    many: Callable[..., Shown], name: str, size: dict[str, int]
) -> None:
    shown = many(volume.sixty_towns(600), size=size, lat=48.2, lng=38.0, z=4)
    page, card = shown.page, shown.page.locator(".tm-gathered")
    biggest = page.evaluate(BIGGEST)
    press = page.touchscreen.tap if size == PHONE else page.mouse.click
    press(biggest["x"], biggest["y"])
    card.wait_for()
    expect(card.locator("h2")).to_have_text(
        f"{len(biggest['places'])} places, {biggest['n']} events", use_inner_text=True
    )
    if len(biggest["places"]) > 8:
        card.get_by_text("Show all").click()
    expect(card.locator("[data-place]")).to_have_count(len(biggest["places"]))
    listed = [row.inner_text().split("\n") for row in card.locator("[data-place]").all()]
    assert {row[0] for row in listed} == set(biggest["places"])
    assert [int(row[1]) for row in listed] == sorted((int(row[1]) for row in listed), reverse=True)
    before = page.evaluate("__timemap.app.marks.marks.length")
    card.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("(before) => __timemap.app.marks.marks.length > before", arg=before)
    assert page.evaluate("__timemap.map.getZoom()") > 4
    card.locator("[data-place]").first.click()
    page.wait_for_function("(window.__sent || []).length && window.__sent.at(-1).places.length === 1")
    expect(card).to_be_hidden()


def test_what_stands_at_one_point_stays_one_mark_and_says_so(many: Callable[..., Shown]) -> None:
    shown = many(volume.one_point(), lat=48.0, lng=37.8, z=12)
    assert [mark["n"] for mark in shown.page.evaluate(DRAWN)["marks"]] == [8]
    shown.page.mouse.click(*shown.spot(37.8, 48.0))
    card = shown.page.locator(".tm-gathered")
    card.wait_for()
    expect(card.locator("[data-place]")).to_have_text(["Hotel 5", "Square 2", "Station 1"], use_inner_text=True)
    expect(card).to_contain_text("All at one point", use_inner_text=True)
    expect(card.get_by_role("button", name="Zoom in")).to_have_count(0)
    card.get_by_label("Close").click()
    expect(card).to_be_hidden()


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_many_places_are_drawn_as_cells_that_can_be_switched(
    many: Callable[..., Shown], name: str, size: dict[str, int]
) -> None:
    shown = many(volume.grid(34, 30), size=size, lat=20.0, lng=0.0, z=3)
    page, button = shown.page, shown.page.get_by_label("Cells instead of marks")
    drawn = page.evaluate(DRAWN)
    assert drawn["dense"]
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tm-legend")).to_contain_text("How to read a cell", use_inner_text=True)
    assert sum(cell["n"] for cell in drawn["marks"]) == drawn["events"]
    assert sum(cell["places"] for cell in drawn["marks"]) == drawn["places"]
    apart = min(
        math.hypot(one["x"] - other["x"], one["y"] - other["y"])
        for number, one in enumerate(drawn["marks"])
        for other in drawn["marks"][number + 1 :]
    )
    assert apart == pytest.approx(math.sqrt(3) * drawn["marks"][0]["side"], rel=1e-6)  # they touch
    assert shown.state()["draw"] == "auto"
    button.tap() if size == PHONE else button.click()
    page.wait_for_function("!__timemap.app.marks.dense")
    assert (shown.state()["draw"], shown.sent()[-1]["draw"]) == ("marks", "marks")
    assert covered_numbers(page.evaluate(DRAWN)["marks"]) == []
    page.keyboard.press("c")
    page.wait_for_function("__timemap.app.marks.dense")
    assert shown.state()["draw"] == "auto"  # what is drawn by itself is not insisted on
    page.evaluate("void __timemap.map.setView([20, 0], 7, { reset: true })")
    assert not page.evaluate("__timemap.app.marks.dense")
    shown.command(draw="density")
    assert page.evaluate("__timemap.app.marks.dense")
    shown.command(draw="<b>")
    assert shown.state()["draw"] == "density"


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_both_sides_of_the_180th_meridian_are_one_view(
    many: Callable[..., Shown], name: str, size: dict[str, int]
) -> None:
    shown = many(volume.pacific(), size=size)
    page = shown.page
    # The map opens over the meridian, with everything in it, and calls its middle what everybody does.
    assert abs(shown.state()["lng"]) > 150
    assert abs(shown.state()["lng"]) <= 180
    expect(page.locator(".tm-outside")).to_be_hidden()
    seen = page.evaluate(IN_SIGHT)
    assert sum(seen) == 20
    assert min(seen) > 0
    page.evaluate("void __timemap.map.setView([66, 180], 5, { reset: true })")
    alpha = """([lon, lat]) => {
        const { base } = __timemap.app, { _context: pen, _bounds: bounds, ratio } = base, { map } = __timemap;
        const at = map.latLngToLayerPoint([lat, lon]).subtract(bounds.min).multiplyBy(ratio);
        return pen.getImageData(Math.round(at.x), Math.round(at.y), 1, 1).data[3]; }"""
    assert page.evaluate(alpha, [178.0, 67.5]) == 255  # Chukotka, west of the meridian
    assert page.evaluate(alpha, [183.5, 67.2]) == 255  # and east of it
    assert page.evaluate(alpha, [180.0, 68.0]) == 255  # without a seam
    assert page.evaluate(alpha, [180.0, 62.0]) == 0  # the Bering Sea


def test_whoever_pans_over_the_meridian_goes_on(many: Callable[..., Shown]) -> None:
    shown = many(volume.pacific(), lat=60.0, lng=178.0, z=4)
    page = shown.page
    page.evaluate("void __timemap.map.panBy([300, 0], { animate: false })")
    page.wait_for_function("(window.__sent || []).length && window.__sent.at(-1).lng < 0")
    assert -180 <= shown.state()["lng"] < -140
    uelen = page.evaluate("__timemap.map.getBounds().contains([66.16, -169.81])")
    assert uelen
    # What lies on the other side is still where it is seen: to the left of the meridian.
    sides = """() => { const { app, map } = __timemap, at = (lng) => map.latLngToLayerPoint([64.73, lng]).x;
        return [app.marks.marks.some(({ x }) => Math.abs(x - at(177.51 - 360)) < 1), at(177.51 - 360) < at(-180)]; }"""
    assert page.evaluate(sides) == [True, True]
