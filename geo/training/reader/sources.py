"""Annotated text of others made into lessons: news with gold, suites of events, and verbs tied to places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from geo.reader.candidates import Candidate
from geo.training import gold
from geo.training.gold import GoldEvent
from geo.training.reader.lesson import Lesson, Link, Seen, Told, dated, fits, see

SHOWN = ("reported", "claimed")
_REACH = {"region": 100.0, "country": 150.0, "sea": 150.0}
_VAST = ("region", "country", "sea")


def news(annotation: Path, articles: Path, published: Mapping[str, str], gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each annotated article.

    Parameters
    ----------
    annotation, articles : pathlib.Path
        Folders of ID.json and of ID.txt, as `../shared/news/lay.py` lays them out.
    published : mapping
        ISO days by article.
    """
    for path in sorted(annotation.glob("*.json")):
        text = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        day = published.get(path.stem)
        seen = see(path.stem, text, date.fromisoformat(day) if day else None, gazetteer)
        yield annotated(seen, json.loads(path.read_text(encoding="utf-8"))["events"])


def annotated(seen: Seen, events: list[dict[str, Any]]) -> Lesson:
    """Lay the annotated events of an article on its candidates."""
    told = [Told(required=0) for _ in seen.candidates]
    ranks: dict[int, tuple[bool, bool]] = {}
    asked: dict[int, tuple[date, date] | None] = {}
    links: list[Link] = []
    complete = all("trigger_start" in event for event in events)
    for event in events:
        sentence = (event["sentence_start"], event["sentence_end"])
        types = {event["type"], *event.get("type_alt", [])}
        own, others = _at(seen, event, sentence)
        if "trigger_start" in event:
            chosen = set(own[:1]) or set(others[:1])
            if chosen or event.get("place_span"):
                links.append(Link(event["trigger_start"], event["trigger_end"], chosen, types))
        days = _days(event)
        real = event["status"] in SHOWN
        rank = (real and not event.get("optional"), real)
        for at in own[:1]:
            one = told[at]
            if one.event == 1 and rank < ranks[at]:
                continue  # what is required tells what the mention is
            if one.event == 1 and rank > ranks[at]:
                one.types, one.statuses, one.dates, one.triggers = set(), set(), set(), set()
            same = one.event != 1 or rank > ranks[at] or days == asked[at]
            one.event, ranks[at], one.required = 1, rank, int(rank[0])
            one.types |= types
            one.statuses.add(event["status"])
            if "trigger_start" in event:
                one.triggers.add((event["trigger_start"], event["trigger_end"]))
            if days and same:
                one.dates |= dated(seen, days, sentence, event.get("date_span"))
            elif not same:
                one.dates = set()
            asked[at] = days
    return Lesson(seen, told, links, complete, "news")


def _days(event: Mapping[str, Any]) -> tuple[date, date] | None:
    if not event.get("date_start"):
        return None
    return _first(event["date_start"]), _last(event.get("date_end") or event["date_start"])


def _first(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    return date(*[*parts, 1, 1][:3])


def _last(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _at(seen: Seen, event: Mapping[str, Any], sentence: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Give the candidates that may be an event's place, best first: of its own sentence, and of others."""
    ones = seen.candidates
    span = event.get("place_span")
    inside = [at for at, one in enumerate(ones) if one.start < sentence[1] and sentence[0] < one.end]
    if span:
        on = [at for at, one in enumerate(ones) if one.start < span[1] and span[0] < one.end]
        on.sort(key=lambda at: (not _there(event["place"], ones[at]), ones[at].nominal, at))
        return [at for at in on if at in inside], [at for at in on if at not in inside]
    fit = [at for at in inside if _there(event["place"], ones[at])]
    fit.sort(key=lambda at: (ones[at].usage != "literal", ones[at].nominal, at))
    return fit, []


def _there(place: Mapping[str, Any], one: Candidate) -> bool:
    """Say whether a candidate is the annotated place, by name or by position."""
    name, other = fold(one.text), fold(place["name"])
    same = name == other or (len(name) > 4 and name in other)
    found = one.place
    if found is None or same:
        return same
    reach = place.get("radius_km") or _REACH.get(place["precision"], 25.0)
    near = great_circle_km(place["lon"], place["lat"], found.lon, found.lat) <= reach
    return near and (found.precision in _VAST) == (place["precision"] in _VAST)


def suite(path: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each passage of an events suite (YAML), which names places but marks no words.

    Where a place is named more than once, the first mention in a sentence that gives its days, or else the first, is
    taken for the event's; of the others nothing is learned.

    Raises
    ------
    CorpusError
        For a file that is no such suite.
    """
    for document in gold.read_suite(path):
        if isinstance(document, gold.GoldDocument) and document.events is not None:
            seen = see(document.id, document.text, document.published, gazetteer)
            yield _unmarked(seen, document.events)


def _unmarked(seen: Seen, events: Sequence[GoldEvent]) -> Lesson:
    told = [Told() for _ in seen.candidates]
    for event in sorted(events, key=lambda one: one.optional):
        fit = [at for at, one in enumerate(seen.candidates) if _named(event, one)]
        fit.sort(key=lambda at: (seen.candidates[at].usage != "literal", not _gives(seen, at, event), at))
        for at in fit[1:]:
            told[at].event = told[at].event if told[at].event == 1 else -1
        for at in fit[:1]:
            one = told[at]
            if event.optional:
                one.event = -1 if one.event == 0 else one.event
                continue
            one.event = 1
            one.types |= set(event.types)
            one.statuses |= set(event.statuses or (event.status,))
            if event.dates:
                sentence = seen.sentences[seen.candidates[at].sentence]
                one.dates |= dated(seen, event.dates, (sentence.start, sentence.end), None)
    return Lesson(seen, told, [], False, "suite")


def _named(event: GoldEvent, one: Candidate) -> bool:
    """Say whether a candidate is a place of an event, by name or by position."""
    for place in event.places:
        if fold(one.text) == fold(place.name):
            return True
        found = one.place
        if found and great_circle_km(place.lon, place.lat, found.lon, found.lat) <= place.reach:
            return True
    return False


def _gives(seen: Seen, at: int, event: GoldEvent) -> bool:
    """Say whether the sentence of a candidate holds an expression that gives an event's days."""
    sentence = seen.sentences[seen.candidates[at].sentence]
    return event.dates is not None and any(
        fits(event.dates, (span.date_start, span.date_end))
        for span in seen.times
        if sentence.start <= span.start < sentence.end
    )


def verbs(path: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each sentence that ties one verb to its places: {"id", "text", "verb", "places"}."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        seen = see(row["id"], row["text"], None, gazetteer)
        places = [tuple(place) for place in row["places"]]
        at = {
            number
            for number, one in enumerate(seen.candidates)
            if any(one.start < end and start < one.end for start, end in places)
        }
        if places and not at:
            continue
        # Another verb of the sentence may tell something at its other places: those are told with little weight.
        told = [Told(event=1, weight=0.5) if k in at else Told(weight=0.3) for k in range(len(seen.candidates))]
        verb = (row["verb"][0], row["verb"][1])
        for k in at:
            told[k].triggers.add(verb)
        yield Lesson(seen, told, [Link(*verb, at)], False, "verbs")
