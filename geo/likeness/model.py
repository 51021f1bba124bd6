"""The weights of the features and the probability that they give.

The weights are `data/models/likeness.csv`, made by ``conflict-map train incidents``. None depends on other articles.
"""

from __future__ import annotations

import functools
import math
from pathlib import Path

from gazetteer.shipped import DATA
from geo.likeness.features import FEATURES, row
from geo.likeness.report import Report
from geo.tables import read_table
from geo.weights import ModelMissingError, ModelOutdatedError

MODEL = DATA / "models" / "likeness.csv"
COLUMNS = ("feature", "weight")
_BIAS = "bias"


@functools.cache
def weights(path: Path = MODEL) -> tuple[tuple[float, ...], float]:
    """Read the weights of `FEATURES`, in their order, and the bias.

    Raises
    ------
    ModelMissingError, ModelOutdatedError
        Where there are none, or where they are those of other features.
    geo.lexicon.LexiconError
        For a file that is no such table.
    """
    if not path.exists():
        raise ModelMissingError(f"{path}: there is no model. Make it again with: conflict-map train incidents")
    found = {entry["feature"]: float(entry["weight"]) for _, entry in read_table(path, COLUMNS)}
    if list(found) != [_BIAS, *(name for name, _ in FEATURES)]:
        fault = "the model was made for other features"
        raise ModelOutdatedError(f"{path}: {fault}. Make it again with: conflict-map train incidents")
    return tuple(found[name] for name, _ in FEATURES), found[_BIAS]


def probability(one: Report, other: Report) -> float:
    """Give the probability, 0 to 1, that two reports whose place, days and kind agree tell of the same event."""
    each, bias = weights()
    odds = bias + sum(weight * value for weight, value in zip(each, row(one, other), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
