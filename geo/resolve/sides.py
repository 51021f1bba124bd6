"""Sides of a country or a unit as places of their own: "southern Chad", "northern Shan State", "the eastern front"."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gazetteer.index import Gazetteer
from gazetteer.sectors import SIDES
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlaceRef
from geo.resolve.references import place_ref

AREA = "a side of a country"

_LISTS = read_lists(DIRECTORY / "places" / "nominal.txt")
_SIDES = "|".join(sorted(_LISTS["sides"], key=len, reverse=True))
_NOUNS = "|".join(sorted(_LISTS["side nouns"], key=len, reverse=True))
_SIDE_BEFORE = re.compile(rf"\b(?P<side>{_SIDES})(?:ern)? $", re.IGNORECASE)
_SIDE_OF_BEFORE = re.compile(rf"\b(?:in|across|throughout|over) the (?P<side>{_SIDES}) of (?:the )?$", re.IGNORECASE)
_SIDE_AFTER = re.compile(rf"['’]s? (?:\w+ )?(?P<side>{_SIDES})(?:ern)?\b(?! \w*[A-Z])", re.IGNORECASE)
# A side without a country's name: that of the country the text is about.
_BARE = re.compile(
    rf"\b(?:the )?(?P<of>{_SIDES}) of the country\b|\bthe country['’]s (?:\w+ )?(?P<own>{_SIDES})(?:ern)?\b"
    rf"|\b(?:the |in |along the )?(?P<noun>{_SIDES})(?:ern|erly)? (?:{_NOUNS})\b(?! [A-Z])"
    rf"|\b(?:in|across) the (?P<bare>{_SIDES})\b(?=[.,;]| (?:on|after|as|since|late|early|last|this|have|has)\b)",
    re.IGNORECASE,
)
# A country that the sentence itself names counts for this many mentions elsewhere.
_IN_SENTENCE = 1.5
# How sure a side is whose country is not named beside it.
_SCORE = 0.6
# Units with an outline, and the distance below which the middle of one says as much as its side, in km.
_UNITS, _LEAST_KM, _KM_A_DEGREE = frozenset(("admin1", "region")), 15.0, 111.2


def beside(text: str, mention: Mention, gazetteer: Gazetteer) -> Mention | None:
    """Give the side of a country or a unit that the words around its name speak of; None where they speak of none."""
    place = mention.place
    if place is None or not place.country_code or mention.usage == "adjectival" or mention.lifted:
        return None
    if place.kind != "country" and place.kind not in _UNITS:
        return None
    before = text[max(0, mention.start - 40) : mention.start]
    side = _SIDE_BEFORE.search(before) or _SIDE_OF_BEFORE.search(before)
    start, end = mention.start, mention.end
    if side is not None:
        start = mention.start - len(before) + side.start("side")
    else:
        side = _SIDE_AFTER.match(text, mention.end)
        end = side.end() if side else end
    if side is None:
        return None
    part = of_unit(place, _plain(side["side"]), gazetteer) if place.kind in _UNITS else None
    if place.kind == "country":
        sector = gazetteer.sector(place.country_code, _plain(side["side"]))
        part = place_ref(sector) if sector else None
    return _area(text, start, end, part, mention.score) if part else None


def of_unit(place: PlaceRef, side: str, gazetteer: Gazetteer) -> PlaceRef | None:
    """Give a unit with its point on one side: that of "northern Shan State" lies north of the unit's middle.

    Parameters
    ----------
    side : str
        A key of `gazetteer.sectors.SIDES`.

    Returns
    -------
    PlaceRef or None
        The middle of the half on that side; None for a unit without an outline, or too small for it to matter.
    """
    outline = gazetteer.area(place.id)
    if outline is None or place.id.startswith("s:"):
        return None
    narrow = max(math.cos(math.radians(place.lat)), 0.1)
    east, north = SIDES[side]
    points = [((lon - place.lon) * narrow, lat - place.lat) for lon, lat in _corners(outline["coordinates"])]
    along = [x * east + y * north for x, y in points]
    low, high = min(along), max(along)
    half = [y * east - x * north for (x, y), far in zip(points, along, strict=True) if far >= (low + high) / 2]
    far, beside = (low + 3 * high) / 4, (min(half) + max(half)) / 2
    x, y = far * east - beside * north, far * north + beside * east
    if math.hypot(x, y) * _KM_A_DEGREE < _LEAST_KM:
        return None
    lon, lat = place.lon + x / narrow, place.lat + y
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return replace(place, lon=round(lon, 4), lat=round(lat, 4))


def _corners(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Give the points of a GeoJSON geometry, however deep its rings lie."""
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for each in coordinates:
            yield from _corners(each)


def bare(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Give the sides that stand without a country's name: "the eastern front" of the country the text is about."""
    found = []
    for match in _BARE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in mentions):
            continue
        side = _plain(match["of"] or match["own"] or match["noun"] or match["bare"])
        country = main_country(mentions, match.start())
        part = gazetteer.sector(country, side) if country else None
        if part:
            found.append(_area(text, *match.span(), place_ref(part), _SCORE))
    return found


def main_country(mentions: Sequence[Mention], before: int) -> str | None:
    """Give the country that the text up to a point is about: of most literal places, else of most names."""
    known = [one for one in mentions if one.start < before and one.place and one.place.country_code]
    counted: Counter[str] = Counter()
    for one in [one for one in known if one.usage == "literal"] or known:
        if one.place and one.place.country_code:
            counted[one.place.country_code] += 1
    return max(counted, key=lambda code: counted[code]) if counted else None


def _plain(side: str) -> str:
    return side.lower().replace("-", "")


def _area(text: str, start: int, end: int, part: PlaceRef, score: float) -> Mention:
    words = text[start:end]
    return Mention(start, end, words, "literal", part, score, (AREA, f"“{words}”: {part.name}"))
