"""What was read and did not become a mark, with the reason and the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.query import Query
from geo.store import Catalogued
from geo.views import wording

# Characters of context on either side: about one line of the panel each.
_BEFORE, _AFTER = 48, 56


@dataclass(frozen=True, slots=True)
class Unplotted:
    """One passage that got no mark. `start` and `end` are offsets into the article's text."""

    article: str
    source: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Telling:
    """By whom and when each of many articles was told; arrays of one value an article.

    Attributes
    ----------
    first, last
        The days between which it was published, both included; NaT where unknown.
    """

    digests: npt.NDArray[np.object_]
    sources: npt.NDArray[np.object_]
    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]

    @classmethod
    def of(cls, articles: Sequence[Catalogued]) -> Telling:
        """Take the articles of a store's catalogue."""
        first = [one.published_start for one in articles]
        last = [one.published_end or one.published_start for one in articles]
        return cls(
            np.array([one.digest for one in articles], dtype=object),
            np.array([one.source for one in articles], dtype=object),
            np.array(first, dtype="datetime64[D]"),
            np.array(last, dtype="datetime64[D]"),
        )

    def within(self, query: Query) -> frozenset[str]:
        """Give the digests of the articles published inside a query's window by one of its sources.

        What was not plotted has no day of its own, so the day it was told counts.
        """
        keep = np.ones(len(self.digests), dtype=bool)
        if query.sources:
            keep &= pd.Series(self.sources, dtype=object).isin(query.sources).to_numpy(dtype=bool)
        if query.start is not None or query.end is not None:
            keep &= ~(np.isnat(self.first) | np.isnat(self.last))
        if query.start is not None:
            keep &= self.last >= np.datetime64(query.start)
        if query.end is not None:
            keep &= self.first <= np.datetime64(query.end)
        return frozenset(self.digests[keep].tolist())


def reasons(counts: Mapping[str, int], chosen: str | None) -> list[dict[str, Any]]:
    """Give the reasons with their numbers as pills, most frequent first, with "All" before them."""
    pills = [{"key": "all", "label": "All", "count": sum(counts.values()), "pressed": chosen is None}]
    for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        pills.append({"key": key, "label": wording.reason(key)[0], "count": n, "pressed": key == chosen})
    return pills


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut the words around a passage, within its paragraph and at word borders."""
    left_edge = text.rfind("\n", 0, start) + 1
    right_edge = text.find("\n", end)
    right_edge = len(text) if right_edge < 0 else right_edge
    left = max(left_edge, start - _BEFORE)
    if left > left_edge:
        left = min(start, text.find(" ", left, start) + 1 or start)
    right = min(right_edge, end + _AFTER)
    if right < right_edge:
        right = max(end, text.rfind(" ", end, right))
    before = ("… " if left > left_edge else "") + text[left:start]
    return before, text[start:end], text[end:right] + (" …" if right < right_edge else "")
