"""A table before it is read: its columns, its first rows, and the articles that a mapping would make of them."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from geo.ingest import kinds, table
from geo.ingest.limits import Limits
from geo.ingest.office import workbook
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Source
from geo.ingest.table_columns import Columns, TableForm, positions
from geo.ingest.uploads import read_uploads
from geo.model import Article

_ROWS, _ARTICLES = 5, 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would come to.

    Attributes
    ----------
    header
        The cells of its first row that holds anything.
    rows
        The first rows below it.
    found
        The columns that are read, by field: given ones and those with a usual name.
    articles
        The first articles.
    problems
        What is said of them, and of the table.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    found: Mapping[str, str]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def preview(name: str, data: bytes, *, columns: Columns, form: TableForm) -> Preview:
    """Look at a table; of a workbook at its first sheet that holds anything.

    Parameters
    ----------
    name
        The file's own name, which tells its kind with the bytes.
    columns, form
        As in `geo.ingest.read`.

    Raises
    ------
    UnreadableError
        If it is no table, or breaks off in its first rows.
    """
    name = PurePath(name).name or "table.csv"
    rows = _rows(Source(name, name, lambda: io.BytesIO(data)), form)
    header = rows[0] if rows else ()
    given = read_uploads([(name, data)], columns=columns, form=form)
    articles: list[Article] = []
    problems: list[Problem] = []
    for item in given:
        if isinstance(item, Article):
            articles.append(item)
        else:
            problems.append(item)
        if len(articles) == _ARTICLES or len(problems) > _ROWS:
            break
    found = {field: header[at].strip() for field, at in positions(header, columns).items()}
    return Preview(header, tuple(rows[1 : _ROWS + 1]), found, tuple(articles), tuple(problems))


def _rows(source: Source, form: TableForm) -> list[tuple[str, ...]]:
    limits = Limits()
    kind = kinds.of(source)
    if kind == "workbook":
        found = next((rows for _, _, rows in workbook.tables(source, limits)), [])
    elif kind == "table":
        encoding = form.encoding or table.encoding_of(source)[0]
        found = list(itertools.islice(table.rows(source, encoding, form.separator, longest=limits.line), _ROWS + 1))
    else:
        raise UnreadableError(Problem(source.where, "this is no table", "Give CSV, or an .xlsx workbook"))
    return [tuple(row) for _, row in found[: _ROWS + 1]]
