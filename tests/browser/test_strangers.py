"""What a stranger's page in the same browser can do to a running dashboard: nothing.

A real browser, since it is the browser that marks a request with where it comes from.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.dashboard import Visit, serving
from tests.timemap.chromium import REBOUND

pytestmark = pytest.mark.browser

# Tries all a page can try; gives what came of each.
_TRIES = """async (port) => {
  const own = `http://localhost:${port}`, said = {};
  const tried = (name, promise) => promise.then((r) => { said[name] = r; }, () => { said[name] = "refused"; });
  const loaded = (element, name, value) => tried(name, new Promise((yes, no) => {
    element.onload = () => yes("loaded"); element.onerror = no;
    element[name === "style" ? "href" : "src"] = own + value; document.body.append(element);
  }));
  const text = (path, options) => fetch(own + path, options).then((answer) => answer.text());
  const form = new FormData(); form.append("file", new File(["A rally in Baku."], "a.txt"));
  await tried("read", text("/api/rows"));
  await tried("events", text("/api/events.bin"));
  await tried("host config", text("/_stcore/host-config"));
  await tried("write", text("/api/articles", { method: "POST", body: form, headers: { "X-Page-Token": "x" } }));
  await tried("put", text("/_stcore/upload_file/a/b", { method: "PUT", body: form }));
  await tried("socket", new Promise((yes, no) => {
    const socket = new WebSocket(`ws://localhost:${port}/_stcore/stream`, ["streamlit"]);
    socket.onopen = () => yes("open"); socket.onerror = no;
  }));
  await loaded(document.createElement("script"), "script", "/api/rows");
  await loaded(document.createElement("img"), "img", "/favicon.png");
  return said;
}"""


@contextmanager
def stranger() -> Iterator[int]:
    """A page of somebody else's at another port of this machine."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Stranger</title><body>")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    place = tmp_path_factory.mktemp("strangers")
    with serving(f"sqlite:///{place / 'map.sqlite'}", place / "log", CONFLICT_MAP_LOG="json") as address:
        yield urlsplit(address).port or 0, place / "log"


def test_a_page_at_another_port_can_neither_read_nor_write_nor_connect_nor_frame(
    browser: Any, dashboard: tuple[int, Path]
) -> None:
    port, log = dashboard
    with stranger() as other:
        page = browser.new_page()
        page.goto(f"http://localhost:{other}/")
        said = page.evaluate(_TRIES, port)
        assert said == dict.fromkeys(said, "refused")
        assert len(said) == 8
        page.set_content(f"<iframe src='http://localhost:{port}/'></iframe><p>framed")
        page.wait_for_function("document.querySelector('iframe').contentDocument === null")
        page.wait_for_timeout(1000)
        assert "root" not in page.frames[1].content()
        # A form that sends itself is a navigation: the server refuses what no script could read anyway.
        page.goto(f"http://localhost:{other}/")
        with page.expect_navigation() as sent:
            page.evaluate(
                """(port) => { const form = document.createElement("form"); form.method = "post";
                form.enctype = "multipart/form-data"; form.action = `http://localhost:${port}/api/articles`;
                document.body.append(form); form.submit(); }""",
                port,
            )
        assert sent.value.status == 403
    refused = [line for line in map(json.loads, _json_lines(log)) if line["event"] == "refused"]
    assert {line["path"] for line in refused} >= {"/api/rows", "/api/articles", "/_stcore/stream", "/"}


def test_a_name_that_was_led_to_this_machine_shows_nothing(browser: Any, dashboard: tuple[int, Path]) -> None:
    """DNS rebinding end to end: to the browser the stranger's page and this server are then one origin."""
    port, _ = dashboard
    page = browser.new_page()
    answer = page.goto(f"http://{REBOUND}:{port}/")
    assert answer.status == 400
    assert "CONFLICT_MAP_HOSTS" in page.content()
    read = "(path) => fetch(path).then((answer) => answer.status)"
    assert [page.evaluate(read, path) for path in ("/api/rows", "/api/events.bin", "/healthz")] == [400] * 3
    opened = """() => new Promise((yes) => { const socket = new WebSocket(`ws://${location.host}/_stcore/stream`);
    socket.onopen = () => yes("open"); socket.onerror = () => yes("refused"); })"""
    assert page.evaluate(opened) == "refused"
    page.close()


def test_a_visit_to_a_page_that_asks_for_another_host_says_so(browser: Any) -> None:
    """What all tests of the dashboard rely on to tell that it asks nobody."""
    with stranger() as other:
        visit = Visit(browser, f"http://localhost:{other}/")
        visit.page.evaluate(
            "fetch('http://elsewhere.example/a').catch(() => new WebSocket('ws://elsewhere.example/b'))"
        )
        visit.until(lambda: len(visit.foreign) == 2, lambda: str(visit.foreign))
        with pytest.raises(AssertionError):
            visit.close()


def _json_lines(log: Path) -> list[str]:
    return [line for line in log.read_text().splitlines() if line.startswith("{")]
