"""A map of more events than a browser holds: ``python -m benchmarks.grid [1000000 10000000] [--places 2000]``.

The events are counted by place and time (`geo.timemap.grid`) by a process that serves the map alone, as the dashboard
does from `CONFLICT_MAP_GRID_FROM` events on. Prints what the counting costs that process (seconds of the processor,
memory), how large the answers are, and what a browser does with them: the time until the first marks, the frames and
the requests while a mouse drags the window, and the time from a release or a zoom until every number is exact.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import multiprocessing
import resource
import time
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from benchmarks import generate_events
from benchmarks.map_frames import ARGUMENTS, CHROMIUM, FIRST, drag, rank, renderer_memory
from benchmarks.map_server import MapServer, Sent
from benchmarks.map_volume import PAINTS, SCRIPT, SIZE, VIEWS, processor, table
from geo.page import gridding
from geo.timemap import TimeMap
from geo.timemap.grid import Chosen, Grid
from geo.timemap.part import Part

_WINDOW = {"from": "2014-01-01", "to": "2015-12-31"}
_PART = 1_000_000  # events that are generated at once
_PATIENCE = 300_000  # milliseconds
_MEGABYTE = 1_000_000
_SHOWN = ("reported", "claimed")
_SETTLED = """() => { const { app } = __timemap, { grid } = app;
    return !app.frame && !grid.pending && grid.covers(grid.part(0)) && grid.rough() === null; }"""


def made(count: int, places: int) -> pd.DataFrame:
    """Give generated events in parts, each of other days and types at the same places; texts are held once each."""
    parts = []
    for number, start in enumerate(range(0, count, _PART), start=1):
        part = generate_events.make(min(_PART, count - start), places=places, seed=number)
        parts.append(part.drop(columns=["article", "title", "source"]).astype({"id": "str"}))
    frame = pd.concat(parts, ignore_index=True)
    texts = ("place", "place_id", "place_kind", "place_precision", "country_code", "tier")
    return frame.astype(dict.fromkeys(texts, "str"))


class _Counted:
    """What is asked for, counted: as the page's library does it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        began = time.process_time()
        self.grid = Grid(frame)
        self.kept = np.isin(frame["status"].astype("str"), _SHOWN)
        self.columns_s = time.process_time() - began
        self._chosen: dict[str, Chosen] = {}
        self._answers: dict[Part, bytes] = {}
        self.log: list[dict[str, Any]] = []

    def answer(self, part: Part) -> bytes:
        if part not in self._answers:
            began = time.process_time()
            if part.axis not in self._chosen:
                self._chosen[part.axis] = self.grid.choose(self.kept, axis=part.axis)
            raw = self.grid.pack(self._chosen[part.axis], part)
            self._answers[part] = gzip.compress(raw, 1, mtime=0)
            self.log.append({"s": time.process_time() - began, "mb": len(self._answers[part]) / _MEGABYTE})
        return self._answers[part]


def _serve(count: int, places: int, told: Connection) -> None:
    """Serve the map in a process of its own; says at which port, and, once asked, what it cost."""
    frame = made(count, places)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counted = _Counted(frame)
    lat, lng, z = VIEWS["world"]
    state = _WINDOW | {"lat": lat, "lng": lng, "z": z}
    page_html = TimeMap(data_url="grid.bin?of=all", assets_url="assets", state=state).get_root().render()

    def log(_: str) -> Sent:
        memory = {"before": before / 1024, "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        return Sent(json.dumps([counted.columns_s, memory, counted.log]).encode(), "application/json")

    def grid(asked: str) -> Sent:
        _, part = gridding.asked(dict(parse_qsl(asked)))
        return Sent(counted.answer(part), encoding="gzip")

    server = MapServer(page_html, {"log": log, "grid.bin": grid})
    told.send(server.server_address[1])
    server.serve_forever()


def _log(port: int) -> Any:
    wire = http.client.HTTPConnection("127.0.0.1", port)
    wire.request("GET", "/log")
    return json.loads(wire.getresponse().read())


def _seconds(page: Page, act: str) -> float:
    """Give the seconds from an act until every number of the map is exact."""
    began = time.perf_counter()
    page.evaluate(act)
    page.wait_for_function(_SETTLED, timeout=_PATIENCE)
    return time.perf_counter() - began


def _seen(page: Page, zoom: str) -> dict[str, Any]:
    lat, lng, z = VIEWS[zoom]
    moved = _seconds(page, f"void __timemap.map.setView([{lat}, {lng}], {z}, {{ reset: true }})")
    let_go = _seconds(page, "void __timemap.command({ from: '2012-03-05', to: '2013-04-11' })")
    held = page.evaluate("(({ data }) => ({ ...data.table.grid, rows: data.rows }))(__timemap.app)")
    page.evaluate("void __timemap.command({ from: '2014-01-01', to: '2015-12-31' })")
    page.wait_for_function(_SETTLED, timeout=_PATIENCE)
    before = page.evaluate("performance.getEntriesByType('resource').length")
    gaps = drag(page)
    asked = page.evaluate("performance.getEntriesByType('resource').length") - before
    page.wait_for_function(_SETTLED, timeout=_PATIENCE)
    ticks = processor(page, SCRIPT) / PAINTS
    page.wait_for_function(_SETTLED, timeout=_PATIENCE)
    return {
        "zoom": zoom, "rows": f"{held['rows']:,}", "stretch": "own" if held["own"] else held["bin"],
        "moved until exact s": f"{moved:.2f}", "released until exact s": f"{let_go:.2f}",
        "gap median ms": f"{rank(gaps, 0.5):.1f}", "p95 ms": f"{rank(gaps, 0.95):.1f}",
        "processor ms": f"{ticks:.1f}", "requests in the drag": asked,
    }  # fmt: skip


def measure(count: int, places: int) -> None:
    """Print what a map of so many events costs."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(count, places, there), daemon=True)
    process.start()
    port = here.recv()
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=_PATIENCE)
            first = page.evaluate(FIRST)
            rows = [_seen(page, zoom) for zoom in VIEWS]
            usage = page.context.new_cdp_session(page).send("Runtime.getHeapUsage")
            resident = renderer_memory(browser) / _MEGABYTE
            browser.close()
        columns_s, memory, log = _log(port)
    finally:
        process.terminate()
        process.join()
    heap = (usage["usedSize"] + usage["backingStorageSize"]) / _MEGABYTE
    each, sizes = ([one[name] for one in log] for name in ("s", "mb"))
    print(f"{count:,} events at {places:,} places")
    print(f"  the columns that are counted: {columns_s:.1f} s of the processor")
    print(f"  the first answer: {each[0]:.2f} s, {sizes[0]:.2f} MB; the first marks after {first:.2f} s")
    print(f"  {len(log)} answers: {np.median(each):.2f} s, the longest {max(each):.2f}")
    print(f"  an answer: {np.median(sizes):.2f} MB, the largest {max(sizes):.2f}")
    print(f"  memory of the process, MB: {memory['most']:.0f}, of that before {memory['before']:.0f}")
    print(f"  heap and arrays of the browser: {heap:.0f} MB; its process {resident:.0f} MB")
    print(table(rows), flush=True)


def main() -> None:
    """Print a paragraph and a table for each number of events."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.grid", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--places", type=int, default=2000)
    options = parser.parse_args()
    for count in options.counts:
        measure(count, options.places)


if __name__ == "__main__":
    main()
