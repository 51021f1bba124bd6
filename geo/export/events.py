"""Events that are to be written: as they lie in memory, or put aside in a file; either way a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

import geopandas
import numpy as np
import pandas as pd

from geo.store.spool import STRETCH

_Frame = TypeVar("_Frame", bound=pd.DataFrame)


class Events(Protocol):
    """Rows of `geo.store.Store.events` in an order: `Held`, or a `geo.store.spool.Spool`."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns but the geometry."""

    def __len__(self) -> int: ...

    def stretches(self) -> Iterator[geopandas.GeoDataFrame]:
        """Give them some thousands at a time; at least one stretch, empty or not."""

    def light(self, *names: str) -> Iterator[pd.DataFrame]:
        """Give some columns of `stretches`: to look through all rows before the first is written."""

    def take(self, positions: np.ndarray) -> geopandas.GeoDataFrame:
        """Give those at some positions, in the order of these."""

    def whole(self) -> geopandas.GeoDataFrame:
        """Give all as one frame, for what cannot be written in stretches."""


class Held:
    """Events of a frame that lies in memory anyway.

    Parameters
    ----------
    frame
        It is not changed.
    rows
        The positions of those that are meant, or a mask; None: all.
    """

    def __init__(self, frame: geopandas.GeoDataFrame, rows: np.ndarray | None = None) -> None:
        self._frame = frame
        self._rows = np.flatnonzero(rows) if rows is not None and rows.dtype == bool else rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns but the geometry."""
        return tuple(str(name) for name in self._frame.columns if name != self._frame.active_geometry_name)

    def __len__(self) -> int:
        return len(self._frame) if self._rows is None else len(self._rows)

    def stretches(self) -> Iterator[geopandas.GeoDataFrame]:
        """Give them `STRETCH` at a time; at least one stretch, empty or not."""
        for part in self._parts(self._frame):
            yield part.reset_index(drop=True)

    def light(self, *names: str) -> Iterator[pd.DataFrame]:
        """Give some columns of `stretches`."""
        yield from self._parts(pd.DataFrame(self._frame)[list(names)])

    def take(self, positions: np.ndarray) -> geopandas.GeoDataFrame:
        """Give those at some positions, in the order of these."""
        return self._frame.iloc[positions if self._rows is None else self._rows[positions]].reset_index(drop=True)

    def whole(self) -> geopandas.GeoDataFrame:
        """Give all as one frame."""
        return self._frame if self._rows is None else self._frame.iloc[self._rows].reset_index(drop=True)

    def _parts(self, frame: _Frame) -> Iterator[_Frame]:
        for start in range(0, max(len(self), 1), STRETCH):
            rows = slice(start, start + STRETCH)
            yield frame.iloc[rows if self._rows is None else self._rows[rows]]


def places(events: Events) -> pd.DataFrame:
    """Give the places of events, each with its precision once, the one that is told of first first."""
    names = ["place_id", "place_precision"]
    parts = [part.dropna().drop_duplicates() for part in events.light(*names)]
    return pd.concat(parts).drop_duplicates(ignore_index=True)
