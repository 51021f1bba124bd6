"""What the page gives to take along: the events of a view in a format, the map as one file, a comparison of layers."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from geo import export
from geo.export import selection
from geo.layers.comparison import to_csv
from geo.page import compared, layering
from geo.page.library import Library, library
from geo.query import Query
from geo.query.origin import KEY
from geo.settings import Settings
from geo.timemap import TimeMap
from geo.views import areas, digests

_HTML, _CSV_METADATA = "html", "csv-metadata.json"
_SPOOLED, _CHUNK = 16 << 20, 1 << 18  # bytes of an export: held in memory, sent at a time


def download(request: Request, settings: Settings) -> Response:
    """One export of what the link in the query string shows."""
    name = str(request.path_params["name"])
    if name not in (*export.FORMATS, _HTML, _CSV_METADATA):
        return PlainTextResponse(
            f"There is no format {name!r}.{selection.nearest(name, export.FORMATS)}", status_code=404
        )
    shelf = library(settings)
    frame = shelf.events()
    try:
        query = selection.read(dict(request.query_params), frame)
    except selection.SelectionError as error:
        return PlainTextResponse(str(error), status_code=400)
    rows, about = _chosen(frame[selection.rows(shelf.selection(query), query)], query, shelf)
    if name == _HTML:
        return _stand_alone(rows, query, about)
    if name == _CSV_METADATA:
        body = export.csvw.encode(rows, about, url=f"reported-events{export.FORMATS['csv'].ending}")
        return Response(body, media_type=export.csvw.MEDIA_TYPE)
    made = export.FORMATS[name]
    file = _written(rows, name, about)
    headers = {**_attached(made.ending), "Content-Length": str(file.seek(0, io.SEEK_END))}
    if name == "csv":
        headers["Link"] = f'<{_CSV_METADATA}?{request.url.query}>; rel="describedby"; type="{export.csvw.MEDIA_TYPE}"'
    file.seek(0)
    return StreamingResponse(_sent(file), media_type=made.media_type, headers=headers)


def comparison(request: Request, settings: Settings) -> Response:
    """Every pair of a comparison and what only one side tells, in the window of the link in the query string."""
    shelf = library(settings)
    asked = compared.read(dict(request.query_params))
    if asked is None or asked.fault or layering.named(shelf, asked) is None:
        return PlainTextResponse("There is no such comparison.", status_code=404)
    query, _ = Query.from_params(dict(request.query_params))
    body = to_csv(layering.of(shelf, asked, query))
    return Response(body, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="compared.csv"'})


def _chosen(frame: Any, query: Query, shelf: Library) -> tuple[export.Rows, export.About]:
    link = urlencode({**query.to_params(), KEY: str(shelf.origin())})
    made = datetime.now(UTC).date()
    about = export.About.of(frame, selection=selection.words(query), link=f"?{link}", made=made)
    rows = export.Rows(
        frame,
        areas=areas.outlines(frame, shelf.gazetteer),
        radii=areas.radii(frame, shelf.gazetteer),
        digest=digests.of_texts(shelf.store),
    )
    return rows, about


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


def _stand_alone(rows: export.Rows, query: Query, about: export.About) -> Response:
    """The map as one file that needs nothing but a browser."""
    drawn = TimeMap(rows.frame, areas=rows.areas, radii=rows.radii, state=_state(query), about=about.to_dict(()))
    return Response(drawn.get_root().render(), media_type="text/html", headers=_attached(".html"))


def _state(query: Query) -> dict[str, Any]:
    """What of a view a stand-alone map starts with; its rows are already those that pass the filters."""
    params = query.to_params()
    return {key: params[key] for key in ("from", "to", "axis", "mode", "lat", "lng", "z", "event") if key in params}


def _attached(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="reported-events{ending}"'}
