"""How the app is doing, for whoever runs it: ``/healthz``, ``/metrics`` for Prometheus, log lines.

A line for each request and for each run of the page.

Numbers and names of routes only: no query, no address of a reader, nothing of an article.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.page import stopping
from geo.page.library import library
from geo.settings import Settings
from geo.store import StoreError

_NO_CACHE = {"Cache-Control": "no-store"}
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
# From an asset to an export of everything.
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS = Counter("conflict_map_requests", "Requests answered.", ("route", "method", "status"))
DURATION = Histogram("conflict_map_request_seconds", "Time to the last byte.", ("route",), buckets=_SECONDS)
SESSIONS = Gauge("conflict_map_sessions", "Open pages: their WebSockets.")
PAGES = Histogram(
    "conflict_map_page_seconds",
    "Time of the page for a visit or a change of its view: by the clock, and of the processor.",
    ("time",),
    buckets=_SECONDS,
)
UPLOADS = Counter("conflict_map_uploads", "Uploads by how they ended: read, fault, stopped or busy.", ("outcome",))
UPLOADED = Counter("conflict_map_uploaded_articles", "Articles of uploads: added, unchanged or skipped.", ("outcome",))
UP = Gauge("conflict_map_store_up", "1 where the store can be read, 0 where not.")
HELD = Gauge("conflict_map_store_rows", "What the store holds.", ("kind",))

_log = structlog.get_logger(__name__)


class Watched:
    """Counts, times and logs every request; a WebSocket counts as a session while it is open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] == "websocket":
            await self._session(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened = False

        async def seen(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.accept" and not opened:
                opened = True
                SESSIONS.inc()
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            if opened:
                SESSIONS.dec()

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        status, size = 500, 0

        async def seen(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            route, seconds = _route(scope), time.perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "other"
            REQUESTS.labels(route, method, str(status)).inc()
            DURATION.labels(route).observe(seconds)
            tell = _log.info if status < 400 else _log.warning
            tell("request", route=route, method=method, status=status, ms=round(seconds * 1000), bytes=size)


@contextmanager
def running() -> Iterator[None]:
    """Time a run of the page, which has a thread for itself, and log it."""
    began, spent = time.perf_counter(), time.thread_time()
    try:
        yield
    finally:
        clock, processor = time.perf_counter() - began, time.thread_time() - spent
        PAGES.labels("clock").observe(clock)
        PAGES.labels("processor").observe(processor)
        _log.info("page", ms=round(clock * 1000), processor_ms=round(processor * 1000))


def _route(scope: Scope) -> str:
    """The pattern of the route that answered: as many as there are routes, whatever is asked for."""
    route = scope.get("route")
    return "none" if route is None else str(getattr(route, "path", "")) or "/"


async def healthz(settings: Settings) -> Response:
    """Say whether this process can serve: 200, or 503 with what cannot be read."""
    state = await run_in_threadpool(_state, settings)
    well = state["status"] == "ok"
    return JSONResponse(state, status_code=200 if well else 503, headers=_NO_CACHE)


def _state(settings: Settings) -> dict[str, str]:
    if stopping.asked():
        return {"status": "stopping"}
    try:
        shelf = library(settings)
        shelf.version()
    except StoreError:
        return {"status": "failing", "store": "cannot be read"}
    return {"status": "ok", "store": "ok", "gazetteer": "ok" if shelf.opened else "not opened yet"}


async def metrics(settings: Settings) -> Response:
    """Give all metrics in Prometheus' text format."""
    await run_in_threadpool(_measure, settings)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST, headers=_NO_CACHE)


def _measure(settings: Settings) -> None:
    try:
        held: Any = library(settings).store.counts()
    except StoreError:
        UP.set(0)
        HELD.clear()
        return
    UP.set(1)
    for kind in ("articles", "events", "not_plotted"):
        HELD.labels(kind).set(getattr(held, kind))
