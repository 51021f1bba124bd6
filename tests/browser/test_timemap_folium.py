"""The map among other things of folium: other layers on it, itself on another map, several on one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import folium
import pytest

from geo.timemap import TimeLayer, TimeMap, files
from tests.browser.asking import expect
from tests.timemap import specimens
from tests.timemap.chromium import Shown

pytestmark = pytest.mark.browser


def others(on: folium.Map) -> None:
    """Layers of somebody else: a circle with a popup, a pin, a shape, a control of them all."""
    mine = folium.FeatureGroup("Mine").add_to(on)
    folium.CircleMarker((48.3, 37.2), radius=12, fill=True, popup="A <b>popup</b>").add_to(mine)
    folium.Marker((47.3, 37.5)).add_to(on)
    folium.GeoJson({"type": "Point", "coordinates": [38.5, 47.6]}, name="Shape").add_to(on)
    folium.LayerControl(collapsed=False).add_to(on)


def test_other_layers_stand_on_a_time_map_and_its_size_and_view_are_as_asked(browser: Any, tmp_path: Path) -> None:
    """They were drawn sixteen pixels wide, and a popup ended the script."""
    drawn = TimeMap(specimens.events(), width=900, height=600)
    others(drawn)
    drawn.fit_bounds([[47, 36], [49, 39]])
    drawn.save(tmp_path / "map.html")
    shown = Shown(browser, tmp_path / "map.html")
    box = shown.page.locator(".tm").bounding_box()
    assert (box["width"], box["height"]) == (900, 600)
    centre = shown.page.evaluate("__timemap.map.getCenter()")
    assert (centre["lat"], centre["lng"]) == pytest.approx((48.0, 37.5), abs=0.1)
    x, y = shown.spot(37.2, 48.3)
    shown.page.mouse.click(x, y)
    popup = shown.page.locator(".leaflet-popup-content")
    popup.wait_for()
    expect(popup).to_have_text("A popup", use_inner_text=True)
    assert shown.page.locator("path.leaflet-interactive").first.bounding_box()["width"] > 20
    pins = shown.page.locator(".leaflet-marker-icon")
    expect(pins).to_have_count(2)
    assert pins.first.evaluate("pin => pin.complete && pin.naturalWidth > 0")
    shown.page.get_by_role("checkbox", name="Mine").uncheck()
    expect(shown.page.locator("path.leaflet-interactive")).to_have_count(0)
    assert shown.counts()["Debaltseve"] > 0
    shown.close()


def test_a_layer_on_any_map_leaves_its_box_view_and_controls(browser: Any, tmp_path: Path) -> None:
    below = folium.Map(location=(48, 37.5), zoom_start=7, tiles=None, width="80%", height=600)
    # Leaflet from here: folium's comes from the net, which this browser has none of.
    scripts, styles = files.links(None, with_leaflet=True)
    below.default_js, below.default_css = [scripts[0]], [styles[0]]
    TimeLayer(specimens.events(), areas=specimens.AREAS, placed=True).add_to(below)
    folium.CircleMarker((48.3, 37.2), radius=12).add_to(below)
    below.save(tmp_path / "map.html")
    shown = Shown(browser, tmp_path / "map.html")
    box = shown.page.locator(".tm").bounding_box()
    assert (round(box["width"]), box["height"]) == (round(0.8 * 1032), 600)
    assert shown.page.evaluate("__timemap.map.getZoom()") == 7
    centre = shown.page.evaluate("__timemap.map.getCenter()")
    assert (centre["lat"], centre["lng"]) == pytest.approx((48.0, 37.5), abs=0.05)
    expect(shown.page.locator(".leaflet-control-zoom")).to_have_count(1)
    expect(shown.page.locator(".tm-world")).to_have_count(0)  # no base map of ours, no words on its borders
    shown.command(**{"from": "2015-01-01", "to": "2015-01-31"})
    assert shown.counts()["Debaltseve"] == 3
    shown.close()


def test_of_two_maps_on_one_page_each_has_its_own_time(browser: Any, tmp_path: Path) -> None:
    page = folium.Figure()
    TimeMap(specimens.events(), height=400, state={"from": "2015-01-01", "to": "2015-01-31"}).add_to(page)
    TimeMap(specimens.events(), height=400, state={"from": "2023-01-01", "to": "2023-12-31"}, theme="dark").add_to(page)
    page.save(str(tmp_path / "map.html"))
    shown = Shown(browser, tmp_path / "map.html")
    expect(shown.page.locator(".tm-count")).to_have_text([re.compile("^10 "), re.compile("^2 ")], use_inner_text=True)
    shown.page.locator(".tm").last.hover()  # a pointer lies in the first from the start, and has to come into it
    shown.page.locator(".tm").first.hover()
    assert shown.page.evaluate("__timemap.state().from") == "2015-01-01"
    shown.page.locator(".tm").last.hover()
    assert shown.page.evaluate("__timemap.state().from") == "2023-01-01"
    shown.close()
