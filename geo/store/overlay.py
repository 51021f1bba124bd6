"""Corrections laid over what was read: which event each belongs to, and what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from geo.corrections import REJECTED, Amended, Key
from geo.model import Event, NotPlotted, content_id
from geo.store import log, tables
from geo.store.statements import chunks

_events = tables.events.c
_KEY = (_events.article, _events.trigger_start, _events.trigger_end, _events.place_text)


@dataclass(frozen=True, slots=True)
class Incidents:
    """How corrections regroup the reports: whole incidents joined, single events taken out."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    single: Mapping[str, str] = field(default_factory=dict)

    def of(self, event: str, incident: str) -> str:
        """Give the incident of an event whose automatic one is `incident`."""
        own = self.single.get(event, incident)
        return self.renamed.get(own, own)

    def sources(self, incident: str) -> tuple[list[str], list[str]]:
        """Give the automatic incidents, and the single events, that may belong to `incident`."""
        automatic = [old for old, new in self.renamed.items() if new == incident]
        events = [event for event, own in self.single.items() if self.renamed.get(own, own) == incident]
        return [incident, *automatic], events


@dataclass(frozen=True, slots=True)
class Laid:
    """A correction in the log, with the ids of its event and of the other one it names; None where there is none."""

    entry: log.Entry
    event: str | None
    other: str | None


@dataclass(frozen=True, slots=True)
class Overlay:
    """All corrections that count, over the events that are stored.

    Attributes
    ----------
    laid
        The corrections, in the order in which they were made.
    amended
        What the corrections of an event come to, by its id.
    """

    laid: tuple[Laid, ...] = ()
    amended: Mapping[str, Amended] = field(default_factory=dict)
    incidents: Incidents = field(default_factory=Incidents)

    @property
    def rejected(self) -> tuple[str, ...]:
        """The ids of the events that are not to be shown."""
        return tuple(event for event, amended in self.amended.items() if amended.rejected)

    def apply(self, event: Event) -> Event:
        """Give an event as corrected."""
        amended = self.amended.get(event.id)
        return amended.apply(event) if amended else event

    def split(self, events: Iterable[Event]) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]]:
        """Give the events as corrected, and apart from them what was rejected."""
        gone = set(self.rejected)
        kept, rejected = [], []
        for event in events:
            if event.id in gone:
                rejected.append(NotPlotted(event.trigger_start, event.trigger_end, event.trigger, REJECTED))
            else:
                kept.append(self.apply(event))
        return tuple(kept), tuple(rejected)


def read(connection: Connection) -> Overlay:
    """Read the corrections that count and find the event of each."""
    entries = log.standing(connection)
    if not entries:
        return Overlay()
    keys = {key for entry in entries for key in (entry.correction.key, entry.correction.other) if key}
    found = find(connection, keys)
    mine: dict[str, list[log.Entry]] = defaultdict(list)
    for entry in entries:
        for event in found.get(entry.correction.key, ()):
            mine[event["id"]].append(entry)
    return Overlay(
        laid=tuple(
            Laid(entry, _first(found, entry.correction.key), _first(found, entry.correction.other)) for entry in entries
        ),
        amended={event: Amended.summed(entry.correction for entry in own) for event, own in mine.items()},
        incidents=_regroup(entries, found),
    )


def _first(found: Mapping[Key, Sequence[Mapping[str, Any]]], key: Key | None) -> str | None:
    events = found[key] if key else ()
    return str(events[0]["id"]) if events else None


def find(connection: Connection, keys: set[Key]) -> dict[Key, list[Mapping[str, Any]]]:
    """Find the events at each key: the same trigger and place name, else the one whose trigger overlaps."""
    exact: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
    nearby: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for part in chunks(sorted({key.article for key in keys})):
        query = select(_events.id, _events.incident, *_KEY).where(_events.article.in_(part))
        for row in connection.execute(query.order_by(_events.article, _events.ordinal)).mappings():
            event = dict(row)
            exact[Key(*(event[column.name] for column in _KEY))].append(event)
            nearby[event["article"], event["place_text"]].append(event)
    found = {}
    for key in keys:
        # Another version of the rules may take one word more or less for the trigger.
        overlapping = [
            row
            for row in nearby[key.article, key.place_text]
            if row["trigger_start"] < key.trigger_end and key.trigger_start < row["trigger_end"]
        ]
        found[key] = exact[key] if key in exact else overlapping if len(overlapping) == 1 else []
    return found


def _regroup(entries: Sequence[log.Entry], found: Mapping[Key, Sequence[Mapping[str, Any]]]) -> Incidents:
    """Join and part in the order in which people did it."""
    parents: dict[str, str] = {}
    single: dict[str, str] = {}

    def root(incident: str) -> str:
        while incident in parents:
            incident = parents[incident]
        return incident

    for entry in entries:
        correction = entry.correction
        if correction.action == "other_event":
            for event in found[correction.key]:
                # Parted once more after it was joined again, it needs an incident of its own once more.
                single[event["id"]] = content_id("incident", event["id"], "apart", entry.number)
        elif correction.action == "same_event" and correction.other:
            for event in (*found[correction.key], *found[correction.other]):
                here = root(single.get(event["id"], event["incident"]))
                first = next(iter(found[correction.key]), event)
                there = root(single.get(first["id"], first["incident"]))
                if here != there:
                    parents[max(here, there)] = min(here, there)
    names = {*parents, *single.values()}
    return Incidents({name: root(name) for name in names if root(name) != name}, single)
