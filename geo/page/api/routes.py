"""The routes of the read API, version 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.page.api import answering, asking, openapi
from geo.page.api.allowed import Allowed
from geo.page.library import Library, library
from geo.settings import Settings
from geo.views import paging

BASE = "/api/v1"
_Answer = Callable[[Request, Library], Response]


def routes(settings: Settings, *, root: str = "") -> list[Route]:
    """Give the routes under `root`, the path that the page is served under."""

    def route(path: str, answer: _Answer) -> Route:
        async def answered(request: Request) -> Response:
            def made() -> Response:
                shelf = library(settings)
                try:
                    with shelf.steady():
                        return answer(request, shelf)
                except asking.Refused as refused:
                    return asking.problem(400, str(refused), faults=refused.faults)

            return await run_in_threadpool(made)

        return Route(f"{root}{BASE}/{path}", answered, middleware=[Middleware(Allowed, settings=settings)])

    return [
        route("events", _events),
        route("articles/{id}", _article),
        route("places", _places),
        route("changes", _changes),
        route("openapi.json", _description),
    ]


def _events(request: Request, shelf: Library) -> Response:
    asked = asking.asked(request, shelf)
    asking.check_key(asked)
    etag = answering.tag(shelf.version(), request, asked.format)
    kept = answering.unchanged(request, etag)
    if kept:
        return kept
    frame = shelf.events()
    keep = paging.wanted(frame, asked.query, shelf.selection(asked.query), data_set=asked.data_set)
    stretch = paging.events(frame, keep, after=asked.after, limit=asked.limit)
    return answering.events(request, asked, shelf, stretch, etag)


def _places(request: Request, shelf: Library) -> Response:
    asked = asking.asked(request, shelf)
    etag = answering.tag(shelf.version(), request, asked.format)
    kept = answering.unchanged(request, etag)
    if kept:
        return kept
    frame = shelf.events()
    keep = paging.wanted(frame, asked.query, shelf.selection(asked.query), data_set=asked.data_set)
    return answering.places(request, asked, paging.places(frame, keep), etag)


def _article(request: Request, shelf: Library) -> Response:
    """One article with everything read out of it, as corrected; its id is the digest that events name."""
    if faults := asking.only(request.query_params):
        raise asking.Refused(faults)
    digest = str(request.path_params["id"])
    etag = answering.tag(shelf.version(), request)
    try:
        record = shelf.store.record(digest)
    except KeyError:
        told = "There is no such article in this store. Its id is what an event's 'article' says."
        return asking.problem(404, told)
    kept = answering.unchanged(request, etag)
    if kept:
        return kept
    whole = {"article": digest, "text": record.article.text, **record.to_dict()}
    body = json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
    return answering.answer(body, answering.JSON, etag)


def _changes(request: Request, shelf: Library) -> Response:
    """What changed since an entry of the journal, first first; whoever asks again from ``last`` misses nothing."""
    faults = asking.only(request.query_params, "since", "limit")
    since, limit = asking.number(request, "since", faults), asking.limit_of(request, faults)
    if faults:
        raise asking.Refused(faults)
    entries = shelf.store.changes(after=since, most=limit + 1)
    etag = answering.tag(entries[-1].digest if entries else "", request)
    kept = answering.unchanged(request, etag)
    if kept:
        return kept
    shown = entries[:limit]
    last = shown[-1].number if shown else since
    next_page = answering.following(request, last, name="since") if len(entries) > limit else None
    whole: dict[str, Any] = {"changes": [_change(entry) for entry in shown], "last": last, "next": next_page}
    body = json.dumps(whole, ensure_ascii=False).encode()
    return answering.answer(body, answering.JSON, etag, next_page)


def _change(entry: Any) -> dict[str, Any]:
    """One entry; not whose session it was, by which that session is told from others."""
    told = {name: getattr(entry, name) for name in ("number", "made", "by", "what", "digest")}
    return told | {"detail": json.loads(entry.detail)}


def _description(request: Request, shelf: Library) -> Response:
    etag = answering.tag("", request)
    return answering.unchanged(request, etag) or answering.answer(
        json.dumps(openapi.document(), ensure_ascii=False).encode(), answering.JSON, etag
    )
