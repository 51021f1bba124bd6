"""Journeys through the page as a user makes them: clicks and typings counted, and what the documents say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.dashboard import ROOT, Visit

_ROW = re.compile(r"^\| (?P<name>[^|]+?) \| (?P<clicks>\d+) \| (?P<typings>\d+) \|", re.MULTILINE)


@dataclass(slots=True)
class Journey:
    """One journey: every click and every filling of a field goes through it."""

    here: Visit
    clicks: int = 0
    typings: int = 0

    def click(self, target: Any) -> None:
        """Click, and count it."""
        target.click()
        self.clicks += 1

    def type(self, target: Any, text: str) -> None:
        """Fill a field, and count it; the click into it counts too."""
        self.click(target)
        target.fill(text)
        self.typings += 1

    @property
    def made(self) -> tuple[int, int]:
        """How many clicks and typings it took."""
        return self.clicks, self.typings


def documented() -> dict[str, tuple[int, int]]:
    """Give the clicks and typings of each journey as ``docs/look.md`` tells them."""
    text = (ROOT / "docs" / "look.md").read_text(encoding="utf-8").partition("## Journeys")[2]
    return {row["name"]: (int(row["clicks"]), int(row["typings"])) for row in _ROW.finditer(text)}
