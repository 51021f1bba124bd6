"""Candidates judged against what the text says of where a name lies: one outside the container beside it is refused.

"Sakti in Pidie district" is no town on Bali, whatever its fame and whatever the article is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Span
from geo.resolve import chains
from geo.resolve.groups import Name
from geo.resolve.holders import LEVELS, PLAUSIBLE, REFUSING, UNIT, Holders, kilometres
from geo.resolve.relations import HOLDING, Relation
from geo.surfaces import Surfaces

# Units that a sentence can open with to say where it takes place; a town with more people than this is known outside.
_FRAMING, _LITTLE_KNOWN = (2, 3, 4), 50_000
_SMALL = frozenset(("facility", "village", "town", "admin3", "admin2", "mountain", "island"))
# "X near Y" may mean this many kilometres; a distance that is told may be out by half as much again.
_NEAR_KM, _SLACK = 120.0, 1.5
# Two names of one place, a town's and its municipality's, lie this near.
_ALIAS_KM = 40.0
# What is this far from a town of the name does not lie in it.
# "The Old City of Nablus" is nearer.
_TOWN, _THIRD, _FAR_KM, _QUARTER_KM = 1, 2, 200.0, 40.0
_UNITS = frozenset(("province", "district"))


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
    settled = chains.shared(judge, chains.narrowed(judge, list(chains.parted(judge, said))))
    for relation in (*settled, *chains.through(judge, settled)):
        if relation.kind != "frame" and spans[relation.inner].usage in ("literal", "metonym"):
            judge.weigh(relation)
    framed = [one for one in settled if one.kind == "frame" and judge.frames(one)]
    return (*(one for one in settled if one.kind != "frame"), *framed)


class _Judge(Holders):
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
            if self.lies_about(one.place, candidate.place)
        }
        if about:
            self._restrict(relation.inner, relation, about, told=True)
        elif self._refuses(relation):
            self._restrict(relation.inner, relation, set(), told=True)

    def frames(self, relation: Relation) -> bool:
        """Keep of a name what lies in the unit that its sentence opens with; tell whether the name may stand there.

        Nothing of it is kept where all its places are small and lie elsewhere.
        """
        if relation.office:
            self._pick(relation)
            return False
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
        # Of a large town that has the name only besides its own ("Oleksandrivka", once, for Donetsk) no sentence tells.
        lesser = [one.match == "alternate" and not one.primary for one in inner.candidates]
        if not all(
            place.kind in _SMALL and (place.population < _LITTLE_KNOWN or known_otherwise)
            for place, known_otherwise in zip(outside, lesser, strict=True)
        ):
            return False
        # A sentence that opens with a region tells of that region: what is listed under another is no slip of the list.
        unlisted = {
            at
            for at, place in enumerate(outside)
            for _, one in self.outer(relation.outer)
            if place.admin1_code is None and self.lies_about(place, one.place)
        }
        self._restrict(relation.inner, relation, unlisted, told=True)
        return not unlisted

    def _pick(self, relation: Relation) -> None:
        """Keep of a name what lies in the unit whose officials speak of it: "Yampil, Sumy police said"."""
        inner, outer = self.name(relation.inner), self.name(relation.outer)
        if relation.inner in inner.cues.allowed or inner is outer:
            return
        units = [one.place for _, one in self.outer(relation.outer) if LEVELS[one.place.kind] in _FRAMING]
        inside = {at for at, one in enumerate(inner.candidates) if any(self.lies_in(one.place, unit) for unit in units)}
        if inside and self._is_likely(replace(relation, joined=True), inside):
            self._restrict(relation.inner, relation, inside, told=True)

    def _is_likely(self, relation: Relation, fitting: set[int]) -> bool:
        """Tell whether a loose relation may pick these: "Moscow and Kyiv in Ukraine", "Russia's Paris embassy"."""
        loose = relation.joined or (relation.kind == "owner" and self.level(relation.outer) > LEVELS["region"])
        candidates = self.name(relation.inner).candidates
        priors = [candidate.prior for candidate in candidates]
        # "in Russia, U.S. officials said" is no hamlet in Ohio.
        loose = loose or candidates[0].place.kind in ("country", "continent")
        return not loose or max(priors[at] for at in fitting) >= max(priors) - PLAUSIBLE

    def _refuses(self, relation: Relation) -> bool:
        """Tell whether a name none of whose places lies in its container stands there all the same, unknown."""
        level = self.level(relation.outer)
        outer = [candidate.place for _, candidate in self.outer(relation.outer)]
        inner = self.name(relation.inner).candidates
        asked = self.name(relation.inner).cues.asked.get(relation.inner, set())
        called = "settlement" in asked
        if not outer or not (called or all(candidate.place.kind in _SMALL for candidate in inner)):
            return False
        if not called and self._is_city_of(relation.inner, {place.country_code for place in outer}):
            # "Siberia's Chita", "Galkayo in Puntland": regions are drawn more widely than their lists have them.
            return False
        owned = relation.kind == "owner" and not asked & _UNITS
        if (level == _TOWN and not owned) or (level == _THIRD and self._is_called(relation.outer)):
            # A town stands for its district, above all where a district is said to be its: "in the west of Jandaris" is
            # no place of that name in another country.
            far = _QUARTER_KM if relation.kind == "of" and relation.inner < relation.outer else _FAR_KM
            return all(
                kilometres(one.place, place) > far or one.place.country_code != place.country_code
                for one in inner
                for place in outer
            )
        if outer[0].kind not in REFUSING or level < UNIT or level <= self.level(relation.inner) or relation.joined:
            return False
        return not (relation.kind == "owner" and level > LEVELS["region"])

    def _is_city_of(self, mention: int, countries: set[str | None]) -> bool:
        """Tell whether a name is that of a city which is known outside of where it lies, in one of some countries."""
        return any(
            one.place.kind == "town" and one.match != "fuzzy" and one.place.population >= _LITTLE_KNOWN
            for one in self.name(mention).candidates
            if one.place.country_code in countries
        )

    def _is_called(self, mention: int) -> bool:
        """Tell whether a mention is called a district or a province."""
        return bool(self.name(mention).cues.asked.get(mention, set()) & _UNITS)

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
            if (alias or LEVELS[outer.place.kind] < UNIT) and kilometres(one.place, outer.place) <= reach
        ]
        if pairs:
            self._restrict(relation.inner, relation, {at for at, _ in pairs}, told=True)
            if alias:
                self._restrict(relation.outer, relation, {by for _, by in pairs}, told=False)
        elif alias:
            return
        elif self.level(relation.outer) < UNIT and self.level(relation.inner) < UNIT:
            self._restrict(relation.inner, relation, set(), told=True)
