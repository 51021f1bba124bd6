"""The Place record: one row of the gazetteer, and a Candidate: a place that a name could mean."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "continent",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "region",
    "sea",
    "river",
    "lake",
    "island",
    "mountain",
    "town",
    "village",
    "facility",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Match = Literal["name", "alternate", "abbreviation", "demonym", "type word", "direction", "fuzzy", "prefix"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place. Longitude and latitude in WGS84 degrees; `population` is 0 where unknown.

    Attributes
    ----------
    id : str
        ``g<geonameid>`` for a GeoNames place, ``c:<slug>`` for a curated one, ``o:<ident>`` for an airport and the
        like: stable from build to build.
    kind : str
        One of `KINDS`.
    country_code : str or None
        ISO 3166-1 alpha-2, as GeoNames has it; None for seas and what lies in several countries.
    admin1, admin2 : str or None
        Names of the units it lies in; `admin1_code`, `admin2_code` are GeoNames' dotted codes (``UA.05``).
    feature_class, feature_code : str or None
        GeoNames' codes (``P``, ``PPLA``) where known.
    """

    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    country_code: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    admin2: str | None = None
    admin2_code: str | None = None
    population: int = 0
    feature_class: str | None = None
    feature_code: str | None = None
    parent_id: str | None = None
    government: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.id}: kind must be one of {', '.join(KINDS)}; got {self.kind!r}")
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise ValueError(f"{self.id}: coordinates must be finite; got {self.lon}, {self.lat}")
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise ValueError(f"{self.id}: lon/lat out of range: {self.lon}, {self.lat}")


Precision = Literal["point", "town", "region", "country", "sea"]

_PRECISION: dict[Kind, Precision] = {
    "continent": "country", "country": "country", "admin1": "region", "admin2": "region", "admin3": "region",
    "region": "region", "sea": "sea", "river": "region", "lake": "region", "island": "region", "mountain": "point",
    "town": "town", "village": "point", "facility": "point",
}  # fmt: skip
# An island that one can see across is a point on any map of a war.
_SMALL_ISLAND_KM = 5.0


def precision_of(place: Place, *, radius_km: float | None = None) -> Precision:
    """Give how exactly a place locates what happened there.

    Parameters
    ----------
    place : Place
        The place.
    radius_km : float, optional
        Its soft radius (`gazetteer.index.Gazetteer.radius_km`); an island of up to 5 km is a point.

    Examples
    --------
    >>> precision_of(Place("g713174", "Bakhmut", "town", 38.0, 48.6))
    'town'
    """
    if place.kind == "island" and radius_km is not None and radius_km <= _SMALL_ISLAND_KM:
        return "point"
    return _PRECISION[place.kind]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean: how the name led to it, and how likely it is before any context.

    `prior` is comparable within one look-up only; candidates come sorted by it, highest first.
    """

    place: Place
    match: Match
    primary: bool
    prior: float
