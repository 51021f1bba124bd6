"""Plain text and Markdown, with or without front matter: a YAML block between ``---`` lines at the top."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from geo.ingest import encoding
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem

_FENCE = "---"
_CLOSING = ("---", "...")
# A block that is longer is a text that begins with a ruler.
_LONGEST_BLOCK = 10_000


def drafts(data: bytes, *, where: str, stem: str) -> Iterator[Draft | Problem]:
    """Give the article of a text file. Line ends become single newlines; otherwise the text is as it stands."""
    decoded = encoding.decode(data)
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    block, body = _split(text)
    if block is None:
        yield Draft(where=where, id=stem, text=text)
        return
    try:
        fields = _fields(block)
    except ValueError as error:
        advice = "It was read as part of the text; put quotation marks around values that hold a colon"
        yield Problem(where, f"the front matter was not understood: {error}", advice, severity="note")
        yield Draft(where=where, id=stem, text=text)
        return
    yield Draft(
        where=where,
        id=fields.get("id", stem),
        text=body,
        title=fields.get("title"),
        url=fields.get("url"),
        source=fields.get("source"),
        published=fields.get("published", fields.get("date")),
        evidence="front matter",
    )


def _split(text: str) -> tuple[str | None, str]:
    """Give the front matter (None: there is none) and the text after it."""
    if not text.startswith(_FENCE + "\n"):
        return None, text
    position = len(_FENCE) + 1
    while 0 < position < min(len(text), _LONGEST_BLOCK):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        if line.rstrip() in _CLOSING:
            body = text[end + 1 :] if end >= 0 else ""
            return text[len(_FENCE) + 1 : position], body.lstrip("\n")
        position = end + 1
    return None, text


def _fields(block: str) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"line {mark.line + 2}: " if mark else ""
        raise ValueError(f"{line}{error.problem or 'not valid YAML'}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("not valid YAML") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ValueError("expected lines of the form 'title: ...'")
    return {str(key).lower(): value for key, value in loaded.items()}
