"""Sides of a country as places of their own: "eastern Ukraine", "the country's north"."""

from __future__ import annotations

import re

from gazetteer.index import Gazetteer
from gazetteer.place import Place
from geo.model import PlacePrecision, PlaceRef

DIRECTION = r"(?:north|south)?-?(?:east|west|north|south)"
_BEFORE = re.compile(
    rf"\b(?:the )?(?P<side>{DIRECTION})(?:ern|erly)?[ -](?:(?:part|parts|areas|regions|provinces|half) of )?(?:the "
    rf")?(?:\w+ )?$",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b(?P<side>{DIRECTION}) of (?:the )?$", re.IGNORECASE)
_AFTER = re.compile(rf"['’]s? (?:\w+ )?(?P<side>{DIRECTION})(?:ern)?\b(?! \w*[A-Z])", re.IGNORECASE)
# A capital is among the largest towns of its country.
_TOWNS = 40
_PRECISION: dict[str, PlacePrecision] = {
    "facility": "point",
    "village": "point",
    "town": "town",
    "country": "country",
    "sea": "sea",
    "lake": "sea",
}


def place_ref(place: Place) -> PlaceRef:
    """Keep what an event needs of a gazetteer place; its precision follows from its kind."""
    return PlaceRef(
        id=place.id,
        name=place.name,
        kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        country_code=place.country_code,
        admin1=place.admin1,
        precision=_PRECISION.get(place.kind, "region"),
    )


def side_named(text: str, start: int, end: int, floor: int) -> str | None:
    """Give the direction that the words around ``text[start:end]``, a country's name, take of it, as "northeast"."""
    match = _BEFORE.search(text, max(floor, start - 48), start)
    if match is None:
        # "in the east of Ukraine" is its eastern side; "to the east of Ukraine" lies outside it.
        match = _OF.search(text, max(floor, start - 24), start)
        if match and not re.search(
            r"\b(?:in|across|over|throughout) (?:the )?$", text[max(floor, match.start() - 16) : match.start()], re.I
        ):
            match = None
    match = match or _AFTER.match(text, end)
    return match["side"].lower().replace("-", "") if match else None


def capital(gazetteer: Gazetteer, country_code: str | None) -> PlaceRef | None:
    """Give the capital of a country; None where the gazetteer marks none."""
    country = gazetteer.country(country_code) if country_code else None
    if country is None:
        return None
    towns = gazetteer.within(country.id, kinds=("town",), limit=_TOWNS)
    return next((place_ref(town) for town in towns if town.feature_code == "PPLC"), None)


def sector(gazetteer: Gazetteer, country_code: str | None, side: str | None) -> PlaceRef | None:
    """Give the side of a country as a region of its own; None for a country too small to have sides."""
    if not country_code or not side:
        return None
    place = gazetteer.sector(country_code, side.lower().replace("-", "").removesuffix("ern"))
    return place_ref(place) if place else None
