"""The tiles of a PMTiles file, served by the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.page import routes
from geo.settings import Settings
from geo.timemap.tile_file import TileFileError
from tests.timemap import tile_files

OWN = "http://localhost"


def asking(store: Path, **environment: str) -> TestClient:
    settings = Settings.from_environment(environment, store=f"sqlite:///{store / 'map.sqlite'}")
    return TestClient(Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings)), base_url=OWN)


def test_a_tile_comes_from_this_host_and_the_policy_names_no_other(tmp_path: Path) -> None:
    path = tile_files.write(tmp_path / "own.pmtiles", {(1, 1, 0): tile_files.streets()}, kind=1, packed=True)
    with asking(tmp_path, CONFLICT_MAP_TILES=str(path)) as client:
        answer = client.get("/api/tiles/1/1/0")
        assert answer.status_code == 200
        assert answer.content == tile_files.streets()
        assert answer.headers["content-encoding"] == "gzip"
        assert "img-src 'self' data: blob:;" in answer.headers["content-security-policy"]
        assert client.get("/api/tiles/1/0/0").status_code == 204
        assert client.get("/api/tiles/99/0/0").status_code == 204
        path.unlink()
        gone = client.get("/api/tiles/1/1/0")
        assert gone.status_code == 503
        assert "cannot be read" in gone.text


def test_without_a_file_there_are_no_tiles(tmp_path: Path) -> None:
    with asking(tmp_path) as client:
        assert client.get("/api/tiles/1/1/0").status_code == 404


def test_a_file_that_is_none_ends_the_start_in_words(tmp_path: Path) -> None:
    with pytest.raises(TileFileError, match=r"name a \.pmtiles file"):
        asking(tmp_path, CONFLICT_MAP_TILES=str(tmp_path / "none.pmtiles"))
