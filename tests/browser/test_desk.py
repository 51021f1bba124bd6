"""The page in daily use: finding, visit on, correcting one after another, the desk of articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import KEEP, PHONE, Visit, serving

pytestmark = pytest.mark.browser

YEAR = "?from=2015-01-01&to=2015-12-31"


def test_a_place_and_a_month_are_one_question(visit: Callable[..., Visit]) -> None:
    here = visit()
    frame = here.drawn()
    field = here.page.get_by_role("combobox")
    field.fill("Debaltseve January 2015")
    offer = here.page.get_by_role("group", name="Look for").get_by_role("option")
    expect(offer).to_contain_text("Debaltseve · Jan 2015", use_inner_text=True)
    field.press("Enter")
    here.wait_for_link(**{"places": "g709932", "from": "2015-01-01", "to": "2015-01-31"})
    frame.wait_for_function("__timemap.app.counts.total.n === 1")
    here.page.locator(".chip", has_text="Debaltseve").wait_for()
    expect(here.page.locator("[data-event]")).to_have_count(1)
    expect(field).to_have_value("")  # what is left of the question


def test_words_are_found_in_the_sentence_first_and_marked(visit: Callable[..., Visit]) -> None:
    here = visit("?q=heavy")
    here.drawn()
    expect(here.page.locator(".month")).to_have_text(["In the sentence itself", "Elsewhere in the article"])
    expect(here.page.locator("[data-event]").first.locator("mark")).to_have_text("heavy")
    here.page.locator("[data-event]").first.click()
    expect(here.page.locator(".article .found")).to_have_text("heavy")
    here.page.locator(".back").click()
    expect(here.page.locator("[data-tab=not_plotted] span")).to_have_text("1")


def test_the_newest_come_first_and_the_order_can_be_turned(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    expect(here.page.locator(".month").first).to_have_text("May 2023")
    here.page.get_by_role("button", name="Newest first").click()
    here.wait_for_link(sort="date")
    here.page.get_by_role("button", name="Oldest first").wait_for()
    expect(here.page.locator(".month").first).to_have_text("January 2015")


def test_what_was_not_plotted_follows_the_window(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=not_plotted&from=2023-01-01&to=2023-12-31")
    here.drawn()
    here.page.get_by_text("These 0 of 1 are of articles published in the window").wait_for()
    expect(here.page.locator(".unplotted")).to_have_count(0)


def test_the_last_week_with_reports_is_a_click_beside_the_years(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=filters")
    here.drawn()
    here.page.get_by_role("button", name="Last 7 days").click()
    here.wait_for_link(**{"from": "2023-05-14", "to": "2023-05-20"})
    here.page.get_by_role("button", name="Last 7 days").click()
    here.wait_for_link(**{"from": None, "to": None})
    here.drawn().wait_for_function("__timemap.app.view.isWhole()")


def test_steps_in_quick_succession_add_up_and_nothing_lands_on_another_event(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    page = here.page
    page.locator("[data-event]").first.click()
    page.locator(".reader-head", has_text="1 of 6").wait_for()
    step = page.get_by_role("button", name="Next event")
    step.evaluate("button => { button.click(); button.click(); button.click(); }")
    page.locator(".reader-head", has_text="4 of 6").wait_for()
    page.keyboard.press("p")
    page.locator(".reader-head", has_text="3 of 6").wait_for()
    page.keyboard.press("n")
    page.locator(".reader-head", has_text="4 of 6").wait_for()


def test_the_sentence_is_in_view_folded_and_unfolded(visit: Callable[..., Visit]) -> None:
    here = visit(YEAR)
    here.drawn()
    page = here.page
    page.locator("[data-event]", has_text="Luhansk").click()
    sentence = page.locator(".article .sentence").first

    def seen() -> bool:
        box, around = sentence.bounding_box(), page.locator(".article").bounding_box()
        return bool(box["y"] >= around["y"] and box["y"] + box["height"] <= around["y"] + around["height"])

    sentence.wait_for()
    here.until(seen, lambda: "the sentence is out of view")
    page.get_by_role("button", name="More: reasons").click()
    page.get_by_role("button", name="Less").wait_for()
    here.until(seen, lambda: "the sentence is out of view, unfolded")
    link = page.get_by_role("link", name="Original at example.org")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_date_is_corrected_by_keyboard_alone_and_a_rejection_opens_the_next(work: Callable[..., Visit]) -> None:
    here = work(YEAR)
    frame = here.drawn()
    page = here.page
    frame.evaluate(KEEP)
    page.locator("[data-event]", has_text="Debaltseve").click()
    page.locator(".why").wait_for()
    page.keyboard.press("d")
    field = page.get_by_role("textbox", name="Date, or first and last day")
    field.wait_for()
    page.keyboard.type("soon")  # what stood there was selected
    expect(field).to_have_value("soon")
    page.keyboard.press("Enter")
    page.locator(".hint.refused", has_text="“soon” is no date").wait_for()
    page.keyboard.type("24.1.2015")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Debaltseve, 24 Jan 2015").wait_for()
    expect(page.locator(".back")).to_have_text("3 events")
    page.keyboard.press("m")
    page.get_by_role("button", name="Reject", exact=True).click()
    frame.wait_for_function("!__timemap.app.data.places.name.includes('Debaltseve')")
    page.locator(".back", has_text="2 events").wait_for()
    page.locator(".reader-head", has_text="of 2").wait_for()
    page.locator(".back").click()
    expect(page.locator("[data-event]")).to_have_count(2)
    here.wait_for_link(at=None)
    assert frame.evaluate("window.__kept === window.__timemap.map")


def test_articles_are_listed_searched_opened_taken_out_brought_back_and_read_again(work: Callable[..., Visit]) -> None:
    here = work("?tab=articles")
    frame = here.drawn()
    page = here.page
    frame.evaluate(KEEP)
    expect(page.locator(".desk .unplotted")).to_have_count(3)
    field = page.get_by_role("searchbox", name="Find an article")
    field.fill("battle of")
    field.press("Enter")
    page.get_by_text("1 of 3 articles").wait_for()
    page.locator(".desk .unplotted").click()
    page.locator(".whole [data-event]").nth(1).wait_for()
    expect(page.locator(".article .trigger")).to_have_count(2)
    page.locator(".whole [data-event]").first.click()
    page.locator(".back", has_text="Article").click()
    page.locator(".whole").wait_for()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("was removed").wait_for()
    frame.wait_for_function("__timemap.app.data.rows === 4")
    page.get_by_role("button", name="Bring it back").click()
    page.locator(".told", has_text="“The battle of Bakhmut” is back.").wait_for()
    page.locator(".desk .unplotted").click()
    found = page.locator(".whole [data-event]")
    found.first.wait_for()
    events = found.count()
    page.get_by_role("button", name="Read it again").click()
    expect(page.locator(".told")).to_contain_text(re.compile(rf"Read again: {events} events?, {events} before\."))
    expect(found).to_have_count(events)
    assert frame.evaluate("window.__kept === window.__timemap.map")


def test_an_empty_store_invites_to_add_articles(browser: Any, tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'empty.sqlite'}", tmp_path / "log") as address:
        here = Visit(browser, address + "?tab=articles")
        here.page.get_by_role("heading", name="Nothing here yet").wait_for()
        here.page.get_by_role("button", name="Choose files").wait_for()
        here.drawn()
        here.close()


def test_on_a_phone_share_export_and_about_are_in_a_menu_and_the_sentence_stands_on_top(
    visit: Callable[..., Visit],
) -> None:
    here = visit(YEAR, size=PHONE)
    here.drawn()
    page = here.page
    page.get_by_role("button", name="More: share, export, about").click()
    page.get_by_role("menuitem", name="Export").click()
    page.get_by_role("menuitem", name="GeoJSON").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More: share, export, about").click()
    page.get_by_role("menuitem", name="About").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-event]", has_text="Luhansk").click()
    expect(page.locator(".why .said")).to_have_text("Clashes were reported in Luhansk too.")


def test_the_first_tabs_lead_past_the_header(visit: Callable[..., Visit]) -> None:
    here = visit(YEAR)
    frame = here.drawn()
    page = here.page
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                    let node = document.activeElement;
                    while (node && node.shadowRoot) node = node.shadowRoot.activeElement;
                    return node ? node.textContent : ""; }"""
            )
        )
    assert {"Skip to the map", "Skip to the time bar", "Skip to the list"} <= set(reached)
    page.locator(".skips button", has_text="Skip to the map").focus()
    page.keyboard.press("Enter")
    frame.wait_for_function("document.activeElement.closest('.tm-walk') && document.activeElement.ariaLabel.length > 9")
    page.locator(".skips button", has_text="Skip to the time bar").focus()
    page.keyboard.press("Enter")
    frame.wait_for_function("document.activeElement.classList.contains('tm-handle')")
    page.locator(".skips button", has_text="Skip to the list").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("""() => {
        let node = document.activeElement;
        while (node && node.shadowRoot) node = node.shadowRoot.activeElement;
        return Boolean(node && node.dataset.tab === "events"); }""")
