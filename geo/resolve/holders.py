"""What a name that holds others can mean, and which places lie in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gazetteer.place import Candidate, Place
from geo.model import Span
from geo.resolve.groups import Name
from geo.resolve.relations import Relation
from geo.surfaces import Surfaces
from geo.unit_words import KINDS_OF

# How wide a place is, by kind.
LEVELS = {
    "facility": 0, "village": 1, "town": 1, "mountain": 1, "admin3": 2, "island": 2, "lake": 2, "river": 2,
    "admin2": 3, "admin1": 4, "region": 5, "sea": 5, "country": 6, "continent": 7,
}  # fmt: skip
UNIT = 3
# What holds other places; a river, a sea or a continent refuses none.
_HOLDERS = frozenset(("country", "admin1", "admin2", "admin3", "region", "island", "town", "village"))
_WATERS = frozenset(("sea", "river", "lake"))
# Of them those that refuse what lies elsewhere, since what lies in them is known.
REFUSING = frozenset(("country", "admin1", "admin2", "region"))
# Of a container's name those that news can mean: their prior may lie this far below the best known.
PLAUSIBLE, _MOST_OUTER = 4.5, 12
# Kilometres from the middle of a unit or a town within which a place without the unit's code still lies in it.
_ABOUT_KM = {"admin2": 120.0, "admin3": 50.0, "town": 30.0, "village": 15.0, "island": 60.0, "region": 300.0}
_EARTH_KM = 6371.0
# Only a town with people is claimed by two countries.
_KNOWN_PEOPLE = 2_000


class Holders:
    """The names of a text as containers of each other.

    Parameters
    ----------
    spans, found, belongs, surfaces
        As `geo.resolve.context.gather` has them.
    """

    def __init__(
        self, spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int], surfaces: Surfaces
    ) -> None:
        self.spans = spans
        self._found = found
        self._belongs = belongs
        self._surfaces = surfaces

    def name(self, mention: int) -> Name:
        """Give the name that a mention bears."""
        return self._found[self._belongs[mention]]

    def level(self, mention: int) -> int:
        """Give how wide the best known place of the asked kind is; 0 for a name that nothing bears."""
        candidates = [candidate for _, candidate in self.outer(mention)] or self.name(mention).candidates
        return LEVELS[candidates[0].place.kind] if candidates else 0

    def outer(self, mention: int) -> list[tuple[int, Candidate]]:
        """Give the places that a container's name can mean: those of the kind that its type word asks for, if any."""
        one = self.name(mention)
        plausible = [
            (index, candidate)
            for index, candidate in enumerate(one.candidates[:_MOST_OUTER])
            if candidate.match != "fuzzy" and candidate.place.kind in _HOLDERS
        ]
        # "the Hunan city of Yueyang": its type word is the next name's.
        asked = one.cues.asked.get(mention, set()) - {"settlement", "quarter"}
        kinds = frozenset().union(*(KINDS_OF[kind] for kind in asked)) if asked else frozenset()
        if not kinds & REFUSING and any(
            each.place.kind in _WATERS and each.match != "fuzzy" for each in one.candidates
        ):
            # "the Red Sea port of Hodeidah": waters hold no towns, and no governorate called after them is meant.
            return []
        fitting = [(index, candidate) for index, candidate in plausible if kinds and candidate.place.kind in kinds]
        best = plausible[0][1].prior if plausible else 0.0
        return fitting or [(index, one) for index, one in plausible if one.prior >= best - PLAUSIBLE]

    def pairs(self, relation: Relation) -> list[tuple[int, int]]:
        """Give the pairs of candidates, inner and outer by position, of which one lies in the other."""
        inner = self.name(relation.inner).candidates
        return [
            (at, by)
            for by, outer in self.outer(relation.outer)
            for at, candidate in enumerate(inner)
            if self.lies_in(candidate.place, outer.place)
        ]

    def lies_in(self, place: Place, holder: Place) -> bool:
        """Tell whether a place lies in another, by the lists' codes, else by how far they are apart."""
        if place.id == holder.id or LEVELS[place.kind] > LEVELS[holder.kind]:
            return False
        if holder.kind == "country":
            return place.country_code == holder.country_code and place.kind != "country"
        if holder.kind == "admin1":
            return place.kind != "admin1" and bool(place.admin1_code) and place.admin1_code == holder.admin1_code
        if holder.kind == "admin2" and place.admin2_code:
            return place.kind != "admin2" and place.admin2_code == holder.admin2_code
        if holder.kind in ("region", "continent"):
            return self._surfaces.contains(holder.id, place.id)
        known = holder.kind in ("admin2", "admin3", "island", "town", "village")
        return (
            known and place.country_code == holder.country_code and kilometres(place, holder) <= _ABOUT_KM[holder.kind]
        )

    def lies_about(self, place: Place, holder: Place) -> bool:
        """Tell what may lie in a unit although lists put it beside it: old borders, disputed ones, slips."""
        if LEVELS[place.kind] >= LEVELS[holder.kind]:
            return False
        if holder.kind == "country":
            return place.population >= _KNOWN_PEOPLE and self._surfaces.borders(holder.id, place.id)
        if place.country_code != holder.country_code:
            return False
        if holder.kind == "admin1":
            return self._surfaces.borders(holder.id, place.id)
        return kilometres(place, holder) <= _ABOUT_KM.get(holder.kind, 0.0)


def kilometres(one: Place, other: Place) -> float:
    """Give how far two places are apart on the sphere."""
    half = math.sin(math.radians(other.lat - one.lat) / 2) ** 2
    half += (
        math.cos(math.radians(one.lat))
        * math.cos(math.radians(other.lat))
        * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
