"""Every place mention and every trigger that became no event, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import Event, Mention, NotPlotted


def not_plotted(
    mentions: Sequence[Mention],
    sites: Mapping[int, Site],
    triggers: Mapping[Trigger, str],
    events: Iterable[Event],
    used: frozenset[int],
) -> tuple[NotPlotted, ...]:
    """List what is on no map, in reading order.

    Parameters
    ----------
    sites : mapping
        The site made of each mention, by the mention's start.
    triggers : mapping
        The reason for each trigger that became no event.
    used : frozenset of int
        Starts of the mentions at which an event stands.
    """
    found = [NotPlotted(trigger.start, trigger.end, trigger.text, reason) for trigger, reason in triggers.items()]
    for mention in mentions:
        if mention.start not in used:
            found.append(NotPlotted(mention.start, mention.end, mention.text, _why(mention, sites.get(mention.start))))
    for event in events:
        if event.place is None:
            found.append(NotPlotted(event.trigger_start, event.trigger_end, event.trigger, "unresolved"))
        elif event.date_start is None:
            found.append(NotPlotted(event.trigger_start, event.trigger_end, event.trigger, "no date"))
        elif event.status in ("planned", "hypothetical", "denied"):
            found.append(NotPlotted(event.trigger_start, event.trigger_end, event.trigger, event.status))
    return tuple(sorted(found, key=lambda item: (item.start, item.end, item.reason)))


def _why(mention: Mention, site: Site | None) -> str:
    if mention.usage != "literal" and (site is None or not site.literal):
        return mention.usage
    if site is not None and not site.literal:
        return site.why or "metonym"
    if mention.place is None:
        return "unresolved"
    if site is not None and site.reference:
        return "reference"
    return "background"
