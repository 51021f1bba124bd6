"""Containment chains: "X, Y province" is one place, the narrower; an unknown village lies in its district."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.events.lexicon import lexicon
from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import PlaceRef

_JOINT = re.compile(
    r"(?:,| in| of|, in| \(|, near|, outside|, a (?:city|town|village) in|,? (?:a |an )?(?:part|suburb|"
    r"quarter|outpost|satellite) of|"
    r",? (?:located |situated )?in|, in the (?:north|south|east|west|north-?east|north-?west|south-?east|"
    r"south-?west|centre|"
    r"heart|middle) of|,? deep (?:inside|in|within)|,? (?:just )?(?:outside|"
    r"on the outskirts of))?(?:['’]s)?[ ,]*(?:the )?"
    r"(?:(?:a|an|the)? ?(?:[\w-]+ ){0,3}(?:city|town|village|hamlet|region|port|capital|district|province|part|"
    r"suburb|state|enclave|area|"
    r"neighbou?rhood|commune|municipality|county|island|camp|governorate)s? (?:of |in |on )?(?:the "
    r")?)?(?:[a-z-]+(?:ern|ous|th|st) )?(?:[A-Z]\w+(?:['’]s)? )?"
)
_JOINT_LENGTH = 50
_ON_THE = re.compile(r",? (?:(?:on|near|close to|along|at) )(?:the |its )?")
_ITS_BORDER = re.compile(r"(?:['’]s)? (?:border|frontier|coast|side)\b")
# "the Mawasi area west of Khan Younis": the second only says where the first lies.
_BESIDE = re.compile(
    r",? on the (?:[a-z-]+ )?(?:edge|outskirts|fringes|shores?|banks?) of (?:the )?|"
    r"(?:,? (?:close to|not far from) (?:the )?|, (?:near|outside) (?:the )?)|"
    r"(?: (?:area|district|quarter|suburb|neighbou?rhood|camp|village|town|region|base|airport))?,? (?:just |\d+ (?:km|"
    r"kilomet\w+|miles) |about \d+ (?:km|kilomet\w+|miles) )?(?:to the )?"
    r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of (?:the )?(?:\w+ (?:city|town) of )?"
)
STREET = re.compile(
    r"\b(?:Street|Avenue|Park|Highway|Road|Bridge|Church|Building|Hotel|Hospital|Embassy|University|Boulevard|Plaza|"
    r"Square|School|"
    r"Brigade|Battalion|Division|Regiment|Command|Headquarters|Ministry|Council|Committee|Commission|"
    r"Court|Corps|Office|"
    r"Authority|Station|Barracks|Palace|Museum|Stadium|Market|Mall)\b"
)
_HOLDERS = frozenset({"admin1", "admin2", "admin3", "town", "region", "island", "country"})


def chained(text: str, sites: tuple[Site, ...], triggers: tuple[Trigger, ...]) -> tuple[Site, ...]:
    """Merge neighbouring sites of which one holds the other.

    Returns
    -------
    tuple of Site
        Without the containers. A named but unknown village keeps its name and gets `inside`, the place that holds it.
    """
    ordered = _without_owners(text, sorted(sites, key=lambda site: site.start))
    dropped: set[int] = set()
    for index in range(len(ordered) - 1):
        first, second = ordered[index], ordered[index + 1]
        if first.place and not first.nominal and _BESIDE.fullmatch(text[first.end : second.start]):
            dropped.add(index + 1)
            ordered[index + 1] = ordered[index]
            continue
        border = text[first.end : second.start]
        if _ON_THE.fullmatch(border) and _ITS_BORDER.match(text, second.end):
            # "Tinzaouaten, on the Algerian border"
            dropped.add(index + 1)
            ordered[index + 1] = ordered[index]
            continue
        if not _joined(text, first, second, triggers):
            continue
        if first.place is None and second.where is not None:
            if STREET.search(first.text):
                # A street or a hospital is drawn at its town.
                dropped.add(index)
                ordered[index + 1] = replace(second, preposition=_stronger(first, second), reference=first.reference)
            elif second.where.kind in _HOLDERS:
                dropped.add(index + 1)
                ordered[index] = replace(
                    first, inside=second.where, why=f"{first.text} is in no gazetteer; it lies in {second.where.name}"
                )
        elif first.place and second.place and _misread(text, first, second):
            dropped.add(index + 1)
            why = f"{first.text} lies in {second.place.name}, where no place of that name is known"
            ordered[index] = replace(first, place=None, inside=second.place, why=why)
        elif first.place and second.place and first.rank < second.rank:
            dropped.add(index + 1)
            ordered[index] = replace(first, preposition=_stronger(first, second))
            ordered[index + 1] = ordered[index]
        elif first.place and second.place and first.rank > second.rank:
            dropped.add(index)
            ordered[index + 1] = replace(second, preposition=second.preposition or first.preposition)
    return tuple(site for index, site in enumerate(ordered) if index not in dropped)


def _without_owners(text: str, ordered: list[Site]) -> list[Site]:
    """Drop the country of "Sudan's Gezira state"; the state takes over its preposition."""
    kept: list[Site] = []
    for site in ordered:
        last = kept[-1] if kept else None
        owned = last is not None and re.fullmatch(r"['’]s? ", text[last.end : site.start])
        if last and last.place and site.place and owned and last.place.kind == "country" and site.rank < last.rank:
            kept[-1] = replace(site, start=last.start, preposition=last.preposition or site.preposition)
        else:
            kept.append(site)
    return kept


def _stronger(first: Site, second: Site) -> str | None:
    strong = lexicon().lists["strong prepositions"]
    return first.preposition if first.preposition in strong or not second.preposition else second.preposition


def _joined(text: str, first: Site, second: Site, triggers: tuple[Trigger, ...]) -> bool:
    gap = text[first.end : second.start]
    if first.nominal or second.nominal or len(gap) >= _JOINT_LENGTH or not _JOINT.fullmatch(gap):
        return False
    if re.search(r"\b(?:and|or)\b", gap) or any(first.end <= trigger.start < second.start for trigger in triggers):
        return False
    if first.place is None:
        return second.where is not None
    if second.place is None:
        return False
    if first.rank > second.rank and re.search(r"\bin\b|\bon\b|\bnear\b", gap):
        # "in north-eastern Ukraine, in Crimea": a list, not a chain.
        return False
    return _misread(text, first, second) or _holds(second.place, first.place) or _holds(first.place, second.place)


def _holds(outer: PlaceRef, inner: PlaceRef) -> bool:
    """Tell whether one place may lie in the other, by country and first-level unit."""
    if outer.country_code != inner.country_code:
        return False
    if outer.kind in ("admin1", "admin2", "admin3") and inner.admin1 and outer.admin1:
        return outer.admin1 == inner.admin1
    return outer.kind not in ("town", "village") or inner.kind in ("facility", "village", "town")


def _misread(text: str, first: Site, second: Site) -> bool:
    """Tell a namesake from afar: "Lala camp in Djugu" cannot be the Lala of another country."""
    if first.place is None or second.place is None or first.place.country_code == second.place.country_code:
        return False
    gap = text[first.end : second.start]
    local = second.place.kind in ("admin1", "admin2", "admin3", "town")
    return (
        local
        and first.place.kind in ("town", "village", "admin3", "facility")
        and re.search(r"\bin (?:the )?$", gap) is not None
    )
