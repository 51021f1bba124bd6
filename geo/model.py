"""The records that pass between the parts: Article -> Mention, TimeSpan -> Event -> Record.

Every record is frozen and refuses nonsense when it is made. ``Record.to_dict`` is the JSON object that
``conflict-map parse`` writes; ``geo/record.schema.json`` is its schema.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, get_args

Usage = Literal["literal", "metonym", "adjectival", "organisation"]
EventType = Literal[
    "battle",
    "explosion",
    "violence_against_civilians",
    "protest",
    "riot",
    "strategic_development",
    "political",
]
Status = Literal["reported", "claimed", "planned", "hypothetical", "denied"]
Tier = Literal["A", "B"]
DatePrecision = Literal["day", "week", "month", "season", "year", "decade"]
DateBasis = Literal["explicit", "relative", "named", "inherited", "publication"]
TimeRole = Literal["", "dateline", "stamp", "said", "since", "until", "repeated", "name"]
PlacePrecision = Literal["point", "town", "region", "country", "sea"]
PublishedBasis = Literal["supplied", "explicit", "inferred", "unknown"]
ActorKind = Literal[
    "state_forces", "rebel_group", "militia", "police", "civilians", "protesters", "international", "other"
]

USAGES: tuple[Usage, ...] = get_args(Usage)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
TIERS: tuple[Tier, ...] = get_args(Tier)
DATE_PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
DATE_BASES: tuple[DateBasis, ...] = get_args(DateBasis)
TIME_ROLES: tuple[TimeRole, ...] = get_args(TimeRole)
PLACE_PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)
PUBLISHED_BASES: tuple[PublishedBasis, ...] = get_args(PublishedBasis)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)


def content_id(*parts: object) -> str:
    """Give a 16-digit hexadecimal id that depends on nothing but `parts`."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")


def _span(start: int, end: int) -> None:
    if not 0 <= start < end:
        raise ValueError(f"a span needs 0 <= start < end; got start={start}, end={end}")


def _figures(name: str, low: int | None, high: int | None) -> None:
    if min(low or 0, high or 0) < 0 or (low is not None and high is not None and low > high):
        raise ValueError(f"{name} needs 0 <= low <= high; got low={low}, high={high}")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a closed interval of days and how we know it.

    `start` and `end` are both None only where `basis` is ``unknown``; one may be open for ``inferred``.
    `text` is the evidence, in words.
    """

    start: date | None
    end: date | None
    basis: PublishedBasis
    text: str = ""

    def __post_init__(self) -> None:
        _one_of("basis", self.basis, PUBLISHED_BASES)
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"published.start {self.start} is after published.end {self.end}")
        if self.basis in ("supplied", "explicit") and not (self.start and self.end):
            raise ValueError(f"a {self.basis} publication date needs a start and an end")

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "basis": self.basis,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from a file: plain text with Unix newlines, and what its source said of it."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: Published | None = None

    @property
    def digest(self) -> str:
        """The content id: equal for equal text, title and publication date, whatever the file's name."""
        when = self.published.to_dict() if self.published else None
        return content_id(self.text, self.title, when and (when["start"], when["end"]))


@dataclass(frozen=True, slots=True)
class Span:
    """A recognised toponym, not yet resolved. ``text`` is the article's text between `start` and `end`."""

    start: int
    end: int
    text: str
    usage: Usage
    score: float
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _span(self.start, self.end)
        _one_of("usage", self.usage, USAGES)
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score must lie in 0..1; got {self.score}")


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """What a mention or an event keeps of a gazetteer place. Longitude and latitude in WGS84 degrees.

    `kind` is one of `gazetteer.place.KINDS`; `admin1` is the name of the first-level unit it lies in.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    country_code: str | None = None
    admin1: str | None = None
    precision: PlacePrecision = "town"

    def __post_init__(self) -> None:
        _one_of("precision", self.precision, PLACE_PRECISIONS)
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise ValueError(f"{self.name}: coordinates must be finite; got {self.lon}, {self.lat}")
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise ValueError(f"{self.name}: lon/lat out of range: {self.lon}, {self.lat}")


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up: another place that the name could mean, with its score in 0..1."""

    id: str
    name: str
    lon: float
    lat: float
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names a place, and the place it was resolved to (None: no candidate fits).

    Attributes
    ----------
    score : float
        The probability that `place` is right, from 0 to 1.
    lifted : bool
        Whether `place` is not the name's own but the area that the text says it lies in: the name itself is in no
        gazetteer.
    offset_km : float or None
        How far from the name the text speaks of, where the name only tells where that is ("15 km west of Sirte").
    """

    start: int
    end: int
    text: str
    usage: Usage
    place: PlaceRef | None
    score: float
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    lifted: bool = False
    offset_km: float | None = None

    def __post_init__(self) -> None:
        _span(self.start, self.end)
        _one_of("usage", self.usage, USAGES)
        if self.lifted and self.place is None:
            raise ValueError(f"{self.text!r}: a lifted mention needs the place that it is lifted to")
        if self.offset_km is not None and not 0.0 < self.offset_km < math.inf:
            raise ValueError(f"{self.text!r}: offset_km must be above 0 and finite; got {self.offset_km}")

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record."""
        place = self.place
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "usage": self.usage,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "place": asdict(place) if place else None,
            "score": round(self.score, 4),
            "reasons": list(self.reasons),
            "alternatives": [asdict(other) for other in self.alternatives],
            "lifted": self.lifted,
            "offset_km": self.offset_km,
        }


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A dated expression: closed interval of days, None where the expression gives no interval ("every week").

    `role` is what the words around it show it to be for: the article's ``dateline``; the ``stamp`` at the head of a
    post or an entry; the day on which something was ``said``; the edge of a stretch, ``since`` or ``until``; a
    ``repeated`` time; a date that only gives an event its ``name`` ("the 2014 annexation"). Empty where nothing shows.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: DatePrecision
    basis: DateBasis
    role: TimeRole = ""

    def __post_init__(self) -> None:
        _span(self.start, self.end)
        _one_of("precision", self.precision, DATE_PRECISIONS)
        _one_of("basis", self.basis, DATE_BASES)
        _one_of("role", self.role, TIME_ROLES)
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise ValueError(f"{self.text!r}: date_start {self.date_start} is after date_end {self.date_end}")

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "date_start": self.date_start.isoformat() if self.date_start else None,
            "date_end": self.date_end.isoformat() if self.date_end else None,
            "precision": self.precision,
            "basis": self.basis,
            "role": self.role,
        }


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
        _one_of("type", self.type, EVENT_TYPES)
        _one_of("status", self.status, STATUSES)
        _one_of("tier", self.tier, TIERS)
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in 0..1; got {self.confidence}")
        if (self.date_start is None) != (self.date_end is None):
            raise ValueError("date_start and date_end must both be given or both be None")
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise ValueError(f"date_start {self.date_start} is after date_end {self.date_end}")
        _span(self.trigger_start, self.trigger_end)
        _span(self.sentence_start, self.sentence_end)
        for name, kind in (("actor_kind", self.actor_kind), ("target_kind", self.target_kind)):
            if kind is not None:
                _one_of(name, kind, ACTOR_KINDS)
        _figures("killed", self.killed_low, self.killed_high)
        _figures("wounded", self.wounded_low, self.wounded_high)

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
        _span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read out of one article.

    `nominals` are the mentions that are no names: "the enclave" for the place it stands for, "southern Chad".
    """

    article: Article
    published: Published | None
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    events: tuple[Event, ...] = ()
    not_plotted: tuple[NotPlotted, ...] = ()
    nominals: tuple[Mention, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object that ``conflict-map parse`` writes."""
        article = self.article
        return {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "published": self.published.to_dict() if self.published else None,
            "mentions": [mention.to_dict() for mention in self.mentions],
            "times": [span.to_dict() for span in self.times],
            "events": [event.to_dict() for event in self.events],
            "not_plotted": [asdict(item) for item in self.not_plotted],
            "nominals": [mention.to_dict() for mention in self.nominals],
        }
