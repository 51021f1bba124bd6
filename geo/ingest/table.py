"""CSV and its kin: one article a row, read row by row."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from geo.ingest import encoding
from geo.ingest.draft import Draft
from geo.ingest.limits import Limits
from geo.ingest.problem import Problem, UnreadableError

_SEPARATORS = ",;\t|"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table, or the fields of a JSON object, are called. Only the text is needed."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    url: str = "url"
    source: str = "source"


# The command line's option for each column, named in the advice.
OPTIONS = {field.name: f"--{'date' if field.name == 'published' else field.name}-column" for field in fields(Columns)}


def drafts(path: Path, *, where: str, stem: str, columns: Columns, limits: Limits) -> Iterator[Draft | Problem]:
    """Give the articles of a CSV file, whose first row names the columns; comma, semicolon, tab or bar between them.

    Raises
    ------
    UnreadableError
        If there is no column for the text, or the file breaks off in the middle of a cell.
    """
    name, note = _encoding(path)
    if note:
        yield Problem(where, note, severity="note")
    # A setting of the whole process: raised, never lowered, as others may need it.
    csv.field_size_limit(max(csv.field_size_limit(), limits.line))
    with path.open(encoding=name, errors="replace", newline="") as file:
        first = file.readline(_CHUNK)
        separator = max(_SEPARATORS, key=first.count)
        file.seek(0)
        reader = csv.reader(file, delimiter=separator)
        try:
            header = next(reader, [])
            at = _positions(header, where, columns)
            if "published" not in at:
                yield _no_column("published", header, where, columns, severity="note")
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield _draft(row, at, f"{where}:{reader.line_num}", f"{stem}-{reader.line_num}", columns)
        except csv.Error as error:
            here = f"{where}:{reader.line_num}"
            advice = "A quotation mark may be missing; the rows before it were read"
            raise UnreadableError(Problem(here, f"not valid CSV ({error})", advice)) from error


def _positions(header: list[str], where: str, columns: Columns) -> Mapping[str, int]:
    names = [cell.strip().lower() for cell in header]
    wanted = {field.name: getattr(columns, field.name).strip().lower() for field in fields(columns)}
    at = {field: names.index(name) for field, name in wanted.items() if name in names}
    if "text" not in at:
        raise UnreadableError(_no_column("text", header, where, columns))
    return at


def _no_column(field: str, header: list[str], where: str, columns: Columns, *, severity: str = "skipped") -> Problem:
    found = ", ".join(repr(cell.strip()[:40]) for cell in header[:12]) or "nothing"
    what = f"no '{getattr(columns, field)}' column; found {found}"
    advice = f"Rename it or pass {OPTIONS[field]}"
    return Problem(f"{where}:1", what, advice, severity="note" if severity == "note" else "skipped")


def _draft(row: list[str], at: Mapping[str, int], where: str, fallback: str, columns: Columns) -> Draft:
    cells = {field: row[position] for field, position in at.items() if position < len(row)}
    return Draft(
        where=where,
        id=cells.get("id", "").strip() or fallback,
        text=cells.get("text", ""),
        title=cells.get("title"),
        url=cells.get("url"),
        source=cells.get("source"),
        published=cells.get("published"),
        evidence=f"column '{columns.published}'",
    )


def _encoding(path: Path) -> tuple[str, str | None]:
    """Find a large file's encoding, a piece at a time; and what to say of it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        first = encoding.decode(head[: _CHUNK // 2].rpartition(b"\n")[0] or head)
        if first.encoding != "utf-8":
            return first.encoding, first.note
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            guess = encoding.decode(chunk)
            return guess.encoding, guess.note
    return "utf-8", first.note
