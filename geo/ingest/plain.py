"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator

from geo.ingest import encoding, front_matter
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem


def drafts(data: bytes, *, where: str, stem: str) -> Iterator[Draft | Problem]:
    """Give the article of a text file. Line ends become single newlines; otherwise the text is as it stands.

    Several notes, each with front matter of its own, are as many articles.
    """
    decoded = encoding.decode(data)
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    parts = front_matter.parts(text)
    for number, part in enumerate(parts, start=1):
        yield from _part(part, where=where, stem=stem if len(parts) == 1 else f"{stem}-{number}")


def _part(text: str, *, where: str, stem: str) -> Iterator[Draft | Problem]:
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
