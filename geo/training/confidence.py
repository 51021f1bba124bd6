"""Whether the probabilities of places can be trusted: calibration, coverage, exact places, names never seen."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from geo.training.corpus import Document
from geo.training.resolution import Answer
from geo.training.scores import NEAR_KM, distance_km

_BINS = 10
# The share of the names, the surest first, that accuracy is also told for.
_COVERED = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """One given name: how sure its place was, and whether it was right.

    Attributes
    ----------
    probability : float
    right : bool
        Within 161 km.
    placed : bool
        Whether it was put anywhere.
    exact : bool or None
        Whether it is the very entry of GeoNames that was marked; None where none was marked.
    seen : bool
        Whether the name stood for that place in training.
    """

    probability: float
    right: bool
    placed: bool
    exact: bool | None
    seen: bool


Pair = tuple[str, str]


def pairs(documents: Sequence[Document]) -> frozenset[Pair]:
    """Give the (name, GeoNames id) pairs that documents mark."""
    return frozenset(
        (document.text[mark.start : mark.end].lower(), mark.geonameid)
        for document in documents
        for mark in document.gold
        if mark.geonameid
    )


def judge(
    document: Document, spans: Sequence[tuple[int, int]], given: Sequence[Answer], known: Set[Pair]
) -> list[Judged]:
    """Judge the places of given names; names without a marked point are left out."""
    marks = {(mark.start, mark.end): mark for mark in document.gold}
    made = []
    for (start, end), answer in zip(spans, given, strict=True):
        mark = marks.get((start, end))
        if mark is None or mark.lat is None or mark.lon is None:
            continue
        place = answer.place
        right = place is not None and distance_km((mark.lon, mark.lat), (place.lon, place.lat)) <= NEAR_KM
        exact = None if not mark.geonameid else place is not None and place.id == f"g{mark.geonameid}"
        seen = (document.text[start:end].lower(), mark.geonameid or "") in known
        made.append(Judged(answer.probability, right, place is not None, exact, seen))
    return made


def calibration_error(judged: Sequence[Judged]) -> float:
    """Give the expected calibration error of what was placed, over ten bins of equal width (Guo et al. 2017)."""
    placed = [one for one in judged if one.placed]
    bins: dict[int, list[Judged]] = {}
    for one in placed:
        bins.setdefault(min(int(one.probability * _BINS), _BINS - 1), []).append(one)
    gaps = (abs(sum(one.probability - one.right for one in group)) for group in bins.values())
    return sum(gaps) / len(placed) if placed else 0.0


def covered(judged: Sequence[Judged], share: float = _COVERED) -> float:
    """Give the accuracy of the surest `share` of the names."""
    surest = sorted(judged, key=lambda one: -one.probability)[: round(share * len(judged))]
    return _share([one.right for one in surest])


def report(judged: Sequence[Judged]) -> str:
    """Give the figures as one line of text."""
    exact = [bool(one.exact) for one in judged if one.exact is not None]
    unseen = [one.right for one in judged if not one.seen and one.exact is not None]
    return (
        f"  calibration error {calibration_error(judged):.3f}, right of the surest nine tenths {covered(judged):.3f}, "
        f"exact GeoNames id {_share(exact):.3f}, pairs never seen {_share(unseen):.3f} ({len(unseen)})"
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
