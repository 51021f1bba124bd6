"""Daily work on a phone and in dark: what the other modules do on a light desktop, where it can fail differently.

Each visit walks one part of the work, and notes on its way what eye and hand do not reach (`tests.browser.reach`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import KEEP, Visit, serving
from tests.browser.reach import LOOK_NAMES, LOOKS, MAP_SIZES, PAGE_SIZES, Reach
from tests.browser.stage import JANUARY
from tests.timemap.chromium import Shown

pytestmark = pytest.mark.browser

EVERY_LOOK = pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=LOOK_NAMES)
SAME_MAP = "window.__kept === window.__timemap.map"
TOLD = "Two people were killed by shelling in Kramatorsk on 10 February 2015."


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server for all visits, and the file of its store."""
    folder = tmp_path_factory.mktemp("looks")
    with serving(stories.make_store(folder / "store.sqlite"), folder / "log") as started:
        yield started, folder / "store.sqlite"


@pytest.fixture
def visit(browser: Any, kept: tuple[str, Path], tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Visits to a store of the test's own, put in the place of the one before."""
    address, path = kept
    stories.make_store(tmp_path / "store.sqlite")
    (tmp_path / "store.sqlite").replace(path)
    visits: list[Visit] = []

    def go(link: str, size: str, scheme: str) -> Visit:
        visits.append(Visit(browser, address + link, size=PAGE_SIZES[size], scheme=scheme))
        return visits[-1]

    yield go
    for each in visits:
        each.close()


@EVERY_LOOK
def test_days_are_typed_refused_and_stepped_by_the_calendar(show: Callable[..., Shown], size: str, scheme: str) -> None:
    phone = size == "phone"
    shown = show(size=MAP_SIZES[size], touch=phone, theme=scheme, legend="closed")
    page, reach = shown.page, Reach(shown.page, phone=phone)
    field, why, options = (page.get_by_label("From"), page.locator(".tm-why"), page.locator(".tm-more > summary"))

    def press(target: Any) -> None:
        target.tap() if phone else target.click()

    reach.hand(first_day=field, last_day=page.get_by_label("To", exact=True), options=options)
    press(field)
    field.fill("31.2.2015")
    field.press("Enter")
    expect(why).to_have_text("February 2015 has 28 days.", use_inner_text=True)
    reach.eye("a day that was refused")
    said, around = why.bounding_box(), field.bounding_box()
    assert max(said["y"] - around["y"] - around["height"], around["y"] - said["y"] - said["height"]) < around["height"]
    assert said["x"] >= 0 and said["x"] + said["width"] <= MAP_SIZES[size]["width"]
    field.fill("January 2015")
    field.press("Enter")
    expect(why).to_be_hidden()
    press(options)
    reach.hand(unit=page.get_by_label("Step and play by"))
    reach.eye("options of time")
    page.get_by_label("Step and play by").select_option("month")
    page.keyboard.press("Escape")
    forward = page.get_by_label("Step forward")
    reach.hand(forward=forward, back=page.get_by_label("Step back"), play=page.get_by_role("button", name="Play"))
    for last in ("2015-02-28", "2015-03-31"):
        press(forward)
        shown.settle()
        assert shown.state()["to"] == last
    for mode, words in (("Cumulative", "everything up to"), ("On this day", "in every year, ")):
        radio = page.get_by_role("radio", name=mode)
        reach.hand(**{mode: radio})
        press(radio)
        page.wait_for_function("words => document.querySelector('.tm-dates').innerText.includes(words)", arg=words)
        reach.eye(mode)
    assert reach.faults == []


@EVERY_LOOK
def test_what_lies_outside_the_first_view_is_said_and_one_press_away(
    show: Callable[..., Shown], size: str, scheme: str
) -> None:
    phone = size == "phone"
    away = JANUARY | {"lat": 10, "lng": -60, "z": 5}
    shown = show(size=MAP_SIZES[size], touch=phone, theme=scheme, legend="closed", state=away)
    outside, reach = shown.page.locator(".tm-outside"), Reach(shown.page, phone=phone)
    outside.wait_for()
    reach.hand(outside=outside, fit=shown.page.get_by_role("button", name="Fit"))
    reach.eye("events outside the view")
    assert reach.faults == []
    outside.tap() if phone else outside.click()
    shown.settle()
    expect(outside).to_be_hidden()


@EVERY_LOOK
def test_the_one_field_answers_and_filters_say_what_they_did(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit("", size, scheme)
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
def test_the_desk_of_articles_finds_opens_reads_again_removes_and_brings_back(
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit("?tab=articles", size, scheme)
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
def test_what_was_just_added_comes_first(visit: Callable[..., Visit], size: str, scheme: str) -> None:
    here = visit("?tab=articles", size, scheme)
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
    reach.hand(show=page.get_by_role("button", name="Show them"))
    expect(page.locator(".desk .unplotted").first).to_contain_text("Shells on Kramatorsk")
    frame.wait_for_function("__timemap.app.data.places.name.includes('Kramatorsk')")
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
    visit: Callable[..., Visit], size: str, scheme: str
) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31", size, scheme)
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
