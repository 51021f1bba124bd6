"""Teaches when two reports tell of the same event: a logistic regression over `geo.likeness.features.FEATURES`.

Groups of reports teach which pairs belong together. As they hold few events of one town and day, reports are also set
against those of other groups as if both had happened there and then: they do not belong together, whatever the place.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from geo.incidents import may_join
from geo.likeness.features import FEATURES, row
from geo.likeness.model import COLUMNS, MODEL
from geo.likeness.report import Report, told
from geo.model import Event
from geo.training import event_scores
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument, GoldReports, read_suite

# How many pairs of two groups are made of every true one, and how much one of them weighs beside it.
_STRANGERS, _WEIGHT = 4, 0.1
# Days between two articles on one day's events, as often as they are apart in the groups.
_APART = (0, 0, 1, 1, 2, 3, 5, 8, 20)
_STRENGTH = 0.3
_SEED = 13

Read = Callable[[GoldDocument], tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that may be joined, the group that they come from, and whether they belong together."""

    group: str
    one: Report
    other: Report
    same: bool
    weight: float = 1.0


def groups_of(paths: Sequence[Path]) -> tuple[GoldReports, ...]:
    """Read suites of groups of reports.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a file that is no such suite.
    """
    found = [item for path in paths for item in read_suite(path)]
    groups = tuple(item for item in found if isinstance(item, GoldReports))
    if not groups or len(groups) < len(found):
        raise CorpusError(f"{', '.join(map(str, paths))}: expected groups of reports, each with 'reports' and 'same'")
    return groups


def pairs(groups: Sequence[GoldReports], read: Read) -> tuple[Pair, ...]:
    """Give the pairs that teach: those of the groups, then those of strangers, the same ones each time."""
    told = {(group.id, at): _own(document, read) for group in groups for at, document in enumerate(group.reports)}
    known = {key: report for key, report in told.items() if report is not None and report.event.place is not None}
    real = [
        Pair(group.id, known[group.id, a], known[group.id, b], frozenset((a, b)) in group.same)
        for group in groups
        for a, b in combinations(range(len(group.reports)), 2)
        if (group.id, a) in known and (group.id, b) in known and may_join(known[group.id, a], known[group.id, b])
    ]
    return (*real, *_strangers(known, _STRANGERS * sum(pair.same for pair in real)))


def _own(document: GoldDocument, read: Read) -> Report | None:
    found = read(document)
    event = event_scores.own(document, found)
    published = document.published
    if event is None or published is None:
        return None
    said = told(event, document.text, [other.sentence_start for other in found])
    return Report.of(event, said, article=document.id, published=published)


def _strangers(known: dict[tuple[str, int], Report], wanted: int) -> list[Pair]:
    chance, keys = random.Random(_SEED), sorted(known)  # noqa: S311  (a deal, no secret)
    made: list[Pair] = []
    for _ in range(50 * wanted):
        if len(made) >= wanted:
            break
        first, second = chance.choice(keys), chance.choice(keys)
        if first[0] == second[0]:
            continue
        one = known[first]
        other = _moved(known[second], one, chance.choice(_APART))
        if may_join(one, other):
            made.append(Pair(first[0], one, other, same=False, weight=_WEIGHT))
    return made


def _moved(report: Report, to: Report, days: int) -> Report:
    """Give a report as if it told of the place and day of another."""
    there = to.event
    event = replace(
        report.event,
        place=there.place,
        place_text=there.place_text,
        date_start=there.date_start,
        date_end=there.date_end,
        date_basis=there.date_basis,
    )
    return replace(report, event=event, published=to.published + timedelta(days=days))


def fit(taught: Sequence[Pair]) -> tuple[float, ...]:
    """Fit the bias and the weights of `FEATURES` to pairs.

    Raises
    ------
    ModuleNotFoundError
        Without scikit-learn: training, unlike running, needs it.
    """
    import numpy as np  # noqa: PLC0415  (with the next lines)
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (only where it is needed)

    rows = np.array([row(pair.one, pair.other) for pair in taught])
    spread = rows.std(axis=0)
    spread[spread == 0.0] = 1.0
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    model.fit(rows / spread, [pair.same for pair in taught], sample_weight=[pair.weight for pair in taught])
    return (float(model.intercept_[0]), *(float(weight) for weight in model.coef_[0] / spread))


def write(weights: Sequence[float], path: Path = MODEL) -> Path:
    """Write the bias and the weights as the table that `geo.likeness` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = ("bias", *(name for name, _ in FEATURES))
    lines = [",".join(COLUMNS), *(f"{name},{weight:.4f}" for name, weight in zip(names, weights, strict=True))]
    path.write_text("# Made by: conflict-map train incidents\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path
