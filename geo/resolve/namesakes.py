"""A town and the unit around it that share a name: "Kharkiv" is the city, "Kharkiv region" is not.

The corpora that the trees learn from tell mostly of the United States, where few towns share the name of the unit
around them. What tells the two apart is whether a type word stands beside the name.
"""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet

from gazetteer.place import Candidate, Place
from geo.resolve.groups import Name
from geo.trees import Floats
from geo.unit_words import KINDS_OF

TOWN = "a town and a region share the name; no word says region"
UNIT = "a town and a region share the name; the text says {word}"
PART = "a town and a region share the name; a part of the region is meant"
WATER = "a water and a region share the name; no word says region"
STATE = "a state and a small place share the name; no word says town"
CITY = "a large town has the name itself; no word says district"
CAPITAL = "the name stands for a government, so it is the capital"

_UNITS = frozenset(("admin1", "admin2", "admin3"))
ASKING = frozenset(("province", "district"))
# How likely the town must be, beside the unit. News calls few second-level units by their name alone; a first-level
# one that is much likelier ("Oklahoma") is a region that readers know without a type word.
_SHARES = {"admin1": 0.5, "admin2": 0.3, "admin3": 0.3}
# A unit with more people than this for each of its namesake's is known for itself: Kandahar has two, Sennar fifteen.
_CROWDED = 20.0
# People of a small place of which lists give no number.
_FEWEST = 1_000
# ... unless the town's prior beats the unit's by this: lists have stale counts of people for towns that wars emptied.
_BETTER_KNOWN = 2.0
# News calls states, provinces and counties of North America by their bare names; the corpora have taught that enough.
_BARE_STATES = frozenset(("US", "CA"))
# A town with this many people, whose prior beats that of a lower unit elsewhere by this, is what the name means.
_LARGE, _AHEAD = 200_000, 4.0
# A town with so many people need only be this much as likely: "in Sylhet" is in the city.
_SEAT_SHARE = 0.2
# A capital whose prior lies this far below the best known bearer of its name is not what a government goes by.
_KNOWN_AS = 1.5
# How likely the unit must be, beside the town, where the text speaks of a part of it.
_LEAST_PART = 0.1
# A town lies within this many degrees of the middle of a second-level unit of its name, as the crow flies.
_NEAR_DEGREES = 0.7
_WATERS = frozenset(("river", "lake", "sea", "creek", "reservoir", "gulf", "bay"))


# A city of so many, and of so much of its state, is meant by a name that both bear.
_WORLD_CITY, _MUCH = 5_000_000, 0.3


def of_unit(
    one: Name, scores: Floats, best: int, asked: AbstractSet[str], *, abroad: bool = False
) -> tuple[int, str] | None:
    """Give the town that is meant where the likeliest place is the unit around it; None where the unit may stand.

    Parameters
    ----------
    one : Name
        With its cues: a name of which a part is meant ("rural Idlib") keeps its unit.
    scores : numpy.ndarray
        Probability of each candidate of `one`; where the text calls it a region elsewhere, the trees hold it for one.
    best : int
        The likeliest candidate.
    asked : set of str
        What the type words beside this mention ask for: see `geo.unit_words`.
    abroad : bool
        Whether the article is about another country than the unit's.

    Returns
    -------
    tuple of int and str, or None
        The position of the town's candidate, and the reason in words.
    """
    unit = one.candidates[best].place
    if unit.kind not in _UNITS or one.cues.parted:
        return None
    if unit.country_code in _BARE_STATES:
        return _world_city(one, unit) if abroad and not asked else None
    share = 0.0 if one.cues.kinds & ASKING or "settlement" in asked else _SHARES[unit.kind]
    floor, known = float(scores[best]) * share, one.candidates[best].prior
    towns = [
        index
        for index, candidate in enumerate(one.candidates)
        if scores[index] >= floor * (_SEAT_SHARE if _is_great(candidate) else 1.0)
        and (_lies_in(candidate, unit) or _is_capital_beside(candidate, unit))
        and (
            _is_great(candidate)
            or unit.population <= _most_people(candidate.place)
            or candidate.prior >= known + _BETTER_KNOWN
        )
    ]
    return (max(towns, key=lambda index: float(scores[index])), TOWN) if towns else None


def _is_great(candidate: Candidate) -> bool:
    return candidate.place.kind == "town" and candidate.place.population >= _LARGE


def _world_city(one: Name, unit: Place) -> tuple[int, str] | None:
    """Give the city that much of its state lives in: the Security Council meets in New York, not upstate."""
    for index, candidate in enumerate(one.candidates):
        city = candidate.place
        large = city.kind == "town" and city.population >= max(_WORLD_CITY, unit.population * _MUCH)
        if large and _lies_in(candidate, unit):
            return index, CITY
    return None


def of_admin1(one: Name, best: int, asked: AbstractSet[str]) -> tuple[int, str] | None:
    """Give the first-level unit of that very name where the likeliest place is a small one elsewhere in its country.

    "Michoacan" is the state, not a village in Chiapas; towns of North America share the names of too many states.
    """
    place = one.candidates[best].place
    if place.kind not in ("town", "village", "admin2", "admin3") or "settlement" in asked:
        return None
    if place.country_code in _BARE_STATES:
        return None
    for index, candidate in enumerate(one.candidates):
        unit = candidate.place
        same = unit.kind == "admin1" and unit.country_code == place.country_code
        if (
            same
            and candidate.match in ("name", "alternate")
            and unit.population > _CROWDED * max(place.population, 1_000)
        ):
            return index, STATE
    return None


def of_part(one: Name, scores: Floats, best: int) -> tuple[int, str] | None:
    """Give the unit around the town `best` where a part of it is meant: "eastern Donetsk", "rural Idlib".

    A capital has quarters of its own ("eastern Damascus").
    """
    if one.candidates[best].place.feature_code == "PPLC":
        return None
    floor = float(scores[best]) * _LEAST_PART
    units = [
        (float(scores[index]), -index)
        for index, unit in enumerate(one.candidates)
        if unit.place.kind == "admin1" and scores[index] >= floor and _lies_in(one.candidates[best], unit.place)
    ]
    return (-max(units)[1], PART) if units else None


def of_city(one: Name, best: int, asked: AbstractSet[str]) -> tuple[int, str] | None:
    """Give the large town of that very name where the likeliest place is a lower unit elsewhere in its country.

    Parameters
    ----------
    one, best, asked
        As in `of_unit` and `of_town`.
    """
    unit, city = one.candidates[best], one.candidates[0]
    if unit.place.kind not in ("admin2", "admin3") or unit.primary or ASKING & asked or one.cues.parted:
        return None
    known = city.primary and city.place.kind == "town" and city.place.population >= _LARGE
    if known and city.place.country_code == unit.place.country_code and city.prior >= unit.prior + _AHEAD:
        return 0, CITY
    return None


def of_capital(one: Name, best: int) -> tuple[int, str] | None:
    """Give the capital where the name stands for a government: no province and no namesake governs in the news.

    Parameters
    ----------
    one, best
        As in `of_unit`.
    """
    likeliest = one.candidates[best].place
    if not one.cues.governing or likeliest.kind == "country" or likeliest.feature_code == "PPLC":
        return None
    if one.cues.units_after or one.cues.countries_after or one.cues.units_of or likeliest.government:
        return None
    for index, candidate in enumerate(one.candidates):
        if candidate.place.feature_code == "PPLC" and candidate.prior >= one.candidates[0].prior - _KNOWN_AS:
            return index, CAPITAL
    return None


def of_water(one: Name, best: int, asked: AbstractSet[str]) -> tuple[int, str] | None:
    """Give the sea, lake or river where the likeliest place is the unit that took its name: the Red Sea.

    Parameters
    ----------
    one, best, asked
        As in `of_unit` and `of_town`.
    """
    if one.candidates[best].place.kind not in _UNITS or ASKING & asked or one.text.split()[-1].lower() not in _WATERS:
        return None
    waters = (at for at, one_of in enumerate(one.candidates) if one_of.place.kind in KINDS_OF["water"])
    water = next(waters, None)
    return None if water is None else (water, WATER)


def is_other_water(one: Name, best: int) -> bool:
    """Tell whether the text names a river or a sea and the likeliest place is a town or a unit: "Saint Paul river"."""
    place = one.candidates[best].place
    if one.text.split()[-1].lower() not in _WATERS or one.candidates[best].match != "type word":
        return False
    return place.kind in ("town", "village") or place.kind in _UNITS


def of_town(one: Name, scores: Floats, best: int, asked: AbstractSet[str]) -> tuple[int, str] | None:
    """Give the unit around the town `best` where a type word beside a mention asks for it: "Kandahar province".

    Parameters
    ----------
    one, scores, best
        As in `of_unit`.
    asked : set of str
        What the type words beside this mention ask for: see `geo.resolve.context`.
    """
    words = ASKING & asked
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


def of_called(
    one: Name, scores: Floats, best: int, asked: AbstractSet[str], *, abroad: bool = False
) -> tuple[int, str] | None:
    """Give the unit of that very name where the text calls it one and the likeliest place is a town elsewhere.

    What some countries call a province is a second-level unit: Soum in Burkina Faso. A town of the country that the
    article is about stands for its district rather than give way to a unit abroad: Ambo in Ethiopia, not in Peru.
    """
    words, town = ASKING & asked, one.candidates[best].place
    if not words or "settlement" in asked or town.kind not in ("town", "village"):
        return None
    units = [
        (float(scores[index]), -index)
        for index, unit in enumerate(one.candidates)
        if unit.place.kind in _UNITS
        and unit.match in ("name", "alternate", "type word")
        and (abroad or unit.place.country_code == town.country_code)
    ]
    return (-max(units)[1], UNIT.format(word=min(words))) if units else None


def _most_people(town: Place) -> float:
    return math.inf if town.feature_code == "PPLC" else _CROWDED * town.population


def _is_capital_beside(candidate: Candidate, unit: Place) -> bool:
    """Tell whether a capital is a unit of its own beside the one of its name, as Lima and Buenos Aires are."""
    town = candidate.place
    return town.feature_code == "PPLC" and town.country_code == unit.country_code


def _lies_in(candidate: Candidate, unit: Place) -> bool:
    town = candidate.place
    if town.kind not in ("town", "village") or town.admin1_code != unit.admin1_code or not town.admin1_code:
        return False
    if unit.kind == "admin1" or (town.admin2_code and town.admin2_code == unit.admin2_code):
        return True
    across = math.cos(math.radians(town.lat)) * (town.lon - unit.lon)
    return math.hypot(across, town.lat - unit.lat) < _NEAR_DEGREES
