"""Scores of recognition and resolution, as the literature on geoparsing defines them.

Recognition counts a marked and a predicted name as a pair where they share a character, one to one. Resolution counts
an error of at most 161 km (a hundred miles) as right. End to end a pair counts where both have a point and the error
is at most 161 km; marked names without a point are left out of the count. Gritta et al. 2018, "What's missing in
geographical parsing?", Language Resources and Evaluation 52.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.training.corpus import Document

NEAR_KM = 161.0
EARTH_KM = 6371.009

Point = tuple[float, float] | None
Predicted = tuple[int, int, Point]


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance of two points (lon, lat) in kilometres."""
    north, south = math.radians(one[1]), math.radians(other[1])
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(other[0] - one[0]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def match(gold: Sequence[tuple[int, int]], predicted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair marked and predicted spans that overlap, one to one, the best overlap first. Gives pairs of positions."""
    pairs = []
    for left, (start, end) in enumerate(gold):
        for right, (begin, stop) in enumerate(predicted):
            shared = min(end, stop) - max(start, begin)
            if shared > 0:
                pairs.append((-shared / (max(end, stop) - min(start, begin)), start, begin, left, right))
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for *_, left, right in sorted(pairs):
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            found.append((left, right))
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one document; counts of documents add up to those of a corpus."""

    overlapping: int = 0
    exact: int = 0
    predicted: int = 0
    marked: int = 0
    located: int = 0
    placed: int = 0
    right: int = 0
    right_25: int = 0
    errors: tuple[tuple[int, int, str], ...] = field(default=(), compare=False)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            *(
                getattr(self, name) + getattr(other, name)
                for name in (
                    "overlapping", "exact", "predicted", "marked", "located", "placed", "right", "right_25", "errors",
                )
            )
        )  # fmt: skip

    @property
    def recognition(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of the spans, by overlap."""
        return _prf(self.overlapping, self.predicted, self.marked)

    @property
    def exact_f1(self) -> float:
        """F1 of the spans with equal offsets."""
        return _prf(self.exact, self.predicted, self.marked)[2]

    @property
    def resolution(self) -> float:
        """Share of all located marks that were put within 161 km; a missed mark counts as wrong."""
        return self.right / self.located if self.located else 0.0

    @property
    def end_to_end(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of names found and put within 161 km."""
        return _prf(self.right, self.placed, self.located)


def _prf(right: int, predicted: int, marked: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / marked if marked else 0.0
    return precision, recall, 2 * right / (predicted + marked) if predicted + marked else 0.0


def count(document: Document, predicted: Sequence[Predicted]) -> Counts:
    """Compare what was predicted for a document with its marks.

    Parameters
    ----------
    document : Document
    predicted : sequence of (start, end, point)
        `point` is (lon, lat) or None.
    """
    gold = document.gold
    spans = [(mark.start, mark.end) for mark in gold]
    unique = list({(start, end): (start, end, point) for start, end, point in predicted}.values())
    pairs = match(spans, [(start, end) for start, end, _ in unique])
    right = right_25 = 0
    ignored = set()
    errors: list[tuple[int, int, str]] = []
    for left, position in pairs:
        mark, point = gold[left], unique[position][2]
        if mark.lat is None or mark.lon is None:
            ignored.add(position)
        elif point is None:
            errors.append((mark.start, mark.end, "unresolved"))
        else:
            km = distance_km((mark.lon, mark.lat), point)
            right += km <= NEAR_KM
            right_25 += km <= 25
            if km > NEAR_KM:
                errors.append((mark.start, mark.end, "wrong place"))
    met = {left for left, _ in pairs}
    hit = {position for _, position in pairs}
    errors += [(mark.start, mark.end, "missed") for at, mark in enumerate(gold) if at not in met]
    errors += [(start, end, "spurious") for at, (start, end, _) in enumerate(unique) if at not in hit]
    return Counts(
        overlapping=len(pairs),
        exact=len(set(spans) & {(start, end) for start, end, _ in unique}),
        predicted=len(unique),
        marked=len(gold),
        located=sum(mark.lat is not None for mark in gold),
        placed=sum(point is not None and at not in ignored for at, (_, _, point) in enumerate(unique)),
        right=right,
        right_25=right_25,
        errors=tuple(errors),
    )


def total(counts: Sequence[Counts]) -> Counts:
    """Add up the counts of documents."""
    whole = Counts()
    for one in counts:
        whole = whole + one
    return whole


def interval(counts: Sequence[Counts], figure: str, *, draws: int = 500, seed: int = 0) -> tuple[float, float]:
    """Give the 95 % interval of ``recognition``, ``resolution`` or ``end_to_end`` by drawing documents anew."""
    dice = random.Random(seed)  # noqa: S311  (a seeded bootstrap, not a secret)
    bare = [Counts(*(getattr(one, name) for name in _SUMMED)) for one in counts]
    drawn = sorted(_figure(total(dice.choices(bare, k=len(bare))), figure) for _ in range(draws))
    return drawn[int(0.025 * (draws - 1))], drawn[int(0.975 * (draws - 1))]


_SUMMED = ("overlapping", "exact", "predicted", "marked", "located", "placed", "right", "right_25")


def _figure(counts: Counts, name: str) -> float:
    value = getattr(counts, name)
    return float(value[2] if isinstance(value, tuple) else value)
