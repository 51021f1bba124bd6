"""An article in windows of word pieces, with its candidates and dated expressions as rows of numbers."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from gazetteer.names import fold
from geo.model import TimeSpan
from geo.reader.candidates import Candidate
from geo.text import Sentence

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Word pieces of a window: the sentences it reads, and how much before and after them it sees.
LENGTH, CORE, BEFORE, AFTER = 256, 176, 56, 22
# Most dated expressions that a window weighs.
TIMES = 16
USAGES = ("literal", "metonym", "adjectival", "organisation", "nominal")
PRECISIONS = ("point", "town", "region", "country", "sea", "none")
# What a word piece belongs to.
PLAIN, PLACE, OTHER_NAME, TIME = range(4)
MARKS = 4
_EXTRA = 8
FEATURES = len(USAGES) + len(PRECISIONS) + _EXTRA
# What a dated expression is to its sentence (`TimeSpan.role`), by what that means for events.
_ROLES = (("dateline", "stamp"), ("said",), ("since", "until"), ("repeated", "name"))
TIME_FEATURES = 16 + len(_ROLES)
# So many sentences apart, from three before to three behind.
_APART = 7
# How a candidate stands to a word that may be its trigger.
LINK_FEATURES = 8
_BEGIN, _STOP = 101, 102  # [CLS] and [SEP] of the vocabulary


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of an article, and those around them that they are read with.

    Attributes
    ----------
    tokens, marks : numpy.ndarray of int64, shape (n,)
        Word pieces with their first and last; what each belongs to.
    offsets : numpy.ndarray of int64, shape (n, 2)
        Where each lies in the text; both are -1 for the first and the last.
    core : (int, int)
        Half-open range of the word pieces of the sentences that are read, not only seen.
    sentence : numpy.ndarray of int64, shape (n,)
        The number of each one's sentence; -1 for the first and the last.
    starts : numpy.ndarray of bool, shape (n,)
        Whether a word begins here.
    candidates, times : tuple of int
        Positions in the article's candidates and dated expressions. Candidates of the core come first.
    own : int
        How many of the candidates lie in the core.
    spans, time_spans : tuple of (int, int)
        Half-open ranges of word pieces.
    around : tuple of (int, int)
        The range of each candidate's sentence.
    features : numpy.ndarray of float32, shape (candidates, FEATURES)
    near : numpy.ndarray of float32, shape (candidates, times, TIME_FEATURES)
    """

    tokens: Ints
    marks: Ints
    offsets: Ints
    core: tuple[int, int]
    sentence: Ints
    starts: NDArray[np.bool_]
    candidates: tuple[int, ...]
    own: int
    times: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    time_spans: tuple[tuple[int, int], ...]
    around: tuple[tuple[int, int], ...]
    features: Floats
    near: Floats

    @property
    def size(self) -> int:
        """How many word pieces it has."""
        return len(self.tokens)


def cut(
    text: str,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    times: Sequence[TimeSpan],
    tokenizer: Tokenizer,
    *,
    every: bool = False,
) -> Iterator[Window]:
    """Cut an article into windows; each candidate lies in the core of one.

    Parameters
    ----------
    every : bool
        Whether windows without a candidate are given too.
    """
    code = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(code.ids, dtype=np.int64)
    offsets = np.array(code.offsets, dtype=np.int64).reshape(-1, 2)
    if not len(ids):
        return
    laid = _Laid(text, sentences, candidates, times, ids, offsets)
    for part in laid.parts():
        window = laid.window(*part)
        if every or window.own:
            yield window


class _Laid:
    """The word pieces of an article and what lies on them."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        candidates: Sequence[Candidate],
        times: Sequence[TimeSpan],
        ids: Ints,
        offsets: Ints,
    ) -> None:
        self.text, self.candidates, self.times, self.ids, self.offsets = text, candidates, times, ids, offsets
        self.first = [int(start) for start in offsets[:, 0]]
        begun = np.searchsorted([one.start for one in sentences], offsets[:, 0], side="right")
        self.owner = np.maximum(0, begun.astype(np.int64) - 1)
        self.bounds = self._bounds()
        self.spans = [self._pieces(one.start, one.end) for one in candidates]
        self.begun = sorted((span[0], at) for at, span in enumerate(self.spans))
        self.time_spans = [self._pieces(one.start, one.end) for one in times]
        heard: dict[str, int] = {}
        self.earliest = [heard.setdefault(fold(one.text), at) for at, one in enumerate(candidates)]
        self.begins = np.array(
            [
                at == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
                for at, start in enumerate(self.first)
            ]
        )

    def _bounds(self) -> list[tuple[int, int]]:
        """Give the ranges of word pieces of the sentences that have any; an overlong one is cut."""
        edges = [0, *(np.flatnonzero(np.diff(self.owner)) + 1).tolist(), len(self.ids)]
        found = []
        for start, end in itertools.pairwise(edges):
            found += [(at, min(end, at + LENGTH - 2)) for at in range(start, end, LENGTH - 2)]
        return found

    def _pieces(self, start: int, end: int) -> tuple[int, int]:
        low = bisect_right(self.first, start) - 1
        if low < 0 or int(self.offsets[low, 1]) <= start:
            low += 1
        return low, max(low + 1, bisect_left(self.first, end))

    def parts(self) -> Iterator[tuple[int, int, int, int]]:
        """Give (first seen, end seen, first read, end read) of each window."""
        bounds, size = self.bounds, len(self.ids)
        if size <= LENGTH - 2:
            yield 0, size, 0, size
            return
        at = 0
        while at < len(bounds):
            last = at + 1
            while last < len(bounds) and bounds[last][1] - bounds[at][0] <= CORE:
                last += 1
            start, end = bounds[at][0], bounds[last - 1][1]
            room = LENGTH - 2 - (end - start)
            low = at
            while low > 0 and start - bounds[low - 1][0] <= min(BEFORE, room):
                low -= 1
            room -= start - bounds[low][0]
            high = last
            while high < len(bounds) and bounds[high][1] - end <= min(AFTER, room):
                high += 1
            yield bounds[low][0], bounds[high - 1][1], start, end
            at = last

    def window(self, low: int, high: int, start: int, end: int) -> Window:
        own = self._beginning(start, end)
        seen = sorted({*self._beginning(low, high)}.difference(own))
        listed = own + seen
        times = [at for at, span in enumerate(self.time_spans) if low <= span[0] < high]
        if len(times) > TIMES:
            middle = (start + end) / 2
            times = sorted(sorted(times, key=lambda at: abs(self.time_spans[at][0] - middle))[:TIMES])
        size = high - low + 2
        marks = np.zeros(size, dtype=np.int64)
        for at in listed:
            literal = self.candidates[at].usage in ("literal", "nominal")
            begin, stop = self._inside(self.spans[at], low, high)
            marks[begin:stop] = PLACE if literal else OTHER_NAME
        for at in times:
            begin, stop = self._inside(self.time_spans[at], low, high)
            marks[begin:stop] = TIME
        sentence = np.full(size, -1, dtype=np.int64)
        sentence[1:-1] = self.owner[low:high]
        offsets = np.full((size, 2), -1, dtype=np.int64)
        offsets[1:-1] = self.offsets[low:high]
        starts = np.zeros(size, dtype=np.bool_)
        starts[1:-1] = self.begins[low:high]
        return Window(
            tokens=np.concatenate([[_BEGIN], self.ids[low:high], [_STOP]]).astype(np.int64),
            marks=marks,
            offsets=offsets,
            core=(start - low + 1, end - low + 1),
            sentence=sentence,
            starts=starts,
            candidates=tuple(listed),
            own=len(own),
            times=tuple(times),
            spans=tuple(self._inside(self.spans[at], low, high) for at in listed),
            time_spans=tuple(self._inside(self.time_spans[at], low, high) for at in times),
            around=tuple(self._around(at, low, high) for at in listed),
            features=np.array([self._features(at) for at in listed], dtype=np.float32).reshape(-1, FEATURES),
            near=self._near(listed, times),
        )

    def _beginning(self, low: int, high: int) -> list[int]:
        """Give the candidates that begin between two word pieces, in their own order."""
        first, stop = (bisect_left(self.begun, (at,)) for at in (low, high))
        return sorted(at for _, at in self.begun[first:stop])

    @staticmethod
    def _inside(span: tuple[int, int], low: int, high: int) -> tuple[int, int]:
        return span[0] - low + 1, min(span[1], high) - low + 1

    def _around(self, at: int, low: int, high: int) -> tuple[int, int]:
        owner = self.owner[self.spans[at][0]]
        begin, stop = np.searchsorted(self.owner, owner, "left"), np.searchsorted(self.owner, owner, "right")
        return max(int(begin), low) - low + 1, min(int(stop), high) - low + 1

    def _features(self, at: int) -> list[float]:
        one = self.candidates[at]
        row = [0.0] * FEATURES
        row[USAGES.index(one.usage)] = 1.0
        row[len(USAGES) + PRECISIONS.index(one.place.precision if one.place else "none")] = 1.0
        row[-_EXTRA:] = [
            float(one.sentence == 0),
            min(1.0, one.sentence / 20),
            float(self.earliest[at] < at),
            float(one.place is not None),
            float(one.mention.lifted),
            one.start / max(1, len(self.text)),
            float(one.doubtful),
            float(one.mention.offset_km is not None),
        ]
        return row

    def _near(self, listed: Sequence[int], times: Sequence[int]) -> Floats:
        if not listed or not times:
            return np.zeros((len(listed), len(times), TIME_FEATURES), dtype=np.float32)
        # What a dated expression is, wherever it is seen from: its word piece, its sentence, the last of its features.
        told = [(self.time_spans[time][0], self._kind_of(self.times[time])) for time in times]
        places = [(there, int(self.owner[there]), kind) for there, kind in told]
        rows = []
        for at in listed:
            here = self.spans[at][0]
            owner = int(self.owner[here])
            nearest = min(range(len(times)), key=lambda y: abs(places[y][0] - here))
            led: set[int] = set()
            for y, (there, its, kind) in enumerate(places):
                gap = its - owner
                apart = [0.0] * _APART
                apart[max(-3, min(3, gap)) + 3] = 1.0
                side = gap == 0 and there < here, gap == 0 and there > here
                far = math.log1p(abs(there - here)) / 3
                rows.append((gap == 0, *apart, *side, far, y == nearest, its not in led, *kind))
                led.add(its)
        return np.array(rows, dtype=np.float32).reshape(len(listed), len(times), TIME_FEATURES)

    @staticmethod
    def _kind_of(span: TimeSpan) -> tuple[bool, ...]:
        precision = span.precision
        roles = tuple(span.role in roles for roles in _ROLES)
        return (precision == "day", precision == "month", precision in ("year", "decade"), *roles)


def link_features(window: Window) -> Floats:
    """Say how each candidate stands to each word piece; shape (candidates, n, LINK_FEATURES)."""
    size, count = window.size, len(window.candidates)
    out = np.zeros((count, size, LINK_FEATURES), dtype=np.float32)
    at = np.arange(size)
    begins = np.array([span[0] for span in window.spans], dtype=np.int64)
    before = np.searchsorted(np.sort(begins), at)
    far = np.log1p(np.arange(size + 1)) / 4
    for x, (start, stop) in enumerate(window.spans):
        gap = window.sentence - window.sentence[start]
        row = out[x]
        row[:, 0] = gap == 0
        row[:, 1] = (gap == 0) & (at < start)
        row[:, 2] = gap == 1
        row[:, 3] = gap > 1
        row[:, 4] = gap < 0
        row[:, 5] = far[np.where(at < start, start - at, np.maximum(at - stop + 1, 0))]
        row[:, 6] = np.abs(before - before[start]).clip(0, 8) / 8
        row[:, 7] = (at >= start) & (at < stop)
    return out
