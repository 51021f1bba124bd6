"""Model files: plain arrays in one compressed file, checked against the features that the code computes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

_AGAIN = "Make it again with: conflict-map train places | events | incidents"


class ModelMissingError(FileNotFoundError):
    """A model file is absent; the message says how to make it."""


class ModelOutdatedError(ValueError):
    """A model file was made for other features than the code computes; the message says how to make it again."""


def column_bytes(columns: Sequence[str]) -> NDArray[np.uint8]:
    """Give the names of a model's features as an array, to be kept with its weights."""
    return np.frombuffer("\n".join(columns).encode("utf-8"), dtype=np.uint8)


def read(path: Path, columns: Sequence[str]) -> NpzFile:
    """Open a model file, without pickle, and check that it knows `columns`. Use as a context manager.

    Raises
    ------
    ModelMissingError, ModelOutdatedError
    """
    if not path.exists():
        raise ModelMissingError(f"{path}: there is no model. {_AGAIN}")
    arrays = np.load(path, allow_pickle=False)
    if "columns" not in arrays or bytes(arrays["columns"]).decode("utf-8").split("\n") != list(columns):
        arrays.close()
        raise ModelOutdatedError(f"{path}: the model was made for other features. {_AGAIN}")
    return arrays  # type: ignore[no-any-return]  # (NumPy types it as any)
