"""Map tiles out of a PMTiles file: found where they lie, and whatever is damaged is said in words."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from geo.settings import Settings
from geo.timemap import Tiles
from geo.timemap.tile_file import TileFile, TileFileError, number
from tests.timemap import tile_files

ALL = [(z, x, y) for z in range(4) for x in range(1 << z) for y in range(1 << z)]


def test_every_tile_has_the_number_of_the_curve() -> None:
    assert {tile: number(*tile) for tile in ALL} == tile_files.numbered(ALL)
    assert number(0, 0, 0) == 0
    assert [number(1, *spot) for spot in ((0, 0), (0, 1), (1, 1), (1, 0))] == [1, 2, 3, 4]


@pytest.mark.parametrize("leaves", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_a_tile_is_given_as_it_lies_there(tmp_path: Path, packed: bool, leaves: bool) -> None:
    tiles = {tile: f"tile {tile}".encode() for tile in ALL if tile != (3, 5, 2)}
    file = TileFile.open(tile_files.write(tmp_path / "a.pmtiles", tiles, kind=1, packed=packed, leaves=leaves))
    assert (file.kind, file.compressed, file.zooms) == ("vector", packed, (0, 3))
    for tile, wanted in tiles.items():
        given = file.get(*tile)
        assert given is not None
        assert (gzip.decompress(given) if packed else given) == wanted
    assert file.get(3, 5, 2) is None
    for beyond in ((4, 0, 0), (3, 8, 0), (3, -1, 0), (2, 0, 4)):
        assert file.get(*beyond) is None


def test_credit_is_plain_text_and_the_settings_go_before_it(tmp_path: Path) -> None:
    told = {"attribution": '<a href="https://x.example">&copy; Somebody</a>  <b>and</b> others'}
    path = tile_files.write(tmp_path / "b.pmtiles", {(0, 0, 0): tile_files.pixel()}, kind=2, metadata=told)
    named = {"CONFLICT_MAP_TILES": str(path)}
    tiles = Tiles.of(Settings.from_environment(named), url="tiles/{z}/{x}/{y}")
    assert tiles is not None
    assert tiles.source == ""
    assert tiles.config() == {
        "url": "tiles/{z}/{x}/{y}",
        "credit": "© Somebody and others",
        "local": True,
        "kind": "image",
        "zooms": [0, 0],
    }
    own = Tiles.of(Settings.from_environment(named | {"CONFLICT_MAP_TILES_CREDIT": "The desk"}))
    assert own is not None
    assert own.credit == "The desk"


def test_a_file_that_changes_is_read_anew(tmp_path: Path) -> None:
    path = tile_files.write(tmp_path / "c.pmtiles", {(0, 0, 0): b"old"}, kind=1)
    assert TileFile.open(path).get(0, 0, 0) == b"old"
    tile_files.write(path, {(0, 0, 0): b"new one"}, kind=1)
    assert TileFile.open(path).get(0, 0, 0) == b"new one"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "cannot be read"),
        (b"", "no PMTiles file"),
        (b"PMTiles\x02" + bytes(200), "no PMTiles file of version 3"),
        (b"<html>" + bytes(300), "no PMTiles file"),
    ],
)
def test_what_is_no_such_file_is_named(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "d.pmtiles"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(TileFileError, match=words) as raised:
        Tiles.of(Settings.from_environment({"CONFLICT_MAP_TILES": str(path)}))
    assert str(path) in str(raised.value)


def test_a_damaged_file_is_an_error_in_words_wherever_it_is_damaged(tmp_path: Path) -> None:
    """Every byte of header and directory turned, one after another: a tile, none, or our own error; never another."""
    whole = tile_files.write(tmp_path / "e.pmtiles", {(1, 0, 0): b"x" * 9, (1, 1, 1): b"y"}, kind=1, leaves=True)
    good = whole.read_bytes()
    said = 0
    for at in range(len(good) - 10):
        path = tmp_path / f"{at}.pmtiles"
        path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        try:
            TileFile.open(path).get(1, 1, 1)
        except TileFileError as error:
            said += 1
            assert str(path) in str(error)
    assert said > 40
