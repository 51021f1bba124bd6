"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator

from geo.ingest import encoding, front_matter
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem


def drafts(data: bytes, *, where: str, stem: str) -> Iterator[Draft | Problem]:
    """Give the article of a text file. Line ends become single newlines; otherwise the text is as it stands."""
    decoded = encoding.decode(data)
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    block, body = front_matter.split(text)
    if block is None:
        yield Draft(where=where, id=stem, text=text)
        return
    try:
        fields = front_matter.fields(block)
    except ValueError as error:
        advice = "It was read as part of the text; put quotation marks around values that hold a colon"
        yield Problem(where, f"the front matter was not understood: {error}", advice, severity="note")
        yield Draft(where=where, id=stem, text=text)
        return
    yield Draft(
        where=where,
        id=fields.get("id") or stem,
        text=body,
        title=fields.get("title"),
        url=fields.get("url"),
        source=fields.get("source"),
        published=fields.get("published") or fields.get("date"),
        evidence="front matter",
    )
