"""Front matter: the block between ``---`` lines at the top of a text, in a small subset of YAML.

A line a field, with a text or the ``start`` and ``end`` of a time; every value is taken as text. Tags, anchors and
aliases, by which a few bytes of YAML become an object of any class or a terabyte, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

Fields = dict[str, str | dict[str, str] | None]

_FENCE = "---"
# A closing fence's text, then a fence that opens a block of fields.
_NEXT = re.compile(r"\n\n(?=---\n(?:[A-Za-z][\w-]{0,30}:[^\n]*\n){1,30}---\n)")
_CLOSING = ("---", "...")
# A block that is longer is a text that begins with a ruler.
_LONGEST_BLOCK = 10_000
_MOST_FIELDS = 100
# A field, its list or its start and end: nothing that anyone writes above an article lies deeper.
_DEEPEST = 4
_NOTHING = ("", "~", "null", "Null", "NULL")


def parts(text: str) -> list[str]:
    """Part a text before each further block of front matter: notes put together are as many articles."""
    if not text.startswith(_FENCE + "\n"):
        return [text]
    starts = [0, *(found.end() for found in _NEXT.finditer(text, 1))]
    ends = [*starts[1:], len(text)]
    # The blank lines between two notes are neither's.
    return [
        text[start:end].rstrip("\n") if end < len(text) else text[start:]
        for start, end in zip(starts, ends, strict=True)
    ]


def split(text: str) -> tuple[str | None, str]:
    """Give the block (None: there is none) and the text after it."""
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


def fields(block: str) -> Fields:
    """Give the fields of a block by their names in small letters; lists and whatever lies deeper are left out.

    Raises
    ------
    ValueError
        If it is no front matter of this kind; the message names the line where it can.
    """
    try:
        return _mapping(_events(block))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"line {mark.line + 2}: " if mark else ""
        raise ValueError(f"{line}{error.problem or 'not valid YAML'}") from error
    except yaml.YAMLError as error:
        raise ValueError("not valid YAML") from error


def _events(block: str) -> Iterator[yaml.Event]:
    """Give the parts of a block; what the subset does not know is refused."""
    depth = 0
    for event in yaml.parse(block, Loader=yaml.BaseLoader):
        line = f"line {event.start_mark.line + 2}: " if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError(f"{line}anchors (&) and aliases (*) are not read")
        if getattr(event, "tag", None):
            raise ValueError(f"{line}tags (!) are not read")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError(f"{line}lists or fields within one another")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.CollectionEndEvent)):
            yield event


def _mapping(events: Iterator[yaml.Event]) -> Fields:
    first = next(events, None)
    if first is None or (isinstance(first, yaml.ScalarEvent) and not first.value):
        return {}
    if not isinstance(first, yaml.MappingStartEvent):
        raise ValueError("expected lines of the form 'title: ...'")
    found: Fields = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        name = _text(key, events)
        value = next(events)
        if isinstance(value, yaml.MappingStartEvent):
            found[(name or "").lower()] = _flat(events)
        else:
            found[(name or "").lower()] = _text(value, events)
        if len(found) > _MOST_FIELDS:
            raise ValueError(f"more than {_MOST_FIELDS} fields")
    return found


def _flat(events: Iterator[yaml.Event]) -> dict[str, str]:
    """Give the texts of a mapping that has begun."""
    found = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        name, value = _text(key, events), _text(next(events), events)
        if name and value is not None:
            found[name] = value
    return found


def _text(event: yaml.Event, events: Iterator[yaml.Event]) -> str | None:
    """Give a text; None for an empty one, and for a list or a mapping, which is passed over."""
    if isinstance(event, yaml.ScalarEvent):
        return None if event.style is None and event.value in _NOTHING else str(event.value)
    depth = 1
    while depth:
        inner = next(events)
        depth += isinstance(inner, yaml.CollectionStartEvent) - isinstance(inner, yaml.CollectionEndEvent)
    return None
