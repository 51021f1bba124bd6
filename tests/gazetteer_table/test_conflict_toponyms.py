"""The gazetteer against places that news of 24 wars names, written down from general knowledge of those wars.

The table was made without a look at the gazetteer or at what is curated for it, so it can say what is missing there.
Do not repair the table to make a name pass, except where its own coordinates are wrong.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from geopy.distance import great_circle

from gazetteer.index import Gazetteer
from gazetteer.place import Candidate

TABLE = Path(__file__).with_name("conflict_toponyms.csv")

# Points stand within the edge of a town; a region's point is anywhere near its middle.
TOLERANCE_KM = {"point": 10.0, "region": 150.0}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A row of the table: what the name means, and where that is. `country_code` is empty for seas and borders."""

    line: int
    war: str
    name: str
    country_code: str
    lon: float
    lat: float
    kind: str

    def is_at(self, candidate: Candidate) -> bool:
        """Whether the candidate lies near enough."""
        return self.distance_km(candidate) <= TOLERANCE_KM[self.kind]

    def distance_km(self, candidate: Candidate) -> float:
        place = candidate.place
        return float(great_circle((self.lat, self.lon), (place.lat, place.lon)).km)

    def first_in_country(self, candidates: tuple[Candidate, ...]) -> Candidate | None:
        """Return the first candidate that the country allows.

        A place of no country (a sea, a region of two states) is allowed after the country's own; without a country
        in the row, it comes before all others.
        """
        own = [one for one in candidates if self.country_code and one.place.country_code == self.country_code]
        none = [one for one in candidates if one.place.country_code is None]
        anywhere = [] if self.country_code else list(candidates)
        return next(iter([*own, *none, *anywhere]), None)


def _toponyms() -> list[Toponym]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [
            Toponym(
                line=reader.line_num,
                war=row["war"],
                name=row["name"],
                country_code=row["country_code"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                kind=row["kind"],
            )
            for row in reader
        ]


TOPONYMS = _toponyms()


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


def _report(failures: list[str], *, what: str) -> str:
    share = 1 - len(failures) / len(TOPONYMS)
    return "\n".join([f"{share:.1%} of {len(TOPONYMS)} conflict toponyms {what}; these are not:", *failures])


def test_the_table_is_large_enough_and_well_formed() -> None:
    assert len(TOPONYMS) >= 430
    assert len({one.war for one in TOPONYMS}) >= 14
    for one in TOPONYMS:
        where = f"{TABLE.name}:{one.line}: {one.name}"
        assert one.kind in TOLERANCE_KM, where
        assert -180 <= one.lon <= 180 and -90 <= one.lat <= 90, where
        assert one.country_code == "" or (len(one.country_code) == 2 and one.country_code.isupper()), where


def test_no_toponym_stands_twice_in_one_country() -> None:
    counts = Counter((one.name, one.country_code) for one in TOPONYMS)
    assert [key for key, count in counts.items() if count > 1] == []


def test_conflict_toponyms_are_found(gazetteer: Gazetteer) -> None:
    """At least 97 % have a candidate at the place."""
    failures = []
    for one in TOPONYMS:
        candidates = gazetteer.by_name(one.name)
        if not any(map(one.is_at, candidates)):
            nearest = min(map(one.distance_km, candidates), default=None)
            said = "no candidate" if nearest is None else f"nearest candidate {nearest:.0f} km away"
            failures.append(f"  {TABLE.name}:{one.line}: {one.name} ({one.country_code or '-'}, {one.war}): {said}")
    assert len(failures) <= 0.03 * len(TOPONYMS), _report(failures, what="are found")


def test_conflict_toponyms_are_right_at_rank_one_given_their_country(gazetteer: Gazetteer) -> None:
    """At least 95 % are the first candidate of the country they lie in."""
    failures = []
    for one in TOPONYMS:
        first = one.first_in_country(gazetteer.by_name(one.name))
        if first is None or not one.is_at(first):
            said = (
                "no candidate"
                if first is None
                else f"{first.place.id} {first.place.name} [{first.place.kind}] {one.distance_km(first):.0f} km away"
            )
            failures.append(f"  {TABLE.name}:{one.line}: {one.name} ({one.country_code or '-'}, {one.war}): {said}")
    assert len(failures) <= 0.05 * len(TOPONYMS), _report(failures, what="are right at rank 1")
