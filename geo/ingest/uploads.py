"""Files that were dropped on the page, or text pasted into it: read like files on disk."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from geo.ingest.limits import Limits
from geo.ingest.problem import Problem
from geo.ingest.reading import Given, read
from geo.ingest.supplied import Dates
from geo.ingest.table_columns import Columns, TableForm

_UNNAMED = "pasted.txt"
_LONGEST_NAME = 120


def read_uploads(
    files: Iterable[tuple[str, bytes | BinaryIO]],
    *,
    dates: Dates | None = None,
    columns: Columns | None = None,
    form: TableForm | None = None,
    limits: Limits | None = None,
) -> Iterator[Given]:
    """Read files that came over the network or a pipe.

    Parameters
    ----------
    files
        The name of each, which tells its kind (untrusted: only its last part is used), and its bytes or a stream of
        them. Pasted text has no name.
    dates, columns, form, limits
        As in `geo.ingest.read`.

    Yields
    ------
    Article or Problem
        As `geo.ingest.read`; problems name the uploaded files.
    """
    with tempfile.TemporaryDirectory() as folder:
        # A folder for each, so that two files of one name do not meet.
        paths = []
        for number, (name, data) in enumerate(files):
            path = Path(folder) / str(number) / _safe(name)
            path.parent.mkdir()
            with path.open("wb") as file:
                shutil.copyfileobj(io.BytesIO(data) if isinstance(data, bytes) else data, file)
            paths.append(path)
        for given in read(paths, dates=dates, columns=columns, form=form, limits=limits):
            yield _renamed(given, folder) if isinstance(given, Problem) else given


def _safe(name: str) -> str:
    """Give the last part of a name, printable and short, with its ending."""
    last = "".join(part for part in name.replace("\\", "/").rpartition("/")[2] if part.isprintable()).strip(". ")
    path = Path(last or _UNNAMED)
    # A name is at most 255 bytes on usual file systems, and a letter up to four.
    return path.stem.encode()[:_LONGEST_NAME].decode(errors="ignore") + path.suffix[:12]


def _renamed(problem: Problem, folder: str) -> Problem:
    """Put the uploaded name in place of the temporary one, wherever it stands."""

    def shown(text: str) -> str:
        pieces = text.split(f"{folder}/")
        return pieces[0] + "".join(piece.partition("/")[2] or piece for piece in pieces[1:])

    return replace(problem, where=shown(problem.where), what=shown(problem.what), advice=shown(problem.advice))
