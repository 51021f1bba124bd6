"""A column of texts that lies in pieces, of which a few rows are taken without looking at the rest.

Arrow puts all pieces of a column together before it takes rows out of it. Of a million events, to which one article
more came, a view takes sixty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa

# Where more of the rows are taken, one pass over all of them is as fast.
_FEW = 1 / 64
# More pieces than this are put together: each costs whoever goes through the column a little.
_MOST_PIECES = 1000


class Texts(pd.arrays.ArrowStringArray):
    """The array of pandas' own ``str``, which takes few rows out of the pieces that they lie in."""

    @classmethod
    def of(cls, texts: pa.ChunkedArray) -> Self:
        """Give the array over a column (``large_string``); nothing is copied."""
        kind = pd.StringDtype("pyarrow", na_value=np.nan)
        return cls(texts, dtype=kind)  # type: ignore[call-arg]  # (pandas-stubs lack it)

    def take(self, indices: Any, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """Give the rows at some positions, as any array of pandas does."""
        at = np.asarray(indices)
        if allow_fill and len(at) and at.min() < 0:
            return super().take(indices, allow_fill=allow_fill, fill_value=fill_value)
        return self.of(taken(self._pieces(), at))

    def _pieces(self) -> pa.ChunkedArray:
        column = pa.array(self)
        return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])

    def replaced(self, values: Mapping[int, str | None]) -> Self:
        """Give the array with other texts in some rows; the rest is not copied."""
        column = self._pieces()
        parts, at = [], 0
        for row in sorted(values):
            parts += [*column.slice(at, row - at).chunks, pa.array([values[row]], pa.large_string())]
            at = row + 1
        made = pa.chunked_array([*parts, *column.slice(at).chunks], pa.large_string())
        return self.of(pa.chunked_array([made.combine_chunks()]) if made.num_chunks > _MOST_PIECES else made)


def taken(column: pa.ChunkedArray, positions: np.ndarray) -> pa.ChunkedArray:
    """Give the rows of a column at some positions, which count from the end where they are negative.

    Raises
    ------
    IndexError
        If there is no such row.
    """
    at = np.asarray(positions, dtype=np.int64)
    at = np.where(at < 0, at + len(column), at)
    if len(at) and not 0 <= at.min() <= at.max() < len(column):
        raise IndexError(f"rows {at.min()} to {at.max()} of a column of {len(column)}")
    if column.num_chunks < 2 or len(at) > _FEW * len(column):
        return column.take(pa.array(at))
    ends = np.cumsum([len(chunk) for chunk in column.chunks])
    order = np.argsort(at, kind="stable")
    piece = np.searchsorted(ends, at[order], side="right")
    found = []
    for number in np.unique(piece).tolist():
        chunk = column.chunk(number)
        local = at[order][piece == number] - (ends[number] - len(chunk))
        found.append(chunk.take(pa.array(local)))
    back = np.empty(len(at), dtype=np.int64)
    back[order] = np.arange(len(at))
    together = pa.concat_arrays(found) if found else pa.array([], type=column.type)
    return pa.chunked_array([together.take(pa.array(back))], type=column.type)
