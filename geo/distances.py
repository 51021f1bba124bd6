"""How far from a place some words speak of, and on which side: "15 km west of", "9 miles (15 km) from"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from gazetteer.sectors import SIDES
from geo.lexicon import DIRECTORY, read_lists
from geo.model import PlaceRef

_LISTS = read_lists(DIRECTORY / "places" / "relations.txt")
DIRECTIONS = _LISTS["directions"]
_NEAR, _DISTANCES = _LISTS["near"], _LISTS["distances"]
_WORD = re.compile(r"['’]s?(?!\w)|\d+(?:[.,]\d+)*(?=k?m)|\w+(?:-\w+|['’](?!s\b)\w+)*|\S")
# Characters and words before a name among which its distance is told.
REACH, MOST_WORDS = 90, 12
_KM_OF = {"m": 0.001, "mile": 1.609, "mi": 1.609, "nm": 1.852, "nmi": 1.852}
_NAUTICAL = ("nautical", "sea")
_FEW = {"a": 1.0, "few": 5.0, "several": 5.0, "dozen": 12.0, "dozens": 30.0}
_FARTHEST_KM = 800.0
_SIDES = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"))
_SETTLEMENTS = frozenset(("city", "town", "village"))
_OF_SETTLEMENTS = tuple([word, "of"] for word in sorted(_SETTLEMENTS))
# Below this distance the town that something lies off says as much as the point itself.
OFF_KM = 15.0
KM_A_DEGREE = 111.2
# Words before a name among which its distance is told, and what a direction alone counts as.
_TAIL, _SOME_KM = 8, 10.0


def words(gap: str) -> list[str]:
    """Part some words, in lower case; "south west" counts as one, "23km" as two."""
    # The few characters around a name are asked for by one rule after the other; a whole line is not.
    return list(_parted(gap) if len(gap) <= REACH else _parted.__wrapped__(gap))


@lru_cache(maxsize=2048)
def _parted(gap: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in _WORD.findall(gap.lower()):
        if word in ("east", "west") and found and found[-1] in ("north", "south"):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def side(said: Sequence[str]) -> str | None:
    """Give the side that "45 km north-west of" speaks of."""
    found = [word.replace("-", "").removesuffix("ern") for word in said if word in DIRECTIONS]
    return found[0] if len(found) == 1 and found[0] in _SIDES else None


def without_distance(said: Sequence[str]) -> list[str]:
    """Drop "about 15 km (9 miles) south-west of": what is left must only describe."""
    return [
        word
        for word in said
        if not (
            word in DIRECTIONS
            or word in _NEAR
            or word in _DISTANCES
            or word in _FEW
            or word in _NAUTICAL
            or word in ("of", "to", "close", "next", "on", "away", ")", "-", "some", "edge", "outskirts", "not", "far")
            or _number(word) is not None
        )
    ]


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return _FEW.get(word) if word != "a" else None


def kilometres(said: Sequence[str]) -> float | None:
    """Read the first distance among some words, in kilometres."""
    for at, word in enumerate(said[1:], start=1):
        nautical = said[at - 1] in _NAUTICAL and at > 1
        number = _number(said[at - 2 if nautical else at - 1])
        if word not in _DISTANCES or number is None:
            continue
        factor = _KM_OF["nm"] if nautical else _KM_OF.get(word.rstrip("s") if word != "ms" else word, 1.0)
        if word in ("metres", "meters"):
            factor = 0.001
        km = number * factor
        return km if 0.0 < km <= _FARTHEST_KM else None
    return None


def offset_before(text: str, start: int) -> float | None:
    """Give how far from the name at `start` the words before it speak of: "15 km west of X"; None where they do not.

    A direction without a distance ("north of X") counts as 10 km.
    """
    said = _told_before(text, start)
    km = _told_kilometres(said)
    if km is not None or len(said) < 2:
        return km
    # "in the north of X" is a part of X.
    bare = _is_directed(said) and said[-1] == "of" and (len(said) < 3 or said[-3] not in ("the", "in"))
    return _SOME_KM if bare else None


def kilometres_before(text: str, start: int) -> float | None:
    """Give the distance that the words before the name at `start` tell in figures; None where they tell none."""
    return _told_kilometres(_told_before(text, start))


def side_before(text: str, start: int) -> str | None:
    """Give the side that the words before the name at `start` tell with a distance: "west" of "50 nm west of"."""
    return side(_told_before(text, start)[-_TAIL:])


def _told_before(text: str, start: int) -> list[str]:
    line = text.rfind("\n", 0, start) + 1
    said = words(text[max(line, start - REACH) : start])[-MOST_WORDS:]
    while said and (said[-1] == "the" or said[-1] in _SETTLEMENTS or said[-2:] in _OF_SETTLEMENTS):
        said.pop()
    return said if len(said) > 1 and said[-1] in ("of", "from") else []


def _told_kilometres(said: Sequence[str]) -> float | None:
    told = len(said) > 1 and (_is_directed(said) or said[-1] == "from" or said[-2] == ")")
    return kilometres(said[-_TAIL:]) if told else None


def _is_directed(said: Sequence[str]) -> bool:
    return said[-2] in DIRECTIONS and not said[-2].endswith("ern")


def off(place: PlaceRef, km: float, side: str | None) -> PlaceRef:
    """Give the area so many kilometres off a place, on a side of it; the place itself where that is near, or unsaid."""
    return place if side is None or km < OFF_KM else moved(place, km, *SIDES[side])


def narrowed(place: PlaceRef) -> float:
    """Give how long a degree of longitude is at a place, of one of latitude; a tenth at least."""
    return max(math.cos(math.radians(place.lat)), 0.1)


def moved(place: PlaceRef, km: float, east: float, north: float) -> PlaceRef:
    """Give a place as the area so many kilometres off it; `east` and `north` are the direction, of length 1."""
    lat = place.lat + km * north / KM_A_DEGREE
    lon = place.lon + km * east / KM_A_DEGREE / narrowed(place)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return place
    return replace(place, lon=round(lon, 4), lat=round(lat, 4))
