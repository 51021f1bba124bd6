"""Every place mention and every word that tells something, that became no mark on the map, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from geo.events.proposals import SHOWN
from geo.events.scene import Scene
from geo.model import Event, Mention, NotPlotted
from geo.reader.judgement import Judgement
from geo.text import Sentence

# A word that tells an event more likely than not, and is part of none that is shown, is listed.
_TRIGGER = 0.5


def left_out(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    judgement: Judgement,
    *,
    kept: Sequence[Scene],
    again: Sequence[Scene],
    doubted: Sequence[Scene],
    events: Iterable[Event],
) -> tuple[NotPlotted, ...]:
    """List what is on no map, in reading order.

    Parameters
    ----------
    kept, again, doubted : sequence of Scene
        What is told, what only tells it once more, and what was not sure enough.
    """
    found: list[NotPlotted] = []
    used = {scene.candidate.start for scene in kept}
    repeated = {scene.candidate.start for scene in again}
    unsure = {scene.candidate.start for scene in doubted if scene.proposal.event >= _TRIGGER}
    for mention in mentions:
        if mention.start not in used:
            found.append(
                NotPlotted(mention.start, mention.end, mention.text, _why(mention, repeated=repeated, unsure=unsure))
            )
    said = {scene.proposal.trigger for scene in kept}
    starts = [sentence.start for sentence in sentences]
    covered = {scene.proposal.sentence for scene in (*kept, *again)}
    for trigger in judgement.triggers:
        span = (trigger.start, trigger.end)
        sentence = bisect_right(starts, trigger.start) - 1
        if trigger.p < _TRIGGER or span in said or sentence in covered:
            continue
        reason = "no place" if trigger.nowhere >= _TRIGGER or not trigger.places else "part of another event"
        found.append(NotPlotted(trigger.start, trigger.end, text[trigger.start : trigger.end], reason))
    for event in events:
        words = (event.trigger_start, event.trigger_end, event.trigger)
        if event.place is None:
            found.append(NotPlotted(*words, "unresolved"))
        elif event.status not in SHOWN:
            found.append(NotPlotted(*words, event.status))
        elif event.date_start is None:
            found.append(NotPlotted(*words, "no date"))
    return tuple(sorted(set(found), key=lambda item: (item.start, item.end, item.reason)))


def _why(mention: Mention, *, repeated: set[int], unsure: set[int]) -> str:
    if mention.start in repeated:
        return "told once"
    if mention.usage != "literal":
        return mention.usage
    if mention.place is None:
        return "unresolved"
    if mention.start in unsure:
        return "unsure"
    return "reference" if mention.offset_km is not None else "background"
