"""Fitting the resolution model to annotated articles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.model import Span
from geo.resolve import choice, context, groups
from geo.resolve.choice import Choice
from geo.resolve.features import Table, rows, table
from geo.resolve.groups import Name
from geo.resolve.model import Resolver, as_weights
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
    return Resolver(first, second, THRESHOLD)


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
    chosen: dict[int, Choice] = {}
    if one.table is not None:
        chosen = choice.answers(one.names, one.table, *model.score(one.table), model.threshold)
    points: list[Predicted] = []
    for index, ((start, end), position) in enumerate(zip(one.spans, one.belongs, strict=True)):
        meant = chosen[index].meant if index in chosen else None
        place = None if meant is None else one.names[position].candidates[meant].place
        points.append((start, end, (place.lon, place.lat) if place else None))
    return points
