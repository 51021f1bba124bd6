"""Boosted trees: fitted with scikit-learn, kept as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from geo.trees import Floats, Trees


@dataclass(frozen=True, slots=True)
class Boosting:
    """The size of an ensemble and how hard it is held back."""

    trees: int
    leaves: int
    depth: int
    rate: float
    least_in_leaf: int
    shrinkage: float

    def fit(self, rows: Floats, labels: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> Trees:
        """Fit the ensemble. Deterministic: the same rows give the same trees."""
        model = HistGradientBoostingClassifier(
            max_iter=self.trees,
            max_leaf_nodes=self.leaves,
            max_depth=self.depth,
            learning_rate=self.rate,
            min_samples_leaf=self.least_in_leaf,
            l2_regularization=self.shrinkage,
            early_stopping=False,
            random_state=0,
        )
        # With several threads the order of summation, and with it the last digits of the weights, would change.
        with threadpool_limits(limits=1):
            return as_trees(model.fit(rows, labels, sample_weight=weights))


def as_trees(model: HistGradientBoostingClassifier) -> Trees:
    """Copy the trees of a fitted binary classifier into plain arrays, siblings side by side."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    value: list[float] = []
    roots = []
    deepest = 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        roots.append(len(feature))
        # Breadth first: the two children of a node get neighbouring places.
        queue = [(0, len(feature), 0)]
        _reserve(feature, threshold, left, value, 1)
        while queue:
            node, place, depth = queue.pop(0)
            deepest = max(deepest, depth)
            if nodes[node]["is_leaf"]:
                value[place] = float(nodes[node]["value"])
                left[place] = place
                continue
            children = len(feature)
            _reserve(feature, threshold, left, value, 2)
            feature[place] = int(nodes[node]["feature_idx"])
            threshold[place] = float(nodes[node]["num_threshold"])
            left[place] = children
            queue += [
                (int(nodes[node]["left"]), children, depth + 1),
                (int(nodes[node]["right"]), children + 1, depth + 1),
            ]
    return Trees(
        feature=np.array(feature, dtype=np.intp),
        threshold=np.array(threshold, dtype=np.float32),
        left=np.array(left, dtype=np.intp),
        value=np.array(value, dtype=np.float32),
        roots=np.array(roots, dtype=np.intp),
        depth=deepest,
        baseline=float(np.ravel(model._baseline_prediction)[0]),
    )


def _reserve(feature: list[int], threshold: list[float], left: list[int], value: list[float], count: int) -> None:
    feature += [0] * count
    threshold += [float("inf")] * count
    left += [0] * count
    value += [0.0] * count
