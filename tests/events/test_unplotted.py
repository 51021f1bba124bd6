"""Nothing is lost in silence: what got no pin says why, in every demo article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo import ingest
from geo.events.lexicon import lexicon
from geo.events.triggers import find_triggers
from geo.model import Article, Record
from geo.pipeline.article import parse
from geo.text import sentences

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
REASONS = {
    "metonym", "adjectival", "organisation", "dateline", "reference", "background", "too wide", "unresolved",
    "no place",
    "no date", "figure of speech", "part of another event", "planned", "hypothetical", "denied",
}  # fmt: skip


@pytest.fixture(scope="module")
def records() -> Iterator[tuple[Record, ...]]:
    articles = [item for item in ingest.read([ARTICLES]) if isinstance(item, Article)]
    with Gazetteer.open() as gazetteer:
        yield tuple(parse(article, gazetteer) for article in articles)


def test_every_literal_mention_bears_an_event_or_says_why_not(records: tuple[Record, ...]) -> None:
    silent = []
    for record in records:
        listed = {(item.start, item.end) for item in record.not_plotted}
        for mention in record.mentions:
            used = any(
                event.place_text == mention.text
                or (event.place is not None and mention.place is not None and event.place.id == mention.place.id)
                for event in record.events
            )
            if mention.usage == "literal" and not used and (mention.start, mention.end) not in listed:
                silent.append((record.article.id, mention.text))
    assert not silent


def test_every_trigger_became_an_event_or_says_why_not(records: tuple[Record, ...]) -> None:
    silent = []
    for record in records:
        text = record.article.text
        spoken_for = {(item.start, item.end) for item in record.not_plotted}
        spoken_for |= {(event.trigger_start, event.trigger_end) for event in record.events}
        taken = tuple((mention.start, mention.end) for mention in record.mentions if mention.usage != "adjectival")
        taken += tuple((span.start, span.end) for span in record.times)
        for sentence in sentences(text):
            for trigger in find_triggers(text, sentence, lexicon(), taken):
                if not any(start < trigger.end and trigger.start < end for start, end in spoken_for):
                    silent.append((record.article.id, trigger.text, text[sentence.start : sentence.end]))
    assert not silent


def test_reasons_come_from_a_closed_list(records: tuple[Record, ...]) -> None:
    assert {item.reason for record in records for item in record.not_plotted} <= REASONS


def test_an_event_that_is_on_no_map_says_why(records: tuple[Record, ...]) -> None:
    for record in records:
        listed = {(item.start, item.end) for item in record.not_plotted}
        for event in record.events:
            on_map = event.place and event.date_start and event.status in ("reported", "claimed")
            assert on_map or (event.trigger_start, event.trigger_end) in listed
            assert event.reasons
