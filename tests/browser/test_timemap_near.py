"""The base map at the zoom of a town: fetched square by square, and the tiles of a file over it."""

from __future__ import annotations

import gzip
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.settings import Settings
from geo.timemap import Tiles, TimeMap, files
from tests.browser.asking import expect
from tests.browser.ground import LOOK, MARIUPOL, share
from tests.timemap import specimens, tile_files
from tests.timemap.chromium import DESKTOP, Shown

pytestmark = pytest.mark.browser


@pytest.fixture
def served() -> Iterator[tuple[str, list[str], dict[str, bytes]]]:
    """The map's own files on this machine; gives its address, what was asked for, and further bodies by path."""
    asked: list[str] = []
    bodies: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            asked.append(path)
            body, kind, packed = bodies.get(path), "text/html; charset=utf-8", False
            if body is None and path.startswith("assets/"):
                asset = files.read(path.removeprefix("assets/"))
                body, kind, packed = asset.body, asset.media_type, asset.encoding is not None
            if body is None:
                self.send_response(204)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", asked, bodies
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def opened(browser: Any, served: tuple[str, list[str], dict[str, bytes]]) -> Iterator[Callable[..., Any]]:
    address, _, bodies = served
    contexts = []

    def open_map(**options: Any) -> Any:
        drawn = TimeMap(specimens.events(), assets_url="assets", legend="closed", **options)
        bodies[""] = drawn.get_root().render().encode()
        context = browser.new_context(viewport=DESKTOP)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=60_000)
        return page

    yield open_map
    for context in contexts:
        context.close()


def squares(asked: list[str]) -> list[str]:
    """The squares that were asked for."""
    return [found[1] for path in asked if (found := re.search(r"near/(.+)\.json", path))]


def test_squares_come_when_they_are_looked_at_and_once(
    opened: Callable[..., Any], served: tuple[str, list[str], dict[str, bytes]]
) -> None:
    page = opened(state=MARIUPOL | {"z": 6})
    assert squares(served[1]) == []
    page.evaluate(LOOK, [47.05, 37.5, 9])
    page.wait_for_function("__timemap.app.base.near.squares.size === 1")
    page.evaluate(LOOK, [47.0, 37.6, 10])
    page.wait_for_timeout(300)
    assert squares(served[1]) == ["30_40"]
    assert page.evaluate("__timemap.app.labels.near.length") > 1000
    assert "Mariupol International Airport" in page.evaluate("__timemap.app.labels.airports.map(([name]) => name)")
    # South of Mariupol lies the sea, north of it land: the squares are drawn where they belong.
    assert share(page, "sea", 46.85, 37.5) > 0.95
    assert share(page, "land", 47.2, 37.5) > 0.8
    page.evaluate(LOOK, [52.0, 179.9, 9])  # both sides of the 180th meridian
    page.wait_for_timeout(800)
    assert {"170_50", "-180_50"} <= set(squares(served[1]))


def test_a_page_of_its_own_has_the_squares_of_its_events(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.evaluate(LOOK, [48.0, 37.8, 9])
    shown.page.wait_for_function("__timemap.app.base.near.squares.size === 1")


def test_the_tiles_of_a_file_lie_over_the_land_in_its_manner(
    opened: Callable[..., Any], served: tuple[str, list[str], dict[str, bytes]], tmp_path: Path
) -> None:
    path = tile_files.write(
        tmp_path / "own.pmtiles",
        {(9, 309, 179): tile_files.streets()},
        kind=1,
        packed=True,
        metadata={"attribution": "Somebody"},
    )
    tiles = Tiles.of(Settings.from_environment({"CONFLICT_MAP_TILES": str(path)}), url="tiles/{z}/{x}/{y}")
    assert tiles is not None
    assert tiles.file is not None
    packed = tiles.file.get(9, 309, 179)
    assert packed is not None
    served[2]["tiles/9/309/179"] = gzip.decompress(packed)
    page = opened(state=MARIUPOL | {"lat": 47.28, "lng": 37.6}, tiles=tiles)
    assert not [one for one in served[1] if one.startswith("tiles/")]
    page.locator(".tm-more summary").click()
    page.get_by_label("Map tiles of a file").check()
    page.wait_for_function(
        """() => [...document.querySelectorAll(".leaflet-tm-tiles-pane canvas, .tm-tiles-pane canvas")].some((tile) => {
            const { data } = tile.getContext("2d").getImageData(0, 0, tile.width, tile.height);
            return data.some((value, at) => at % 4 === 3 && value > 100); })"""
    )
    expect(page.locator(".tm-world")).to_contain_text("Tiles: Somebody", use_inner_text=True)
    assert "leave this machine" not in page.inner_text(".tm-options")
    assert page.evaluate("getComputedStyle(__timemap.map.getPane('tm-base')).display") != "none"
    assert served[1].count("tiles/9/309/179") == 1
    page.evaluate(LOOK, [47.28, 37.6, 11])  # closer than the file: the same tile, larger
    page.wait_for_timeout(800)
    assert served[1].count("tiles/9/309/179") == 1
    page.get_by_label("Map tiles of a file").uncheck()
    expect(page.locator(".leaflet-tm-tiles-pane canvas, .tm-tiles-pane canvas")).to_have_count(0)


def test_a_damaged_tile_is_said(opened: Callable[..., Any], served: Any, tmp_path: Path) -> None:
    path = tile_files.write(tmp_path / "own.pmtiles", {(9, 309, 179): b"\x1a\xff\xff"}, kind=1)
    tiles = Tiles.of(Settings.from_environment({"CONFLICT_MAP_TILES": str(path)}), url="tiles/{z}/{x}/{y}")
    served[2]["tiles/9/309/179"] = b"\x1a\xff\xff"
    page = opened(state=MARIUPOL | {"lat": 47.28, "lng": 37.6}, tiles=tiles)
    page.locator(".tm-more summary").click()
    page.get_by_label("Map tiles of a file").check()
    page.get_by_text("Some tiles of the file cannot be read.").wait_for()
