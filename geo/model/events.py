"""Reported events, and what was not plotted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import checks
from geo.model.kinds import (
    ACTOR_KINDS,
    EVENT_TYPES,
    STATUSES,
    TIERS,
    ActorKind,
    DateBasis,
    DatePrecision,
    EventType,
    Status,
    Tier,
)
from geo.model.places import PlaceRef


@dataclass(frozen=True, slots=True)
class Event:
    """Something reported to have happened at a place in a time span.

    `place` is None for a trigger whose place did not resolve (the event is listed, not mapped); `place_text` is
    what the article calls it. Dates are closed intervals; both None means no usable date.
    Offsets are into the article's text.

    `actor` did it and `target` had it done to it, in the article's words, each with its kind. Casualties are what the
    article says, added only within one list: "12" is 12 to 12, "at least 12" is 12 to None; `casualties_text` are the
    words.
    """

    id: str
    type: EventType
    sub_type: str | None
    status: Status
    speaker: str | None
    tier: Tier
    confidence: float
    reasons: tuple[str, ...]
    place: PlaceRef | None
    place_text: str
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision | None
    date_basis: DateBasis | None
    date_text: str | None
    trigger: str
    trigger_start: int
    trigger_end: int
    sentence_start: int
    sentence_end: int
    actor: str | None = None
    actor_kind: ActorKind | None = None
    target: str | None = None
    target_kind: ActorKind | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    wounded_low: int | None = None
    wounded_high: int | None = None
    casualties_text: str | None = None

    def __post_init__(self) -> None:
        checks.one_of("type", self.type, EVENT_TYPES)
        checks.one_of("status", self.status, STATUSES)
        checks.one_of("tier", self.tier, TIERS)
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in 0..1; got {self.confidence}")
        if (self.date_start is None) != (self.date_end is None):
            raise ValueError("date_start and date_end must both be given or both be None")
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise ValueError(f"date_start {self.date_start} is after date_end {self.date_end}")
        checks.span(self.trigger_start, self.trigger_end)
        checks.span(self.sentence_start, self.sentence_end)
        for name, kind in (("actor_kind", self.actor_kind), ("target_kind", self.target_kind)):
            if kind is not None:
                checks.one_of(name, kind, ACTOR_KINDS)
        checks.figures("killed", self.killed_low, self.killed_high)
        checks.figures("wounded", self.wounded_low, self.wounded_high)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record; its keys are the columns of the store, the frames and the exports."""
        place = self.place
        return {
            "id": self.id,
            "type": self.type,
            "sub_type": self.sub_type,
            "status": self.status,
            "speaker": self.speaker,
            "tier": self.tier,
            "confidence": round(self.confidence, 3),
            "reasons": list(self.reasons),
            "place": place.name if place else None,
            "place_text": self.place_text,
            "place_id": place.id if place else None,
            "place_kind": place.kind if place else None,
            "place_precision": place.precision if place else None,
            "country_code": place.country_code if place else None,
            "admin1": place.admin1 if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "date_start": self.date_start.isoformat() if self.date_start else None,
            "date_end": self.date_end.isoformat() if self.date_end else None,
            "date_precision": self.date_precision,
            "date_basis": self.date_basis,
            "date_text": self.date_text,
            "trigger": self.trigger,
            "trigger_start": self.trigger_start,
            "trigger_end": self.trigger_end,
            "sentence_start": self.sentence_start,
            "sentence_end": self.sentence_end,
            "actor": self.actor,
            "actor_kind": self.actor_kind,
            "target": self.target,
            "target_kind": self.target_kind,
            "killed_low": self.killed_low,
            "killed_high": self.killed_high,
            "wounded_low": self.wounded_low,
            "wounded_high": self.wounded_high,
            "casualties_text": self.casualties_text,
        }


@dataclass(frozen=True, slots=True)
class NotPlotted:
    """A mention or a trigger that did not become a pin, and why (``metonym``, ``background``, ``no place`` ...)."""

    start: int
    end: int
    text: str
    reason: str

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)
