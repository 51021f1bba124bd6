"""JSON and JSON Lines: objects with a text and, if they have them, an id, a title, a date, an address, a source.

A JSON document may be a feed or a channel's export, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from geo.ingest import channels, encoding, feed
from geo.ingest.draft import Draft
from geo.ingest.limits import Limits, size
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source
from geo.ingest.supplied import published
from geo.ingest.table_columns import Columns

Object = dict[str, Any]

_SCRIPT = re.compile(r"\A\ufeff?\s{0,100}window\.YTD\.\w{1,40}\.part\d{1,4}\s{0,10}=")


def draft(record: Object, *, where: str, fallback: str, columns: Columns) -> Draft:
    """Give the article of one object; `fallback` is its id where it has none."""
    given = record.get(columns.id)
    return Draft(
        where=where,
        id=fallback if given in (None, "") else given,
        text=record.get(columns.text),
        title=record.get(columns.title),
        url=record.get(columns.url),
        source=record.get(columns.source),
        published=_date_field(record.get(columns.published)),
        evidence=f"field '{columns.published}'",
    )


def _date_field(value: Any) -> Any:
    """Give the date of a field; the ``published`` object of our own records without a date is none."""
    return None if isinstance(value, dict) and not (value.get("start") and value.get("end")) else value


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a JSON document: one object, or a list of them."""
    where, stem, columns = source.where, source.stem, reading.columns
    decoded = encoding.decode(source.whole(reading.limits))
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    try:
        # X's archive is a script that sets a variable to its posts.
        loaded = json.loads(_SCRIPT.sub("", decoded.text, count=1))
    except (ValueError, RecursionError) as error:
        advice = "If it holds one object a line, name it .jsonl" if "Extra data" in str(error) else ""
        raise UnreadableError(Problem(where, f"not valid JSON ({error})", advice)) from error
    found = channels.of_json(loaded, where=where, stem=stem) or feed.of_json(loaded, where=where, stem=stem)
    if found:
        yield from found
        return
    if isinstance(loaded, dict) and columns.text not in loaded:
        raise UnreadableError(_without_text(loaded, where, columns))
    if isinstance(loaded, dict):
        yield draft(loaded, where=where, fallback=stem, columns=columns)
        return
    if not isinstance(loaded, list):
        raise UnreadableError(Problem(where, "expected an object or a list of objects", f"Each needs '{columns.text}'"))
    for number, record in enumerate(loaded, start=1):
        here = f"{where}: item {number}"
        if isinstance(record, dict):
            yield draft(record, where=here, fallback=f"{stem}-{number}", columns=columns)
        else:
            yield Problem(here, f"expected an object, got {type(record).__name__}")


def _without_text(record: Object, where: str, columns: Columns) -> Problem:
    try:
        for value in record.values():
            published(value, evidence=where)
    except ValueError:
        named = ", ".join(repr(key) for key in list(record)[:6]) or "nothing"
        return Problem(where, f"no '{columns.text}' field; found {named}", "Rename it or pass --text-column")
    return Problem(where, "a table of dates, not an article", f"Pass it as --published {where}")


def objects(source: Source, limits: Limits) -> Iterator[tuple[int, Object] | Problem]:
    """Give the objects of a JSON Lines file with their line numbers, reading a line at a time."""
    where = source.where
    with source.open() as file:
        number = 0
        while line := file.readline(limits.line + 1):
            number += 1
            here = f"{where}:{number}"
            if len(line) > limits.line:
                yield Problem(here, f"a line of more than {size(limits.line)}; it is left out")
                while line and not line.endswith(b"\n"):
                    line = file.readline(limits.line)
                continue
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield from _object(line, number, here)


def _object(line: bytes, number: int, here: str) -> Iterator[tuple[int, Object] | Problem]:
    decoded = encoding.decode(line)
    if decoded.note:
        yield Problem(here, decoded.note, severity="note")
    try:
        record = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        yield Problem(here, f"not valid JSON ({error})", "The other lines are read")
        return
    if isinstance(record, dict):
        yield number, record
    else:
        yield Problem(here, f"expected an object, got {type(record).__name__}")


def line_drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a JSON Lines file; a bad line costs that line only."""
    where, stem, columns = source.where, source.stem, reading.columns
    for item in objects(source, reading.limits):
        if isinstance(item, Problem):
            yield item
            continue
        number, record = item
        yield draft(record, where=f"{where}:{number}", fallback=f"{stem}-{number}", columns=columns)
