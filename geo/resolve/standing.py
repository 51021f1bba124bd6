"""Near which of the places that a text names a name is likely to stand that no place bears.

A village is seldom in the middle of the province that is named last; it lies near the towns that are told of with it.
What speaks for each place (`geo.resolve.surroundings`) is weighed by trees that learned it from articles whose readers
knew where such names are (`geo.training.standing`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from gazetteer.shipped import DATA
from geo import weights
from geo.resolve.areas import Area
from geo.resolve.surroundings import FEATURES, Surroundings
from geo.trees import Trees

MODEL = DATA / "models" / "standing.npz"
# So near a place a pin for an unknown village is of use, in km.
NEAR_KM = 30.0
# A guess below this is worse than what the text tells: a whole region, or the country alone.
_LIKELY = 0.3
# ... and below this, where it tells the country at most.
_SURE = 0.4
# A frame holds what its sentence names: that stands nowhere outside of it.
_FRAMED = frozenset(("frame", "heading"))


@dataclass(frozen=True, slots=True)
class Weigher:
    """The trees: how likely a name stands within `NEAR_KM` of the middle of a place."""

    near: Trees

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Weigher:
        """Read the weights.

        Raises
        ------
        geo.weights.ModelMissingError, geo.weights.ModelOutdatedError
        """
        with weights.read(path, FEATURES) as arrays:
            return cls(Trees.from_arrays(arrays, "near_"))

    def save(self, path: Path) -> None:
        """Write the weights as plain arrays, compressed: the same weights give the same bytes."""
        np.savez_compressed(
            path,
            columns=weights.column_bytes(FEATURES),
            **self.near.to_arrays("near_"),  # type: ignore[arg-type]  # (arrays by name)
        )

    def likeliest(self, around: Surroundings, at: int, told: Area | None) -> Area | None:
        """Give the surroundings of the place near which the name at `at` most likely stands; None where none is likely.

        Parameters
        ----------
        told : Area or None
            The area that the text puts the name in, see `geo.resolve.areas.View.area`.
        """
        around.look_from(at)
        if not around.standings:
            return None
        odds = self.near.probability(around.rows(at, told))
        vague = told is None or told.how == "country"
        if vague:
            # A list alone costs its unknown name: that stands in none of the others.
            odds = np.where(around.listed(at), 0.0, odds)
        elif told is not None and told.how in _FRAMED:
            odds = np.where(around.inside(told.place), odds, 0.0)
        best = int(odds.argmax())
        if odds[best] < (_SURE if vague else _LIKELY):
            return None
        place = around.standings[best].place
        if told is not None and told.place == place:
            return replace(told, odds=float(odds[best]))
        return Area(place, "near", around.why(at, best), float(odds[best]))
