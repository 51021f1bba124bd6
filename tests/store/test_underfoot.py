"""A store that is deleted, moved, replaced or restored beneath a program that has it open."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from geo.store import Store, StoreError, StoreForeign, StoreGone, StoreReplaced, backups, checking, sqlite_file
from tests.store import former
from tests.store.specimens import article, record

EVENT = record().events[0].id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(str(path), create=True) as opened:
        opened.save(record(), pipeline="1")
        yield opened


def add(store: Store, name: str) -> None:
    store.save(record(article(id=name, title=name)), pipeline="1")


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()} - {path.name}


def test_nothing_lies_beside_the_file_between_two_transactions(store: Store, path: Path) -> None:
    store.events()
    add(store, "two")
    assert beside(path) == set()


def test_a_deleted_store_is_noticed_and_not_made_anew(store: Store, path: Path) -> None:
    path.unlink()
    for use in (store.counts, lambda: add(store, "two"), lambda: store.correct(EVENT, type="battle")):
        with pytest.raises(StoreGone, match="deleted or moved while in use"):
            use()
    assert not path.exists()


def test_a_moved_store_is_left_alone_and_found_again(store: Store, path: Path) -> None:
    moved = path.with_name("moved.sqlite")
    path.rename(moved)
    before = moved.read_bytes()
    with pytest.raises(StoreGone):
        add(store, "two")
    assert moved.read_bytes() == before
    moved.rename(path)
    add(store, "two")
    assert (store.counts().articles, store.replacements) == (2, 0)


@pytest.mark.parametrize("how", ["renamed onto it", "copied over it"])
def test_another_store_in_its_place_is_shown_and_the_first_change_refused(store: Store, path: Path, how: str) -> None:
    other = path.with_name("other.sqlite")
    with Store(str(other), create=True) as second:
        for name in "abc":
            add(second, name)
    before = store.version()
    if how == "renamed onto it":
        other.replace(path)
    else:
        shutil.copyfile(other, path)
    with pytest.raises(StoreReplaced, match=r"Nothing was changed"):
        add(store, "two")
    assert (store.counts().articles, store.replacements) == (3, 1)
    assert store.version() != before
    assert len(store.events()) == 6
    add(store, "two")
    assert (store.counts().articles, store.replacements) == (4, 1)
    assert checking.check(store).faults == ()


def test_an_older_copy_over_it_is_noticed_and_no_cache_survives(store: Store, path: Path) -> None:
    """A copy of the file from before: the same store, fewer changes; as many again must not look like those lost."""
    copy = path.with_name("copy.sqlite")
    shutil.copyfile(path, copy)
    store.correct(EVENT, type="battle")
    add(store, "lost")
    seen = store.version()
    assert set(store.events()["title"]) == {"Fighting for a railway town", "lost"}
    shutil.copyfile(copy, path)
    assert store.counts().articles == 1
    assert store.replacements == 1
    store.correct(EVENT, type="riot")
    add(store, "new")
    assert store.version() != seen
    assert set(store.events()["title"]) == {"Fighting for a railway town", "new"}
    assert set(store.events()["type"]) == {"riot", "explosion"}


def test_a_store_of_another_version_in_its_place_is_refused(store: Store, path: Path) -> None:
    former.make(path.with_name("old.sqlite"), 3).replace(path)
    with pytest.raises(StoreForeign, match=r"version 3 of the tables came into its place"):
        store.counts()


def test_a_restored_backup_is_shown_and_the_first_change_refused(store: Store, path: Path) -> None:
    kept = path.with_name("backup.sqlite")
    backups.backup(str(path), kept)
    add(store, "after")
    backups.restore(kept, str(path))
    with pytest.raises(StoreReplaced):
        store.correct(EVENT, type="battle")
    assert (store.counts().articles, store.replacements) == (1, 1)
    store.correct(EVENT, type="battle")
    assert checking.check(store).faults == ()


def killed_in_the_middle(path: Path) -> None:
    """A writer that died as it wrote: half of its pages are in the file, the others in its journal."""
    if not os.fork():
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA user_version = {db.execute('PRAGMA user_version').fetchone()[0]}")
        db.execute("UPDATE articles SET text = text || ?", ("x" * 200_000,))
        os._exit(0)
    os.wait()


def test_a_journal_left_by_a_killed_writer_is_its_own_and_rolled_back(store: Store, path: Path) -> None:
    killed_in_the_middle(path)
    assert path.with_name("s.sqlite-journal").exists()
    assert store.article(article().digest) == article()
    assert beside(path) == set()


def test_a_store_that_may_only_be_read_says_how_a_broken_off_change_is_rolled_back(store: Store, path: Path) -> None:
    killed_in_the_middle(path)
    with pytest.raises(StoreError, match=r"must be rolled back first.*conflict-map migrate"):
        Store(str(path), read_only=True)
    Store(str(path)).close()
    with Store(str(path), read_only=True) as opened:
        assert opened.counts().articles == 1


@pytest.mark.parametrize("which", ["another store", "an older state"])
def test_a_stale_journal_is_never_laid_over_another_file(store: Store, path: Path, which: str) -> None:
    """A writer is killed, and a backup copied over the file while its journal lies beside: it must stay the backup."""
    copy = path.with_name("copy.sqlite")
    if which == "another store":
        with Store(str(copy), create=True) as second:
            add(second, "other")
    else:
        shutil.copyfile(path, copy)
    for name in "abcdef":
        add(store, name)
    killed_in_the_middle(path)
    shutil.copyfile(copy, path)
    with Store(str(path)) as opened:
        assert opened.counts().articles == 1
        assert checking.check(opened).faults == ()
        add(opened, "new")
    (aside,) = beside(path) - {copy.name}
    assert aside.startswith("s.sqlite-journal.stale-")


def test_a_stale_write_ahead_log_of_a_former_version_is_never_laid_over_a_store(tmp_path: Path) -> None:
    old = former.make(tmp_path / "old.sqlite", 3)
    with closing(sqlite3.connect(old)) as db:
        db.execute("UPDATE articles SET text = 'written after the backup'")
        db.commit()
        log = old.with_name("old.sqlite-wal").read_bytes()
    assert log
    path = tmp_path / "s.sqlite"
    with Store(str(path), create=True) as made:
        made.save(record(), pipeline="1")
    path.with_name("s.sqlite-wal").write_bytes(log)
    with Store(str(path)) as opened:
        assert opened.article(article().digest) == article()
        assert checking.check(opened).faults == ()
    assert len(list(tmp_path.glob("s.sqlite-wal.stale-*"))) == 1


def test_the_upgrade_of_a_former_version_killed_in_the_middle_is_rolled_back(tmp_path: Path) -> None:
    """Its journal holds a first page without our mark, which the upgrade was writing."""
    path = former.make(tmp_path / "s.sqlite", 3)
    if not os.fork():
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA application_id = {sqlite_file.APPLICATION_ID}")
        db.execute("PRAGMA user_version = 77")
        db.execute("UPDATE articles SET text = text || ?", ("x" * 200_000,))
        os._exit(0)
    os.wait()
    assert path.with_name("s.sqlite-journal").exists()
    with Store(str(path)) as opened:
        assert opened.article(article().digest) == article()
    assert not list(tmp_path.glob("*.stale-*"))
