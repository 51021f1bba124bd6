"""What of an event a search has found: its own sentence, its paragraph, or only its article."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.query import holding, search_words

Ranks = npt.NDArray[np.int8]

SENTENCE, PARAGRAPH, ARTICLE = 0, 1, 2
HEADINGS = ("In the sentence itself", "In the same paragraph", "Elsewhere in the article")
_OWN = ("snippet", "place", "place_text")
# Articles whose text is read for the paragraphs; beyond, an event found through its article counts as that.
_MOST_READ = 400


def ranks(frame: pd.DataFrame, shown: npt.NDArray[np.bool_], q: str, *, text: Callable[[str], str]) -> Ranks:
    """Say for each row of a frame where every word of `q` stands.

    Parameters
    ----------
    frame
        The frame of all events; not changed.
    shown
        The rows that matter; the others count as found by their article.
    text
        Gives the text of an article by its digest.

    Returns
    -------
    numpy.ndarray
        `SENTENCE`, `PARAGRAPH` or `ARTICLE`, as long as the frame.
    """
    out = np.full(len(frame), ARTICLE, dtype=np.int8)
    rows = np.flatnonzero(shown)
    own = holding(frame.iloc[rows], q, _OWN)
    out[rows[own]] = SENTENCE
    rest = rows[~own]
    articles = frame["article"].to_numpy()[rest]
    if len(set(articles)) > _MOST_READ:
        return out
    words, texts = search_words(q), {digest: text(digest).lower() for digest in set(articles)}
    starts = frame["trigger_start"].to_numpy()[rest]
    for row, digest, start in zip(rest, articles, starts, strict=True):
        paragraph = _paragraph(texts[digest], int(start))
        if all(word in paragraph for word in words):
            out[row] = PARAGRAPH
    return out


def _paragraph(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def found(text: str, q: str) -> list[tuple[int, int, str]]:
    """Give the marks of every place where a word of `q` stands in a text (see `geo.views.reading.paragraphs`)."""
    lower, out = text.lower(), []
    if len(lower) != len(text):  # a letter whose small form is two: offsets would slip
        return []
    for word in search_words(q):
        at = lower.find(word)
        while at >= 0:
            out.append((at, at + len(word), "found"))
            at = lower.find(word, at + len(word))
    return out
