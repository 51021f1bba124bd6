"""What two sides both tell, and what only one does: counted by month, region and type, and row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.export.spreadsheet import cell
from geo.layers import matching
from geo.layers.matching import Tolerance
from geo.layers.sides import COLUMNS, OPEN, Region, Side

BOTH, ONLY_A, ONLY_B = "both", "only_a", "only_b"
KINDS = (BOTH, ONLY_A, ONLY_B)
BY = ("month", "region", "type")
_UNKNOWN = "not said"
# Asking for the region of more places than this takes too long; then places within 10 km share one.
_MOST_POINTS = 2_000
_HIDDEN = ("key", "radius_km")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides compared.

    Attributes
    ----------
    a, b
        The sides; their frames also have ``month``, ``region`` and, with `found`, whether the other side tells of it.
    tolerance
        What was taken for one event.
    pairs
        See `geo.layers.matching.pairs`.
    """

    a: Side
    b: Side
    tolerance: Tolerance
    pairs: pd.DataFrame

    def only(self, kind: str) -> pd.DataFrame:
        """Give the rows of one side, ``only_a`` or ``only_b``, that the other does not tell of."""
        side, column = (self.a, "a") if kind == ONLY_A else (self.b, "b")
        return side.frame.drop(index=self.pairs[column].tolist())

    def counts(self) -> dict[str, int]:
        """Count what both tell, and what only one does."""
        return {
            BOTH: len(self.pairs),
            ONLY_A: len(self.a.frame) - len(self.pairs),
            ONLY_B: len(self.b.frame) - len(self.pairs),
        }

    def table(self, by: str) -> pd.DataFrame:
        """Count by ``month``, ``region`` or ``type``; a pair counts where the first side puts it.

        Returns
        -------
        pandas.DataFrame
            Indexed by the month, region or type, with the columns `KINDS`; months in their order, else the most first.
        """
        if by not in BY:
            raise ValueError(f"by must be one of {', '.join(BY)}; got {by!r}")
        groups = {BOTH: self.a.frame[by].iloc[self.pairs["a"]], **{kind: self.only(kind)[by] for kind in KINDS[1:]}}
        made = pd.DataFrame({kind: values.value_counts() for kind, values in groups.items()}).fillna(0).astype(int)
        if by == "month":
            return made.sort_index()
        return made.assign(sum=-made.sum(axis=1), name=made.index).sort_values(["sum", "name"])[list(KINDS)]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give a row for each pair and each event that one side alone tells of: what it is, then both sides' columns.

        Of a side whose rows must not be passed on, only the ids are given.
        """
        sides = {"a": self.a, "b": self.b}
        told = {name: _columns(side) for name, side in sides.items()}
        records = {name: side.frame[list(told[name])].to_dict("records") for name, side in sides.items()}
        empty = {name: dict.fromkeys(columns) for name, columns in told.items()}

        def row(kind: str, one: Mapping[Any, Any], other: Mapping[Any, Any], km: Any, days: Any) -> dict[str, Any]:
            cells = {f"a_{name}": _plain(value) for name, value in one.items()}
            cells |= {f"b_{name}": _plain(value) for name, value in other.items()}
            return {"told_by": kind, "km": km, "days": days} | cells

        columns = (self.pairs[name].tolist() for name in ("a", "b", "km", "days"))
        for one, other, km, days in zip(*columns, strict=True):
            yield row(BOTH, records["a"][one], records["b"][other], km, days)
        for at in self.only(ONLY_A).index:
            yield row(ONLY_A, records["a"][at], empty["b"], None, None)
        for at in self.only(ONLY_B).index:
            yield row(ONLY_B, empty["a"], records["b"][at], None, None)


def compare(a: Side, b: Side, tolerance: Tolerance, *, region: Region | None = None) -> Comparison:
    """Compare two sides.

    Parameters
    ----------
    region
        Gives the region of a longitude and latitude, the same for both sides; None: as each side's data call it.
    """
    one, other = (_placed(side, region) for side in (a, b))
    return Comparison(one, other, tolerance, matching.pairs(one, other, tolerance))


def to_csv(comparison: Comparison) -> bytes:
    """Give the rows of a comparison as CSV, no text of which a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = ["told_by", "km", "days", *(f"a_{name}" for name in _columns(comparison.a))]
    writer.writerow([*names, *(f"b_{name}" for name in _columns(comparison.b))])
    for row in comparison.rows():
        writer.writerow([cell(value) for value in row.values()])
    return out.getvalue().encode()


def to_json(comparison: Comparison) -> dict[str, Any]:
    """Give the counts and tables of a comparison as what JSON can hold."""
    tolerance = comparison.tolerance
    return {
        "a": _told(comparison.a),
        "b": _told(comparison.b),
        "tolerance": {name: getattr(tolerance, name) for name in ("km", "days", "types", "longest")},
        **comparison.counts(),
        **{by: json.loads(comparison.table(by).to_json(orient="index")) for by in BY},
    }


def _told(side: Side) -> dict[str, Any]:
    return {"name": side.name, "events": len(side.frame), "left_out": dict(side.left_out)}


def _columns(side: Side) -> tuple[str, ...]:
    return OPEN if side.restricted else tuple(name for name in COLUMNS if name not in _HIDDEN)


def _placed(side: Side, region: Region | None) -> Side:
    frame = side.frame.copy(deep=False)
    frame["month"] = frame["first"].dt.strftime("%Y-%m")
    if region is None:
        frame["region"] = frame["admin1"].astype(object).where(frame["admin1"].notna(), _UNKNOWN)
    else:
        points = _points(frame, 2)
        if points.nunique() > _MOST_POINTS:
            points = _points(frame, 1)
        known = {point: region(*point) or _UNKNOWN for point in points.unique()}
        frame["region"] = points.map(known).to_numpy(object) if len(points) else pd.Series(dtype=object)
    return Side(side.name, frame, side.left_out, side.restricted)


def _points(frame: pd.DataFrame, decimals: int) -> pd.Series:
    """Give the places to so many decimals of a degree: a hundredth moves hardly any into another region."""
    at = (np.round(frame[name].to_numpy(float), decimals).tolist() for name in ("lon", "lat"))
    return pd.Series(list(zip(*at, strict=True)), dtype=object)


def _plain(value: Any) -> Any:
    """Give a frame's cell as what a table holds: days as ISO dates, whole numbers as such, nothing as None."""
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124  (NaN is not equal to itself)
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
