"""Workbooks, XLSX and ODS: each sheet a table, as a CSV file is one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial

from geo.ingest import table
from geo.ingest.limits import Limits
from geo.ingest.office import opendocument
from geo.ingest.office.package import Package, Xml, attribute, local, named
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+", re.ASCII)
_MOST_COLUMNS = 1000
# Cells of a whole workbook, empty ones before a filled one included: a small file can name very many.
MOST_CELLS = 20_000_000


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a workbook's sheets."""
    for where, stem, rows in tables(source, reading.limits):
        try:
            yield from table.of_rows(
                partial(_same, rows), where=where, stem=stem, columns=reading.columns, form=reading.form
            )
        except UnreadableError as error:
            # A workbook often has a sheet with notes on the others.
            yield error.problem


def tables(source: Source, limits: Limits) -> Iterator[tuple[str, str, list[table.Row]]]:
    """Give what messages call each sheet that holds anything, the stem of its articles' ids, and its filled rows.

    Raises
    ------
    UnreadableError
        If there is no sheet, it is no workbook, or it has more than `MOST_CELLS`.
    """
    package = Package(source.whole(limits), where=source.where, limits=limits)
    found = opendocument.sheets(package) if opendocument.is_one(package) else _open_xml(package)
    if not found:
        raise UnreadableError(Problem(source.where, "a workbook without sheets"))
    left = MOST_CELLS
    for title, rows in found:
        where = source.where if len(found) == 1 else f"{source.where}/{title}"
        stem = source.stem if len(found) == 1 else f"{source.stem}-{title}"
        filled: list[table.Row] = []
        for number, cells in rows():
            left -= len(cells)
            if left < 0:
                what = f"a workbook of more than {MOST_CELLS:,} cells"
                raise UnreadableError(Problem(source.where, what, "Save its sheets as CSV"))
            if any(cell.strip() for cell in cells):
                filled.append((number, cells))
        if filled:
            yield where, stem, filled


def _open_xml(package: Package) -> list[tuple[str, opendocument.Rows]]:
    """Give each sheet's title, and what gives its rows."""
    shared_root = package.xml("xl/sharedStrings.xml")
    shared = [_words(one) for one in named(shared_root, "si")] if shared_root is not None else []
    return [(title, partial(_rows, package, name, shared)) for title, name in _sheets(package)]


def _same(rows: list[table.Row]) -> list[table.Row]:
    return rows


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Give the sheets' titles and parts, in the workbook's order."""
    book, links = package.xml("xl/workbook.xml"), package.xml("xl/_rels/workbook.xml.rels")
    targets = (
        {attribute(one, "Id"): attribute(one, "Target") or "" for one in named(links, "Relationship")}
        if (links is not None)
        else {}
    )
    listed = list(named(book, "sheet")) if book is not None else []
    found = 0
    for sheet in listed:
        # The sheet's own id has no namespace, the relationship's has.
        target = next((targets[str(value)] for value in sheet.attrib.values() if str(value) in targets), "")
        name = posixpath.normpath(posixpath.join("xl", target)) if not target.startswith("/") else target[1:]
        if name in package.names and _SHEET.fullmatch(name):
            found += 1
            yield attribute(sheet, "name") or f"sheet {found}", name
    if not found:
        for name in sorted(filter(_SHEET.fullmatch, package.names)):
            yield posixpath.splitext(posixpath.basename(name))[0], name


def _rows(package: Package, name: str, shared: list[str]) -> Iterator[table.Row]:
    """Give the rows with their numbers; dates stay the numbers that the workbook holds."""
    sheet = package.xml(name)
    number = 0
    for row in named(sheet, "row") if sheet is not None else ():
        given = attribute(row, "r") or ""
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
        cells: dict[int, str] = {}
        at = -1
        for cell in row:
            if local(cell) != "c":
                continue
            found = _CELL.fullmatch(attribute(cell, "r") or "")
            at = _column(found[1]) if found else at + 1
            if at < _MOST_COLUMNS:
                cells[at] = _value(cell, shared)
        yield number, [cells.get(position, "") for position in range(max(cells, default=-1) + 1)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Xml, shared: list[str]) -> str:
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        return _words(cell)
    value = next(("".join(one.itertext()) for one in cell if local(one) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value.isascii() and value.isdigit() and int(value) < len(shared) else ""
    # Whole numbers of dates are at times written with a point.
    return value.removesuffix(".0") if kind == "n" else value


def _words(item: Xml) -> str:
    """Give a text's runs; readings in another script that stand above it (phonetic runs) are none of it."""
    return "".join(one.text or "" for one in named(item, "t") if local(one.getparent()) != "rPh")
