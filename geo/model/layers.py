"""Layers: other people's event data, with their own places and days, beside what was read from articles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from geo.model import checks
from geo.model.kinds import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS, DatePrecision, EventType, PlacePrecision


@dataclass(frozen=True, slots=True)
class LayerEvent:
    """One event of a layer: a row of somebody's data, in our words.

    Attributes
    ----------
    line
        The line of the file that it stands in, or the number of its feature; from 1 up.
    id
        What its own data call it.
    type, sub_type
        Ours, and its own words for it.
    lon, lat
        WGS84 degrees.
    radius_km
        How far from there it may have happened, as far as the data say; 0 where the place is exact.
    date_start, date_end
        A closed interval of days.
    killed_low, killed_high
        The least and the most that died; None for no figure.
    source, url, note
        Who told of it, where, and its own description.
    reports
        How many reports of it its data count; None where they do not.
    """

    line: int
    id: str
    type: EventType
    sub_type: str | None
    place: str | None
    admin1: str | None
    country: str | None
    lon: float
    lat: float
    place_precision: PlacePrecision
    radius_km: float
    date_start: date
    date_end: date
    date_precision: DatePrecision
    actor: str | None = None
    target: str | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    source: str | None = None
    url: str | None = None
    note: str | None = None
    reports: int | None = None

    def __post_init__(self) -> None:
        checks.one_of("type", self.type, EVENT_TYPES)
        checks.one_of("place_precision", self.place_precision, PLACE_PRECISIONS)
        checks.one_of("date_precision", self.date_precision, DATE_PRECISIONS)
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):  # which NaN is not either
            raise ValueError(f"longitude and latitude out of range: {self.lon}, {self.lat}")
        if not 0 <= self.radius_km < math.inf:
            raise ValueError(f"radius_km must be 0 or more and finite; got {self.radius_km}")
        if self.date_start > self.date_end:
            raise ValueError(f"it begins on {self.date_start}, after its end on {self.date_end}")
        checks.figures("killed", self.killed_low, self.killed_high)


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer says of itself.

    Attributes
    ----------
    number
        Grows with each layer that is stored and is given once; a layer that is read anew has a new one.
    name
        What the user calls it.
    kind
        Which known data it is, ``acled`` or ``ucdp`` for instance, else ``table``.
    title
        What people call such data.
    files
        The names of the files that it was read from, without their folders.
    licence, citation
        Its terms in a few words, and how it is to be cited; empty where nobody said.
    restricted
        Its rows must not be passed on: they stay out of exports, links and everything that is served to programs.
    added
        When it was stored, in ISO 8601 (UTC).
    rows
        How many events it holds.
    first_day, last_day
        The days that they span; None where there are none.
    """

    number: int
    name: str
    kind: str
    title: str
    files: tuple[str, ...]
    licence: str
    citation: str
    restricted: bool
    added: str
    rows: int
    first_day: date | None
    last_day: date | None
