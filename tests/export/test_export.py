from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas
import pyogrio
import pytest

from geo.export import FORMATS, encode
from geo.export.spreadsheet import cell
from geo.store import Store
from tests.store.specimens import article, record

HOSTILE = '=HYPERLINK("http://x") <img src=x onerror=alert(1)> ${alert(1)} `x` </script> $[name] \' " ]]> \x07 é Ж'
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def frame() -> geopandas.GeoDataFrame:
    """Two events, of which one has neither place nor date; hostile words in every free text."""
    with Store("sqlite://", create=True) as store:
        store.save(record(article(title=HOSTILE), hostile=" " + HOSTILE), pipeline="1")
        return store.events()


@pytest.mark.parametrize("name", FORMATS)
def test_exporting_twice_gives_the_same_and_leaves_the_frame_alone(frame: geopandas.GeoDataFrame, name: str) -> None:
    before = frame.copy()
    first, second = encode(frame, name), encode(frame, name)
    assert frame.equals(before)
    if name != "gpkg":  # its header holds the time of writing
        assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_no_events_make_a_valid_empty_file(frame: geopandas.GeoDataFrame, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty{FORMATS[name].ending}"
    path.write_bytes(encode(frame.iloc[:0], name))
    if name == "parquet":
        assert len(geopandas.read_parquet(path)) == 0
    elif name == "gpkg":
        assert len(geopandas.read_file(path, layer="events")) == 0
    elif name in ("geojson", "lpf"):
        assert json.loads(path.read_text())["features"] == []
    else:
        assert path.stat().st_size > 100


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match=r"format must be one of geojson, csv, kml, .*; got 'shp'"):
        encode(geopandas.GeoDataFrame(), "shp")


def test_geojson_holds_the_record_and_the_text_as_it_is(frame: geopandas.GeoDataFrame) -> None:
    placed, unplaced = json.loads(encode(frame, "geojson"))["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [38.4444, 48.3406]}
    assert placed["properties"]["date_start"] == "2015-01-25"
    assert placed["properties"]["reasons"] == ["trigger 'shelling'", "place follows 'around'"]
    assert placed["properties"]["title"] == HOSTILE
    assert placed["id"] == placed["properties"]["id"]
    assert (placed["properties"]["killed_low"], placed["properties"]["killed_high"]) == (2, None)
    assert unplaced["geometry"] is None
    assert unplaced["properties"]["date_start"] is None
    assert unplaced["properties"]["lat"] is None


def test_csv_keeps_the_text_and_runs_no_formula(frame: geopandas.GeoDataFrame) -> None:
    rows = list(csv.DictReader(io.StringIO(encode(frame, "csv").decode(), newline="")))
    assert rows[0]["title"] == "'" + HOSTILE
    assert rows[0]["speaker"] == "the army " + HOSTILE
    assert rows[0]["lat"] == "48.3406"
    assert rows[0]["reasons"] == "trigger 'shelling'; place follows 'around'"
    assert rows[1]["lat"] == ""
    assert (rows[0]["killed_low"], rows[0]["killed_high"], rows[1]["wounded_low"]) == ("2", "", "")
    assert rows[0]["target"] == "the railway town's people"


def test_a_carriage_return_in_a_text_starts_no_row_of_its_own(frame: geopandas.GeoDataFrame) -> None:
    odd = frame.assign(title="harmless\r=1+1")
    text = encode(odd, "csv").decode()
    assert '"harmless\r=1+1"' in text
    assert [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["harmless\r=1+1"] * 2


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff\u2060=1", "'\ufeff\u2060=1"),
        ("\x00\x1f@SUM(A1)", "'\x00\x1f@SUM(A1)"),
        ("\u202e\xad+1", "'\u202e\xad+1"),
        ("\u3164﹣1", "'\u3164﹣1"),
        ("\U000e0041\ufe0f=1", "'\U000e0041\ufe0f=1"),
        ("\u200bquiet = 1", "\u200bquiet = 1"),
        (["=1", "b"], "'=1; b"),
        (-38.5, -38.5),
        ("2015-01-25", "2015-01-25"),
        ("a = b", "a = b"),
        (None, ""),
    ],
)
def test_a_cell_that_would_run_gets_an_apostrophe(value: Any, safe: Any) -> None:
    assert cell(value) == safe


def test_kml_is_xml_whose_texts_stay_texts_even_in_a_viewer_that_reads_html(frame: geopandas.GeoDataFrame) -> None:
    root = Xml.fromstring(encode(frame, "kml"))  # noqa: S314 (our own output)
    placed, unplaced = root.iter(f"{KML}Placemark")
    assert placed.findtext(f"{KML}Point/{KML}coordinates") == "38.4444,48.3406"
    assert placed.findtext(f"{KML}TimeSpan/{KML}begin") == "2015-01-25"
    description = placed.findtext(f"{KML}description") or ""
    assert "<img" not in description
    assert "&lt;img src=x onerror=alert(1)&gt;" in description
    assert "$[" not in description
    values = {data.get("name"): data.findtext(f"{KML}value") for data in placed.iter(f"{KML}Data")}
    assert values["title"] == HOSTILE.replace("\x07", "\ufffd")
    assert unplaced.find(f"{KML}Point") is None
    assert unplaced.find(f"{KML}TimeSpan") is None


def test_geopackage_has_dates_and_a_layer_that_gis_programs_read(frame: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    path.write_bytes(encode(frame, "gpkg"))
    # The second is no layer: it holds how QGIS draws the first.
    assert pyogrio.list_layers(path).tolist() == [["events", "Point"], ["layer_styles", None]]
    info = pyogrio.read_info(path, layer="events")
    assert dict(zip(info["fields"], info["ogr_types"], strict=True))["date_start"] == "OFTDate"
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT title, date_start, reasons, geom IS NULL FROM events ORDER BY fid").fetchall()
    assert rows[0] == (HOSTILE, "2015-01-25", "trigger 'shelling'; place follows 'around'", 0)
    assert rows[1][1:] == (None, "", 1)


def test_geoparquet_reads_back_to_the_same_events(frame: geopandas.GeoDataFrame) -> None:
    back = geopandas.read_parquet(io.BytesIO(encode(frame, "parquet")))
    assert back.crs == "EPSG:4326"
    assert set(back.columns) == {*frame.columns, "radius_km", "text_sha256"}
    assert back["title"].tolist() == frame["title"].tolist()
    assert back["date_start"].tolist() == [date(2015, 1, 25), None]
    assert back["reasons"].iloc[0].tolist() == frame["reasons"].iloc[0]
    assert back.geometry.iloc[0].equals(frame.geometry.iloc[0])
