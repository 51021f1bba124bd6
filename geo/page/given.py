"""What the library gives of files and data sets that its user named: where they lie, and what they span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The file of the user's own places, and why what it holds is not in use; empty where it is."""

    path: Path
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of days, both included, and a view of the map."""

    first: date
    last: date
    lat: float
    lng: float
    zoom: float
