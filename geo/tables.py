"""Data tables in commented CSV: a fixed header, ``#`` lines for comments, faults named by file and line."""

from __future__ import annotations

import csv
from pathlib import Path

from geo.lexicon import LexiconError


def read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read the rows of a commented CSV file.

    Parameters
    ----------
    path : pathlib.Path
        A UTF-8 file; empty lines and lines that begin with ``#`` are skipped.
    columns : tuple of str
        The header that the file must have, in order.

    Returns
    -------
    list of (int, dict)
        The line number and the trimmed cells of each row.

    Raises
    ------
    LexiconError
        Where the header differs from `columns`, or a row has too few or too many cells.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        numbered = [
            (number, line) for number, line in enumerate(stream, 1) if line.strip() and not line.startswith("#")
        ]
    header = [cell.strip() for cell in next(csv.reader([numbered[0][1]]))] if numbered else []
    if tuple(header) != columns:
        raise LexiconError(
            path, numbered[0][0] if numbered else 1, f"columns must be {', '.join(columns)}; got {header}"
        )
    found = []
    for number, line in numbered[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(columns):
            fault = f"expected {len(columns)} cells, got {len(cells)}; quote a cell that holds a comma"
            raise LexiconError(path, number, fault)
        found.append((number, {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}))
    return found
