"""Candidates judged against what the text says of where a name lies: one outside the container beside it is refused.

"Sakti in Pidie district" is no town on Bali, whatever its fame and whatever the article is about.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gazetteer.place import Candidate, Place
from geo.model import Span
from geo.resolve.groups import Name
from geo.resolve.relations import HOLDING, Relation
from geo.surfaces import Surfaces
from geo.unit_words import KINDS_OF

# How wide a place is, by kind.
_LEVELS = {
    "facility": 0, "village": 1, "town": 1, "mountain": 1, "admin3": 2, "island": 2, "lake": 2, "river": 2,
    "admin2": 3, "admin1": 4, "region": 5, "sea": 5, "country": 6, "continent": 7,
}  # fmt: skip
_UNIT = 3
# Units that a sentence can open with to say where it takes place; a town with more people than this is known outside.
_FRAMING, _LITTLE_KNOWN = (2, 3, 4), 50_000
# What holds other places; a river, a sea or a continent refuses none.
_HOLDERS = frozenset(("country", "admin1", "admin2", "admin3", "region", "island", "town", "village"))
_WATERS = frozenset(("sea", "river", "lake"))
# Of them those that refuse what lies elsewhere, since what lies in them is known.
_REFUSING = frozenset(("country", "admin1", "admin2", "region"))
_SMALL = frozenset(("facility", "village", "town", "admin3", "admin2", "mountain", "island"))
# Of a container's name those that news can mean: their prior may lie this far below the best known.
_PLAUSIBLE, _MOST_OUTER = 4.5, 12
# Kilometres from the middle of a unit or a town within which a place without the unit's code still lies in it.
_ABOUT_KM = {"admin2": 120.0, "admin3": 50.0, "town": 30.0, "village": 15.0, "island": 60.0, "region": 300.0}
# "X near Y" may mean this many kilometres; a distance that is told may be out by half as much again.
_NEAR_KM, _SLACK = 120.0, 1.5
# Two names of one place, a town's and its municipality's, lie this near.
_ALIAS_KM = 40.0
# What is this far from a town of the name does not lie in it.
# "The Old City of Nablus" is nearer.
_TOWN, _FAR_KM, _QUARTER_KM = 1, 200.0, 40.0
_EARTH_KM = 6371.0
# Only a town with people is claimed by two countries.
_KNOWN_PEOPLE = 2_000


def settle(
    spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int], said: Sequence[Relation], surfaces: Surfaces
) -> tuple[Relation, ...]:
    """Judge the candidates of every name by the relations that its mentions stand in.

    Parameters
    ----------
    spans, found, belongs, surfaces
        As `geo.resolve.context.gather` has them; `allowed` and `holders` of the cues of `found` are filled in place.
    said : sequence of Relation
        As `geo.resolve.relations.read` gives them.

    Returns
    -------
    tuple of Relation
        Those that hold: a ``chain`` is now a container or a list, and what holds the last name of a list holds all.
    """
    judge = _Judge(spans, found, belongs, surfaces)
    settled = _shared(_narrowed(judge, list(_parted(judge, said))))
    for relation in settled:
        if relation.kind != "frame" and spans[relation.inner].usage in ("literal", "metonym"):
            judge.weigh(relation)
    framed = [one for one in settled if one.kind == "frame" and judge.frames(one)]
    return (*(one for one in settled if one.kind != "frame"), *framed)


class _Judge:
    def __init__(
        self, spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int], surfaces: Surfaces
    ) -> None:
        self.spans = spans
        self._found = found
        self._belongs = belongs
        self._surfaces = surfaces

    def name(self, mention: int) -> Name:
        return self._found[self._belongs[mention]]

    def level(self, mention: int) -> int:
        """Give how wide the best known place of the asked kind is; 0 for a name that nothing bears."""
        candidates = [candidate for _, candidate in self.outer(mention)] or self.name(mention).candidates
        return _LEVELS[candidates[0].place.kind] if candidates else 0

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
        if not kinds & _REFUSING and any(
            each.place.kind in _WATERS and each.match != "fuzzy" for each in one.candidates
        ):
            # "the Red Sea port of Hodeidah": waters hold no towns, and no governorate called after them is meant.
            return []
        fitting = [(index, candidate) for index, candidate in plausible if kinds and candidate.place.kind in kinds]
        best = plausible[0][1].prior if plausible else 0.0
        return fitting or [(index, one) for index, one in plausible if one.prior >= best - _PLAUSIBLE]

    def pairs(self, relation: Relation) -> list[tuple[int, int]]:
        """Give the pairs of candidates, inner and outer by position, of which one lies in the other."""
        inner = self.name(relation.inner).candidates
        return [
            (at, by)
            for by, outer in self.outer(relation.outer)
            for at, candidate in enumerate(inner)
            if self._lies_in(candidate.place, outer.place)
        ]

    def weigh(self, relation: Relation) -> None:
        """Keep of both names what fits the relation; nothing of the inner one where none does."""
        inner, outer = self.name(relation.inner), self.name(relation.outer)
        if not inner.candidates or inner is outer:
            return
        if not outer.candidates:
            # Beside a village that nothing bears the name of, what is only spelt alike is another place.
            if relation.kind in HOLDING and all(one.match == "fuzzy" for one in inner.candidates):
                self._restrict(relation.inner, relation, set(), told=True)
            return
        if relation.kind in ("near", "alias"):
            self._near(relation)
            return
        if relation.kind not in HOLDING:
            return
        pairs = self.pairs(relation)
        if pairs and not self._is_likely(relation, {at for at, _ in pairs}):
            return
        if pairs:
            self._restrict(relation.inner, relation, {at for at, _ in pairs}, told=True)
            self._restrict(relation.outer, relation, {by for _, by in pairs}, told=False)
            return
        about = {
            at
            for _, candidate in self.outer(relation.outer)
            for at, one in enumerate(inner.candidates)
            if self._lies_about(one.place, candidate.place)
        }
        if about:
            self._restrict(relation.inner, relation, about, told=True)
        elif self._refuses(relation):
            self._restrict(relation.inner, relation, set(), told=True)

    def frames(self, relation: Relation) -> bool:
        """Keep of a name what lies in the unit that its sentence opens with; tell whether the name may stand there.

        Nothing of it is kept where all its places are small and lie elsewhere.
        """
        inner, outer = self.name(relation.inner), self.name(relation.outer)
        held = relation.inner in inner.cues.allowed or inner is outer
        level = self.level(relation.outer)
        if held or level not in _FRAMING or level <= self.level(relation.inner):
            return False
        if not inner.candidates:
            return True
        inside = {at for at, _ in self.pairs(relation)}
        if inside:
            if self._is_likely(replace(relation, joined=True), inside):
                self._restrict(relation.inner, relation, inside, told=True)
            return False
        outside = [candidate.place for candidate in inner.candidates]
        if not all(place.kind in _SMALL and place.population < _LITTLE_KNOWN for place in outside):
            return False
        if any(self._lies_about(place, one.place) for _, one in self.outer(relation.outer) for place in outside):
            return False
        self._restrict(relation.inner, relation, set(), told=True)
        return True

    def _is_likely(self, relation: Relation, fitting: set[int]) -> bool:
        """Tell whether a loose relation may pick these: "Moscow and Kyiv in Ukraine", "Russia's Paris embassy"."""
        loose = relation.joined or (relation.kind == "owner" and self.level(relation.outer) > _LEVELS["region"])
        candidates = self.name(relation.inner).candidates
        priors = [candidate.prior for candidate in candidates]
        # "in Russia, U.S. officials said" is no hamlet in Ohio.
        loose = loose or candidates[0].place.kind in ("country", "continent")
        return not loose or max(priors[at] for at in fitting) >= max(priors) - _PLAUSIBLE

    def _refuses(self, relation: Relation) -> bool:
        """Tell whether a name none of whose places lies in its container stands there all the same, unknown."""
        level = self.level(relation.outer)
        outer = [candidate.place for _, candidate in self.outer(relation.outer)]
        inner = self.name(relation.inner).candidates
        called = "settlement" in self.name(relation.inner).cues.asked.get(relation.inner, ())
        if not outer or not (called or all(candidate.place.kind in _SMALL for candidate in inner)):
            return False
        if level == _TOWN and relation.kind != "owner":
            # A town stands for its district; "in the west of Jandaris" is no place of that name in another country.
            far = _QUARTER_KM if relation.kind == "of" and relation.inner < relation.outer else _FAR_KM
            return all(_km(one.place, place) > far for one in inner for place in outer)
        if outer[0].kind not in _REFUSING or level < _UNIT or level <= self.level(relation.inner) or relation.joined:
            return False
        return not (relation.kind == "owner" and level > _LEVELS["region"])

    def _restrict(self, mention: int, relation: Relation, fitting: set[int], *, told: bool) -> None:
        cues = self.name(mention).cues
        before = cues.allowed.get(mention)
        both = fitting if before is None else fitting & before
        if before and not both:
            return
        cues.allowed[mention] = frozenset(both)
        if told:
            cues.holders[mention] = self.spans[relation.outer].text

    def _near(self, relation: Relation) -> None:
        """Keep the places within reach of a town that the name is said to be near; of two names of one place both."""
        alias = relation.kind == "alias"
        reach = _ALIAS_KM if alias else max(_NEAR_KM, (relation.km or 0.0) * _SLACK + 30.0)
        pairs = [
            (at, by)
            for by, outer in self.outer(relation.outer)
            for at, one in enumerate(self.name(relation.inner).candidates)
            if (alias or _LEVELS[outer.place.kind] < _UNIT) and _km(one.place, outer.place) <= reach
        ]
        if pairs:
            self._restrict(relation.inner, relation, {at for at, _ in pairs}, told=True)
            if alias:
                self._restrict(relation.outer, relation, {by for _, by in pairs}, told=False)
        elif alias:
            return
        elif self.level(relation.outer) < _UNIT and self.level(relation.inner) < _UNIT:
            self._restrict(relation.inner, relation, set(), told=True)

    def _lies_in(self, place: Place, holder: Place) -> bool:
        if place.id == holder.id or _LEVELS[place.kind] > _LEVELS[holder.kind]:
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
        return known and place.country_code == holder.country_code and _km(place, holder) <= _ABOUT_KM[holder.kind]

    def _lies_about(self, place: Place, holder: Place) -> bool:
        """Tell what may lie in a unit although lists put it beside it: old borders, disputed ones, slips."""
        if _LEVELS[place.kind] >= _LEVELS[holder.kind]:
            return False
        if holder.kind == "country":
            return place.population >= _KNOWN_PEOPLE and self._surfaces.borders(holder.id, place.id)
        if place.country_code != holder.country_code:
            return False
        if holder.kind == "admin1":
            return self._surfaces.borders(holder.id, place.id)
        return _km(place, holder) <= _ABOUT_KM.get(holder.kind, 0.0)


def _parted(judge: _Judge, said: Sequence[Relation]) -> Iterable[Relation]:
    """Part the chains into containers and lists; turn "the US state of Georgia" round."""
    following = {min(one.inner, one.outer): one for one in said}
    for one in said:
        if one.kind == "chain":
            after = following.get(one.outer)
            if _is_address(judge, one, following) or _holds(
                judge, one, after if after and after.kind in ("chain", "list") else None
            ):
                yield one
            else:
                yield Relation("list", one.outer, one.inner)
        elif one.kind in ("in", "of") and judge.level(one.inner) >= judge.level(one.outer) >= _UNIT - 1:
            turned = replace(one, inner=one.outer, outer=one.inner)
            if not judge.pairs(one) and judge.pairs(turned):
                yield turned
            elif judge.pairs(one) or not judge.name(one.inner).candidates:
                yield one
        else:
            yield one


def _is_address(judge: _Judge, chain: Relation, following: Mapping[int, Relation]) -> bool:
    """Tell "Barangay Diatagon, Lianga, Surigao del Sur": a name without a place, its town, the unit of that town."""
    after = following.get(chain.outer)
    if judge.name(chain.inner).candidates or after is None or after.kind != "chain" or after.outer in following:
        return False
    if judge.level(chain.outer) >= _UNIT:
        return False
    # The last name of a list is joined by "and": what a comma alone adds at the end holds the town before it.
    holders = (judge.name(after.outer).candidates[by].place.kind for _, by in judge.pairs(after))
    return any(_UNIT <= _LEVELS[kind] < _LEVELS["region"] for kind in holders)


def _holds(judge: _Judge, chain: Relation, after: Relation | None) -> bool:
    """Tell whether the second name of "A, B" holds the first."""
    level, own = judge.level(chain.outer), judge.level(chain.inner)
    units = [candidate for _, candidate in judge.outer(chain.outer) if _LEVELS[candidate.place.kind] >= _UNIT]
    if not units:
        return False
    if after is not None:
        third = max(after.inner, after.outer)
        peers = judge.level(third) == level
        if (after.joined or after.kind == "list") and (peers or level < _UNIT):
            # "Washington, Oregon and California"; but "Austin, Texas and Oklahoma".
            bearers = judge.name(chain.inner).candidates
            if not bearers or level < _UNIT or any(_LEVELS[one.place.kind] == level for one in bearers):
                return False
        if after.kind == "chain" and peers:
            return False
    if not judge.name(chain.inner).candidates:
        return level >= _UNIT or after is None
    if any(_LEVELS[judge.name(chain.outer).candidates[by].place.kind] >= _UNIT for _, by in judge.pairs(chain)):
        return own <= level or after is None
    asked = judge.name(chain.outer).cues.asked.get(chain.outer, set())
    return bool(asked & {"province", "district"}) and after is None


def _narrowed(judge: _Judge, settled: Sequence[Relation]) -> list[Relation]:
    """Let "X in Kyrgyzstan's Batken region" lie in the region, unless the region is known not to hold it."""
    narrower = {one.outer: one.inner for one in settled if one.kind == "owner" and one.inner == one.outer + 1}
    made = []
    for one in settled:
        within = replace(one, outer=narrower.get(one.outer, one.outer))
        known = judge.name(one.inner).candidates
        made.append(within if one.kind == "in" and (not known or judge.pairs(within)) else one)
    return made


def _shared(settled: Sequence[Relation]) -> list[Relation]:
    """Let what holds the last name of a list hold those before it: "Tripoli and Zahle in Lebanon"."""
    before = {one.inner: one.outer for one in settled if one.kind == "list" and not one.again}
    held = {one.inner for one in settled if one.kind in HOLDING}
    made = list(settled)
    for one in settled:
        if one.kind != "in":
            continue
        at = one.inner
        while at in before and before[at] not in held and before[at] != one.outer:
            at = before[at]
            made.append(replace(one, inner=at, joined=True))
    return made


def _km(one: Place, other: Place) -> float:
    half = math.sin(math.radians(other.lat - one.lat) / 2) ** 2
    half += (
        math.cos(math.radians(one.lat))
        * math.cos(math.radians(other.lat))
        * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
