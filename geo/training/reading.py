"""Evaluation of what is read out of articles: events, time expressions, incidents, reports of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gazetteer.index import Gazetteer
from geo import dates, events, incidents
from geo.model import Article, Event, Published, Record, TimeSpan
from geo.toponyms import toponyms
from geo.training import event_scores, gold, incident_scores, strict, time_scores
from geo.training.gold import GoldDocument, GoldReports
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
    if path.is_dir():
        given: Sequence[GoldDocument | GoldReports] = gold.read_folder(path)
    else:
        given = gold.read_suite(path) if path.suffix in (".yaml", ".yml") else gold.read_incidents(path)
    name = path.resolve().stem
    groups = [item for item in given if isinstance(item, GoldReports)]
    cards = [_pairs(name, groups, gazetteer)] if groups else []
    counted: dict[str, list[Counted]] = {}
    partial = False
    for document in given:
        if isinstance(document, GoldReports):
            continue
        times, found = _read(document, gazetteer)
        partial |= document.partial
        if document.events is not None:
            counted.setdefault("events", []).append(event_scores.count(document, found))
            counted.setdefault("events, strict", []).append(strict.count(document, found))
        if document.times is not None:
            counted.setdefault("time expressions", []).append(time_scores.count(document, times))
        if document.incidents is not None:
            counted.setdefault("incidents", []).append(incident_scores.count(document, found))
    figures: dict[str, Mapping[str, Figure]] = {
        "events": event_scores.FIGURES,
        "events, strict": strict.FIGURES,
        "time expressions": time_scores.FIGURES_OF_ONE if partial else time_scores.FIGURES,
        "incidents": incident_scores.FIGURES,
    }
    return (*cards, *(Scorecard(name, what, tuple(counts), figures[what]) for what, counts in counted.items()))


def _read(document: GoldDocument, gazetteer: Gazetteer) -> tuple[tuple[TimeSpan, ...], tuple[Event, ...]]:
    article = _article(document)
    published = article.published or dates.publication_date(article, file_name=document.id)
    times = dates.find(document.text, published)
    if document.partial:
        return times, ()
    places = toponyms(document.text, gazetteer)
    found, _ = events.extract(article, published, places.mentions, places.nominals, times, places.doubtful)
    return times, found


def read_events(document: GoldDocument, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Read the events of an annotated document with the program as it is."""
    return _read(document, gazetteer)[1]


def _article(document: GoldDocument) -> Article:
    day = document.published
    return Article(document.id, document.text, published=Published(day, day, "supplied") if day else None)


def _pairs(name: str, groups: Sequence[GoldReports], gazetteer: Gazetteer) -> Scorecard:
    records, own = [], {}
    for group in groups:
        for document in group.reports:
            _, found = _read(document, gazetteer)
            own[document.id] = event_scores.own(document, found)
            article = _article(document)
            records.append(Record(article, article.published, events=found))
    incident_of = {event.id: incident.id for incident in incidents.join(records) for event in incident.events}
    told = {name: incident_of[event.id] if event else None for name, event in own.items()}
    counted = tuple(incident_scores.count_pairs(group, told) for group in groups)
    return Scorecard(name, "reports of one event", counted, incident_scores.PAIRS)
