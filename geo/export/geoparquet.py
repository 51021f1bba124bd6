"""GeoParquet 1.1 for notebooks and databases: days as DATE, a covering box a row, Zstandard, a row group a stretch."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import geopandas
import numpy as np
import pyarrow as pa
import pyproj
import shapely
from pyarrow import parquet

from geo.export.about import About, described
from geo.export.rows import Rows

_TYPES = {
    "text": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}
_EDGES = ("xmin", "ymin", "xmax", "ymax")
_BOX = pa.struct([(edge, pa.float64()) for edge in _EDGES])


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the events as GeoParquet; what the file says of itself is its key ``about``."""
    fields = [
        pa.field(column.name, _TYPES[column.kind], metadata={"description": column.what, "unit": column.unit})
        for column in described(rows.names)
    ]
    fields += [pa.field("geometry", pa.binary()), pa.field("bbox", _BOX)]
    schema = pa.schema(fields, metadata={"geo": json.dumps(_geo(rows)), "about": about.to_json(rows.names)})
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for part in rows.parts():
            writer.write_table(_table(part, schema))


def _geo(rows: Rows) -> dict[str, Any]:
    box = rows.bounds()
    wide = {"Polygon", "MultiPolygon"} if rows.polygons and rows.shapes else set()
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({"Point"} | wide),
        "crs": pyproj.CRS("EPSG:4326").to_json_dict(),
        **({"bbox": list(box)} if box else {}),
        "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
    }
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _table(part: geopandas.GeoDataFrame, schema: pa.Schema) -> pa.Table:
    arrays = []
    for field in schema:
        if field.name == "geometry":
            shapes = np.asarray(part.geometry, dtype=object)
            arrays.append(pa.array([None if one is None else shapely.to_wkb(one) for one in shapes], pa.binary()))
        elif field.name == "bbox":
            edges = part.geometry.bounds.to_numpy()
            held = [None if np.isnan(row[0]) else dict(zip(_EDGES, row.tolist(), strict=True)) for row in edges]
            arrays.append(pa.array(held, _BOX))
        elif field.type == pa.date32():
            arrays.append(pa.array(part[field.name].to_numpy().astype("datetime64[D]"), pa.date32()))
        else:
            arrays.append(pa.array(part[field.name], field.type, from_pandas=True))
    return pa.Table.from_arrays([_whole(array) for array in arrays], schema=schema)


def _whole(array: Any) -> Any:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
