"""Measure what others would do: time from a key on the slider to the redrawn chart, beside the map's own frames.

python -m benchmarks.map_compare

(a) st_folium with a marker for each event, (b) st.map, (c) st.pydeck_chart; each in a Streamlit app of its own, in
headless Chromium. The time ends when the app's run has ended, its last number is on the page, and every frame of the
page has then drawn twice: it flatters (b) and (c), whose software-rendered canvas may still be busy.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--use-gl=swiftshader"]
PLACES = 2000

HEAD = """
import sys
sys.path[:0] = [{root!r}, {benchmarks!r}]
import streamlit as st
from benchmarks import generate_events
@st.cache_resource
def events():
    frame = generate_events.make({count}, places={places})
    return frame[["lon", "lat", "date_start", "type"]].reset_index(drop=True)
year = st.slider("year", 2010, 2023, 2012, key="year")
frame = events()
shown = frame[frame["date_start"].dt.year.between(year, year + 1)]
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
TAIL = """
st.text(f"drawn {year}: {len(shown)}")
"""
CASES = [
    ("st_folium, a marker per event", 10_000),
    ("st.map", 10_000),
    ("st.map", 100_000),
    ("st.map", 1_000_000),
    ("st.pydeck_chart", 10_000),
    ("st.pydeck_chart", 100_000),
]
TWICE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def press(page: Page, year: int, timeout: float) -> float:
    """Press the arrow key on the slider; gives the seconds until everything has drawn again."""
    page.get_by_role("slider").first.focus()
    began = time.perf_counter()
    page.keyboard.press("ArrowRight")
    page.get_by_text(f"drawn {year}:").wait_for(timeout=timeout * 1000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=timeout * 1000)
    for frame in page.frames:
        frame.evaluate(TWICE)
    return time.perf_counter() - began


def measure(name: str, count: int, presses: int, timeout: float) -> list[float]:
    script = HEAD.format(root=str(ROOT), benchmarks=str(ROOT / "benchmarks"), count=count, places=PLACES)
    with tempfile.TemporaryDirectory() as folder:
        path, port = Path(folder) / "app.py", free_port()
        path.write_text(script + CHARTS[name] + TAIL, encoding="utf-8")
        options: dict[str, Any] = {
            "server.port": port,
            "server.headless": "true",
            "server.fileWatcherType": "none",
            "server.maxMessageSize": 2000,
            "browser.gatherUsageStats": "false",
            "browser.serverAddress": "127.0.0.1",
        }
        arguments = [f"--{key}={value}" for key, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", str(path), *arguments]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(6)
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                page = browser.new_page(viewport={"width": 1032, "height": 850})
                page.goto(f"http://127.0.0.1:{port}/")
                page.get_by_text("drawn 2012:").wait_for(timeout=timeout * 1000)
                page.wait_for_timeout(4000)
                times = [press(page, 2013 + number, timeout) for number in range(presses)]
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=30)
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--only", help="measure only the approaches whose name contains this")
    arguments = parser.parse_args()
    print("| approach | events | input to redrawn, median s |\n| --- | ---: | ---: |")
    for name, count in CASES:
        if arguments.only and arguments.only not in name:
            continue
        times = measure(name, count, arguments.presses, arguments.timeout)
        print(f"| {name} | {count:,} | {times[len(times) // 2]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
