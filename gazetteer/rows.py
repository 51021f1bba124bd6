"""What sources hand to the writer: a place on its way into the file, and the ways to write its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gazetteer.place import Kind, Match


class Spelling(NamedTuple):
    """One way to write a place's name; `period` is ``1924-2016`` where it held only then."""

    text: str
    match: Match = "alternate"
    primary: bool = False
    period: str = ""


@dataclass(slots=True)
class PlaceRow:
    """A place on its way into the file; the fields are those of `gazetteer.place.Place` and of table ``place``.

    `weight` is added to its prior: how much better it is known than its people, or lack of them, tell.
    """

    key: int
    name: str
    kind: Kind
    lon: float
    lat: float
    source: str
    id: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    feature: str | None = None
    parent: str | None = None
    government: bool = False
    radius: float | None = None
    weight: float = 0.0


class VillageRow(NamedTuple):
    """A village of a national list on its way into the file; degrees in WGS84.

    `admin1` is GeoNames' dotted code; `spread` tells in km how far from its point it may lie where no list has its own.
    """

    id: str
    name: str
    lon: float
    lat: float
    country: str
    admin1: str | None
    source: str
    spread: float = 0.0
