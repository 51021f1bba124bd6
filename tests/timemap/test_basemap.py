"""What ships as base map and areas: whole, small, and with Crimea in Ukraine in every layer."""

from __future__ import annotations

import functools
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.timemap import near

DATA = Path(__file__).parents[2] / "data"
SHIPPED = sorted(DATA.glob("basemap/*.json.gz")) + sorted(DATA.glob("areas/*.json.gz"))
SIMFEROPOL, SEVASTOPOL = shapely.Point(34.1, 44.95), shapely.Point(33.6, 44.58)


@functools.cache
def read(name: str) -> Any:
    return json.loads(gzip.decompress((DATA / name).read_bytes()))


@functools.cache
def areas(name: str) -> dict[str, shapely.Geometry]:
    features = read(f"areas/{name}.json.gz")["features"]
    return {item["properties"]["code"]: shapely.from_geojson(json.dumps(item["geometry"])) for item in features}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_layer_stays_small(path: Path) -> None:
    assert path.stat().st_size < 4_000_000


def test_all_layers_are_there() -> None:
    assert [path.name for path in SHIPPED] == [
        "labels.json.gz",
        "water.json.gz",
        "world.json.gz",
        "admin1.json.gz",
        "countries.json.gz",
    ]


@pytest.mark.parametrize("name", ["admin1", "countries"])
def test_every_area_is_a_valid_polygon_in_range(name: str) -> None:
    shapes = np.array(list(areas(name).values()))
    assert shapely.is_valid(shapes).all()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    west, south, east, north = shapely.total_bounds(shapes)
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90


@pytest.mark.parametrize("point", [SIMFEROPOL, SEVASTOPOL], ids=["Simferopol", "Sevastopol"])
def test_crimea_is_ukraine(point: shapely.Point) -> None:
    assert [code for code, shape in areas("countries").items() if shape.contains(point)] == ["UA"]


@pytest.mark.parametrize(("code", "point"), [("UA.11", SIMFEROPOL), ("UA.20", SEVASTOPOL)])
def test_crimea_has_its_ukrainian_codes(code: str, point: shapely.Point) -> None:
    assert areas("admin1")[code].contains(point)


def test_crimea_is_ukraine_on_the_base_map() -> None:
    world = read("basemap/world.json.gz")
    countries = {
        item["code"]: {world["objects"]["units"][unit]["code"] for unit in item["units"]}
        for item in world["objects"]["countries"]
    }
    assert {"UA.11", "UA.20"} <= countries["UA"]
    assert not {code for code in countries["RU"] if code.startswith("UA.")}


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("SY", (35.8, 33.05)),  # the Golan
        ("CY", (33.4, 35.3)),  # Kyrenia
        ("GE", (41.0, 43.0)),  # Sukhumi
        ("SO", (44.06, 9.56)),  # Hargeisa
        ("XK", (21.0, 42.6)),
        ("TW", (121.0, 24.0)),
        ("EH", (-13.0, 24.5)),
    ],
)
def test_the_worldview_is_the_one_written_on_the_map(code: str, inside: tuple[float, float]) -> None:
    point = shapely.Point(inside)
    assert [land for land, shape in areas("countries").items() if shape.contains(point)] == [code]


def test_no_area_runs_around_the_globe() -> None:
    """Drawn naively across the antimeridian, Russia would be a band over the whole map."""
    for code in ("RU", "FJ", "US"):
        for part in shapely.get_parts(areas("countries")[code]):
            west, _, east, _ = part.bounds
            assert east - west < 170


def test_provinces_are_found_by_geonames_codes() -> None:
    found = areas("admin1")
    assert found["UA.05"].contains(shapely.Point(37.8, 48.0))
    assert found["RU.59"].contains(shapely.Point(132.2, 43.8))
    assert found["GB.ENG"].contains(shapely.Point(-1.5, 52.5))
    assert len(found) > 3400


def test_every_arc_has_a_kind_and_every_border_two_sides() -> None:
    world = read("basemap/world.json.gz")
    assert len(world["kinds"]) == len(world["arcs"])
    assert set(world["kinds"]) == set("cbdax")
    used = np.zeros(len(world["arcs"]), int)
    for unit in world["objects"]["units"]:
        for part in unit["arcs"]:
            for ring in part:
                for number in ring:
                    used[number if number >= 0 else ~number] += 1
    kinds = np.array(list(world["kinds"]))
    assert (used[kinds == "c"] == 1).all()
    assert (used[kinds != "c"] == 2).mean() > 0.99


def test_labels_have_a_place_and_a_first_zoom() -> None:
    labels = read("basemap/labels.json.gz")
    assert set(labels) == {"countries", "admin1", "seas", "towns"}
    for name, rows in labels.items():
        for text, lon, lat, zoom, *_ in rows:
            assert text, name
            assert abs(lon) <= 180
            assert abs(lat) <= 90
            assert 0 <= zoom <= 12
    zooms = [row[3] for row in labels["towns"]]
    assert zooms == sorted(zooms)


def test_what_is_near_a_town_stays_small_and_in_its_square() -> None:
    path = DATA / "basemap" / "near.zip"
    assert path.stat().st_size < 6_000_000
    with zipfile.ZipFile(path) as archive:
        assert max(item.file_size for item in archive.infolist()) < 200_000
        square = json.loads(gzip.decompress(archive.read("30_40.json.gz")))
    assert square["box"] == [30, 40, 40, 50]
    corners = [
        (lon * square["step"], lat * square["step"])
        for kind in ("land", "lakes", "coast")
        for line in square[kind]
        for lon, lat in np.cumsum(np.reshape(line, (-1, 2)), axis=0)
    ]
    assert all(29.98 <= lon <= 40.02 and 39.98 <= lat <= 50.02 for lon, lat in corners)
    assert all(30 <= lon < 40 and 40 <= lat < 50 for _, lon, lat, *_ in square["towns"] + square["airports"])
    zooms = [row[3] for row in square["towns"]]
    assert zooms == sorted(zooms)
    assert set(zooms) <= {9, 10, 11}


def test_squares_around_events_and_names_that_are_none() -> None:
    events = pd.DataFrame({"lon": [37.8, 38.0, None, -0.1], "lat": [48.0, 48.3, 1.0, 51.5]})
    assert list(near.around(events)) == ["-10_50", "30_40"]
    assert near.around(pd.DataFrame({"id": []})) == {}
    assert gzip.decompress(near.read("-130_-60")) == b"{}"
    for name in ("31_40", "30_100", "../30_40", "180_0", "", "30_40_50"):
        with pytest.raises(FileNotFoundError, match="no such asset"):
            near.read(name)
