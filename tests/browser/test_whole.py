"""What the page shows is shown whole and in reach: no word cut off, nothing essential far down a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
# What of a box lies beyond its edges, in pixels.
BEYOND = "box => box.scrollWidth - box.clientWidth"


@SIZES
def test_tabs_and_counts_of_thousands_are_not_cut(visit: Callable[..., Visit], size: dict[str, int]) -> None:
    """The last tab and "surely inside" ended at the edge with the articles that ship."""
    here = visit(size=size)
    frame = here.drawn()
    tabs = here.page.locator(".tabs")
    expect(tabs.get_by_role("tab")).to_have_count(5)
    for tab, number in (("events", "1,040"), ("not_plotted", "1,428"), ("articles", "149")):
        tabs.locator(f"[data-tab={tab}] span").evaluate("(span, number) => { span.textContent = number; }", number)
    assert tabs.evaluate(BEYOND) <= 0
    frame.evaluate(
        """() => { const { counts, transport } = __timemap.app;
        Object.assign(counts.total, { n: 1040, sure: 1040, articles: 149 });
        transport.sync(); }"""
    )
    count = frame.locator(".tm-count > span").first
    expect(count).to_contain_text("1,040 of 6 ")
    assert count.evaluate(BEYOND) <= 0


def test_what_is_sure_of_the_count_is_said_whole_or_not_at_all(visit: Callable[..., Visit]) -> None:
    frame = visit().drawn()
    line, sure = frame.locator(".tm-count"), frame.locator(".tm-count small")
    bottom = "node => node.getBoundingClientRect().bottom"
    count = """total => { Object.assign(__timemap.app.counts.total, total); __timemap.app.transport.sync(); }"""
    for total, said in (
        ({}, "all surely inside"),
        ({"n": 1040, "sure": 912, "articles": 149}, "912 surely inside, 128 possibly"),
    ):
        frame.evaluate(count, total)
        expect(sure).to_have_text(said)
        assert sure.evaluate(bottom) <= line.evaluate(bottom) + 1
    frame.evaluate(count, {"n": 123456789, "sure": 123450000, "articles": 1234567})
    expect(sure).to_contain_text("possibly")
    assert sure.evaluate("node => node.getBoundingClientRect().top") >= line.evaluate(bottom)


@SIZES
def test_a_source_that_is_too_long_ends_in_dots(visit: Callable[..., Visit], size: dict[str, int]) -> None:
    here = visit(size=size)
    here.drawn()
    source = here.page.locator("[data-event] .status > span:last-child").first
    source.evaluate("span => { span.textContent = ' · The Regional Gazette of a Very Long Name and of Its Suburbs'; }")
    assert source.evaluate(BEYOND) > 0
    assert source.evaluate("span => getComputedStyle(span).textOverflow") == "ellipsis"
    assert source.evaluate("span => span.parentElement.scrollWidth - span.parentElement.clientWidth") <= 0


@SIZES
def test_the_title_begins_where_the_bar_does(visit: Callable[..., Visit], size: dict[str, int]) -> None:
    here = visit(size=size)
    here.drawn()
    title = here.page.get_by_role("heading", level=1).bounding_box()
    assert title["x"] == (20 if size == DESKTOP else 12)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_essential_is_further_than_two_scrolls(visit: Callable[..., Visit], scheme: str) -> None:
    here = visit(size=PHONE, scheme=scheme)
    frame, page = here.drawn(), here.page
    page.locator("[data-event]").first.wait_for()

    def top(target: Any) -> float:
        return float(target.bounding_box()["y"])

    at_once = [
        page.get_by_role("combobox"),
        page.get_by_role("button", name="Switch to"),
        page.get_by_role("button", name="Table"),
        page.get_by_role("button", name="More: share, export, about"),
        frame.get_by_label("From"),
        frame.locator(".tm-hist"),
        page.locator("[data-tab=events]"),
    ]
    assert [round(top(target)) for target in at_once if top(target) >= PHONE["height"]] == []
    within_two = [page.locator("[data-event]").nth(2), page.get_by_role("button", name="Newest first")]
    assert [round(top(target)) for target in within_two if top(target) >= 2 * PHONE["height"]] == []
    # Down in the list the tabs stay, so that filters and articles are where they were.
    page.locator("[data-event]").last.scroll_into_view_if_needed()
    expect(page.locator("[data-tab=filters]")).to_be_in_viewport()
