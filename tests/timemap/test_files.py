from __future__ import annotations

import gzip
import json

import pytest

from geo.timemap import files


@pytest.mark.parametrize(
    "name",
    ["timemap.js", "timemap.css", "leaflet/leaflet.js", "leaflet/leaflet.css", "leaflet/LICENSE", "fonts/LICENSE"],
)
def test_an_asset_is_read_with_its_type_and_tag(name: str) -> None:
    asset = files.read(name)
    assert asset.body
    assert asset.etag.startswith('"')
    assert "charset=utf-8" in asset.media_type


@pytest.mark.parametrize("layer", files.LAYERS)
def test_the_base_map_is_served_compressed(layer: str) -> None:
    asset = files.read(f"basemap/{layer}.json")
    assert (asset.encoding, asset.media_type) == ("gzip", "application/json")
    assert json.loads(gzip.decompress(asset.body))


@pytest.mark.parametrize(
    "name", ["../files.py", "/etc/passwd", "basemap/../world.json", "fonts", "", "no-such.js", "\0", "a" * 5000]
)
def test_nothing_outside_the_folder_is_served(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="no such asset"):
        files.read(name)


def test_every_font_of_the_stylesheet_is_inlined() -> None:
    style = files.style()
    assert style.count("data:font/woff2;base64,") == 8
    assert "url(fonts/" not in style


def test_no_script_or_style_names_another_host() -> None:
    for text in (files.script(), files.style(), files.leaflet()[1]):
        addresses = {word for word in text.split('"') if word.startswith(("http:", "https:"))}
        assert addresses <= {"http://www.w3.org/2000/svg"}


def test_every_script_file_is_in_the_list() -> None:
    assert sorted(files.SCRIPTS) == sorted(path.stem for path in (files.ASSETS / "js").glob("*.js"))
