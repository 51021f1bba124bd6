"""The weights of the decision: boosted trees over a scene, and the threshold chosen on held-out stories."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from gazetteer.shipped import DATA
from geo import weights
from geo.events.decision import FEATURES
from geo.trees import Floats, Trees

MODEL = DATA / "models" / "decision.npz"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown, and how sure it is.

    Attributes
    ----------
    stands : Trees
        That an event happened at this place on these days: it decides what is shown.
    right : Trees
        That its type is right as well: the confidence that is told.
    threshold : float
        Of `stands`.
    """

    stands: Trees
    right: Trees
    threshold: float

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Decision:
        """Read the weights.

        Raises
        ------
        ModelMissingError, ModelOutdatedError
            Where there is no such file, or one made for other features.
        """
        with weights.read(path, FEATURES) as arrays:
            stands, right = (Trees.from_arrays(arrays, name) for name in ("stands_", "right_"))
            return cls(stands, right, float(arrays["threshold"].item()))

    def judge(self, rows: Floats) -> tuple[list[float], list[float]]:
        """Give the probability of each scene that it stands, and that it is right in all."""
        if not len(rows):
            return [], []
        stands, right = self.stands.probability(rows), self.right.probability(rows)
        return [float(p) for p in stands], [float(p) for p in np.minimum(stands, right)]
