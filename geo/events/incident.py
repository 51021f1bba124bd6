"""Whether two scenes of an article tell of one incident: which pairs may, and what is weighed of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import timedelta

from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from geo.events.proposals import SHOWN
from geo.events.rules import ALL, Rules
from geo.events.scene import Scene, holds, same_place, touch
from geo.model import EVENT_TYPES

# The sentences that a headline sums up; characters between a name and the one behind it that says where it lies.
_LEAD, _ATTACHED = 2, 2
_BODILY = frozenset(("battle", "explosion", "violence_against_civilians"))
# A headline without a date sums up what happened at most so long before the days that it would be given.
_SUMMED_UP = timedelta(days=12)
_FAR = 30.0
FEATURES = (
    "same_name", "same_entry", "km", "same_sentence", "sentences_between", "characters_between", "first_in_headline",
    "first_in_lead", "same_trigger", "same_type", "same_days", "both_said", "one_said", "lifted", "both_lifted",
    "nominal", "both_towns", "regions", "holds", "first_event", "first_required", "other_event", "other_required",
    "other_tie", "other_place_score",
    *(f"type_{name}" for name in EVENT_TYPES),
)  # fmt: skip

_TYPES = {one: tuple(float(one == name) for name in EVENT_TYPES) for one in EVENT_TYPES}

# The probability of each of some scenes that it and another, which may be one incident, are two: asked of all at once,
# as a call of the trees costs more than a row.
Apart = Callable[[Sequence[Scene], Scene], Sequence[float]]


def together(ones: Sequence[Scene], other: Scene) -> Sequence[float]:
    """Hold every pair that may be one incident for one: the probability that they are two is 0."""
    return [0.0] * len(ones)


def may_be_one(one: Scene, other: Scene, *, rules: Rules = ALL) -> bool:
    """Say whether two scenes may tell of one incident: one place, and one kind on days that touch or a headline."""
    if not same_place(one, other):
        return False
    if alike(one, other) and touch(one, other):
        return True
    return rules.headline and (_heads(one, other) or _heads(other, one))


def row(one: Scene, other: Scene) -> list[float]:
    """Give what the decision weighs of a pair, in the order of `FEATURES`; the order of the two does not matter."""
    first, second = sorted((one, other), key=lambda scene: (scene.proposal.sentence, scene.candidate.start))
    a, b = first.candidate, second.candidate
    told, again = first.proposal, second.proposal
    here, there = a.place, b.place
    far = _FAR
    if here and there:
        far = min(_FAR, great_circle_km(here.lon, here.lat, there.lon, there.lat)) if here is not there else 0.0
    below = first.below if first.opens == second.opens else told.sentence
    said = [scene.days.basis not in ("publication", None) for scene in (first, second)]
    lifted = [one.mention.lifted for one in (a, b)]
    precisions = [place.precision if place else "none" for place in (here, there)]
    return [
        float(fold(a.text) == fold(b.text)), float(bool(here and there and here.id == there.id)),
        math.log1p(far), float(told.sentence == again.sentence), min(12.0, again.sentence - told.sentence),
        math.log1p(abs(again.trigger[0] - told.trigger[0])), float(below == 0), float(below <= _LEAD),
        float(told.trigger == again.trigger), float(told.type == again.type),
        float((first.days.start, first.days.end) == (second.days.start, second.days.end)),
        float(all(said)), float(any(said)), float(any(lifted)), float(all(lifted)), float(a.nominal or b.nominal),
        float(precisions == ["town", "town"]), float("region" in precisions),
        float(holds(first, second) or holds(second, first)),
        told.event, told.required, again.event, again.required, again.tie.here,
        b.mention.score, *_TYPES[told.type],
    ]  # fmt: skip


def locates(outer: Scene, inner: Scene) -> bool:
    """Say whether a scene stands at what only tells where the other's place lies.

    "In Moscow, Idaho", "the Zaina quarter of Sake", "a bridge near Kherson": one event is told, not two. What one word
    tells of a province and of a town in it is one event, too, wherever the two stand in the sentence.
    """
    a, b = inner.candidate, outer.candidate
    if a.sentence != b.sentence or a.implied or b.implied or not alike(outer, inner):
        return False
    if a.mention.within == b.start:
        return True
    if not touch(outer, inner):
        return False
    # Two villages that were laid in one province are two.
    if b.mention.lifted or a.place is None or b.place is None:
        return False
    one_word = outer.proposal.trigger == inner.proposal.trigger
    if a.place.id == b.place.id:
        # "In Dhaka, crowds broke into Ganabhaban", which was laid in Dhaka; "in Mir Ali he was shot in the bazaar".
        return a.mention.lifted or one_word
    attached = 0 <= b.start - a.end <= _ATTACHED
    return holds(outer, inner) and (attached or one_word)


def alike(one: Scene, other: Scene) -> bool:
    """Say whether two scenes are of one type, and both done or both not."""
    a, b = one.proposal, other.proposal
    return a.type == b.type and (a.status in SHOWN) == (b.status in SHOWN)


def _heads(head: Scene, other: Scene) -> bool:
    """Say whether an undated headline, or heading, sums up what goes on to be told and dated, perhaps a little earlier.

    It may call a shelling a fight.
    """
    a, b = head.proposal, other.proposal
    if head.below or head.opens != other.opens or not 0 < other.below <= _LEAD or head.days.basis != "publication":
        return False
    if not (alike(head, other) or (a.type in _BODILY and b.type in _BODILY and b.status in SHOWN)):
        return False
    start, end = head.days.start, other.days.end
    return start is not None and end is not None and start - _SUMMED_UP <= end
