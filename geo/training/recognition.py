"""Fitting the recognition model to annotated articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from geo.recognise import features
from geo.recognise.candidates import Candidate, candidates
from geo.recognise.model import Recogniser, aggregates, pick, regression_numbers
from geo.recognise.reading import Reading, read
from geo.surfaces import Surfaces
from geo.training.boosting import Boosting
from geo.training.corpus import Document
from geo.trees import Floats

TREES = Boosting(trees=200, leaves=20, depth=7, rate=0.06, least_in_leaf=25, shrinkage=2.0)
# Inverse strength of the regression's penalty.
_LOOSENESS = 0.5
_INNER_FOLDS = 4
# Out of fold the overlap F1 hardly changes between 0.35 and 0.45, on local and on world news.
THRESHOLD = 0.4
# A candidate that shares this much of a marked name, where none equals it, is its stand-in.
_LEAST_OVERLAP = 0.3
_RARE = 2


@dataclass(slots=True)
class Sample:
    """A document's candidates with their labels: everything that does not depend on a model."""

    document: Document
    reading: Reading
    candidates: list[Candidate]
    numbers: Floats
    hashed: list[list[int]]
    labels: NDArray[np.float64]


def samples(documents: Sequence[Document], surfaces: Surfaces) -> list[Sample]:
    """Read the documents and label their candidates."""
    made = []
    for document in documents:
        reading = read(document.text)
        found = candidates(reading, surfaces)
        numbers = features.dense(reading, found, surfaces, {})
        made.append(
            Sample(
                document, reading, found, numbers, features.lexical(reading, found), _labels(document, reading, found)
            )
        )
    return made


def _labels(document: Document, reading: Reading, found: list[Candidate]) -> NDArray[np.float64]:
    labels = np.zeros(len(found))
    spans = [(reading.tokens[one.first].start, reading.tokens[one.stop - 1].end) for one in found]
    position = {span: index for index, span in enumerate(spans)}
    for mark in document.gold:
        index = position.get((mark.start, mark.end))
        if index is None and spans:
            overlap, index = max(
                (
                    (min(end, mark.end) - max(start, mark.start)) / (max(end, mark.end) - min(start, mark.start)),
                    at,
                )
                for at, (start, end) in enumerate(spans)
            )
            if overlap <= _LEAST_OVERLAP:
                continue
        if index is not None:
            labels[index] = 1
    return labels


def lower_rates(made: Sequence[Sample]) -> dict[str, float]:
    """Count how often each word is written in lower case; words seen rarely in lower case are left out."""
    every: Counter[str] = Counter()
    lowered: Counter[str] = Counter()
    for sample in made:
        for token in sample.reading.tokens:
            if token.word.isalpha():
                word = token.word.lower()
                every[word] += 1
                lowered[word] += token.word.islower()
    return {word: (count + 0.5) / (every[word] + 1) for word, count in lowered.items() if count >= _RARE}


def fit(made: Sequence[Sample]) -> Recogniser:
    """Fit the model. Deterministic: the same samples give the same weights."""
    rates = lower_rates(made)
    numbers = [with_rates(sample, rates) for sample in made]
    labels = np.concatenate([sample.labels for sample in made])
    words = _word_matrix(made, np.vstack(numbers))
    fold = np.repeat(np.arange(len(made)) % _INNER_FOLDS, [len(sample.candidates) for sample in made])
    opinion = np.zeros(len(labels), dtype=np.float32)
    for held in range(_INNER_FOLDS):
        inner = _regression().fit(words[fold != held], labels[fold != held])
        opinion[fold == held] = inner.predict_proba(words[fold == held])[:, 1]
    whole = _regression().fit(words, labels)
    rows = _tree_rows(made, numbers, opinion)
    first_opinion = np.zeros(len(labels), dtype=np.float32)
    # Other folds than the regression's: a document's first opinion must not rest on the document in any way.
    other = np.repeat(np.arange(len(made)) // _INNER_FOLDS % _INNER_FOLDS, [len(sample.candidates) for sample in made])
    for held in range(_INNER_FOLDS):
        first_opinion[other == held] = TREES.fit(rows[other != held], labels[other != held]).probability(
            rows[other == held]
        )
    again = _tree_rows(made, np.split(rows, np.cumsum([len(sample.candidates) for sample in made])[:-1]), first_opinion)
    weights = whole.coef_[0].astype(np.float32)
    return Recogniser(
        # What ships is half precision: what is evaluated must be the same.
        words=weights[: features.HASHED].astype(np.float16).astype(np.float32),
        numbers=weights[features.HASHED :],
        bias=float(whole.intercept_[0]),
        first=TREES.fit(rows, labels),
        second=TREES.fit(again, labels),
        threshold=THRESHOLD,
        lower_rates=rates,
    )


def with_rates(sample: Sample, rates: dict[str, float]) -> Floats:
    """Give the numbers of a sample with the column that depends on the training text filled in."""
    numbers = sample.numbers.copy()
    column = features.NAMES.index("lower_rate")
    lower = sample.reading.lower
    for row, one in enumerate(sample.candidates):
        numbers[row, column] = min(rates.get(word, 0.0) for word in lower[one.first : one.stop])
    return numbers


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_LOOSENESS, max_iter=300, solver="liblinear", dual=True, random_state=0)


def _word_matrix(made: Sequence[Sample], numbers: Floats) -> sparse.csr_matrix:
    hashed = [row for sample in made for row in sample.hashed]
    columns = np.array(hashed, dtype=np.int32)
    count, each = columns.shape
    words = sparse.csr_matrix(
        (np.ones(count * each, dtype=np.float32), columns.ravel(), np.arange(0, count * each + 1, each)),
        shape=(count, features.HASHED),
    )
    words.sum_duplicates()
    return sparse.hstack([words, sparse.csr_matrix(regression_numbers(numbers))]).tocsr()


def _tree_rows(made: Sequence[Sample], numbers: Sequence[Floats], opinion: Floats) -> Floats:
    rows = []
    begin = 0
    for sample, own in zip(made, numbers, strict=True):
        if sample.candidates:
            part = opinion[begin : begin + len(sample.candidates)]
            rows.append(np.hstack([own, aggregates(sample.reading, sample.candidates, part)]))
        begin += len(sample.candidates)
    return np.vstack(rows)


def chosen_spans(
    reading: Reading, found: list[Candidate], probability: Floats, threshold: float
) -> list[tuple[int, int]]:
    """Give the offsets of the candidates that are kept."""
    return [
        (reading.tokens[found[index].first].start, reading.tokens[found[index].stop - 1].end)
        for index in pick(found, probability, threshold)
    ]


def predict(model: Recogniser, sample: Sample) -> list[tuple[int, int]]:
    """Give the spans that the model finds in a sample: what `geo.recognise` finds in its text."""
    if not sample.candidates:
        return []
    numbers = with_rates(sample, dict(model.lower_rates))
    opinion = model.first_opinion(numbers, sample.hashed)
    probability = model.second_opinion(sample.reading, sample.candidates, numbers, opinion)
    return chosen_spans(sample.reading, sample.candidates, probability, model.threshold)
