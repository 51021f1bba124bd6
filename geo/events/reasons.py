"""Why an event stands where and when it does, in words, from the evidence that decided it."""

from __future__ import annotations

from geo.events.decision import Kept, elsewhere
from geo.model import Mention

_SURE, _LIKELY = 0.85, 0.6
# A second time or kind this likely is named.
_RIVAL = 0.2


def reasons(kept: Kept, trigger: str, speaker: str | None) -> tuple[str, ...]:
    """Give the reasons of an event: what ties it to its place, the place, the days, who says so, and how sure it is.

    Parameters
    ----------
    trigger : str
        The word that tells it.
    speaker : str or None
        Who claims it.
    """
    told, one = kept.scene.proposal, kept.scene.candidate
    where = one.text
    how = f"({_how(told.event)}, {told.event:.0%})"
    tie = f"“{trigger}” is told at {where} {how}"
    out = [tie, *_of_place(one.mention), kept.scene.days.reason]
    if one.implied:
        out.insert(1, f"its sentence names no place: it goes on with what is told of {where}")
    if told.status != "reported":
        out.append(told.status + (f": {speaker}" if speaker else ""))
    if told.second_p >= _RIVAL:
        out.append(f"its kind is not certain: {told.type_p:.0%}, the next {told.second_p:.0%}")
    if kept.again:
        out.append(f"told again {len(kept.again)} time{'s' if len(kept.again) > 1 else ''} in this article")
    return tuple(out)


def _how(p: float) -> str:
    return "surely" if p >= _SURE else "probably" if p >= _LIKELY else "perhaps"


def _of_place(mention: Mention) -> tuple[str, ...]:
    """Say what is particular about the place: a name laid in an area, and a runner-up that comes close."""
    said = mention.reasons[-1:] if mention.lifted or mention.offset_km is not None else ()
    rivals = [other for other in mention.alternatives if other.score >= _RIVAL and elsewhere(mention.place, other)]
    if rivals:
        said = (*said, f"{rivals[0].name} of the same name comes close ({rivals[0].score:.0%})")
    return tuple(said)
