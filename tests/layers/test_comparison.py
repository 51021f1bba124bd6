"""Two sides of which it is known what they share: what is matched, what is not, and what may be told of it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.layers import adding, comparison, sides
from geo.layers.comparison import compare, to_csv, to_json
from geo.layers.matching import Tolerance, Types, distance_km, pairs
from geo.layers.sides import COLUMNS, Side
from geo.model import EVENT_TYPES
from geo.store import Store, layers
from tests.layers.specimens import ACLED_NEW, CLASH, text
from tests.store.specimens import record


def side(name: str = "a", *rows: dict[str, object], restricted: bool = False) -> Side:
    usual = {
        "type": "battle",
        "lon": 36.0,
        "lat": 48.0,
        "radius_km": 0.0,
        "first": "2023-03-14",
        "place_precision": "town",
    }
    made = pd.DataFrame([dict.fromkeys(COLUMNS) | usual | {"id": f"{name}{n}"} | row for n, row in enumerate(rows)])
    made["last"] = pd.to_datetime(made["last"].where(made["last"].notna(), made["first"])).astype("datetime64[s]")
    made["first"] = pd.to_datetime(made["first"]).astype("datetime64[s]")
    return Side(name, made, {}, restricted)


def generated(seed: int) -> tuple[Side, Side, set[tuple[str, str]]]:
    """600 and 700 events in 80 towns over two years, 300 of them the same, moved, shifted and coded otherwise."""
    random = np.random.default_rng(seed)
    towns = np.column_stack([random.uniform(23, 39, 80), random.uniform(44, 52, 80)])

    def events(prefix: str, count: int) -> pd.DataFrame:
        town = towns[random.integers(0, len(towns), count)]
        frame = pd.DataFrame({name: [None] * count for name in COLUMNS})
        days = np.datetime64("2022-01-01") + random.integers(0, 730, count).astype("timedelta64[D]")
        values = {
            "id": [f"{prefix}{n}" for n in range(count)],
            "lon": town[:, 0], "lat": town[:, 1], "radius_km": 0.0, "place_precision": "town",
            "first": days.astype("datetime64[s]"), "last": days.astype("datetime64[s]"),
            "type": random.choice(EVENT_TYPES, count), "admin1": random.choice(["North", "South"], count),
        }  # fmt: skip
        return frame.assign(**values)

    a = events("a", 600)
    shared = a.iloc[:300].copy()
    shared["id"] = [f"s{n}" for n in range(300)]
    shared["lon"] += random.normal(0, 0.02, 300)
    shared["lat"] += random.normal(0, 0.02, 300)
    moved = pd.to_timedelta(random.integers(-1, 2, 300), unit="D")
    shared["first"] += moved
    shared["last"] += moved
    b = (
        pd.concat([shared, events("b", 400)], ignore_index=True)
        .sample(frac=1, random_state=seed)
        .reset_index(drop=True)
    )
    return Side("a", a, {}), Side("b", b, {}), {(f"a{n}", f"s{n}") for n in range(300)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_overlap_is_found(seed: int) -> None:
    a, b, true = generated(seed)
    found = pairs(a, b, Tolerance())
    assert found["a"].is_unique
    assert found["b"].is_unique
    got = set(zip(a.frame["id"].iloc[found["a"]], b.frame["id"].iloc[found["b"]], strict=True))
    # Two events of these sides are near each other by chance, too; and some noise goes beyond 10 km.
    assert len(got & true) / len(true) > 0.97
    assert len(got & true) / len(got) > 0.94


def test_the_tolerances_hold_to_the_day_the_kilometre_and_the_type() -> None:
    one = side("a", {})
    north = 10 / 111.19493  # degrees of latitude that are ten kilometres

    def matches(tolerance: Tolerance, **other: object) -> bool:
        return len(pairs(one, side("b", other), tolerance)) == 1

    assert matches(Tolerance(km=10.01), lat=48 + north)
    assert not matches(Tolerance(km=9.99), lat=48 + north)
    assert matches(Tolerance(km=1), lat=48 + north, radius_km=9.1)
    assert matches(Tolerance(days=2), first="2023-03-16")
    assert not matches(Tolerance(days=1), first="2023-03-16")
    assert matches(Tolerance(days=0), first="2023-03-01", last="2023-03-31")
    assert matches(Tolerance(days=2), first="2023-03-01", last="2023-03-12")
    assert not matches(Tolerance(days=1), first="2023-03-01", last="2023-03-12")
    expected: dict[Types, tuple[bool, bool, bool]] = {
        "same": (True, False, False), "related": (True, True, False), "any": (True, True, True),
    }  # fmt: skip
    for types, answers in expected.items():
        kinds = ("battle", "explosion", "protest")
        assert tuple(matches(Tolerance(types=types), type=kind) for kind in kinds) == answers


def test_each_is_in_one_pair_and_the_closest_pair_is_taken_first() -> None:
    a = side("a", {"lat": 48.00}, {"lat": 48.05})
    b = side("b", {"lat": 48.04}, {"lat": 48.05, "type": "explosion"}, {"lat": 48.04, "first": "2023-03-15"})
    found = pairs(a, b, Tolerance())
    # a1 is nearest to b0; a0 then takes the next best of what is left.
    assert dict(zip(found["a"], found["b"], strict=True)) == {1: 0, 0: 2}
    assert found["same_type"].tolist() == [True, True]
    assert found["days"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"km": -1}, "km must"),
        ({"days": 999}, "days must"),
        ({"types": "x"}, "types must"),
        ({"longest": 0}, "longest"),
    ],
)
def test_tolerances_that_make_no_sense_are_refused(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Tolerance(**wrong)  # type: ignore[arg-type]  # (what is refused)


def test_distances_agree_with_known_ones() -> None:
    # Kyiv to Kharkiv and to Odesa; 1 % for the sphere.
    found = distance_km(30.5234, 50.4501, np.array([36.2304, 30.7233]), np.array([49.9935, 46.4825]))
    assert found == pytest.approx([410, 441], rel=0.01)


def test_the_tables_count_each_event_once() -> None:
    a, b, _ = generated(4)
    found = compare(a, b, Tolerance())
    counts = found.counts()
    assert counts["both"] + counts["only_a"] == 600
    assert counts["both"] + counts["only_b"] == 700
    for by in comparison.BY:
        assert found.table(by).sum().to_dict() == counts
    months = found.table("month").index.tolist()
    assert months == sorted(months)
    assert (months[0], months[-1]) <= ("2022-01", "2023-12")
    regions = compare(a, b, Tolerance(), region=lambda lon, _: "East" if lon > 31 else None).table("region")
    assert set(regions.index) == {"East", "not said"}
    with pytest.raises(ValueError, match="by must be one of month, region, type"):
        found.table("actor")


def test_nothing_to_compare_is_an_answer() -> None:
    a, empty = side("a", {}), Side("b", side("b", {}).frame.iloc[:0], {})
    for one, other in ((a, empty), (empty, a), (empty, empty)):
        found = compare(one, other, Tolerance(), region=lambda lon, lat: "x")
        assert found.counts()["both"] == 0
        assert len(found.table("month")) == len(one.frame) + len(other.frame)


def test_of_rows_that_must_not_be_passed_on_only_the_ids_are_written() -> None:
    open_side = side("a", {"note": "=1+1", "killed_low": 3.0}, {"lon": 10.0})
    closed = side("b", {"note": "secret words"}, {"lon": 20.0, "note": "secret too"}, restricted=True)
    rows = list(csv.DictReader(to_csv(compare(open_side, closed, Tolerance())).decode().splitlines()))
    assert [row["told_by"] for row in rows] == ["both", "only_a", "only_b"]
    assert (rows[0]["a_id"], rows[0]["b_id"], rows[0]["km"]) == ("a0", "b0", "0.0")
    assert (rows[0]["a_note"], rows[0]["a_killed_low"], rows[0]["a_first"]) == ("'=1+1", "3", "2023-03-14")
    assert [name for name in rows[0] if name.startswith("b_")] == ["b_id"]
    assert b"secret" not in to_csv(compare(open_side, closed, Tolerance()))


def test_articles_are_compared_by_incident_and_what_cannot_be_is_counted(tmp_path: Path) -> None:
    near = CLASH | {
        "event_type": "Explosions/Remote violence", "event_date": "26 January 2015",
        "longitude": "38.45", "latitude": "48.35",
    }  # fmt: skip
    vague = near | {"event_id_cnty": "XLD2", "time_precision": "3"}
    path = tmp_path / "acled.csv"
    path.write_text(text(ACLED_NEW, near, vague), encoding="utf-8")
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(), pipeline="1")
        adding.add([path], store)
        about = layers.named(store, "ACLED")
        a = sides.articles(store, longest=30)
        b = sides.layer(store, about, longest=30)
        found = compare(a, b, Tolerance(longest=30))
        assert (a.left_out, b.left_out) == ({"no day": 1}, {"dated to more than 30 days": 1})
        told = to_json(found)
        assert (told["both"], told["only_a"], told["only_b"]) == (1, 0, 0)
        assert told["type"] == {"explosion": {"both": 1, "only_a": 0, "only_b": 0}}
        own = layers.event(store, about, int(b.frame["key"].iloc[found.pairs["b"].iloc[0]]))
        assert own is not None
        assert own.id == "XLD1"
