"""How what is read now differs from the golden files, article by article."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from tests.golden.writing import HERE, INCIDENTS, blocks


def kept(folder: Path = HERE) -> dict[str, str]:
    """Give the golden files by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def changes(golden: Mapping[str, str], made: Mapping[str, str]) -> list[str]:
    """Give a line for everything that differs, under the name of its article; nothing where all is as it was."""
    lines: list[str] = []
    for name in sorted({*golden, *made}):
        before, after = _parts(name, golden.get(name, "")), _parts(name, made.get(name, ""))
        for part in sorted({*before, *after}):
            found = _diff(before.get(part, ""), after.get(part, ""))
            if found:
                lines += [f"{part}:", *(f"  {line}" for line in found)]
    return lines


def _parts(name: str, text: str) -> dict[str, str]:
    return {INCIDENTS: text} if name == INCIDENTS else blocks(text)


def _diff(before: str, after: str) -> list[str]:
    """Give the lines that went (-) and came (+)."""
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in compared if line[:1] in "+-" and not line.startswith(("---", "+++"))]
