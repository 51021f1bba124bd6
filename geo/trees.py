"""Ensembles of regression trees as plain arrays, walked with NumPy: what boosted models need at run time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Rows walked at once: 512 rows x 200 trees x 8 bytes stay within a processor's cache of a megabyte or so.
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of binary regression trees in log-odds.

    All nodes lie in one array. An inner node goes to `left` where ``x[feature] <= threshold``, else to ``left + 1``;
    a leaf points at itself with an infinite threshold, so every walk may take `depth` steps.

    Attributes
    ----------
    feature, left : numpy.ndarray of intp, shape (nodes,)
    threshold, value : numpy.ndarray of float32, shape (nodes,)
        `value` is zero on inner nodes.
    roots : numpy.ndarray of intp, shape (trees,)
    depth : int
    baseline : float
    """

    feature: NDArray[np.intp]
    threshold: Floats
    left: NDArray[np.intp]
    value: Floats
    roots: NDArray[np.intp]
    depth: int
    baseline: float

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> Trees:
        """Read an ensemble out of the arrays of a model file, where its names start with `prefix`."""
        return cls(
            feature=arrays[f"{prefix}feature"].astype(np.intp),
            threshold=arrays[f"{prefix}threshold"].astype(np.float32),
            left=arrays[f"{prefix}left"].astype(np.intp),
            value=arrays[f"{prefix}value"].astype(np.float32),
            roots=arrays[f"{prefix}roots"].astype(np.intp),
            depth=int(arrays[f"{prefix}depth"].item()),
            baseline=float(arrays[f"{prefix}baseline"].item()),
        )

    def to_arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Give the arrays of a model file: what `from_arrays` reads."""
        return {
            f"{prefix}feature": self.feature.astype(np.uint8),
            f"{prefix}threshold": self.threshold,
            f"{prefix}left": self.left.astype(np.uint16),
            f"{prefix}value": self.value,
            f"{prefix}roots": self.roots.astype(np.uint16),
            f"{prefix}depth": np.array(self.depth, dtype=np.uint8),
            f"{prefix}baseline": np.array(self.baseline, dtype=np.float64),
        }

    def probability(self, rows: Floats) -> Floats:
        """Give the probability of each row: the logistic function of the sum of its leaves.

        Parameters
        ----------
        rows : numpy.ndarray of float32, shape (n, features)

        Returns
        -------
        numpy.ndarray of float32, shape (n,)
        """
        odds = np.empty(len(rows), dtype=np.float64)
        for begin in range(0, len(rows), _CHUNK):
            odds[begin : begin + _CHUNK] = self._walk(np.ascontiguousarray(rows[begin : begin + _CHUNK]))
        return (1.0 / (1.0 + np.exp(-np.clip(odds + self.baseline, -30, 30)))).astype(np.float32)

    def _walk(self, rows: Floats) -> NDArray[np.float64]:
        flat = rows.ravel()
        first = (np.arange(len(rows), dtype=np.intp) * rows.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            above = flat.take(self.feature.take(node) + first) > self.threshold.take(node)
            node = self.left.take(node) + above
        odds: NDArray[np.float64] = self.value.take(node).sum(axis=1, dtype=np.float64)
        return odds
