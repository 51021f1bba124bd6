"""Many readers at one dashboard: ``python -m benchmarks.crowd [--events 100000] [--sessions 100] [--active 10]``.

Starts the dashboard on a store of generated events, opens that many sessions over the WebSocket as a browser does, lets
some of them move the window again and again while one uploads articles, and prints: failures, the time from the
release of the window to the list (by the reader's clock; what the server spent on it, by its clock and of the
processor; and all that its processor did meanwhile, by release), and memory for a session. What a browser draws is not
in it; on a busy machine the processor time tells more than the clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.store import fill
from geo.store import Store
from tests.browser.dashboard import serving

# Long enough for a machine that does other things, too; who waits longer has failed.
_PATIENCE = 600.0
_MEGABYTE = 1_000_000
_SHOWN = 4_000  # characters of the dashboard's log, where something failed
_TOWNS = ("Aleppo", "Homs", "Goma", "Kharkiv", "Mosul", "Tripoli", "Aden", "Kunduz", "Khartoum", "Bunia")


@dataclass
class Session:
    """One reader: its connection, the map's id and the last list that it was sent."""

    number: int
    wire: ClientConnection
    query: str = ""
    map_id: str = ""
    panel: dict[str, Any] = field(default_factory=dict)
    said: str = ""

    async def run(self, state: dict[str, Any] | None = None) -> float:
        """Let the page run, with what the map reports of itself; give the seconds until the list was there."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        if state is not None:
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id, widget.json_value = self.map_id, json.dumps(state)
        began, listed = time.perf_counter(), 0.0
        await self.wire.send(message.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            async for raw in self.wire:
                told = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
                kind = told.WhichOneof("type")
                if kind == "delta" and self._heard(told.delta.new_element):
                    listed = time.perf_counter() - began
                if kind == "script_finished":
                    if not listed:
                        raise RuntimeError(f"session {self.number}: the page sent no list, but: {self.said[:300]}")
                    return listed
        raise RuntimeError(f"session {self.number}: the connection was closed")

    def _heard(self, element: Any) -> bool:
        kind = element.WhichOneof("type")
        if kind == "component_instance" and "folium" in element.component_instance.component_name:
            self.map_id = element.component_instance.id
        if kind != "bidi_component":
            return False
        told = element.bidi_component.json or element.bidi_component.mixed.json
        if element.bidi_component.component_name.endswith("panel"):
            self.panel = json.loads(told)
            return True
        if '"fault"' in told:
            self.said = told
        return False

    async def releases(self, count: int, *, pause: float) -> list[float]:
        """Move the window so many times, each to other months; give the seconds of each."""
        taken = []
        for n in range(count):
            year, month = 2010 + (self.number + 3 * n) % 14, 1 + (self.number * 5 + n) % 11
            state = {"from": f"{year}-{month:02}-01", "to": f"{year}-{month + 1:02}-15", "axis": "event", "mode": "all"}
            taken.append(await self.run(state))
            await asyncio.sleep(pause)
        return taken


def metrics(address: str) -> dict[str, float]:
    """Give what the dashboard says of its own process."""
    with urllib.request.urlopen(f"{address}metrics", timeout=_PATIENCE) as answer:  # noqa: S310  (our own server)
        text = answer.read().decode()
    return {name: float(value) for name, value in re.findall(r"^(process_\w+) (\S+)$", text, re.MULTILINE)}


def upload(address: str, token: str, number: int) -> int:
    """Send one article; give how many events were found in it."""
    town = _TOWNS[number % len(_TOWNS)]
    text = f"Rebels shelled {town} on {number % 27 + 1} March 2015, killing {number % 30 + 2} people. Report {number}."
    body = (
        '--x\r\nContent-Disposition: form-data; name="file"; '
        f'filename="2015-03-29 report {number}.txt"\r\n\r\n{text}\r\n--x--\r\n'
    ).encode()
    headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Page-Token": token}
    request = urllib.request.Request(f"{address}api/articles", body, headers)  # noqa: S310  (our own server)
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310  (the same)
        last = json.loads(answer.read().decode().splitlines()[-1])
    return int(last["report"]["events"])


async def _uploads(address: str, token: str, done: asyncio.Event, *, pause: float) -> list[int]:
    found: list[int] = []
    while not done.is_set():
        found.append(await asyncio.to_thread(upload, address, token, len(found)))
        await asyncio.sleep(pause)
    return found


def runs(log: Path, start: int) -> list[tuple[float, float]]:
    """Give the seconds of each run of the page, by the clock and of the processor, told from a byte of the log on."""
    lines = log.read_bytes()[start:].decode("utf-8", "replace").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return [(one["ms"] / 1000, one["processor_ms"] / 1000) for one in told if one.get("event") == "page"]


async def crowd(address: str, log: Path, *, sessions: int, active: int, releases: int, pause: float) -> int:
    """Open sessions, use them, and print what came of it; give the number of failures.

    `log`: what the server writes, an object a line.
    """
    failures: list[str] = []

    async def tried(work: Awaitable[Any]) -> Any:
        try:
            return await work
        except Exception as error:  # whatever a reader would see as a page that stands still
            failures.append(f"{type(error).__name__}: {error}")
            return None

    async with AsyncExitStack() as stack:

        async def opened(number: int, query: str = "") -> Session:
            target = f"ws{address.removeprefix('http')}_stcore/stream"
            wire = await stack.enter_async_context(
                connect(target, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None)
            )
            session = Session(number, wire, query)
            await tried(session.run())
            return session

        uploader = await opened(-1, "tab=articles")
        readers: list[Session] = []
        at_first: dict[str, float] = {}
        for number in range(sessions):
            readers.append(await opened(number))
            if number == active - 1:
                at_first = metrics(address)
        at_last = metrics(address)
        a_session = at_last["process_resident_memory_bytes"] - at_first["process_resident_memory_bytes"]
        a_run = at_last["process_cpu_seconds_total"] - at_first["process_cpu_seconds_total"]
        print(f"{sessions} sessions open, {len(failures)} failures")
        print(f"memory: {at_last['process_resident_memory_bytes'] / _MEGABYTE:.0f} MB", end=", ")
        print(f"{a_session / _MEGABYTE / max(1, sessions - active):.2f} MB a session")
        print(f"opening a session: {a_run / max(1, sessions - active):.3f} s of the server's processor")
        for uploading in (False, True):
            done, written = asyncio.Event(), log.stat().st_size
            began = metrics(address)["process_cpu_seconds_total"]
            if not uploading:
                done.set()
            token = uploader.panel["articles"]["token"]
            task = asyncio.create_task(tried(_uploads(address, token, done, pause=pause)))
            each = await asyncio.gather(*(tried(reader.releases(releases, pause=pause)) for reader in readers[:active]))
            done.set()
            sent = await task or []
            taken = sorted(second for some in each if some for second in some)
            spent = metrics(address)["process_cpu_seconds_total"] - began
            told = f"{len(sent)} uploads beside, {sum(sent)} events" if uploading else "nothing beside"
            print(f"{len(taken)} releases of {active} sessions, {told}: {len(failures)} failures so far")
            print(f"  release to list: median {statistics.median(taken):.2f} s, 95 % within {_late(taken):.2f} s")
            for what, seconds in zip(("clock", "processor"), zip(*runs(log, written), strict=True), strict=True):
                own = sorted(seconds)
                print(f"  in the server, {what}: median {statistics.median(own):.3f} s, 95 % within {_late(own):.3f} s")
            print(f"  the server's processor: {spent / len(taken):.3f} s a release, all beside it included", flush=True)
        await asyncio.gather(*(tried(reader.run()) for reader in readers))
        print(f"all {sessions} once more: {len(failures)} failures")
    print("\n".join(failures[:20]))
    return len(failures)


def _late(taken: list[float]) -> float:
    return taken[min(len(taken) - 1, round(len(taken) * 0.95))]


def main() -> int:
    """Give 1 where a session failed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crowd", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--active", type=int, default=10)
    parser.add_argument("--releases", type=int, default=10, help="of each active session; default: %(default)s")
    parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between two; default: %(default)s")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="use this store again; it is made where absent")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "crowd.sqlite"
        if not path.exists():
            with Store(str(path), create=True) as store:
                fill(store, options.events)
        log = Path(folder) / "log"
        with serving(str(path), log, CONFLICT_MAP_LOG="json") as address:
            failed = asyncio.run(
                crowd(
                    address,
                    log,
                    sessions=options.sessions,
                    active=min(options.active, options.sessions),
                    releases=options.releases,
                    pause=options.pause,
                )
            )
        if failed:
            print(log.read_text("utf-8", "replace")[-_SHOWN:])
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
