"""A headline sums up what the first sentence tells: one event, on the day that the sentence gives.

The reader of events joins the two where their days agree, or the sentence's lie a little earlier. Where that sentence
tells of last month, the headline alone would put the same event in the days up to publication.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Event, NotPlotted, PlaceRef
from geo.text import sentences

TOLD_ONCE = "told once"
_BODILY = frozenset(("battle", "explosion", "violence_against_civilians"))
_ENDS = (".", "!", "?", "…")
# The longest headlines of news agencies; a first paragraph without a full stop may be longer.
_LONGEST = 200
_DONE = frozenset(("reported", "claimed"))


def summed_up(text: str, title: str | None, events: Sequence[Event]) -> tuple[Event, ...]:
    """Give the events of a text's headline that its first sentence tells and dates.

    The headline is the first line, where it is the article's title or is written as one: without a full stop, above
    other lines.
    """
    found = sentences(text)
    if len(found) < 2 or not events:
        return ()
    head, lead = found[0], found[1]
    line = text[head.start : head.end]
    apart = "\n" in text[head.end : lead.start]
    if not apart or len(line) > _LONGEST or (line != title and line.endswith(_ENDS)):
        return ()
    told = [one for one in events if one.sentence_start == lead.start and one.date_basis != "publication"]
    return tuple(
        one
        for one in events
        if one.sentence_start == head.start
        and one.date_basis == "publication"
        and any(_sums_up(one, it) for it in told)
    )


def left_out(events: Sequence[Event]) -> tuple[NotPlotted, ...]:
    """Give what is said of events that only sum up another one."""
    return tuple(NotPlotted(one.trigger_start, one.trigger_end, one.trigger, TOLD_ONCE) for one in events)


def _sums_up(head: Event, lead: Event) -> bool:
    if head.place is None or lead.place is None or lead.date_end is None or head.date_end is None:
        return False
    if head.type != lead.type and not {head.type, lead.type} <= _BODILY:
        return False
    done = head.status in _DONE and lead.status in _DONE
    return done and lead.date_end <= head.date_end and _holds(head.place, lead.place)


def _holds(outer: PlaceRef, inner: PlaceRef) -> bool:
    if outer.id == inner.id:
        return True
    same_country = outer.country_code is not None and outer.country_code == inner.country_code
    return same_country and outer.name in (inner.admin1, inner.name)
