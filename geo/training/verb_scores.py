"""Scores of sentences that tie one verb to the places where it happened: {"id", "text", "verb", "places"}."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gazetteer.index import Gazetteer
from geo import dates, events
from geo.model import Article, Event
from geo.toponyms import toponyms
from geo.training.scorecard import Counted, Figure, Scorecard, Share

SHOWN = ("reported", "claimed")
FIGURES: dict[str, Figure] = {
    "agreement, by the verb": Share("right", "sentences"),
    "agreement, by any event": Share("right any", "sentences"),
    "pins where none belongs": Share("pinned", "without"),
}


def evaluate_verbs(path: Path, gazetteer: Gazetteer) -> Scorecard:
    """Score the places that the program's events give to the verbs of a corpus.

    A sentence is right where every place of its verb, and no other, has an event: one whose trigger is the verb, or,
    for the second figure, any.
    """
    counted = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, (start, end) = row["text"], row["verb"]
        gold = [text[a:b] for a, b in row["places"]]
        article = Article(row["id"], text)
        places = toponyms(text, gazetteer)
        found, _ = events.extract(
            article, None, places.mentions, places.nominals, dates.find(text, None), places.doubtful
        )
        shown = [event for event in found if event.status in SHOWN]
        own = [event for event in shown if event.trigger_start < end and start < event.trigger_end]
        counts = Counter(
            sentences=1,
            right=_agree(own, gold),
            **{"right any": _agree(shown, gold)},
            without=not gold,
            pinned=not gold and any(event.place is not None for event in own),
        )
        wrong = [] if counts["right"] else [("other places", f"{text[start:end]}: {gold} against {_names(own)}")]
        counted.append(Counted(counts, tuple(wrong)))
    return Scorecard(path.stem, "verbs and their places", tuple(counted), FIGURES)


def _names(found: Sequence[Event]) -> list[str]:
    return [event.place_text for event in found]


def _agree(found: Sequence[Event], gold: Sequence[str]) -> bool:
    names = _names(found)
    met = all(any(_same(name, asked) for name in names) for asked in gold)
    return met and all(any(_same(name, asked) for asked in gold) for name in names)


def _same(one: str, other: str) -> bool:
    return one in other or other in one
