"""Events to files that other programs read: GeoJSON, CSV, KML, GeoPackage, GeoParquet.

Article text is untrusted: in every format it comes out as text, never as a formula, markup or a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas

from geo.export import geojson, kml, packages, spreadsheet


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
        One of `FORMATS`.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    if name not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}; got {name!r}")
    return FORMATS[name].encode(frame)


__all__ = ["FORMATS", "Format", "encode"]
