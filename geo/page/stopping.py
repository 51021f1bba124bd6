"""Ending well: told to stop, the app answers what it has begun, and an upload stops after the article it is reading."""

from __future__ import annotations

import signal
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool

PATIENCE = 60.0  # seconds; a service manager should wait longer before it kills

_log = structlog.get_logger(__name__)
_asked = threading.Event()
_busy: set[threading.Thread] = set()


def asked() -> bool:
    """Tell whether the process was told to stop."""
    return _asked.is_set()


def started(thread: threading.Thread) -> None:
    """Start a thread whose work is to be waited for at the end."""
    _busy.difference_update([other for other in _busy if not other.is_alive()])
    thread.start()
    _busy.add(thread)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncGenerator[dict[str, Any]]:
    """Run the app: hear of the end when the signal comes, before the server waits for its connections to close."""
    _asked.clear()
    with _heard(signal.SIGTERM, signal.SIGINT):
        _log.info("started")
        yield {}
        await run_in_threadpool(_wait)
        _log.info("stopped")


@contextmanager
def _heard(*signals: signal.Signals) -> Iterator[None]:
    """Note these signals and hand them on to the server's own handlers; only a main thread can."""
    main = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in signals} if main else {}

    def note(number: int, frame: FrameType | None) -> None:
        _asked.set()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait() -> None:
    _asked.set()
    for thread in list(_busy):
        thread.join(PATIENCE)
        if thread.is_alive():
            _log.warning("an upload is broken off; what it read before is kept", thread=thread.name)
