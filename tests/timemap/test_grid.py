"""Counts of a grid are those of the events, counted one by one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import model
from geo.timemap import coding, counting, grid, packed
from geo.timemap.grid import Grid
from geo.timemap.part import Part

from . import specimens, volume

EPOCH = datetime.date(1970, 1, 1)


def day(text: str) -> int:
    return (datetime.date.fromisoformat(text) - EPOCH).days


def many(count: int = 1500, *, seed: int = 3) -> pd.DataFrame:
    """Events at two hundred places of two continents, an eighth with a date of up to two months, some without any."""
    random = np.random.default_rng(seed)
    places = pd.DataFrame({"place": [f"Place {number}" for number in range(200)]})
    places["lon"], places["lat"] = random.uniform(20, 45, 200).round(4), random.uniform(40, 55, 200).round(4)
    places.loc[150:, "lon"] -= 110
    places["place_precision"] = random.choice(["town", "town", "town", "point", "region", "country"], 200)
    frame = volume.rows(places, random.multinomial(count, np.full(200, 1 / 200)), seed=seed)
    wide = np.where(random.random(len(frame)) < 0.125, random.integers(1, 60, len(frame)), 0)
    frame["date_end"] = frame["date_start"] + wide.astype("timedelta64[D]")
    frame["status"] = random.choice(model.STATUSES, len(frame))
    frame["tier"] = random.choice(model.TIERS, len(frame))
    frame["corrected"] = np.where(random.random(len(frame)) < 0.02, "place", None)
    frame["published_start"] = frame["published_end"] = frame["date_end"] + np.timedelta64(2, "D")
    frame.loc[frame.index % 50 == 0, ["date_start", "date_end"]] = pd.NaT
    frame.loc[frame.index % 70 == 0, ["lon", "lat"]] = np.nan
    return frame


MANY = many()
COUNTED = Grid(MANY)
KYIV = (36, 21, 40, 24)  # at level 6: about 22 to 45 degrees east, 44 to 56 north


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """So little room that no event and no place has a row of its own."""
    monkeypatch.setattr(grid, "MOST_OWN", 0)
    monkeypatch.setattr(grid, "MOST_PLACES", 0)
    yield monkeypatch


def answered(part: Part, kept: Any = None, counted: Grid = COUNTED) -> tuple[dict[str, Any], dict[str, Any]]:
    return packed.unpack(counted.pack(counted.choose(kept, axis=part.axis), part))


def intervals(frame: pd.DataFrame, axis: str = "happened") -> tuple[Any, Any]:
    return coding.interval(frame, axis)


def cells(table: dict[str, Any]) -> dict[str, int]:
    """The row of the cell that each place lies in, by the place's id."""
    own = {place: row for row, place in enumerate(table["places"]["id"])}
    return own | {place: int(row) for row, ids in table["members"].items() for place in ids}


def expected(frame: pd.DataFrame, table: dict[str, Any], chosen: Any) -> Counter[tuple[Any, ...]]:
    """How many of the events chosen lie in each cell, by type, status, tier, and whether somebody corrected them."""
    where, located = cells(table), frame["lon"].notna()
    rows = frame[chosen]
    names = ("place_id", "type", "status", "tier")
    every = zip(*(rows[name] for name in names), located[chosen], rows["corrected"].notna(), strict=True)
    return Counter(
        (where[place] if known else coding.NOWHERE, kind, status, tier, changed)
        for place, kind, status, tier, known, changed in every
    )


def found(table: dict[str, Any], columns: dict[str, Any], rows: Any) -> Counter[tuple[Any, ...]]:
    out: Counter[tuple[Any, ...]] = Counter()
    names = ("place", "type", "status", "tier", "corrected", "count")
    for place, kind, status, tier, changed, count in zip(*(columns[name][rows] for name in names), strict=True):
        key = (int(place), table["types"][kind], table["statuses"][status], table["tiers"][tier], bool(changed))
        out[key] += int(count)
    return out


PARTS = [
    Part(),
    Part(level=6, tiles=KYIV),
    Part(level=2, tiles=(0, 0, 3, 3), axis="reported"),
    Part(level=12, tiles=(2400, 1380, 2410, 1390)),
]


@pytest.mark.parametrize("most", [10**6, 800, 300, 50])
@pytest.mark.parametrize("part", PARTS)
def test_every_event_is_counted_once_in_the_cell_of_its_place(
    little: pytest.MonkeyPatch, part: Part, most: int
) -> None:
    little.setattr(grid, "MOST_ROWS", most)
    table, columns = answered(part)
    dated = intervals(MANY, part.axis)[0] != coding.NO_DAY
    assert found(table, columns, slice(None)) == expected(MANY, table, dated)
    assert table["rows"] <= dated.sum()


@pytest.mark.parametrize("most", [10**6, 2000, 300])
@given(st.integers(0, 800), st.integers(0, 800))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_window_that_was_asked_for_holds_what_it_holds_of_the_events(
    little: pytest.MonkeyPatch, most: int, one: int, other: int
) -> None:
    """What a row spans lies within the window, beyond it or over its edge, as each of its events does."""
    little.setattr(grid, "MOST_ROWS", most)
    first, last = sorted((day("2014-01-01") + one, day("2014-01-01") + other))
    table, columns = answered(Part(level=6, tiles=KYIV, window=(first, last)))
    start, end = intervals(MANY)
    a, b = columns["date_start"], columns["date_end"]
    dated = start != coding.NO_DAY
    for rows, events in (
        ((a >= first) & (b <= last), (start >= first) & (end <= last) & dated),
        ((b >= first) & (a <= last), (end >= first) & (start <= last) & dated),
        (b <= last, (end <= last) & dated),  # all up to the window's end
    ):
        assert found(table, columns, rows) == expected(MANY, table, events)


@pytest.mark.parametrize("mode", ["window", "day"])
def test_another_window_of_the_same_part_is_what_it_would_be_at_first(little: pytest.MonkeyPatch, mode: Any) -> None:
    """What lies beyond the stretches that a window cuts is taken from the answer before."""
    little.setattr(grid, "MOST_ROWS", 300)
    chosen = COUNTED.choose()
    for first, last in (("2014-02-03", "2014-11-20"), ("2015-01-01", "2015-12-31"), ("2014-11-21", "2015-03-02")):
        part = Part(level=6, tiles=KYIV, window=(day(first), day(last)), mode=mode)
        assert COUNTED.pack(chosen, part) == COUNTED.pack(COUNTED.choose(), part)
    assert len(chosen.bases) == 1


@given(st.integers(0, 364), st.integers(0, 80))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_days_of_every_year_are_exact_too(little: pytest.MonkeyPatch, begin: int, length: int) -> None:
    little.setattr(grid, "MOST_ROWS", 300)
    first = day("2015-01-01") + begin
    last = min(first + length, day("2015-12-31"))
    table, columns = answered(Part(level=6, tiles=KYIV, window=(first, last), mode="day"))

    def of_year(days: Any) -> Any:
        return np.array([int(f"{EPOCH + datetime.timedelta(days=int(one)):%m%d}") for one in days])

    start, end = intervals(MANY)
    single = (start != coding.NO_DAY) & (start == end)
    low, high = of_year([first, last])
    when = np.where(single, of_year(np.where(single, start, 0)), 0)
    rows = (columns["width"] == 0) & (of_year(columns["date_start"]) >= low) & (of_year(columns["date_end"]) <= high)
    assert found(table, columns, rows) == expected(MANY, table, single & (when >= low) & (when <= high))


def test_stretches_grow_until_the_rows_are_few_enough(little: pytest.MonkeyPatch) -> None:
    counted, stretches = Grid(volume.sixty_towns(40_000)), []
    for most in (40_000, 39_999, 12_000, 3_000, 800, 50):
        little.setattr(grid, "MOST_ROWS", most)
        table, columns = answered(Part(level=6, tiles=KYIV), counted=counted)
        stretches.append((table["grid"]["bin"], table["rows"]))
        assert columns["count"].sum() == 40_000
    assert [bin_ for bin_, _ in stretches] == ["day", "week", "month", "quarter", "year", "year"]
    assert [rows for _, rows in stretches] == sorted((rows for _, rows in stretches), reverse=True)


def test_few_events_in_the_tiles_are_rows_of_their_own_with_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 200)
    part = Part(level=7, tiles=(73, 43, 75, 45))
    table, columns = answered(part)
    assert table["grid"]["own"]
    own = (columns["id_high"] > 0) | (columns["id_low"] > 0)
    start, end = intervals(MANY)
    by_id = {name: row for row, name in enumerate(MANY["id"])}
    for row in np.flatnonzero(own):
        event = by_id[f"{columns['id_high'][row]:08x}{columns['id_low'][row]:08x}"]
        assert (columns["date_start"][row], columns["date_end"][row]) == (start[event], end[event])
        assert table["places"]["id"][columns["place"][row]] == MANY["place_id"][event]
    x, y = MANY["lon"] / 360 + 0.5, np.radians(MANY["lat"])
    y = 0.5 - np.log((1 + np.sin(y)) / (1 - np.sin(y))) / (4 * np.pi)
    inside = (x >= 73 / 128) & (x <= 76 / 128) & (y >= 43 / 128) & (y <= 46 / 128)
    town = MANY["place_precision"].isin(["town", "point"])
    assert own.sum() == (inside & town & (start != coding.NO_DAY)).sum() > 20
    assert columns["count"].sum() == (start != coding.NO_DAY).sum()


def test_a_cell_bears_the_name_of_its_busiest_place_and_names_the_others(little: pytest.MonkeyPatch) -> None:
    table, columns = answered(Part(level=3))
    busy = Counter(MANY[MANY["date_start"].notna() & MANY["lon"].notna()]["place_id"])
    assert table["members"]
    for row, ids in table["members"].items():
        counts = [busy[place] for place in ids]
        assert counts == sorted(counts, reverse=True)
        assert table["places"]["id"][int(row)] == ids[0]
        assert table["places"]["more"][int(row)] == len(ids) - 1
    assert sum(table["places"]["more"]) + len(table["places"]["id"]) == len(busy)
    assert set(columns["place"]) - {coding.NOWHERE} == set(range(len(table["places"]["id"])))


def test_regions_and_countries_are_never_put_together(little: pytest.MonkeyPatch) -> None:
    little.setattr(grid, "MOST_ROWS", 10)
    table, _ = answered(Part(level=10, tiles=(0, 0, 1, 1)))
    wide = {place for place, kind in zip(MANY["place_id"], MANY["place_precision"], strict=True) if kind == "region"}
    alone = {place for row, place in enumerate(table["places"]["id"]) if str(row) not in table["members"]}
    assert wide & set(MANY[MANY["date_start"].notna() & MANY["lon"].notna()]["place_id"]) <= alone


def test_what_is_filtered_is_left_out_and_the_whole_stays_known() -> None:
    kept = (MANY["status"] == "reported").to_numpy()
    table, columns = answered(Part(), kept)
    dated = intervals(MANY)[0] != coding.NO_DAY
    assert columns["count"].sum() == (kept & dated).sum()
    assert table["grid"]["statuses"] == [int((MANY["status"] == status).sum()) for status in model.STATUSES]
    assert table["grid"]["span"]["happened"] == [intervals(MANY)[0][dated].min(), intervals(MANY)[1][dated].max()]


def test_days_are_told_of_single_days_only() -> None:
    _, columns = answered(Part(level=6, tiles=KYIV))
    start, end = intervals(MANY)
    single = (start != coding.NO_DAY) & (start == end)
    wanted = Counter(zip(start[single].tolist(), MANY["type"][single], strict=True))
    told = zip(columns["day"].tolist(), columns["day_type"], columns["day_count"].tolist(), strict=True)
    assert {(when, model.EVENT_TYPES[kind]): count for when, kind, count in told} == wanted


def test_tiles_reach_over_the_180th_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = volume.pacific()
    part = Part(level=4, tiles=(-1, 4, 0, 11))
    table, columns = answered(part, counted=Grid(frame))
    far = frame["lon"].abs() > 157.5
    assert far.all()
    assert sorted(columns["id_low"].tolist()) == list(range(len(frame)))
    same, _ = answered(Part(level=4, tiles=(15, 4, 16, 11)), counted=Grid(frame))
    assert same["places"] == table["places"]


def test_a_history_of_ten_thousand_years_is_counted_too(little: pytest.MonkeyPatch) -> None:
    frame = specimens.events().iloc[:3].assign(date_start=["0001-01-01", "1914-07-28", "9999-12-31"])
    frame = frame.assign(date_end=["0001-01-01", "1918-11-11", "9999-12-31"])
    table, columns = answered(Part(window=(day("1914-08-01"), day("1914-08-31"))), counted=Grid(frame))
    assert columns["count"].sum() == 3
    assert table["grid"]["years"]["happened"] == [1, 1914, 1915, 1916, 1917, 1918, 9999]
    assert table["grid"]["vague"]["happened"] == []


def test_kinds_fit_into_a_byte() -> None:
    assert counting.KINDS <= 256


def test_no_event_is_an_answer() -> None:
    table, columns = answered(Part(), counted=Grid(specimens.events().iloc[:0]))
    assert (table["rows"], table["grid"]["span"]["happened"], len(columns["day"])) == (0, None, 0)
    table, _ = answered(Part(), np.zeros(len(MANY), bool))
    assert table["rows"] == 0


@pytest.mark.parametrize(
    ("given_", "what"),
    [
        ({"level": 19}, "level must lie in 0..18"),
        ({"level": 2, "tiles": (0, 0, 9, 1)}, "tiles must be"),
        ({"level": 2, "tiles": (3, 0, 1, 1)}, "tiles must be"),
        ({"level": 2, "tiles": (0, -1, 1, 1)}, "tiles must be"),
        ({"axis": "told"}, "axis must be among happened, reported"),
        ({"mode": "all"}, "mode must be among"),
        ({"window": (5, 4)}, "window ends before it begins"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(given_: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Part(**given_)
    with pytest.raises(ValueError, match="on the axis 'happened'"):
        COUNTED.pack(COUNTED.choose(), Part(axis="reported"))
