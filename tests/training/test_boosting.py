from __future__ import annotations

import numpy as np
import pytest

from geo.trees import Trees

sklearn = pytest.importorskip("sklearn", reason="training needs scikit-learn")


def test_plain_arrays_give_what_scikit_learn_gives() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    from geo.training.boosting import as_trees

    dice = np.random.default_rng(0)
    rows = dice.normal(size=(1200, 6)).astype(np.float32)
    labels = (rows[:, 0] * rows[:, 1] + rows[:, 2] > 0).astype(float)
    model = HistGradientBoostingClassifier(max_iter=30, max_leaf_nodes=9, random_state=0, early_stopping=False)
    model.fit(rows, labels)
    trees = as_trees(model)
    assert np.allclose(trees.probability(rows), model.predict_proba(rows)[:, 1], atol=1e-5)
    again = Trees.from_arrays(trees.to_arrays("t_"), "t_")
    assert np.array_equal(again.probability(rows), trees.probability(rows))


def test_no_rows_give_no_probabilities() -> None:
    from geo.training.boosting import Boosting

    dice = np.random.default_rng(0)
    rows = dice.normal(size=(200, 3)).astype(np.float32)
    trees = Boosting(trees=3, leaves=4, depth=3, rate=0.1, least_in_leaf=5, shrinkage=1.0).fit(
        rows, (rows[:, 0] > 0).astype(float)
    )
    assert trees.probability(rows[:0]).shape == (0,)
    assert trees.depth <= 3
