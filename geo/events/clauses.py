"""Clause borders: a place or a date on the other side of one is less likely to belong to a trigger."""

from __future__ import annotations

import re

BORDER = re.compile(
    r";| [–—-]{1,2} |\b(?:which|who|whom|whose|where|while|after|before|although|though|but|because|since|as|when|"
    r"that|following|"
    r"amid|despite|ahead of|whereas|once|until|even as|so that)\b|, (?:and|but|with|saying|adding|including)\b|:",
    re.IGNORECASE,
)


def borders(text: str, start: int, end: int) -> int:
    """Count the clause borders between two offsets."""
    return sum(1 for _ in BORDER.finditer(text, start, end)) if end > start else 0


def clause_start(text: str, floor: int, offset: int) -> int:
    """Give where the clause that holds `offset` begins, not before `floor`."""
    last = floor
    for match in BORDER.finditer(text, floor, offset):
        last = match.end()
    return last
