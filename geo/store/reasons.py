"""A column of lists of words that are read out of their JSON only where somebody looks.

The reasons of a million events, as lists, take several times the room and the time of all other columns together, and
a view shows sixty of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.extensions import ExtensionArray, ExtensionDtype

from geo.store.texts import taken

_NONE = "[]"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ReasonsDtype(ExtensionDtype):
    """The kind of a column of `Reasons`: an element is a list of text."""

    name = "reasons"
    kind = "O"
    na_value = None

    @classmethod
    def construct_array_type(cls) -> Any:
        """Give the array of this kind."""
        return Reasons

    type = list  # last, as it hides Python's own within this class


class Reasons(ExtensionArray):
    """Lists of text, held as their JSON.

    Parameters
    ----------
    texts
        One JSON array of strings each, none missing (``large_string``). It is not changed: a row that is set makes
        another.
    """

    def __init__(self, texts: pa.Array | pa.ChunkedArray) -> None:
        self._texts = texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])

    @classmethod
    def _from_sequence(cls, scalars: Sequence[Any], *, dtype: Any = None, copy: bool = False) -> Self:
        if any(isinstance(one, str) for one in scalars):
            raise TypeError("reasons: expected lists of text, got text")
        written = [_NONE if one is None else _ENCODER.encode(list(one)) for one in scalars]
        return cls(pa.array(written, type=pa.large_string()))

    def _cast_pointwise_result(self, values: Any) -> Any:
        """Give what a function made of each list as the kind that it is, not as lists again."""
        return pd.Series(list(values)).array

    @classmethod
    def _from_factorized(cls, values: Any, original: Any) -> Self:
        return cls._from_sequence(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        return cls(pa.chunked_array([part for one in to_concat for part in one._texts.chunks], type=pa.large_string()))

    @property
    def dtype(self) -> ReasonsDtype:
        """The kind of the column."""
        return ReasonsDtype()

    @property
    def nbytes(self) -> int:
        """How many bytes the column takes."""
        return int(self._texts.nbytes)

    @property
    def texts(self) -> pa.Array | pa.ChunkedArray:
        """The lists as their JSON."""
        return self._texts

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, (int, np.integer)):
            at = int(item) + len(self) * (item < 0)
            if not 0 <= at < len(self):
                raise IndexError(f"row {item} of a column of {len(self)}")
            return json.loads(self._texts[at].as_py())
        item = pd.api.indexers.check_array_indexer(self, item)
        if isinstance(item, slice):
            if item.step in (None, 1):
                start, stop, _ = item.indices(len(self))
                return type(self)(self._texts.slice(start, max(0, stop - start)))
            item = np.arange(len(self))[item]
        if item.dtype == bool:
            return type(self)(self._texts.filter(pa.array(item)))
        return self.take(item)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Set one row to a list, or rows at integer positions to a list each."""
        texts = self._texts.to_pylist()
        if isinstance(key, (int, np.integer)):
            key, value = [key], [value]
        for row, one in zip(key, value, strict=True):
            texts[row] = _ENCODER.encode(list(one))
        self._texts = pa.array(texts, type=pa.large_string())

    def __eq__(self, other: object) -> Any:
        if not isinstance(other, Reasons):
            return NotImplemented
        return pc.equal(self._texts, other._texts).to_numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """Give the lists as objects; lists of equal length would else become a table."""
        out = np.empty(len(self), dtype=object)
        out[:] = list(self)
        return out

    def __iter__(self) -> Any:
        return iter(json.loads(f"[{','.join(self._texts.to_pylist())}]"))

    def __arrow_array__(self, type: pa.DataType | None = None) -> pa.Array:
        """Give the lists to Arrow as such: a file that is exported holds lists, not JSON."""
        return pa.array(list(self), type=type or pa.list_(pa.large_string()))

    # It can be changed, as every array of pandas.
    __hash__ = None  # type: ignore[assignment]  # (so that Python itself says it is not hashable)

    def isna(self) -> np.ndarray:
        """Tell which are missing: none is."""
        return np.zeros(len(self), dtype=bool)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """Give the rows at some positions; an empty list where a filled position is -1."""
        at = np.asarray(indices, dtype=np.int64)
        if not allow_fill or not (at < 0).any():
            return type(self)(taken(self._texts, at))
        filled = self._texts.take(pa.array(at, mask=at < 0))
        return type(self)(pc.fill_null(filled, _NONE))

    def copy(self) -> Self:
        """Give an array that can be changed alone; what it holds is shared until then."""
        return type(self)(self._texts)

    def _formatter(self, boxed: bool = False) -> Any:
        return str
