"""Any GeoDataFrame: other names, other coordinates, other types, missing values; and what is refused, by its column."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.timemap import TimeMap, explore, packed
from geo.timemap.exploring import events

LON, LAT = [38.41, 30.52, 36.23], [48.34, 50.45, 49.99]


def frame(**columns: Any) -> geopandas.GeoDataFrame:
    held = {"when": ["2015-01-25", "2016-02-01", None], "kind": ["clash", "march", "clash"], **columns}
    return geopandas.GeoDataFrame(held, geometry=geopandas.points_from_xy(LON, LAT, crs=4326))


def test_another_coordinate_system_and_another_name_of_the_geometry_give_the_same_places() -> None:
    """A frame in metres silently became "Place not found"."""
    metres = frame().to_crs(3857).rename_geometry("spot")
    told, _ = events(metres, "when")
    assert told["lon"].to_numpy() == pytest.approx(LON)
    assert told["lat"].to_numpy() == pytest.approx(LAT)
    assert list(metres.columns) == ["when", "kind", "spot"]


def test_a_polygon_is_an_area_of_its_own_shape_and_an_empty_one_has_no_place() -> None:
    square = shapely.box(36, 47, 38, 48)
    gdf = geopandas.GeoDataFrame(
        {"when": ["2020-01-01"] * 4}, geometry=[square, square, None, shapely.Point()], crs=4326
    )
    told, areas = events(gdf, "when")
    assert list(areas) == ["shape:0"]
    assert shapely.geometry.shape(areas["shape:0"]).equals(square)
    assert told["place_precision"].tolist() == ["region", "region", "town", "town"]
    assert told["lon"].isna().tolist() == [False, False, True, True]
    table, columns = packed.unpack(packed.pack(told))
    assert table["places"]["id"] == ["shape:0"]
    assert columns["place"].tolist() == [0, 0, packed.NOWHERE, packed.NOWHERE]


@pytest.mark.parametrize(
    "given",
    [
        pd.to_datetime(["2015-01-25T23:30:00", None, None]).tz_localize("Europe/Kyiv"),
        pd.to_datetime(["2015-01-25T23:30:00", None, None]),
        [date(2015, 1, 25), None, None],
        ["25 January 2015", None, np.nan],
    ],
)
def test_a_day_is_the_day_where_it_was_whatever_it_is_written_as(given: Any) -> None:
    told, _ = events(frame(when=given), "when")
    assert told["date_start"].tolist()[0] == pd.Timestamp(2015, 1, 25)
    assert told["date_start"].isna().tolist() == [False, True, True]


def test_own_types_take_glyphs_and_colours_of_the_map_and_keep_their_names() -> None:
    gdf = frame(when=["2015-01-25"] * 3, village=["Debaltseve", None, "Kharkiv"])
    shown = explore(gdf, time="when", type="kind", label="village", colours={"march": "#00aa00"}, height=400)
    assert isinstance(shown, TimeMap)
    page = shown.get_root().render()
    assert '"labels":{"battle":"clash","explosion":"march"}' in page
    assert '"colours":{"explosion":"#00aa00"}' in page
    again = explore(gdf, time="when", type="kind", types={"clash": "battle", "march": "protest"})
    assert '"labels":{"battle":"clash","protest":"march"}' in again.get_root().render()


@pytest.mark.parametrize(
    ("change", "arguments", "error", "words"),
    [
        ({}, {"time": "date"}, KeyError, "time: there is no column 'date'; there are when, kind, geometry"),
        ({}, {"time": "when", "label": "town"}, KeyError, "label: there is no column 'town'"),
        ({"when": ["2015-01-25", "soon", None]}, {"time": "when"}, ValueError, "column 'when': 'soon' is no date"),
        (
            {"to": ["2014-01-01"] * 3},
            {"time": "when", "end": "to"},
            ValueError,
            "column 'to': in row 0 the end is before",
        ),
        ({"kind": ["a", None, "b"]}, {"time": "when", "type": "kind"}, ValueError, "column 'kind': row 1 has no type"),
        ({}, {"time": "when", "type": "kind", "types": {"clash": "battle"}}, ValueError, "does not say what 'march'"),
        (
            {},
            {"time": "when", "type": "kind", "types": dict.fromkeys(["clash", "march"], "war")},
            ValueError,
            "'war' is none",
        ),
        (
            {"how": ["sure", "x", "x"]},
            {"time": "when", "status": "how"},
            ValueError,
            "column 'how': 'sure' is none of rep",
        ),
        (
            {},
            {"time": "when", "colours": {"Event": "red"}},
            ValueError,
            "colours: political: 'red' is not written as #rrg",
        ),
        (
            {},
            {"time": "when", "colours": {"sun": "#112233"}},
            ValueError,
            "colours: 'sun' is no value of the column None",
        ),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_column(
    change: dict[str, Any], arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        explore(frame(**change), **arguments)


def test_more_types_than_the_map_tells_apart_are_refused() -> None:
    many = geopandas.GeoDataFrame(
        {"when": ["2020-01-01"] * 8, "kind": list("abcdefgh")},
        geometry=[shapely.Point(0, n) for n in range(8)],
        crs=4326,
    )
    with pytest.raises(ValueError, match="column 'kind' has 8 types; the map tells 7 apart"):
        explore(many, time="when", type="kind")


def test_a_frame_without_a_coordinate_system_is_refused_not_guessed() -> None:
    with pytest.raises(ValueError, match="the geometry 'geometry' has no coordinate system"):
        explore(frame().set_crs(None, allow_override=True), time="when")
    with pytest.raises(TypeError, match=r"must be a geopandas\.GeoDataFrame; got DataFrame"):
        explore(pd.DataFrame({"when": ["2020-01-01"]}), time="when")
