"""Which proposed events are shown as told, and how sure: a learned decision over all that is known of each.

What needs no learning stands here too: one event a place and kind, told once.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from geo.events.incident import Apart, locates, may_be_one, together
from geo.events.proposals import SHOWN
from geo.events.rules import ALL, Rules
from geo.events.scene import Places, Scene, Vicinity, holds, is_wide, same_place, touch
from geo.model import EVENT_TYPES, PLACE_PRECISIONS, Alternative, PlaceRef
from geo.reader.candidates import Candidate
from geo.text import Sentence
from geo.trees import Floats

# A rival nearer than this is the same place for a map.
_APART_KM = 25.0
_BASES = ("explicit", "relative", "named", "inherited", "publication", None)
_KINDS = ("facility", "village", "town", "island", "admin3", "admin2", "admin1", "region")
# What is planned, supposed or denied is listed from this probability on.
_SUPPOSED = 0.5
# Of a sentence that is a long list only so many scenes are held against one another.
_MOST_TOGETHER = 40
# By so much may the narrower of the two be less sure.
_NARROWER = 0.1
# How often the place that a sentence does not name is the one that is meant: 45 of 56 sentences of annotated articles.
_IMPLIED = 0.8
# What only tells an incident again stands among so many of its place that are told, before it and after it.
_TOLD_NEAR = 6
FEATURES = (
    "event", "required", "type_p", "type_margin", "shown_p", "trigger_p", "tie_said", "tie_here", "tie_rival",
    "tie_nowhere", "date_p", "date_days",
    *(f"basis_{basis}" for basis in _BASES), "unstated", "place_score", "runner_up", "lifted", "nominal", "doubtful",
    "literal", "offset", *(f"precision_{name}" for name in (*PLACE_PRECISIONS, "none")),
    *(f"kind_{kind}" for kind in _KINDS),
    "first_sentence", "sentence", "headline", "best_other", "others", "rank", "inside_other", "narrower_here",
    "told_before", "told_before_dated", "told_later", "told_later_dated", "same_place_before", "length",
    *(f"type_{name}" for name in EVENT_TYPES), "place_mentions", "event_mean",
)  # fmt: skip


def rows(scenes: Sequence[Scene], sentences: Sequence[Sentence], candidates: Sequence[Candidate]) -> Floats:
    """Give what the decision weighs of each scene; shape (scenes, FEATURES)."""
    if not scenes:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    mean = sum(scene.proposal.event for scene in scenes) / len(scenes)
    around = Vicinity(scenes)
    named: dict[str, int] = {}
    for one in candidates:
        if one.implied:
            continue
        key = fold(one.text)
        named[key] = named.get(key, 0) + 1
    return np.array(
        [_row(at, scene, around, sentences, named, mean) for at, scene in enumerate(scenes)], dtype=np.float32
    )


def _row(
    at: int,
    scene: Scene,
    around: Vicinity,
    sentences: Sequence[Sentence],
    named: dict[str, int],
    mean: float,
) -> list[float]:
    told, one, when = scene.proposal, scene.candidate, scene.days
    place, mention = one.place, one.mention
    beside, same = around.beside(at), around.same(at)
    sentence = sentences[told.sentence]
    away = [other for other in mention.alternatives if elsewhere(place, other)]
    runner = max((other.score for other in away), default=0.0)
    # A town and its district share what speaks for the place.
    sure = max([mention.score, *(other.score for other in mention.alternatives if other not in away)])
    length = (when.end - when.start).days + 1 if when.start and when.end else 0
    events = [other.proposal.event for other in beside]
    inner = beside if is_wide(scene) else ()
    narrower = [other.proposal.event for other in inner if _of_one(scene, other) and holds(scene, other)]
    wider = [other.proposal.event for other in around.wide(at) if _of_one(scene, other) and holds(other, scene)]
    before = [other for k, other in same if k < at]
    after = [other for k, other in same if k > at]

    def most(others: Sequence[Scene], *, dated: bool = False) -> float:
        alike = [other for other in others if other.proposal.type == told.type]
        return max((other.proposal.event for other in alike if not dated or touch(scene, other)), default=0.0)

    return [
        told.event, told.required, told.type_p, told.type_p - told.second_p, told.shown_p, told.trigger_p,
        told.tie.said, told.tie.here, told.tie.rival, told.tie.nowhere, when.p, math.log1p(length),
        *(float(when.basis == basis) for basis in _BASES), told.unstated, sure, runner, float(mention.lifted),
        float(one.nominal), float(one.doubtful), float(one.mention.usage == "literal"),
        float(mention.offset_km is not None),
        *(float((place.precision if place else "none") == name) for name in (*PLACE_PRECISIONS, "none")),
        *(float(place is not None and place.kind == kind) for kind in _KINDS),
        float(told.sentence == 0), min(1.0, told.sentence / 20), float(sentence.headline),
        max(events, default=0.0), float(len(beside)), float(sum(event > told.event for event in events)),
        max(wider, default=0.0), max(narrower, default=0.0),
        most(before), most(before, dated=True), most(after), most(after, dated=True),
        max((other.proposal.event for other in before), default=0.0),
        math.log1p(sentence.end - sentence.start),
        *(float(told.type == name) for name in EVENT_TYPES),
        math.log1p(named.get(fold(one.text), 0)), mean,
    ]  # fmt: skip


def _of_one(scene: Scene, other: Scene) -> bool:
    """Say whether two scenes are of one type at places of their own."""
    return other.proposal.type == scene.proposal.type and not same_place(scene, other)


def without(rows: Floats, unseen: Sequence[str]) -> Floats:
    """Give the rows with some columns taken from other scenes of the article: what they said of each is lost."""
    made = rows.copy()
    columns = [FEATURES.index(name) for name in unseen]
    made[:, columns] = np.roll(rows[:, columns], (len(rows) + 1) // 2, axis=0)
    return made


def elsewhere(place: PlaceRef | None, other: Alternative) -> bool:
    """Say whether a rival is another place, not the district of the same town."""
    return place is None or great_circle_km(place.lon, place.lat, other.lon, other.lat) > _APART_KM


@dataclass(frozen=True, slots=True)
class Kept:
    """A scene that is told, with its position among all; `again` are those that only tell it once more."""

    scene: Scene
    at: int
    again: tuple[Scene, ...] = ()


def decide(
    scenes: Sequence[Scene],
    stands: Sequence[float],
    threshold: float,
    apart: Apart = together,
    most: float = 0.5,
    *,
    rules: Rules = ALL,
) -> tuple[Kept, ...]:
    """Keep what is sure enough, each incident once.

    Of scenes that tell of one incident the surest with said days stands for all; what is told at a place and at what
    only says where that lies stands at the narrower.

    Parameters
    ----------
    apart : callable
        The probability of some scenes that each and another, which may be one incident, are two (`incident.Apart`).
    most : float
        Up to this probability they count as one.
    rules : Rules
        Those of `merging`, `two`, `headline` and `locators` that are on.
    """
    apart = apart if rules.two else together
    order = sorted(
        (at for at in range(len(scenes)) if stands[at] >= (threshold if _is_done(scenes[at]) else _SUPPOSED)),
        key=lambda at: (scenes[at].days.basis in ("publication", None), -stands[at], at),
    )
    kept: set[int] = set()
    places = Places()
    again: dict[int, list[Scene]] = {}
    for at in order:
        beside = places.near(scenes[at], at, _TOLD_NEAR)
        near = [k for k in beside if rules.merging and may_be_one(scenes[k], scenes[at], rules=rules)]
        odds = apart([scenes[k] for k in near], scenes[at]) if near else ()
        first = next((k for k, p in zip(near, odds, strict=True) if p <= most), None)
        if first is None:
            kept.add(at)
            places.add(at, scenes[at])
        else:
            again.setdefault(first, []).append(scenes[at])
    if rules.locators:
        _drop_locators(scenes, stands, kept, again)
    return tuple(Kept(scenes[at], at, tuple(again.get(at, ()))) for at in sorted(kept))


def _drop_locators(
    scenes: Sequence[Scene], stands: Sequence[float], kept: set[int], again: dict[int, list[Scene]]
) -> None:
    """Keep one of each two scenes of which one stands at what only tells where the other's place lies."""
    order = sorted(kept)
    for _, group in itertools.groupby(order, key=lambda at: scenes[at].proposal.sentence):
        for inner, outer in itertools.permutations(list(group)[:_MOST_TOGETHER], 2):
            if inner in kept and outer in kept and locates(scenes[outer], scenes[inner]):
                sure, doubted = (inner, outer) if stands[inner] >= stands[outer] - _NARROWER else (outer, inner)
                kept.remove(doubted)
                again.setdefault(sure, []).extend([scenes[doubted], *again.pop(doubted, [])])


def _is_done(scene: Scene) -> bool:
    return scene.proposal.status in SHOWN


def sureness(scenes: Sequence[Scene], fitted: Sequence[float]) -> list[float]:
    """Give the confidence of each scene: the fitted one, or the reader's own of what is planned, supposed or denied.

    The decision is fitted to what stands on the map; what is only planned is listed, and never a pin. It is fitted to
    sentences that name their place: where one does not, that this is the place is one thing more to be right.
    """
    sure = [p if _is_done(scene) else scene.proposal.event for scene, p in zip(scenes, fitted, strict=True)]
    return [p * _IMPLIED if scene.candidate.implied else p for scene, p in zip(scenes, sure, strict=True)]
