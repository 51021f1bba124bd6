"""Events as a careful reader of the map counts them: every shown pin, and every event that should be there.

An event tells an annotated one only where it is shown, comes from its sentence (or from that of an optional restatement
at the same place and days), stands within reach of its place, on its days, and has one of its types. Every other shown
pin is wrong, mistyped or a repeat. The measure that counts: a neighbour's pin pays for nothing here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.model import Event
from geo.training.gold import GoldDocument, GoldEvent, Interval
from geo.training.scorecard import Counted, Figure, Share
from geo.training.scores import distance_km

SHOWN = ("reported", "claimed")
# Two pins of one type and day so near are one, in km.
_SAME_KM = 12.0
_LONGER = 7
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class StrictF:
    """The harmonic mean of the share told and the share of pins that are not wrong."""

    told: Share
    wrong: Share

    def of(self, counts: Mapping[str, int]) -> float:
        """Give F; 0 where nothing is told."""
        told, right = self.told.of(counts), 1 - self.wrong.of(counts)
        return 2 * told * right / (told + right) if told else 0.0

    def basis(self, counts: Mapping[str, int]) -> str:
        """Give what it is made of."""
        return f"told {self.told.of(counts):.3f}, wrong {self.wrong.of(counts):.3f}"


FIGURES: dict[str, Figure] = {
    "F, strict": StrictF(Share("told", "required"), Share("wrong", "pins")),
    "told": Share("told", "required"),
    "told but for the type": Share("dated", "required"),
    "told but for type and date": Share("placed", "required"),
    "wrong pins": Share("wrong", "pins"),
    "mistyped pins": Share("mistyped", "pins"),
    "repeated pins": Share("repeats", "pins"),
    "told again": Share("again", "pins"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a shown event is worth.

    Attributes
    ----------
    fits, typed : bool
        Whether place and days fit, and the type too.
    repeats : bool
        Whether an earlier pin of its type stands there on its days, or it tells again what another tells.
    again : bool
        Whether it repeats and tells no event of its own that must be mapped. Two attacks on one town and day are two
        pins, and none of them is told again.
    """

    fits: bool
    typed: bool
    repeats: bool
    again: bool

    @property
    def right(self) -> bool:
        """Whether place, days and type fit: what the confidence of an event promises."""
        return self.fits and self.typed


def count(document: GoldDocument, found: Sequence[Event]) -> Counted:
    """Compare the events found in an article with those annotated."""
    gold = document.events or ()
    required = asked_for(gold)
    placed = [event for event in found if event.status in SHOWN and event.place is not None]
    told = pair(placed, required, lambda one, asked: tells(one, asked, gold))
    dated = pair(placed, required, lambda one, asked: _dated(one, asked, gold))
    there = pair(placed, required, lambda one, asked: told_in(one, asked, gold) and place_right(one, asked))
    pins = pinned(placed)
    judged = verdicts(document, pins)
    counts = Counter(
        required=len(required),
        told=len(told),
        dated=len(dated),
        placed=len(there),
        pins=len(pins),
        wrong=sum(not one.fits for one in judged),
        mistyped=sum(one.fits and not one.typed for one in judged),
        repeats=sum(one.fits and one.typed and one.repeats for one in judged),
        again=sum(one.fits and one.typed and one.again for one in judged),
    )
    return Counted(counts)


def verdicts(document: GoldDocument, pins: Sequence[Event]) -> list[Verdict]:
    """Judge each shown pin, in order; one that tells again what an earlier one told is a repeat."""
    gold = document.events or ()
    real = [event for event in gold if event.status in SHOWN]
    order = sorted(
        (event for event in gold if event.status not in ("hypothetical", "denied")),
        key=lambda event: (event.optional, event.status not in SHOWN),
    )
    taken = pair(pins, order, lambda one, asked: asked.status in SHOWN and _own(one, asked))
    told = pair(pins, asked_for(gold), lambda one, asked: tells(one, asked, gold))
    seen: list[Event] = []
    found = []
    for at, pin in enumerate(pins):
        fitting = [event for event in real if _own(pin, event)]
        fitting = fitting or [event for event in real if _dated(pin, event, gold)]
        typed = any(pin.type in event.types for event in fitting)
        repeats = any(_one(pin, other) for other in seen) or at not in taken
        found.append(Verdict(bool(fitting), typed, repeats, repeats and at not in told))
        if fitting:
            seen.append(pin)
    return found


def asked_for(gold: Sequence[GoldEvent]) -> list[GoldEvent]:
    """Give the annotated events that must be told."""
    return [event for event in gold if event.status in SHOWN and not event.optional]


def pinned(found: Sequence[Event]) -> list[Event]:
    """Give the events that are a pin: told as done, at a place that is no country."""
    return [one for one in found if one.status in SHOWN and one.place is not None and one.place.precision != "country"]


def tells(event: Event, asked: GoldEvent, gold: Sequence[GoldEvent]) -> bool:
    """Say whether an event tells an annotated one in full: its sentence, place, days and type."""
    return _dated(event, asked, gold) and event.type in asked.types


def place_right(event: Event, asked: GoldEvent) -> bool:
    """Say whether an event stands within reach of an annotated one."""
    place = event.place
    return place is not None and any(
        distance_km((place.lon, place.lat), (other.lon, other.lat)) <= other.reach for other in asked.places
    )


def date_right(event: Event, asked: GoldEvent) -> bool:
    """Say whether its days overlap the annotated ones and are at most twice as long, or seven days longer."""
    if asked.dates is None:
        return True
    if event.date_start is None or event.date_end is None:
        return False
    if event.date_start > asked.dates[1] or event.date_end < asked.dates[0]:
        return False
    own, other = (event.date_end - event.date_start).days + 1, (asked.dates[1] - asked.dates[0]).days + 1
    return own <= max(2 * other, other + _LONGER)


def told_in(event: Event, asked: GoldEvent, gold: Sequence[GoldEvent]) -> bool:
    """Say whether an event comes from an annotated one's sentence, or from that of an optional restatement of it."""
    if overlap(_sentence(event), asked.sentence) > _HALF:
        return True
    return any(
        other.optional
        and overlap(_sentence(event), other.sentence) > _HALF
        and _touch(other.dates, asked.dates)
        and any(
            distance_km((a.lon, a.lat), (b.lon, b.lat)) <= max(a.reach, b.reach)
            for a in other.places
            for b in asked.places
        )
        for other in gold
    )


def pair(found: Sequence[Event], gold: Sequence[GoldEvent], fits: Callable[[Event, GoldEvent], bool]) -> dict[int, int]:
    """Match one to one, those of the same sentence and the nearest first.

    Returns
    -------
    dict of int to int
        Positions of found events to those of annotated ones.
    """
    links = sorted(
        (-overlap(_sentence(one), asked.sentence), _nearest(one, asked), i, j)
        for i, one in enumerate(found)
        for j, asked in enumerate(gold)
        if fits(one, asked)
    )
    left: dict[int, int] = {}
    right: set[int] = set()
    for _, _, i, j in links:
        if i not in left and j not in right:
            left[i] = j
            right.add(j)
    return left


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give how much of the shorter of two spans the other covers."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(1, min(one[1] - one[0], other[1] - other[0]))


def _sentence(event: Event) -> tuple[int, int]:
    return event.sentence_start, event.sentence_end


def _own(event: Event, asked: GoldEvent) -> bool:
    inside = overlap(_sentence(event), asked.sentence) > _HALF
    return inside and place_right(event, asked) and date_right(event, asked)


def _dated(event: Event, asked: GoldEvent, gold: Sequence[GoldEvent]) -> bool:
    return place_right(event, asked) and date_right(event, asked) and told_in(event, asked, gold)


def _touch(one: Interval | None, other: Interval | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def _days(event: Event) -> Interval | None:
    return (event.date_start, event.date_end) if event.date_start and event.date_end else None


def _one(one: Event, other: Event) -> bool:
    a, b = one.place, other.place
    if a is None or b is None or one.type != other.type or not _touch(_days(one), _days(other)):
        return False
    return distance_km((a.lon, a.lat), (b.lon, b.lat)) <= _SAME_KM


def _nearest(event: Event, asked: GoldEvent) -> float:
    place = event.place
    if place is None:
        return float("inf")
    return min(distance_km((place.lon, place.lat), (other.lon, other.lat)) for other in asked.places)
