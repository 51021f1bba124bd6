"""The map's own files as the page serves them: compressed once, at an address that lets a browser keep them."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.timemap import files

_VERSIONED = re.compile(r"v-([0-9a-f]{16})/(.+)", re.DOTALL)
_SMALL = 1000  # bytes that are not worth compressing
_LONG = "private, max-age=31536000, immutable"


@cache
def address() -> str:
    """Give where the files lie, ``assets/v-...``: another place where any of them is another."""
    return f"assets/v-{_version()}"


def _version() -> str:
    found = hashlib.sha256()
    lying = [path for folder in (files.ASSETS, files.BASEMAP) for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in lying:
        found.update(f"{path.name} {path.stat().st_size}\n".encode())
        if path.suffix != ".zip":  # megabytes, for a name: its size has to do
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(files.read(name).body, 6, mtime=0)


async def asset(request: Request) -> Response:
    """Serve one of the files: by its name, or by that and the version of all."""
    name, kept = request.path_params["name"], "private, no-cache"
    if versioned := _VERSIONED.fullmatch(name):
        # One of another version is of a page from before this start: it gets what there is, and keeps nothing of it.
        name, kept = versioned[2], _LONG if address().endswith(versioned[1]) else kept
    try:
        found = files.read(name)
    except FileNotFoundError:
        return PlainTextResponse("There is no such file.", status_code=404)
    headers, body = {"ETag": found.etag, "Cache-Control": kept}, found.body
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    elif found.media_type.startswith("text/") and len(body) > _SMALL:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = _packed(name), "gzip"
    if found.etag in request.headers.get("if-none-match", ""):
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=found.media_type, headers=headers)


def packed() -> None:
    """Compress what the first visit asks for."""
    for name in ("leaflet/leaflet.js", "timemap.js", "leaflet/leaflet.css", "timemap.css"):
        _packed(name)
