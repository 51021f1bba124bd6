"""The weights of the decision: boosted trees over a scene, and the threshold chosen on held-out stories."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo import weights
from geo.events.decision import FEATURES
from geo.trees import Floats, Trees

MODEL = Path(__file__).resolve().parent.parent.parent / "data" / "models" / "decision.npz"


@dataclass(frozen=True, slots=True)
class Decision:
    """The trees and the confidence from which an event is shown.

    Attributes
    ----------
    trees : Trees
    threshold : float
    """

    trees: Trees
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
            return cls(Trees.from_arrays(arrays, "trees_"), float(arrays["threshold"].item()))

    def confidence(self, rows: Floats) -> list[float]:
        """Give the probability of each scene that place, days and type are as the article says."""
        return [float(p) for p in self.trees.probability(rows)] if len(rows) else []
