"""Evaluation of what is read out of articles: events, time expressions, incidents, reports of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gazetteer.index import Gazetteer
from geo import dates, incidents
from geo.events.extract import Weighed, told_events, weigh
from geo.events.implied import implied
from geo.events.rules import ALL, Rules
from geo.model import Article, Event, Mention, Published, Record, TimeSpan
from geo.reader.candidates import Candidate, candidates
from geo.reader.judgement import Judgement
from geo.reader.model import Reader
from geo.text import sentences
from geo.toponyms import Toponyms, toponyms
from geo.training import event_scores, gold, incident_scores, reliability, strict, time_scores
from geo.training.ablation import Ablations, ablate
from geo.training.corpus import CorpusError
from geo.training.faults import faults
from geo.training.gold import GoldDocument, GoldReports
from geo.training.reader import stories
from geo.training.reader.lesson import Seen
from geo.training.scorecard import Counted, Figure, Scorecard


def evaluate_reading(path: Path, gazetteer: Gazetteer) -> tuple[Scorecard, ...]:
    """Score the program on what people took out of articles.

    Parameters
    ----------
    path
        A folder, a JSON Lines file with incidents or a YAML suite, as `geo.training.gold` reads them.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus that cannot be read.
    """
    given = _given(path)
    name = path.resolve().stem
    groups = [item for item in given if isinstance(item, GoldReports)]
    documents = [item for item in given if isinstance(item, GoldDocument)]
    cards = [_pairs(name, groups, gazetteer)] if groups else []
    counted: dict[str, list[Counted]] = {}
    for document in documents:
        reading = _Reading(document, gazetteer)
        if document.events is not None:
            weighed, found = reading.events()
            for what, counts in _of_events(document, weighed, found).items():
                counted.setdefault(what, []).append(counts)
        if document.times is not None:
            counted.setdefault("time expressions", []).append(time_scores.count(document, reading.times))
        if document.incidents is not None:
            _, found = reading.events()
            counted.setdefault("incidents", []).append(incident_scores.count(document, found))
    partial = any(document.partial for document in documents)
    figures: dict[str, Mapping[str, Figure]] = {
        "events": event_scores.FIGURES,
        "events, strict": strict.FIGURES,
        "confidence of shown events": reliability.FIGURES,
        "time expressions": time_scores.FIGURES_OF_ONE if partial else time_scores.FIGURES,
        "incidents": incident_scores.FIGURES,
    }
    # Every article of a folder is annotated for the same: what counts some of them has no stories to tell.
    numbers = stories.numbers(documents)
    made = (
        Scorecard(name, what, tuple(counts), figures[what], numbers if len(counts) == len(numbers) else ())
        for what, counts in counted.items()
    )
    return (*cards, *made)


def evaluate_rules(path: Path, gazetteer: Gazetteer) -> Ablations:
    """Score the program on annotated events without each of its rules and inputs.

    Parameters
    ----------
    path
        A folder or a YAML suite with events.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus that cannot be read, or has no annotated events.
    """
    documents = [item for item in _given(path) if isinstance(item, GoldDocument) and item.events is not None]
    if not documents:
        raise CorpusError(f"{path}: no annotated events; ablations need a folder of articles or a suite of events")
    name, last = path.resolve().stem, {one.id: _Reading(one, gazetteer) for one in documents}
    return ablate(name, documents, lambda document, rules: last[document.id].events(rules)[1])


def _given(path: Path) -> Sequence[GoldDocument | GoldReports]:
    if path.is_dir():
        return gold.read_folder(path)
    return gold.read_suite(path) if path.suffix in (".yaml", ".yml") else gold.read_incidents(path)


def _of_events(document: GoldDocument, weighed: Weighed, found: Sequence[Event]) -> dict[str, Counted]:
    pins = strict.pinned(found)
    judged = zip(pins, strict.verdicts(document, pins), strict=True)
    return {
        "events": event_scores.count(document, found),
        "events, strict": replace(strict.count(document, found), errors=faults(document, weighed, found)),
        "confidence of shown events": reliability.count((one.confidence, said.right) for one, said in judged),
    }


class _Reading:
    """An article as it is read; what does not depend on the rules is read once."""

    def __init__(self, document: GoldDocument, gazetteer: Gazetteer) -> None:
        self._document, self._gazetteer = document, gazetteer
        self.article = _article(document)
        self.published = self.article.published or dates.publication_date(self.article, file_name=document.id)
        self.times: tuple[TimeSpan, ...] = dates.find(document.text, self.published)
        self._places: Toponyms | None = None
        self._judged: dict[tuple[Candidate, ...], tuple[tuple[Candidate, ...], Judgement]] = {}

    def events(self, rules: Rules = ALL) -> tuple[Weighed, tuple[Event, ...]]:
        """Read its events by the rules that are on."""
        text = self._document.text
        self._places = self._places or toponyms(text, self._gazetteer)
        places, parts = _by_rule(self._places, rules), sentences(text)
        ones = candidates(parts, places.mentions, places.nominals, doubtful=places.doubtful)
        if ones not in self._judged:
            judged = Reader.load().judge(text, parts, ones, self.times)
            self._judged[ones] = implied(text, parts, ones, self.times, judged)
        every, judgement = self._judged[ones]
        weighed = weigh(text, parts, every, self.times, self.published, judgement, rules=rules)
        return weighed, told_events(self.article, weighed)


def _by_rule(places: Toponyms, rules: Rules) -> Toponyms:
    """Give the names and the nouns of an article that the rules let be places."""
    return Toponyms(
        tuple(_laid(one, rules) for one in (places.mentions if rules.doubtful else places.sure)),
        frozenset(_laid(one, rules) for one in places.doubtful),
        tuple(_laid(one, rules) for one in places.nominals if rules.nominals),
    )


def _laid(one: Mention, rules: Rules) -> Mention:
    return one if rules.lifting or not one.lifted else replace(one, place=None, score=0.0, lifted=False)


def weighed(document: GoldDocument, gazetteer: Gazetteer) -> tuple[Seen, Weighed]:
    """Give what the program sees of an annotated document, and what it weighs of it."""
    reading = _Reading(document, gazetteer)
    found, _ = reading.events()
    seen = Seen(
        document.id, document.text, reading.published, tuple(found.sentences), tuple(found.candidates), reading.times
    )
    return seen, found


def read_events(document: GoldDocument, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Read the events of an annotated document with the program as it is."""
    return _Reading(document, gazetteer).events()[1]


def _article(document: GoldDocument) -> Article:
    day = document.published
    return Article(document.id, document.text, published=Published(day, day, "supplied") if day else None)


def _pairs(name: str, groups: Sequence[GoldReports], gazetteer: Gazetteer) -> Scorecard:
    records, own = [], {}
    for group in groups:
        for document in group.reports:
            reading = _Reading(document, gazetteer)
            _, found = reading.events()
            own[document.id] = event_scores.own(document, found)
            records.append(Record(reading.article, reading.article.published, events=found))
    incident_of = {event.id: incident.id for incident in incidents.join(records) for event in incident.events}
    told = {name: incident_of[event.id] if event else None for name, event in own.items()}
    counted = tuple(incident_scores.count_pairs(group, told) for group in groups)
    return Scorecard(name, "reports of one event", counted, incident_scores.PAIRS)
