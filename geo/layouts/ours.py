"""The mappings of event data that ship, each declared in ``pyproject.toml`` as another package's are."""

from __future__ import annotations

from pathlib import Path

from geo.layouts.reading import DIRECTORY


def acled() -> Path:
    """Give the mapping of ACLED's exports."""
    return DIRECTORY / "acled.yaml"


def gdelt() -> Path:
    """Give the mapping of GDELT's events."""
    return DIRECTORY / "gdelt.yaml"


def ucdp() -> Path:
    """Give the mapping of UCDP GED."""
    return DIRECTORY / "ucdp.yaml"


def viina() -> Path:
    """Give the mapping of VIINA."""
    return DIRECTORY / "viina.yaml"
