"""The dashboard as a user meets it: started by its command, opened in a browser that can reach nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from weakref import WeakKeyDictionary

from tests.browser import nursery
from tests.timemap.chromium import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
# What a page may leave in a browser, but for files that its server lets a browser keep.
_LEFT_BEHIND = "cookies,indexeddb,local_storage,service_workers,cache_storage,websql,file_systems"
_OWN = ("data", "blob", "about")  # schemes of what a page holds itself
# Remembers the map, to see later that it is still the same. A script whose last value is the map would send all of it
# here, which takes half a minute: this one has none.
KEEP = "() => { window.__kept = window.__timemap.map; }"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


# Ports at which a server listened that has ended. The next listens there again: to a browser that is the same host, of
# which it kept the scripts.
_LEFT: list[int] = []


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    store: str,
    log: Path,
    *,
    port: int | None = None,
    secrets: Path | None = None,
    forked: bool = True,
    **environment: str,
) -> Iterator[str]:
    """Start ``streamlit run dashboard.py``, on a free port where none is given; gives its address.

    `secrets` is the file that Streamlit reads its secrets from instead of those in its usual places. `forked`: from a
    process that has its packages imported (`tests.browser.nursery`), where the environment allows it.
    """
    given, port = port, port or _port()
    arguments = ["run", "dashboard.py", "--server.port", str(port), "--server.headless", "true"]
    if secrets:
        arguments += ["--secrets.files", str(secrets)]
    everything = os.environ | {"CONFLICT_MAP_STORE": store} | environment
    process: nursery.Forked | subprocess.Popen[bytes]
    if forked and nursery.can_start(environment):
        process = nursery.start(arguments, everything, log)
    else:
        with log.open("wb") as output:
            command = [sys.executable, "-m", "streamlit", *arguments]
            process = subprocess.Popen(command, cwd=ROOT, env=everything, stdout=output, stderr=output)
    try:
        _wait(f"http://localhost:{port}/_stcore/health", process, log)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        if given is None:
            _LEFT.append(port)


def _port() -> int:
    """Give the port of a server that has ended, where nobody has taken it meanwhile, or one that nobody had."""
    while _LEFT:
        port = _LEFT.pop()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of before may still be ending
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    return free_port()


def _wait(address: str, process: nursery.Forked | subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
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


class Room:
    """A browser context that one visit after the other has for itself, emptied between them.

    It keeps what a server said may be kept (megabytes of Streamlit's scripts), which a new one would fetch again. Two
    visits beside each other have two rooms.
    """

    _of: ClassVar[WeakKeyDictionary[Any, list[Room]]] = WeakKeyDictionary()

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context()
        self.holder: Visit | None = None

    @classmethod
    def taken(cls, browser: Any, visit: Visit) -> Room:
        """Give a room whose context holds nothing of anybody."""
        rooms = cls._of.setdefault(browser, [])
        room = next((each for each in rooms if each.holder is None), None)
        if room is None:
            rooms.append(room := cls(browser))
        room.holder = visit
        return room

    def leave(self) -> None:
        """Close the pages of the visit and forget what it left behind."""
        visit = self.holder
        assert visit is not None
        origin = {"origin": f"http://{visit.host}", "storageTypes": _LEFT_BEHIND}
        self.context.new_cdp_session(visit.page).send("Storage.clearDataForOrigin", origin)
        self.context.clear_cookies()
        self.context.remove_listener("request", visit._asked)
        for page in self.context.pages:
            page.close()
        self.holder = None

    @classmethod
    def sweep(cls, browser: Any) -> None:
        """Close every context but the rooms that were left."""
        rooms = cls._of[browser] = [room for room in cls._of.get(browser, []) if room.holder is None]
        for context in browser.contexts:
            if all(context is not room.context for room in rooms):
                context.close()


class Visit:
    """One visit to the dashboard, as of somebody who was never here: nothing is kept of a visit before."""

    def __init__(self, browser: Any, address: str, *, size: dict[str, int] = DESKTOP, scheme: str = "light") -> None:
        self.host = urlsplit(address).netloc
        self.room = Room.taken(browser, self)
        self.context = self.room.context
        self.page = self.context.new_page()
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.set_default_timeout(1000 * PATIENCE)
        self.foreign: list[str] = []
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.sent = 0
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("websocket", self._connected)
        # Seen, not stopped: the browser is closed to every other host anyway, and where requests pass through here it
        # keeps nothing of what it fetched.
        self.context.on("request", self._asked)
        self.page.goto(address)

    def _asked(self, request: Any) -> None:
        self.requests.append(request.url)
        self._look(request.url)

    def _look(self, url: str) -> None:
        where = urlsplit(url)
        if where.scheme not in _OWN and where.netloc != self.host:
            self.foreign.append(url)

    def _connected(self, socket: Any) -> None:
        self._look(socket.url)
        socket.on("framesent", lambda _: self._count())

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
        self.room.leave()
        assert self.foreign == []
        assert self.errors == []
