"""Files of features (GeoJSON, GeoPackage, Parquet) to rows of cells, with a point for each geometry.

The libraries that read them know many kinds of files, some of which lead to other files or to the net. So each file is
looked at first: it must be what its name says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from geo.ingest import Limits, Problem
from geo.ingest.limits import size
from geo.ingest.problem import UnreadableError

Row = tuple[int, Sequence[str]]

# What a feature's geometry gives, beside its columns.
GEOMETRY = ("geometry lat", "geometry lon")

_PARQUET = (".parquet", ".geoparquet")
ENDINGS = (".geojson", ".json", ".gpkg", *_PARQUET)
# Parquet packs equal cells into nearly nothing.
MOST_CELLS = 200_000_000
_BEGINS = {".gpkg": b"SQLite format 3\0", ".geojson": b"{", ".json": b"{"} | dict.fromkeys(_PARQUET, b"PAR1")
_PROBE = 4096
_PIECE = 1024


def read(
    path: Path, limits: Limits, *, tell: Callable[[Problem], None] = lambda _: None
) -> tuple[Sequence[str], Callable[[], Iterator[Row]]]:
    """Give the names of the columns, and what gives all rows anew, the names as row 0.

    Of several layers of features the first is read, and `tell` hears of the others.

    Raises
    ------
    UnreadableError
        If it is not what its name says, cannot be read, or unpacks to more than the limits allow.
    OSError
        If it cannot be opened.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(_PROBE).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(_BEGINS[suffix]):
        what = f"its name ends in {suffix}, but it is none"
        raise UnreadableError(Problem(str(path), what, "Check where it comes from, or save it anew"))
    if suffix in _PARQUET:
        _check_size(path, limits)
    frame = _frame(path, tell)
    import geopandas as gpd  # noqa: PLC0415  (a second, which a table of text need not wait)

    columns = {str(name): [_text(value) for value in frame[name]] for name in frame.columns if name != "geometry"}
    if "geometry" in frame.columns and isinstance(frame, gpd.GeoDataFrame):
        shapes = frame.geometry if frame.crs is None else frame.to_crs(4326).geometry
        points = shapes.representative_point()
        columns |= dict(
            zip(GEOMETRY, ([_text(one) for one in points.y], [_text(one) for one in points.x]), strict=True)
        )
    header = tuple(columns)

    def rows() -> Iterator[Row]:
        yield 0, header
        yield from enumerate(zip(*columns.values(), strict=True), start=1)

    return header, rows


def _frame(path: Path, tell: Callable[[Problem], None]) -> Any:
    import geopandas as gpd  # noqa: PLC0415  (a second, which a table of text need not wait)
    import pandas as pd  # noqa: PLC0415  (as above)

    try:
        if path.suffix.lower() in _PARQUET:
            try:
                return gpd.read_parquet(path)
            except ValueError:
                return pd.read_parquet(path)  # a plain one, whose places are columns
        return gpd.read_file(path, layer=_layer(path, tell))
    except Exception as error:  # the readers of three libraries, each with errors of its own
        what = f"it cannot be read ({' '.join(str(error).split())[:200]})"
        raise UnreadableError(Problem(str(path), what, "Check that it is what its name says")) from error


def _layer(path: Path, tell: Callable[[Problem], None]) -> str | None:
    """Give the first layer of features, or the first table where none has any."""
    import pyogrio  # noqa: PLC0415  (as above)

    layers = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    drawn = [name for name, kind in layers if kind is not None]
    if len(drawn) > 1:
        others = ", ".join(drawn[1:6]) + (" ..." if len(drawn) > 6 else "")
        what = f"of its layers '{drawn[0]}' was read, not {others}"
        tell(Problem(str(path), what, "Save another one as a file of its own", "note"))
    return next(iter((*drawn, *(name for name, _ in layers))), None)


def _check_size(path: Path, limits: Limits) -> None:
    """Refuse what unpacks to too much: it is unpacked a piece at a time, and only counted.

    What the file says of its size is that of its pages, in which a cell that comes again is a number.
    """
    import pyarrow as pa  # noqa: PLC0415  (as above)
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    amount = 0
    try:
        with pq.ParquetFile(path) as file:
            cells = file.metadata.num_rows * file.metadata.num_columns
            for piece in file.iter_batches(batch_size=_PIECE) if cells <= MOST_CELLS else ():
                amount += piece.nbytes
                if amount > limits.unpacked:
                    break
    except (pa.ArrowException, OSError, ValueError) as error:
        what = f"it cannot be read ({' '.join(str(error).split())[:200]})"
        raise UnreadableError(Problem(str(path), what, "Check that it is what its name says")) from error
    if amount > limits.unpacked or cells > MOST_CELLS:
        what = f"it unpacks to more than {size(limits.unpacked)}, or to more than {MOST_CELLS:,} cells"
        raise UnreadableError(Problem(str(path), what, "Give a part of it"))


def _text(value: Any) -> str:
    if isinstance(value, (np.ndarray, list, tuple)):  # a column of lists, as GeoJSON and Parquet may have
        return ", ".join(map(_text, value))
    if value is None or value != value:  # noqa: PLR0124  (NaN and NaT are not equal to themselves)
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
