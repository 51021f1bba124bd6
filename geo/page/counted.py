"""The counts that a map gets where events are too many for a browser: made of a part when it is looked at, and kept."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from geo.page.compressing import Blob, tag
from geo.page.keeping import Recent
from geo.query import Query
from geo.timemap.grid import Chosen, Grid
from geo.timemap.part import Part

_PARTS = 24  # of the map, a megabyte each
_CHOICES = 3  # of events, a byte each


class Counted:
    """Counts by place and time, for one who asks after the other."""

    def __init__(self) -> None:
        self._choices: Recent[Chosen] = Recent(_CHOICES)
        self._parts: Recent[Blob] = Recent(_PARTS)
        # Counting takes a core, and memory for a million events at once: one part of the map after the other.
        self._counting = threading.Lock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within, nobody else counts."""
        with self._counting:
            yield

    def part(self, version: str, plain: Query, part: Part, columns: Grid, *, passing: Callable[[], Any]) -> Blob:
        """Give the counts of one part of the map, packed and compressed.

        Parameters
        ----------
        version
            The state of the data that `columns` are of.
        plain
            The filters alone (`Query.filters_of`).
        passing
            Gives which events pass them, one truth value each.
        """

        def choose() -> Chosen:
            hidden = any((plain.places, plain.q, plain.sources, plain.actors, plain.changed))
            return columns.choose(passing(), axis=part.axis, filtered=hidden)

        def count() -> Blob:
            raw = columns.pack(self._choices.get((version, plain, part.axis), choose), part)
            return Blob(gzip.compress(raw, 1, mtime=0), tag(raw))

        return self._parts.get((version, plain, part), count)
