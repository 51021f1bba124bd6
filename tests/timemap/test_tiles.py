from __future__ import annotations

import pytest

from geo.settings import Settings
from geo.timemap import Tiles


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://tile.example.org/{z}/{x}/{y}.png", "https://tile.example.org"),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", "https://*.tile.example.org"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}", "http://127.0.0.1:8080"),
    ],
)
def test_the_policy_allows_the_host_alone(url: str, source: str) -> None:
    assert Tiles(url, "Example").source == source


@pytest.mark.parametrize(
    ("url", "credit", "words"),
    [
        ("tile.example.org/{z}/{x}/{y}.png", "Example", "expected an address such as https://host"),
        ("javascript:alert(1)//{z}/{x}/{y}", "Example", "expected an address"),
        ("https://a.example; script-src *//{z}/{x}/{y}", "Example", "expected an address"),
        ("https://tile.example.org/{z}/{x}.png", "Example", "lacks {y}"),
        ("https://tile.example.org/{z}/{x}/{y}.png", " ", "say whom to credit"),
    ],
)
def test_what_is_no_tile_server_is_named(url: str, credit: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Tiles(url, credit)


def test_the_settings_name_the_tiles() -> None:
    named = {"CONFLICT_MAP_TILES": "https://tile.example.org/{z}/{x}/{y}.png", "CONFLICT_MAP_TILES_CREDIT": "Example"}
    assert Tiles.of(Settings.from_environment({})) is None
    assert Tiles.of(Settings.from_environment(named)) == Tiles(*named.values())
