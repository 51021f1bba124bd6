"""GeoPackage for QGIS and ArcGIS: the events as points, the regions that they name as areas, drawn as on the map."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import geopandas
import pandas as pd
import pyarrow as pa
import shapely

from geo.export import qgis
from geo.export.about import About, described
from geo.export.rows import Rows

EVENTS, AREAS = "events", "areas"
_CHUNK = 1 << 20

_METADATA = """
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
    mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
    row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
    description TEXT, mime_type TEXT, constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
    f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
    VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers');
"""
# Of the extensions' own pages (OGC 12-128r18, annexes F.8 and F.9).
_EXTENSIONS = (
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec/#extension_metadata"),
    ("gpkg_metadata_reference", "gpkg_metadata", "http://www.geopackage.org/spec/#extension_metadata"),
    ("gpkg_data_columns", "gpkg_schema", "http://www.geopackage.org/spec/#extension_schema"),
)


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write a GeoPackage: layer ``events`` (days are dates, lists joined by semicolons), and ``areas`` if any.

    What the file says of itself is its metadata (JSON), what the columns mean is in ``gpkg_data_columns``, how QGIS
    draws them in ``layer_styles``.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        for number, part in enumerate(rows.parts()):
            _flat(part).to_file(
                path, driver="GPKG", layer=EVENTS, geometry_type="Point", use_arrow=True, mode="a" if number else "w"
            )
        areas = _areas(rows)
        if len(areas):
            areas.to_file(path, driver="GPKG", layer=AREAS, geometry_type="MultiPolygon", use_arrow=True, mode="a")
        with closing(sqlite3.connect(path)) as file, file:
            _describe(file, rows, about, has_areas=len(areas) > 0)
        with path.open("rb") as made:
            while chunk := made.read(_CHUNK):
                out.write(chunk)


def _flat(part: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    flat = part.copy(deep=False)
    flat["reasons"] = flat["reasons"].map("; ".join).astype("str")
    for name in flat.columns:
        if flat[name].dtype.kind == "M":
            # Plain dates: a time of day would be invented, and a viewer would shift it by the time zone. Of the kind of
            # dates whatever they hold: a stretch without any would else be taken for text, and refused after others.
            days = pa.array(flat[name].to_numpy().astype("datetime64[D]"), pa.date32())
            flat[name] = pd.Series(days, dtype=pd.ArrowDtype(pa.date32()), index=flat.index)
    return flat


def _areas(rows: Rows) -> geopandas.GeoDataFrame:
    """Give each region that has events once, with how many."""
    names = ("place_id", "place", "country_code")
    parts = [part[part["place_id"].isin(list(rows.shapes))] for part in rows.events.light(*names)]
    counted = (
        pd.concat(parts)
        .groupby("place_id", sort=False)
        .agg(place=("place", "first"), country_code=("country_code", "first"), events=("place_id", "size"))
    )
    shapes = [_multi(rows.shapes[str(place)]) for place in counted.index]
    return geopandas.GeoDataFrame(counted.reset_index(), geometry=shapes, crs="EPSG:4326")


def _multi(shape: shapely.Geometry) -> shapely.Geometry:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _describe(file: sqlite3.Connection, rows: Rows, about: About, *, has_areas: bool) -> None:
    file.executescript(_METADATA)
    file.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, "
        "definition TEXT NOT NULL, scope TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
    )
    file.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", _EXTENSIONS)
    file.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://schema.org/Dataset', 'application/json', ?)",
        (about.to_json(rows.names),),
    )
    file.execute("INSERT INTO gpkg_metadata_reference (reference_scope, md_file_id) VALUES ('geopackage', 1)")
    file.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?, ?, ?, ?, ?)",
        [
            (
                EVENTS,
                column.name,
                column.name,
                column.name,
                f"{column.what} [{column.unit}]" if column.unit else column.what,
            )
            for column in described(rows.names)
        ],
    )
    file.execute(
        "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?",
        (about.title, "\n".join(about.lines()), EVENTS),
    )
    styles = [(EVENTS, "By type", qgis.events())] + ([(AREAS, "Areas", qgis.areas())] if has_areas else [])
    file.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, 1, 'The colours of the map', '')",
        styles,
    )
