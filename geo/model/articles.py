"""An article, and when it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import checks
from geo.model.checks import content_id
from geo.model.kinds import PUBLISHED_BASES, PublishedBasis


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a closed interval of days and how we know it.

    `start` and `end` are both None only where `basis` is ``unknown``; one may be open for ``inferred``.
    `text` is the evidence, in words.
    """

    start: date | None
    end: date | None
    basis: PublishedBasis
    text: str = ""

    def __post_init__(self) -> None:
        checks.one_of("basis", self.basis, PUBLISHED_BASES)
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"published.start {self.start} is after published.end {self.end}")
        if self.basis in ("supplied", "explicit") and not (self.start and self.end):
            raise ValueError(f"a {self.basis} publication date needs a start and an end")

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "basis": self.basis,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from a file: plain text with Unix newlines, and what its source said of it."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: Published | None = None

    @property
    def digest(self) -> str:
        """The content id: equal for equal text, title and publication date, whatever the file's name."""
        when = self.published.to_dict() if self.published else None
        return content_id(self.text, self.title, when and (when["start"], when["end"]))
