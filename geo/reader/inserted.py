"""A text with words put in, as the reader is shown it, and the way back to the offsets of the text itself."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geo.model import Mention, TimeSpan
from geo.reader.candidates import Candidate
from geo.text import Sentence


class Inserted:
    """A text with words put in.

    Parameters
    ----------
    text : str
    words : sequence of (int, str)
        Where each is put in, and what: offsets into `text`, rising.

    Attributes
    ----------
    text : str
        The text with them.
    """

    def __init__(self, text: str, words: Sequence[tuple[int, str]]) -> None:
        self._at = [at for at, _ in words]
        # How many characters stand before a position: none before the first of the words, the first one's behind it ...
        self._added = [0, *itertools.accumulate(len(word) for _, word in words)]
        # Where each begins in the text with them.
        self._begins = [at + added for at, added in zip(self._at, self._added, strict=False)]
        edges = [0, *self._at, len(text)]
        pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
        self.text = pieces[0] + "".join(word + piece for (_, word), piece in zip(words, pieces[1:], strict=True))

    def end_of(self, number: int) -> int:
        """Give where one of the words ends in the text with them."""
        return self._at[number] + self._added[number + 1]

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the offsets in the text itself; None for what lies in words put in, or over their edge."""
        number = bisect_right(self._begins, start)
        if number and start < self.end_of(number - 1):
            return None
        if bisect_left(self._begins, end) != number:
            return None
        return start - self._added[number], end - self._added[number]

    def sentence(self, one: Sentence) -> Sentence:
        """Give a sentence of the text; what is put in at its end is part of it."""
        return replace(one, start=self._start(one.start), end=one.end + self._added[bisect_right(self._at, one.end)])

    def candidate(self, one: Candidate) -> Candidate:
        """Give a candidate of the text."""
        return replace(one, mention=self._mention(one.mention))

    def time(self, one: TimeSpan) -> TimeSpan:
        """Give a dated expression of the text."""
        return replace(one, start=self._start(one.start), end=self._end(one.end))

    def _mention(self, one: Mention) -> Mention:
        return replace(one, start=self._start(one.start), end=self._end(one.end))

    def _start(self, at: int) -> int:
        return at + self._added[bisect_right(self._at, at)]

    def _end(self, at: int) -> int:
        return at + self._added[bisect_left(self._at, at)]
