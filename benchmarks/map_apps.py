"""The Streamlit apps that `map_compare` runs: the same events and window, drawn by each library its usual way."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = 2000
YEARS = 8  # the window: about half of all events, so that nobody wins by drawing little
FIRST_YEAR = 2012

DATA = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}]
from benchmarks import generate_events
frame = generate_events.make(COUNT, places={PLACES})
"""
CHARTS = {
    "st_folium, a marker per event": """
import folium
from streamlit_folium import st_folium
chart = folium.Map([35, 40], zoom_start=4, tiles=None)
for lon, lat in zip(shown["lon"], shown["lat"]):
    folium.CircleMarker([lat, lon], radius=3).add_to(chart)
st_folium(chart, width=900, height=500, returned_objects=[])
""",
    "st.map": """
st.map(shown, latitude="lat", longitude="lon", height=500)
""",
    "st.pydeck_chart": """
import pydeck
layer = pydeck.Layer("ScatterplotLayer", shown[["lon", "lat"]], get_position=["lon", "lat"], get_radius=20000)
view = pydeck.ViewState(longitude=40, latitude=35, zoom=3)
st.pydeck_chart(pydeck.Deck([layer], initial_view_state=view, map_style=None, map_provider=None), height=500)
""",
}
_WITH_SLIDER = f"""
import streamlit as st
@st.cache_resource
def events():
    {{data}}
    return frame[["lon", "lat", "date_start", "type"]].reset_index(drop=True)
year = st.slider("year", 2010, 2024 - {YEARS}, {FIRST_YEAR}, key="year")
frame = events()
shown = frame[frame["date_start"].dt.year.between(year, year + {YEARS - 1})]
{{chart}}
st.session_state.runs = st.session_state.get("runs", 0) + 1
st.text(f"runs {{{{st.session_state.runs}}}}")
st.text(f"drawn {{{{year}}}}: {{{{len(shown)}}}}")
"""
_OUR_PAGE = f"""
import streamlit as st
from streamlit_folium import st_folium
from geo.timemap import TimeMap
state = {{"from": "{FIRST_YEAR}-01-01", "to": "{FIRST_YEAR + YEARS - 1}-12-31", "lat": 35.0, "lng": 40.0, "z": 4}}
drawn = TimeMap(data_url="../../data/events.bin", assets_url="../../assets", state=state, legend="closed")
st_folium(drawn, key="map", width=900, height=640, returned_objects=[])
st.session_state.runs = st.session_state.get("runs", 0) + 1
st.text(f"runs {{st.session_state.runs}}")
"""
_OUR_APP = """
{data}
import gzip
import streamlit as st
from starlette.responses import Response
from starlette.routing import Route
from geo.timemap import files, packed
BODY = gzip.compress(packed.pack(frame), 5)
del frame

async def asset(request):
    found = files.read(request.path_params["name"])
    headers = {{"Content-Encoding": found.encoding}} if found.encoding else {{}}
    return Response(found.body, media_type=found.media_type, headers=headers)

async def events(request):
    return Response(BODY, media_type="application/octet-stream", headers={{"Content-Encoding": "gzip"}})

app = st.App({page!r}, routes=[Route("/assets/{{name:path}}", asset), Route("/data/events.bin", events)])
"""
OURS = "this map"


def _write(folder: Path, name: str, count: int) -> Path:
    """Write the app of one library; gives its entry script."""
    data, entry = DATA.replace("COUNT", str(count)), folder / "app.py"
    if name == OURS:
        page = folder / "page.py"
        page.write_text(_OUR_PAGE, encoding="utf-8")
        entry.write_text(_OUR_APP.format(data=data, page=str(page)), encoding="utf-8")
    else:
        indented = data.strip().replace("\n", "\n    ")
        entry.write_text(_WITH_SLIDER.format(data=indented, chart=CHARTS[name]).replace("{{", "{").replace("}}", "}"))
    return entry


@contextmanager
def running(name: str, count: int) -> Iterator[str]:
    """Run the app of one library with `count` events; gives its address once it listens."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        options = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.fileWatcherType": "none",
            "server.maxMessageSize": 2000,  # half a million points are more than the usual 200 MB
            "browser.gatherUsageStats": "false",
            "browser.serverAddress": "127.0.0.1",
        }
        arguments = [f"--{key}={value}" for key, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", str(_write(Path(folder), name, count)), *arguments]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"streamlit ended with {server.returncode} before it listened on port {port}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"streamlit does not listen on port {port} after two minutes")
