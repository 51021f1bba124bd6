"""What the columns of a table hold, said on the page before it is read; the same as YAML for ``--map``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from geo.ingest import Columns, TableForm
from geo.ingest.preview import Preview, preview
from geo.ingest.problem import UnreadableError
from geo.ingest.table_columns import parse_map, write_map
from geo.model import Article
from geo.page import intake
from geo.page.library import Library
from geo.views import wording

_MOST_COLUMNS, _LONGEST_CELL, _LONGEST_TEXT = 60, 60, 240  # shown of a table
_NAMED = "the columns named here"
FORMS = ("date_order", "separator", "encoding")


@dataclass(frozen=True, slots=True)
class Looked:
    """A table to look at, with its name, and what its columns are said to hold."""

    name: str
    data: bytes
    columns: Columns
    form: TableForm


def given(field: Callable[[str], str]) -> tuple[Columns, TableForm]:
    """Read a mapping from the fields of a form, by the reader of the file that ``--map`` names.

    Raises
    ------
    ValueError
        If it makes no sense; the message says why.
    """
    names = {one.name: field(f"column_{one.name}").strip() for one in fields(Columns)}
    columns = Columns(**{name: value for name, value in names.items() if value})
    forms = {name: field(name) if name == "separator" else field(name).strip() for name in FORMS}
    # Not yet checked: that is the reader's.
    form = TableForm(**{name: value or None for name, value in forms.items()})  # type: ignore[arg-type]  # (untrusted)
    text = write_map(columns, form)
    return parse_map(text.encode(), _NAMED) if text else (Columns(), TableForm())


def look(asked: Looked | str, _: Library) -> Iterator[dict[str, Any]]:
    """Look at a table, for which a place was taken, and read nothing into the store.

    `asked` may be what is wrong with the question.

    Yields
    ------
    dict
        Once: ``{"preview": {...}}`` or ``{"fault": "..."}``.
    """
    return intake.Held(_looked(asked))


def _looked(asked: Looked | str) -> Iterator[dict[str, Any]]:
    try:
        if isinstance(asked, str):
            yield {"fault": asked}
            return
        found = preview(asked.name, asked.data, columns=asked.columns, form=asked.form)
        yield {"preview": _shown(found) | {"yaml": write_map(asked.columns, asked.form)}}
    except (UnreadableError, OSError) as error:
        yield {"fault": str(error)}


def _shown(found: Preview) -> dict[str, Any]:
    return {
        "header": [cell.strip() for cell in found.header[:_MOST_COLUMNS]],
        "rows": [[_cut(cell, _LONGEST_CELL) for cell in row[:_MOST_COLUMNS]] for row in found.rows],
        "found": dict(found.found),
        "articles": [_article(one) for one in found.articles],
        "problems": [f"{one.what[:1].upper()}{one.what[1:]}." for one in found.problems],
    }


def _article(article: Article) -> dict[str, str]:
    when = article.published
    first, last = (when.start, when.end) if when else (None, None)
    return {
        "title": article.title or "Untitled",
        "date": wording.interval(first, last) if first and last else "no date",
        "source": article.source or "",
        "text": _cut(article.text, _LONGEST_TEXT),
    }


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest]} …"
