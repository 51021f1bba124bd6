"""The columns that are kept between processes: mapped by the next one, which reads only what changed since."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from geopandas.testing import assert_geodataframe_equal
from sqlalchemy import event

from geo.store import Store, columns, kept
from tests.store.specimens import article, record
from tests.store.test_patching import account, whole


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LEAST_ARTICLES", 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@contextmanager
def rows_of_events(store: Store) -> Iterator[list[int]]:
    """Note how many rows of events each statement gave while the block ran."""
    read: list[int] = []
    build = columns.table

    def counted(rows: list[object]) -> object:
        read.append(len(rows))
        return build(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "table", counted)
        yield read


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Note the statements that a store is asked while the block runs."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


def filled(place: str, folder: Path, count: int = 5) -> None:
    with Store(place, create=True, keep=folder) as store:
        for number in range(count):
            store.save(account(f"a{number}"), pipeline="1")
        store.events()


def test_the_next_process_reads_no_event_anew(place: str, folder: Path) -> None:
    filled(place, folder)
    with Store(place, keep=folder) as store, rows_of_events(store) as read:
        frame = store.events()
        assert sum(read) == 0
        assert_geodataframe_equal(frame, whole(store))


def test_what_changed_since_is_read_and_nothing_else(place: str, folder: Path) -> None:
    filled(place, folder)
    with Store(place) as other:
        other.save(account("one more"), pipeline="1")
        other.save(record(article(id="a1", title="a1", day="2015-01-27")), pipeline="1")
        other.correct(account("a0").events[0].id, type="battle")
    with Store(place, keep=folder) as store:
        with rows_of_events(store) as read:
            frame = store.events()
        assert sum(read) == 4  # of two articles
        assert frame["title"].tolist() == [f"a{n}" for n in range(5) for _ in "12"] + ["one more"] * 2
        assert frame["type"].tolist()[0] == "battle"
        assert_geodataframe_equal(frame.iloc[2:], whole(store).assign(corrected=frame["corrected"]).iloc[2:])


def test_asking_costs_as_many_statements_whatever_is_kept(place: str, folder: Path) -> None:
    filled(place, folder, 4)
    asked = []
    for more in (0, 40):
        filled(place, folder, 4 + more)
        (folder / "none").touch()
        with Store(place, keep=folder) as store, statements(store) as said:
            store.events()
        asked.append(len(said))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("damage", ["torn", "turned", "other columns", "no table", "nothing", "elsewhere"])
def test_what_is_damaged_or_of_another_program_is_read_anew(
    place: str, folder: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    filled(place, folder)
    (said,), (file,) = folder.glob("*.json"), folder.glob("*-events-*.arrow")
    told = json.loads(said.read_text())
    if damage == "torn":
        file.write_bytes(file.read_bytes()[:-100])
    elif damage == "turned":
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    elif damage == "no table":
        file.write_bytes(b"no table")
        said.write_text(json.dumps(told | {"digest": kept._digest(file)}))
    elif damage == "other columns":
        said.write_text(json.dumps(told | {"columns": ["title"]}))
    elif damage == "elsewhere":
        said.write_text(json.dumps(told | {"file": "../outside.arrow"}))
    else:
        said.write_text("{")
    with caplog.at_level(logging.WARNING), Store(place, keep=folder) as store:
        with rows_of_events(store) as read:
            frame = store.events()
        assert sum(read) == 10
        assert_geodataframe_equal(frame, whole(store))
    with Store(place, keep=folder) as store, rows_of_events(store) as read:
        store.events()
        assert sum(read) == 0  # it was kept anew


def test_another_history_of_the_same_store_is_not_taken_for_it(tmp_path: Path, folder: Path) -> None:
    path, copy = tmp_path / "s.sqlite", tmp_path / "copy.sqlite"
    filled(str(path), folder)
    copy.write_bytes(path.read_bytes())
    filled(str(path), folder, 300)
    path.write_bytes(copy.read_bytes())
    with Store(str(path), keep=folder) as store:
        for number in range(300):
            store.save(account(f"otherwise {number}"), pipeline="1")
        assert_geodataframe_equal(store.events(), whole(store))


def test_few_changes_leave_what_is_kept_and_many_write_it_anew(
    place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_FEW", 3)
    filled(place, folder)
    (first,) = folder.glob("*-events-*.arrow")
    with Store(place, keep=folder) as store:
        for number in range(3):
            store.save(account(f"b{number}"), pipeline="1")
        store.keep_tables()
        assert list(folder.glob("*-events-*.arrow")) == [first]
        store.save(account("b3"), pipeline="1")
        store.keep_tables()
        (second,) = folder.glob("*-events-*.arrow")
        assert second != first
    with Store(place, keep=folder) as store, rows_of_events(store) as read:
        store.events()
        assert sum(read) == 0


def test_a_store_of_which_nothing_is_kept_is_kept_however_short_its_journal(place: str, folder: Path) -> None:
    with Store(place, create=True) as store:
        for number in range(3):
            store.save(account(f"a{number}"), pipeline="1")
    with Store(place, keep=folder) as store:
        store.keep_tables()
    assert [len(list(folder.glob(f"*-{kind}-*.arrow"))) for kind in ("events", "left-out")] == [1, 1]


def test_what_is_taken_out_of_the_store_is_taken_out_of_what_is_kept(place: str, folder: Path) -> None:
    with Store(place, create=True, keep=folder) as store:
        for number in range(5):
            store.save(account(f"a{number}"), pipeline="1")
        store.save(account("a name to be forgotten"), pipeline="1", data_set="upload")
        store.events()
        (before,) = folder.glob("*-events-*.arrow")
        assert b"a name to be forgotten" in before.read_bytes()
        store.remove("upload")
        store.events()
        (after,) = folder.glob("*-events-*.arrow")
        assert b"a name to be forgotten" not in after.read_bytes()


def test_few_events_are_kept_nowhere_and_a_folder_that_cannot_be_made_is_no_fault(
    place: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(place, folder, 2)
    assert not folder.exists()
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file is in its place")
    with caplog.at_level(logging.WARNING):
        filled(place, folder)
    assert "not kept for the next start" in caplog.text


def test_it_is_for_its_owner_alone_and_old_stores_go(tmp_path: Path, folder: Path) -> None:
    for number in range(10):
        filled(str(tmp_path / f"{number}.sqlite"), folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert len(list(folder.glob("*.json"))) == len(list(folder.glob("*.arrow"))) == 8


def test_a_store_whose_id_is_a_path_writes_nothing_elsewhere(place: str, folder: Path) -> None:
    with Store(place, create=True, keep=folder) as store:
        for name in "abcdefg":
            store.save(account(name), pipeline="1")
        with store._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = '../elsewhere' WHERE key = 'store'")
    with Store(place, keep=folder) as store:
        store.events()
    assert len(list(folder.glob("*-events-*.arrow"))) == 1
    assert not list(folder.parent.glob("elsewhere*"))


def test_reasons_are_lists_wherever_they_are_looked_at(place: str) -> None:
    with Store(place, create=True) as store:
        store.save(account("a"), pipeline="1")
        frame = store.events()
    expected = [list(each.reasons) for each in account("a").events]
    assert frame["reasons"].tolist() == expected
    assert [row["reasons"] for row in frame.to_dict("records")] == expected
    assert frame["reasons"].iat[0] == frame.iloc[0]["reasons"] == expected[0]
    assert frame["reasons"].map("; ".join).tolist() == ["; ".join(each) for each in expected]
    assert frame["reasons"][[False, True]].tolist() == expected[1:]
    assert frame[::-1]["reasons"].tolist() == expected[::-1]
    assert frame["reasons"].to_numpy().shape == (2,)
