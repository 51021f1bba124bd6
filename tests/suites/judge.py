"""Whether what was read out of a passage is what its item asks for. Pure: no file, no model is touched.

Each function gives the faults it sees, in words; an item without faults is fully right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from geo.model import Event, Mention, Published, TimeSpan
from tests.suites.items import (
    EventsItem,
    ExpectedEvent,
    ExpectedMention,
    Interval,
    PlacesItem,
    PublicationItem,
    ReportsGroup,
    TimesItem,
)

# an interval counts as right from this intersection over union (in days) on
SAME_INTERVAL = 0.6
# an event's interval may be twice as long as asked, or this many days longer, whichever is more
DAYS_LONGER = 7
# how far off a bound inferred from what an article mentions may be
YEAR = timedelta(days=366)


def places_faults(item: PlacesItem, found: Sequence[Mention]) -> tuple[str, ...]:
    """Compare the mentions of a passage with those found in it.

    A longer name around a span that is no place ("Warsaw Street") is held against a reader only where it was placed,
    not where it was laid in the town that it stands in.
    """
    faults = [fault for asked in item.mentions if (fault := _mention_fault(asked, found))]
    for start, end in item.not_places:
        for mention in found:
            if not _shared(start, end, mention.start, mention.end) or mention.usage not in ("literal", "metonym"):
                continue
            if (mention.place is not None and not mention.lifted) or (start <= mention.start and mention.end <= end):
                faults.append(f"{item.text[start:end]!r} is no place, found as {mention.usage} {mention.text!r}")
    return tuple(faults)


def _mention_fault(asked: ExpectedMention, found: Sequence[Mention]) -> str | None:
    near = [mention for mention in found if _shared(asked.start, asked.end, mention.start, mention.end)]
    if not near:
        return f"{asked.text!r} not found"
    if any(mention.usage == asked.usage and _place_right(asked, mention) for mention in near):
        return None
    said = "; ".join(
        f"{mention.usage} {mention.text!r} at "
        + (f"{mention.place.name} {mention.place.lon:.2f},{mention.place.lat:.2f}" if mention.place else "no place")
        for mention in near
    )
    want = f"{asked.place.name} {asked.place.lon},{asked.place.lat}" if asked.place else "no place"
    return f"{asked.text!r}: want {asked.usage} at {want if asked.placed else 'any place'}, got {said}"


def _place_right(asked: ExpectedMention, mention: Mention) -> bool:
    own = mention.place is not None and not mention.lifted
    if not asked.placed:
        return not (asked.lifted and own)
    if asked.place is None or (asked.place.or_none and not own):
        return not own
    if mention.place is None or (asked.lifted and own):
        return False
    return asked.place.holds(mention.place.lon, mention.place.lat)


@dataclass(frozen=True, slots=True)
class EventsVerdict:
    """What is wrong with the events read out of a passage; `false_pins` are pins that nothing asks for."""

    missed: tuple[str, ...] = field(default=())
    false_pins: tuple[str, ...] = field(default=())

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that is wrong."""
        return self.missed + self.false_pins


def judge_events(item: EventsItem, found: Sequence[Event]) -> EventsVerdict:
    """Match the asked events one to one with those found; what is left over and on the map is a false pin."""
    pairs = matching([[event_right(asked, event) for event in found] for asked in item.events])
    missed = tuple(
        f"missed {'/'.join(asked.types)} at {asked.place.name} {_days(asked.dates)} {'/'.join(asked.statuses)}"
        for index, asked in enumerate(item.events)
        if index not in pairs
    )
    left = [event for index, event in enumerate(found) if index not in pairs.values()]
    pins = [event for event in left if event.place is not None and event.status in ("reported", "claimed")]
    false_pins = tuple(f"false pin: {describe(event)}" for event in pins if not allowed(item.allowed, event))
    return EventsVerdict(missed, false_pins)


@dataclass(frozen=True, slots=True)
class EventCounts:
    """Events of articles, counted at rising demands: place; and days; and type; and status.

    `right` holds the matched ones at each level. `asked` counts the events to find, `pins` the reported and claimed
    ones on the map that are asked for or to blame (an allowed one is neither).
    """

    asked: int
    pins: int
    right: tuple[int, int, int, int]

    def __add__(self, other: EventCounts) -> EventCounts:
        right = tuple(a + b for a, b in zip(self.right, other.right, strict=True))
        return EventCounts(self.asked + other.asked, self.pins + other.pins, (right[0], right[1], right[2], right[3]))


LEVELS = ("place", "+ days", "+ type", "+ status")


def count_events(item: EventsItem, found: Sequence[Event]) -> EventCounts:
    """Match the asked events of an article one to one with those found, at each of the `LEVELS`.

    A pin that matches nothing at the level of place and is not allowed counts against the precision of every level.
    """
    asked = [event for event in item.events if event.statuses[0] in ("reported", "claimed")]
    placed = [event for event in found if event.place is not None and event.status in ("reported", "claimed")]
    at_level = [matching([[_level(one, event) > level for event in placed] for one in asked]) for level in range(4)]
    matched = set(at_level[0].values()) | set(at_level[3].values())
    blamed = [e for i, e in enumerate(placed) if i not in matched and not allowed(item.allowed, e)]
    right = tuple(len(pairs) for pairs in at_level)
    return EventCounts(len(asked), len(at_level[0]) + len(blamed), (right[0], right[1], right[2], right[3]))


def _level(asked: ExpectedEvent, event: Event) -> int:
    """Give how many of place, days, type and status are right, in this order, up to the first that is not."""
    tests = (
        event.place is not None and asked.place.holds(event.place.lon, event.place.lat),
        asked.dates is None or _dates_right(asked.dates, (event.date_start, event.date_end)),
        event.type in asked.types,
        event.status in asked.statuses,
    )
    return next((level for level, held in enumerate(tests) if not held), len(tests))


def event_right(asked: ExpectedEvent, event: Event) -> bool:
    """Say whether type, place, dates and status are all as asked."""
    return (
        event.type in asked.types
        and event.status in asked.statuses
        and (asked.place.holds(event.place.lon, event.place.lat) if event.place else asked.place.or_none)
        and (asked.dates is None or _dates_right(asked.dates, (event.date_start, event.date_end)))
    )


def describe(event: Event) -> str:
    """Give an event in one line."""
    place = event.place
    where = f"{place.name} {place.lon:.2f},{place.lat:.2f}" if place else "no place"
    when = f"{event.date_start}..{event.date_end}"
    return f"{event.type} at {where} {when} {event.status} ({event.trigger!r}, {event.date_basis})"


def _dates_right(asked: Interval, said: tuple[date | None, date | None]) -> bool:
    start, end = said
    if start is None or end is None or start > asked[1] or end < asked[0]:
        return False
    wanted = (asked[1] - asked[0]).days + 1
    return (end - start).days + 1 <= max(2 * wanted, wanted + DAYS_LONGER)


def allowed(others: Iterable[ExpectedEvent], event: Event) -> bool:
    """Say whether a pin that nothing asks for is one of those that are not held against a reader."""
    place = event.place
    return place is not None and any(
        event.type in other.types
        and other.place.holds(place.lon, place.lat)
        and (other.dates is None or _dates_right(other.dates, (event.date_start, event.date_end)))
        for other in others
    )


def matching(fits: Sequence[Sequence[bool]]) -> dict[int, int]:
    """Pair as many rows as possible with a column each that fits (augmenting paths); gives row -> column."""
    taken: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in tried:
                tried.add(column)
                if column not in taken or place(taken[column], tried):
                    taken[column] = row
                    return True
        return False

    for row in range(len(fits)):
        place(row, set())
    return {row: column for column, row in taken.items()}


def times_faults(item: TimesItem, found: Sequence[TimeSpan]) -> tuple[str, ...]:
    """Compare the interval of an expression with what the tagger says of the span that covers most of it."""
    near = [span for span in found if _shared(item.start, item.end, span.start, span.end)]
    dated = [span for span in near if span.date_start is not None]
    text = item.text[item.start : item.end]
    if not item.readings:
        return tuple(f"{text!r} dates nothing, got {_said(span)}" for span in dated)
    if not near:
        return (f"{text!r} not found",)
    best = max(near, key=lambda span: _shared(item.start, item.end, span.start, span.end))
    if best.date_start and best.date_end:
        said = (best.date_start, best.date_end)
        if any(intersection_over_union(reading, said) >= SAME_INTERVAL for reading in item.readings):
            return ()
    return (f"{text!r}: want {_days(item.readings[0])}, got {_said(best)}",)


def publication_faults(item: PublicationItem, said: Published | None) -> tuple[str, ...]:
    """Compare the day (or interval) of publication and its basis.

    What is read off the article must touch the asked interval and not exceed it; an inferred bound may lie up to a
    year off, but an open side must be open.
    """
    basis = said.basis if said else "unknown"
    start, end = (said.start, said.end) if said else (None, None)
    faults = []
    if basis not in item.bases:
        faults.append(f"basis: want {'/'.join(item.bases)}, got {basis}")
    slack = YEAR if basis == "inferred" else timedelta()
    inside = _bound_right(item.start, start, slack) and _bound_right(item.end, end, slack)
    if basis in ("supplied", "explicit") and start and end and item.start and item.end:
        inside = item.start <= start <= end <= item.end
    if not inside:
        faults.append(f"interval: want {item.start}..{item.end}, got {start}..{end}")
    return tuple(faults)


def _bound_right(asked: date | None, said: date | None, slack: timedelta) -> bool:
    if asked is None or said is None:
        return asked is said
    return abs(asked - said) <= slack


def intersection_over_union(one: Interval, other: Interval) -> float:
    """Give the shared days over all days of two closed intervals."""
    both = (min(one[1], other[1]) - max(one[0], other[0])).days + 1
    either = (max(one[1], other[1]) - min(one[0], other[0])).days + 1
    return max(0, both) / either


def own_event(asked: ExpectedEvent, found: Sequence[Event]) -> Event | None:
    """Give the event that a report is about: of those on its days the one at its place, of its type, or else any."""

    def closeness(event: Event) -> tuple[bool, bool, bool]:
        near = event.place is not None and asked.place.holds(event.place.lon, event.place.lat)
        return near, event.type in asked.types, event.status in ("reported", "claimed")

    dated = [
        event for event in found if asked.dates is None or _dates_right(asked.dates, (event.date_start, event.date_end))
    ]
    return max(dated, key=closeness, default=None)


@dataclass(frozen=True, slots=True)
class PairScore:
    """Pairs of reports: rightly joined, all joined, all that belong together."""

    right: int
    joined: int
    together: int

    @property
    def precision(self) -> float:
        """Share of the joined pairs that belong together."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were joined."""
        return self.right / self.together if self.together else 1.0


def pair_score(groups: Iterable[ReportsGroup], incident_of: Mapping[str, str | None]) -> PairScore:
    """Score the joining of reports by pairs, over all groups at once: reports of two groups never belong together.

    `incident_of` gives for a report's id the incident that its event was put in; None where the event was not found.
    """
    same = frozenset[frozenset[str]]().union(*(group.same for group in groups))
    members = defaultdict(list)
    for report, incident in sorted(incident_of.items()):
        if incident is not None:
            members[incident].append(report)
    joined = {frozenset(pair) for reports in members.values() for pair in combinations(reports, 2)}
    return PairScore(len(joined & same), len(joined), len(same))


def _shared(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, min(end, other_end) - max(start, other_start))


def _days(dates: Interval | None) -> str:
    return f"{dates[0]}..{dates[1]}" if dates else "any date"


def _said(span: TimeSpan) -> str:
    return f"{span.text!r} {span.date_start}..{span.date_end}"
