"""Notes that a person collected in one file, a ruler between them, each with its own head."""

from __future__ import annotations

import re

from geo.ingest.dumps.piece import Piece, day_of, field, joined

_RULER = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|(?:\* ){2,}\*|—{2,}|–{3,})[ \t]*$", re.MULTILINE)
_NAMES = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "date": "published",
    "published": "published",
    "source": "source",
    "from": "source",
    "outlet": "source",
    "url": "url",
    "link": "url",
}
_HEAD_LINES = 6
# A title of its own is one line, and no sentence.
_LONGEST_TITLE = 120


def split(text: str) -> list[Piece]:
    """Give the notes of a text, if there are several and each says when it is of; else none.

    Rulers alone part nothing: an article has them too.
    """
    parts = [part for part in _RULER.split(text) if part.strip()]
    # Front matter's own rulers leave its fields apart from their text.
    notes = [_note(part.strip("\n").split("\n")) for part in parts]
    dated = [note for note in notes if note and note.published]
    return dated if len(dated) > 1 and len(dated) == len(parts) else []


def _note(lines: list[str]) -> Piece | None:
    found: dict[str, str] = {}
    at = 0
    for line in lines[:_HEAD_LINES]:
        named = field(line, _NAMES)
        if named and named[1]:
            found.setdefault(_NAMES[named[0]], named[1])
        elif (day := day_of(line)) and "published" not in found:
            found["published"] = day
        elif line.strip() and not found and "title" not in found and _is_title(line, lines[at + 1 :]):
            found["title"] = line.strip("# \t")
        elif line.strip():
            break
        at += 1
    body = joined(lines[at:])
    return (
        Piece(body, found.get("title"), found.get("source"), found.get("published"), found.get("url")) if body else None
    )


def _is_title(line: str, below: list[str]) -> bool:
    """Tell a title from a text's first line: a day or a field stands below it."""
    following = next((other for other in below if other.strip()), "")
    headed = bool(day_of(following)) or field(following, _NAMES) is not None
    return len(line.strip()) <= _LONGEST_TITLE and headed
