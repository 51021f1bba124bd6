"""The weights of the decision: boosted trees over a scene, and the threshold chosen on held-out stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from gazetteer.shipped import DATA
from geo import weights
from geo.events import incident, setting
from geo.events.scene import Scene
from geo.trees import Floats, Trees

COLUMNS = (*setting.FEATURES, *(f"pair_{name}" for name in incident.FEATURES))
MODEL = DATA / "models" / "decision.npz"
PARTS = ("stands", "right", "two", "stands_since", "right_since", "stands_here", "right_here")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown, and how sure it is.

    Attributes
    ----------
    stands : Trees
        That an event happened at this place on these days, by what is known of its scene.
    right : Trees
        That its type is right as well.
    two : Trees
        That two scenes of an article which may be one incident are two.
    threshold : float
        From it on a scene is told.
    most : float
        Of `two`: up to it they count as one.
    stands_since, right_since : Trees or None
        The same as `stands` and `right`, fitted to other articles, annotated since: what the two say is averaged.
    stands_here, right_here : Trees or None
        The same as `stands` and `right`, weighed once more with what the whole article tells (`geo.events.setting`).
        Without them what each scene says decides alone.
    veto : float
        Of `stands_here`: below it a scene stands for no more than that; else for the mean of both.
    """

    stands: Trees
    right: Trees
    two: Trees
    threshold: float
    most: float
    stands_since: Trees | None = None
    right_since: Trees | None = None
    stands_here: Trees | None = None
    right_here: Trees | None = None
    veto: float = 0.0

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
            stands, right, two = (Trees.from_arrays(arrays, f"{name}_") for name in PARTS[:3])
            made = cls(stands, right, two, float(arrays["threshold"].item()), float(arrays["most"].item()))
            # What `conflict-map train events` has just made was fitted to one set of articles, scene by scene.
            later = {name: Trees.from_arrays(arrays, f"{name}_") for name in PARTS[3:] if f"{name}_roots" in arrays}
            if not later:
                return made
            return replace(
                made,
                stands_since=later.get("stands_since"),
                right_since=later.get("right_since"),
                stands_here=later.get("stands_here"),
                right_here=later.get("right_here"),
                veto=float(arrays["veto"].item()),
            )

    def apart(self, ones: Sequence[Scene], other: Scene) -> list[float]:
        """Give the probability of each of some scenes that it and another, which may be one incident, are two."""
        rows = np.array([incident.row(one, other) for one in ones], dtype=np.float32)
        return [float(p) for p in self.two.probability(rows.reshape(len(ones), len(incident.FEATURES)))]

    def judge(self, rows: Floats, said: Floats, sentences: int) -> tuple[list[float], list[float]]:
        """Give the probability of each scene of an article that it stands, and that it is right in all.

        Parameters
        ----------
        rows : numpy.ndarray of float32, shape (scenes, geo.events.decision.FEATURES)
        said : numpy.ndarray of float32, shape (scenes, 4)
            See `geo.events.setting.words`.
        sentences : int
            Of the article.
        """
        if not len(rows):
            return [], []
        stands, right = self.alone(rows)
        if self.stands_here is not None and self.right_here is not None and sentences >= setting.LEAST:
            whole = setting.rows(rows, stands, right, said, sentences)
            here = self.stands_here.probability(whole)
            stands = np.where(here < self.veto, np.minimum(stands, here), (stands + here) / 2)
            right = self.right_here.probability(whole)
        return [float(p) for p in stands], [float(p) for p in np.minimum(stands, right)]

    def by_scenes_alone(self) -> Decision:
        """Give the same decision without what whole articles say."""
        return replace(self, stands_here=None, right_here=None)

    def alone(self, rows: Floats) -> tuple[Floats, Floats]:
        """Give the same two by what is known of each scene by itself."""
        stands = _both(self.stands, self.stands_since, rows)
        return stands, np.minimum(stands, _both(self.right, self.right_since, rows))


def _both(one: Trees, since: Trees | None, rows: Floats) -> Floats:
    said = one.probability(rows)
    return said if since is None else np.mean((said, since.probability(rows)), axis=0)
