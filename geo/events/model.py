"""The weights of the decision: boosted trees over a scene, and the threshold chosen on held-out stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from gazetteer.shipped import DATA
from geo import weights
from geo.events import decision, incident
from geo.events.scene import Scene
from geo.trees import Floats, Trees

COLUMNS = (*decision.FEATURES, *(f"pair_{name}" for name in incident.FEATURES))
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
    two : Trees
        That two scenes of an article which may be one incident are two.
    threshold : float
        Of `stands`.
    most : float
        Of `two`: up to it they count as one.
    """

    stands: Trees
    right: Trees
    two: Trees
    threshold: float
    most: float

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Decision:
        """Read the weights.

        Raises
        ------
        ModelMissingError, ModelOutdatedError
            Where there is no such file, or one made for other features.
        """
        with weights.read(path, COLUMNS) as arrays:
            stands, right, two = (Trees.from_arrays(arrays, name) for name in ("stands_", "right_", "two_"))
            return cls(stands, right, two, float(arrays["threshold"].item()), float(arrays["most"].item()))

    def apart(self, ones: Sequence[Scene], other: Scene) -> list[float]:
        """Give the probability of each of some scenes that it and another, which may be one incident, are two."""
        rows = np.array([incident.row(one, other) for one in ones], dtype=np.float32)
        return [float(p) for p in self.two.probability(rows.reshape(len(ones), len(incident.FEATURES)))]

    def judge(self, rows: Floats) -> tuple[list[float], list[float]]:
        """Give the probability of each scene that it stands, and that it is right in all."""
        if not len(rows):
            return [], []
        stands, right = self.stands.probability(rows), self.right.probability(rows)
        return [float(p) for p in stands], [float(p) for p in np.minimum(stands, right)]
