"""Layers added on the page: an unknown table is mapped, seen and added; the time bar follows; it goes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, PHONE, Visit, serving

pytestmark = pytest.mark.browser

TABLE = (
    "ref,seen,kind,Nord,Ost,remarks\n"
    "a,2009-01-26,gsw,48.34,38.40,Treated in the town\n"
    "b,2009-01-40,gsw,48.34,38.40,No such day\n"
    "c,2009-01-29,blast,48.36,38.42,Two wards\n"
)
RANGE = "__timemap.app.view.range.map((day) => TM.days.year(day))"


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []
    with serving(stories.make_store(tmp_path / "store.sqlite"), tmp_path / "log") as address:

        def go(size: dict[str, int], scheme: str) -> Visit:
            visits.append(Visit(browser, address + "?tab=layers", size=size, scheme=scheme))
            return visits[-1]

        yield go
        for each in visits:
            each.close()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_event_data_are_mapped_seen_added_and_taken_out(
    visit: Callable[..., Visit], tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    here = visit(size, scheme)
    frame = here.drawn()
    page = here.page
    first, last = frame.evaluate(RANGE)
    assert first > 2009
    file = tmp_path / "wards.csv"
    file.write_text(TABLE, encoding="utf-8")
    page.get_by_label("Event data to add").set_input_files(file)
    form = page.locator(".bring")
    expect(form.locator(".first-rows th")).to_have_count(6)
    expect(form.get_by_role("button", name="Add the layer")).to_be_disabled()
    for label, column in (("Day", "seen"), ("Latitude", "Nord"), ("Longitude", "Ost"), ("Type", "kind")):
        form.get_by_label(label, exact=True).select_option(column)
        expect(form.locator(".first-rows th", has_text=column).locator("small")).to_have_text(label)
    expect(form.locator(".read-as > div")).to_have_count(2)
    form.get_by_text("What its types mean").click()
    form.get_by_label("gsw", exact=True).select_option("battle")
    form.get_by_label("All others", exact=True).select_option("explosion")
    form.get_by_label("Call it").fill("Wards")
    form.get_by_role("button", name="Add the layer").click()
    expect(page.get_by_text("Wards: 2 events")).to_be_visible()
    expect(page.get_by_text("wards.csv:3")).to_be_visible()
    frame.wait_for_function(f"{RANGE}.join() === '2009,{last}'")
    frame.wait_for_function("__timemap.app.view.isWhole()")
    page.locator(".terms summary").click()
    page.get_by_role("button", name="Remove Wards").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("was removed: 2 events")).to_be_visible()
    frame.wait_for_function(f"{RANGE}[0] === {first}")
