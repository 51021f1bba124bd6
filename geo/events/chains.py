"""Containment chains: "X, Y province" is one place, the narrower; an unknown village takes the district that holds it."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.events.sites import Site
from geo.events.triggers import Trigger

_JOINT = re.compile(
    r"(?:,| in| of|, in| \(|, near|, outside|, a (?:city|town|village) in|,? (?:located |situated )?in|,? (?:just "
    r")?(?:outside|on the outskirts of))?(?:['’]s)?[ ,]*(?:the )?"
    r"(?:(?:a|an|the)? ?(?:[\w-]+ ){0,3}(?:city|town|village|hamlet|region|port|capital|district|province|part|"
    r"suburb|state|enclave|area|"
    r"neighbou?rhood|commune|municipality|county|island|camp|governorate)s? (?:of |in |on )?(?:the "
    r")?)?(?:[a-z-]+(?:ern|ous|th|st) )?(?:[A-Z]\w+ )?"
)
_JOINT_LENGTH = 50
_STREET = re.compile(
    r"\b(?:Street|Avenue|Park|Highway|Road|Bridge|Church|Building|Hotel|Hospital|Embassy|University|Boulevard|Plaza|"
    r"Square|School|"
    r"Brigade|Battalion|Division|Regiment)\b"
)
_HOLDERS = frozenset({"admin1", "admin2", "admin3", "town", "region", "island", "country"})


def chained(text: str, sites: tuple[Site, ...], triggers: tuple[Trigger, ...]) -> tuple[Site, ...]:
    """Merge neighbouring sites of which one holds the other.

    Returns
    -------
    tuple of Site
        Without the containers. A named but unknown village keeps its name and gets `inside`, the place that holds it.
    """
    ordered = sorted(sites, key=lambda site: site.start)
    dropped: set[int] = set()
    for index in range(len(ordered) - 1):
        first, second = ordered[index], ordered[index + 1]
        if not _joined(text, first, second, triggers):
            continue
        if first.place is None and second.where is not None:
            if _STREET.search(first.text):
                # A street or a hospital is drawn at its town.
                dropped.add(index)
                ordered[index + 1] = replace(
                    second, preposition=first.preposition or second.preposition, reference=first.reference
                )
            elif second.where.kind in _HOLDERS:
                dropped.add(index + 1)
                ordered[index] = replace(
                    first, inside=second.where, why=f"{first.text} is in no gazetteer; it lies in {second.where.name}"
                )
        elif first.place and second.place and first.rank < second.rank:
            dropped.add(index + 1)
            ordered[index + 1] = ordered[index]
        elif first.place and second.place and first.rank > second.rank:
            dropped.add(index)
            ordered[index + 1] = replace(second, preposition=second.preposition or first.preposition)
    return tuple(site for index, site in enumerate(ordered) if index not in dropped)


def _joined(text: str, first: Site, second: Site, triggers: tuple[Trigger, ...]) -> bool:
    gap = text[first.end : second.start]
    if first.nominal or second.nominal or len(gap) >= _JOINT_LENGTH or not _JOINT.fullmatch(gap):
        return False
    if re.search(r"\b(?:and|or)\b", gap) or any(first.end <= trigger.start < second.start for trigger in triggers):
        return False
    if first.place is None:
        return second.where is not None
    return second.place is not None and first.place.country_code == second.place.country_code
