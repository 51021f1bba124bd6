"""Panels of other packages beside the map: one that works, one that does not, and the page around them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from gazetteer import plugins
from gazetteer.shipped import ROOT
from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, PHONE, drawn, serving
from tests.packages import declare, install_example
from tests.timemap.chromium import PATIENCE

pytestmark = pytest.mark.browser

BROKEN = """
from geo.views.added import Choice, Choices, Note, Panel


def shown(sight):
    if sight.chosen == "worse":
        raise ValueError("it went wrong")
    return [Choices([Choice("all", "All"), Choice("worse", "Worse", 3)]), Note("<b>Not bold</b>")]


PANEL = Panel("Fragile", shown)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("packages")
    install_example(folder)
    (folder / "fragile.py").write_text(BROKEN)
    declare(folder, "fragile", {plugins.PANELS: {"fragile": "fragile:PANEL", "gone": "no_such_module:PANEL"}})
    kept = tmp_path_factory.mktemp("kept")
    store = stories.make_store(kept / "s.sqlite")
    with serving(store, kept / "log", PYTHONPATH=os.pathsep.join((str(folder), str(ROOT)))) as at:
        yield at


def opened(browser: Any, address: str, link: str, size: dict[str, int] = DESKTOP) -> Any:
    page = browser.new_page(viewport=size)
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(address + link)
    drawn(page)
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_panel_shows_its_bars_and_events_and_an_event_opens(browser: Any, address: str, size: dict[str, int]) -> None:
    page = opened(browser, address, "?tab=months", size)
    page.locator(".bars th", has_text="2015-01").wait_for()
    labels = page.locator(".bars th").all_inner_texts()
    assert labels == sorted(labels)
    expect(page.locator("[data-tab=months][aria-selected=true]")).to_have_text("Months")
    page.locator(".desk-root [data-event]").first.click()
    page.locator(".reader-head").wait_for()
    page.locator(".back").click()
    page.locator(".bars").wait_for()
    # However many tabs there are, the panel is no wider than its place.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_what_fails_says_so_in_its_own_place_and_the_page_goes_on(browser: Any, address: str) -> None:
    page = opened(browser, address, "?tab=gone")
    alert = page.locator(".desk-root [role=alert]")
    alert.get_by_text("'gone' of fragile 1.0 cannot be loaded").wait_for()
    # The last of more tabs than fit is in sight where it is the one that is open.
    assert page.evaluate(
        """() => {
          const roots = [...document.querySelectorAll("*")].flatMap((node) => [node, node.shadowRoot]).filter(Boolean);
          const tab = roots.map((node) => node.querySelector("[data-tab=gone]")).find(Boolean), bar = tab.parentElement;
          const [inner, outer] = [tab, bar].map((node) => node.getBoundingClientRect());
          return inner.left >= outer.left && inner.right <= outer.right + 1;
        }"""
    )
    page.locator("[data-tab=fragile]").click()
    page.get_by_text("<b>Not bold</b>").wait_for()
    page.locator(".pill", has_text="Worse").click()
    alert.get_by_text("ValueError: it went wrong").wait_for()
    page.locator("[data-tab=not_plotted]").click()
    page.locator(".unplotted").first.wait_for()
    page.locator(".pill").last.click()
    page.locator(".pill[aria-pressed=true]").last.wait_for()
    page.locator(".unplotted").first.click()
    page.locator(".target").wait_for()
    page.close()
