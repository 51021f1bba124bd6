"""Empty decades on the time bar: folded into breaks that say their years, and every day still where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from geo.timemap import TimeMap
from tests.browser.asking import expect
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP, PHONE, Shown

pytestmark = pytest.mark.browser

WHOLE = {"lat": 47.5, "lng": 37.0, "z": 6}
FOLDS = "__timemap.app.bar.axis().folds.map(({ from, to, wide }) => [TM.days.iso(from), TM.days.iso(to), wide])"
X = "day => __timemap.app.bar.x(TM.days.parse(day))"


@pytest.fixture(scope="module")
def old(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("wars") / "wars.html"
    TimeMap(specimens.wars(), state=WHOLE, areas=specimens.AREAS, radii=specimens.RADII, legend="closed").save(path)
    shown = Shown(browser, path)
    yield shown
    shown.close()


@pytest.fixture
def folded(old: Shown) -> Shown:
    old.page.evaluate("__timemap.app.wholeTime()")
    old.settle()
    return old


def test_a_break_says_its_years_and_what_is_wider(folded: Shown) -> None:
    assert folded.page.evaluate(FOLDS) == [
        ["1900-01-01", "1913-12-31", 1],
        ["1919-01-01", "1938-12-31", 1],
        ["1946-01-01", "2014-12-31", 1],
    ]
    breaks = folded.page.locator(".tm-fold")
    expect(breaks).to_have_text(["1900–1913", "1919–1938", "1946–2014"], use_inner_text=True)
    expect(breaks.last).to_have_attribute(
        "aria-label",
        "1946–2014, folded. Nothing is dated to these years; one event dated more widely spans them. "
        "Show them at their length",
    )
    years = folded.page.locator(".tm-years button:not(.tm-fold)").all_inner_texts()
    assert {"1914", "1918", "1939", "1945", "2015", "2023"} <= set(years)


def test_days_and_pixels_agree_and_never_turn_round(folded: Shown) -> None:
    worst, falling = folded.page.evaluate(
        """() => { const { bar } = __timemap.app, [first, last] = bar.domain; let worst = 0, falling = 0, before = -1;
        for (let day = first; day <= last + 1; day += 13) {
            const x = bar.x(day);
            worst = Math.max(worst, Math.abs(bar.day(x) - day));
            if (x <= before) falling++;
            before = x;
        }
        return [worst, falling]; }"""
    )
    assert worst < 1e-6
    assert falling == 0
    assert folded.page.evaluate(X, "1900-01-01") == 0


def test_a_drag_over_a_break_gives_the_days_under_the_hand(folded: Shown) -> None:
    page, bar = folded.page, folded.page.locator(".tm-hist").bounding_box()
    a, b = (bar["x"] + page.evaluate(X, day) for day in ("1943-01-01", "2017-01-01"))
    page.evaluate("__timemap.command({ from: '1914-01-01', to: '1914-12-31' })")
    page.mouse.move(a, bar["y"] + 40)
    page.mouse.down()
    page.mouse.move((a + b) / 2, bar["y"] + 40, steps=4)
    page.mouse.move(b, bar["y"] + 40, steps=4)
    page.mouse.up()
    folded.settle()
    told = folded.sent()[-1]
    assert told["from"][:7] in ("1942-12", "1943-01")
    assert told["to"][:7] in ("2016-12", "2017-01")
    assert set(folded.counts()) >= {"Debaltseve", "Donetsk"}


def test_steps_and_keys_pass_through_a_break_day_by_day(folded: Shown) -> None:
    page = folded.page
    page.evaluate("__timemap.command({ from: '1918-12-31', to: '1918-12-31' })")
    page.get_by_role("button", name="Step forward").click()
    folded.settle()
    assert folded.state()["from"] == folded.state()["to"] == "1919-01-01"
    handle = page.locator(".tm-handle.tm-to")
    handle.focus()
    page.keyboard.press("ArrowRight")
    folded.settle()
    assert folded.state()["to"] == "1919-01-02"
    expect(handle).to_have_attribute("aria-valuetext", re.compile(r"^2 Jan 1919, "))


def test_a_break_is_unfolded_by_key_and_folded_again_with_the_whole_time(folded: Shown) -> None:
    page = folded.page
    before = folded.state()
    page.locator(".tm-fold").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tm-fold", has_text="1919–1938")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") != ""
    assert page.evaluate("document.activeElement.closest('.tm-years') !== null")
    assert folded.state() == before  # the window stays
    page.locator(".tm-hist").dblclick(position={"x": 5, "y": 40})
    expect(page.locator(".tm-fold", has_text="1919–1938")).to_have_count(1)


@pytest.mark.parametrize("unit", ["window", "week", "year"])
def test_play_passes_over_a_break(folded: Shown, unit: str) -> None:
    seen = folded.page.evaluate(
        """unit => { const { app } = __timemap, { days } = TM, { view } = app, seen = [];
        const own = window.setInterval;
        let tick;
        window.setInterval = (run) => { tick = run; return -1; };
        Object.assign(view, { from: days.parse("1918-01-01"), to: days.parse("1918-12-31") });
        app.transport.unit = unit;
        try { app.transport.start(); } finally { window.setInterval = own; }
        while (view.from < days.parse("1939-06-01") && seen.length < 400) { tick(); seen.push([view.from, view.to]); }
        app.stop();
        app.transport.unit = "window";
        return seen.map((pair) => pair.map(days.iso)); }""",
        unit,
    )
    inside = [pair for pair in seen if pair[0] >= "1919-01-01" and pair[1] <= "1938-12-31"]
    assert not inside
    assert seen[-1][0] >= "1938"
    if unit == "year":
        assert all(start.endswith("-01-01") and end.endswith("-12-31") for start, end in seen)


def test_closer_than_a_break_its_years_lie_at_their_length(folded: Shown) -> None:
    folded.page.evaluate("__timemap.app.bar.showDays(TM.days.parse('1921-01-01'), TM.days.parse('1929-12-31'))")
    assert folded.page.evaluate(FOLDS) == []
    expect(folded.page.locator(".tm-years")).to_contain_text("1925", use_inner_text=True)


def test_years_close_together_are_not_folded(show: Callable[..., Shown]) -> None:
    assert show().page.evaluate(FOLDS) == []


def test_a_picture_breaks_where_the_bar_does(folded: Shown) -> None:
    words = folded.page.evaluate(
        """() => { const { bar } = __timemap.app, axis = new TM.TimeAxis(bar.domain, 700, bar.axis().folds);
        return axis.parts.map(({ fold }) => (fold ? TM.foldWords(fold).years : "")); }"""
    )
    assert words == ["1900–1913", "", "1919–1938", "", "1946–2014", ""]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_breaks_leave_the_bar_most_of_its_width(show: Callable[..., Shown], size: dict[str, int]) -> None:
    shown = show(specimens.wars(), size=size, state=WHOLE)
    assert shown.page.evaluate("__timemap.app.bar.axis().folds.length") >= 1
    assert shown.page.evaluate(
        "() => { const { axis } = { axis: __timemap.app.bar.axis() };"
        " return axis.stretches.reduce((sum, { wide }) => sum + wide, 0) >= 0.6 * axis.width; }"
    )
