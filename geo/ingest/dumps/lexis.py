"""LexisNexis ("1 of 3 DOCUMENTS") and Nexis Uni ("End of Document")."""

from __future__ import annotations

import re

from geo.ingest.dumps.piece import Piece, blocks, day_of, field, fields, joined

_NUMBER = re.compile(r"^[ \t\ufeff]*\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_HEAD = frozenset(
    ("byline", "section", "length", "dateline", "headline", "series", "column", "highlight", "correction date")
)
_TAIL = frozenset(
    (
        *(
            "load date",
            "language",
            "publication type",
            "graphic",
            "subject",
            "person",
            "country",
            "geographic",
            "notes",
        ),
        *("industry", "city", "state", "ticker", "organization", "company", "type", "distribution", "document type"),
        *("journal code", "acc no", "classification", "url", "copyright"),
    )
)
_RIGHTS = re.compile(r"\s*(?:copyright\b|©|\(c\)\s)", re.IGNORECASE)
_BODY = "body"
# What stands below a body in Nexis Uni.
_AFTER = re.compile(r"(?:Load-Date:.*|Classification|Graphic)$", re.IGNORECASE)


def lexis(text: str) -> list[Piece]:
    """Give the articles of a download of the older form; none where it is of another."""
    marks = list(_NUMBER.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = (_numbered(text[mark.end() : end].split("\n")) for mark, end in zip(marks, ends, strict=False))
    return [piece for piece in pieces if piece]


def _numbered(lines: list[str]) -> Piece | None:
    first = next((number for number, line in enumerate(lines) if _is_head(line)), len(lines))
    head = blocks(lines[:first])
    at = next((number for number, block in enumerate(head) if any(map(day_of, block))), None)
    if at is None:
        return None
    day = next(line for line in map(day_of, head[at]) if line)
    start = _body_at(lines, first)
    given = fields(lines[:start], _HEAD) | fields(filter(_is_shouted, lines[start:]), _TAIL)
    title = " ".join(head[-1]) if len(head) > at + 1 else given.get("headline")
    source = next((" ".join(block) for block in head[:at]), None)
    body = joined(_until_tail(lines[start:]))
    return Piece(body, title, source, day, given.get("url")) if body else None


def _body_at(lines: list[str], first: int) -> int:
    """Give where the body begins: the head's fields stand one after another, each ended by a blank line."""
    at = first
    while at < len(lines):
        while at < len(lines) and lines[at].strip():
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
        if at < len(lines) and not _is_head(lines[at]):
            break
    return at


def _is_head(line: str) -> bool:
    return field(line, _HEAD) is not None and _is_shouted(line)


def _until_tail(lines: list[str]) -> list[str]:
    """Give the lines before the first of the fields that follow a body, and before the notice of rights."""
    for number, line in enumerate(lines):
        if (field(line, _TAIL) and _is_shouted(line)) or (_RIGHTS.match(line) and number > 0):
            return lines[:number]
    return lines


def _is_shouted(line: str) -> bool:
    """Tell a field from a sentence with a colon: the older form writes its names in capitals."""
    return line.partition(":")[0].isupper()


def nexis(text: str) -> list[Piece]:
    """Give the articles of a download from Nexis Uni; none where it is of another form."""
    pieces = []
    start = 0
    for mark in _END.finditer(text):
        pieces.append(_headed(text[start : mark.start()].split("\n")))
        start = mark.end()
    return [piece for piece in pieces if piece]


def _headed(lines: list[str]) -> Piece | None:
    lines = [line.strip() for line in lines]
    body_at = next((number for number, line in enumerate(lines) if line.lower() == _BODY), None)
    if body_at is None:
        return None
    head = [line for line in lines[:body_at] if line]
    # A list of what was downloaded may stand above the first: title, source and day are the lines before the rest.
    at = next((number for number, line in enumerate(head) if number > 1 and day_of(line)), None)
    if at is None:
        return None
    body = lines[body_at + 1 :]
    end = next((number for number, line in enumerate(body) if _AFTER.match(line)), len(body))
    text = joined(body[:end])
    return Piece(text, head[at - 2], head[at - 1], day_of(head[at])) if text else None
