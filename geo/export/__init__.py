"""Events to files that other programs read: GeoJSON, CSV, KML, GeoPackage, GeoParquet.

Article text is untrusted: in every format it comes out as text, never as a formula, markup or a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas

from geo.export import added, geojson, kml, packages, spreadsheet


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its usual file ending, media type, whether it is text, and what makes it from a frame."""

    ending: str
    media_type: str
    text: bool
    encode: Callable[[geopandas.GeoDataFrame], bytes]


FORMATS = {
    "geojson": Format(".geojson", "application/geo+json", True, geojson.encode),
    "csv": Format(".csv", "text/csv", True, spreadsheet.encode),
    "kml": Format(".kml", "application/vnd.google-earth.kml+xml", True, kml.encode),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", False, packages.geopackage),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", False, packages.geoparquet),
}


def encode(frame: geopandas.GeoDataFrame, name: str) -> bytes:
    """Give a frame of events in a format.

    Parameters
    ----------
    frame
        Rows of `geo.store.Store.events`. It is not changed.
    name
        One of `names`.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    return format_of(name).encode(frame)


def names() -> tuple[str, ...]:
    """Give the names of all formats, those that other packages add last."""
    return (*FORMATS, *(name for name in added.names() if name not in FORMATS))


def format_of(name: str) -> Format:
    """Give a format by its name.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    if name in FORMATS:
        return FORMATS[name]
    if name not in added.names():
        raise ValueError(f"format must be one of {', '.join(names())}; got {name!r}")
    one = added.exporter(name)
    return Format(one.ending, one.media_type, one.text, one.encode)


__all__ = ["FORMATS", "Format", "encode", "format_of", "names"]
