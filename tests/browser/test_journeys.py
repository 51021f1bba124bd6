"""The journeys of daily use, with their clicks and typings counted against what is documented."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from geo.store import Store
from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import Visit, serving
from tests.browser.journeys import Journey, documented

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"


@contextmanager
def journeys(browser: Any, address: str) -> Iterator[Callable[..., Journey]]:
    visits: list[Visit] = []

    def begin(link: str = "") -> Journey:
        visits.append(Visit(browser, address + link))
        visits[-1].drawn()
        return Journey(visits[-1])

    yield begin
    for each in visits:
        each.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("journeys")
    store = stories.make_store(folder / "store.sqlite")
    with serving(store, folder / "log", CONFLICT_MAP_EMBED="news.example") as started:
        yield started


@pytest.fixture
def reading(browser: Any, address: str) -> Iterator[Callable[..., Journey]]:
    """Journeys that change nothing that is stored: one server for them all."""
    with journeys(browser, address) as begin:
        yield begin


@pytest.fixture
def store(tmp_path: Path) -> str:
    return stories.make_store(tmp_path / "store.sqlite")


@pytest.fixture
def journey(browser: Any, store: str, tmp_path: Path) -> Iterator[Callable[..., Journey]]:
    """Journeys that change what is stored."""
    with serving(store, tmp_path / "log") as started, journeys(browser, started) as begin:
        yield begin


def test_a_place_and_a_month_are_asked_for_and_why_an_event_stands_there(reading: Callable[..., Journey]) -> None:
    made = reading()
    page = made.here.page
    field = page.get_by_role("combobox")
    made.type(field, "Debaltseve January 2015")
    field.press("Enter")
    made.here.wait_for_link(**{"places": "g709932", "from": "2015-01-01", "to": "2015-01-31"})
    page.locator(".chip", has_text="Debaltseve").wait_for()
    made.click(page.locator("[data-event]").first)
    page.get_by_role("heading", name="Debaltseve", level=2).wait_for()
    made.click(page.get_by_role("button", name="More: reasons"))
    page.locator(".rival").first.wait_for()
    assert made.made == documented()["What was reported from Debaltseve in January 2015, and why it stands there"]


def test_three_wrong_pins_are_set_right(journey: Callable[..., Journey], store: str) -> None:
    made = journey("?from=2015-01-01&to=2015-01-31")
    page = made.here.page
    made.click(page.locator("[data-event]").first)
    for number in range(3):
        page.locator(".reader-head", has_text=f"{number + 1} of 3").wait_for()
        made.click(page.get_by_role("button", name="Change the place"))
        made.type(page.get_by_label("Search the gazetteer for the place"), "Svitlodarsk")
        made.click(page.locator(".choice", has_text="Svitlodarsk").first)
        page.locator(".told", has_text="Placed at Svitlodarsk").wait_for()
        if number < 2:
            made.click(page.get_by_role("button", name="Next event"))

    def moved() -> list[str]:
        with Store(store, read_only=True) as kept:
            frame = kept.events()
        return [place[:11] for place in frame[frame["corrected"] == "place"]["place"]]

    made.here.until(lambda: moved() == ["Svitlodarsk"] * 3, lambda: str(moved()))
    assert made.made == documented()["Correct three wrong pins"]


def test_the_view_of_a_year_is_embedded(reading: Callable[..., Journey]) -> None:
    made = reading()
    page = made.here.page
    made.click(made.here.drawn().locator(".tm-years button", has_text="2023"))
    made.here.wait_for_link(**{"from": "2023-01-01", "to": "2023-12-31"})
    made.click(page.get_by_role("button", name="Share"))
    made.click(page.get_by_role("button", name="Copy code"))
    page.get_by_text("Code copied.").wait_for()
    code = page.get_by_label("Code for a page")
    expect(code).to_have_value(re.compile("from=2023-01-01&amp;to=2023-12-31"))
    expect(code).to_have_value(re.compile("embed=true"))
    assert made.made == documented()["Embed the view of a year in a page"]


def test_a_picture_is_made_for_print(reading: Callable[..., Journey]) -> None:
    made = reading("?from=2015-01-01&to=2015-01-31")
    page = made.here.page
    made.click(page.get_by_role("button", name="Share"))
    with page.expect_download() as download:
        made.click(page.get_by_role("button", name="PNG for print"))
    image = Path(download.value.path()).read_bytes()
    assert image.startswith(PNG)
    assert int.from_bytes(image[16:20]) > 2500  # pixels across: at 300 dots an inch 21 cm
    assert made.made == documented()["A picture of the view for print"]


def test_what_is_new_since_yesterday_is_found(journey: Callable[..., Journey], store: str) -> None:
    made = journey()
    page = made.here.page
    page.wait_for_function("() => Object.keys(localStorage).some((name) => name.startsWith('conflict-map-visit-'))")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    page.evaluate(
        """at => { for (const key of Object.keys(localStorage).filter((name) => name.startsWith("conflict-map-visit-")))
            localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), at })); }""",
        int(yesterday.timestamp() * 1000),
    )
    with Store(store) as changing:
        event = stories.records()[0].events[0].id
        changing.correct(event, dates=(date(2015, 1, 24), date(2015, 1, 24)))
    page.reload()
    made.here.drawn()
    made.click(page.get_by_role("button", name="Show what changed"))
    made.here.drawn().wait_for_function("__timemap.app.counts.total.n === 1")
    expect(page.locator("[data-event] .news")).to_have_text("changed")
    assert made.made == documented()["What is new since yesterday"]


def test_a_story_of_three_steps_is_told(reading: Callable[..., Journey]) -> None:
    made = reading()
    page, frame = made.here.page, made.here.drawn()
    made.click(page.get_by_role("button", name="Share"))
    sheet = page.get_by_role("dialog", name="Share this view")
    for number, year in enumerate(("2015", "2016", "2023"), start=1):
        made.click(frame.locator(".tm-years button", has_text=year))
        made.here.wait_for_link(**{"from": f"{year}-01-01"})
        if number == 1:
            made.type(sheet.get_by_label("Title of the story"), "Three years")
        made.type(sheet.get_by_label("Title of the step"), year)
        made.type(sheet.locator("[data-draft=step-text]"), f"What was told of {year}.")
        made.click(sheet.get_by_role("button", name="Add this view as a step"))
        page.locator(".caption h2", has_text=year).wait_for()
    made.here.wait_for_link(step="3")
    reader = reading(f"?story={made.here.link()['story']}")
    for year in ("2015", "2016", "2023"):
        reader.here.page.locator(".caption h2", has_text=year).wait_for()
        if year != "2023":
            reader.click(reader.here.page.get_by_role("button", name="Next step"))
    assert made.made == documented()["Tell a story of three steps"]
    assert reader.made == documented()["Walk through it"]
