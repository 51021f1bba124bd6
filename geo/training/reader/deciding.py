"""The decision: fitted to what readers say of stories that they had not learned, and scored out of fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geo import weights
from geo.events import decision, incident
from geo.events.extract import scenes
from geo.events.model import COLUMNS, PARTS, Decision
from geo.events.scene import Scene
from geo.reader.judgement import Judgement
from geo.training.boosting import Boosting
from geo.training.gold import GoldDocument
from geo.training.reader.lesson import Lesson
from geo.training.reader.report import report
from geo.training.reader.scenes import event_of, labels, two
from geo.training.scorecard import Scorecard
from geo.training.strict import FIGURES, count
from geo.trees import Floats, Trees

TREES = Boosting(trees=80, leaves=6, depth=4, rate=0.07, least_in_leaf=25, shrinkage=5.0)
_PAIRS = Boosting(trees=60, leaves=5, depth=3, rate=0.07, least_in_leaf=30, shrinkage=5.0)
# F alone would show whatever is right once in three; a map is read by its wrong pins, and by pins that tell again what
# another tells. As many as this are borne. Two attacks on one town and day are two: of the events that editors map one
# in five has the type, place and days of an earlier one ("repeated pins"), so that share alone is no fault.
_MOST_WRONG, _MOST_AGAIN = 0.29, 0.12
_THRESHOLDS = tuple(round(0.2 + 0.02 * step, 2) for step in range(21))
_MOST = (*(round(0.1 + 0.05 * step, 2) for step in range(15)), 1.0)


@dataclass(frozen=True, slots=True)
class Laid:
    """An article's scenes as the decision is fitted to them.

    Attributes
    ----------
    rows : numpy.ndarray of float32, shape (scenes, decision.FEATURES)
    told : numpy.ndarray of float64, shape (scenes, 2)
        Whether place and days are right, and the type too.
    pairs : tuple of (int, int)
        Scenes that may be one incident.
    pair_rows : numpy.ndarray of float32, shape (pairs, incident.FEATURES)
    two : numpy.ndarray of float64, shape (pairs,)
        Whether they tell of two events that should both be mapped.
    """

    lesson: Lesson
    judged: Judgement
    scenes: tuple[Scene, ...]
    rows: Floats
    told: np.ndarray
    pairs: tuple[tuple[int, int], ...]
    pair_rows: Floats
    two: np.ndarray


def lay(lesson: Lesson, gold: GoldDocument, judged: Judgement) -> Laid:
    """Lay the scenes of an article, as a reader judged it, against its gold."""
    seen = lesson.seen
    found = scenes(seen.text, seen.sentences, seen.candidates, seen.times, seen.published, judged)
    pairs = tuple(
        (i, j) for i in range(len(found)) for j in range(i + 1, len(found)) if incident.may_be_one(found[i], found[j])
    )
    pair_rows = np.array([incident.row(found[i], found[j]) for i, j in pairs], dtype=np.float32)
    return Laid(
        lesson,
        judged,
        found,
        decision.rows(found, seen.sentences, seen.candidates),
        labels(gold, seen, found),
        pairs,
        pair_rows.reshape(-1, len(incident.FEATURES)),
        two(gold, seen, found, pairs),
    )


def fit(
    laid: Mapping[str, Laid],
    gold: Mapping[str, GoldDocument],
    folds: Sequence[Sequence[str]],
    say: Callable[[str], None] = print,
) -> tuple[Scorecard, Decision]:
    """Fit the decision to all, and score it on each fold as fitted to the others.

    Returns
    -------
    (Scorecard, Decision)
        The strict figures out of fold at the thresholds that are chosen, and the decision.
    """
    read: dict[str, _Read] = {}
    unlearned: dict[str, Decision] = {}
    for fold in folds:
        rest = [laid[name] for name in laid if name not in set(fold)]
        made = Decision(*_fitted(rest), threshold=0.5, most=0.5)
        unlearned |= {name: made for name in fold if name in laid}
        read |= {name: _Read.of(laid[name], made) for name in fold if name in laid}
    cards = {(threshold, most): _card(laid, gold, read, threshold, most) for threshold in _THRESHOLDS for most in _MOST}
    clean = [
        each
        for each, card in cards.items()
        if card.value("wrong pins") <= _MOST_WRONG and card.value("told again") <= _MOST_AGAIN
    ]
    best = max(clean or [(_THRESHOLDS[-1], _MOST[-1])], key=lambda each: cards[each].value("F, strict"))
    say(f"threshold {best[0]}, two incidents from {best[1]}")
    models = {name: replace(made, threshold=best[0], most=best[1]) for name, made in unlearned.items()}
    seen = {name: one.lesson.seen for name, one in laid.items()}
    card = report(seen, gold, {name: one.judged for name, one in laid.items()}, models, say)
    return card, Decision(*_fitted(list(laid.values())), threshold=best[0], most=best[1])


def write(made: Decision, path: Path) -> Path:
    """Write a decision's weights."""
    arrays = {
        "columns": weights.column_bytes(COLUMNS),
        "threshold": np.array(made.threshold),
        "most": np.array(made.most),
        "veto": np.array(made.veto),
    }
    parts: dict[str, np.ndarray] = {}
    for name in PARTS:
        trees: Trees | None = getattr(made, name)
        parts |= trees.to_arrays(f"{name}_") if trees is not None else {}
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays, **parts)
    return path


@dataclass(frozen=True, slots=True)
class _Read:
    """What a decision says of an article."""

    stands: list[float]
    sure: list[float]
    apart: Mapping[tuple[int, int], float]

    @classmethod
    def of(cls, one: Laid, made: Decision) -> _Read:
        stands, right = (decision.sureness(one.scenes, [float(p) for p in each]) for each in made.alone(one.rows))
        ids = [id(scene) for scene in one.scenes]
        odds = made.two.probability(one.pair_rows) if one.pairs else np.zeros(0)
        apart = {(ids[i], ids[j]): float(p) for (i, j), p in zip(one.pairs, odds, strict=True)}
        return cls(stands, right, apart)

    def two(self, ones: Sequence[Scene], other: Scene) -> list[float]:
        keys = [(id(one), id(other)) for one in ones]
        return [self.apart.get(key, self.apart.get(key[::-1], 0.0)) for key in keys]


def _fitted(parts: Sequence[Laid]) -> tuple[Trees, Trees, Trees]:
    rows, told = np.concatenate([one.rows for one in parts]), np.concatenate([one.told for one in parts])
    # A pair of nothing, told once, so that a few articles without any pair are fitted too.
    pair_rows = np.concatenate([np.zeros((1, len(incident.FEATURES)), np.float32), *(one.pair_rows for one in parts)])
    apart = np.concatenate([np.zeros(1), *(one.two for one in parts)])
    return TREES.fit(rows, told[:, 0]), TREES.fit(rows, told[:, 1]), _PAIRS.fit(pair_rows, apart)


def _card(
    laid: Mapping[str, Laid],
    gold: Mapping[str, GoldDocument],
    read: Mapping[str, _Read],
    threshold: float,
    most: float,
) -> Scorecard:
    counted = []
    for name, one in laid.items():
        said = read[name]
        kept = decision.decide(one.scenes, said.stands, threshold, said.two, most)
        counted.append(count(gold[name], [event_of(one.lesson.seen, each.scene, said.sure[each.at]) for each in kept]))
    return Scorecard("news", "events, strict", tuple(counted), FIGURES)
