"""Tables: one article a row. CSV and its kin are read row by row; workbooks come by the same road."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper

from geo import layouts
from geo.ingest import day_forms, encoding
from geo.ingest.day_forms import Order
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source
from geo.ingest.table_columns import OPTIONS, Columns, TableForm, positions

Row = tuple[int, list[str]]

_SEPARATORS = ",;\t|"
_CHUNK = 1 << 20
# Excel's own line above the header, which names the separator.
_NAMED_SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)
# A cell of prose, which no column is called.
_PROSE = 40


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a CSV file, whose first row names the columns; comma, semicolon, tab or bar between them.

    Raises
    ------
    UnreadableError
        If there is no column for the text, or the file breaks off in the middle of a cell.
    """
    name, note = encoding_of(source) if reading.form.encoding is None else (reading.form.encoding, None)
    if note:
        yield Problem(source.where, note, severity="note")
    yield from of_rows(
        lambda: rows(source, name, reading.form.separator, longest=reading.limits.line),
        where=source.where,
        stem=source.stem,
        columns=reading.columns,
        form=reading.form,
    )


def of_rows(rows: Callable[[], Iterable[Row]], *, where: str, stem: str, columns: Columns, form: TableForm) -> Drafts:
    """Give the articles of a table.

    Parameters
    ----------
    rows
        Gives the rows anew at each call, with their numbers in the file, empty ones left out.

    Raises
    ------
    UnreadableError
        If there is no column for the text, the rows are event data, or they break off.
    """
    header_at, header = next(iter(rows()), (1, []))
    if columns == Columns() and (layout := layouts.known(header)):
        what = f"these are rows of {layout.title}'s event data, with places and days of their own, not articles"
        advice = "Show them beside the articles: conflict-map layer add FILE"
        raise UnreadableError(Problem(where, what, advice, about="layer"))
    at = positions(header, columns)
    skip = 1
    if "text" not in at and columns == Columns() and any(_is_prose(cell) for cell in header):
        skip, at = 0, {"text": max(range(len(header)), key=lambda position: len(header[position]))}
        what = "it has no header; its longest column was read as the text"
        yield Problem(where, what, "Write the columns' names above it", "note", "columns")
    if "text" not in at:
        raise UnreadableError(_no_column("text", header, f"{where}:{header_at}", columns))
    if "published" not in at and skip:
        yield _no_column("published", header, f"{where}:{header_at}", columns, severity="note")
    name = header[at["published"]].strip() if "published" in at else ""
    order = form.date_order
    if name and order is None:
        order, note = _learned(rows, at["published"], where, name)
        yield from note
    table = _Table(at, order, f"column '{name}'", where, stem)
    for number, row in itertools.islice(rows(), skip, None):
        yield table.draft(number, row)


@dataclass(frozen=True, slots=True)
class _Table:
    at: Mapping[str, int]
    order: Order | None
    evidence: str
    where: str
    stem: str

    def draft(self, number: int, row: Sequence[str]) -> Draft:
        cells = {field: row[position] for field, position in self.at.items() if position < len(row)}
        return Draft(
            where=f"{self.where}:{number}",
            id=cells.get("id", "").strip() or f"{self.stem}-{number}",
            text=cells.get("text", ""),
            title=cells.get("title"),
            url=cells.get("url"),
            source=cells.get("source"),
            published=_day(cells.get("published", ""), self.order),
            evidence=self.evidence,
        )


def _day(text: str, order: Order | None) -> object:
    """Give what a cell of the column of dates says; a text that is no date as it stands, to be told."""
    found = day_forms.number(text) or day_forms.read(text, order=order)
    if found is None:
        return text
    start, end = found
    return {"start": start, "end": end}


def _learned(
    rows: Callable[[], Iterable[Row]], at: int, where: str, name: str
) -> tuple[Order | None, tuple[Problem, ...]]:
    """Learn from the whole column whether its dates begin with the day or the month; and what to say of it."""
    values = (row[at] for _, row in itertools.islice(rows(), 1, None) if at < len(row))
    order, shown, needed = day_forms.learn(values)
    if not needed:
        return order, ()
    if order is None:
        why = f"it shows both orders, {shown}" if shown else "none of its dates shows the order"
        what = f"column '{name}': whether dates such as 02/03 begin with the day or the month cannot be told ({why})"
        advice = "They were not read; write date_order: day, or month, into a file for --map"
        return None, (Problem(where, what, advice, "note", "columns"),)
    what = f"column '{name}': dates such as 02/03 were read with the {order} first, as '{shown}' shows"
    return order, (Problem(where, what, severity="note"),)


def _is_prose(cell: str) -> bool:
    return len(cell.strip()) >= _PROSE and cell.strip().count(" ") >= 5


def _no_column(
    field: str, header: Sequence[str], where: str, columns: Columns, *, severity: str = "skipped"
) -> Problem:
    found = ", ".join(repr(cell.strip()[:40]) for cell in header[:12]) or "nothing"
    what = f"no '{getattr(columns, field)}' column; found {found}"
    advice = f"Rename it or pass {OPTIONS[field]}"
    return Problem(where, what, advice, "note" if severity == "note" else "skipped", "columns")


def rows(source: Source, name: str, separator: str | None, *, longest: int) -> Iterator[Row]:
    """Give the rows of a CSV file that hold anything, with their lines in the file.

    Parameters
    ----------
    name
        Of the encoding.
    longest
        How many characters a cell may have.

    Raises
    ------
    UnreadableError
        If the file breaks off in the middle of a cell.
    """
    # A setting of the whole process: raised, never lowered, as others may need it.
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    with source.open() as raw, TextIOWrapper(raw, encoding=name, errors="replace", newline="") as file:
        first = file.readline(_CHUNK)
        named = _NAMED_SEPARATOR.fullmatch(first)
        lines: Iterable[str] = file if named else itertools.chain([first], file)
        chosen = separator or (named[1] if named else max(_SEPARATORS, key=first.count))
        reader = csv.reader(lines, delimiter=chosen)
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num + bool(named), row
        except csv.Error as error:
            here = f"{source.where}:{reader.line_num}"
            advice = "A quotation mark may be missing; the rows before it were read"
            raise UnreadableError(Problem(here, f"not valid CSV ({error})", advice)) from error


def encoding_of(source: Source) -> tuple[str, str | None]:
    """Find a large file's encoding, a piece at a time; and what to say of it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        head = file.read(_CHUNK)
        if marked := encoding.marked(head):
            return marked, None
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
