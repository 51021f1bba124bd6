"""The dashboard as a user meets it: started by its command, opened in a browser that can reach nothing else."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parents[2]
# Seconds after which something that does not come is given up: no test waits so long for what comes.
PATIENCE = float(os.environ.get("CONFLICT_MAP_TEST_PATIENCE", "60"))
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: str, log: Path, *, port: int | None = None, **environment: str) -> Iterator[str]:
    """Start ``streamlit run dashboard.py``, on a free port where none is given; gives its address."""
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"CONFLICT_MAP_STORE": store} | environment,
            stdout=output,
            stderr=output,
        )
        try:
            _wait(f"http://localhost:{port}/_stcore/health", process, log)
            yield f"http://localhost:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not start:\n{log.read_text(errors='replace')}")


def drawn(page: Any, *, errors: Sequence[str] = ()) -> Any:
    """Wait until the map of a page is drawn; gives the frame that holds it.

    The frame is asked anew each time: what waits inside it dies unnoticed where it began in the empty document that
    stands in the frame until its page has come (the window is kept, its timers and animation frames are not).
    """
    page.wait_for_selector(".st-key-stage iframe", timeout=1000 * PATIENCE)
    frame = page.query_selector(".st-key-stage iframe").content_frame()
    deadline = time.monotonic() + PATIENCE
    while not frame.evaluate("Boolean(window.__timemap && window.__timemap.ready)"):
        if time.monotonic() > deadline:
            says = frame.evaluate("document.body ? document.body.innerText.slice(0, 500) : ''")
            raise AssertionError(f"the map was not drawn; it says {says!r}, errors: {list(errors)}")
        page.wait_for_timeout(100)
    return frame


class Visit:
    """One visit to the dashboard in a browser context of its own."""

    def __init__(self, browser: Any, address: str, *, size: dict[str, int] = DESKTOP, scheme: str = "light") -> None:
        self.host = urlsplit(address).netloc
        self.context = browser.new_context(
            viewport=size, color_scheme=scheme, reduced_motion="reduce", accept_downloads=True
        )
        self.context.route(re.compile(".*"), self._only_this_host)
        self.page = self.context.new_page()
        self.page.set_default_timeout(1000 * PATIENCE)
        self.foreign: list[str] = []
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.sent = 0
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda ws: ws.on("framesent", lambda _: self._count()))
        self.page.goto(address)

    def _only_this_host(self, route: Any) -> None:
        if urlsplit(route.request.url).netloc == self.host:
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def _count(self) -> None:
        self.sent += 1

    def drawn(self) -> Any:
        """Wait until the map is drawn; gives the frame that holds it."""
        return drawn(self.page, errors=self.errors)

    def link(self) -> dict[str, str]:
        """The parameters of the address as it stands."""
        query = urlsplit(self.page.evaluate("location.href")).query
        return {key: values[-1] for key, values in parse_qs(query).items()}

    def wait_for_link(self, **wanted: str | None) -> None:
        """Wait until the address holds these parameters (None: not at all)."""

        def holds() -> bool:
            link = self.link()
            return all(link.get(key) == value for key, value in wanted.items())

        self.until(holds, lambda: f"wanted {wanted}, the address has {self.link()}")

    def until(self, holds: Callable[[], bool], told: Callable[[], str] = str) -> None:
        """Wait until something holds; `told` says what there is where it never does."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(told())
            self.page.wait_for_timeout(100)

    def wait_for_shown(self, *places: str) -> None:
        """Wait until these are the places that have events in the window."""
        self.until(lambda: self.shown() == set(places), lambda: f"wanted {places}, there are {self.shown()}")

    def quiet(self) -> None:
        """Wait until the page sends nothing and asks for nothing any more: for a second, however often that takes."""
        before = (-1, -1)
        while before != (before := (self.sent, len(self.requests))):
            self.page.wait_for_timeout(1000)

    def shown(self) -> set[str]:
        """The names of the places that have events in the window."""
        return set(
            self.drawn().evaluate(
                "() => { const { counts, data } = __timemap.app;"
                " return data.places.name.filter((_, place) => counts.n[place]); }"
            )
        )

    def close(self) -> None:
        """End the visit; nothing may have failed, nothing may have asked for another host."""
        self.context.close()
        assert self.foreign == []
        assert self.errors == []
