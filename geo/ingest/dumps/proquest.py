"""ProQuest: articles by named fields, "Document 1 of 3" or a ruler between them."""

from __future__ import annotations

import re

from geo.ingest.dumps.piece import Piece, field, fields, joined

_BETWEEN = re.compile(r"^[ \t]*(?:Document \d{1,6} of \d{1,6}|_{20,})[ \t]*$", re.MULTILINE)
_TEXT = "full text"
_KNOWN = frozenset(
    (
        *(_TEXT, "title", "author", "publication title", "publication date", "publication info", "publication year"),
        *("abstract", "subject", "location", "links", "company organization", "people", "pages", "section", "volume"),
        *(
            "publisher",
            "place of publication",
            "country of publication",
            "issn",
            "source type",
            "copyright",
            "database",
        ),
        *(
            "language of publication",
            "document type",
            "proquest document id",
            "document url",
            "last updated",
            "dateline",
        ),
        *("publication subject", "identifier keyword", "issue", "first page", "credit"),
    )
)
# "London [London]03 June 2014: 14."
_INFO_DAY = re.compile(r"\d{1,2} [^\W\d_]{3,12} \d{4}")


def split(text: str) -> list[Piece]:
    """Give the articles of a download; none where it is of another form."""
    pieces = (_piece(part.split("\n")) for part in _BETWEEN.split(text))
    return [piece for piece in pieces if piece]


def _piece(lines: list[str]) -> Piece | None:
    given = fields(lines, _KNOWN)
    info = given.get("publication info", "")
    day = given.get("publication date") or next(iter(_INFO_DAY.findall(info)), None)
    start = next((number for number, line in enumerate(lines) if (field(line, _KNOWN) or ("",))[0] == _TEXT), None)
    if start is None or day is None:
        return None
    end = next((number for number in range(start + 1, len(lines)) if field(lines[number], _KNOWN)), len(lines))
    body = joined([(field(lines[start], _KNOWN) or ("", ""))[1], *lines[start + 1 : end]])
    first = next((line.strip() for line in lines if line.strip()), "")
    title = given.get("title") or (first if not field(first, _KNOWN) else None)
    source = given.get("publication title") or info.partition(";")[0].strip() or None
    return Piece(body, title, source, day, given.get("document url")) if body else None
