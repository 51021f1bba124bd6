"""Counts of events in rows: of one cell and kind, from one stretch of time to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo import model

COLUMNS = ("cell", "kind", "start", "end", "count")
WIDTHS = 3  # of dates, by which kinds differ, too
KINDS = len(model.EVENT_TYPES) * len(model.STATUSES) * len(model.TIERS) * 2
_PASS = 1_000_000  # events that are looked at at once: what is made of them is let go before the next
_MOST_KEYS = 2**63


@dataclass(frozen=True, slots=True)
class Rows:
    """Counts: of events from the day `start` to the day `end`, of a cell and a kind; columns of equal length."""

    cell: NDArray[np.int64]
    kind: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    count: NDArray[np.int64]


def passes(length: int) -> Iterator[slice]:
    """Give the slices in which so many events are gone through."""
    for start in range(0, max(1, length), _PASS):
        yield slice(start, start + _PASS)


def together(cell: NDArray[np.int64], rows: Rows, edges: NDArray[np.int64]) -> Rows:
    """Add up rows that fall into one cell, are of one kind, and begin and end in the same stretches between `edges`.

    Rows without counts are single events.
    """
    stretch = np.searchsorted(edges, np.arange(edges[0], edges[-1]), side="right") - 1
    bins = len(edges) - 1
    first, last = stretch[rows.start - edges[0]], stretch[rows.end - edges[0]]
    shape = (int(cell.max(initial=0)) + 1, KINDS * WIDTHS, bins, bins)
    key = np.ravel_multi_index((cell, rows.kind, first, last), shape)
    if len(rows.count):
        order = np.argsort(key)
        key = key[order]
        heads = np.flatnonzero(np.diff(key, prepend=-1))
        count = np.add.reduceat(rows.count[order], heads)
    else:
        key.sort()
        heads = np.flatnonzero(np.diff(key, prepend=-1))
        count = np.diff(heads, append=len(key))
    cell, kind, first, last = np.unravel_index(key[heads], shape)
    return Rows(cell, kind, edges[first], edges[last + 1] - 1, count)


def fits(cells: int, edges: NDArray[np.int64]) -> bool:
    """Tell whether rows of so many cells and stretches have numbers of 64 bits, by which `together` sorts them."""
    return cells * KINDS * WIDTHS * len(edges) ** 2 < _MOST_KEYS
