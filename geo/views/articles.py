"""The desk of articles: those of the store as a list, and one of them with all that was read from it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.query import Query, Selection
from geo.store import Catalogued
from geo.views import listing, reading, wording


def matching(articles: Sequence[Catalogued], typed: str, found: Container[str] | None) -> list[Catalogued]:
    """Give the articles that hold what was typed: in their text (`found`, digests), title, source or data set."""
    wanted = typed.casefold().split()
    if not wanted:
        return list(articles)
    return [one for one in articles if (found is not None and one.digest in found) or _named(one, wanted)]


def _named(article: Catalogued, wanted: Sequence[str]) -> bool:
    words = " ".join([article.title or "", article.source or "", *article.data_sets]).casefold()
    return all(word in words for word in wanted)


def rows(articles: Sequence[Catalogued]) -> list[dict[str, Any]]:
    """Give articles as the list shows them."""
    return [
        {
            "digest": one.digest,
            "title": one.title or "Untitled",
            "text": " · ".join(part for part in (one.source, _published(one), ", ".join(one.data_sets)) if part),
            "events": wording.count(one.events, "event"),
        }
        for one in articles
    ]


def _published(article: Catalogued) -> str:
    first, last = article.published_start, article.published_end
    return wording.interval(first, last) if first and last else ""


def events(frame: pd.DataFrame, digest: str) -> list[dict[str, Any]]:
    """Give the events of one article as rows of a list, in the order of its text."""
    here = np.flatnonzero((frame["article"] == digest).to_numpy(dtype=bool))
    here = here[np.argsort(frame["trigger_start"].to_numpy()[here], kind="stable")]
    everything = np.ones(len(frame), dtype=bool)
    return listing.rows(frame, here, Selection(everything, everything, everything, everything), Query())


def marks(frame: pd.DataFrame, digest: str) -> list[reading.Mark]:
    """Give the marks of all events of an article: their sentences and triggers."""
    here = frame.loc[frame["article"] == digest, ["sentence_start", "sentence_end", "trigger_start", "trigger_end"]]
    out: list[reading.Mark] = []
    for first, last, begins, ends in here.itertuples(index=False, name=None):
        out += [(int(first), int(last), "sentence"), (int(begins), int(ends), "trigger")]
    return out
