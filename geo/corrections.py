"""Corrections made by hand: kept apart from what was read automatically, and laid over it whenever it is shown.

A correction belongs to a trigger and a place name at their place in an article's text, which stay the same when rules
improve; so it outlives reading the article anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from geo.model import (
    DATE_PRECISIONS,
    EVENT_TYPES,
    DatePrecision,
    Event,
    EventType,
    PlaceRef,
)

Action = Literal["place", "date", "type", "reject", "note", "same_event", "other_event"]
ACTIONS: tuple[Action, ...] = get_args(Action)
REJECTED = "rejected by hand"

# What each action is called where a corrected event is marked; a rejected one is not shown, a note speaks for itself.
_WORDS = {"place": "place", "date": "date", "type": "type", "same_event": "same event", "other_event": "other event"}
# The longest interval, in days, that still is a day, a week ... (`DATE_PRECISIONS` in their order).
_LONGEST = dict(zip(("day", "week", "month", "season", "year"), (1, 7, 31, 92, 366), strict=True))
LONGEST_NOTE = 4000
_LONGEST_NAME = 200


class Key(NamedTuple):
    """Where an event stands: its article's digest, its trigger's span, and what the article calls the place."""

    article: str
    trigger_start: int
    trigger_end: int
    place_text: str

    @classmethod
    def of(cls, article: str, event: Event) -> Key:
        """Give the key of an event of the article with this digest."""
        return cls(article, event.trigger_start, event.trigger_end, event.place_text)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that someone changed about one event.

    Attributes
    ----------
    key
        Which event.
    action
        ``place``: it happened at `place`. ``date``: in the closed interval `date_start` to `date_end` (both None: on no
        known day). ``type``: it was of `type`. ``reject``: it is no event to be shown. ``note``: `note` is to be read
        with it (empty: none any more). ``same_event``: it is the event `other`. ``other_event``: it is not the one that
        its other reports tell of.
    by
        Who changed it; empty where nobody said.
    made
        When, in ISO 8601 (UTC); empty where unknown.

    Raises
    ------
    ValueError
        If the action lacks what it needs.
    """

    key: Key
    action: Action
    place: PlaceRef | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: DatePrecision | None = None
    type: EventType | None = None
    note: str = ""
    other: Key | None = None
    by: str = ""
    made: str = ""

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"action must be one of {', '.join(ACTIONS)}; got {self.action!r}")
        if not 0 <= self.key.trigger_start < self.key.trigger_end:
            found = f"{self.key.trigger_start} to {self.key.trigger_end}"
            raise ValueError(f"trigger_start must be before trigger_end, both from 0 up; got {found}")
        if self.action == "place" and self.place is None:
            raise ValueError("a corrected place needs the place")
        if self.action == "type" and self.type not in EVENT_TYPES:
            raise ValueError(f"type must be one of {', '.join(EVENT_TYPES)}; got {self.type!r}")
        if self.action == "same_event" and (self.other is None or self.other == self.key):
            raise ValueError("joining two reports needs another event")
        if len(self.note) > LONGEST_NOTE:
            raise ValueError(f"a note may have {LONGEST_NOTE:,} characters; this one has {len(self.note):,}")
        if len(self.by) > _LONGEST_NAME:
            raise ValueError(f"a name may have {_LONGEST_NAME} characters; this one has {len(self.by):,}")
        if self.action == "date":
            self._check_dates()

    def _check_dates(self) -> None:
        start, end = self.date_start, self.date_end
        if (start is None) != (end is None):
            raise ValueError("date_start and date_end must both be given or both be empty")
        if start and end and start > end:
            raise ValueError(f"date_start {start} is after date_end {end}")
        if start and end and self.date_precision is None:
            object.__setattr__(self, "date_precision", precision(start, end))
        if self.date_precision is not None and self.date_precision not in DATE_PRECISIONS:
            allowed = ", ".join(DATE_PRECISIONS)
            raise ValueError(f"date_precision must be one of {allowed}; got {self.date_precision!r}")

    @property
    def content(self) -> Correction:
        """What it changes, whoever made it and when: equal for equal changes."""
        return replace(self, by="", made="")


def precision(start: date, end: date) -> DatePrecision:
    """Give the precision of a closed interval of days by its length.

    Examples
    --------
    >>> precision(date(2015, 1, 1), date(2015, 1, 31))
    'month'
    """
    days = (end - start).days + 1
    fitting = (name for name in DATE_PRECISIONS if days <= _LONGEST.get(name, days))
    return next(fitting)


def point(lon: float, lat: float, *, name: str = "", country_code: str | None = None) -> PlaceRef:
    """Give a place that is in no gazetteer: a point of the map that was clicked, in WGS84 degrees.

    Raises
    ------
    ValueError
        If it lies outside the world.
    """
    # Five decimals of a degree are a metre.
    lon, lat = round(lon, 5) + 0.0, round(lat, 5) + 0.0
    return PlaceRef(
        id=f"p:{lat:.5f}:{lon:.5f}",
        name=name.strip() or f"{abs(lat):.3f}°{'N' if lat >= 0 else 'S'} {abs(lon):.3f}°{'E' if lon >= 0 else 'W'}",
        kind="facility",
        lon=lon,
        lat=lat,
        country_code=country_code,
        precision="point",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction that counts, as it stands in a store.

    Attributes
    ----------
    event
        The id of the event that it is laid over; None where no event stands there any more.
    trigger, article_id, title
        The trigger's words and the article's id and title as they were when it was made, for people to read.
    """

    correction: Correction
    event: str | None
    trigger: str = ""
    article_id: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """What all corrections of one event come to; the last of each action counts, of joining and parting the last."""

    corrections: tuple[Correction, ...]

    @classmethod
    def summed(cls, corrections: Iterable[Correction]) -> Amended:
        """Sum up the corrections of one event, given in the order in which they were made."""
        last = {correction.action.replace("other_event", "same_event"): correction for correction in corrections}
        return cls(tuple(last[action] for action in ACTIONS if action in last))

    @property
    def rejected(self) -> bool:
        """Whether the event is not to be shown."""
        return self._of("reject") is not None

    @property
    def note(self) -> str | None:
        """What is to be read with the event."""
        found = self._of("note")
        return (found.note or None) if found else None

    @property
    def words(self) -> str | None:
        """Say what was corrected and by whom: ``place, date - by Ann``; None where nothing was."""
        shown = [correction for correction in self.corrections if correction.action in _WORDS]
        if not shown:
            return None
        names = dict.fromkeys(correction.by for correction in shown if correction.by)
        return ", ".join(_WORDS[correction.action] for correction in shown) + (
            f" - by {' and '.join(names)}" if names else ""
        )

    def columns(self) -> dict[str, Any]:
        """Give the columns of an event that change, with their values; days are dates."""
        out: dict[str, Any] = {}
        if (of := self._of("place")) and (place := of.place):
            out |= {"place": place.name, "place_id": place.id, "place_kind": place.kind}
            out |= {"place_precision": place.precision, "country_code": place.country_code, "admin1": place.admin1}
            out |= {"lat": place.lat, "lon": place.lon}
        if of := self._of("date"):
            out |= {"date_start": of.date_start, "date_end": of.date_end, "date_precision": of.date_precision}
            out |= {"date_basis": "explicit" if of.date_start else None, "date_text": None}
        if of := self._of("type"):
            # A sub-type belongs to its type.
            out |= {"type": of.type, "sub_type": None}
        return out

    def reasons(self) -> tuple[str, ...]:
        """Give a reason in words for each thing that was set by hand."""
        return tuple(
            f"{_WORDS[correction.action]} set by hand" + (f" by {correction.by}" if correction.by else "")
            for correction in self.corrections
            if correction.action in ("place", "date", "type")
        )

    def apply(self, event: Event) -> Event:
        """Give the event as corrected, under its own id."""
        values = self.columns()
        of = self._of("place")
        place = of.place if of else event.place
        changed = {name: value for name, value in values.items() if name in _NOT_OF_PLACE}
        return replace(event, **changed, place=place, reasons=(*event.reasons, *self.reasons()))

    def _of(self, action: Action) -> Correction | None:
        return next((correction for correction in self.corrections if correction.action == action), None)


_NOT_OF_PLACE = frozenset({"date_start", "date_end", "date_precision", "date_basis", "date_text", "type", "sub_type"})
