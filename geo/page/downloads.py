"""What the page gives to take along: the events of a view in a format, the map as one file, a comparison of layers."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urlencode

import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from gazetteer import missing
from gazetteer.plugins import PluginError
from geo import export
from geo.export import selection
from geo.layers.comparison import to_csv
from geo.page import compared, layering, standing
from geo.page.library import Library, library
from geo.query import Query
from geo.query.origin import KEY
from geo.settings import Settings
from geo.store import stories
from geo.store.stories import Story
from geo.views import areas, digests
from geo.views import story as story_views

_HTML, _CSV_METADATA = "html", "csv-metadata.json"
_SPOOLED, _CHUNK = 16 << 20, 1 << 18  # bytes of an export: held in memory, sent at a time


def download(request: Request, settings: Settings) -> Response:
    """One export of what the link in the query string shows."""
    name = str(request.path_params["name"])
    if name not in (*export.names(), _HTML, _CSV_METADATA):
        return PlainTextResponse(
            f"There is no format {name!r}.{selection.nearest(name, export.names())}", status_code=404
        )
    shelf = library(settings)
    frame = shelf.events()
    try:
        query = selection.read(dict(request.query_params), frame)
        if unknown := shelf.unknown(query):
            raise selection.SelectionError(unknown)
        story = _story(query, shelf, whole=name == _HTML)
    except selection.SelectionError as error:
        return PlainTextResponse(str(error), status_code=400)
    rows, about = _chosen(frame, query, shelf, story)
    if name == _HTML:
        body = standing.page(query, rows, shelf, about=about, story=story)
        return Response(body, media_type="text/html", headers=_attached(".html"))
    if name == _CSV_METADATA:
        body = export.csvw.encode(rows, about, url=f"reported-events{export.FORMATS['csv'].ending}")
        return Response(body, media_type=export.csvw.MEDIA_TYPE)
    try:
        made = export.format_of(name)
        file = _written(rows, name, about)
    except PluginError as error:
        return PlainTextResponse(f"{error}.", status_code=500)
    headers = {**_attached(made.ending), "Content-Length": str(file.seek(0, io.SEEK_END))}
    if name == "csv":
        headers["Link"] = f'<{_CSV_METADATA}?{request.url.query}>; rel="describedby"; type="{export.csvw.MEDIA_TYPE}"'
    file.seek(0)
    return StreamingResponse(_sent(file), media_type=made.media_type, headers=headers)


def missing_names(settings: Settings) -> Response:
    """The names that no place bears, as `gazetteer missing` writes them: a table to be filled in."""
    if settings.read_only:
        return PlainTextResponse("This map is read-only: missing names are not filled in here.", status_code=403)
    out = io.StringIO(newline="")
    missing.write((one.told for one in library(settings).missing()), out)
    headers = {"Content-Disposition": 'attachment; filename="missing-places.csv"', "Cache-Control": "no-store"}
    return Response(out.getvalue().encode(), media_type="text/csv; charset=utf-8", headers=headers)


def comparison(request: Request, settings: Settings) -> Response:
    """Every pair of a comparison and what only one side tells, in the window of the link in the query string."""
    shelf = library(settings)
    asked = compared.read(dict(request.query_params))
    if asked is None or asked.fault or layering.named(shelf, asked) is None:
        return PlainTextResponse("There is no such comparison.", status_code=404)
    query, _ = Query.from_params(dict(request.query_params))
    body = to_csv(layering.of(shelf, asked, query))
    return Response(body, media_type="text/csv", headers=_attached(".csv", name="compared"))


def _story(query: Query, shelf: Library, *, whole: bool) -> Story | None:
    """Give the story of a link, where all its views are meant: one of a step means that step, unless `whole`."""
    found = stories.get(shelf.store, query.story) if query.story else None
    if query.story and found is None:
        raise selection.SelectionError([f"story: {query.story} is not in this store."])
    return found if whole or not query.step else None


def _chosen(every: Any, query: Query, shelf: Library, story: Story | None) -> tuple[export.Rows, export.About]:
    shown = [selection.rows(shelf.selection(one), one) for one in story_views.shown(query, story)]
    events = export.Held(every, np.logical_or.reduce(shown))
    link = urlencode({**query.to_params(), KEY: str(shelf.origin())})
    said = selection.words(query, story=story.title if story else "")
    about = export.About.of(events, selection=said, link=f"?{link}", made=datetime.now(UTC).date())
    return rows_of(events, shelf), about


def rows_of(events: export.Events, shelf: Library) -> export.Rows:
    """Give events as they leave the program: with the reach of their places and the digest of their article's text."""
    at = export.places(events)
    return export.Rows(
        events,
        areas=areas.outlines(at, shelf.gazetteer),
        radii=areas.radii(at, shelf.gazetteer),
        digests=digests.of_texts(shelf.store),
    )


def _written(rows: export.Rows, name: str, about: export.About) -> BinaryIO:
    """Write a whole export, in memory while it is small: a fault half way must not look like the end of a file."""
    file = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115  (`_sent` closes it)
    # Who opens a table from the page opens it by a click, in a spreadsheet.
    export.write(rows, name, cast(BinaryIO, file), about=about, excel=name == "csv")
    return cast(BinaryIO, file)


def _sent(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _attached(ending: str, *, name: str = "reported-events") -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}{ending}"'}
