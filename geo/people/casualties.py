"""Whose dead and hurt they are: each figure goes to one event or to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.people.anchor import Anchor
from geo.people.figures import Range, added
from geo.people.lexicon import phrases
from geo.people.losses import Harm, Loss, losses
from geo.people.phrases import Reading, reading
from geo.text import Sentence

NOBODY: Range = (None, None)
_BODILY = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
# Of many events of a sentence so many are weighed for a loss.
_BESIDE = 6
_NEXT_SENTENCES = 3
# A clause border weighs as much as this many words; of two events one must be nearer by this many.
_PER_BORDER, _CLEARLY = 6, 2


@dataclass(frozen=True, slots=True)
class Toll:
    """The dead and hurt of an event as ranges, (None, None) where nothing is told, and the words that tell."""

    killed: Range = NOBODY
    wounded: Range = NOBODY
    words: str | None = None


def casualties(text: str, sentences: Sequence[Sentence], anchors: Sequence[Anchor]) -> tuple[Toll, ...]:
    """Give each event the dead and hurt that its own sentence, or the next ones going on about it, tell.

    Parameters
    ----------
    text : str
    sentences : sequence of Sentence
        All of the article, in reading order.
    anchors : sequence of Anchor
        All of its events. What could belong to several is given to none.

    Returns
    -------
    tuple of Toll
        In the order of `anchors`.
    """
    told: dict[int, list[Loss]] = {}
    by_sentence: dict[int, list[int]] = {}
    for index, anchor in enumerate(anchors):
        by_sentence.setdefault(anchor.sentence_start, []).append(index)
    heard = -_NEXT_SENTENCES - 1
    for order, sentence in enumerate(sentences):
        heard = order if sentence.start in by_sentence else heard
        if order - heard > _NEXT_SENTENCES:
            continue
        here = reading(text, sentence.start, sentence.end)
        for loss in losses(here):
            home = _home(here, loss, order, sentences, anchors, by_sentence)
            if home is not None:
                told.setdefault(home, []).append(loss)
    return tuple(_toll(text, told.get(index, [])) for index in range(len(anchors)))


def _home(
    here: Reading,
    loss: Loss,
    number: int,
    sentences: Sequence[Sentence],
    anchors: Sequence[Anchor],
    by_sentence: dict[int, list[int]],
) -> int | None:
    """Give the event that a loss belongs to."""
    own = by_sentence.get(sentences[number].start, [])
    if own:
        bodily = [index for index in own if anchors[index].type in _BODILY]
        return _nearest(here, loss, bodily or (own if len(own) == 1 else []), anchors)
    if _is_elsewhere(here):
        return None
    for back in range(1, min(_NEXT_SENTENCES, number) + 1):
        earlier = by_sentence.get(sentences[number - back].start, [])
        if not earlier:
            if _opens_post(reading(here.text, sentences[number - back].start, sentences[number - back].end)):
                return None
            continue
        bodily = [index for index in earlier if anchors[index].type in _BODILY] or earlier
        return bodily[0] if len(bodily) == 1 else None
    return None


def _is_elsewhere(here: Reading) -> bool:
    """Tell a sentence that opens on another event: "Elsewhere,", "In Gao,", "09:40"."""
    lowered = tuple(word.lower for word in here.words[:4])
    if any(lowered[: len(phrase)] == phrase for phrase in phrases("elsewhere")) or _opens_post(here):
        return True
    opening = [word.lower for word in here.words[:5]]
    if "," in opening and "earlier" in opening[: opening.index(",")]:
        return True
    return len(lowered) > 2 and lowered[0] == "in" and here.words[1].capital and here.words[1].tag == "noun"


def _opens_post(here: Reading) -> bool:
    """Tell a post of a live blog by the time that it begins with."""
    return bool(here.words) and ":" in here.words[0].text and here.words[0].text[0].isdigit()


def _nearest(here: Reading, loss: Loss, own: Sequence[int], anchors: Sequence[Anchor]) -> int | None:
    # The nearest event stands next to the loss on one side or the other; two events may share a trigger.
    beside = sorted(own, key=lambda index: abs(anchors[index].trigger_start - loss.start))[:_BESIDE]
    spread = {index: _distance(here, loss, anchors[index]) for index in beside}
    ranked = sorted(beside, key=lambda index: spread[index])
    if not ranked:
        return None
    if len(ranked) > 1:
        first, second = ranked[0], ranked[1]
        if anchors[first].trigger_start == anchors[second].trigger_start:
            return None
        if spread[second] - spread[first] < _CLEARLY:
            return None
    return ranked[0]


def _distance(here: Reading, loss: Loss, anchor: Anchor) -> float:
    """Count the words and clause borders between a word of harm and a trigger."""
    if anchor.trigger_start < loss.end and loss.start < anchor.trigger_end:
        return 0.0 if anchor.trigger_start <= loss.at < anchor.trigger_end else 0.5
    first, last = (
        (anchor.trigger_end, loss.start) if anchor.trigger_start < loss.start else (loss.end, anchor.trigger_start)
    )
    between = [word for word in here.words if first <= word.start < last]
    borders = sum(
        word.tag in ("stop", "subordinator")
        or (word.tag == "conjunction" and index > 0 and between[index - 1].tag == "comma")
        or word.lower in ("after", "before", "following", "amid")
        for index, word in enumerate(between)
    )
    return len(between) + _PER_BORDER * borders


def _toll(text: str, told: Sequence[Loss]) -> Toll:
    if not told:
        return Toll()
    ranges: dict[Harm, Range] = {}
    used: list[Loss] = []
    for harm in ("killed", "wounded"):
        own = [loss for loss in told if loss.harm == harm]
        if not own:
            continue
        # One victim by name, then how many there were.
        counted = [loss for loss in own if loss.stated]
        own = counted if counted and "." in text[own[0].end : counted[0].start] else own
        ranges[harm], used_here = own[0].count, [own[0]]
        for further in own[1:]:
            if _adds(text, used_here[-1], further):
                ranges[harm] = added(ranges[harm], further.count)
                used_here.append(further)
        used += used_here
    used.sort(key=lambda loss: loss.start)
    parts: list[tuple[int, int]] = []
    for loss in used:
        if parts and loss.start - parts[-1][1] <= 40:
            parts[-1] = (parts[-1][0], max(parts[-1][1], loss.end))
        else:
            parts.append((loss.start, loss.end))
    words = " ... ".join(" ".join(text[start:end].split()) for start, end in parts)
    return Toll(ranges.get("killed", NOBODY), ranges.get("wounded", NOBODY), words)


def _adds(text: str, one: Loss, other: Loss) -> bool:
    """Tell "five soldiers died and a civilian was killed": two clauses of one sentence, joined as equals."""
    between = text[one.end : other.start]
    joint = between.strip(" ,").split(" ")[-1:] if len(between) < 60 else []
    return "." not in between and (joint in (["and"], [";"]) or between.strip() in (";", "and", ", and"))
