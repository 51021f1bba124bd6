"""Rich Text Format, as wire services and databases deliver it."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from geo.ingest import rows
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the article of an RTF file."""
    yield Draft(where=source.where, id=source.stem, text=text_of(source.whole(reading.limits), where=source.where))


def text_of(data: bytes, *, where: str) -> str:
    """Give the text of an RTF document, a line a paragraph.

    Raises
    ------
    UnreadableError
        If it cannot be read.
    """
    found = _CODE_PAGE.search(data[:4096])
    page = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        b"".decode(page)
    except LookupError:
        page = "cp1252"
    try:
        # The format is ASCII; what is not was written by a program that did not know it.
        # striprtf ships no types.
        text = rtf_to_text(data.decode("ascii", errors="ignore"), encoding=page, errors="replace")  # type: ignore[no-untyped-call]  # (no types)
    except (ValueError, IndexError, LookupError, TypeError, OverflowError) as error:
        raise UnreadableError(Problem(where, f"a damaged RTF document ({error})", "Save it as plain text")) from error
    return "\n".join(_line(line.strip()) for line in text.splitlines() if line.strip())


def _line(line: str) -> str:
    """Give a line; of a table's row, which striprtf ends with a bar as it does each cell, one with marked cells."""
    return rows.line(line.split("|")) or line if line.endswith("|") else line
