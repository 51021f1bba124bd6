"""How the read API answers: in three formats, with the address of the next stretch, and a tag that lets one keep it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from geo import __version__, export
from geo.export import lines, selection
from geo.export.spreadsheet import cell
from geo.page import downloads
from geo.page.api.asking import DATA_SET, FORMATS, Asked
from geo.page.library import Library
from geo.views import paging

JSON = "application/json"


def tag(version: str, request: Request, *more: str) -> str:
    """Give the tag of an answer: equal data, program and request give an equal one."""
    parts = (version, __version__, request.url.path, *(f"{k}={v}" for k, v in request.query_params.multi_items()))
    return hashlib.sha256("\n".join((*parts, *more)).encode()).hexdigest()[:20]


def unchanged(request: Request, etag: str) -> Response | None:
    """Give the answer to whoever has this already; None where they have not."""
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=_headers(etag))
    return None


def following(request: Request, key: str | int | None, *, name: str = "after") -> str | None:
    """Give the address of the next stretch, without a host: it is asked where this one was."""
    if key is None:
        return None
    params = dict(request.query_params) | {name: str(key)}
    return f"{request.url.path}?{urlencode(params)}"


def events(request: Request, asked: Asked, shelf: Library, stretch: paging.Stretch, etag: str) -> Response:
    """Give a stretch of events in the format asked for."""
    rows = downloads.rows_of(export.Held(shelf.events(), stretch.positions), shelf)
    next_page = following(request, stretch.next)
    if asked.format == "csv":
        body = _written(rows, "csv", asked)
    elif asked.format == "ndjson":
        body = lines.encode(rows.whole())
    else:
        body = _collection(json.loads(_written(rows, "geojson", asked)), request, stretch.total, next_page)
    return answer(body, FORMATS[asked.format], etag, next_page)


def _written(rows: export.Rows, name: str, asked: Asked) -> bytes:
    words = (*selection.words(asked.query), *([f"{DATA_SET}: {asked.data_set}"] if asked.data_set else []))
    out = io.BytesIO()
    export.write(rows, name, out, about=export.About.of(rows.events, selection=words))
    return out.getvalue()


def places(request: Request, asked: Asked, found: list[dict[str, Any]], etag: str) -> Response:
    """Give the places of events, by id, in the format asked for."""
    later = [one for one in found if asked.after is None or one["id"] > asked.after]
    shown = later[: asked.limit]
    next_page = following(request, shown[-1]["id"] if len(later) > len(shown) else None)
    if asked.format == "csv":
        body = _table(shown)
    elif asked.format == "ndjson":
        body = _lines(shown)
    else:
        whole = {"type": "FeatureCollection", "features": [_feature(one) for one in shown]}
        body = _collection(whole, request, len(found), next_page)
    return answer(body, FORMATS[asked.format], etag, next_page)


def _lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n" for record in records).encode()


def answer(body: bytes, media_type: str, etag: str, next_page: str | None = None) -> Response:
    """Give a body with its tag, and where the next stretch is."""
    headers = _headers(etag)
    if next_page:
        headers["Link"] = f'<{next_page}>; rel="next"'
    return Response(body, media_type=media_type, headers=headers)


def _headers(etag: str) -> dict[str, str]:
    # A shared cache must not hand out what a token opened.
    return {"ETag": f'"{etag}"', "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, Cookie"}


def _collection(whole: dict[str, Any], request: Request, total: int, next_page: str | None) -> bytes:
    links = [{"rel": "self", "href": str(request.url.path) + (f"?{request.url.query}" if request.url.query else "")}]
    if next_page:
        links.append({"rel": "next", "href": next_page})
    # As OGC API - Features names them.
    counts = {"numberMatched": total, "numberReturned": len(whole["features"]), "links": links}
    return json.dumps(whole | counts, ensure_ascii=False, allow_nan=False).encode()


def _feature(place: dict[str, Any]) -> dict[str, Any]:
    known = place["lon"] is not None and place["lat"] is not None
    point = {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if known else None
    return {"type": "Feature", "id": place["id"], "geometry": point, "properties": place}


def _table(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(paging.PLACE_COLUMNS)
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()
