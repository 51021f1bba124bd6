"""What is saved of a damaged store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo.store import Store, StoreError, checking
from geo.store.rescue import Saved, rescue
from tests.store.specimens import article, record
from tests.store.test_underfoot import killed_in_the_middle

MANY = 40


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "s.sqlite"
    with Store(str(path), create=True) as made:
        for number in range(MANY):
            made.save(record(article(id=f"a{number}", title=f"Report {number}")), pipeline="1")
        made.correct(record(article(id="a3", title="Report 3")).events[0].id, type="battle", by="Ann")
    return path


def pages_of(path: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(path)) as db:
        try:
            return [row[0] for row in db.execute("SELECT pageno FROM dbstat WHERE name = ?", (table,))]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot say where a table lies")


def overwrite(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)


def test_a_whole_store_is_saved_whole(store: Path, tmp_path: Path) -> None:
    saved = rescue(str(store), tmp_path / "new.sqlite")
    assert all(not found.unreadable for found in saved.values())
    assert list(saved)[:2] == ["correction_steps", "corrections"]
    with Store(str(store)) as old, Store(str(tmp_path / "new.sqlite")) as new:
        assert new.events().equals(old.events())
        assert new.corrections() == old.corrections()
        assert new.steps() == old.steps()
        assert len(new.search("shelling")) == MANY
        assert checking.check(new).faults == ()


def test_a_change_that_was_broken_off_is_left_out_and_the_store_not_touched(store: Path, tmp_path: Path) -> None:
    killed_in_the_middle(store)
    before = store.read_bytes()
    assert rescue(str(store), tmp_path / "new.sqlite")["articles"] == Saved(MANY, 0)
    assert store.read_bytes() == before
    with Store(str(tmp_path / "new.sqlite")) as new:
        assert new.article(article(id="a0", title="Report 0").digest).text == article().text


@pytest.mark.parametrize("table", ["mentions", "events", "articles", "times"])
def test_a_page_that_cannot_be_read_costs_its_rows_and_no_correction(store: Path, tmp_path: Path, table: str) -> None:
    overwrite(store, pages_of(store, table)[-1])
    before = store.read_bytes()
    saved = rescue(str(store), tmp_path / "new.sqlite")
    assert saved[table].unreadable
    assert saved["corrections"].rows == saved["correction_steps"].rows == 1
    assert saved["articles"].rows > 0
    with Store(str(tmp_path / "new.sqlite")) as new:
        health = checking.check(new)
        assert (health.faults, health.corrections) == ((), 1)
        # Read the same articles again, and everything is there.
        for number in range(MANY):
            new.save(record(article(id=f"a{number}", title=f"Report {number}")), pipeline="1")
        assert (new.counts().articles, new.counts().events) == (MANY, 2 * MANY)
        assert checking.check(new).unread == 0
    assert store.read_bytes() == before


def test_a_row_that_makes_no_sense_any_more_is_left_out(store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE corrections SET action = 'nonsense'")
        db.execute("UPDATE events SET date_start = 'soon' WHERE rowid = 1")
        db.commit()
    saved = rescue(str(store), tmp_path / "new.sqlite")
    assert (saved["corrections"].rows, saved["events"].rows) == (0, 2 * MANY - 1)


def test_nothing_is_made_where_nothing_can_be_read_or_a_file_lies(store: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="there is a file already"):
        rescue(str(store), store)
    overwrite(store, 1)
    with pytest.raises(StoreError, match="conflict-map restore"):
        rescue(str(store), tmp_path / "new.sqlite")
    with pytest.raises(StoreError, match="there is no store here"):
        rescue(str(tmp_path / "nowhere"), tmp_path / "new.sqlite")
    assert {one.name for one in tmp_path.iterdir()} == {"s.sqlite"}
