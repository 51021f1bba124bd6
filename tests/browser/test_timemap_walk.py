"""The marks of the map under the keyboard, as a screen reader meets them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

from tests.browser.asking import expect
from tests.browser.stage import JANUARY
from tests.timemap.chromium import Shown

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_one_tab_stop_leads_from_mark_to_mark_in_reading_order_and_enter_lists_what_is_there(
    show: Callable[..., Shown],
) -> None:
    shown = show(state=JANUARY)
    page = shown.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    labels = page.locator(".tm-walk button").evaluate_all(
        "nodes => nodes.map((node) => node.getAttribute('aria-label'))"
    )
    assert page.evaluate(FOCUSED) == labels[0]
    expect(page.locator(".tm-walk button[tabindex='0']")).to_have_count(1)
    tops = page.locator(".tm-walk button").evaluate_all(
        "nodes => nodes.map((node) => { const box = node.getBoundingClientRect(); return (box.top + box.bottom) / 2; })"
    )
    assert all(below > above - 48 for above, below in itertools.pairwise(tops))
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == labels[1]
    page.keyboard.press("End")
    assert page.evaluate(FOCUSED) == labels[-1]
    # The mark is ringed and told as under the pointer; place, count, types and window are its name.
    town = next(label for label in labels if label.startswith("Debaltseve"))
    while page.evaluate(FOCUSED) != town:
        page.keyboard.press("ArrowLeft")
    number = page.evaluate(
        "(() => { const { counts, data } = __timemap.app; return counts.n[data.places.name.indexOf('Debaltseve')]; })()"
    )
    assert f", {number:,} event" in town
    assert town.endswith(". Jan 2015")
    expect(page.locator(".tm-tip")).to_have_text(re.compile(r"^Debaltseve"), use_inner_text=True)
    page.keyboard.press("Enter")
    assert shown.sent()[-1]["places"] or shown.sent()[-1]["event"]
    # What is drawn anew keeps the focus at its place.
    page.evaluate("__timemap.command({ to: '2015-01-30' })")
    assert page.evaluate(FOCUSED).startswith("Debaltseve")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tm-walk')") is None
