from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import folium
import folium.plugins
import pytest

from geo.timemap import Command, TimeLayer, TimeMap

from . import specimens


def test_a_saved_map_is_one_file_that_asks_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.html"
    TimeMap(specimens.events(), areas=specimens.AREAS, radii=specimens.RADII).save(path)
    page = path.read_text(encoding="utf-8")
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)[^"]*"', page)
    assert "cdn" not in page.replace("cdnjs", "cdn") or "//cdn" not in page
    assert path.stat().st_size < 4_000_000


def test_no_word_of_an_article_stands_in_the_page(tmp_path: Path) -> None:
    path = tmp_path / "events.html"
    TimeMap(specimens.hostile()).save(path)
    page = path.read_text(encoding="utf-8")
    assert "__hit" not in page


def test_a_served_map_names_its_files_relative_to_the_frame() -> None:
    page = TimeMap(data_url="../../events.bin", assets_url="../../map/").get_root().render()
    assert re.findall(r'src="([^"]+)"', page) == ["../../map/leaflet/leaflet.js", "../../map/timemap.js"]
    assert '"url":"../../events.bin"' in page
    assert '"url":"../../map/basemap/world.json"' in page


def test_the_script_of_equal_maps_is_equal_but_for_the_name() -> None:
    """The dashboard remounts a map whose script differs: nothing in it may depend on the moment."""
    pages = []
    for _ in range(2):
        time_map = TimeMap(data_url="e", assets_url="a", state={"from": "2015-01-01", "z": 5.0})
        pages.append(time_map.get_root().render().replace(time_map.get_name(), "map"))
    assert re.sub(r"[0-9a-f]{32}", "", pages[0]) == re.sub(r"[0-9a-f]{32}", "", pages[1])


def test_a_map_without_data_is_refused() -> None:
    with pytest.raises(ValueError, match="needs events, or a data_url"):
        TimeMap()


@pytest.mark.parametrize(
    ("state", "centre"),
    [
        ({"lat": "nan", "lng": 3, "z": 4}, (30.0, 20.0, 4.0)),
        ({"lat": 1e9, "lng": -1e9, "z": 99}, (85.0, -180.0, 12.0)),
        ({"lat": "48.3", "lng": "38.4", "z": "6.5"}, (48.3, 38.4, 6.5)),
    ],
)
def test_nonsense_in_the_state_moves_the_map_nowhere(state: dict[str, object], centre: tuple[float, ...]) -> None:
    time_map = TimeMap(data_url="e", assets_url="a", state=state)
    assert (*time_map.location, time_map.options["zoom"]) == centre


def test_a_map_without_a_view_starts_at_its_events() -> None:
    time_map = TimeMap(specimens.events().query("country_code == 'UA'"))
    lat, lng = time_map.location
    assert 46 < lat < 50
    assert 31 < lng < 40


def test_a_notebook_gets_a_frame_of_its_own() -> None:
    markup = TimeMap(specimens.events())._repr_html_()
    assert markup.startswith("<iframe srcdoc=")
    assert "<script" not in markup


def test_a_command_is_a_script_that_survives_hostile_text() -> None:
    command = Command({"places": [specimens.HOSTILE], "theme": "dark"})
    time_map = TimeMap(data_url="e", assets_url="a")
    command.group().add_to(time_map)
    page = time_map.get_root().render()
    assert '"theme":"dark"' in page
    assert "<img src=x" not in page
    assert "</script><script>window" not in page


def test_an_order_is_written_beside_the_message() -> None:
    time_map = TimeMap(data_url="e", assets_url="a")
    Command({"theme": "light"}, order={"flyTo": {"lat": 48.3, "lng": 38.4}}, number=3).group().add_to(time_map)
    page = time_map.get_root().render()
    assert '{"flyTo":{"lat":48.3,"lng":38.4}}' in page
    assert "window.__timemapOrder = 3" in page


def test_a_map_takes_what_a_map_of_folium_takes() -> None:
    shown = TimeMap(
        specimens.events(),
        width="60%",
        height=500,
        location=(48, 38),
        zoom_start=6,
        control_scale=True,
        tiles="OpenStreetMap",
    )
    assert (shown.width, shown.height) == ((60.0, "%"), (500.0, "px"))
    assert (shown.location, shown.options["zoom"], shown.control_scale) == ([48.0, 38.0], 6.0, True)
    page = shown.get_root().render()
    assert "tile.openstreetmap.org" in page
    assert '"base":' not in page
    with pytest.raises(ValueError, match="location must be \\(latitude, longitude\\); got 'Kyiv'"):
        TimeMap(specimens.events(), location="Kyiv")


def test_the_view_of_a_state_goes_before_that_of_the_arguments() -> None:
    shown = TimeMap(specimens.events(), location=(48, 38), zoom_start=6, state={"lat": 10, "lng": 20, "z": 3})
    assert (*shown.location, shown.options["zoom"]) == (10.0, 20.0, 3.0)


@pytest.mark.parametrize(
    ("child", "words"),
    [
        (
            lambda: folium.Marker((48, 38), icon=folium.Icon("red")),
            "folium.Icon draws with scripts that come from the net",
        ),
        (folium.plugins.MiniMap, "MiniMap loads https://.*use a folium.Map with TimeLayer"),
        (folium.plugins.Draw, "Draw loads https://"),
    ],
)
def test_what_would_ask_the_net_is_refused_with_a_way_out(child: Any, words: str) -> None:
    shown = TimeMap(specimens.events())
    child().add_to(shown)
    with pytest.raises(ValueError, match=words):
        shown.get_root().render()


def test_a_plugin_with_local_assets_is_drawn() -> None:
    shown, plugin = TimeMap(specimens.events()), folium.plugins.MiniMap()
    plugin.default_js, plugin.default_css = [("minimap", "data:text/javascript,")], []
    plugin.add_to(shown)
    assert "new L.Control.MiniMap" in shown.get_root().render()


def test_a_layer_says_where_it_cannot_stand() -> None:
    with pytest.raises(TypeError, match=r"must be added to a folium\.Map; got FeatureGroup"):
        TimeLayer(specimens.events()).add_to(folium.FeatureGroup().add_to(folium.Map())).get_root().render()
    flat = folium.Map(crs="Simple")
    TimeLayer(specimens.events()).add_to(flat)
    with pytest.raises(ValueError, match="the map's crs is 'Simple'"):
        flat.get_root().render()


def test_a_page_says_what_it_is_as_text_that_runs_nothing() -> None:
    page = TimeMap(specimens.events(), about={"title": "</script><script>x", "n": 1}).get_root().render()
    assert '<script type="application/json" id="about">{"title":"\\u003c/script' in page
