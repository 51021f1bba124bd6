"""What the app serves beside the page: packed events, areas, place search, exports, the map's own assets."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from gazetteer.errors import GazetteerError
from gazetteer.own_file import Given
from geo.layers.comparison import KINDS
from geo.page import (
    compared,
    downloads,
    event_data,
    filling,
    gridding,
    guard,
    intake,
    layering,
    mapping,
    overlays,
    shipped,
    sign_in,
    tiling,
    watch,
)
from geo.page.api import routes as api
from geo.page.compressing import Blob
from geo.page.library import Library, library
from geo.page.shell import Shell
from geo.query import Query
from geo.query.link import printable
from geo.settings import Settings
from geo.store import StoreError
from geo.timemap import Tiles, control
from geo.views import asking, finding, places, table

_Given = TypeVar("_Given")
_MOST_ROWS = 200
_MOST_FIELDS = 20  # of a form: a data set, what the columns of a table hold, a pasted text
_MOST_DIGITS = 12  # of a length that is worth reading


def middleware(settings: Settings, *, names: Iterable[str] = guard.LOOPBACK) -> list[Middleware]:
    """Give the middleware of the app, the outermost first; Streamlit's own runs within it.

    Parameters
    ----------
    names
        What this server is called, beside the hosts of the settings.
    """
    return [
        Middleware(watch.Watched),
        Middleware(guard.Policy, tiles=Tiles.of(settings), framers=settings.embed),
        Middleware(guard.OwnHost, names=(*names, *settings.hosts)),
        Middleware(guard.OwnPages, embed=bool(settings.embed)),
        Middleware(Shell),
    ]


def faults() -> dict[type[Exception], Callable[[Request, Exception], Response]]:
    """Give what is answered where a store or a gazetteer cannot be read: its own words, and 503."""

    def told(_: Request, error: Exception) -> Response:
        return PlainTextResponse(str(error), status_code=503)

    return {StoreError: told, GazetteerError: told, control.ControlError: told}


def routes(settings: Settings, *, base: str = "") -> list[BaseRoute]:
    """Give the routes of the app under `base`, the path that the server is told to serve the page under."""
    shipped.address()  # read now, not while the first visit waits
    root = "/" + base.strip("/") if base.strip("/") else ""

    async def events(request: Request) -> Response:
        return await _blob(request, lambda: library(settings).packed(), "application/octet-stream")

    async def grid(request: Request) -> Response:
        try:
            query, part = gridding.asked(request.query_params)
        except ValueError as error:
            return PlainTextResponse(str(error), status_code=400)
        return await _blob(request, lambda: library(settings).grid(query, part), "application/octet-stream")

    async def outlines(request: Request) -> Response:
        return await _blob(request, lambda: library(settings).areas(), "application/json")

    async def held(request: Request) -> Response:
        path = settings.control
        if path is None:
            return PlainTextResponse("This map has no control areas.", status_code=404)
        return await _blob(request, lambda: Blob.of(control.read(path).to_json()), "application/json")

    async def layer(request: Request) -> Response:
        found = await run_in_threadpool(lambda: overlays.named(library(settings), request.path_params["number"]))
        if found is None:
            return PlainTextResponse("There is no such layer.", status_code=404)
        return await _blob(request, lambda: overlays.packed_layer(library(settings), found), "application/octet-stream")

    async def side(request: Request) -> Response:
        asked = compared.read(dict(request.query_params))
        kind, shelf = request.path_params["kind"], await run_in_threadpool(library, settings)
        if kind not in KINDS or asked is None or asked.fault:
            return PlainTextResponse("There is no such comparison.", status_code=404)
        if await run_in_threadpool(layering.named, shelf, asked) is None:
            return PlainTextResponse("There is no such comparison.", status_code=404)
        query, _ = Query.from_params(dict(request.query_params))
        return await _blob(request, lambda: layering.packed_kind(shelf, asked, query, kind), "application/octet-stream")

    async def search(request: Request) -> Response:
        text = request.query_params.get("q", "")[:80]
        return JSONResponse(await run_in_threadpool(lambda: places.suggest(text, library(settings).gazetteer)))

    async def suggest(request: Request) -> Response:
        text = request.query_params.get("q", "")[:80]
        shelf = library(settings)
        month_first = bool(request.query_params.get("month_first"))

        def found() -> list[dict[str, Any]]:
            entries = shelf.findable()
            return [*asking.suggest(text, entries, month_first=month_first), *finding.suggest(text, entries)]

        return JSONResponse(await run_in_threadpool(found))

    async def rows(request: Request) -> Response:
        return await run_in_threadpool(_rows, request, settings)

    async def comparison(request: Request) -> Response:
        return await run_in_threadpool(downloads.comparison, request, settings)

    async def upload(request: Request) -> Response:
        return await _upload(request, settings)

    async def own_place(request: Request) -> Response:
        return await _own_place(request, settings)

    async def tile(request: Request) -> Response:
        return await tiling.tile(request, settings)

    async def columns(request: Request) -> Response:
        return await _taken(request, settings, _table, mapping.look)

    async def layer_looked(request: Request) -> Response:
        return await _taken(request, settings, _event_data, event_data.look)

    async def layer_added(request: Request) -> Response:
        return await _taken(request, settings, _event_data, event_data.read)

    async def missing_names(request: Request) -> Response:
        return await run_in_threadpool(downloads.missing_names, settings)

    async def download(request: Request) -> Response:
        return await run_in_threadpool(_steadily, downloads.download, request, settings)

    async def healthz(_: Request) -> Response:
        return await watch.healthz(settings)

    async def metrics(_: Request) -> Response:
        return await watch.metrics(settings)

    def guarded(path: str, answer: Callable[[Request], Any], method: str = "GET") -> Route:
        signed_in = Middleware(sign_in.SignedIn, settings=settings)
        return Route(f"{root}/api/{path}", answer, methods=[method], middleware=[signed_in])

    return [
        guarded("events.bin", events),
        guarded("grid.bin", grid),
        guarded("areas.json", outlines),
        guarded("control.json", held),
        guarded("layers/{number:int}.bin", layer),
        guarded("layers", layer_added, "POST"),
        guarded("layers/look", layer_looked, "POST"),
        guarded("compared/{kind}.bin", side),
        guarded("tiles/{z:int}/{x:int}/{y:int}", tile),
        guarded("places", search),
        guarded("filters", suggest),
        guarded("rows", rows),
        guarded("compare.csv", comparison),
        guarded("articles", upload, "POST"),
        guarded("columns", columns, "POST"),
        guarded("own-places", own_place, "POST"),
        guarded("missing.csv", missing_names),
        guarded("export/{name}", download),
        *api.routes(settings, root=root),
        Route(f"{root}/assets/{{name:path}}", shipped.asset),
        Route(f"{root}/healthz", healthz),
        Route(f"{root}/metrics", metrics),
    ]


async def _blob(request: Request, make: Callable[[], Blob], media_type: str) -> Response:
    blob = await run_in_threadpool(make)
    headers = {"ETag": f'"{blob.etag}"', "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if blob.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(blob.body, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})


def _steadily(answer: Callable[[Request, Settings], Response], request: Request, settings: Settings) -> Response:
    """Answer out of one state of the data."""
    with library(settings).steady():
        return answer(request, settings)


def _rows(request: Request, settings: Settings) -> Response:
    """A stretch of the table that the link in the query string shows: ``offset`` and ``n`` count its rows."""
    shelf = library(settings)
    query, _ = Query.from_params(dict(request.query_params))
    first, most = (_whole(request, name) for name in ("offset", "n"))
    with shelf.steady():
        positions = shelf.table(query)
        part = positions[first : first + min(most, _MOST_ROWS)]
        shown = table.rows(shelf.events(), part, shelf.selection(query), query)
    return JSONResponse({"total": len(positions), "offset": first, "rows": shown})


async def _upload(request: Request, settings: Settings) -> Response:
    """Read uploaded files (``file``, any number) or a pasted text (``text``, ``title``, ``date``, ``source``).

    The answer is a line of JSON for each step, as `geo.page.intake.read` gives them.
    """
    return await _taken(request, settings, _given, intake.read)


async def _own_place(request: Request, settings: Settings) -> Response:
    """Put a place into the user's own file (the fields of `geo.page.filling.given`) and read its articles again.

    Without a name, those are read again whose names the file holds by now. The answer is as that to an upload.
    """
    return await _taken(request, settings, _place, filling.fill)


async def _taken(
    request: Request,
    settings: Settings,
    read: Callable[[FormData], Awaitable[_Given]],
    work: Callable[[_Given, Library], Iterator[dict[str, Any]]],
) -> Response:
    """Take a form from our own page and do the work that it asks for; refuse every other."""
    if settings.read_only:
        return PlainTextResponse("This map is read-only: articles cannot be added here.", status_code=403)
    if not intake.is_ours(request.headers.get("x-page-token", "")):
        return PlainTextResponse("This upload does not come from an open page. Reload it.", status_code=403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        return PlainTextResponse("An upload is a form: its type must be multipart/form-data.", status_code=415)
    amount = request.headers.get("content-length", "")
    # Sent in chunks, a body may be longer than the length that stands beside it.
    if "transfer-encoding" in request.headers or not (amount.isascii() and amount.isdecimal()):
        return PlainTextResponse("An upload must say how large it is.", status_code=411)
    if len(amount) > _MOST_DIGITS or int(amount) > intake.MOST_BYTES:
        return PlainTextResponse(intake.too_large(int(amount[:_MOST_DIGITS]), _command(request)), status_code=413)
    shelf = await run_in_threadpool(library, settings)
    if not intake.take_place():
        watch.UPLOADS.labels("busy").inc()
        return PlainTextResponse(intake.BUSY, status_code=503, headers={"Retry-After": "60"})
    try:
        given = await _form(request, read)
        if not isinstance(given, Response):
            return _Lines(work(given, shelf))
    except BaseException:
        intake.give_place_back()
        raise
    intake.give_place_back()
    return given


class _Lines(StreamingResponse):
    """Messages as lines of JSON; who makes them is told where their reader left."""

    def __init__(self, told: Iterator[dict[str, Any]]) -> None:
        self._told = told
        lines = (json.dumps(message, ensure_ascii=False) + "\n" for message in told)
        super().__init__(lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if isinstance(self._told, intake.Held):
                self._told.leave()


def _command(request: Request) -> str:
    """Give the command that reads what is too much for the page."""
    return event_data.COMMAND if "/api/layers" in request.url.path else intake.COMMAND


async def _form(request: Request, read: Callable[[FormData], Awaitable[_Given]]) -> _Given | Response:
    """Read a form; an answer that says so where it is none."""
    try:
        async with request.form(
            max_files=intake.MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=intake.MOST_BYTES
        ) as form:
            return await read(form)
    except HTTPException as error:
        many = "files" in str(error.detail)
        return PlainTextResponse(intake.too_many() if many else str(error.detail), status_code=400)
    except (ClientDisconnect, LookupError, ValueError):  # the end before the end; a boundary or a charset that is none
        return PlainTextResponse("This upload's form cannot be read. Send it again.", status_code=400)


async def _table(form: FormData) -> mapping.Looked | str:
    try:
        columns, written = mapping.given(lambda name: _field(form, name))
    except ValueError as error:
        return str(error)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return "There is no file to look at."
    return mapping.Looked(file.filename or "", await file.read(), columns, written)


async def _given(form: FormData) -> intake.Upload:
    def field(name: str) -> str:
        return _field(form, name)

    name = printable(field("data_set")).strip()[: intake.LONGEST_NAME] or intake.DATA_SET
    files = await _files(form)
    if files:
        try:
            columns, written = mapping.given(field)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        return intake.Upload(name, files, columns, written)
    return intake.Upload.of_text(
        name, text=field("text"), title=field("title"), published=field("date"), source=field("source")
    )


async def _event_data(form: FormData) -> event_data.Brought | str:
    try:
        return event_data.given(await _files(form), lambda name: _field(form, name))
    except ValueError as error:
        return str(error)


async def _files(form: FormData) -> list[tuple[str, bytes]]:
    return [(item.filename or "", await item.read()) for item in form.getlist("file") if isinstance(item, UploadFile)]


async def _place(form: FormData) -> Given:
    return filling.given(lambda name: printable(_field(form, name)))


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _whole(request: Request, name: str) -> int:
    raw = request.query_params.get(name, "")[:9]
    return int(raw) if raw.isascii() and raw.isdecimal() else 0
