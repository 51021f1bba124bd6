"""A comparison on the map: what both tell, what only one does, each a layer in the card and in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.layers import adding
from geo.store import Store
from tests.browser import stories
from tests.browser.access import everywhere
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, KEEP, PHONE, Visit, serving
from tests.layers.specimens import ACLED_NEW, CLASH, text

pytestmark = pytest.mark.browser

# One that the articles tell of too (Debaltseve), one that they do not.
NEAR = CLASH | {"event_date": "2015-01-26", "longitude": "38.41", "latitude": "48.34"}
FAR = NEAR | {"event_id_cnty": "far", "latitude": "50.0", "longitude": "36.2"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("compared")
    url = stories.make_store(folder / "store.sqlite")
    (folder / "acled.csv").write_text(text(ACLED_NEW, NEAR, FAR), encoding="utf-8")
    with Store(url) as store:
        adding.add([folder / "acled.csv"], store)
    with serving(url, folder / "log") as served:
        yield served


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_three_parts_are_layers_with_the_panels_counts(
    browser: Any, address: str, size: dict[str, int], scheme: str
) -> None:
    here = Visit(browser, address + "?tab=layers&from=2015-01-01&to=2015-01-31", size=size, scheme=scheme)
    frame, page = here.drawn(), here.page
    frame.evaluate(KEEP)
    assert everywhere(page) == {}
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_role("button", name="Show it on the map").click()
    frame.wait_for_function(
        "() => { const { list } = __timemap.app.overlays;"
        " return list.length === 3 && list.every(({ counts }) => counts); }"
    )
    assert everywhere(page) == {}
    card = frame.locator(".tm-layers li button")
    expect(card).to_have_text(["Both 1", "Only the articles 2", "Only ACLED 1"], use_inner_text=True)
    expect(page.locator("[data-key^=show-]")).to_have_text([re.compile(rf"\D{n}$") for n in (1, 2, 1)])
    places = frame.evaluate("__timemap.app.overlays.list.map(({ data }) => data.places.name)")
    assert places[0] == ["Debaltseve"]
    assert frame.evaluate("window.__kept === window.__timemap.map")
    page.get_by_role("button", name="Take it off the map").click()
    frame.wait_for_function("__timemap.app.overlays.list.length === 1")
    expect(page.get_by_role("button", name="Show it on the map")).to_be_visible()
    here.close()
