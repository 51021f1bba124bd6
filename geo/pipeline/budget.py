"""A time budget for reading one article: past it a shorter beginning of it is read, and the rest is left out.

The budget is processor time of the reading thread, so that a busy machine reads no less; an article as outlets print
them takes a tenth of it. What is cut is cut at fixed parts of the text, so that the same article keeps the same events
wherever the budget holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from geo.deadline import TimeSpentError, within
from geo.model import Article, NotPlotted, Record

# What every text has, and what each 100,000 characters have beside. Measured in decision 0126 (benchmarks.dense).
LEAST_SECONDS = 5.0
SECONDS = 8.0
_CHARACTERS = 100_000
# How much shorter the next try is: all tries together then take little more than the first.
_SHORTER = 4
# A beginning that is shorter than this is not worth another try.
_SHORTEST = 500
_LONGEST_SHOWN = 80
NOT_READ = "not read"


class OverBudgetError(RuntimeError):
    """Not even the beginning of an article could be read within its time."""


def allowed(characters: int) -> float:
    """Give the seconds of processor time that the reading of so long a text may take.

    Examples
    --------
    >>> allowed(5_000), allowed(100_000)
    (5.4, 13.0)
    """
    return LEAST_SECONDS + SECONDS * characters / _CHARACTERS


def read_within(
    article: Article, parse: Callable[[Article], Record], *, seconds: Callable[[int], float] = allowed
) -> tuple[Record, int | None]:
    """Parse an article, or as much of its beginning as its budget allows.

    Parameters
    ----------
    parse
        What reads an article; it may be broken off at any point.
    seconds
        The processor time for a text, by its characters. A shorter beginning has its own, so that an article of 100,000
        characters takes at most three times its budget.

    Returns
    -------
    (Record, int or None)
        The record, of the whole article; and where what was left out begins (None: all was read). The record names it
        as not plotted.

    Raises
    ------
    OverBudgetError
        If its first characters alone are past the budget.
    """
    end = len(article.text)
    while True:
        text = article.text[:end]
        try:
            piece = article if end == len(article.text) else replace(article, text=text)
            record = within(seconds(len(text)), partial(parse, piece))
        except TimeSpentError:
            if end <= _SHORTEST:
                raise OverBudgetError("no part of it could be read within its time") from None
            end = _before(article.text, end // _SHORTER)
            continue
        if end == len(article.text):
            return record, None
        rest = article.text[end:].lstrip()
        start = len(article.text) - len(rest)
        shown = rest[:_LONGEST_SHOWN].partition("\n")[0].rstrip() or rest[:1]
        left_out = NotPlotted(start, start + len(shown), shown, NOT_READ)
        return replace(record, article=article, not_plotted=(*record.not_plotted, left_out)), start


def _before(text: str, end: int) -> int:
    """Give the last end of a paragraph, a line, a sentence or a word in the second half of ``text[:end]``."""
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, end // 2, end)
        if at > 0:
            return at + len(mark)
    return end
