"""What a name as written could name: the gazetteer's candidates, with the numbers that the models ask for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.place import Candidate, Kind

# How the name led to its candidates, as a number for the models: they were trained with these codes.
HOW: dict[str, int] = {
    "": 0,
    "name": 1,
    "alternate": 1,
    "demonym": 2,
    "direction": 3,
    "type word": 4,
    "abbreviation": 5,
    "fuzzy": 6,
}
HOWS = 7
_GROUPS: dict[Kind, int] = {
    "country": 0,
    "admin1": 1,
    "town": 2,
    "village": 2,
    "admin2": 3,
    "continent": 4,
    "region": 4,
    "sea": 4,
    "river": 5,
    "lake": 5,
    "island": 5,
    "mountain": 5,
    "facility": 6,
    "admin3": 7,
}
GROUPS = 8
_LIKELY = 3
_TYPE_WORDS = ("region", "province", "state", "district")
# What a name loses in likelihood that needs an article to be the place's.
_ARTICLE = 1.0
# Bounds the memory of a long-running process; a document meets a few hundred surfaces.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Surface:
    """A name as written, and what it could name.

    Attributes
    ----------
    key : str
        The folded name: equal for spellings that the gazetteer holds for equal.
    candidates : tuple of Candidate
        Prior first.
    how : int
        One of the codes of `HOW`.
    counts : tuple of int
        Candidates by group of kinds: country, admin1, settlement, admin2, region or sea, water or land form,
        facility, admin3.
    population : float
        log10 of the largest population + 1; -1 without candidates.
    primary_population : float
        The same among the candidates of which this is the primary name.
    prior : float
        The prior of the likeliest candidate; -1 without candidates.
    capital : bool
        Whether one of the likeliest is a capital.
    curated : bool
        Whether one of the likeliest was put into the gazetteer by hand: the region, sea, river or seat of government
        that news calls by this name.
    government : bool
        Whether one of them is a seat of government that goes by this name of its own ("the Kremlin").
    """

    key: str
    candidates: tuple[Candidate, ...]
    how: int
    counts: tuple[int, ...]
    population: float
    primary_population: float
    prior: float
    capital: bool
    curated: bool
    government: bool


class Surfaces:
    """Look-up of surfaces in one gazetteer, remembering what it looked up."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._by_name = gazetteer.by_name
        self._knows = gazetteer.knows
        self._contains = gazetteer.contains
        self._borders = gazetteer.borders
        self._known: dict[str, Surface] = {}

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Surfaces:
        """Give the one look-up of `gazetteer`: its memory is shared by recognition and resolution."""
        found = _SHARED.get(gazetteer)
        if found is None:
            found = _SHARED[gazetteer] = cls(gazetteer)
        return found

    def get(self, name: str) -> Surface:
        """Give what `name` could name; a surface without candidates where the gazetteer knows nothing."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[name] = self._look_up(name)
        return found

    def holds(self, name: str) -> bool:
        """Tell whether the gazetteer holds `name` as it is spelt, without reading what it could name."""
        return self._knows(name)

    def contains(self, container: str, place: str) -> bool:
        """Tell whether a place lies in another, by their ids."""
        return self._contains(container, place)

    def borders(self, container: str, place: str) -> bool:
        """Tell whether a place lies in the outline of another or just outside, by their ids."""
        return self._borders(container, place)

    def _look_up(self, name: str) -> Surface:
        candidates = self._by_name(name)
        if not candidates or candidates[0].match in ("direction", "fuzzy"):
            # "Lower Shabelle" is a region that lists hold with its type word alone.
            candidates = self._as_unit(name) or candidates
        if not candidates:
            return _surface(name, (), 0)
        how = HOW.get(candidates[0].match, 1)
        if how == HOW["name"] and not self._knows(name):
            how = HOW["fuzzy"]
        return _surface(name, self._with_article(name, candidates) if how == HOW["name"] else candidates, how)

    def _as_unit(self, name: str) -> tuple[Candidate, ...]:
        """Give the units that bear a name of two words or more with a type word: "Lower Shabelle (Region)"."""
        if " " not in name:
            return ()
        found = (self._by_name(f"{name} {word}") for word in _TYPE_WORDS if self._knows(f"{name} {word}"))
        return next((tuple(replace(one, match="type word") for one in units) for units in found), ())

    def _with_article(self, name: str, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Add the places whose name differs by the Arabic article alone: "Iskandariyah" and "Al Iskandariyah"."""
        if not name.isalpha() or not self._knows(f"al {name}"):
            return candidates
        held = {one.place.id for one in candidates}
        others = [
            replace(one, match="alternate", primary=False, prior=one.prior - _ARTICLE)
            for one in self._by_name(f"al {name}")
            if one.place.id not in held and one.match in ("name", "alternate")
        ]
        return tuple(sorted([*candidates, *others], key=lambda one: (-one.prior, one.place.id)))


_SHARED: WeakKeyDictionary[Gazetteer, Surfaces] = WeakKeyDictionary()


def _surface(name: str, candidates: tuple[Candidate, ...], how: int) -> Surface:
    if not candidates:
        return Surface(fold(name), (), 0, (0,) * GROUPS, -1.0, -1.0, -1.0, False, False, False)
    counts = [0] * GROUPS
    largest = primary = -1
    for candidate in candidates:
        place = candidate.place
        counts[_GROUPS[place.kind]] += 1
        largest = max(largest, place.population)
        if candidate.primary:
            primary = max(primary, place.population)
    likely = [candidate.place for candidate in candidates[:_LIKELY]]
    return Surface(
        key=fold(name),
        candidates=candidates,
        how=how,
        counts=tuple(counts),
        population=math.log10(largest + 1),
        primary_population=math.log10(primary + 1) if primary >= 0 else -1.0,
        prior=candidates[0].prior,
        capital=any(place.feature_code == "PPLC" for place in likely),
        curated=any(place.id[:1] == "c" for place in likely),
        government=any(place.government and place.kind == "facility" for place in likely),
    )
