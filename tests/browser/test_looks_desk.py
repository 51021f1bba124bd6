"""Articles and corrections on a phone and in dark, where they can fail differently from a light desktop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import KEEP, Visit, serving
from tests.browser.reach import EVERY_LOOK, PAGE_SIZES, Reach

pytestmark = pytest.mark.browser

SAME_MAP = "window.__kept === window.__timemap.map"
TOLD = "Two people were killed by shelling in Kramatorsk on 10 February 2015."


@EVERY_LOOK
def test_the_desk_of_articles_finds_opens_reads_again_removes_and_brings_back(
    work: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = work("?tab=articles", size=PAGE_SIZES[size], scheme=scheme)
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=size == "phone")
    frame.evaluate(KEEP)
    rows, told = page.locator(".desk .unplotted"), page.locator(".told")
    field = page.get_by_role("searchbox", name="Find an article")
    expect(rows).to_have_count(3)
    reach.hand(find=field, row=rows.first)
    reach.eye("desk")
    field.fill("battle of")
    field.press("Enter")
    page.get_by_text("1 of 3 articles").wait_for()
    rows.click()
    expect(page.locator(".whole [data-event]")).to_have_count(2)
    expect(page.locator(".article .trigger")).to_have_count(2)
    again, remove = (page.get_by_role("button", name=name, exact=True) for name in ("Read it again", "Remove"))
    reach.hand(again=again, remove=remove, event=page.locator(".whole [data-event]").first)
    reach.eye("article")
    again.click()
    expect(told).to_contain_text("Read again: ")
    expect(told).to_contain_text("2 before.")
    expect(told).to_be_in_viewport(ratio=1)
    reach.eye("article read again")
    remove.click()
    reach.hand(keep=page.get_by_role("button", name="Keep it"))
    page.get_by_role("button", name="Remove it").click()
    back = page.get_by_role("button", name="Bring it back")
    expect(back).to_be_in_viewport(ratio=1)
    reach.hand(back=back)
    back.click()
    expect(told).to_contain_text("is back")
    assert frame.evaluate(SAME_MAP)
    assert reach.faults == []


@EVERY_LOOK
def test_what_was_just_added_comes_first(work: Callable[..., Visit], size: str, scheme: str) -> None:
    here = work("?tab=articles", size=PAGE_SIZES[size], scheme=scheme)
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=size == "phone")
    add, read = page.locator(".fold > summary"), page.get_by_role("button", name="Read it", exact=True)
    reach.hand(add=add)
    add.click()
    page.get_by_text("Or paste a text").click()
    page.get_by_label("Title").fill("Shells on Kramatorsk")
    page.get_by_role("textbox", name="Text").fill(TOLD)
    reach.hand(
        published=page.get_by_label("Published"), read=read, choose=page.get_by_role("button", name="Choose files")
    )
    reach.eye("a pasted text")
    read.click()
    page.locator(".outcome").wait_for()
    expect(page.locator(".desk .unplotted").first).to_contain_text("Shells on Kramatorsk")
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
    reach.hand(show=page.get_by_role("button", name="Show them"))
    reach.eye("what was added")
    assert reach.faults == []


@pytest.fixture(scope="module")
def nothing_yet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a store that holds nothing."""
    folder = tmp_path_factory.mktemp("nothing")
    with serving(f"sqlite:///{folder / 'store.sqlite'}", folder / "log") as started:
        yield started


@EVERY_LOOK
def test_an_empty_store_invites(browser: Any, nothing_yet: str, size: str, scheme: str) -> None:
    here = Visit(browser, nothing_yet + "?tab=articles", size=PAGE_SIZES[size], scheme=scheme)
    page, reach = here.page, Reach(here.page, phone=size == "phone")
    here.drawn()
    page.get_by_role("heading", name="Nothing here yet").wait_for()
    invitation = page.get_by_role("button", name="Choose files")
    assert invitation.bounding_box()["y"] < 2 * PAGE_SIZES[size]["height"]
    reach.hand(choose=invitation, paste=page.get_by_text("Or paste a text"))
    reach.eye("empty store")
    here.close()
    assert reach.faults == []


class Corrector:
    """Corrects the event that is open: by keys alone, or by hand alone on a phone."""

    def __init__(self, page: Any, reach: Reach) -> None:
        self.page, self.reach = page, reach

    def press(self, target: Any) -> None:
        """Press a button."""
        if self.reach.phone:
            target.click()
        else:
            target.focus()
            self.page.keyboard.press("Enter")

    def open(self, key: str, name: str) -> None:
        """Open what changes something: its key, or the button of that name."""
        button = self.page.get_by_role("button", name=name)
        self.reach.hand(**{name: button})
        if self.reach.phone:
            button.click()
        else:
            self.page.keyboard.press(key)


@EVERY_LOOK
def test_corrections_keep_their_place_and_a_rejection_opens_the_next(
    work: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = work("?from=2015-01-01&to=2015-12-31", size=PAGE_SIZES[size], scheme=scheme)
    frame, page = here.drawn(), here.page
    reach = Reach(page, phone=size == "phone")
    corrector, told, back = Corrector(page, reach), page.locator(".told"), page.locator(".back")
    frame.evaluate(KEEP)
    corrector.press(page.locator("[data-event]", has_text="Debaltseve"))
    page.locator(".why").wait_for()
    corrector.open("d", "Change the date")
    field = page.get_by_role("textbox", name="Date, or first and last day")
    expect(field).to_be_focused()
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd - field.value.length]") == [0, 0]
    reach.hand(date=field, save=page.get_by_role("button", name="Save"))
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.locator(".hint.refused", has_text="“soon” is no date")).to_be_in_viewport(ratio=1)
    reach.eye("a date that was refused")
    field.fill("24.1.2015")
    field.press("Enter")
    page.get_by_role("heading", name="Debaltseve, 24 Jan 2015").wait_for()
    expect(back).to_have_text("3 events")
    expect(told).to_be_in_viewport(ratio=1)
    corrector.open("l", "Change the place")
    search, choice = page.get_by_role("searchbox", name="Search the gazetteer"), page.locator(".choice")
    expect(search).to_be_focused()
    page.keyboard.type("Kramators")
    choice.filter(has_text="Kramatorsk").first.wait_for()
    reach.hand(search=search, choice=choice.first, point=page.get_by_role("button", name="Click on the map"))
    reach.eye("places to choose from")
    corrector.press(choice.filter(has_text="Kramatorsk").first)
    page.get_by_role("heading", name="Kramatorsk, 24 Jan 2015").wait_for()
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
    corrector.open("m", "Note, same event, reject")
    reject = page.get_by_role("button", name="Reject", exact=True)
    reach.hand(reject=reject, undo=page.get_by_role("button", name="Undo"))
    reach.eye("note and rejection")
    corrector.press(reject)
    expect(back).to_have_text("2 events")
    page.locator(".reader-head", has_text="of 2").wait_for()
    expect(page.locator(".why h2")).to_be_in_viewport(ratio=1)
    expect(told).to_contain_text("The next event is open")
    expect(told).to_be_in_viewport(ratio=1)
    frame.wait_for_function("__timemap.app.counts.total.n === 2")
    reach.hand(back=back, following=page.get_by_role("button", name="Next event"))
    corrector.press(back)
    expect(page.locator("[data-event]")).to_have_count(2)
    assert frame.evaluate(SAME_MAP)
    assert reach.faults == []
