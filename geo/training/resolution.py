"""Fitting the resolution model to annotated articles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from gazetteer.place import Place
from geo.model import Span
from geo.resolve import choice, context, groups
from geo.resolve.choice import Choice
from geo.resolve.features import Table, rows, table
from geo.resolve.groups import Name
from geo.resolve.model import GRID, Resolver, as_weights, with_units
from geo.surfaces import Surfaces
from geo.training.boosting import Boosting
from geo.training.corpus import Document
from geo.training.scores import NEAR_KM, Predicted, distance_km
from geo.trees import Floats

TREES = Boosting(trees=350, leaves=10, depth=5, rate=0.05, least_in_leaf=20, shrinkage=3.0)
_INNER_FOLDS = 3
# Candidates this much farther from the mark than the nearest are as good; the others within 161 km weigh this much.
_AS_NEAR_KM, _NEAR_WEIGHT = 8.0, 0.3
# Chosen on the seeds' kind of news: below it a wrong pin is likelier than a right one.
THRESHOLD = 0.06


@dataclass(slots=True)
class Sample:
    """The names of a document with their candidates; labels are -1 where the annotators gave no point."""

    document: Document
    spans: tuple[tuple[int, int], ...]
    names: list[Name]
    belongs: list[int]
    table: Table | None
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]


def sample(document: Document, spans: Sequence[tuple[int, int]], surfaces: Surfaces) -> Sample:
    """Lay out the candidates of the given spans of a document and label them."""
    bare = [Span(start, end, document.text[start:end], "literal", 1.0) for start, end in spans]
    found, belongs = groups.names(document.text, bare, surfaces)
    context.gather(document.text, bare, found, belongs, surfaces)
    laid = table(found)
    marked = {(mark.start, mark.end): mark for mark in document.gold}
    labels: list[float] = []
    weights: list[float] = []
    for one in found:
        points = [
            (mark.lon, mark.lat)
            for at in one.mentions
            if (mark := marked.get(spans[at])) and mark.lat is not None and mark.lon is not None
        ]
        own, weight = _labels(one, points)
        labels += own
        weights += weight
    return Sample(document, tuple(spans), found, belongs, laid, np.array(labels), np.array(weights))


def _labels(one: Name, points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Label the candidates of a name: 1 for those as near to the marks as any, 0 for the others.

    A candidate that is near but not nearest (the province for its capital) counts as wrong, but lightly.
    """
    count = len(one.candidates)
    if not points:
        return [-1.0] * count, [0.0] * count
    weight = 1.0 + math.log(len(points))
    far = []
    for candidate in one.candidates:
        place = (candidate.place.lon, candidate.place.lat)
        far.append(sorted(distance_km(point, place) for point in points)[len(points) // 2])
    nearest = min(far, default=NEAR_KM)
    labels = [float(km <= min(NEAR_KM, nearest + _AS_NEAR_KM)) for km in far]
    light = [_NEAR_WEIGHT if km <= NEAR_KM and not label else 1.0 for km, label in zip(far, labels, strict=True)]
    return labels, [weight * share for share in light]


def fit(made: Sequence[Sample]) -> Resolver:
    """Fit both rounds. Deterministic: the same samples give the same weights."""
    used = [one for one in made if one.table is not None]
    labels = np.concatenate([one.labels for one in used])
    weights = np.concatenate([one.weights for one in used])
    fold = np.repeat(np.arange(len(used)) % _INNER_FOLDS, [len(one.labels) for one in used])
    known = labels >= 0
    first_rows = np.vstack([rows(one.table, one.table.share) for one in used if one.table])
    opinion = np.zeros(len(labels), dtype=np.float32)
    for held in range(_INNER_FOLDS):
        part = known & (fold != held)
        trees = TREES.fit(first_rows[part], labels[part], weights[part])
        opinion[fold == held] = trees.probability(first_rows[fold == held])
    first = TREES.fit(first_rows[known], labels[known], weights[known])
    second_rows = _second_rows(used, opinion)
    second = TREES.fit(second_rows[known], labels[known], weights[known])
    again = np.zeros(len(labels), dtype=np.float32)
    for held in range(_INNER_FOLDS):
        part = known & (fold != held)
        trees = TREES.fit(second_rows[part], labels[part], weights[part])
        again[fold == held] = trees.probability(second_rows[fold == held])
    return Resolver(first, second, THRESHOLD, _calibration(used, second_rows, again))


def _calibration(used: Sequence[Sample], second: Floats, opinion: Floats) -> Floats:
    """Count how often the chosen place is right, by the score that trees gave it which had not seen its document."""
    scores: list[float] = []
    rights: list[bool] = []
    begin = 0
    for one in used:
        stop = begin + len(one.labels)
        if one.table is not None:
            probability = with_units(one.table, opinion[begin:stop])
            chosen = choice.answers(one.names, one.table, probability, second[begin:stop], THRESHOLD)
            starts = {at: rows_of.start for at, rows_of in choice.ranges(one.table).items()}
            for mention, picked in chosen.items():
                label = one.labels[starts[one.belongs[mention]] + picked.meant] if picked.meant is not None else -1
                if label >= 0 and not picked.told:
                    scores.append(picked.score)
                    rights.append(label > 0)
        begin = stop
    if not scores:
        return GRID.copy()
    curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(scores, rights)
    # Between the grid's points the curve's steps are averaged.
    fine = curve.predict(np.linspace(0.0, 1.0, 401))
    width = 10
    padded = np.pad(fine, width, mode="edge")
    smooth = np.array([padded[at : at + 2 * width + 1].mean() for at in range(len(fine))])
    return smooth[:: len(fine) // (len(GRID) - 1)][: len(GRID)].astype(np.float32)


def _second_rows(used: Sequence[Sample], opinion: Floats) -> Floats:
    made = []
    begin = 0
    for one in used:
        part = opinion[begin : begin + len(one.labels)]
        begin += len(one.labels)
        if one.table is not None:
            made.append(np.hstack([rows(one.table, as_weights(one.table, part)), part[:, None]]))
    return np.vstack(made)


def predict(model: Resolver, one: Sample) -> list[Predicted]:
    """Give the point of every span of a sample: what `geo.resolve` gives."""
    return [
        (start, end, (answer.place.lon, answer.place.lat) if answer.place else None)
        for (start, end), answer in zip(one.spans, answers(model, one), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """The place of one span, None where no candidate fits, and the probability that it is right."""

    place: Place | None
    probability: float


def answers(model: Resolver, one: Sample) -> list[Answer]:
    """Give the place of every span of a sample with its probability."""
    chosen: dict[int, Choice] = {}
    if one.table is not None:
        chosen = choice.answers(one.names, one.table, *model.score(one.table), model.threshold)
    made = []
    for index, position in enumerate(one.belongs):
        picked = chosen.get(index)
        if picked is None or picked.meant is None:
            made.append(Answer(None, 0.0))
            continue
        sure = picked.score if picked.told else model.probability(picked.score)
        made.append(Answer(one.names[position].candidates[picked.meant].place, sure))
    return made
