"""The tiles of a file that the settings name, served from the page's own host."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.settings import Settings
from geo.timemap import Tiles
from geo.timemap.tile_file import TileFileError


async def tile(request: Request, settings: Settings) -> Response:
    """Serve one tile; 404 where the settings name no file, 204 where the file has none there."""
    z, x, y = (request.path_params[part] for part in "zxy")

    def found() -> tuple[bytes | None, str, bool] | None:
        tiles = Tiles.of(settings)
        if tiles is None or tiles.file is None:
            return None
        return tiles.file.get(z, x, y), tiles.file.media_type, tiles.file.compressed

    try:
        answer = await run_in_threadpool(found)
    except TileFileError as error:
        return PlainTextResponse(str(error), status_code=503)
    if answer is None:
        return PlainTextResponse("This map has no tiles of its own.", status_code=404)
    body, media_type, compressed = answer
    if body is None:
        return Response(status_code=204)
    headers = {"Cache-Control": "private, max-age=3600"}
    if compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=headers)
