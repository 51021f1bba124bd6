"""One article of a dump, and what the databases' forms have in common."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from geo.ingest import day_forms

_KEY = re.compile(r"\s*([^\W\d_][\w -]{1,28}?)\s*:(?:\s+(.*))?$")
# Longer lines are sentences with a day in them.
_LONGEST_DAY = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as a dump gives it; what it does not say is None."""

    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None


def day_of(line: str) -> str | None:
    """Give a line that is a day, with a weekday and a time or without; None for another."""
    line = " ".join(line.split())
    short = 4 < len(line) <= _LONGEST_DAY and any(sign.isdigit() for sign in line)
    days = day_forms.read(line) if short else None
    # A year alone, or a month, is as often something else.
    return line if days and days[0] == days[1] and not line.isdigit() else None


def field(line: str, known: Collection[str]) -> tuple[str, str] | None:
    """Give the name, in small letters, and the value of a line such as ``LENGTH: 62 words``, of a `known` name."""
    found = _KEY.match(line)
    if not found:
        return None
    name = " ".join(found[1].lower().replace("-", " ").split())
    return (name, (found[2] or "").strip()) if name in known else None


def fields(lines: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Give the fields of these lines; of one that stands twice the first, with the lines that go on with it."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if named := field(line, known):
            current = found.setdefault(named[0], [])
            if current:
                current = None
            else:
                current.append(named[1])
        elif not line.strip():
            current = None
        elif current is not None:
            current.append(line.strip())
    return {name: " ".join(" ".join(values).split()) for name, values in found.items()}


def blocks(lines: Sequence[str]) -> list[list[str]]:
    """Give the lines that stand together, without the blank ones between."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def joined(lines: Iterable[str]) -> str:
    """Give a body's text, without blank lines around it and blanks around its lines."""
    return "\n".join(line.strip() for line in lines).strip("\n")
