"""The map inside st_folium: served by the app's own routes, told what to show, answering once, never mounted again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.asking import expect

pytestmark = pytest.mark.browser

# Streamlit's own mark on the page while no script runs.
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"

ROOT = Path(__file__).parents[2]

PAGE = """
import streamlit as st
from streamlit_folium import st_folium
from geo.timemap import Command, TimeMap
if st.query_params.get("own"):  # somebody's own app: nothing is served for the map
    from tests.timemap import specimens
    value = st_folium(TimeMap(specimens.events()), key="own", width=None, height=640, returned_objects=[])
    st.text(f"from={(value or {}).get('from')}")
    st.stop()
st.session_state.runs = st.session_state.get("runs", 0) + 1
source = st.radio("Source", ["all", "Digest"], key="source")
state = {"from": "2015-01-01", "to": "2016-06-30", "lat": 47.5, "lng": 37.0, "z": 6}
drawn = TimeMap(data_url="../../data/events.bin", assets_url="../../assets", state=state, legend="closed")
command = Command({"sources": None if source == "all" else [source]})
value = st_folium(
    drawn, key="map", width=900, height=640, returned_objects=[], feature_group_to_add=command.group()
)
st.text(f"runs={st.session_state.runs} from={(value or {}).get('from')}")
"""

APP = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from starlette.responses import Response
from starlette.routing import Route
from geo.timemap import files, packed
from tests.timemap import specimens

DATA = packed.pack(specimens.events())

async def asset(request):
    found = files.read(request.path_params["name"])
    headers = {{"ETag": found.etag}} | ({{"Content-Encoding": found.encoding}} if found.encoding else {{}})
    return Response(found.body, media_type=found.media_type, headers=headers)

async def events(request):
    return Response(DATA, media_type="application/octet-stream")

app = st.App({page!r}, routes=[Route("/assets/{{name:path}}", asset), Route("/data/events.bin", events)])
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "main.py").write_text(APP.format(root=str(ROOT), page=str(folder / "page.py")), encoding="utf-8")
    port = free_port()
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": "127.0.0.1",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "main.py"), *arguments]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, env={"PYTHONPATH": str(ROOT), "HOME": str(folder)}
        )
        try:
            wait_for(port, server, folder / "log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            pytest.fail(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the app did not start within a minute")


def frame_of(page: Any) -> Any:
    for _ in range(300):
        found = next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)
        if found and found.evaluate("Boolean(window.__timemap && window.__timemap.ready)"):
            return found
        page.wait_for_timeout(100)
    pytest.fail("the map did not start within half a minute")


def runs_of(page: Any) -> int:
    """How often the page's script has run."""
    return int(page.get_by_text("runs=").inner_text().split()[0].removeprefix("runs="))


def _keep(frames: list[object], sent: object) -> None:
    """Playwright takes no built-in method as a listener."""
    frames.append(sent)


def test_one_map_lives_through_everything(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    frames: list[object] = []
    page.on("websocket", lambda wire: wire.on("framesent", lambda sent: _keep(frames, sent)))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    frame = frame_of(page)
    frame.evaluate("() => { window.__before = __timemap.map; }")
    page.get_by_text("Digest").click()
    frame.wait_for_function("[...(__timemap.app.filter.sources || [])].join() === 'Digest'")
    page.locator(QUIET).wait_for()
    runs = runs_of(page)

    box = frame.locator(".tm-window").bounding_box()
    before, requests_before, frames_before = frame.evaluate("__timemap.app.view.from"), len(requests), len(frames)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 200, box["y"] + 40, steps=15)
    frame.wait_for_function("from => __timemap.app.view.from > from && !__timemap.app.frame", arg=before)
    assert runs_of(page) == runs  # no rerun while the hand is down
    assert len(frames) == frames_before  # nor a byte to the server
    late = requests[requests_before:]  # Streamlit may still fetch parts of its own front end
    assert [url for url in late if "/static/" not in url] == []
    page.mouse.up()
    page.get_by_text(f"runs={runs + 1} from=20").wait_for()

    page.get_by_text("all", exact=True).click()
    frame.wait_for_function("!__timemap.app.filter.sources")
    page.locator(QUIET).wait_for()
    assert runs_of(page) == runs + 2  # one for the drag, one for the click
    assert frame.evaluate("window.__before === __timemap.map")
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    context.close()


def test_a_map_draws_in_an_app_that_serves_nothing_for_it(browser: Any, address: str) -> None:
    """It was blank: st_folium runs no script that stands in the head of a map's page."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}?own=1")
    frame = frame_of(page)
    expect(frame.locator(".tm-count")).to_contain_text("of 14 reported events")
    frame.locator(".tm-chip").first.click()
    page.get_by_text("from=2015-01-01").wait_for()
    assert [url for url in requests if "/assets/" in url or "events.bin" in url] == []
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    context.close()
