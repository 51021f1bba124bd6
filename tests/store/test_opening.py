from __future__ import annotations

import os
import sqlite3
import stat
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from geo.store import (
    Store,
    StoreDamaged,
    StoreError,
    StoreForeign,
    StoreLocked,
    StoreMissing,
    StoreReadOnly,
    StoreUnreachable,
    sqlite_file,
)
from geo.store.errors import translated
from tests.store.specimens import article, record


def made(path: Path) -> str:
    with Store(str(path), create=True) as store:
        store.save(record(), pipeline="1")
    return str(path)


def test_a_missing_store_says_how_to_make_one_and_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "s.sqlite"
    with pytest.raises(StoreMissing, match=r"there is no store here. Make one with: conflict-map ingest") as caught:
        Store(str(path))
    assert caught.value.url == f"sqlite:///{path}"
    assert not path.parent.exists()


def test_an_empty_file_counts_as_missing_and_can_become_a_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.touch()
    with pytest.raises(StoreMissing):
        Store(str(path))
    made(path)


def test_without_the_driver_of_postgresql_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnreachable, match=r"pip install 'conflict-map\[postgresql\]'"):
        Store("postgresql://map@db.example/news")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Notes on the war, not a database. " * 100, "this file is not a store of this program"),
        (b"SQLite format 3\x00" + b"\xff" * 2000, "not a store|damaged|cannot be opened"),
    ],
)
def test_a_foreign_file_is_named_and_left_as_it_is(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreForeign, match=what):
        Store(str(path), create=True)
    assert path.read_bytes() == content


@pytest.mark.parametrize("table", ["cookies (a)", "articles (digest)", "meta (key, value)", "meta (x)"])
def test_another_programs_database_is_named_and_left_as_it_is(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {table}")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="belongs to another program"):
        Store(str(path), create=True)
    assert path.read_bytes() == before


def test_a_store_of_another_version_is_refused_by_its_version(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    with closing(sqlite3.connect(url)) as other:
        other.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
        other.commit()
    with pytest.raises(StoreForeign, match="version 99"):
        Store(url)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreForeign, match="this is a folder"):
        Store(str(tmp_path), create=True)


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"its folder cannot be made|cannot be opened"):
        Store(str(tmp_path / "file" / "s.sqlite"), create=True)


@pytest.mark.parametrize("url", ["://", "nonsense://user:secret@host/db", "mysql+nodriver://u:secret@h/d"])
def test_a_bad_address_is_reported_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnreachable) as caught:
        Store(url)
    assert "secret" not in str(caught.value)


def test_a_read_only_store_reads_and_refuses_every_change(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    with Store(url, read_only=True) as store:
        assert len(store.events()) == 2
        for change in (
            lambda: store.save(record(), pipeline="2"),
            lambda: store.remove("articles"),
            lambda: store.join([article().digest], data_set="x"),
        ):
            with pytest.raises(StoreReadOnly, match="Nothing was changed"):
                change()


def test_a_read_only_folder_can_still_be_read(tmp_path: Path) -> None:
    """Nothing is kept beside the file, so a reader needs no leave to write there."""
    folder = tmp_path / "shelf"
    url = made(folder / "s.sqlite")
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Store(url, read_only=True) as store:
            assert len(store.events()) == 2
        assert [one.name for one in folder.iterdir()] == ["s.sqlite"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_file_without_write_permission_is_reported(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    Path(url).chmod(stat.S_IRUSR)
    if os.access(url, os.W_OK):
        pytest.skip("this user may write to any file")
    with Store(url) as store, pytest.raises(StoreReadOnly, match="Nothing was changed"):
        store.save(record(), pipeline="2")


def test_a_locked_store_is_reported_after_the_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    url = made(tmp_path / "s.sqlite")
    with closing(sqlite3.connect(url)) as other, Store(url) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="another program is writing"):
            store.save(record(), pipeline="2")
        assert len(store.events()) == 2
        other.rollback()
        store.save(record(), pipeline="2")


def test_readers_go_on_while_another_writes(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    errors: list[BaseException] = []

    def write() -> None:
        try:
            with Store(url) as writer:
                for number in range(30):
                    writer.save(record(article(id=f"a{number}", title=f"Report {number}")), pipeline="1")
        except BaseException as error:
            errors.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    with Store(url) as reader:
        for thread in writers:
            thread.start()
        while any(thread.is_alive() for thread in writers):
            assert len(reader.events()) % 2 == 0
        for thread in writers:
            thread.join()
        assert errors == []
        assert reader.counts().articles == 31


def test_an_empty_database_of_another_kind_is_made_into_a_store(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 's.sqlite'}")
    engine.dispose()
    with Store(f"sqlite:///{tmp_path / 's.sqlite'}", create=True) as store:
        assert store.counts().articles == 0


@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ("database is locked", StoreLocked, "another program is writing"),
        ("attempt to write a readonly database", StoreReadOnly, "the store is read-only"),
        ("unable to open database file", StoreUnreachable, "the file cannot be opened"),
        ("file is not a database", StoreForeign, "this file is not a store of this program"),
        (
            "database disk image is malformed",
            StoreDamaged,
            r"the file is damaged.*-map restore.*-map rescue",
        ),
        ("database or disk is full", StoreError, "the disk is full. What was stored before is safe"),
        ("connection refused\nIs the server running?", StoreUnreachable, "connection refused. Check the address"),
    ],
)
def test_what_a_database_says_is_told_in_our_words(said: str, kind: type[StoreError], told: str) -> None:
    """The messages are SQLite's own; a full disk or a damaged page cannot be had on demand."""
    with pytest.raises(kind, match=told) as caught, translated("sqlite:///s.sqlite"):
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError(said))
    assert caught.value.url == "sqlite:///s.sqlite"
    assert caught.value.advice
