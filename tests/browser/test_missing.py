"""A name that no place bears is given one on the page: one edit, its articles are read again, the pins are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.settings import Settings
from geo.store import Store
from tests.browser.access import everywhere
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, KEEP, PHONE, Visit, serving
from tests.browser.unknown_village import make_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def read_in(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with two articles about a village that no gazetteer holds, read once."""
    path = tmp_path_factory.mktemp("read") / "store.sqlite"
    make_store(path)
    return path.read_bytes()


@pytest.fixture
def store(read_in: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    path.write_bytes(read_in)
    return path


@pytest.fixture
def visit(browser: Any, store: Path, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []
    with serving(f"sqlite:///{store}", tmp_path / "log") as address:

        def go(link: str = "", *, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Visit:
            visits.append(Visit(browser, address + link, size=size, scheme=scheme))
            return visits[-1]

        yield go
        for each in visits:
            each.close()


def test_a_name_is_filled_in_by_degrees_and_its_pins_are_there(visit: Callable[..., Visit], store: Path) -> None:
    here = visit("?tab=not_plotted", scheme="dark")
    frame = here.drawn()
    page = here.page
    frame.evaluate(KEEP)
    page.locator("[data-key=side-missing]").click()
    here.wait_for_link(tab="missing")
    row = page.locator(".missing-name", has_text="Zarudovets")
    row.get_by_text("3 mentions in 2 articles").wait_for()
    expect(row.locator("u")).to_contain_text("Zarudovets")
    row.get_by_role("button", name="Give it a place").click()
    assert everywhere(page) == {}
    row.get_by_label("Latitude").fill("97")
    row.get_by_label("Longitude").fill("36.9")
    row.get_by_role("button", name="Put it on the map").click()
    file = store.with_suffix(".places.csv")
    row.get_by_text(f"{file}:2: Zarudovets: lat must lie in -90..90").wait_for()
    assert not file.exists()
    row.get_by_label("Latitude").fill("49.71")
    row.get_by_role("button", name="Put it on the map").click()
    page.get_by_text("“Zarudovets” has its place. 2 articles read again").wait_for()
    assert file.read_text(encoding="utf-8") == "name,lat,lon,kind,country,aliases\nZarudovets,49.71,36.9,,,\n"
    frame.wait_for_function("__timemap.app.data.places.name.includes('Zarudovets')")
    expect(page.locator(".missing-name", has_text="Zarudovets")).to_have_count(0)
    page.get_by_role("button", name="Show it").click()
    frame.wait_for_function("Math.abs(__timemap.map.getCenter().lat - 49.71) < .1")
    assert frame.evaluate("window.__kept === window.__timemap.map")


def test_a_click_on_the_map_and_a_known_place_write_the_degrees(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=missing&lat=49.7&lng=36.9&z=9", scheme="dark")
    frame = here.drawn()
    page = here.page
    row = page.locator(".missing-name", has_text="Zarudovets")
    row.get_by_role("button", name="Give it a place").click()
    row.get_by_label("Search the gazetteer for where it is").fill("Chuhuiv")
    row.locator(".choice").first.click()
    latitude, longitude = row.get_by_label("Latitude"), row.get_by_label("Longitude")
    expect(latitude).not_to_have_value("")
    chosen = latitude.input_value()
    assert abs(float(chosen) - 49.8) < 0.3
    row.get_by_role("button", name="Click on the map").click()
    frame.wait_for_selector(".tm-picking")
    box = page.locator(".st-key-stage iframe").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    expect(latitude).not_to_have_value(chosen)
    here.until(lambda: abs(float(latitude.input_value()) - 49.7) < 0.5, latitude.input_value)
    here.until(lambda: abs(float(longitude.input_value()) - 36.9) < 0.1, longitude.input_value)


def test_a_file_filled_in_by_hand_is_one_click_away(visit: Callable[..., Visit], store: Path) -> None:
    file = store.with_suffix(".places.csv")
    here = visit("?tab=missing")
    here.drawn()
    page = here.page
    file.write_text("name,lat,lon\nZarudovets,49.71,north\n", encoding="utf-8")
    page.locator("[data-key=side-not_plotted]").click()
    page.locator("[data-key=side-missing]").click()
    page.get_by_text(f"{file}:2: Zarudovets: lat and lon must be numbers").wait_for()
    file.write_text("name,lat,lon\nZarudovets,49.71,36.90\n", encoding="utf-8")
    page.locator("[data-key=side-not_plotted]").click()
    page.locator("[data-key=side-missing]").click()
    page.get_by_role("button", name="Read 2 articles again").click()
    page.get_by_text("2 articles read again: ").wait_for()
    here.drawn().wait_for_function("__timemap.app.data.places.name.includes('Zarudovets')")


def test_on_a_phone_the_form_fits(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=missing", size=PHONE)
    here.drawn()
    page = here.page
    row = page.locator(".missing-name", has_text="Zarudovets")
    row.get_by_role("button", name="Give it a place").click()
    save = row.get_by_role("button", name="Put it on the map")
    save.scroll_into_view_if_needed()
    for part in (save, row.get_by_label("Longitude"), row.get_by_label("Also written")):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_where_the_map_is_only_shown_no_name_is_offered(browser: Any, store: Path, tmp_path: Path) -> None:
    with serving(f"sqlite:///{store}", tmp_path / "log", CONFLICT_MAP_READ_ONLY="1") as address:
        here = Visit(browser, address + "?tab=missing")
        here.drawn()
        here.page.get_by_text("Places and words that were read").wait_for()
        expect(here.page.locator(".sides, .missing-name")).to_have_count(0)
        here.close()
    with Store(Settings(store=f"sqlite:///{store}").store, read_only=True) as kept:
        assert kept.counts().articles == 2
