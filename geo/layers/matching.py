"""Which events of two sides may be one: near in place, days and type; each in at most one pair, the closest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.sides import Side
from geo.model import EVENT_TYPES

Types = Literal["same", "related", "any"]
TYPES: tuple[Types, ...] = get_args(Types)
# Types that different coders give to one event: a clash with shelling, a protest that turns violent.
_RELATED = (
    ("battle", "explosion", "violence_against_civilians"),
    ("protest", "riot"),
    ("strategic_development", "political"),
)
_EARTH_KM = 6371.0088  # mean radius, IUGG
_KM_A_DEGREE = 111.2
# Events of a day or two are most; the others are sought apart, so that they widen no search but their own.
_SHORT = 2
# What counts against a pair beside its distance (0 to 1, as a share of what is allowed).
_OTHER_TYPE, _OTHER_WIDTH = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far apart two events may be and still be one.

    Attributes
    ----------
    km
        Kilometres between their places, beyond how near the data themselves say that these are (their radii).
    days
        Days between the ends of their intervals; 0: they must have a day in common.
    types
        ``same``; ``related``: also a battle with an explosion or an attack on civilians, a protest with a riot, a
        strategic with a political event; or ``any``.
    longest
        Days; events dated more vaguely are not compared.
    """

    km: float = 10.0
    days: int = 1
    types: Types = "related"
    longest: int = 31

    def __post_init__(self) -> None:
        if not 0 <= self.km <= 1000:
            raise ValueError(f"km must lie in 0..1000; got {self.km}")
        if not 0 <= self.days <= 366:
            raise ValueError(f"days must lie in 0..366; got {self.days}")
        if self.types not in TYPES:
            raise ValueError(f"types must be one of {', '.join(TYPES)}; got {self.types!r}")
        if not 1 <= self.longest <= 3660:
            raise ValueError(f"longest must lie in 1..3660; got {self.longest}")


def pairs(a: Side, b: Side, tolerance: Tolerance) -> pd.DataFrame:
    """Pair the events of two sides.

    Of all pairs within the tolerance the closest is taken first, then the closest of what is left, so that two events
    that are each other's best match are always paired. Distance in place (as a share of what is allowed),
    days between, another type and another precision of time all count.

    Returns
    -------
    pandas.DataFrame
        ``a`` and ``b`` (positions in the sides' frames, each at most once), ``km`` and ``days`` between them, and
        ``same_type``; in the order of ``a``.
    """
    found = list(_candidates(a.frame, b.frame, tolerance))
    joined = [np.concatenate(column) for column in zip(*found, strict=True)] if found else [np.empty(0)] * 5
    left, right, km, days, cost = joined
    order = np.lexsort((right, left, cost))
    taken_a, taken_b = np.zeros(len(a.frame), dtype=bool), np.zeros(len(b.frame), dtype=bool)
    chosen = []
    ends = left[order].astype(int).tolist(), right[order].astype(int).tolist()
    for place, one, other in zip(order.tolist(), *ends, strict=True):
        if not taken_a[one] and not taken_b[other]:
            taken_a[one] = taken_b[other] = True
            chosen.append(place)
    made = pd.DataFrame(
        {
            "a": left[chosen].astype(int),
            "b": right[chosen].astype(int),
            "km": np.round(km[chosen], 1),
            "days": days[chosen].astype(int),
        }
    )
    types = (side.frame["type"].to_numpy()[made[name]] for side, name in ((a, "a"), (b, "b")))
    made["same_type"] = np.equal(*types)
    return made.sort_values("a", kind="stable", ignore_index=True)


_Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]


class _Events:
    """The columns of a frame that matching reads, as arrays."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.first, self.last = (
            frame[name].to_numpy().astype("datetime64[D]").astype(int) for name in ("first", "last")
        )
        self.lon, self.lat, self.radius = (frame[name].to_numpy(float) for name in ("lon", "lat", "radius_km"))
        known = {name: number for number, name in enumerate(EVENT_TYPES)}
        self.type = frame["type"].map(known).to_numpy(int)
        self.width = self.last - self.first + 1


def _candidates(a: pd.DataFrame, b: pd.DataFrame, tolerance: Tolerance) -> Iterator[_Found]:
    """Give all pairs within the tolerance, a stretch of days at a time."""
    if not len(a) or not len(b):
        return
    one, other = _Events(a), _Events(b)
    allowed = _compatible(tolerance.types)
    by_days = np.lexsort((one.last, one.first))
    starts = np.flatnonzero(np.diff(one.first[by_days], prepend=np.inf) + np.diff(one.last[by_days], prepend=np.inf))
    groups = np.split(by_days, starts[1:]) if len(starts) else []
    strata = []
    for rows in (np.flatnonzero(other.width <= _SHORT), np.flatnonzero(other.width > _SHORT)):
        if len(rows):
            ordered = rows[np.argsort(other.first[rows], kind="stable")]
            strata.append((ordered, other.first[ordered], int(other.width[ordered].max())))
    for group in groups:
        first, last = one.first[group[0]], one.last[group[0]]
        for ordered, begins, widest in strata:
            low = np.searchsorted(begins, first - tolerance.days - widest + 1, side="left")
            high = np.searchsorted(begins, last + tolerance.days, side="right")
            near = ordered[low:high]
            near = near[other.last[near] >= first - tolerance.days]
            if len(near):
                yield from _near(one, other, group, near, tolerance, allowed)


def _near(
    one: _Events,
    other: _Events,
    group: NDArray[np.int64],
    near: NDArray[np.int64],
    tolerance: Tolerance,
    allowed: NDArray[np.bool_],
) -> Iterator[_Found]:
    """Give the pairs between events of the same days and those near in time that are near in place and type."""
    # By latitude, so that each looks at a band only.
    near = near[np.argsort(other.lat[near], kind="stable")]
    lats = other.lat[near]
    reach = tolerance.km + float(other.radius[near].max())
    for row in group:
        band = (reach + one.radius[row]) / _KM_A_DEGREE
        low, high = np.searchsorted(lats, (one.lat[row] - band, one.lat[row] + band))
        rows = near[low:high]
        rows = rows[allowed[one.type[row], other.type[rows]]]
        if not len(rows):
            continue
        km = distance_km(one.lon[row], one.lat[row], other.lon[rows], other.lat[rows])
        most = tolerance.km + one.radius[row] + other.radius[rows]
        inside = km <= most
        rows, km, most = rows[inside], km[inside], most[inside]
        if not len(rows):
            continue
        days = np.maximum(0, np.maximum(other.first[rows] - one.last[row], one.first[row] - other.last[rows]))
        widths = np.abs(other.width[rows] - one.width[row]) / tolerance.longest
        cost = km / np.maximum(most, 1.0) + days / (tolerance.days + 1) + _OTHER_WIDTH * widths
        cost = cost + _OTHER_TYPE * (other.type[rows] != one.type[row])
        yield np.full(len(rows), row), rows, km, days, cost


def _compatible(types: Types) -> NDArray[np.bool_]:
    size = len(EVENT_TYPES)
    if types == "any":
        return np.ones((size, size), dtype=bool)
    found = np.eye(size, dtype=bool)
    for group in _RELATED if types == "related" else ():
        rows = [EVENT_TYPES.index(name) for name in group]
        found[np.ix_(rows, rows)] = True
    return found


def distance_km(lon: float, lat: float, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the distances from a point to others on a sphere (haversine), in kilometres; degrees in."""
    low, high = np.radians(lat), np.radians(lats)
    half = np.sin((high - low) / 2) ** 2 + np.cos(low) * np.cos(high) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))
