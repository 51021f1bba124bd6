"""What users do on the page beyond looking: bring articles, correct events, read them as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import stories
from tests.browser.access import findings
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, KEEP, PHONE, Visit, serving

pytestmark = pytest.mark.browser

SAME_MAP = "window.__kept === window.__timemap.map"


def opened(work: Callable[..., Visit], place: str) -> tuple[Visit, Any]:
    here = work("?from=2015-01-01&to=2015-12-31&lat=48.3&lng=38.4&z=7")
    frame = here.drawn()
    frame.evaluate(KEEP)
    here.page.locator("[data-event]", has_text=place).click()
    here.page.locator(".why").wait_for()
    return here, frame


def test_files_are_read_into_the_living_map_and_what_cannot_be_read_is_named(work: Callable[..., Visit]) -> None:
    here = work("?tab=articles")
    frame = here.drawn()
    frame.evaluate(KEEP)
    lines = [
        {"text": "Two people were killed by shelling in Kramatorsk on 10 February 2015.", "published": "2015-02-11"}
    ]
    here.page.locator("input[type=file]").set_input_files(
        [
            {"name": "new.jsonl", "mimeType": "text/plain", "buffer": json.dumps(lines[0]).encode()},
            {"name": "broken.json", "mimeType": "application/json", "buffer": b"{oops"},
            {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"},
        ]
    )
    outcome = here.page.locator(".outcome")
    for said in ("1 article", "broken.json", "photo.png", "Read are text"):
        expect(outcome).to_contain_text(said, use_inner_text=True)
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
    assert frame.evaluate(SAME_MAP)
    here.page.get_by_role("button", name="Show them").click()
    here.wait_for_link(**{"from": "2015-02-10", "to": "2015-02-10"})
    here.page.locator("[data-event]", has_text="Kramatorsk").wait_for()
    here.page.locator("[data-tab=articles]").click()
    here.page.get_by_role("button", name="Remove Your articles").click()
    here.page.get_by_role("button", name="Keep", exact=True).click()
    here.page.get_by_role("button", name="Remove Your articles").click()
    here.page.get_by_role("button", name="Remove", exact=True).click()
    frame.wait_for_function("!__timemap.app.data.places.name.includes('Kramatorsk')")
    here.page.get_by_role("button", name="Bring it back").click()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
    assert frame.evaluate(SAME_MAP)


def test_a_pasted_text_becomes_events_with_its_title_date_and_source(work: Callable[..., Visit]) -> None:
    here = work("?tab=articles")
    frame = here.drawn()
    here.page.get_by_text("Add articles", exact=True).first.click()
    here.page.get_by_text("Or paste a text").click()
    here.page.get_by_label("Title").fill("Shells on Horlivka <script>window.__hacked=1</script>")
    here.page.get_by_label("Published").fill("26 Jan 2015")
    here.page.get_by_role("textbox", name="Source").fill("A notebook")
    here.page.get_by_role("textbox", name="Text").fill("Shells hit a hospital in Horlivka on Sunday.")
    here.page.get_by_role("button", name="Read it").click()
    here.page.locator(".outcome").wait_for()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Horlivka')")
    expect(here.page.locator(".desk .unplotted").first).to_contain_text("Shells on Horlivka")  # what was just added
    here.page.locator(".set", has_text="Your articles").get_by_text("1 article · 1 event", exact=True).wait_for()
    here.page.get_by_role("button", name="Show them").click()
    here.page.locator("[data-event]", has_text="Horlivka").click()
    expect(here.page.locator(".article .source")).to_contain_text("A notebook · published 26 Jan 2015")
    assert here.page.evaluate("window.__hacked") is None


def test_an_upload_needs_the_page_it_comes_from_and_has_a_size(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    api = here.page.url.split("?")[0] + "api/articles"
    refused = here.context.request.post(api, multipart={"text": "Shelling in Kyiv.", "title": "x"})
    assert (refused.status, "does not come from an open page" in refused.text()) == (403, True)
    here.page.locator("[data-tab=articles]").click()
    here.page.get_by_text("Add articles", exact=True).first.click()
    here.page.locator(".drop").wait_for()
    here.page.locator("input[type=file]").evaluate(
        """(input) => {
            const chosen = new DataTransfer();
            chosen.items.add(new File([new ArrayBuffer(5.1e7)], "big.txt"));
            input.files = chosen.files;
            input.dispatchEvent(new Event("change"));
        }"""
    )
    here.page.locator(".outcome .bad").wait_for()
    expect(here.page.locator(".outcome")).to_contain_text("at most 50 MB are taken at once")
    expect(here.page.locator(".outcome")).to_contain_text("conflict-map ingest")


def test_an_event_is_placed_dated_and_typed_by_hand_undone_and_restored(work: Callable[..., Visit]) -> None:
    here, frame = opened(work, "Debaltseve")
    page = here.page
    page.get_by_role("button", name="Change the place").click()
    page.get_by_role("searchbox", name="Search the gazetteer").press_sequentially("Kramators")
    page.locator(".choice", has_text="Kramatorsk").first.click()
    page.get_by_role("heading", name="Kramatorsk, 26 Jan 2015").wait_for()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
    expect(page.locator(".hand")).to_contain_text("Corrected by hand: place")
    expect(page.locator(".hand")).to_contain_text("Automatic place: Debaltseve")
    page.get_by_role("button", name="Change the date").click()
    days = page.get_by_role("textbox", name="Date, or first and last day")
    days.fill("soon")
    days.press("Enter")
    expect(page.locator(".told.fault")).to_contain_text("is no date")
    days.fill("24 Jan 2015 to 25 Jan 2015")
    days.press("Enter")
    page.get_by_role("heading", name="Kramatorsk, 24–25 Jan 2015").wait_for()
    page.get_by_role("button", name="Change the type").click()
    page.locator(".editor [data-key=explosion]").click()
    page.get_by_text("Corrected by hand: place, date, type").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Corrected by hand: place, date", exact=True).wait_for()
    page.get_by_role("button", name="Redo").click()
    page.get_by_text("Corrected by hand: place, date, type").wait_for()
    page.locator(".back").click()
    page.locator(".event", has_text="corrected by hand: place, date, type").locator(".pencil").wait_for()
    page.locator(".event", has_text="corrected by hand").click()
    page.get_by_role("button", name="Restore automatic").click()
    page.get_by_role("heading", name="Debaltseve, 26 Jan 2015").wait_for()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Debaltseve')")
    assert frame.evaluate(SAME_MAP)


def test_a_correction_is_undone_and_redone_by_keys_outside_of_fields(work: Callable[..., Visit]) -> None:
    here, _ = opened(work, "Debaltseve")
    page = here.page
    page.get_by_role("button", name="Change the type").click()
    page.locator(".editor [data-key=explosion]").click()
    page.get_by_text("Corrected by hand: type").wait_for()
    sent = here.sent
    page.get_by_role("combobox").first.press("Control+z")
    here.quiet()
    assert here.sent == sent  # a press that undid something would have told the server
    assert page.get_by_text("Corrected by hand: type").is_visible()
    page.locator(".article h3").click()
    page.keyboard.press("Control+z")
    page.get_by_text("Corrected by hand: type").wait_for(state="detached")
    page.keyboard.press("Control+Shift+Z")
    page.get_by_text("Corrected by hand: type").wait_for()


def test_a_click_on_the_map_places_an_event(work: Callable[..., Visit]) -> None:
    here, frame = opened(work, "Debaltseve")
    here.page.get_by_role("button", name="Change the place").click()
    here.page.get_by_role("button", name="Click on the map").click()
    frame.locator(".tm-ask").wait_for()
    box = here.page.locator(".st-key-stage iframe").bounding_box()
    here.page.mouse.click(box["x"] + 520, box["y"] + 300)
    here.page.get_by_role("button", name="This very point").click()
    here.page.get_by_text("Placed by hand").wait_for()
    frame.wait_for_function("__timemap.app.data.places.id.some((id) => id.startsWith('p:'))")
    assert frame.evaluate(SAME_MAP)


def test_a_rejected_event_leaves_the_map_and_comes_back_from_where_it_is_listed(work: Callable[..., Visit]) -> None:
    here, frame = opened(work, "Luhansk")
    page = here.page
    page.get_by_role("button", name="Note, same event, reject").click()
    page.get_by_role("button", name="Reject", exact=True).click()
    frame.wait_for_function("!__timemap.app.data.places.name.includes('Luhansk')")
    page.get_by_text("The next event is open").wait_for()
    page.locator(".back").click()
    page.locator("[data-tab=not_plotted]").click()
    page.locator(".unplotted", has_text="Rejected by hand").click()
    page.get_by_role("button", name="Restore the event").click()
    page.get_by_role("heading", name="Luhansk, 25–26 Jan 2015").wait_for()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Luhansk')")
    assert frame.evaluate(SAME_MAP)


def test_a_read_only_map_offers_no_change(browser: Any, tmp_path: Path) -> None:
    store = stories.make_store(tmp_path / "store.sqlite")
    with serving(store, tmp_path / "log", CONFLICT_MAP_READ_ONLY="1") as address:
        here = Visit(browser, address + "?from=2015-01-01&to=2015-12-31")
        here.drawn()
        here.page.locator("[data-event]", has_text="Debaltseve").click()
        here.page.locator(".why").wait_for()
        expect(here.page.get_by_role("button", name="Change")).to_have_count(0)
        here.page.locator(".back").click()
        here.page.locator("[data-tab=articles]").click()
        here.page.get_by_text("This map is read-only").wait_for()
        expect(here.page.get_by_role("button", name="Remove")).to_have_count(0)
        refused = here.context.request.post(address + "api/articles", multipart={"text": "x"})
        assert refused.status == 403
        here.close()


def test_the_table_holds_the_events_of_the_map_in_any_order_by_mouse_and_keyboard(
    visit: Callable[..., Visit],
) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31")
    frame = here.drawn()
    frame.evaluate(KEEP)
    page = here.page
    page.get_by_role("button", name="Table").click()
    here.wait_for_link(view="table")
    expect(page.locator("tr.row")).to_have_count(3)
    expect(page.locator(".summary")).to_have_text("3 of 6 reported events")
    page.locator("[data-sort=place]").click()
    here.wait_for_link(sort="place")
    page.locator("th[aria-sort=ascending]", has_text="Where").wait_for()
    expect(page.locator("tr.row .place button")).to_have_text(["Debaltseve", "Donetsk Oblast", "Luhansk"])
    page.locator("tr.row button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Luhansk, 25–26 Jan 2015").wait_for()
    page.get_by_role("button", name="Map", exact=True).click()
    here.wait_for_link(view=None)
    assert frame.evaluate(SAME_MAP)
    there = visit("?view=table&sort=-date&status=claimed")
    expect(there.page.locator("tr.row .place button")).to_have_text(["Ukraine", "Donetsk Oblast"])


def test_a_search_narrows_to_a_source_or_a_place_and_a_chip_widens_again(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    field = here.page.get_by_role("combobox")
    field.press_sequentially("evening")
    here.page.locator(".option", has_text="Evening wire").click()
    here.page.locator(".chip", has_text="Evening wire").wait_for()
    here.wait_for_link(sources="Evening wire")
    here.wait_for_shown("Bakhmut", "Ukraine")
    field.fill("")
    field.press_sequentially("bakh")
    here.page.locator(".option", has_text="Bakhmut").first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    here.page.locator(".chip", has_text="Bakhmut").wait_for()
    here.wait_for_shown("Bakhmut")
    here.page.get_by_role("button", name="Clear all", exact=True).click()
    here.wait_for_link(sources=None, places=None)
    here.wait_for_shown(*stories.PLACES)


def walked(page: Any) -> Iterator[str]:
    """Bring the page from one state to the next; gives the name of each."""
    page.locator("[data-event]").first.wait_for()
    yield "list"
    page.locator("[data-event]", has_text="Debaltseve").click()
    page.get_by_role("button", name="Change the place").click()
    page.get_by_role("searchbox", name="Search the gazetteer").wait_for()
    yield "editor"
    page.locator(".back").click()
    for tab in ("filters", "not_plotted", "articles"):
        page.locator(f"[data-tab={tab}]").click()
        page.locator(f"[data-tab={tab}][aria-selected=true]").wait_for()
        yield tab
    page.get_by_role("button", name="Table").click()
    expect(page.locator("tr.row")).to_have_count(3)
    yield "table"


@pytest.mark.parametrize(("scheme", "sizes"), [("light", (DESKTOP, PHONE)), ("dark", (PHONE, DESKTOP))])
def test_axe_finds_nothing_above_minor_in_any_state(
    visit: Callable[..., Visit], scheme: str, sizes: tuple[dict[str, int], dict[str, int]]
) -> None:
    """In two sizes: each state as it comes in the one and as it becomes by resizing; in dark the other way round."""
    here = visit("?from=2015-01-01&to=2015-12-31", size=sizes[0], scheme=scheme)
    here.drawn()
    found, sizes = {}, sizes[::-1]
    for state in walked(here.page):
        for how in ("as it comes", "resized"):
            if how == "resized":
                here.page.set_viewport_size(sizes[0])
                sizes = sizes[::-1]
            here.page.wait_for_timeout(800)
            found[f"{state}, {how}, {here.page.viewport_size['width']} wide"] = findings(here.page)
    assert len(found) == 12
    assert found == {state: [] for state in found}
