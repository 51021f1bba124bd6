"""Measure the map under many events, at world, country and city zoom: frames of a drag, what is drawn, covered numbers.

python -m benchmarks.map_volume               # 600 and 13,000 events in 60 towns, a million in 2,000
python -m benchmarks.map_volume --first       # and the time until the first of 100,000 events is drawn
"""

from __future__ import annotations

import argparse
import gzip
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks import generate_events
from benchmarks.map_frames import ARGUMENTS, CHROMIUM, FIRST, drag, rank
from benchmarks.map_server import served
from geo.timemap import TimeMap, packed

WINDOW = {"from": "2014-01-01", "to": "2015-12-31"}
VIEWS = {"world": (25.0, 20.0, 2.5), "country": (48.6, 35.5, 6.0), "city": (50.4, 30.5, 9.0)}
# Events, towns, and the country that these lie in.
VOLUMES: tuple[tuple[int, int, str | None], ...] = ((600, 60, "UA"), (13_000, 60, "UA"), (1_000_000, 2000, None))
FIRST_OF = 100_000
PAINTS = 60
SIZE = {"width": 1032, "height": 850}
SCRIPT = """() => { const { app } = __timemap, times = [];
    for (let step = 0; step < PAINTS; step++) {
        app.view.from += 5;
        app.view.to += 5;
        app.settled = false;
        app.paint();
        times.push(app.timing.frame);
    }
    app.change(true);
    return times; }""".replace("PAINTS", str(PAINTS))
# A number is covered where a mark that is drawn later reaches the box that it is written in.
DRAWN = """() => { const { marks, scale, dense } = __timemap.app.marks;
    const covered = marks.filter((mark, at) => mark.half && marks.slice(at + 1).some(({ x, y, r }) => {
        const dx = Math.max(0, Math.abs(x - mark.x) - mark.half), dy = Math.max(0, Math.abs(y - mark.y) - 6);
        return Math.hypot(dx, dy) < r; }));
    return { as: dense ? "cells" : "marks", drawn: marks.length, part: scale.part, covered: covered.length }; }"""


def processor(page: Page, script: str) -> float:
    """Run a script; gives the processor time that it took in milliseconds, which a busy machine does not stretch."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    before = spent()
    page.evaluate(script)
    took = spent() - before
    session.detach()
    return took


def measure(page: Page, zoom: str) -> dict[str, Any]:
    """Give what is drawn at one zoom, and the frames while the window is dragged over the bar."""
    lat, lng, z = VIEWS[zoom]
    page.evaluate("([lat, lng, z]) => __timemap.map.setView([lat, lng], z, { reset: true })", [lat, lng, z])
    page.evaluate("__timemap.command({ from: '2014-01-01', to: '2015-12-31' })")
    drawn = page.evaluate(DRAWN)
    script = page.evaluate(SCRIPT)
    ticks = processor(page, SCRIPT) / PAINTS
    page.evaluate("__timemap.command({ from: '2014-01-01', to: '2015-12-31' })")
    gaps = drag(page)
    return {
        "zoom": zoom,
        "drawn as": f"{drawn['drawn']} {drawn['as']}",
        "area": f"1/{drawn['part']:,}",
        "numbers covered": drawn["covered"],
        "gap median ms": f"{rank(gaps, 0.5):.1f}",
        "gap p95 ms": f"{rank(gaps, 0.95):.1f}",
        "script median ms": f"{rank(script, 0.5):.1f}",
        "script p95 ms": f"{rank(script, 0.95):.1f}",
        "processor ms": f"{ticks:.1f}",
    }


def volume(count: int, places: int, country: str | None, *, first_only: bool = False) -> list[dict[str, Any]]:
    """Give the rows of one number of events; only the time until the first are drawn where that is asked."""
    body = gzip.compress(packed.pack(generate_events.make(count, places=places, country=country, seed=3)), 5)
    lat, lng, z = VIEWS["world"]
    state = WINDOW | {"lat": lat, "lng": lng, "z": z}
    html = TimeMap(data_url="events.bin", assets_url="assets", state=state, legend="closed").get_root().render()
    with served(html, body) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
        page.goto(address)
        page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=300_000)
        first = {"events": f"{count:,}", "first s": f"{page.evaluate(FIRST):.2f}"}
        rows = [first] if first_only else [first | measure(page, zoom) for zoom in VIEWS]
        browser.close()
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Write rows as a table in Markdown."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " ---: |" * len(names)]
    return "\n".join(lines + ["| " + " | ".join(str(row[name]) for name in names) + " |" for row in rows])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", help="of the numbers of events, only these")
    parser.add_argument("--first", action="store_true", help=f"also the time to the first of {FIRST_OF:,} events")
    arguments = parser.parse_args()
    wanted = [one for one in VOLUMES if not arguments.counts or one[0] in arguments.counts]
    if wanted:
        print(table([row for one in wanted for row in volume(*one)]))
    if arguments.first:
        print(table(volume(FIRST_OF, 2000, None, first_only=True)))


if __name__ == "__main__":
    main()
