"""Toponyms: as recognised, as resolved, and the place they mean."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from geo.model import checks
from geo.model.kinds import PLACE_PRECISIONS, USAGES, PlacePrecision, Usage


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
        checks.span(self.start, self.end)
        checks.one_of("usage", self.usage, USAGES)
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
        checks.one_of("precision", self.precision, PLACE_PRECISIONS)
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
    within : int or None
        Where the name begins of which the text says that this one lies in it or near it: "Sake" for "the Zaina quarter
        of Sake". Known while an article is read; it is neither written nor compared.
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
    within: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)
        checks.one_of("usage", self.usage, USAGES)
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
