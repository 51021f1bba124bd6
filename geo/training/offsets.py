"""Annotation that lies apart from texts which are not here: articles by id, their events by offsets of sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from geo.training import corpus, gold
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument
from geo.training.reader import sources
from geo.training.reader.lesson import Lesson, see

# Local papers, most of whose articles tell of no conflict, and world news of 2001, 2002 and 2016-17.
PEACEFUL, WORLD = LEARNED = tuple(DATA / "reading" / f"{name}.jsonl" for name in ("local_news", "world_news"))


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and what is annotated of it.

    Attributes
    ----------
    part : str
        Which of the weights it teaches: "reader", "decision", or "" where the file does not say.
    events : list of dict
        As annotators write them, see `geo.training.gold.annotated_event`.
    """

    id: str
    text: str
    published: date | None
    part: str
    events: list[dict[str, Any]]

    def document(self) -> GoldDocument:
        """Give it as a document to score against."""
        return GoldDocument(
            self.id, self.text, self.published, tuple(gold.annotated_event(entry) for entry in self.events)
        )


def articles(corpora: Sequence[Path], annotation: Path) -> Iterator[Annotated]:
    """Give the annotated articles whose texts are at hand.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        JSON Lines as `geo.training.corpus.read` reads them.
    annotation : pathlib.Path
        JSON Lines: ``{"id", "published", "part"?, "events"}``; the events are those of
        `geo.training.gold.read_folder`.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus or an annotation that cannot be read.
    """
    texts = {document.id: document.text for path in corpora for document in corpus.read(path)}
    for number, line in enumerate(annotation.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            if row["id"] in texts:
                day = date.fromisoformat(row["published"]) if row["published"] else None
                one = Annotated(row["id"], texts[row["id"]], day, str(row.get("part", "")), row["events"])
                one.document()
                yield one
        except (ValueError, KeyError, TypeError) as fault:
            raise CorpusError(f"{annotation}:{number}: not an annotated article ({fault!r})") from fault


def documents(corpora: Sequence[Path], annotation: Path, *, part: str | None = None) -> Iterator[GoldDocument]:
    """Give the annotated articles to score against, of one part where that is asked for; see `articles`."""
    for one in articles(corpora, annotation):
        if part in (None, one.part):
            yield one.document()


def lessons(corpora: Sequence[Path], annotation: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each annotated article that teaches the reader; see `articles`."""
    for one in articles(corpora, annotation):
        if one.part == "reader":
            yield sources.annotated(see(one.id, one.text, one.published, gazetteer), one.events)
