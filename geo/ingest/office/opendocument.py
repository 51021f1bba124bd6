"""ODS workbooks: the sheets of an OpenDocument spreadsheet (ISO/IEC 26300), with what it repeats written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from geo.ingest.office.package import Package, Xml, attribute, local, named

Rows = Callable[[], Iterator[tuple[int, list[str]]]]

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_COLUMNS = 1000
# A filled row that stands so often on end is a fill, not data.
_MOST_REPEATED = 1000
# What a cell shows depends on the language of its author; what it holds does not.
_HELD = {"date": "date-value", "float": "value", "percentage": "value", "currency": "value", "boolean": "boolean-value"}
_BETWEEN = {"s": " ", "tab": " ", "line-break": " "}
_NO_TEXT = frozenset(("annotation", "ruby-text"))


def is_one(package: Package) -> bool:
    """Tell whether a package is an ODS workbook, or a template of one."""
    return (package.part("mimetype") or b"").startswith(KIND)


def sheets(package: Package) -> list[tuple[str, Rows]]:
    """Give each sheet's title, and what gives its rows with their numbers in the sheet."""
    root = package.xml("content.xml")
    found = [] if root is None else list(named(root, "table"))
    return [
        (attribute(one, "name") or f"sheet {number}", partial(_rows, one)) for number, one in enumerate(found, start=1)
    ]


def _rows(sheet: Xml) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for row in named(sheet, "table-row"):
        cells = _cells(row)
        times = _repeated(row, "number-rows-repeated")
        if cells:
            for again in range(min(times, _MOST_REPEATED)):
                yield number + again + 1, cells
        number += times


def _cells(row: Xml) -> list[str]:
    """Give the cells up to the last filled one; a sheet is as a rule repeated empty up to its last column."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        text, times = _value(cell), _repeated(cell, "number-columns-repeated")
        if not text:
            empty += times
            continue
        if len(cells) + empty >= _MOST_COLUMNS:
            break
        cells += [""] * empty + [text] * min(times, _MOST_COLUMNS)
        empty = 0
    return cells[:_MOST_COLUMNS]


def _repeated(element: Xml, name: str) -> int:
    times = attribute(element, name) or ""
    return max(1, int(times)) if times.isascii() and times.isdigit() and len(times) < 8 else 1


def _value(cell: Xml) -> str:
    held = attribute(cell, _HELD.get(attribute(cell, "value-type") or "", "")) or ""
    if held:
        return held.removesuffix(".0").removesuffix("T00:00:00")
    return "\n".join("".join(_words(paragraph)) for paragraph in cell if local(paragraph) == "p")


def _words(element: Xml) -> Iterator[str]:
    """Give the runs of a paragraph; notes on a cell are none of its text."""
    yield element.text or ""
    for child in element:
        if local(child) not in _NO_TEXT:
            yield _BETWEEN.get(local(child), "")
            yield from _words(child)
        yield child.tail or ""
