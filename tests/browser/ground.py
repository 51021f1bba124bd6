"""What the base map shows: near a town on the coast, by its pixels."""

from __future__ import annotations

from typing import Any

MARIUPOL = {"from": "2015-01-01", "to": "2015-12-31", "lat": 47.05, "lng": 37.5, "z": 9}
LOOK = "([lat, lng, z]) => { __timemap.map.setView([lat, lng], z, { reset: true }); }"
# The share of the base map's pixels in a box that have a colour of the palette.
_SHARE = """([name, x, y, side]) => { const { app, map } = __timemap, layer = app.base, { ratio } = layer;
    const corner = map.containerPointToLayerPoint([x, y]), { x: left, y: top } = layer._bounds.min;
    const box = [corner.x - left, corner.y - top, side, side].map((value) => value * ratio);
    const { data } = layer._container.getContext("2d").getImageData(...box);
    const wanted = app.palette()[name].match(/[0-9a-f]{2}/g).map((pair) => parseInt(pair, 16));
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
        if (wanted.every((value, part) => Math.abs(value - data[at + part]) < 2)) found++;
    }
    return found / (data.length / 4); }"""
_SPOT = """([lat, lng]) => { const { x, y } = __timemap.map.latLngToContainerPoint([lat, lng]); return [x, y]; }"""


def share(page: Any, name: str, lat: float, lng: float, *, side: int = 30) -> float:
    """Give how much of a square, from that point on, has the colour of that name: 0 to 1."""
    return float(page.evaluate(_SHARE, [name, *page.evaluate(_SPOT, [lat, lng]), side]))
