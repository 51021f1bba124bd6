"""Near which of the places that a text names a name is likely to stand that no place bears.

A village is seldom in the middle of the province that is named last; it lies near the towns that are told of with it.
What speaks for each place (`geo.resolve.surroundings`) is weighed by trees that learned it from names that are known,
hidden in turn; where a text tells no more than the country, by trees that learned it from names of annotated articles
that no place bears (`geo.training.standing`).
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
from geo.trees import Floats, Trees

MODEL = DATA / "models" / "standing.npz"
# So near a place a pin for an unknown village is of use, in km.
NEAR_KM = 30.0
# What is told under a unit stands in it: no nearer to one of its towns unless that is likelier than not.
_FRAMED = frozenset(("frame", "heading"))
_MOSTLY = 0.5
# Where nothing but the country is told, a guess below this is worse than to say so.
_LIKELY = 0.5
# A text that names fewer places (units of its towns included) is too short to guess by: articles taught the trees.
_FEWEST = 6
# What is named in the name's own sentence, the last town before it and what is called a district are likelier in news
# than in the passages that teach the trees, each by this factor of its odds.
_LEAN = 2.0
_SAME_SENTENCE = [FEATURES.index(name) for name in ("sentences_before", "sentences_after")]
_LEANING = [FEATURES.index(name) for name in ("last_settled", "called")]


@dataclass(frozen=True, slots=True)
class Weigher:
    """The trees: how likely a name stands within `NEAR_KM` of the middle of a place.

    Attributes
    ----------
    near : Trees
        Of a name whose area the text tells.
    lost : Trees
        Of one of which it tells no more than the country.
    """

    near: Trees
    lost: Trees

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Weigher:
        """Read the weights.

        Raises
        ------
        geo.weights.ModelMissingError, geo.weights.ModelOutdatedError
        """
        with weights.read(path, FEATURES) as arrays:
            return cls(Trees.from_arrays(arrays, "near_"), Trees.from_arrays(arrays, "lost_"))

    def save(self, path: Path) -> None:
        """Write the weights as plain arrays, compressed: the same weights give the same bytes."""
        np.savez_compressed(
            path,
            columns=weights.column_bytes(FEATURES),
            **self.near.to_arrays("near_"),  # type: ignore[arg-type]  # (arrays by name)
            **self.lost.to_arrays("lost_"),  # type: ignore[arg-type]  # (arrays by name)
        )

    def likeliest(self, around: Surroundings, at: int, told: Area) -> Area | None:
        """Give the surroundings of the place near which the name at `at` most likely stands; None where none is likely.

        Parameters
        ----------
        told : Area
            The area that the text puts the name in, see `geo.resolve.areas.View.area`.
        """
        around.look_from(at)
        if not around.standings:
            return None
        rows = around.rows(at, told)
        odds = (self.lost if told.how == "country" else self.near).probability(rows)
        if told.how == "country":
            if len(around.standings) < _FEWEST:
                return None
            # A list alone costs its unknown name: that stands in none of the others.
            odds = np.where(around.listed(at), 0.0, odds)
        elif told.how in _FRAMED:
            # A frame is nearer than what stands in the sentence: against it the trees' own odds count.
            odds = np.where(around.inside(told.place), odds, 0.0)
        else:
            odds = _leaning(rows, odds)
        best = int(odds.argmax())
        least = _MOSTLY if told.how in _FRAMED else _LIKELY if told.how == "country" else 0.0
        if odds[best] < least:
            return None
        place = around.standings[best].place
        if told.place == place:
            return replace(told, odds=float(odds[best]))
        return Area(place, "near", around.why(at, best), float(odds[best]))


def _leaning(rows: Floats, probability: Floats) -> Floats:
    """Give the probabilities as news has them: `rows` as `geo.resolve.surroundings.Surroundings.rows` gives them."""
    leans = (rows[:, _SAME_SENTENCE] == 0).any(axis=1).astype(np.int8) + (rows[:, _LEANING] > 0).sum(axis=1)
    raised: Floats = (probability * _LEAN**leans).astype(np.float32)
    whole: Floats = 1.0 - probability + raised
    return raised / whole
