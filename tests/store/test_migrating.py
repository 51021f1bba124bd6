"""Stores of former versions are brought up to date, and kept as they were beside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo.store import Store, StoreForeign, StoreLocked, checking, migrating
from tests.store import former
from tests.store.specimens import article, record


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_store_of_a_former_version_is_brought_up_to_date_with_a_copy_first(tmp_path: Path, version: int) -> None:
    path = former.make(tmp_path / "s.sqlite", version)
    before = content(path)
    with Store(str(path)) as store:
        assert store.article(article().digest) == article()
        assert len(store.events()) == 2
        assert store.search("shelling")
        health = checking.check(store)
        assert health.faults == ()
        # What the former version did not know of an article is read out of it anew by the next ingest.
        assert health.unread == (version < 3)
        assert store.events()["incident"].is_unique
        if version >= 2:
            assert [standing.correction.type for standing in store.corrections()] == ["battle"]
        assert store.unjoined().came == (article().digest,)
        store.save(record(), pipeline="2")
        assert store.record(article().digest).mentions == record().mentions
    assert content(tmp_path / f"s.version-{version}.sqlite") == before
    assert not path.with_name("s.sqlite-wal").exists()


def test_every_former_version_has_its_specimen() -> None:
    folder = Path(former.__file__).parent
    assert {path.stem for path in folder.glob("*.sql")} == {f"version-{version}" for version in migrating.FORMER}


def test_a_store_brought_up_to_date_has_the_tables_and_indexes_of_a_new_one(tmp_path: Path) -> None:
    def shape(path: Path) -> set[tuple[str, str]]:
        with Store(str(path), create=True) as store, store.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c "
                "WHERE m.name NOT LIKE 'article_search%'"
            )
            return {(str(table), str(column)) for table, column in found}

    new = shape(tmp_path / "new.sqlite")
    for version in (1, 2, 3, 4):
        assert shape(former.make(tmp_path / f"{version}.sqlite", version)) == new


def test_a_store_that_is_only_read_says_how_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = former.make(tmp_path / "s.sqlite", 3)
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match=r"of version 3.*conflict-map migrate"):
        Store(str(path), read_only=True)
    assert path.read_bytes() == before


def test_a_store_that_another_program_has_open_is_left_as_it_is(tmp_path: Path) -> None:
    path = former.make(tmp_path / "s.sqlite", 3)
    other = sqlite3.connect(path)
    other.execute("SELECT * FROM meta").fetchall()
    other.execute("BEGIN")
    other.execute("SELECT * FROM meta").fetchall()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("geo.store.sqlite_file.BUSY_SECONDS", 0.05)
            with pytest.raises(StoreLocked, match="Nothing was changed"):
                Store(str(path))
        assert other.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == ("3",)
    finally:
        other.close()
    Store(str(path)).close()
