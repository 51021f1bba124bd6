"""Scenes of a lesson against its gold: which proposed events are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geo.events.scene import Scene
from geo.model import Event, content_id
from geo.training.gold import GoldDocument
from geo.training.reader.lesson import Seen
from geo.training.strict import SHOWN, tells, verdicts


def event_of(seen: Seen, scene: Scene, confidence: float) -> Event:
    """Give the event of a scene, without the people in it."""
    told, one, when = scene.proposal, scene.candidate, scene.days
    sentence = seen.sentences[told.sentence]
    return Event(
        id=content_id(seen.id, *told.trigger, one.start, told.sentence),
        type=told.type,
        sub_type=None,
        status=told.status,
        speaker=None,
        tier="A",
        confidence=min(1.0, max(0.0, confidence)),
        reasons=(),
        place=one.place,
        place_text=one.text,
        date_start=when.start,
        date_end=when.end,
        date_precision=when.precision,
        date_basis=when.basis,
        date_text=when.text,
        trigger=seen.text[told.trigger[0] : told.trigger[1]],
        trigger_start=told.trigger[0],
        trigger_end=told.trigger[1],
        sentence_start=sentence.start,
        sentence_end=sentence.end,
    )


def labels(gold: GoldDocument, seen: Seen, scenes: Sequence[Scene]) -> NDArray[np.float64]:
    """Say of each scene whether an event of its sentence has its place and days, and its type too; 1 or 0.

    Returns
    -------
    numpy.ndarray, shape (scenes, 2)
    """
    out = np.zeros((len(scenes), 2))
    for at, scene in enumerate(scenes):
        event = replace(event_of(seen, scene, 0.5), status="reported")
        if event.place is not None:
            (verdict,) = verdicts(gold, [event])
            out[at] = verdict.fits, verdict.fits and verdict.typed
    return out


def two(
    gold: GoldDocument, seen: Seen, scenes: Sequence[Scene], pairs: Sequence[tuple[int, int]]
) -> NDArray[np.float64]:
    """Say of pairs of scenes whether they tell of two events that should both be mapped; 1 or 0.

    Returns
    -------
    numpy.ndarray, shape (pairs,)
    """
    events = gold.events or ()
    required = [at for at, one in enumerate(events) if one.status in SHOWN and not one.optional]
    told: dict[int, set[int]] = {}
    for scene in {at for pair in pairs for at in pair}:
        event = replace(event_of(seen, scenes[scene], 0.5), status="reported")
        told[scene] = {at for at in required if tells(event, events[at], events)}
    return np.array(
        [float(bool(told[i] and told[j]) and len(told[i] | told[j]) > 1) for i, j in pairs], dtype=np.float64
    )
