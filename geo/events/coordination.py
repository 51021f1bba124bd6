"""Lists of places: "in Kherson, Mykolaiv and the port of Odesa" is one event at each."""

from __future__ import annotations

import re

from geo.events.clauses import borders
from geo.events.sites import Site
from geo.events.triggers import Trigger

_JOINT = re.compile(
    r"(?:['’]s?)? ?(?:region|province|department|city|district|oblast|oblasts|governorate|state|county|areas?)?s?(?: "
    r"\([^)]{1,25}\))?"
    r",? ?(?:and|or|as well as|,|&|along with|but also)? ?(?:also )?(?:in |near |at |on |over |to |from |around |"
    r"across |outside )?(?:the |both )?"
    r"(?:(?:[a-z]*(?:ern|ous)|nearby|neighbou?ring|capital|[A-Z]\w+(?:['’]s)?|north|south|east|west|disputed|"
    r"occupied|\w+-held|further)[- ]){0,3}?"
    r"(?:(?:region|city|town|village|province|port|district|department|towns|villages|cities|provinces|island)s? of )?"
)
# "launchers near Bint Jbeil and a store in Nabatieh"
_OBJECT_JOINT = re.compile(
    r",? (?:and|as well as|along with) (?:on |at )?(?:an? |the |two |three |four |five |several |another |its |their )"
    r"(?:[a-z-]+ ){1,4}(?:in|at|near|outside) (?:the )?"
)
_LINKS = re.compile(r",|\band\b|\bor\b|as well as|&|along with")
_JOINT_LENGTH = 60


def coordinated(text: str, chosen: Site, sites: tuple[Site, ...], triggers: tuple[Trigger, ...]) -> tuple[Site, ...]:
    """Give the chosen site and those that stand in one list with it, in reading order."""
    ordered = sorted(sites, key=lambda site: site.start)
    index = next(position for position, site in enumerate(ordered) if site is chosen)
    first = last = index
    while last + 1 < len(ordered) and _linked(text, ordered[last], ordered[last + 1], triggers):
        last += 1
    while first > 0 and _linked(text, ordered[first - 1], ordered[first], triggers):
        first -= 1
    return tuple(ordered[first : last + 1])


def _linked(text: str, left: Site, right: Site, triggers: tuple[Trigger, ...]) -> bool:
    gap = text[left.end : right.start]
    if len(gap) >= _JOINT_LENGTH or not (_JOINT.fullmatch(gap) or _OBJECT_JOINT.fullmatch(gap)):
        return False
    if not _LINKS.search(gap):
        return False
    if any(left.end <= trigger.start < right.start for trigger in triggers):
        return False
    return not borders(text, left.end, right.start)
