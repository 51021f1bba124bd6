"""A real browser for the map: closed to every network, watched for errors."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Seconds after which something that does not come is given up: no test waits so long for what comes.
PATIENCE = float(os.environ.get("CONFLICT_MAP_TEST_PATIENCE", "60"))
# The shell is the same engine without the browser around it: a page costs two thirds of what it costs there.
EXECUTABLES = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
# No name leads anywhere but to this machine, and a stranger's leads to it.
REBOUND = "rebound.example"
CLOSED = f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", CLOSED]
# What the map has put off is kept count of: it is at rest when nothing of it is left.
_WAITING = """(() => {
    const waiting = (window.__waiting = new Set());
    for (const [begin, end] of [["setTimeout", "clearTimeout"], ["requestAnimationFrame", "cancelAnimationFrame"]]) {
        const start = window[begin].bind(window), stop = window[end].bind(window);
        window[begin] = (run, pause, ...rest) => {
            const id = start((...given) => { waiting.delete(begin + id); run(...given); }, pause, ...rest);
            if (!(pause > 1000)) waiting.add(begin + id); // longer ones are for what may never come
            return id;
        };
        window[end] = (id) => { waiting.delete(begin + id); stop(id); };
    }
})()"""
DESKTOP, PHONE = {"width": 1032, "height": 850}, {"width": 390, "height": 726}


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium; skip, saying why, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = next((path for path in EXECUTABLES if path.exists()), None)
    if executable is None:
        pytest.skip(f"no Chromium at {' or '.join(map(str, EXECUTABLES))}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(executable), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Shown:
    """A map file opened in a page of its own."""

    def __init__(self, browser: Any, path: Path, *, size: dict[str, int] = DESKTOP, touch: bool = False) -> None:
        self.context = browser.new_context(viewport=size, has_touch=touch, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.add_init_script(
            "addEventListener('timemap:state', (event) => (window.__sent ||= []).push(event.detail), true)"
        )
        self.page.add_init_script(_WAITING)
        self.page.goto(path.as_uri())
        self.page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=1000 * PATIENCE)

    def reset(self, state: dict[str, Any]) -> Shown:
        """Bring a map that was used before back to how it started, with another state."""
        self.page.mouse.move(5, 5)
        self.page.evaluate(
            """state => {
                const { app, map } = __timemap;
                app.stop();
                app.clearFilters();
                app.bar.showAll();
                map.setView([state.lat, state.lng], state.z, { reset: true });
                document.querySelectorAll("details").forEach((part) => (part.open = false));
                document.querySelector(".tm-countries").open = true;
                document.querySelectorAll(".tm-options select").forEach((menu) => {
                    menu.selectedIndex = [...menu.options].findIndex((option) => option.defaultSelected) || 0;
                    menu.dispatchEvent(new Event("change"));
                });
                __timemap.command({ axis: "happened", mode: "window", theme: "light" });
                __timemap.command({ place: null, event: null, ghost: null, pick: false });
                __timemap.command(state);
                if (document.activeElement) document.activeElement.blur();
            }""",
            state,
        )
        self.settle()
        self.page.evaluate("window.__sent = []")
        return self

    def state(self) -> dict[str, Any]:
        """What the map would tell the page."""
        return dict(self.page.evaluate("__timemap.state()"))

    def sent(self) -> list[dict[str, Any]]:
        """What the map has told the page, in order."""
        return list(self.page.evaluate("window.__sent || []"))

    def command(self, **message: object) -> None:
        """Send a message as the page would."""
        self.page.evaluate("message => __timemap.command(message)", message)

    def counts(self) -> dict[str, int]:
        """How many events are shown at each place, by its name."""
        return dict(
            self.page.evaluate(
                """() => { const { counts, data } = __timemap.app, shown = {};
                data.places.name.forEach((name, place) => { if (counts.n[place]) shown[name] = counts.n[place]; });
                return shown; }"""
            )
        )

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place stands in the window, in pixels."""
        x, y = self.page.evaluate(
            """([lon, lat]) => { const { map } = __timemap, p = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top]; }""",
            [lon, lat],
        )
        return x, y

    def settle(self) -> None:
        """Wait until nothing is put off any more: no frame to be drawn, no pause after a pan."""
        deadline = time.monotonic() + PATIENCE
        while waiting := self.page.evaluate("[...__waiting]"):
            assert time.monotonic() < deadline, f"the map does not come to rest: {waiting}"
            self.page.wait_for_timeout(50)

    def close(self) -> None:
        """Close the page; nothing may have failed and nothing may have left the machine."""
        self.context.close()
        assert self.errors == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))] == []
