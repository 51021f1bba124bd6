"""Windows of lessons as padded arrays."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from geo.model import EVENT_TYPES, STATUSES
from geo.reader.windows import FEATURES, LINK_FEATURES, PLAIN, TIME_FEATURES, Ints, Window, cut, link_features
from geo.training.reader.lesson import UNSTATED, Lesson

# Word pieces to which a window is padded, and how many such windows make a batch.
_HIDDEN = 103  # [MASK] of the vocabulary
_SIZES = ((40, 24), (72, 16), (136, 8), (260, 5))


@dataclass(frozen=True, slots=True)
class Sample:
    """A window and its lesson; `weight` scales all that is learned from it."""

    window: Window
    lesson: Lesson
    weight: float = 1.0


def samples(lessons: Sequence[Lesson], tokenizer: Tokenizer, *, every: bool = True) -> list[Sample]:
    """Cut lessons into windows."""
    found = []
    for lesson in lessons:
        seen = lesson.seen
        for window in cut(seen.text, seen.sentences, seen.candidates, seen.times, tokenizer, every=every):
            found.append(Sample(window, lesson))
    return found


def shuffled(given: Sequence[Sample], rng: random.Random | None) -> Iterator[list[Sample]]:
    """Give batches of windows of like size, in an order that `rng` draws; in their own without one."""
    groups: list[list[Sample]] = []
    for at, (size, count) in enumerate(_SIZES):
        low = _SIZES[at - 1][0] if at else 0
        own = [sample for sample in given if low < sample.window.size <= size]
        if rng:
            rng.shuffle(own)
        groups += [own[start : start + count] for start in range(0, len(own), count)]
    if rng:
        rng.shuffle(groups)
    yield from groups


class Blur:
    """Names exchanged for others and words hidden, so that what is learned is how an event is told, not where.

    Parameters
    ----------
    given : sequence of Sample
        Whose names are drawn from.
    names, words : float
        The share of names that are exchanged, all mentions of one alike, and of other word pieces that are hidden.
    """

    def __init__(self, given: Sequence[Sample], rng: random.Random, *, names: float = 0.4, words: float = 0.05) -> None:
        self._rng, self._names, self._words = rng, names, words
        pool: dict[int, set[tuple[int, ...]]] = {}
        for sample in given:
            tokens = sample.window.tokens
            for start, stop in sample.window.spans:
                pool.setdefault(stop - start, set()).add(tuple(tokens[start:stop].tolist()))
        self._pool = {size: sorted(found) for size, found in pool.items()}

    def tokens(self, window: Window) -> Ints:
        """Give the word pieces of a window, blurred; their number stays as it is."""
        out = window.tokens.copy()
        hidden = np.array([self._rng.random() < self._words for _ in range(window.size)]) & (window.marks == PLAIN)
        hidden[[0, -1]] = False
        out[hidden] = _HIDDEN
        other: dict[tuple[int, ...], tuple[int, ...]] = {}
        for start, stop in window.spans:
            name = tuple(window.tokens[start:stop].tolist())
            if name not in other:
                exchanged = self._rng.random() < self._names
                other[name] = self._rng.choice(self._pool.get(len(name), [name])) if exchanged else name
            out[start:stop] = other[name]
        return out


def arrays(group: Sequence[Sample], blur: Blur | None = None) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Give the padded inputs and the targets of a batch."""
    rows = len(group)
    size = max(sample.window.size for sample in group)
    most = max(1, *(len(sample.window.candidates) for sample in group))
    times = max(1, *(len(sample.window.times) for sample in group))
    x: dict[str, np.ndarray] = {
        "tokens": np.zeros((rows, size), np.int64),
        "marks": np.zeros((rows, size), np.int64),
        "mask": np.zeros((rows, size), np.float32),
        "words": np.zeros((rows, size), np.float32),
        "spans": np.zeros((rows, most, size), np.float32),
        "around": np.zeros((rows, most, size), np.float32),
        "features": np.zeros((rows, most, FEATURES), np.float32),
        "candidate_mask": np.zeros((rows, most), np.float32),
        "links": np.zeros((rows, most, size, LINK_FEATURES), np.float32),
        "time_spans": np.zeros((rows, times, size), np.float32),
        "time_mask": np.zeros((rows, times), np.float32),
        "near": np.zeros((rows, most, times, TIME_FEATURES), np.float32),
    }
    y: dict[str, np.ndarray] = {
        "event": np.zeros((rows, most), np.float32),
        "event_weight": np.zeros((rows, most), np.float32),
        "required": np.zeros((rows, most), np.float32),
        "required_weight": np.zeros((rows, most), np.float32),
        "type": np.zeros((rows, most, len(EVENT_TYPES)), np.float32),
        "status": np.zeros((rows, most, len(STATUSES)), np.float32),
        "time": np.zeros((rows, most, times + 1), np.float32),
        "pointed": np.zeros((rows, most, size), np.float32),
        "trigger": np.zeros((rows, size), np.float32),
        "trigger_weight": np.zeros((rows, size), np.float32),
        "trigger_type": np.zeros((rows, size, len(EVENT_TYPES)), np.float32),
        "placed": np.zeros((rows, most + 1, size), np.float32),
        "placed_weight": np.zeros((rows, size), np.float32),
    }
    for row, sample in enumerate(group):
        _inputs(sample.window, {name: array[row] for name, array in x.items()})
        if blur:
            x["tokens"][row, : sample.window.size] = blur.tokens(sample.window)
        _targets(sample, {name: array[row] for name, array in y.items()})
    return ({k: torch.from_numpy(v) for k, v in x.items()}, {k: torch.from_numpy(v) for k, v in y.items()})


def _inputs(window: Window, x: dict[str, np.ndarray]) -> None:
    size, count = window.size, len(window.candidates)
    x["tokens"][:size], x["marks"][:size], x["mask"][:size] = window.tokens, window.marks, 1
    x["words"][:size] = window.starts
    for at, (start, stop) in enumerate(window.spans):
        x["spans"][at, start:stop] = 1 / (stop - start)
        low, high = window.around[at]
        x["around"][at, low:high] = 1 / max(1, high - low)
    x["features"][:count] = window.features
    x["candidate_mask"][:count] = 1
    x["links"][:count, :size] = link_features(window)
    for at, (start, stop) in enumerate(window.time_spans):
        x["time_spans"][at, start:stop] = 1 / (stop - start)
        x["time_mask"][at] = 1
    x["near"][:count, : len(window.times)] = window.near


def _piece(window: Window, start: int, end: int) -> int | None:
    """Give the first word piece of a trigger, where the window's core holds it."""
    low, high = window.core
    for at in range(low, high):
        if window.offsets[at, 1] > start:
            return at if window.offsets[at, 0] < end else None
    return None


def _targets(sample: Sample, y: dict[str, np.ndarray]) -> None:
    window, lesson = sample.window, sample.lesson
    place_of = {at: x for x, at in enumerate(window.candidates)}
    _places(sample, y)
    low, high = window.core
    if lesson.complete:
        y["trigger_weight"][low:high] = window.starts[low:high] * sample.weight
    for link in lesson.links:
        piece = _piece(window, link.start, link.end)
        if piece is None:
            continue
        y["trigger"][piece] = 1
        for kind in link.types:
            y["trigger_type"][piece, EVENT_TYPES.index(kind)] = 1
        inside = [place_of[at] for at in link.at if at in place_of]
        if inside or not link.at:
            y["placed_weight"][piece] = link.weight * sample.weight
            for x in inside:
                y["placed"][1 + x, piece] = 1
            if not link.at:
                y["placed"][0, piece] = 1


def _places(sample: Sample, y: dict[str, np.ndarray]) -> None:
    """Lay what is told at each candidate of the core."""
    window, lesson = sample.window, sample.lesson
    for x, at in enumerate(window.candidates[: window.own]):
        told = lesson.told[at]
        if told.event < 0:
            continue
        y["event"][x], y["event_weight"][x] = told.event, told.weight * sample.weight
        if told.required >= 0:
            y["required"][x], y["required_weight"][x] = told.required, told.weight * sample.weight
        for kind in told.types:
            y["type"][x, EVENT_TYPES.index(kind)] = 1
        for status in told.statuses:
            y["status"][x, STATUSES.index(status)] = 1
        for time in told.dates:
            if time == UNSTATED:
                y["time"][x, 0] = 1
            elif time in window.times:
                y["time"][x, 1 + window.times.index(time)] = 1
        for trigger in told.triggers:
            piece = _piece(window, *trigger)
            if piece is not None:
                y["pointed"][x, piece] = 1
