"""Control areas of two holders in the east of Ukraine, and what of them the map holds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.timemap import specimens

# The mean colour of a square of the layer of control areas, over the land.
_TINT = """([lat, lng]) => { const { app, map } = __timemap, { layer } = app.control;
    const { x, y } = map.latLngToLayerPoint([lat, lng]).subtract(layer._bounds.min).multiplyBy(layer.ratio);
    const land = app.palette().land.match(/[0-9a-f]{2}/g).map((pair) => parseInt(pair, 16)), sum = [0, 0, 0];
    const { data } = layer._context.getImageData(Math.round(x), Math.round(y), 24, 24);
    for (let at = 0; at < data.length; at += 4) {
        const alpha = data[at + 3] / 255;
        for (const part of [0, 1, 2]) sum[part] += (data[at + part] * alpha + land[part] * (1 - alpha)) / 576;
    }
    return sum; }"""


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def fronts(*, holder: str = "Others", credit: str = "Drawn by hand") -> dict[str, Any]:
    """The town changes hands on 18 February 2015; the west is held by the same all the time."""
    east = square(38.0, 47.6, 39.6, 49.0)
    return {
        "type": "FeatureCollection",
        "credit": credit,
        "features": [
            feature(square(34.0, 46.5, 38.0, 49.5), holder="Government"),
            feature(east, holder="Government", name="The salient", **{"from": "2014-07-29", "to": "2015-02-17"}),
            feature(east, holder=holder, name="The salient", **{"from": "2015-02-18"}),
        ],
    }


def in_towns() -> pd.DataFrame:
    """Give the specimens less their areas, which would lie over what is held."""
    events = specimens.events()
    return events[events["place_precision"] == "town"]


def held(page: Any) -> list[str]:
    names = "(({ held, holders }) => held.map(({ holder }) => holders[holder].name))(__timemap.app.control)"
    return list(page.evaluate(names))


def tint(page: Any, lat: float, lng: float) -> list[float]:
    """Give the mean colour of a square from that point on, 0 to 255 in red, green and blue."""
    return list(page.evaluate(_TINT, [lat, lng]))
