"""Measure the map in headless Chromium: first events on screen, frames while a mouse drags the window, bytes, memory.

python -m benchmarks.map_frames 10000 100000 1000000
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import generate_events
from benchmarks.map_server import served
from geo.timemap import TimeMap, packed

# The whole browser where it is installed, else the shell that the tests install.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-headless-shell") or "chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STATE = {"from": "2014-01-01", "to": "2015-12-31", "lat": 35.0, "lng": 40.0, "z": 4.0}
STEPS = 150

WATCH = """() => { const gaps = window.__gaps = []; let last = 0;
  const tick = (now) => {
    if (last) gaps.push(now - last);
    last = now;
    if (window.__gaps === gaps) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick); }"""
# From the request for the page until the first events have been drawn.
FIRST = "performance.getEntriesByName('timemap: first events drawn')[0].startTime / 1000"
REPORT = """() => { const gaps = window.__gaps; window.__gaps = null; return gaps; }"""


def rank(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def renderer_memory(browser: Browser) -> int:
    """Give the resident memory, in bytes, of the largest renderer process."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    resident = []
    for process in processes:
        if process["type"] == "renderer":
            status = Path(f"/proc/{process['id']}/status").read_text(encoding="ascii")
            resident.append(int(status.split("VmRSS:")[1].split()[0]) * 1024)
    return max(resident)


def drag(page: Page) -> list[float]:
    """Drag the window over the whole bar with the mouse; gives the gaps between animation frames in milliseconds."""
    box = page.locator(".tm-window").bounding_box()
    bar = page.locator(".tm-hist").bounding_box()
    if box is None or bar is None:
        raise RuntimeError("the time bar is not on the screen")
    x, y = box["x"] + box["width"] / 2, box["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(WATCH)
    for step in range(STEPS):
        page.mouse.move(x + (bar["width"] * 0.6) * step / STEPS, y)
    gaps = page.evaluate(REPORT)
    page.mouse.up()
    return list(gaps)


def measure(count: int, places: int) -> dict[str, float]:
    frame = generate_events.make(count, places=places)
    began = time.perf_counter()
    data = packed.pack(frame)
    pack_s = time.perf_counter() - began
    body = gzip.compress(data, 5)
    html = TimeMap(data_url="events.bin", assets_url="assets", state=STATE).get_root().render()
    with served(html, body) as (address, tally), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1032, "height": 850})
        page.goto(address)
        page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=120_000)
        first = page.evaluate(FIRST)
        page.wait_for_timeout(1500)
        sent = dict(tally)
        drag(page)  # once to warm up
        before = tally["requests"]
        gaps = drag(page)
        computing = page.evaluate(
            """() => { const { app } = __timemap, times = [];
            for (let i = 0; i < 60; i++) {
                app.view.from += 5;
                app.view.to += 5;
                app.paint();
                times.push(app.timing.frame);
            }
            return times; }"""
        )
        usage = page.context.new_cdp_session(page).send("Runtime.getHeapUsage")
        resident = renderer_memory(browser)
        browser.close()
    return {
        "events": count,
        "pack s": pack_s,
        "sent MB": sent["bytes"] / 1e6,
        "first s": first,
        "gap median ms": rank(gaps, 0.5),
        "gap p95 ms": rank(gaps, 0.95),
        "script median ms": rank(computing, 0.5),
        "script p95 ms": rank(computing, 0.95),
        "heap and arrays MB": (usage["usedSize"] + usage["backingStorageSize"]) / 1e6,
        "renderer MB": resident / 1e6,
        "requests in drag": tally["requests"] - before,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--places", type=int, default=2000)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    arguments = parser.parse_args()
    rows = [measure(count, arguments.places) for count in arguments.counts]
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " ---: |" * len(names)]
    lines += [
        "| " + " | ".join(f"{row[name]:,.4g}" if row[name] < 1000 else f"{row[name]:,.0f}" for name in names) + " |"
        for row in rows
    ]
    print("\n".join(lines))
    if arguments.out:
        arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
