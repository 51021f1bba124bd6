"""The recognition model: a logistic regression over words, then boosted trees over numbers, twice, then a pick.

The regression sees the words of and around a candidate. Its opinion of a name throughout the document joins the
numbers that the trees see, so that a name established once counts as a name everywhere; the second trees see the
opinion of the first in the same way. Of candidates that overlap, the likeliest is kept.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.shipped import DATA
from geo import weights
from geo.recognise import features, guards
from geo.recognise.candidates import Candidate, candidates
from geo.recognise.reading import Reading
from geo.surfaces import HOWS, Surfaces
from geo.trees import Floats, Trees

MODEL = DATA / "models" / "recognition.npz"

AGGREGATES = (
    "own", "name_highest", "name_mean", "name_others", "overlapping", "before", "after", "document",
    "country_share", "admin1_share",
)  # fmt: skip
COLUMNS = features.NAMES + AGGREGATES + tuple(f"again_{name}" for name in AGGREGATES)
_HOW, _LOWER_RATE = features.NAMES.index("how"), features.NAMES.index("lower_rate")
# The regression sees the numbers clipped and scaled to the size of its word features.
_CLIP, _SCALE = (-2.0, 12.0), 0.25
# Characters and candidates within which a neighbour counts as standing beside.
_BESIDE, _WINDOW = 8, 8
# The first of the aggregates are those by name.
_BY_NAME = 4
# Candidates of a name that say where it may lie, and how steeply their likelihood falls with the prior.
_LIKELY, _STEEPNESS = 4, 1.6


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The weights of the recognition model.

    Attributes
    ----------
    words : numpy.ndarray of float32, shape (features.HASHED,)
    numbers : numpy.ndarray of float32, shape (dense features + codes of how,)
    bias : float
    first, second : Trees
        Of both rounds.
    threshold : float
        Candidates below it are no places.
    lower_rates : mapping of str to float
        How often a word of the training text is written in lower case.
    """

    words: Floats
    numbers: Floats
    bias: float
    first: Trees
    second: Trees
    threshold: float
    lower_rates: Mapping[str, float]

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = MODEL) -> Recogniser:
        """Read the weights.

        Raises
        ------
        ModelMissingError, ModelOutdatedError
            Where there is no such file, or one made for other features.
        """
        with weights.read(path, COLUMNS) as arrays:
            rated = bytes(arrays["rated_words"]).decode("utf-8").split("\n")
            return cls(
                words=arrays["words"].astype(np.float32),
                numbers=arrays["numbers"].astype(np.float32),
                bias=float(arrays["bias"].item()),
                first=Trees.from_arrays(arrays, "first_"),
                second=Trees.from_arrays(arrays, "second_"),
                threshold=float(arrays["threshold"].item()),
                lower_rates=dict(zip(rated, (arrays["rates"] / 255.0).tolist(), strict=True)),
            )

    def save(self, path: Path) -> None:
        """Write the weights as plain arrays, compressed: the same weights give the same bytes."""
        rated = sorted(self.lower_rates)
        np.savez_compressed(
            path,
            columns=weights.column_bytes(COLUMNS),
            words=self.words.astype(np.float16),
            numbers=self.numbers,
            bias=np.array(self.bias),
            threshold=np.array(self.threshold),
            rated_words=np.frombuffer("\n".join(rated).encode("utf-8"), dtype=np.uint8),
            rates=np.array([round(self.lower_rates[word] * 255) for word in rated], dtype=np.uint8),
            **self.first.to_arrays("first_"),  # type: ignore[arg-type]  # (arrays by name)
            **self.second.to_arrays("second_"),  # type: ignore[arg-type]  # (the same)
        )

    def score(self, reading: Reading, surfaces: Surfaces) -> tuple[list[Candidate], Floats]:
        """Propose candidates and give each the probability that it names a place."""
        found = candidates(reading, surfaces)
        if not found:
            return found, np.zeros(0, dtype=np.float32)
        numbers = features.dense(reading, found, surfaces, self.lower_rates)
        first = self.first_opinion(numbers, features.lexical(reading, found))
        return found, self.second_opinion(reading, found, numbers, first)

    def second_opinion(self, reading: Reading, found: list[Candidate], numbers: Floats, first: Floats) -> Floats:
        """Give the probabilities that stand: the trees', after the guards."""
        rows = np.hstack([numbers, aggregates(reading, found, first)])
        opinion = self.first.probability(rows)
        again = np.hstack([rows, aggregates(reading, found, opinion)])
        return guards.adjusted(reading, found, self.second.probability(again), numbers[:, _LOWER_RATE])

    def first_opinion(self, numbers: Floats, hashed: list[list[int]]) -> Floats:
        """Give the regression's probabilities."""
        odds = self.words[np.array(hashed, dtype=np.intp)].sum(axis=1) + self.bias
        odds += (regression_numbers(numbers) * self.numbers).sum(axis=1)
        probabilities: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))
        return probabilities.astype(np.float32)


def regression_numbers(numbers: Floats) -> Floats:
    """Give the numbers as the regression sees them: clipped and scaled, with `how` as one column a code."""
    how = np.eye(HOWS, dtype=np.float32)[numbers[:, _HOW].astype(int)]
    return np.hstack([np.clip(numbers, *_CLIP) * np.float32(_SCALE), how])


def aggregates(reading: Reading, found: list[Candidate], opinion: Floats) -> Floats:
    """Spread the first opinion over the document: by name, by overlap, by neighbour.

    Returns
    -------
    numpy.ndarray of float32, shape (candidates, len(AGGREGATES))
    """
    by_name: dict[str, list[float]] = defaultdict(list)
    values = [float(value) for value in opinion]
    for candidate, value in zip(found, values, strict=True):
        by_name[candidate.surface.key].append(value)
    summary = {key: (max(group), sum(group), len(group)) for key, group in by_name.items()}
    mean = sum(values) / len(values)
    shares = _shares(found, summary)
    rows = np.empty((len(found), len(AGGREGATES)), dtype=np.float32)
    for index, candidate in enumerate(found):
        highest, total, count = summary[candidate.surface.key]
        others = (total - values[index]) / (count - 1) if count > 1 else -1.0
        rows[index, :_BY_NAME] = (values[index], highest, total / count, others)
        rows[index, -3:] = (mean, *shares[candidate.surface.key])
    rows[:, _BY_NAME:-3] = _neighbours(reading, found, opinion)
    return rows


def _neighbours(reading: Reading, found: list[Candidate], opinion: Floats) -> Floats:
    """Give the best opinion of the candidates that overlap each, and of those just before and just after it."""
    starts = np.array([reading.tokens[candidate.first].start for candidate in found])
    ends = np.array([reading.tokens[candidate.stop - 1].end for candidate in found])
    rows = np.zeros((len(found), 3), dtype=np.float32)
    overlapping, before, after = rows.T
    # Candidates are in order of where they begin: of a pair the second never ends before the first begins.
    for apart in range(1, min(_WINDOW, len(found) - 1) + 1):
        one, other = slice(None, -apart), slice(apart, None)
        crossing = starts[other] < ends[one]
        beside = ~crossing & (starts[other] - ends[one] < _BESIDE)
        for column, side, seen, where in (
            (overlapping, one, opinion[other], crossing),
            (overlapping, other, opinion[one], crossing),
            (after, one, opinion[other], beside),
            (before, other, opinion[one], beside),
        ):
            column[side] = np.maximum(column[side], np.where(where, seen, np.float32(0.0)))
    return rows


def _shares(found: list[Candidate], summary: Mapping[str, tuple[float, float, int]]) -> dict[str, tuple[float, float]]:
    """Give, by name, how much of what the other names of the document speak of lies in one country, or unit, with it.

    A name weighs by the best opinion of it; of what it could mean the likeliest places count.
    """
    lies: dict[str, list[tuple[str | None, str | None, float]]] = {}
    countries: dict[str | None, float] = defaultdict(float)
    units: dict[str | None, float] = defaultdict(float)
    whole = 0.0
    for candidate in found:
        surface = candidate.surface
        if surface.key in lies:
            continue
        likely = surface.candidates[:_LIKELY]
        likelihood = [math.exp(_STEEPNESS * (one.prior - likely[0].prior)) for one in likely]
        weight = summary[surface.key][0]
        lies[surface.key] = [
            (one.place.country_code, one.place.admin1_code, weight * value / sum(likelihood))
            for one, value in zip(likely, likelihood, strict=True)
        ]
        for country, unit, value in lies[surface.key]:
            countries[country] += value
            units[unit] += value
            whole += value
    made = {}
    for key, places in lies.items():
        rest = max(whole - sum(value for *_, value in places), 0.5)
        own_countries: dict[str | None, float] = defaultdict(float)
        own_units: dict[str | None, float] = defaultdict(float)
        for country, unit, value in places:
            own_countries[country] += value
            own_units[unit] += value
        made[key] = (
            max(((countries[one] - own) / rest for one, own in own_countries.items() if one), default=-1.0),
            max(((units[one] - own) / rest for one, own in own_units.items() if one), default=-1.0),
        )
    return made


def pick(found: list[Candidate], probabilities: NDArray[np.float32], threshold: float) -> list[int]:
    """Give the indices of the candidates to keep: the likeliest first, none that overlaps one kept before."""
    taken: set[int] = set()
    kept = []
    for index in np.argsort(-probabilities, kind="stable"):
        if probabilities[index] < threshold:
            break
        own = range(found[index].first, found[index].stop)
        if taken.isdisjoint(own):
            taken.update(own)
            kept.append(int(index))
    return sorted(kept)
