"""Files of event data to rows of cells: CSV as a stream, also packed; workbooks and files of features as a whole."""

from __future__ import annotations

import csv
import gzip
import itertools
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Literal, cast

from geo import layouts
from geo.ingest import Limits, Problem
from geo.ingest.office import workbook
from geo.ingest.problem import UnreadableError
from geo.ingest.source import Source, bounded
from geo.ingest.table import encoding_of
from geo.layers import features
from geo.layers.features import Row
from geo.layouts import Layout

_TABLES = (".csv", ".tsv", ".tab", ".txt", "")
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
READ = "tables (.csv, .tsv), also packed (.zip, .gz), workbooks (.xlsx, .ods), .geojson, .gpkg and .parquet"
_SEPARATORS = ",;\t|"
_LONGEST_CELL = 10_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes
    ----------
    where
        What messages call it.
    name
        Its own file name.
    first
        Its first row, empty where it has none.
    rows
        Gives all its rows anew at each call, the first one included, each with the line that it begins in.
    """

    where: str
    name: str
    first: Sequence[str]
    rows: Callable[[], Iterator[Row]]


def tables(path: Path, layout: Layout | None = None, *, limits: Limits | None = None) -> Iterator[Table | Problem]:
    """Give the tables of a file: one, or those of an archive's members or a workbook's sheets."""
    limits = limits or Limits()
    suffix = path.suffix.lower()
    try:
        if suffix in features.ENDINGS:
            told: list[Problem] = []
            header, rows = features.read(path, limits, tell=told.append)
            yield from told
            yield Table(str(path), path.name, header, rows)
        elif suffix in _WORKBOOKS:
            yield from _sheets(path, limits)
        elif suffix == ".zip":
            yield from _members(path, layout, limits)
        elif suffix == ".gz":
            inner = Source(str(path), path.stem, lambda: _unpacked(path, limits), 1)
            yield _delimited(inner, layout)
        elif suffix in _TABLES:
            yield _delimited(Source.of_path(path), layout)
        else:
            yield Problem(str(path), f"no table of events ({suffix})", f"Read are {READ}")
    except UnreadableError as error:
        yield error.problem
    except _BROKEN as error:
        yield Problem(str(path), f"a damaged archive ({error})", "Pack or download it anew")
    except OSError as error:
        yield Problem(str(path), f"it cannot be opened ({error.strerror or error})", "Check the path")


def _unpacked(path: Path, limits: Limits) -> BinaryIO:
    packed = path.open("rb")
    return bounded(cast("BinaryIO", gzip.open(packed, "rb")), limits.unpacked, str(path), beneath=packed)


def _members(path: Path, layout: Layout | None, limits: Limits) -> Iterator[Table | Problem]:
    """Give the tables of a ZIP archive; nothing is written, so that no member's name leads anywhere."""
    with zipfile.ZipFile(path) as archive:
        members = [one.filename for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    outer = Source.of_path(path)
    found = [name for name in members if Path(name).suffix.lower() in (".csv", ".tsv", ".tab", ".txt")]
    if not found:
        yield Problem(str(path), "an archive without a table", f"Read are {READ}")
    for name in found[: limits.members]:

        def opened(name: str = name) -> BinaryIO:
            stack = ExitStack()
            archive = stack.enter_context(zipfile.ZipFile(path))
            member = cast("BinaryIO", archive.open(name))
            return bounded(member, limits.unpacked, str(path), beneath=cast("BinaryIO", archive))

        yield _delimited(outer.inner(name, opened), layout)


def _sheets(path: Path, limits: Limits) -> Iterator[Table]:
    """Give the sheets of a workbook that hold anything; a line is the number of its row."""
    for where, stem, found in workbook.tables(Source.of_path(path), limits):

        def rows(found: Sequence[Row] = found) -> Iterator[Row]:
            return iter(found)

        yield Table(where, f"{stem}{path.suffix}", found[0][1], rows)


def _delimited(source: Source, layout: Layout | None) -> Table:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    encoding, _ = encoding_of(source)
    separator = layout.separator if layout and layout.separator else None
    if separator is None:
        with source.open() as raw, TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as file:
            line = file.readline(1 << 20)
        separator = max(_SEPARATORS, key=line.count)
    chosen = separator

    def rows() -> Iterator[Row]:
        return _rows(source, encoding, chosen)

    _, first = next(rows(), (1, []))
    return Table(source.where, source.name, first, rows)


def _rows(source: Source, encoding: str, separator: str) -> Iterator[Row]:
    with source.open() as raw, TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as file:
        line = file.readline(1 << 20)
        # Data in tabs without a header (GDELT) quotes nothing; a lone mark in a name would swallow all that follows.
        plain = separator == "\t" and layouts.known(line.rstrip("\r\n").split("\t")) is not None and '"' not in line[:1]
        quoting: Literal[0, 3] = csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
        reader = csv.reader(itertools.chain([line], file), delimiter=separator, quoting=quoting)
        before = 0
        try:
            for row in reader:
                if row:
                    yield before + 1, row
                before = reader.line_num
        except csv.Error as error:
            here = f"{source.where}:{before + 1}"
            advice = "A quotation mark may be missing; the rows before it were read"
            raise UnreadableError(Problem(here, f"not valid CSV ({error})", advice)) from error
