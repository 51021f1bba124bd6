"""A headline sums up what the first sentence tells: one event, on the day that the sentence gives.

The reader of events joins the two where they are surely one. Where the sentence tells of last month, the headline alone
would put the same event in the days up to publication; and what a heading says is no second event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from geo.events.scene import openings
from geo.model import Event, NotPlotted, PlaceRef
from geo.text import Sentence, sentences

TOLD_ONCE = "told once"
_BODILY = frozenset(("battle", "explosion", "violence_against_civilians"))
_ENDS = (".", "!", "?", "…")
# The longest headlines of news agencies; a first paragraph without a full stop may be longer.
_LONGEST = 200
_DONE = frozenset(("reported", "claimed"))
# How days are known that the headline itself does not say.
_UNDATED = frozenset(("publication", "inherited"))
# What the text below the first sentence tells is what the headline speaks of where it is so recent.
_NEWS = timedelta(days=7)


def summed_up(text: str, title: str | None, events: Sequence[Event]) -> tuple[Event, ...]:
    """Give the events of a text's headline, and of the headings of its entries, that the sentence below tells.

    The headline is the first line, where it is the article's title or is written as one: without a full stop, above
    other lines. Entries are those of a live blog: see `geo.events.scene.openings`.
    """
    found = sentences(text)
    if len(found) < 2 or not events:
        return ()
    by_sentence: dict[int, list[Event]] = {}
    for one in events:
        by_sentence.setdefault(one.sentence_start, []).append(one)
    again: list[Event] = []
    for head, lead in _headings(text, title, found):
        told = by_sentence.get(lead.start, ())
        if head == found[0]:
            # A headline sums up the article, not its first sentence alone; what lies further back is no news of it.
            told = [one for one in events if one.sentence_start >= lead.start]
        again += (
            one
            for one in by_sentence.get(head.start, ())
            if one.date_basis in _UNDATED and any(_sums_up(one, it, lead.start) for it in told)
        )
    return tuple(again)


def _headings(text: str, title: str | None, found: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Give each heading with the first sentence below it."""
    head, lead = found[0], found[1]
    line = text[head.start : head.end]
    if "\n" in text[head.end : lead.start] and len(line) <= _LONGEST and (line == title or not line.endswith(_ENDS)):
        yield head, lead
    for number in sorted(set(openings(text, found)) - {0}):
        if number + 1 < len(found) and not found[number + 1].headline:
            yield found[number], found[number + 1]


def left_out(events: Sequence[Event]) -> tuple[NotPlotted, ...]:
    """Give what is said of events that only sum up another one."""
    return tuple(NotPlotted(one.trigger_start, one.trigger_end, one.trigger, TOLD_ONCE) for one in events)


def _sums_up(head: Event, lead: Event, first: int) -> bool:
    if head.place is None or lead.place is None or lead.date_end is None or head.date_end is None:
        return False
    if head.type != lead.type and not {head.type, lead.type} <= _BODILY:
        return False
    done = head.status in _DONE and lead.status in _DONE
    recent = lead.sentence_start == first or head.date_end - lead.date_end <= _NEWS
    return done and recent and lead.date_end <= head.date_end and _holds(head.place, lead.place)


def _holds(outer: PlaceRef, inner: PlaceRef) -> bool:
    if outer.id == inner.id:
        return True
    same_country = outer.country_code is not None and outer.country_code == inner.country_code
    return same_country and outer.name in (inner.admin1, inner.name)
