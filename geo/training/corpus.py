"""Annotated corpora: articles whose place names people have marked and located."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gazetteer.shipped import DATA
from geo.model import content_id

# Passages about many wars, written for this project: what the corpora of local and world news hardly tell of.
PASSAGES = DATA / "models" / "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked name: half-open offsets, and its point in WGS84 degrees where the annotators found one."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    geonameid: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An annotated article. `source` is what folds keep together."""

    id: str
    corpus: str
    source: str
    text: str
    gold: tuple[Gold, ...]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the marked names, in order; of names that overlap the first, longest one."""
        kept: list[tuple[int, int]] = []
        for mark in sorted(self.gold, key=lambda mark: (mark.start, -mark.end)):
            if not kept or mark.start >= kept[-1][1]:
                kept.append((mark.start, mark.end))
        return tuple(kept)


class CorpusError(ValueError):
    """A corpus that cannot be read; the message names file and line."""


def read(path: Path) -> tuple[Document, ...]:
    """Read a corpus of JSON Lines: ``{"id", "text", "source"?, "mentions": [{"start", "end", "lat", "lon"}]}``.

    Raises
    ------
    CorpusError
        For a line that is no such object.
    """
    documents = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                marks = {(mark["start"], mark["end"]): mark for mark in reversed(row["mentions"])}
                gold = tuple(
                    Gold(start, end, mark.get("lat"), mark.get("lon"), mark.get("geonameid"))
                    for (start, end), mark in sorted(marks.items())
                )
                text = str(row["text"])
                name = str(row.get("id") or content_id(text))
                documents.append(Document(name, path.stem, str(row.get("source") or name), text, gold))
            except (ValueError, KeyError, TypeError, AttributeError) as fault:
                raise CorpusError(
                    f"{path}:{number}: not an annotated article ({fault!r}); needs text, mentions, start, end"
                ) from fault
    return tuple(documents)


def folds(documents: tuple[Document, ...], *, count: int = 5, seed: int = 1) -> list[int]:
    """Deal documents into folds so that no source stands in two: equal input gives equal folds."""
    sources = sorted({(document.corpus, document.source) for document in documents})
    order = sorted(range(len(sources)), key=lambda index: content_id(seed, *sources[index]))
    fold = {sources[index]: place % count for place, index in enumerate(order)}
    return [fold[document.corpus, document.source] for document in documents]
