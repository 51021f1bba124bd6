"""Online tiles: off until asked for, allowed by the policy, named while shown. The server is on this machine."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import Tiles, TimeMap
from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import drawn, serving
from tests.browser.stage import JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP

pytestmark = pytest.mark.browser


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """A tile server on this machine; gives its address and the tiles it was asked for."""
    asked: list[str] = []
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763a8ab590c0002fd018fcea1"
        "d1f20000000049454e44ae426082"
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(pixel)))
            self.end_headers()
            self.wfile.write(pixel)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("allowed", [True, False])
def test_online_tiles_are_off_until_asked_for_and_say_so(
    browser: Any, tmp_path: Path, tile_server: tuple[str, list[str]], allowed: bool
) -> None:
    address, asked = tile_server
    tiles = Tiles(address + "/{z}/{x}/{y}.png", "A tile server")
    path = tmp_path / "map.html"
    TimeMap(specimens.events(), state=JANUARY | {"z": 5}, tiles=tiles, legend="closed").save(path)
    policy = f"img-src 'self' data: blob: {tiles.source if allowed else ''}"
    page_html = path.read_text(encoding="utf-8")
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
    path.write_text(page_html.replace("<head>", head, 1), encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    page.wait_for_timeout(400)
    assert asked == []
    assert "A tile server" not in page.inner_text(".tm-world")
    page.locator(".tm-more summary").click()
    page.get_by_label("Online map tiles").check()
    page.wait_for_timeout(800)
    expect(page.locator(".tm-world")).to_contain_text("Tiles: A tile server", use_inner_text=True)
    assert bool(asked) is allowed
    said = "Map requests now leave this machine." if allowed else "Tiles do not arrive."
    expect(page.locator(".tm-tiles")).to_contain_text(said, use_inner_text=True)
    page.get_by_label("Online map tiles").uncheck()
    expect(page.locator(".tm-world")).not_to_contain_text("A tile server", use_inner_text=True)
    page.wait_for_function("getComputedStyle(__timemap.map.getPane('tm-base')).display === 'block'")
    context.close()


def test_the_dashboard_offers_the_tiles_that_its_settings_name(
    browser: Any, tmp_path: Path, tile_server: tuple[str, list[str]]
) -> None:
    address, asked = tile_server
    store = stories.make_store(tmp_path / "store.sqlite")
    named = {"CONFLICT_MAP_TILES": address + "/{z}/{x}/{y}.png", "CONFLICT_MAP_TILES_CREDIT": "A tile server"}
    with serving(store, tmp_path / "log", **named) as dashboard:
        context = browser.new_context(viewport=DESKTOP)
        page = context.new_page()
        answer = page.goto(dashboard)
        assert f"img-src 'self' data: blob: {address};" in answer.headers["content-security-policy"]
        frame = drawn(page)
        assert asked == []
        frame.locator(".tm-more summary").click()
        frame.get_by_label("Online map tiles").check()
        page.wait_for_timeout(1500)
        assert asked
        expect(frame.locator(".tm-world")).to_contain_text("Tiles: A tile server", use_inner_text=True)
        context.close()
