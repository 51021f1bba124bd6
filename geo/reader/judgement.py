"""What the reader makes of an article: whether an event is told at each candidate, which, when, by which words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.reader.windows import Window, link_features

Floats = NDArray[np.float32]

_ASK = 96
# Words that may tell the event of a candidate, kept for the reasons; triggers above this probability are kept at all.
_WORDS = 3
_LEAST_TRIGGER = 0.15


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may tell an event.

    Attributes
    ----------
    start, end : int
        Its offsets in the text.
    p : float
        The probability, of the words of its window, that it tells the candidate's event.
    """

    start: int
    end: int
    p: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate as the reader sees it; probabilities.

    Attributes
    ----------
    event : float
        That its sentence tells an event there.
    required : float
        That a careful editor would map it.
    types, statuses : tuple of float
        In the order of `geo.model.EVENT_TYPES` and `STATUSES`; each sums to one.
    unstated : float
        That nothing of the text says when.
    times : tuple of (int, float)
        Positions in the article's dated expressions, with their probabilities.
    words : tuple of Word
        The likeliest triggers, best first.
    """

    event: float
    required: float
    types: tuple[float, ...]
    statuses: tuple[float, ...]
    unstated: float
    times: tuple[tuple[int, float], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TriggerJudged:
    """A word that tells an event, wherever that is.

    Attributes
    ----------
    p : float
        That it tells an event.
    types : tuple of float
    places : tuple of (int, float)
        Positions in the article's candidates, with the probability that it happened there.
    nowhere : float
        That none of the candidates is its place.
    """

    start: int
    end: int
    p: float
    types: tuple[float, ...]
    places: tuple[tuple[int, float], ...]
    nowhere: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """An article as the reader sees it; `candidates` by their position."""

    candidates: Mapping[int, Judged]
    triggers: tuple[TriggerJudged, ...]


class Heads:
    """The trained heads as plain arrays.

    Parameters
    ----------
    arrays : mapping
        ``NAME.weight`` of shape (out, in) and ``NAME.bias`` as the network has them.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = {name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()}

    def _dense(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._arrays[f"{name}.weight"].T
        bias = self._arrays.get(f"{name}.bias")
        return out if bias is None else out + bias

    def read(self, hidden: Floats, window: Window) -> tuple[dict[int, Judged], list[TriggerJudged]]:
        """Judge the candidates and the words of a window's core.

        Parameters
        ----------
        hidden : numpy.ndarray of float32, shape (n, hidden)
            The encoder's last states.
        """
        trigger = self._dense("trigger", hidden)[:, 0]
        said = np.flatnonzero(_in_core(window) & (trigger > _logit(_LEAST_TRIGGER)))
        if not window.candidates:
            return {}, self._triggers(said, hidden, trigger, None, window)
        spans = np.stack([hidden[start:stop].mean(0) for start, stop in window.spans])
        # Candidates of one sentence have the same around them.
        mean = {span: hidden[slice(*span)].mean(0) for span in set(window.around)}
        around = np.stack([mean[span] for span in window.around])
        m = _gelu(self._dense("mention", np.concatenate([spans, around, window.features], 1)))
        link = self._dense("place_ask", m) @ self._dense("word_ask", hidden).T * _ASK**-0.5
        link = link + self._dense("link", link_features(window))[..., 0]
        pointed = _softmax(np.where(window.starts[None, :], link + trigger[None, :], -1e4))
        z = _gelu(self._dense("joint", np.concatenate([m, pointed @ hidden], 1)))
        event, required = _sigmoid(self._dense("event", z)[:, 0]), _sigmoid(self._dense("required", z)[:, 0])
        types, statuses = _softmax(self._dense("kind", z)), _softmax(self._dense("status", z))
        times = _softmax(np.concatenate([self._dense("unstated", z), self._dated(z, hidden, window)], 1))
        found = {}
        for x, at in enumerate(window.candidates[: window.own]):
            found[at] = Judged(
                event=float(event[x]),
                required=float(required[x]),
                types=tuple(types[x].tolist()),
                statuses=tuple(statuses[x].tolist()),
                unstated=float(times[x, 0]),
                times=tuple(zip(window.times, times[x, 1:].tolist(), strict=True)),
                words=_words(pointed[x], window),
            )
        return found, self._triggers(said, hidden, trigger, link, window)

    def _dated(self, z: Floats, hidden: Floats, window: Window) -> Floats:
        if not window.times:
            return np.zeros((len(z), 0), dtype=np.float32)
        spans = np.stack([hidden[start:stop].mean(0) for start, stop in window.time_spans])
        scores: Floats = self._dense("time_ask", z) @ self._dense("time", spans).T * _ASK**-0.5
        return scores + self._dense("near", window.near)[..., 0]

    def _triggers(
        self, said: NDArray[np.intp], hidden: Floats, trigger: Floats, link: Floats | None, window: Window
    ) -> list[TriggerJudged]:
        if not len(said):
            return []
        # A row at a time where something is multiplied: of many at once the last digits are others.
        scores = np.concatenate([self._dense("nowhere", hidden[at : at + 1]) for at in said])
        if link is not None:
            scores = np.concatenate([scores, link[:, said].T], 1)
        places = _softmax(scores).tolist()
        types = _softmax(np.concatenate([self._dense("trigger_kind", hidden[at : at + 1]) for at in said])).tolist()
        sure = _sigmoid(trigger[said]).tolist()
        return [
            TriggerJudged(
                *_whole_word(int(at), window),
                sure[x],
                tuple(types[x]),
                tuple(zip(window.candidates, places[x][1:], strict=True)),
                places[x][0],
            )
            for x, at in enumerate(said)
        ]


def together(parts: Iterable[tuple[dict[int, Judged], list[TriggerJudged]]]) -> Judgement:
    """Put the windows of an article together."""
    candidates: dict[int, Judged] = {}
    triggers: list[TriggerJudged] = []
    for found, said in parts:
        candidates |= found
        triggers += said
    return Judgement(candidates, tuple(triggers))


def _in_core(window: Window) -> NDArray[np.bool_]:
    inside = np.zeros(window.size, dtype=np.bool_)
    inside[window.core[0] : window.core[1]] = True
    return inside & window.starts


def _words(row: Floats, window: Window) -> tuple[Word, ...]:
    best = np.argsort(-row, kind="stable")[:_WORDS]
    return tuple(Word(*_whole_word(int(at), window), float(row[at])) for at in best if row[at] > 0)


def _whole_word(at: int, window: Window) -> tuple[int, int]:
    """Give the offsets of the word that begins with a word piece."""
    stop = at + 1
    while stop < window.size - 1 and not window.starts[stop]:
        stop += 1
    return int(window.offsets[at, 0]), int(window.offsets[stop - 1, 1])


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _sigmoid(x: Floats) -> Floats:
    return (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out


def _gelu(x: Floats) -> Floats:
    """Give the Gaussian error linear unit; the tanh form differs from the exact one by less than 1e-3."""
    # Multiplied, not raised to a power: a power of floats takes NumPy a hundred times as long.
    out: Floats = 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * (x * x * x))))
    return out
