"""The resolution model: boosted trees score every candidate twice, the second time in the light of the first.

In the first round the document's other names weigh by their priors; in the second by the first round's opinion, so
that what is sure settles what is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.shipped import DATA
from geo import weights
from geo.resolve.features import NAMES, Table, rows
from geo.trees import Floats, Trees

MODEL = DATA / "models" / "resolution.npz"
_BESIDE = (
    [NAMES.index("unit_after"), NAMES.index("country_after")],
    [NAMES.index("unit_of"), NAMES.index("unit_before")],
)
# What is left of a candidate's probability where a namesake lies in the unit that is written beside the name.
_ELSEWHERE = 0.25
# Names whose best candidate is below this in the first round carry no weight in the second.
_UNSURE = 0.02


# Scores at which the calibration is kept.
GRID: Floats = np.linspace(0.0, 1.0, 21, dtype=np.float32)
COLUMNS = (*NAMES, "first_round")


@dataclass(frozen=True, slots=True)
class Resolver:
    """The trees of both rounds, and what their scores are worth.

    Attributes
    ----------
    first, second : Trees
    threshold : float
        The score below which a name stays unresolved.
    calibration : numpy.ndarray of float32, shape of GRID
        The probability that the chosen place is right where the trees give it a score of `GRID`, counted out of fold.
    """

    first: Trees
    second: Trees
    threshold: float
    calibration: Floats = field(default_factory=GRID.copy)

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Resolver:
        """Read the weights.

        Raises
        ------
        ModelMissingError, ModelOutdatedError
            Where there is no such file, or one made for other features.
        """
        with weights.read(path, COLUMNS) as arrays:
            return cls(
                first=Trees.from_arrays(arrays, "first_"),
                second=Trees.from_arrays(arrays, "second_"),
                threshold=float(arrays["threshold"].item()),
                calibration=arrays["calibration"].astype(np.float32),
            )

    def save(self, path: Path) -> None:
        """Write the weights as plain arrays, compressed: the same weights give the same bytes."""
        np.savez_compressed(
            path,
            columns=weights.column_bytes(COLUMNS),
            threshold=np.array(self.threshold),
            calibration=self.calibration,
            **self.first.to_arrays("first_"),  # type: ignore[arg-type]  # (arrays by name)
            **self.second.to_arrays("second_"),  # type: ignore[arg-type]  # (the same)
        )

    def probability(self, score: float) -> float:
        """Give the probability that a place with this score is right."""
        return float(np.interp(score, GRID, self.calibration))

    def score(self, table: Table) -> tuple[Floats, Floats]:
        """Give every candidate's probability, and the features of the second round that it rests on."""
        opinion = self.first.probability(rows(table, table.share))
        seen = second_rows(table, opinion)
        return with_units(table, self.second.probability(seen)), seen


def with_units(table: Table, probability: Floats) -> Floats:
    """Hold a name to the state or country that is written beside it: "Cairo, Illinois", "Tripoli in Libya".

    The local news that the trees learn from mostly leaves the state out, so that they trust it too little.
    """
    sizes = np.diff(np.append(table.starts, len(probability)))
    out = probability.copy()
    for columns in _BESIDE:
        said = table.static[:, columns].max(axis=1) > 0
        some = np.repeat(np.maximum.reduceat(said, table.starts), sizes)
        out = np.where(some & ~said, out * _ELSEWHERE, out)
    return out.astype(np.float32)


def second_rows(table: Table, opinion: Floats) -> Floats:
    """Give the features of the second round: those of the first with its opinion as weights, and that opinion."""
    return np.hstack([rows(table, as_weights(table, opinion)), opinion[:, None]])


def as_weights(table: Table, opinion: Floats) -> NDArray[np.float64]:
    """Turn probabilities into weights that sum to one for each name."""
    sizes = np.diff(np.append(table.starts, len(opinion)))
    values = opinion.astype(np.float64)
    total = np.repeat(np.add.reduceat(values, table.starts), sizes)
    best = np.repeat(np.maximum.reduceat(values, table.starts), sizes)
    return np.where(best > _UNSURE, values / np.maximum(total, 1e-6), values)
