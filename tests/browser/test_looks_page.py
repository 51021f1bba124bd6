"""The page on a phone and in dark, where it can fail differently from a light desktop: search, reader, keys, menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import Visit
from tests.browser.reach import EVERY_LOOK, PAGE_SIZES, Reach

pytestmark = pytest.mark.browser

YEAR = "?from=2015-01-01&to=2015-12-31"
# The text of what has the focus, through the shadow roots.
FOCUSED = """() => { let node = document.activeElement;
    while (node && node.shadowRoot) node = node.shadowRoot.activeElement;
    return node ? node.textContent : ""; }"""
TAB_FOCUSED = """() => { let node = document.activeElement;
    while (node && node.shadowRoot) node = node.shadowRoot.activeElement;
    return Boolean(node && node.dataset.tab === "events"); }"""


@EVERY_LOOK
def test_the_one_field_answers_and_filters_say_what_they_did(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit(size=PAGE_SIZES[size], scheme=scheme)
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=size == "phone")
    field, row = page.get_by_role("combobox"), page.locator("[data-event]")
    field.click()
    field.fill("Debaltseve January 2015")
    offer = page.get_by_role("group", name="Look for").get_by_role("option")
    expect(offer).to_contain_text("Debaltseve · Jan 2015", use_inner_text=True)
    reach.hand(offer=offer)
    reach.eye("offers")
    offer.click()
    here.wait_for_link(**{"places": "g709932", "from": "2015-01-01", "to": "2015-01-31"})
    frame.wait_for_function("__timemap.app.counts.total.n === 1")
    chip = page.locator(".chip", has_text="Debaltseve")
    expect(row).to_have_count(1)
    reach.hand(chip=chip, row=row)
    chip.click()
    here.wait_for_link(places=None)
    field.click()
    field.fill("heavy")
    field.press("Enter")
    here.wait_for_link(q="heavy")
    expect(page.locator(".month")).to_have_text(["In the sentence itself", "Elsewhere in the article"])
    expect(row.first.locator("mark")).to_have_text("heavy")
    reach.eye("words that were found")
    page.locator("[data-tab=filters]").click()
    claimed, battle = page.locator("[data-key=claimed]"), page.locator("[data-key=battle]")
    reach.hand(claimed=claimed, battle=battle, year=page.locator("[data-key='2015']"))
    claimed.click()
    here.wait_for_link(status="claimed")
    page.locator("[data-key=battle][aria-pressed=false]").wait_for()
    battle.click()
    here.wait_for_link(types="battle")
    page.locator(".note", has_text="0 events of the window").wait_for()
    clear = page.get_by_role("button", name="Clear all filters")
    reach.hand(clear=clear)
    reach.eye("filters")
    clear.click()
    here.wait_for_link(types=None, status=None)
    assert reach.faults == []


@EVERY_LOOK
def test_the_reader_keeps_its_sentence_in_view_and_the_next_event_stays_with_its_panel(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here, phone = visit(YEAR, size=PAGE_SIZES[size], scheme=scheme), size == "phone"
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=phone)
    row, heading = page.locator("[data-event]").first, page.locator(".why h2")
    sentence = page.locator(".why .said" if phone else ".article .sentence").first
    reach.hand(row=row)
    row.click()
    expect(page.locator(".why .said")).to_have_text("Kyiv said shelling went on in the Donetsk region in January.")
    expect(sentence).to_be_in_viewport(ratio=1)
    more, following = page.get_by_role("button", name="More: reasons"), page.get_by_role("button", name="Next event")
    reach.hand(more=more, following=following, before=page.get_by_role("button", name="Previous event"))
    reach.eye("an event, folded")
    more.click()
    less = page.get_by_role("button", name="Less")
    less.wait_for()
    expect(sentence).to_be_in_viewport(ratio=1)
    original = page.get_by_role("link", name="Original at example.org")
    reach.hand(less=less, original=original)
    expect(original).to_have_attribute("target", "_blank")
    assert "literal" not in page.locator(".why").inner_text()
    reach.eye("an event, unfolded")
    following.evaluate("button => { button.click(); button.click(); }")  # without a look at what comes between
    page.locator(".reader-head", has_text="3 of 3").wait_for()
    here.until(lambda: frame.evaluate("__timemap.state().event") == here.link().get("event"))
    expect(heading).to_have_text("Luhansk, 25–26 Jan 2015")
    expect(sentence).to_be_in_viewport(ratio=1)
    reach.eye("the last event")
    assert reach.faults == []


@EVERY_LOOK
def test_keys_lead_past_the_header_and_what_the_header_offers_is_in_reach(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here, phone = visit(YEAR, size=PAGE_SIZES[size], scheme=scheme), size == "phone"
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=phone)
    for document in (page, frame):
        scale = document.evaluate("(document.querySelector('meta[name=viewport]') || {}).content || ''")
        assert "user-scalable" not in scale
        assert "maximum-scale" not in scale
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1] == "Skip to the map":
            expect(page.locator(".skips button", has_text="Skip to the map")).to_be_in_viewport(ratio=1)
            reach.eye("a link to skip by")
    assert {"Skip to the map", "Skip to the time bar", "Skip to the list"} <= set(reached)
    for there, holds, arrived in (
        ("map", frame, "document.activeElement.closest('.tm-walk') !== null"),
        ("time bar", frame, "document.activeElement.classList.contains('tm-handle')"),
        ("list", page, TAB_FOCUSED),
    ):
        page.locator(".skips button", has_text=f"Skip to the {there}").focus()
        page.keyboard.press("Enter")
        holds.wait_for_function(arrived)
    more = page.get_by_role("button", name="More: share, export, about")

    def offered(name: str) -> Any:
        """What the header offers: in a menu on a phone, of its own on a desktop."""
        if not phone:
            return page.get_by_role("button", name=name, exact=True)
        more.click()
        return page.get_by_role("menuitem", name=name)

    page.evaluate("window.scrollTo(0, 0)")
    if phone:
        reach.hand(more=more)
    for name in ("Export", "About"):
        offer = offered(name)
        reach.hand(**{name: offer})
        reach.eye(f"the way to {name}")
        offer.click()
        if name == "Export":
            reach.hand(geojson=page.get_by_role("menuitem", name="GeoJSON"))
        else:
            reach.hand(close=page.get_by_role("dialog").get_by_role("button", name="Close"))
        reach.eye(name)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    theme = page.get_by_role("button", name="Switch to")
    reach.hand(theme=theme)
    theme.click()
    other = "light" if scheme == "dark" else "dark"
    here.wait_for_link(theme=other)
    frame.wait_for_function("(other) => document.querySelector('.tm').dataset.theme === other", arg=other)
    reach.eye("the other light")
    assert reach.faults == []


@EVERY_LOOK
def test_what_a_link_says_wrong_is_told_in_a_notice_of_our_own(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit("?from=soon&types=nothing", size=PAGE_SIZES[size], scheme=scheme)
    page, reach = here.page, Reach(here.page, phone=size == "phone")
    here.drawn()
    notice = page.locator(".notice").first
    expect(notice).to_contain_text("soon")
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    reach.hand(close=page.locator(".notice button").first)
    reach.eye("a notice")
    assert reach.faults == []
