"""Events to files that other programs read: GeoJSON, CSV, KML, GeoPackage, GeoParquet, Atom, Linked Places.

Article text is untrusted: in every format it comes out as text, never as a formula, markup or a script. Every file says
what it is (`geo.export.about`); every geometry is as honest as the map (`geo.export.rows`).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import geopandas

from geo.export import added, csvw, feed, geojson, geopackage, geoparquet, kml, linked_places, spreadsheet
from geo.export.about import About
from geo.export.events import Events, Held, places
from geo.export.rows import Rows


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its usual file ending, media type, whether it is text, what writes it, whether it draws outlines."""

    ending: str
    media_type: str
    text: bool
    write: Callable[[Rows, About, BinaryIO], None]
    polygons: bool = False


FORMATS = {
    "geojson": Format(".geojson", "application/geo+json", True, geojson.write, polygons=True),
    "csv": Format(".csv", "text/csv", True, spreadsheet.write),
    "kml": Format(".kml", "application/vnd.google-earth.kml+xml", True, kml.write, polygons=True),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", False, geopackage.write),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", False, geoparquet.write, polygons=True),
    "atom": Format(".atom", "application/atom+xml", True, feed.write),
    "lpf": Format(".lpf.json", "application/geo+json", True, linked_places.write, polygons=True),
}


def write(rows: Rows, name: str, out: BinaryIO, *, about: About | None = None, excel: bool = False) -> None:
    """Write events in a format, in stretches: memory does not grow with their number.

    Parameters
    ----------
    rows
        The events, and how their places are drawn.
    name
        One of `names`.
    out
        Open for writing bytes.
    about
        What the file says of itself; by default what can be counted.
    excel
        Begin a CSV with a byte order mark, without which Excel takes UTF-8 for something else.

    Raises
    ------
    ValueError
        There is no such format, or it cannot do what is asked of it.
    """
    one = format_of(name)
    if excel and name != "csv":
        raise ValueError(f"a byte order mark is for csv; got {name!r}")
    if rows.polygons and not one.polygons:
        able = ", ".join(key for key, one in FORMATS.items() if one.polygons)
        raise ValueError(f"outlines instead of points are for {able}; got {name!r}")
    if excel:
        out.write(spreadsheet.BOM)
    one.write(rows, about or About.of(rows.events), out)


def encode(frame: geopandas.GeoDataFrame, name: str) -> bytes:
    """Give a frame of events (`geo.store.Store.events`) in a format; see `write` for more than the frame says."""
    out = io.BytesIO()
    write(Rows(Held(frame)), name, out)
    return out.getvalue()


def names() -> tuple[str, ...]:
    """Give the names of all formats, those that other packages add last."""
    return (*FORMATS, *(name for name in added.names() if name not in FORMATS))


def format_of(name: str) -> Format:
    """Give a format by its name.

    Raises
    ------
    ValueError
        If there is no such format.
    gazetteer.plugins.PluginError
        If it is added by a package and does not work; writing in it may raise the same.
    """
    if name in FORMATS:
        return FORMATS[name]
    if name not in added.names():
        raise ValueError(f"format must be one of {', '.join(names())}; got {name!r}")
    one = added.exporter(name)

    def written(rows: Rows, _: About, out: BinaryIO) -> None:
        for part in added.encoded(name, one, rows):
            out.write(part)

    return Format(one.ending, one.media_type, one.text, written)


__all__ = [
    "FORMATS",
    "About",
    "Events",
    "Format",
    "Held",
    "Rows",
    "csvw",
    "encode",
    "format_of",
    "names",
    "places",
    "write",
]
