"""A town and the unit around it that share a name: "Kharkiv" is the city, "Kharkiv region" is not.

The corpora that the trees learn from tell mostly of the United States, where few towns share the name of the unit
around them. What tells the two apart is whether a type word stands beside the name.
"""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet

from gazetteer.place import Candidate, Place
from geo.resolve.context import KINDS_OF
from geo.resolve.groups import Name
from geo.trees import Floats

TOWN = "a town and a region share the name; no word says region"
UNIT = "a town and a region share the name; the text says {word}"

_UNITS = frozenset(("admin1", "admin2", "admin3"))
_ASKING = frozenset(("province", "district"))
# How likely the town must be, beside the unit. News calls few second-level units by their name alone; a first-level
# one that is much likelier ("Oklahoma") is a region that readers know without a type word.
_SHARES = {"admin1": 0.5, "admin2": 0.3, "admin3": 0.3}
# A unit with more people than this for each of its namesake's is known for itself: Quebec has fifteen, Kandahar two.
_CROWDED = 8.0
# A town lies within this many degrees of the middle of a second-level unit of its name, as the crow flies.
_NEAR_DEGREES = 0.7


def of_unit(one: Name, scores: Floats, best: int) -> tuple[int, str] | None:
    """Give the town that is meant where the likeliest place is the unit around it; None where the unit may stand.

    Parameters
    ----------
    one : Name
        With its cues: a name that some mention calls a region, or a part of which is meant, keeps its unit.
    scores : numpy.ndarray
        Probability of each candidate of `one`.
    best : int
        The likeliest candidate.

    Returns
    -------
    tuple of int and str, or None
        The position of the town's candidate, and the reason in words.
    """
    unit = one.candidates[best].place
    if unit.kind not in _UNITS or one.cues.parts or any(asked & _ASKING for asked in one.cues.asked.values()):
        return None
    floor = float(scores[best]) * _SHARES[unit.kind]
    towns = [
        index
        for index, candidate in enumerate(one.candidates)
        if scores[index] >= floor and _lies_in(candidate, unit) and unit.population <= _most_people(candidate.place)
    ]
    return (max(towns, key=lambda index: float(scores[index])), TOWN) if towns else None


def of_town(one: Name, scores: Floats, best: int, asked: AbstractSet[str]) -> tuple[int, str] | None:
    """Give the unit around the town `best` where a type word beside a mention asks for it: "Kandahar province".

    Parameters
    ----------
    one, scores, best
        As in `of_unit`.
    asked : set of str
        What the type words beside this mention ask for: see `geo.resolve.context`.
    """
    words = _ASKING & asked
    if not words or "settlement" in asked:
        return None
    units = [
        (float(scores[index]), index, word)
        for word in words
        for index, unit in enumerate(one.candidates)
        if unit.place.kind in _UNITS & KINDS_OF[word] and _lies_in(one.candidates[best], unit.place)
    ]
    if not units:
        return None
    _, index, word = max(units)
    return index, UNIT.format(word=word)


def _most_people(town: Place) -> float:
    return math.inf if town.feature_code == "PPLC" else _CROWDED * town.population


def _lies_in(candidate: Candidate, unit: Place) -> bool:
    town = candidate.place
    if town.kind not in ("town", "village") or town.admin1_code != unit.admin1_code or not town.admin1_code:
        return False
    if unit.kind == "admin1" or (town.admin2_code and town.admin2_code == unit.admin2_code):
        return True
    across = math.cos(math.radians(town.lat)) * (town.lon - unit.lon)
    return math.hypot(across, town.lat - unit.lat) < _NEAR_DEGREES
