"""What is drawn of many events: each mark with its count and size, the scale, and whether that can be trusted."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.timemap.chromium import Shown

WHOLE = {"from": "2014-01-01", "to": "2015-12-31"}
ZOOMS = {"world": (30.0, 20.0, 2.5), "country": (48.2, 38.0, 6.5), "city": (48.2, 38.0, 9.0)}

# What is drawn, from the layer's own record: each mark, the scale, and what the places in the canvas add up to.
DRAWN = """() => {
    const { app, map } = __timemap, { marks, counts } = app, { min, max } = marks._bounds;
    const inside = marks.towns.filter((place) => {
        const { lon, lat } = app.data.places, { x, y } = map.latLngToLayerPoint([lat[place], lon[place]]);
        return counts.n[place] && x > min.x && x < max.x && y > min.y && y < max.y;
    });
    return {
        marks: marks.marks.map(({ x, y, r, n, half, side, members }) => {
            return { x, y, r, n, half, side, places: (members || [0]).length }; }),
        dense: marks.dense, ...marks.scale,
        events: inside.reduce((sum, place) => sum + counts.n[place], 0), places: inside.length,
        said: document.querySelector(".tm-legend summary small").textContent,
    }; }"""
# The mark that stands for several places and has the most events.
BIGGEST = """() => { const { marks, data } = __timemap.app;
    const { x, y, n, members } = marks.marks.find(({ members }) => members);
    const at = __timemap.map.layerPointToContainerPoint([x, y]);
    return { x: at.x, y: at.y, n, places: members.map((place) => data.places.name[place]) }; }"""
# How many events each mark has, none where it lies outside of what is seen.
IN_SIGHT = """() => { const { app, map } = __timemap, { x: wide, y: tall } = map.getSize();
    return app.marks.marks.map((mark) => {
        const { x, y } = map.layerPointToContainerPoint([mark.x, mark.y]);
        return x > 0 && x < wide && y > 0 && y < tall ? mark.n : 0; }); }"""


def looking_at(shown: Shown, zoom: str) -> dict[str, Any]:
    """Look from so near, and give what is drawn."""
    lat, lng, z = ZOOMS[zoom]
    shown.page.evaluate("([lat, lng, z]) => void __timemap.map.setView([lat, lng], z, { reset: true })", [lat, lng, z])
    return dict(shown.page.evaluate(DRAWN))


def covered_numbers(marks: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Give the counts of marks whose number another mark lies over that is drawn later: the smaller ones."""
    found = []
    for number, mark in enumerate(marks):
        for other in marks[number + 1 :]:
            dx, dy = max(0, abs(mark["x"] - other["x"]) - mark["half"]), max(0, abs(mark["y"] - other["y"]) - 6)
            if mark["half"] and math.hypot(dx, dy) < other["r"]:
                found.append((mark["n"], other["n"]))
    return found


def true_to_the_legend(drawn: dict[str, Any]) -> None:
    """Assert that marks have their size at the scale that the legend says, and that none covers another's number."""
    assert sum(mark["n"] for mark in drawn["marks"]) == drawn["events"] > 0
    for mark in drawn["marks"]:
        true = max(drawn["least"], drawn["usual"] * math.sqrt(mark["n"] / drawn["part"]))
        assert mark["r"] == pytest.approx(true)
        assert mark["r"] <= drawn["most"] + 1e-6
    assert covered_numbers(drawn["marks"]) == []
    assert drawn["said"] == (f"1/{drawn['part']:,} area" if drawn["part"] > 1 else "")
