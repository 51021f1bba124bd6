"""Lists in which only the first has a verb: "Aleppo fell on Saturday and Hama on Thursday"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import TimeSpan

_JOINT = re.compile(r"(?:[,;]? and|[,;]|[,;]? then|[,;]? but)(?: (?:in|at|on|near))?(?: the)? $")
_DATED = re.compile(r",?(?: (?:on|in|at|late|early|by|only|just)){0,2} $")
_APPOSITION = re.compile(r", (?:an? |the |about |some |just |\d)[\w' -]{3,45},")
_REACH = 90


def elliptical(
    text: str, chosen: Sequence[Site], sites: Sequence[Site], spans: Sequence[TimeSpan], triggers: Sequence[Trigger]
) -> tuple[tuple[Site, TimeSpan], ...]:
    """Give the further places of a list in which each has a date of its own and none a verb.

    Parameters
    ----------
    chosen : sequence of Site
        The places that the verb is tied to already.
    sites, spans, triggers : sequence
        The literal places, the dated expressions and the triggers of the sentence, in reading order.
    """
    if not chosen:
        return ()
    found: list[tuple[Site, TimeSpan]] = []
    last = max(site.end for site in chosen)
    for site in sorted(sites, key=lambda site: site.start):
        if site.start <= last or site.nominal or site.reference:
            continue
        own = _own_date(text, site, spans)
        before = [span for span in spans if span.date_start and last < span.end <= site.start]
        if own is None or not before or site.start - last > _REACH:
            return tuple(found)
        if any(last <= trigger.start < own.end for trigger in triggers) or not _JOINT.search(text, last, site.start):
            return tuple(found)
        found.append((site, own))
        last = own.end
    return tuple(found)


def _own_date(text: str, site: Site, spans: Sequence[TimeSpan]) -> TimeSpan | None:
    """Give the dated expression right behind a place, or behind what explains it."""
    for span in spans:
        if span.start <= site.end or span.date_start is None:
            continue
        gap = _APPOSITION.sub("", text[site.end : span.start], count=1)
        return span if _DATED.fullmatch(gap) else None
    return None
