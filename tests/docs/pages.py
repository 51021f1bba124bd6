"""The documents and the blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer.shipped import ROOT

DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```([\w+-]*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language (empty for none), its text, and the line on which the text begins."""

    language: str
    text: str
    line: int


def pages() -> list[Path]:
    """Give the documents; decisions tell what was."""
    found = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "data/gazetteer/README.md", "examples/README.md")]
    return found + sorted(path for path in DOCS.rglob("*.md") if path.parent.name != "decisions")


def blocks(page: Path) -> Iterator[Block]:
    """Give the blocks of a document in their order."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


def label(page: Path) -> str:
    """Name a document in a test's id."""
    return page.relative_to(ROOT).as_posix()
