"""Scores of whole documents against incident keys (MUC-4), and of joined reports against groups of them.

Only violent events that are told as done count against a key. Sundheim 1992, "Overview of the Fourth Message
Understanding Evaluation and Conference"; the keys were made by hand for other ends, so relevance is told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from geo.model import Event
from geo.training.gold import GoldDocument, GoldIncident, GoldReports
from geo.training.scorecard import F1, Counted, Share

FIGURES: dict[str, Share | F1] = {
    "relevance F1": F1("relevant right", "relevant said", "relevant asked"),
    "type F1": F1("types right", "types said", "types asked", "types found"),
    "place F1": F1("places right", "places said", "places asked", "places found"),
    "date": Share("dates right", "dates asked"),
}
PAIRS: dict[str, Share | F1] = {
    "pairwise precision": Share("right", "joined"),
    "pairwise recall": Share("right", "together"),
}
_VIOLENT = ("battle", "explosion", "violence_against_civilians")
# Which of our types each kind of incident may be told as.
_FITS = {
    "BOMBING": {"explosion"},
    "ATTACK": set(_VIOLENT),
    "KIDNAPPING": {"violence_against_civilians"},
    "ROBBERY": {"violence_against_civilians"},
    "ARSON": {"explosion", "violence_against_civilians"},
}
_NOTE = re.compile(r"\([A-Z ]+\)")
_CUT = re.compile(r"[:/()]| - ")
_LONGEST_DAYS = 45
_SHORTEST_PART = 4


def count(document: GoldDocument, found: Sequence[Event]) -> Counted:
    """Compare the events found in a document with its key."""
    gold = document.incidents or ()
    events = [event for event in found if event.type in _VIOLENT and event.status in ("reported", "claimed")]
    asked = [incident for incident in gold if not incident.optional]
    counts: Counter[str] = Counter()
    errors: list[tuple[str, str]] = []
    if asked or not gold:
        counts["relevant right"] += bool(events and asked)
        counts["relevant said"] += bool(events)
        counts["relevant asked"] += bool(asked)
        if bool(events) != bool(asked):
            first = f"{events[0].trigger} {events[0].place_text}" if events else asked[0].location
            errors.append(("event in a document without any" if events else "no event in a relevant document", first))
    _count_types(gold, asked, events, counts)
    if gold:
        errors += _count_places(gold, asked, events, counts)
    return Counted(counts, tuple(errors))


def _count_types(
    gold: Sequence[GoldIncident], asked: Sequence[GoldIncident], events: Sequence[Event], counts: Counter[str]
) -> None:
    said = {event.type for event in events}
    wanted = {kind for incident in asked for kind in incident.kinds}
    allowed = {kind for incident in gold for kind in incident.kinds}
    counts["types asked"] += len(wanted)
    counts["types found"] += sum(bool(_FITS.get(kind, set()) & said) for kind in wanted)
    counts["types said"] += len(said)
    counts["types right"] += sum(any(type_ in _FITS.get(kind, set()) for kind in allowed) for type_ in said)


def _count_places(
    gold: Sequence[GoldIncident], asked: Sequence[GoldIncident], events: Sequence[Event], counts: Counter[str]
) -> list[tuple[str, str]]:
    errors = []
    every = {name for incident in gold for name in _parts(incident.location)}
    for names in sorted({_names(event) for event in events}):
        right = any(name and _stands_in(name, every) for name in names)
        counts["places said"] += 1
        counts["places right"] += right
        if not right:
            errors.append(("place of no incident", "/".join(dict.fromkeys(names))))
    for incident in asked:
        parts = _parts(incident.location)
        below = set(parts[1:] or parts)
        here = [event for event in events if below & set(_names(event))]
        counts["places asked"] += 1
        counts["places found"] += bool(here)
        if not here:
            errors.append(("place of an incident missed", incident.location))
        elif incident.dates:
            right = any(_dated(event, incident) for event in here)
            counts["dates asked"] += 1
            counts["dates right"] += right
            if not right:
                errors.append(("wrong date", f"{incident.location} {incident.dates[0][0]}"))
    return errors


def _dated(event: Event, incident: GoldIncident) -> bool:
    start, end = event.date_start, event.date_end
    if start is None or end is None or (end - start).days > _LONGEST_DAYS:
        return False
    return any(start <= last and first <= end for first, last in incident.dates)


def _names(event: Event) -> tuple[str, str]:
    return _fold(event.place.name if event.place else ""), _fold(event.place_text)


def _stands_in(name: str, every: set[str]) -> bool:
    if name in every:
        return True
    if len(name) < _SHORTEST_PART:
        return False
    return any(len(other) >= _SHORTEST_PART and (name in other or other in name) for other in every)


def _parts(location: str) -> list[str]:
    """Cut ``PERU: LIMA (CITY)`` into ``PERU`` and ``LIMA``."""
    return [name for name in map(_fold, _CUT.split(_NOTE.sub("", location))) if name]


def _fold(name: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^A-Z0-9 ]", " ", plain.upper()).split())


def count_pairs(group: GoldReports, incident_of: Mapping[str, str | None]) -> Counted:
    """Compare which reports of a group were joined with which tell of the same event.

    `incident_of` gives the incident of each report's own event by the report's id; None where it was not found.
    """
    counts: Counter[str] = Counter(joined=0, together=len(group.same), right=0)
    errors = []
    for (i, one), (j, other) in combinations(enumerate(group.reports), 2):
        incident = incident_of.get(one.id)
        joined = incident is not None and incident == incident_of.get(other.id)
        same = frozenset((i, j)) in group.same
        counts["joined"] += joined
        counts["right"] += joined and same
        if joined != same:
            errors.append(("joined for nothing" if joined else "not joined", f"{one.id}, {other.id}"))
    return Counted(counts, tuple(errors))
