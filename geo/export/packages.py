"""GeoPackage for QGIS and GeoParquet for notebooks."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import geopandas
import pandas as pd

LAYER = "events"


def geopackage(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the events as a GeoPackage with one layer, ``events``; days are dates, lists are joined by semicolons."""
    flat = frame.copy()
    flat["reasons"] = flat["reasons"].map("; ".join).astype("str")
    for name in flat.columns:
        if flat[name].dtype.kind == "M":
            # Plain dates: a time of day would be invented, and a viewer would shift it by the time zone.
            flat[name] = pd.Series([None if pd.isna(day) else day.date() for day in flat[name]], index=flat.index)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        flat.to_file(path, driver="GPKG", layer=LAYER, geometry_type="Point", use_arrow=True)
        return path.read_bytes()


def geoparquet(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the events as GeoParquet 1.x; `geopandas.read_parquet` reads them back to the same frame."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
