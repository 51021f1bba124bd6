"""What a gazetteer tells of itself and of the names of a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a place has or had; years are None where open or unknown, and include both ends."""

    text: str
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a gazetteer file says of itself: counts, versions, licences."""

    path: Path
    schema_version: int
    origin: str
    versions: str
    names: int
    outlines: int
    kinds: dict[str, int]
    sources: dict[str, int]
    credits: tuple[str, ...]
