"""Scores of events: what of the annotated events was found, and which pins stand where nothing happened.

An annotated event that was reported or claimed is asked for, unless it is optional; those that are optional or planned
are neither asked for nor held against the reader, where they come from the same sentence. A pin at an event that the
text denies or only imagines is a phantom, unless it says so itself. Events are matched one to one, greedily.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from geo.model import Event
from geo.training.gold import GoldDocument, GoldEvent
from geo.training.scorecard import F1, Counted, Share
from geo.training.scores import distance_km

FIGURES: dict[str, Share | F1] = {
    "place F1": F1("right 1", "said 1", "asked"),
    "place, date F1": F1("right 2", "said 2", "asked"),
    "place, date, type F1": F1("right 3", "said 3", "asked"),
    "status of matched events": Share("status", "right 2"),
    "false pins": Share("false", "pins"),
    "false pins, strict": Share("false strict", "pins"),
    "phantom pins": Share("phantom", "pins"),
    "bystander pins": Share("bystander", "pins"),
    "without a fault": Share("faultless", "documents"),
    "pins where there is nothing": Share("disturbed", "quiet"),
}
_SOFT = ("planned", "hypothetical", "denied")
# A pin so near to a place that the text names means that place.
_AT_KM = 12.0
# An interval may be twice as long as asked, or this many days longer, whichever is more.
_LONGER = 7
_LEVELS = (1, 2, 3)


def count(document: GoldDocument, found: Sequence[Event]) -> Counted:
    """Compare the events found in an article with those annotated."""
    gold = document.events or ()
    counts: Counter[str] = Counter(asked=sum(map(_asked, gold)))
    matched: list[tuple[int, int]] = []
    ignored: set[int] = set()
    for level in _LEVELS:
        matched, ignored = _match(found, gold, level)
        counts[f"right {level}"] += len(matched)
        counts[f"said {level}"] += len(found) - len(ignored)
        if level == 2:
            counts["status"] += sum(found[i].status in gold[j].statuses for i, j in matched)
    errors = [_missed(gold[j], found) for j in _unmatched(gold, {j for _, j in matched})]
    met = {i for i, _ in matched} | ignored
    for i, event in enumerate(found):
        if event.place is not None:
            fault = _count_pin(document, event, counts)
            if fault or i not in met:
                errors.append((fault or "not asked for", _words(event)))
    quiet = not any(map(_asked, gold))
    placed = any(event.place is not None and event.status not in _SOFT for event in found)
    statuses = counts["status"] == counts["right 2"]
    counts.update(documents=1, faultless=not errors and statuses, quiet=quiet, disturbed=quiet and placed)
    return Counted(counts, tuple(errors))


def own(document: GoldDocument, found: Sequence[Event]) -> Event | None:
    """Give the event that a short report is about: of those on its days the one at its place, of its type, or any."""
    (asked,) = document.events or ()

    def closeness(event: Event) -> tuple[bool, bool, bool]:
        return _place_right(event, asked), _type_right(event, asked), event.status not in _SOFT

    return max((event for event in found if _date_right(event, asked)), key=closeness, default=None)


def _unmatched(gold: Sequence[GoldEvent], met: set[int]) -> Iterable[int]:
    return (j for j, event in enumerate(gold) if _asked(event) and j not in met)


def _missed(event: GoldEvent, found: Sequence[Event]) -> tuple[str, str]:
    """Say what is wrong with what was read out of an event's sentence."""
    near = [other for other in found if _same_sentence(other, event)]
    here = [other for other in near if _place_right(other, event)]
    kind = "missed"
    if dated := [other for other in here if _date_right(other, event)]:
        kind = "met by one event with another" if any(_type_right(other, event) for other in dated) else "wrong type"
    elif here:
        kind = "wrong date"
    elif near:
        kind = "wrong place"
    days = " to ".join(dict.fromkeys(map(str, event.dates))) if event.dates else "any day"
    return kind, f"{event.types[0]} {event.places[0].name} {days}"


def _words(event: Event) -> str:
    return f"{event.trigger} ({event.type}) {event.place_text} {event.date_start or 'no date'}"


def _count_pin(document: GoldDocument, event: Event, counts: Counter[str]) -> str:
    """Count a pin; give the class of its fault, if any."""
    gold = document.events or ()
    real = [other for other in gold if not _trap(other)]
    soft = event.status in _SOFT
    right = any(_place_right(event, other) for other in real)
    right |= soft and any(_place_right(event, other) for other in gold)
    places = [place for other in real for place in other.places]
    strict = any(_km(event, place.lon, place.lat) <= place.tight for place in places) or (soft and right)
    phantom = _phantom(event, gold)
    at_event = any(_km(event, place.lon, place.lat) <= _AT_KM for place in places)
    bystander = not soft and not at_event and any(
        _km(event, lon, lat) <= _AT_KM
        for name, lon, lat in document.mentions
        if not any(name == p.name or distance_km((lon, lat), (p.lon, p.lat)) <= _AT_KM for p in places)
    )  # fmt: skip
    counts["pins"] += 1
    counts["phantom"] += phantom
    counts["false"] += not right
    counts["false strict"] += not strict
    counts["bystander"] += bystander
    return "phantom pin" if phantom else "false pin" if not right else "bystander pin" if bystander else ""


def _match(found: Sequence[Event], gold: Sequence[GoldEvent], level: int) -> tuple[list[tuple[int, int]], set[int]]:
    """Give the pairs (found, asked) at a level, and which of the found are neither right nor wrong."""
    rest = [i for i, event in enumerate(found) if not _phantom(event, gold)]
    pairs = _greedy(found, gold, rest, lambda _, other: _asked(other), level)
    used = {i for i, _ in pairs}
    left = [i for i in rest if i not in used]
    spare = _greedy(
        found, gold, left, lambda event, other: _free(other) and _same_sentence(event, other), min(level, 2)
    )
    ignored = {i for i, _ in spare}
    for i, event in enumerate(found):
        if i not in used and event.status in _SOFT:
            told = (other for other in gold if _trap(other) or other.status == "planned")
            if any(_place_right(event, other) for other in told):
                ignored.add(i)
    return pairs, ignored


def _greedy(
    found: Sequence[Event],
    gold: Sequence[GoldEvent],
    among: Sequence[int],
    wanted: Callable[[Event, GoldEvent], bool],
    level: int,
) -> list[tuple[int, int]]:
    pairs = []
    for i in among:
        for j, other in enumerate(gold):
            event = found[i]
            if not wanted(event, other) or not _right(event, other, level):
                continue
            merits = (_date_right(event, other), _type_right(event, other), _same_sentence(event, other))
            near = min(_km(event, place.lon, place.lat) for place in other.places)
            pairs.append((tuple(not merit for merit in merits), near, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, _, i, j in sorted(pairs):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            out.append((i, j))
    return out


def _right(event: Event, other: GoldEvent, level: int) -> bool:
    if not _place_right(event, other) or (level > 1 and not _date_right(event, other)):
        return False
    return level < _LEVELS[-1] or _type_right(event, other)


def _place_right(event: Event, other: GoldEvent) -> bool:
    if event.place is None:
        return any(place.or_none for place in other.places)
    return any(_km(event, place.lon, place.lat) <= place.radius for place in other.places)


def _date_right(event: Event, other: GoldEvent) -> bool:
    if other.dates is None:
        return True
    if event.date_start is None or event.date_end is None:
        return False
    first, last = other.dates
    if event.date_end < first or event.date_start > last:
        return False
    said, asked = (event.date_end - event.date_start).days + 1, (last - first).days + 1
    return said <= max(2 * asked, asked + _LONGER)


def _type_right(event: Event, other: GoldEvent) -> bool:
    return event.type in other.types


def _same_sentence(event: Event, other: GoldEvent) -> bool:
    """Tell whether more than half of the shorter sentence lies in the other."""
    start, end = other.sentence
    shared = min(event.sentence_end, end) - max(event.sentence_start, start)
    return shared > 0.5 * max(1, min(event.sentence_end - event.sentence_start, end - start))


def _asked(event: GoldEvent) -> bool:
    return event.status in ("reported", "claimed") and not event.optional


def _free(event: GoldEvent) -> bool:
    return event.status == "planned" or (event.status in ("reported", "claimed") and event.optional)


def _trap(event: GoldEvent) -> bool:
    return event.status in ("hypothetical", "denied")


def _phantom(event: Event, gold: Sequence[GoldEvent]) -> bool:
    if event.place is None or event.status in _SOFT:
        return False
    here = [other for other in gold if _place_right(event, other) and _same_sentence(event, other)]
    return bool(here) and all(map(_trap, here))


def _km(event: Event, lon: float, lat: float) -> float:
    if event.place is None:
        return float("inf")
    return distance_km((event.place.lon, event.place.lat), (lon, lat))
