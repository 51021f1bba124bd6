"""Layers lie in tables of their own: whole or not at all, replaced by name, and of no weight for what articles say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from geo.model import Layer, LayerEvent
from geo.store import Store, StoreReadOnly, checking, layers, tables
from geo.store.layers import LayerBroken, LayerMissing
from geo.store.rescue import rescue
from tests.store.specimens import record

ABOUT = Layer(
    number=0, name="Own", kind="table", title="own rows", files=("a.csv", "b.csv"), licence="CC0", citation="Own, 2023",
    restricted=False, added="", rows=0, first_day=None, last_day=None,
)  # fmt: skip


def event(number: int, day: str = "2023-03-14", **others: object) -> LayerEvent:
    usual: dict[str, object] = {
        "line": number + 2, "id": f"e{number}", "type": "battle", "sub_type": None, "place": "Alba", "admin1": None,
        "country": None, "lon": 36.0, "lat": 48.0, "place_precision": "town", "radius_km": 0.0,
        "date_start": date.fromisoformat(day), "date_end": date.fromisoformat(day), "date_precision": "day",
        "killed_high": 4, "note": "Shells fell.",
    }  # fmt: skip
    return LayerEvent(**usual | others)  # type: ignore[arg-type]  # (fields as the tests give them)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as made:
        made.save(record(), pipeline="1")
        yield made


def test_a_layer_comes_back_as_it_was_given_and_touches_nothing_of_the_articles(store: Store) -> None:
    before, version = store.events(), store.version()
    first, second = event(0), event(1, "2023-03-16", killed_low=1, reports=3)
    made = layers.add(store, ABOUT, [[first], [], [second]])
    assert (made.rows, made.first_day, made.last_day) == (2, date(2023, 3, 14), date(2023, 3, 16))
    assert layers.listed(store) == (made,)
    assert layers.event(store, made, 0) == first
    assert layers.event(store, made, 1) == second
    assert layers.event(store, made, 2) is None
    frame = layers.frame(store, made)
    assert frame["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2023-03-14", "2023-03-16"]
    assert frame["killed_low"].isna().tolist() == [True, False]
    assert store.version() == version
    assert store.events().equals(before)
    assert checking.check(store).faults == ()
    assert [entry.what for entry in store.journal()] == ["article", "layer"]


def test_a_layer_takes_the_place_of_one_of_its_name_once_it_is_whole(store: Store) -> None:
    former = layers.add(store, ABOUT, [[event(0)]])

    def broken() -> Iterator[list[LayerEvent]]:
        yield [event(1)]
        assert layers.listed(store) == (former,)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        layers.add(store, ABOUT, broken())
    assert layers.listed(store) == (former,)
    with store.reading() as connection:
        assert connection.execute(tables.layer_events.select()).mappings().one()["id"] == "e0"
    latter = layers.add(store, ABOUT, [[event(2)]])
    assert latter.number > former.number
    assert layers.listed(store) == (latter,)


def test_what_a_killed_program_left_is_cleared_by_a_later_one(store: Store) -> None:
    with store.writing() as connection:
        given = {name: getattr(ABOUT, name) for name in ("kind", "title", "licence", "citation", "restricted")}
        left = given | {"files": "[]", "added": "2020-01-01T00:00:00Z", "rows": 0, "ready": False, "name": "Left"}
        connection.execute(tables.layers.insert(), left)
    assert layers.listed(store) == ()
    made = layers.add(store, ABOUT, [[event(0)]])
    with store.reading() as connection:
        assert [row["name"] for row in connection.execute(tables.layers.select()).mappings()] == [made.name]


def test_a_layer_removed_while_it_is_read_is_told(store: Store) -> None:
    def taken_away() -> Iterator[list[LayerEvent]]:
        yield [event(0)]
        with store.writing() as connection:
            connection.execute(tables.layers.delete())
        yield [event(1)]

    with pytest.raises(LayerBroken, match="was removed while it was being read"):
        layers.add(store, ABOUT, taken_away())
    assert layers.listed(store) == ()


def test_a_layer_is_removed_by_its_name(store: Store) -> None:
    layers.add(store, ABOUT, [[event(0)]])
    with pytest.raises(LayerMissing, match="no layer is called 'Other'; there are Own"):
        layers.remove(store, "Other")
    assert layers.remove(store, "Own").rows == 1
    with store.reading() as connection:
        assert connection.execute(tables.layer_events.select()).first() is None
    with pytest.raises(LayerMissing, match="there is none yet"):
        layers.named(store, "Own")


def test_a_store_that_is_only_read_takes_no_layer(store: Store, place: str) -> None:
    with (
        Store(place, read_only=True) as reader,
        pytest.raises(StoreReadOnly, match="Nothing was changed"),
    ):
        layers.add(reader, ABOUT, [[event(0)]])


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # it is about the file
def test_a_rescue_saves_the_layers_and_counts_their_events(store: Store, place: str, tmp_path: Path) -> None:
    layers.add(store, ABOUT, [[event(0), event(1)]])
    with store.writing() as connection:
        connection.execute(update(tables.layers).values(rows=9))
    saved = rescue(place, tmp_path / "new.sqlite")
    assert saved["layer_events"].rows == 2
    with Store(str(tmp_path / "new.sqlite")) as new:
        assert [layer.rows for layer in layers.listed(new)] == [2]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"lon": float("nan")}, "out of range"),
        ({"lat": 91.0}, "out of range"),
        ({"type": "picnic"}, "type must be one of"),
        ({"radius_km": -1.0}, "radius_km"),
        ({"date_end": date(2023, 3, 1)}, "after its end"),
        ({"killed_low": 5}, "killed needs"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        event(0, **wrong)
