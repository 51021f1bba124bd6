"""What the app serves beside the page: packed events, areas, place search, exports, the map's own assets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from gazetteer.errors import GazetteerError
from geo.page import downloads, guard, intake, overlays, sign_in, watch
from geo.page.api import routes as api
from geo.page.library import Blob, library
from geo.page.shell import Shell
from geo.query import Query
from geo.query.link import printable
from geo.settings import Settings
from geo.store import StoreError
from geo.timemap import Tiles, files
from geo.views import asking, finding, places, table

_MOST_ROWS = 200
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

    return {StoreError: told, GazetteerError: told}


def routes(settings: Settings, *, base: str = "") -> list[BaseRoute]:
    """Give the routes of the app under `base`, the path that the server is told to serve the page under."""
    root = "/" + base.strip("/") if base.strip("/") else ""

    async def events(request: Request) -> Response:
        return await _blob(request, lambda: library(settings).packed(), "application/octet-stream")

    async def outlines(request: Request) -> Response:
        return await _blob(request, lambda: library(settings).areas(), "application/json")

    async def layer(request: Request) -> Response:
        found = await run_in_threadpool(lambda: overlays.named(library(settings), request.path_params["number"]))
        if found is None:
            return PlainTextResponse("There is no such layer.", status_code=404)
        return await _blob(request, lambda: overlays.packed_layer(library(settings), found), "application/octet-stream")

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
        guarded("areas.json", outlines),
        guarded("layers/{number:int}.bin", layer),
        guarded("places", search),
        guarded("filters", suggest),
        guarded("rows", rows),
        guarded("compare.csv", comparison),
        guarded("articles", upload, "POST"),
        guarded("export/{name}", download),
        *api.routes(settings, root=root),
        Route(f"{root}/assets/{{name:path}}", asset),
        Route(f"{root}/healthz", healthz),
        Route(f"{root}/metrics", metrics),
    ]


async def asset(request: Request) -> Response:
    """Serve one of the map's own files."""
    try:
        found = files.read(request.path_params["name"])
    except FileNotFoundError:
        return PlainTextResponse("There is no such file.", status_code=404)
    headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


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
        return PlainTextResponse(intake.too_large(int(amount[:_MOST_DIGITS])), status_code=413)
    shelf = await run_in_threadpool(library, settings)
    if not intake.take_place():
        watch.UPLOADS.labels("busy").inc()
        return PlainTextResponse(intake.BUSY, status_code=503, headers={"Retry-After": "60"})
    try:
        given = await _form(request)
    except BaseException:
        intake.give_place_back()
        raise
    if isinstance(given, Response):
        intake.give_place_back()
        return given
    lines = (json.dumps(message, ensure_ascii=False) + "\n" for message in intake.read(given, shelf))
    return StreamingResponse(lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})


async def _form(request: Request) -> intake.Upload | Response:
    """Read the form of an upload; an answer that says so where it is none."""
    try:
        async with request.form(max_files=intake.MOST_FILES, max_fields=8, max_part_size=intake.MOST_BYTES) as form:
            return await _given(form)
    except HTTPException as error:
        many = "files" in str(error.detail)
        return PlainTextResponse(intake.too_many() if many else str(error.detail), status_code=400)
    except (ClientDisconnect, LookupError, ValueError):  # the end before the end; a boundary or a charset that is none
        return PlainTextResponse("This upload's form cannot be read. Send it again.", status_code=400)


async def _given(form: FormData) -> intake.Upload:
    def field(name: str) -> str:
        value = form.get(name)
        return value if isinstance(value, str) else ""

    name = printable(field("data_set")).strip()[: intake.LONGEST_NAME] or intake.DATA_SET
    files = [(item.filename or "", await item.read()) for item in form.getlist("file") if isinstance(item, UploadFile)]
    if files:
        return intake.Upload(name, files)
    return intake.Upload.of_text(
        name, text=field("text"), title=field("title"), published=field("date"), source=field("source")
    )


def _whole(request: Request, name: str) -> int:
    raw = request.query_params.get(name, "")[:9]
    return int(raw) if raw.isascii() and raw.isdecimal() else 0
