"""What is exported, read again by programs that are not ours: GDAL, pandas, DuckDB, schemas and validators."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast
from xml.etree import ElementTree as Xml

import duckdb
import fastkml
import geojson_pydantic
import geopandas
import geoparquet_validator
import jsonschema
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from lxml import etree
from pyarrow import parquet

from gazetteer.shipped import DATA
from geo.export import FORMATS, About, Held, Rows, csvw, write
from geo.export.about import credits_, dictionary
from geo.export.colours import COLOURS
from geo.store import Store
from geo.timemap import palette
from geo.views import digests
from tests.store.specimens import TEXT, article, record

OBLAST, SEA, COUNTRY = "g709716", "sea:azov", "g690791"
SQUARE = {"type": "Polygon", "coordinates": [[[37.0, 47.0], [37.0, 49.0], [39.5, 49.0], [39.5, 47.0], [37.0, 47.0]]]}
ABOUT = {"selection": ("happened from 2015-01-01 to 2015-12-31",), "link": "?from=2015-01-01&to=2015-12-31"}


@pytest.fixture(scope="module")
def rows() -> Rows:
    """A town, an unplaced village, a region with an outline, a sea with a reach and a country."""
    with Store("sqlite://", create=True) as store:
        store.save(record(article(title="Kämpfe um \"Debalzewe\", 'Stadt'")), pipeline="1")
        found = store.events()
        known = digests.of_texts(store)([*found["article"], "gone"])
    frame = found.iloc[[0, 1, 0, 0, 0]].reset_index(drop=True)
    frame["id"] = pd.array([f"{n:016x}" for n in range(5)], dtype="str")
    for row, (place, precision, lon, lat) in enumerate(
        [(OBLAST, "region", 38.0, 48.0), (SEA, "sea", 36.5, 46.0), (COUNTRY, "country", 32.0, 49.0)], start=2
    ):
        frame.loc[row, ["place_id", "place_precision"]] = [place, precision]
        frame.loc[row, ["lon", "lat"]] = [lon, lat]
    frame = frame.set_geometry(geopandas.points_from_xy(frame["lon"], frame["lat"], crs=4326))
    frame.loc[frame["lon"].isna(), "geometry"] = None
    return Rows(Held(frame), areas={OBLAST: SQUARE}, radii={SEA: 180.0}, digests=lambda _: known)


def made(rows: Rows, name: str, folder: Path, **how: Any) -> Path:
    path = folder / f"events{FORMATS[name].ending}"
    about = About.of(rows.events, **ABOUT, made=date(2026, 11, 29))
    with path.open("wb") as out:
        write(rows, name, out, about=about, **how)
    return path


def outlined(rows: Rows) -> Rows:
    return dataclasses.replace(rows, polygons=True)


def test_every_format_draws_only_what_the_map_draws(rows: Rows, tmp_path: Path) -> None:
    """Countries "never pinned" were points in every table."""
    geojson = geopandas.read_file(made(rows, "geojson", tmp_path))
    tables = {
        "geojson": geojson,
        "gpkg": pyogrio.read_dataframe(made(rows, "gpkg", tmp_path), layer="events"),
        "parquet": geopandas.read_parquet(made(rows, "parquet", tmp_path)),
        "csv": pd.read_csv(made(rows, "csv", tmp_path)),
    }
    for name, table in tables.items():
        assert table["lat"].isna().tolist() == [False, True, False, False, True], name
        # To the corner of the square, 146 km away along the meridian of 39.5 and the parallel of 47.
        assert table["radius_km"].tolist() == pytest.approx([np.nan, np.nan, 158.5, 180.0, np.nan], abs=1, nan_ok=True)
        if name != "csv":
            assert (table.geometry.isna() | table.geometry.is_empty).tolist() == [False, True, False, False, True]
    placemarks = etree.parse(str(made(rows, "kml", tmp_path))).getroot().iter("{*}Placemark")
    assert [mark.find("{*}Point") is not None for mark in placemarks] == [True, False, True, True, False]


def test_a_region_is_its_outline_where_that_is_asked_for(rows: Rows, tmp_path: Path) -> None:
    wide = outlined(rows)
    square = shapely.geometry.shape(SQUARE)
    for name in ("geojson", "parquet"):
        path = made(wide, name, tmp_path)
        table = geopandas.read_file(path) if name == "geojson" else geopandas.read_parquet(path)
        assert table.geometry.iloc[2].equals(square)
        assert table.geometry.iloc[0].geom_type == "Point"
        assert table["lon"].iloc[2] == 38.0
    kml = fastkml.kml.KML.parse(made(wide, "kml", tmp_path))
    region = kml.features[0].features[2]
    assert shapely.geometry.shape(region.geometry.__geo_interface__).equals(shapely.MultiPolygon([square]))
    with pytest.raises(ValueError, match="outlines instead of points are for geojson, kml, parquet, lpf; got 'csv'"):
        made(wide, "csv", tmp_path)


def test_kml_is_valid_against_the_schema_of_the_ogc(rows: Rows, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd")))
    for one in (rows, outlined(rows)):
        schema.assertValid(etree.parse(str(made(one, "kml", tmp_path))))
    layer = pyogrio.read_dataframe(made(rows, "kml", tmp_path))
    assert layer["Name"].tolist()[0] == "Debaltseve: shelling"


def test_geojson_is_valid_and_says_what_it_holds(rows: Rows, tmp_path: Path) -> None:
    text = made(rows, "geojson", tmp_path).read_text(encoding="utf-8")
    found = geojson_pydantic.FeatureCollection.model_validate_json(text)
    schema = geojson_pydantic.FeatureCollection.model_json_schema()
    jsonschema.validate(json.loads(text), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(text), "features": [{"type": "Feature"}]}, schema)
    assert len(found.features) == 5
    assert found.bbox == (36.5, 46.0, 38.4444, 48.3406)
    outer = json.loads(made(outlined(rows), "geojson", tmp_path).read_text(encoding="utf-8"))
    assert outer["bbox"] == [36.5, 46.0, 39.5, 49.0]
    # RFC 7946: the outer ring runs counter-clockwise; the one given did not.
    assert shapely.LinearRing(outer["features"][2]["geometry"]["coordinates"][0]).is_ccw


def test_geoparquet_passes_a_validator_and_a_database_reads_days_and_boxes(rows: Rows, tmp_path: Path) -> None:
    for one in (rows, outlined(rows)):
        path = made(one, "parquet", tmp_path)
        assert geoparquet_validator.failed(geoparquet_validator.check(str(path))) == []
    path = made(rows, "parquet", tmp_path)
    db = duckdb.connect()
    found = db.execute(
        "SELECT typeof(date_start), date_start, typeof(killed_low), bbox.xmin FROM read_parquet(?) LIMIT 1", [str(path)]
    ).fetchone()
    assert found == ("DATE", date(2015, 1, 25), "BIGINT", 38.4444)
    assert parquet.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
    # By its box a reader finds the sea's event without looking at a geometry.
    assert len(geopandas.read_parquet(path, bbox=(36, 45, 37, 47))) == 1


def test_csv_reads_the_same_in_pandas_and_duckdb_with_and_without_the_mark(rows: Rows, tmp_path: Path) -> None:
    plain = made(rows, "csv", tmp_path).read_bytes()
    frame = pd.read_csv(io.BytesIO(plain), parse_dates=["date_start"])
    assert frame["date_start"].tolist()[:1] == [pd.Timestamp(2015, 1, 25)]
    path = made(rows, "csv", tmp_path, excel=True)
    assert path.read_bytes() == b"\xef\xbb\xbf" + plain
    held = duckdb.connect().execute("SELECT id, title, date_start, lat FROM read_csv(?)", [str(path)]).fetchall()
    assert [row[1] for row in held] == rows.events.whole()["title"].tolist()
    assert held[0][2:] == (date(2015, 1, 25), 48.3406)
    with pytest.raises(ValueError, match="a byte order mark is for csv; got 'kml'"):
        made(rows, "kml", tmp_path, excel=True)


def test_the_metadata_beside_a_csv_describe_every_column_of_it(rows: Rows, tmp_path: Path) -> None:
    path = made(rows, "csv", tmp_path)
    told = json.loads(csvw.encode(rows, About.of(rows.events, **ABOUT), url=path.name))
    columns = told["tableSchema"]["columns"]
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert [column["titles"] for column in columns] == header
    read = {"string": str, "number": float, "integer": int, "date": date.fromisoformat}
    for line in lines:
        for column, text in zip(columns, line, strict=True):
            if text:
                read[column["datatype"]](text)
    assert told["url"] == path.name
    assert "GeoNames" in told["dc:rights"]


def test_geopackage_says_what_it_holds_and_how_it_is_drawn(rows: Rows, tmp_path: Path) -> None:
    path = made(rows, "gpkg", tmp_path)
    areas = pyogrio.read_dataframe(path, layer="areas")
    assert areas[["place_id", "events"]].to_numpy().tolist() == [[OBLAST, 1]]
    with closing(sqlite3.connect(path)) as file:
        ((told,),) = file.execute(
            "SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
            "WHERE reference_scope = 'geopackage'"
        )
        described = dict(file.execute("SELECT column_name, description FROM gpkg_data_columns"))
        styles = dict(file.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert json.loads(told)["counts"] == {"events": 5, "articles": 1, "placed": 4, "dated": 4}
    assert described["radius_km"].endswith("[km]")
    drawn = Xml.fromstring(styles["events"])  # noqa: S314  (our own output)
    assert [one.get("value") for one in drawn.iter("category")] == list(palette.read()["types"])
    assert set(styles) == {"events", "areas"}
    info = pyogrio.read_info(path, layer="events")
    assert info["layer_metadata"]["DESCRIPTION"].startswith(
        "Exported on 2026-11-29\nSelection: happened from 2015-01-01"
    )


def test_the_colours_are_those_of_the_map() -> None:
    assert {name: kind["light"] for name, kind in palette.read()["types"].items()} == COLOURS


def test_a_feed_reads_as_one_and_holds_places_and_ids_that_stay(rows: Rows, tmp_path: Path) -> None:
    path = made(rows, "atom", tmp_path)
    layer = pyogrio.read_dataframe(path)  # GDAL's GeoRSS driver
    assert len(layer) == 5
    assert layer["title"].tolist()[0] == "Debaltseve: shelling, 2015-01-25"
    assert layer.geometry.notna().tolist() == [True, False, True, True, False]
    again = made(rows, "atom", tmp_path).read_bytes()
    assert again == path.read_bytes()
    ids = [entry.findtext("{*}id") for entry in etree.fromstring(again).iter("{*}entry")]
    assert len(set(ids)) == 5


def test_linked_places_are_places_with_their_names_and_days(rows: Rows, tmp_path: Path) -> None:
    found = json.loads(made(rows, "lpf", tmp_path).read_text(encoding="utf-8"))
    geojson_pydantic.FeatureCollection.model_validate(found)
    town, region, sea, country = found["features"]
    assert town["@id"] == "https://sws.geonames.org/709611/"
    assert {name["toponym"] for name in town["names"]} == {"Debaltseve", "Debaltsevo"}
    assert town["when"]["timespans"] == [{"start": {"in": "2015-01-25"}, "end": {"in": "2015-01-25"}}]
    assert town["properties"]["ccodes"] == ["UA"]
    assert (country["geometry"], sea["@id"]) == (None, f"urn:conflict-map:place:{SEA}")
    assert region["geometry"]["type"] == "Point"


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "csv"])
def test_every_file_carries_selection_date_and_whom_to_credit(rows: Rows, tmp_path: Path, name: str) -> None:
    path = made(rows, name, tmp_path)
    held = path.read_bytes()
    if name == "parquet":
        held = parquet.read_schema(path).metadata[b"about"]
    assert b"happened from 2015-01-01 to 2015-12-31" in held
    assert b"CC BY 4.0" in held
    assert name == "atom" or b"2026-11-29" in held


def test_every_event_carries_the_digest_of_its_articles_text(rows: Rows, tmp_path: Path) -> None:
    table = pd.read_csv(made(rows, "csv", tmp_path))
    assert set(table["text_sha256"]) == {hashlib.sha256(TEXT.encode()).hexdigest()}


def test_the_dictionary_explains_every_column_and_the_credits_are_sources_of_ours(rows: Rows) -> None:
    assert set(rows.names) == set(dictionary())
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = [row[0] for row in csv.reader(file)]
    assert [one.name for one in credits_() if not any(source.startswith(one.name) for source in sources)] == []


@pytest.mark.parametrize("name", ["csv", "kml", "geojson"])
def test_a_file_is_written_in_stretches(rows: Rows, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a million events that was made in memory first took several gigabytes."""
    monkeypatch.setattr("geo.export.events.STRETCH", 100)
    sizes: list[int] = []

    class Counting(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            sizes.append(len(data))
            return len(data)

    many = rows.events.take(np.arange(1000) % 5)
    write(Rows(Held(many)), name, cast(BinaryIO, Counting()))
    assert max(sizes) < sum(sizes) / 4


def test_a_stretch_asks_for_its_articles_texts_at_once(rows: Rows) -> None:
    """Each article's own look at the store took nine tenths of an export's time."""
    asked: list[list[str]] = []

    def digests_of(articles: Collection[str]) -> Mapping[str, str]:
        asked.append(list(articles))
        return {}

    many = rows.events.take(np.array([0, 1, 2] * 5000))
    parts = list(Rows(Held(many), digests=digests_of).parts())
    assert len(asked) == len(parts) == 2
    assert asked[0] == [str(one) for one in many["article"].unique()]
    assert parts[0]["text_sha256"].isna().all()
