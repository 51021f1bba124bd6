"""Control areas: what a user's own GeoJSON must say, and what is said where it does not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import control
from geo.timemap.control import ControlError

SQUARE = [[[36.0, 47.0], [39.0, 47.0], [39.0, 49.0], [36.0, 49.0], [36.0, 47.0]]]


def area(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"holder": "Government"} | properties,
        "geometry": geometry or {"type": "Polygon", "coordinates": SQUARE},
    }


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)} | members


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_areas_are_read_with_holder_dates_name_and_credit(tmp_path: Path) -> None:
    path = tmp_path / "control.geojson"
    given = collection(
        area(name="The north", **{"from": "2014-04", "to": "2014"}),
        area(holder="Others", fill="#6B7F95"),
        credit="Cite as it asks",
    )
    path.write_text(json.dumps(given), encoding="utf-8")
    read = control.read(path)
    assert read.holders == (("Government", None), ("Others", "#6B7F95"))
    assert read.credit == "Cite as it asks"
    first, second = read.areas
    assert (first["from"], first["to"], first["name"]) == (day("2014-04-01"), day("2014-12-31"), "The north")
    assert (second["holder"], second["from"], second["to"]) == (1, None, None)
    assert json.loads(read.to_json())["areas"][0]["geometry"] == {"type": "MultiPolygon", "coordinates": [SQUARE]}


BAD = [
    (area(holder=None), r"feature 2: no 'holder' among its properties \(holder\); say who holds it"),
    (area(name="Lyman", **{"from": "last spring"}), r"feature 2 \('Lyman'\): 'from' is 'last spring', not a date"),
    (area(**{"from": "2015-13-01"}), "'from' is '2015-13-01', not a date"),
    (area(**{"from": "2015-01-26T10:00:00"}), "'from' is '2015-01-26T10:00:00', not a date"),
    (area(**{"from": 20150126.5}), "'from' is '20150126.5', not a date"),
    (area(**{"from": "2016", "to": "2015"}), "'from' is after 'to'"),
    (area(fill="red; background: url(x)"), "'fill' is 'red; background: url"),
    (area({"type": "Point", "coordinates": [1, 2]}), "must be a Polygon or a MultiPolygon; got 'Point'"),
    (area({"type": "Polygon", "coordinates": [SQUARE[0][:-1]]}), "a ring ends at .*, not where it starts"),
    (area({"type": "Polygon", "coordinates": [[[1, 2], [1, 2]]]}), "a ring has 2 positions; it takes 4"),
    (
        area({"type": "Polygon", "coordinates": [[[481000.0, 5300000.0]] * 4]}),
        "is no longitude and latitude in degrees",
    ),
    (area({"type": "Polygon", "coordinates": [[["1", None]] * 4]}), "is no position"),
    (area({"type": "Polygon", "coordinates": []}), "has no coordinates|has no rings"),
    ({"type": "Feature", "geometry": None, "properties": None}, r"feature 2: no 'holder' .*\(none\)"),
    ("Lyman", "feature 2: is not a GeoJSON Feature"),
]


@pytest.mark.parametrize(("feature", "message"), BAD)
def test_a_fault_names_file_and_feature_and_what_to_mend(tmp_path: Path, feature: Any, message: str) -> None:
    path = tmp_path / "fronts.geojson"
    path.write_text(json.dumps(collection(area(), feature)), encoding="utf-8")
    with pytest.raises(ControlError, match=message) as caught:
        control.read(path)
    assert str(caught.value).startswith("fronts.geojson: feature 2")
    assert (caught.value.file, caught.value.feature) == ("fronts.geojson", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "expected a GeoJSON FeatureCollection; got 'list'"),
        ('{"type": "Topology"}', "got 'Topology'"),
        ('{"type": "FeatureCollection", "features": []}', "has no features"),
        ('{"type": "FeatureCollection", "features": [], "crs": {"name": "EPSG:32637"}}', "reproject it to WGS84"),
    ],
)
def test_a_file_that_is_no_such_collection_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "control.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ControlError, match=f"^control.geojson: .*{message}") as caught:
        control.read(path)
    assert caught.value.feature is None


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match=r"none\.geojson: cannot be read: No such file"):
        control.read(tmp_path / "none.geojson")
    (tmp_path / "latin.geojson").write_bytes(b'{"holder": "\xe9"}')
    with pytest.raises(ControlError, match=r"latin.geojson: is not UTF-8 \(byte 12\)"):
        control.read(tmp_path / "latin.geojson")


def test_one_holder_has_one_colour_and_twelve_holders_are_told_apart() -> None:
    two = collection(area(fill="#111111"), area(), area(fill="#222222"))
    with pytest.raises(ControlError, match="feature 3: 'fill' is #222222, but that of feature 1, of the same holder"):
        control.parse(two)
    many = collection(*(area(holder=f"Holder {number}") for number in range(13)))
    with pytest.raises(ControlError, match="feature 13: 'Holder 12' is one holder too many: the map tells 12 apart"):
        control.parse(many)


def test_words_lose_what_cannot_be_shown_and_stay_words() -> None:
    hostile = "</script><img src=x onerror=window.__hit=1>"
    read = control.parse(collection(area(holder=f"{hostile}\x00\u2028")))
    assert read.holders[0][0] == hostile
