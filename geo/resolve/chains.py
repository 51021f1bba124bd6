"""Chains parted into containers and lists: "Tripoli, Libya", "Washington, Oregon and California"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geo.resolve.holders import LEVELS, UNIT, Holders
from geo.resolve.relations import HOLDING, Relation

_CALLED = frozenset(("province", "district"))


def parted(judge: Holders, said: Sequence[Relation]) -> Iterable[Relation]:
    """Part the chains into containers and lists; turn "the US state of Georgia" round."""
    following = {min(one.inner, one.outer): one for one in said if abs(one.inner - one.outer) == 1}
    for one in said:
        if one.kind == "chain":
            after = following.get(one.outer)
            if (
                _is_address(judge, one, following)
                or _is_pair(judge, one, following)
                or _holds(judge, one, after if after and after.kind in ("chain", "list") else None)
            ):
                yield one
            else:
                yield Relation("list", one.outer, one.inner)
        elif one.kind in ("in", "of") and judge.level(one.inner) >= judge.level(one.outer) >= UNIT - 1:
            turned = replace(one, inner=one.outer, outer=one.inner)
            if not judge.pairs(one) and judge.pairs(turned):
                yield turned
            elif judge.pairs(one) or not judge.name(one.inner).candidates:
                yield one
        elif one.kind == "of" and one.inner < one.outer:
            turned = replace(one, inner=one.outer, outer=one.inner)
            unknown = bool(judge.name(one.inner).candidates) and not judge.name(one.outer).candidates
            yield turned if not judge.pairs(one) and (unknown or judge.pairs(turned)) else one
        else:
            yield one


def _is_address(judge: Holders, chain: Relation, following: Mapping[int, Relation]) -> bool:
    """Tell "Barangay Diatagon, Lianga, Surigao del Sur": a name without a place, its town, the unit of that town."""
    after = following.get(chain.outer)
    if judge.name(chain.inner).candidates or after is None or after.kind != "chain" or after.outer in following:
        return False
    if judge.level(chain.outer) >= UNIT:
        return False
    # The last name of a list is joined by "and": what a comma alone adds at the end holds the town before it, be that
    # in no list either ("Barangay Meta, Datu Unsay, Maguindanao").
    known = judge.name(chain.outer).candidates
    bearers = judge.name(after.outer).candidates
    holders = [bearers[by] for _, by in judge.pairs(after)] if known else [one for _, one in judge.outer(after.outer)]
    return any(UNIT <= LEVELS[one.place.kind] < LEVELS["region"] for one in holders)


def _is_pair(judge: Holders, chain: Relation, following: Mapping[int, Relation]) -> bool:
    """Tell "in La Luna, Cali": two names and no third, the first without a place; a list of two has an "and"."""
    if judge.name(chain.inner).candidates or not 0 < judge.level(chain.outer) < UNIT:
        return False
    others = (following.get(chain.inner - 1), following.get(chain.outer))
    return not any(one is not None and one.kind in ("chain", "list") for one in others)


def _holds(judge: Holders, chain: Relation, after: Relation | None) -> bool:
    """Tell whether the second name of "A, B" holds the first."""
    level, own = judge.level(chain.outer), judge.level(chain.inner)
    # "Rathkeel, County Down": a third-level unit holds what stands before it where it is called one.
    called = bool(judge.name(chain.outer).cues.asked.get(chain.outer, set()) & _CALLED)
    least = UNIT - 1 if called else UNIT
    units = [candidate for _, candidate in judge.outer(chain.outer) if LEVELS[candidate.place.kind] >= least]
    if not units:
        return False
    if after is not None:
        third = max(after.inner, after.outer)
        peers = judge.level(third) == level
        if (after.joined or after.kind == "list") and (peers or level < UNIT):
            # "Washington, Oregon and California"; but "Austin, Texas and Oklahoma".
            bearers = judge.name(chain.inner).candidates
            if not bearers or level < UNIT or any(LEVELS[one.place.kind] == level for one in bearers):
                return False
        if after.kind == "chain" and peers:
            return False
    if not judge.name(chain.inner).candidates:
        return level >= least or after is None
    if any(LEVELS[judge.name(chain.outer).candidates[by].place.kind] >= UNIT for _, by in judge.pairs(chain)):
        return own <= level or after is None
    return called and after is None


def narrowed(judge: Holders, settled: Sequence[Relation]) -> list[Relation]:
    """Let "X in Kyrgyzstan's Batken region" lie in the region, unless the region is known not to hold it."""
    narrower = {one.outer: one.inner for one in settled if one.kind == "owner" and one.inner == one.outer + 1}
    made = []
    for one in settled:
        within = replace(one, outer=narrower.get(one.outer, one.outer))
        known = judge.name(one.inner).candidates
        made.append(within if one.kind == "in" and (not known or judge.pairs(within)) else one)
    return made


def through(judge: Holders, settled: Sequence[Relation]) -> list[Relation]:
    """Give what follows of containers that nothing bears the name of: they lie in others, and so does what they hold.

    "Dawa town of Gesha Tiro district of the Oromia region" is no town of China, though no list has the district.
    """
    held = {one.inner: one for one in settled if one.kind in HOLDING and not one.joined}
    made = []
    for one in settled:
        if one.kind not in HOLDING or judge.outer(one.outer):
            continue
        seen, outer = {one.inner, one.outer}, one.outer
        while outer in held and not judge.outer(outer) and held[outer].outer not in seen:
            outer = held[outer].outer
            seen.add(outer)
        if judge.outer(outer):
            made.append(replace(one, kind="in", outer=outer))
    return made


def shared(judge: Holders, settled: Sequence[Relation]) -> list[Relation]:
    """Let what holds the last name of a list hold those before it: "Tripoli and Zahle in Lebanon".

    What the last one is said to be near is near those before it that nothing bears the name of, too: "the villages of A
    and B, west of Tripoli".
    """
    before = {one.inner: one.outer for one in settled if one.kind == "list" and not one.again}
    held = {one.inner for one in settled if one.kind in HOLDING}
    near = {one.inner for one in settled if one.kind == "near"}
    made = list(settled)
    for one in settled:
        if one.kind not in ("in", "near"):
            continue
        at = one.inner
        while at in before and before[at] not in held and before[at] != one.outer:
            at = before[at]
            if one.kind == "near" and (at in near or judge.name(at).candidates):
                break
            made.append(replace(one, inner=at, joined=True))
    return made
