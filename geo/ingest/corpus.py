"""Records that already carry their mentions: only the resolution of those spans is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.ingest import documents, paths
from geo.ingest.draft import finish
from geo.ingest.limits import Limits
from geo.ingest.problem import Problem
from geo.ingest.source import Source
from geo.ingest.supplied import Dates
from geo.ingest.table_columns import Columns
from geo.model import USAGES, Article, Span, Usage

Annotated = tuple[Article, tuple[Span, ...]]


def read(path: str | Path, *, limits: Limits | None = None) -> Iterator[Annotated | Problem]:
    """Read a JSON Lines corpus of records with ``text`` and ``mentions: [{"start", "end"}]``.

    Yields
    ------
    tuple of Article and tuple of Span, or Problem
        Spans come sorted, each distinct one once; one outside the text is left out with a note.
    """
    limits, columns = limits or Limits(), Columns()
    path = Path(path).expanduser()
    try:
        for item in documents.objects(Source.of_path(path), limits):
            if isinstance(item, Problem):
                yield item
                continue
            number, record = item
            where = f"{path}:{number}"
            draft = documents.draft(record, where=where, fallback=f"{path.stem}-{number}", columns=columns)
            for given in finish(draft, dates=Dates(), limits=limits):
                if isinstance(given, Problem):
                    yield given
                    continue
                spans, wrong = _spans(record.get("mentions"), given.text)
                if wrong:
                    what = f"{wrong} of its mentions are no spans of the text and were left out"
                    yield Problem(where, what, "Each needs 0 <= start < end <= length of the text", "note")
                yield given, spans
    except OSError as error:
        yield paths.unopened(str(path), error)


def _spans(mentions: Any, text: str) -> tuple[tuple[Span, ...], int]:
    """Give the spans of `mentions`, and how many of them are none."""
    if not isinstance(mentions, list):
        return (), int(mentions is not None)
    spans: dict[tuple[int, int], Span] = {}
    wrong = 0
    for mention in mentions:
        start, end = (mention.get("start"), mention.get("end")) if isinstance(mention, dict) else (None, None)
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            wrong += 1
            continue
        usage: Usage = next((usage for usage in USAGES if usage == mention.get("usage")), "literal")
        spans.setdefault((start, end), Span(start, end, text[start:end], usage, 1.0, ("given",)))
    return tuple(spans[key] for key in sorted(spans)), wrong
