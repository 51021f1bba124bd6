"""The suite of kinds: short texts of the kinds that once went wrong, with what must be told of them and what must not.

Its items are passages as in the events suite, judged more strictly: a day asked for is that day, and a figure of dead
asked for is that figure. A pin is an incident: a second report of what was told is no second pin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.model import Event, TimeSpan
from tests.suites import items, judge
from tests.suites.items import ExpectedEvent, Half, Interval, TimesItem

SHOWN = ("reported", "claimed")
# an early edition or another time zone dates an article the day before what it tells of
EARLY = timedelta(days=1)
Figure = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Told:
    """An event that must be told.

    `readings` are the right closed intervals; `undated` says that none is right too. `killed` are the low and the high
    figure of dead, empty where no figure belongs to the event, None where it is not asked for.
    """

    event: ExpectedEvent
    readings: tuple[Interval, ...]
    undated: bool
    killed: Figure | tuple[()] | None


@dataclass(frozen=True, slots=True)
class KindsItem:
    """A short text of one kind; nothing but `told` and, where a fair editor may, `allowed` is on its map."""

    id: str
    kind: str
    voice: str
    published: date
    text: str
    told: tuple[Told, ...]
    allowed: tuple[ExpectedEvent, ...]
    times: tuple[TimesItem, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the step of reading that it points at, what it is in words, whether it is a pin."""

    step: str
    said: str
    pin: bool = False


def load(half: Half) -> tuple[KindsItem, ...]:
    """Read one half of the suite."""
    return tuple(items.rows("kinds", half, _item))


def _item(row: dict[str, Any]) -> KindsItem:
    told = tuple(map(_told, row["events"]))
    published = row["published"]
    if type(published) is not date:
        raise ValueError("expected a publication date")
    for one in told:
        if not all(start <= published + EARLY for start, _ in one.readings):
            raise ValueError("expected events that had happened by the day after publication")
    times = tuple(
        items.times_item({**row, **entry, "id": f"{row['id']} {entry['expression']}"}) for entry in row.get("times", ())
    )
    allowed = tuple(map(items.expected_event, row.get("allowed", ())))
    return KindsItem(row["id"], row["phenomenon"], row["voice"], published, row["text"], told, allowed, times)


def _told(entry: dict[str, Any]) -> Told:
    event = items.expected_event(entry)
    if event.dates is None:
        raise ValueError("expected the days of an event that must be told")
    readings = (event.dates, *((first, last) for first, last in entry.get("dates_alt", ())))
    if not all(type(first) is date and type(last) is date and first <= last for first, last in readings):
        raise ValueError("expected other days as pairs of dates in order")
    killed = tuple(entry["killed"]) if "killed" in entry else None
    if killed is not None and len(killed) not in (0, 2):
        raise ValueError("expected a low and a high figure of dead, or none")
    return Told(event, readings, entry.get("or_undated", False), killed)


def faults(
    item: KindsItem, found: Sequence[Event], times: Sequence[TimeSpan], incident_of: Mapping[str, str]
) -> tuple[Fault, ...]:
    """Compare what was read out of a text with what must be told, and what must not.

    Parameters
    ----------
    incident_of
        The incident of each event, by the event's id.
    """
    pairs = judge.matching([[told_right(told, event) for event in found] for told in item.told])
    known = {incident_of[found[column].id] for column in pairs.values()}
    left = [event for event in found if incident_of[event.id] not in known]
    wrong = []
    for told in (one for row, one in enumerate(item.told) if row not in pairs):
        steps, event = _closest(told, left)
        left = [other for other in left if other is not event]
        got = f", got {judge.describe(event)}" if event else ""
        wrong.append(Fault(steps, f"missed {_asked(told)}{got}", pin=event is not None and _pin(event)))
    for event in left:
        if _pin(event) and not judge.allowed(item.allowed, event):
            wrong.append(Fault(_reason(item, event), f"false pin: {judge.describe(event)}", pin=True))
    return (*wrong, *(Fault("date", fault) for asked in item.times for fault in judge.times_faults(asked, times)))


def told_right(told: Told, event: Event) -> bool:
    """Say whether an event is what must be told: type, status, place, days and, where asked for, the dead."""
    return all(held for _, held in _tests(told, event))


def _tests(told: Told, event: Event) -> tuple[tuple[str, bool], ...]:
    asked = told.event
    there = asked.place.holds(event.place.lon, event.place.lat) if event.place else asked.place.or_none
    return (
        ("place", there),
        ("date", _days_right(told, event)),
        ("type", event.type in asked.types),
        ("status", event.status in asked.statuses),
        ("dead", told.killed is None or _dead(event) == told.killed),
    )


def _days_right(told: Told, event: Event) -> bool:
    if event.date_start is None or event.date_end is None:
        return told.undated
    said = (event.date_start, event.date_end)
    return any(judge.intersection_over_union(reading, said) >= judge.SAME_INTERVAL for reading in told.readings)


def _dead(event: Event) -> Figure | tuple[()]:
    figure = (event.killed_low, event.killed_high)
    return () if figure == (None, None) else figure


def _pin(event: Event) -> bool:
    """Say whether an event stands on the map as a pin: what is told of a whole country is only listed."""
    return event.place is not None and event.place.precision != "country" and event.status in SHOWN


def _closest(told: Told, left: Sequence[Event]) -> tuple[str, Event | None]:
    """Give the event that comes closest, with what is wrong: at the place, or wrong in nothing but the place."""
    failed = [([step for step, held in _tests(told, event) if not held], event) for event in left]
    near = [(steps, event) for steps, event in failed if steps == ["place"] or "place" not in steps]
    steps, event = min(near, key=lambda one: len(one[0]), default=(["trigger or tie"], None))
    return "+".join(steps), event


def _reason(item: KindsItem, event: Event) -> str:
    """Name what made a false pin: an event told twice, another at a place that has one, or a place tied to nothing."""
    place = event.place
    at = [one for one in item.told if place is not None and one.event.place.holds(place.lon, place.lat)]
    if not at:
        return "pin elsewhere"
    return "restatement" if any(event.type in one.event.types for one in at) else "second event"


def _asked(told: Told) -> str:
    asked = told.event
    days = " or ".join(f"{first}..{last}" for first, last in told.readings)
    dead = "" if told.killed is None else f" killed {told.killed or 'not said'}"
    return f"{'/'.join(asked.types)} at {asked.place.name} {days}{dead}"
