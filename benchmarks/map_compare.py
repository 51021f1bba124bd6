"""Measure the map side by side with the usual ways, in one run: the same events, the same window, headless Chromium.

python -m benchmarks.map_compare

(a) st_folium with a marker for each event, (b) st.map, (c) st.pydeck_chart, and this map, each in a Streamlit app of
its own. The window holds half of all events. Measured:

input to redrawn  from an arrow key on the slider (the window's handle here) until the new numbers are on the page, the
                  run has ended and every frame has drawn twice. It flatters (b) and (c): a canvas drawn by software
                  may still be busy.
gap               between two animation frames while a mouse drags the slider (the window), lets go and the answer is
                  drawn; the others redraw only after the release, in `longest`.
to server         bytes from the browser during the drag, before the release.
runs              of the script for the whole drag.
to browser        bytes that the first picture took, and that one input takes.
memory            of the renderer process, resident, after that.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks.map_apps import FIRST_YEAR, OURS, PLACES, YEARS, running
from benchmarks.map_frames import ARGUMENTS, CHROMIUM, REPORT, WATCH, rank, renderer_memory

CASES = [
    (OURS, 10_000),
    (OURS, 100_000),
    (OURS, 1_000_000),
    ("st_folium, a marker per event", 10_000),
    ("st.map", 10_000),
    ("st.map", 100_000),
    ("st.map", 1_000_000),
    ("st.pydeck_chart", 10_000),
    ("st.pydeck_chart", 100_000),
    ("st.pydeck_chart", 1_000_000),
]
COLUMNS = (
    "input to redrawn s", "gap median ms", "gap p95 ms", "gap longest ms", "to server B", "runs", "first MB",
    "one input kB", "memory MB",
)  # fmt: skip
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
TWICE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STEPS = 60


@dataclass
class Wire:
    """What went over the network, in bytes."""

    sent: int = 0
    received: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count a page's requests, answers and web socket frames, those of its frames included."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", lambda event: self._add(sent=_length(event)))
        session.on("Network.webSocketFrameReceived", lambda event: self._add(received=_length(event)))
        session.on("Network.requestWillBeSent", lambda _: self._add(sent=1))
        session.on("Network.loadingFinished", lambda event: self._add(received=int(event["encodedDataLength"])))

    def _add(self, *, sent: int = 0, received: int = 0) -> None:
        self.sent += sent
        self.received += received


def _length(event: dict[str, Any]) -> int:
    payload = event["response"]["payloadData"]
    return len(payload) if event["response"]["opcode"] == 1 else len(payload) * 3 // 4  # binary comes as base64


class Usual:
    """A page of the usual kind: a Streamlit slider over a chart."""

    def __init__(self, page: Page, timeout: float) -> None:
        self.page, self.timeout = page, timeout * 1000
        self.year = FIRST_YEAR
        page.get_by_text(f"drawn {self.year}:").wait_for(timeout=self.timeout)
        self.drawn()

    def drawn(self) -> None:
        """Wait until the run has ended and every frame has drawn twice."""
        self.page.get_by_text(f"drawn {self.year}:").wait_for(timeout=self.timeout)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=self.timeout)
        for frame in self.page.frames:
            frame.evaluate(TWICE)

    def press(self) -> float:
        """Press an arrow key; gives the seconds until everything is drawn again."""
        self.page.get_by_role("slider").first.focus()
        began = time.perf_counter()
        self.year += 1  # never back: what was sent before may be cached
        self.page.keyboard.press("ArrowRight")
        self.drawn()
        return time.perf_counter() - began

    def grip(self) -> tuple[float, float, float]:
        """Where to take hold, and how far to drag."""
        # The input lies hidden in the thumb that is seen.
        box = "(input) => { const b = input.parentElement.parentElement.getBoundingClientRect(); return b.toJSON(); }"
        thumb = self.page.get_by_role("slider").first.evaluate(box)
        return thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2, -220

    def released(self) -> None:
        """Wait for the answer to a drag."""
        slider = self.page.get_by_role("slider").first
        self.year = int(slider.input_value())
        self.drawn()


class Ours:
    """A page with this map."""

    def __init__(self, page: Page, timeout: float) -> None:
        self.page, self.timeout = page, timeout * 1000
        for _ in range(int(timeout * 10)):
            found = [frame for frame in page.frames if "streamlit_folium" in frame.url]
            if found and found[0].evaluate("Boolean(window.__timemap && window.__timemap.ready)"):
                break
            page.wait_for_timeout(100)
        self.frame: Frame = found[0]
        page.wait_for_timeout(1500)

    def press(self) -> float:
        """Press an arrow key on the window's start; gives the seconds until the map is drawn again."""
        handle = self.frame.get_by_role("slider", name="Window start")
        handle.focus()
        before = int(handle.get_attribute("aria-valuenow") or 0)
        began = time.perf_counter()
        self.page.keyboard.press("ArrowRight")
        changed = f"document.querySelector('.tm-from').getAttribute('aria-valuenow') == {before + 1}"
        self.frame.wait_for_function(changed, timeout=self.timeout)
        self.frame.evaluate(TWICE)
        took = time.perf_counter() - began
        self.page.wait_for_timeout(1000)
        return took

    def grip(self) -> tuple[float, float, float]:
        """Where to take hold, and how far to drag."""
        window = self.frame.locator(".tm-window").bounding_box()
        if window is None:
            raise PlaywrightError("the time window is not on the screen")
        return window["x"] + window["width"] / 2, window["y"] + 40, 220

    def released(self) -> None:
        """Wait for the answer to a drag."""
        self.frame.evaluate(TWICE)
        self.page.wait_for_timeout(1000)


def runs_of(page: Page) -> int:
    return int(page.get_by_text("runs ").inner_text().split()[1])


def drag(shown: Usual | Ours, wire: Wire) -> tuple[list[float], int]:
    """Drag, let go, wait for the answer; gives the gaps between frames and the bytes sent before the release."""
    page = shown.page
    x, y, far = shown.grip()
    page.mouse.move(x, y)
    page.mouse.down()
    sent = wire.sent
    page.evaluate(WATCH)
    for step in range(STEPS):
        page.mouse.move(x + far * step / STEPS, y)
    sent = wire.sent - sent
    page.mouse.up()
    shown.released()
    return list(page.evaluate(REPORT)), sent


def measure(browser: Browser, name: str, count: int, presses: int, timeout: float) -> dict[str, float]:
    """Measure one library at one size."""
    with running(name, count) as address:
        page, wire = browser.new_page(viewport={"width": 1032, "height": 850}), Wire()
        wire.watch(page)
        page.goto(address, timeout=timeout * 1000)
        shown = Ours(page, timeout) if name == OURS else Usual(page, timeout)
        first, before = wire.received, wire.received
        times = sorted(shown.press() for _ in range(presses))
        each = (wire.received - before) / presses
        runs = runs_of(page)
        gaps, sent = drag(shown, wire)
        row = {
            "input to redrawn s": times[len(times) // 2],
            "gap median ms": rank(gaps, 0.5),
            "gap p95 ms": rank(gaps, 0.95),
            "gap longest ms": max(gaps),
            "to server B": sent,
            "runs": runs_of(page) - runs,
            "first MB": first / 1e6,
            "one input kB": each / 1e3,
            "memory MB": renderer_memory(browser) / 1e6,
        }
        page.close()
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=3, choices=(1, 2, 3), help="the slider has room for so many")
    parser.add_argument("--timeout", type=float, default=240)
    parser.add_argument("--only", help="measure only the approaches whose name contains this")
    parser.add_argument("--most", type=int, default=1_000_000, help="measure only up to this many events")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    arguments = parser.parse_args()
    lines = [
        f"{PLACES:,} places, a window of {YEARS} of 15 years. Load of the machine at the start and after each row."
    ]
    lines += [f"| approach | events | {' | '.join(COLUMNS)} | load |", "|---|" + " ---: |" * (len(COLUMNS) + 2)]
    print("\n".join(lines), flush=True)
    for name, count in CASES:
        if count > arguments.most or (arguments.only and arguments.only not in name):
            continue
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + WEBGL)
            try:
                row = measure(browser, name, count, arguments.presses, arguments.timeout)
                cells = [f"{row[column]:,.3g}" if row[column] < 1000 else f"{row[column]:,.0f}" for column in COLUMNS]
            except PlaywrightError as error:
                cells = [f"failed: {str(error).splitlines()[0]}"] + [""] * (len(COLUMNS) - 1)
            browser.close()
        lines.append(f"| {name} | {count:,} | {' | '.join(cells)} | {os.getloadavg()[0]:.1f} |")
        print(lines[-1], flush=True)
    if arguments.out:
        arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
