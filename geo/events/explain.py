"""How an article was read, step by step: what each room said of everything proposed, with its numbers.

A wrong pin, or a missing one, is found in two hops: its lines here name the room that decided; the room has the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.events.days import in_words
from geo.events.extract import Weighed
from geo.events.proposals import SHOWN
from geo.events.scene import Scene


def explain(text: str, weighed: Weighed) -> str:
    """Give the steps of every proposed event, those that are told and those that are not, in reading order.

    Parameters
    ----------
    text : str
        The article's.
    weighed : Weighed
        What was decided of it.
    """
    kept = {one.at: one for one in weighed.kept}
    stands_for = {id(scene): one for one in weighed.kept for scene in one.again}
    lines = []
    for at, scene in enumerate(weighed.scenes):
        into = stands_for.get(id(scene))
        fate = "told" if at in kept else f"merged with {_name(into.scene, text)}" if into else "not told"
        lines.append(f"{_name(scene, text)}: {fate}")
        lines += [f"  {room:22} {said}" for room, said in _steps(scene, text)]
        lines.append(f"  {'geo.events.decision':22} {_decided(at, weighed)}")
        if at in kept and kept[at].again:
            again = "; ".join(_name(other, text) for other in kept[at].again)
            lines.append(f"  {'geo.events.incident':22} told again by {again}")
    return "\n".join(lines)


def _name(scene: Scene, text: str) -> str:
    told = scene.proposal
    trigger = text[told.trigger[0] : told.trigger[1]]
    return f"“{trigger}” at {scene.candidate.text}, sentence {told.sentence + 1} ({told.type})"


def _steps(scene: Scene, text: str) -> Iterator[tuple[str, str]]:
    told, one, when = scene.proposal, scene.candidate, scene.days
    kind = "noun" if one.nominal else "name that is more likely none" if one.doubtful else "name"
    if one.implied:
        yield "geo.events.implied", f"names no place; goes on with what is told of “{text[one.start : one.end]}”"
    else:
        yield "geo.reader.candidates", f"{kind} “{text[one.start : one.end]}”, {one.mention.usage}"
    rival = max(one.mention.alternatives, key=lambda other: other.score, default=None)
    runner_up = f"; next {rival.name} {rival.score:.2f}" if rival else ""
    where = f"{one.place.name} ({one.place.precision}) {one.mention.score:.2f}" if one.place else "no place"
    yield "geo.resolve", where + runner_up + (", laid in an area" if one.mention.lifted else "")
    yield (
        "geo.reader.judgement",
        f"event {told.event:.2f}, to be mapped {told.required:.2f}, {told.type} {told.type_p:.2f} (next "
        f"{told.second_p:.2f}), {told.status}, done {told.shown_p:.2f}, trigger {told.trigger_p:.2f}",
    )
    tie = told.tie
    yield (
        "geo.events.proposals",
        f"trigger tells {tie.said:.2f}, here {tie.here:.2f}, elsewhere {tie.rival:.2f}, nowhere {tie.nowhere:.2f}",
    )
    days = in_words(when.start, when.end) if when.start and when.end else "no date"
    yield "geo.events.days", f"{days} {when.p:.2f} ({when.basis or 'none'}): {when.reason}"


def _decided(at: int, weighed: Weighed) -> str:
    status, stands = weighed.scenes[at].proposal.status, weighed.stands[at]
    if status not in SHOWN:
        return f"{status}: listed, never a pin ({stands:.2f})"
    return (
        f"place and days right {stands:.2f}, told from {weighed.threshold:.2f}; type right too {weighed.right[at]:.2f}"
    )
