"""Measure how the dashboard comes up in headless Chromium: first paint, first events, list, layout shift.

python -m benchmarks.loading                     # the store and the gazetteer that `conflict-map run` would open
python -m benchmarks.loading --store FILE --phone --times 3

Three visits each: the first after the start of the server, one with an empty browser cache, one with a full one; with
`--times` as often anew, and the middle of each number is printed. Times are seconds from the request for the page.
*Processor* is what the page's main thread has worked by then, which a busy machine does not stretch: where the two
differ widely, other programs had the cores.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.map_frames import ARGUMENTS, CHROMIUM
from geo.settings import Settings
from tests.browser.dashboard import DESKTOP, PHONE, drawn, serving

LOOK = 40  # milliseconds between two looks for the list, which is that much late at most
WATCH = """(() => { const seen = (window.__seen = { shift: 0, list: null });
  new PerformanceObserver((entries) => {
    for (const one of entries.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  const listed = (root) => root.querySelector("[data-event]")
    || [...root.querySelectorAll("*")].some(({ shadowRoot }) => shadowRoot && listed(shadowRoot));
  const timer = setInterval(() => {
    if (!document.body || !listed(document)) return;
    seen.list = performance.now() / 1000;
    clearInterval(timer);
  }, LOOK); })()""".replace("LOOK", str(LOOK))
EVENTS = """() => { const [mark] = performance.getEntriesByName("timemap: first events drawn");
  return (performance.timeOrigin + mark.startTime) / 1000; }"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
PROMISED = {"first paint s": 1.0, "first events s": 1.0, "list s": 2.0, "layout shift": 0.05}
SETTLED = 1500  # milliseconds in which late shifts may still come


def visit(context: BrowserContext, address: str) -> dict[str, float]:
    """Open the page once; gives seconds and the sum of layout shifts."""
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.__seen && window.__seen.list", timeout=120_000)
    frame = drawn(page)
    page.wait_for_timeout(SETTLED)
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    start = page.evaluate("performance.timeOrigin") / 1000
    seen = page.evaluate("window.__seen")
    row = {
        "first paint s": page.evaluate(PAINT),
        "first events s": frame.evaluate(EVENTS) - start,
        "list s": seen["list"],
        "layout shift": seen["shift"],
        "processor s": metrics["TaskDuration"],
    }
    page.close()
    return row


def measure(browser: Browser, address: str, size: dict[str, int]) -> list[tuple[str, dict[str, float]]]:
    """Give the three visits."""

    def fresh() -> BrowserContext:
        return browser.new_context(viewport={"width": size["width"], "height": size["height"]})

    first = fresh()
    rows = [("after the start of the server", visit(first, address))]
    first.close()
    cold = fresh()
    rows.append(("cold browser cache", visit(cold, address)))
    rows.append(("warm browser cache", visit(cold, address)))
    cold.close()
    return rows


def middle(runs: list[list[tuple[str, dict[str, float]]]]) -> list[tuple[str, dict[str, float]]]:
    """Give the median of each number over runs of the same visits."""
    rows = []
    for same in zip(*runs, strict=True):
        visit, numbers = same[0]
        rows.append((visit, {name: statistics.median(each[name] for _, each in same) for name in numbers}))
    return rows


def table(rows: list[tuple[str, dict[str, float]]]) -> str:
    """Write rows as a table in Markdown."""
    names = list(rows[0][1])
    lines = ["| visit | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    lines += [f"| {visit} | " + " | ".join(f"{row[name]:.3g}" for name in names) + " |" for visit, row in rows]
    promised = ", ".join(f"{name} {most}" for name, most in PROMISED.items())
    return "\n".join([*lines, "", f"Promised on two idle cores: {promised}."])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", help="the store to open (default: as the dashboard would)")
    parser.add_argument("--phone", action="store_true", help="at the size of a phone")
    parser.add_argument("--times", type=int, default=1, help="how often, each with a server of its own")
    arguments = parser.parse_args()
    store = Settings.from_environment(store=arguments.store).store
    size: dict[str, int] = PHONE if arguments.phone else DESKTOP
    runs = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for _ in range(arguments.times):
            with serving(store, Path(folder) / "log", forked=False) as address:  # as anybody starts it
                runs.append(measure(browser, address, size))
        browser.close()
    print(table(middle(runs)))
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"\nOther work while this ran: {busy:.1f} runnable programs a core.")


if __name__ == "__main__":
    main()
