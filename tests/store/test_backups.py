"""Backups of a store in use, and bringing one back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from geo.store import Store, StoreDamaged, StoreError, StoreForeign, StoreMissing, backups, checking
from tests.store import former
from tests.store.specimens import article, record

EVENT = record().events[0].id


def made(path: Path) -> str:
    with Store(str(path), create=True) as store:
        store.save(record(), pipeline="1")
        store.correct(EVENT, type="battle", by="Ann")
    return str(path)


def holds(path: Path) -> tuple[int, int]:
    with Store(str(path), read_only=True) as store:
        assert checking.check(store).faults == ()
        return store.counts().articles, len(store.corrections())


def test_a_backup_is_a_whole_store_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    kept = tmp_path / "far" / "away" / "backup.sqlite"
    backups.backup(url, kept)
    assert holds(kept) == (1, 1)
    assert [one.name for one in kept.parent.iterdir()] == ["backup.sqlite"]
    with pytest.raises(FileExistsError, match="--replace"):
        backups.backup(url, kept)
    backups.backup(url, kept, replace=True)


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")

    def write() -> None:
        with Store(url) as writer:
            for number in range(12):
                writer.save(record(article(id=f"a{number}", title=f"Report {number}")), pipeline="1")

    thread = threading.Thread(target=write)
    thread.start()
    for number in range(4):
        backups.backup(url, tmp_path / f"b{number}.sqlite")
        with Store(str(tmp_path / f"b{number}.sqlite"), read_only=True) as kept:
            assert kept.counts().events == 2 * kept.counts().articles
            assert checking.check(kept).faults == ()
    thread.join()
    assert holds(Path(url)) == (13, 1)


def test_the_store_itself_is_no_place_for_its_backup(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    (tmp_path / "link.sqlite").hardlink_to(url)
    for target in (Path(url), tmp_path / "link.sqlite"):
        with pytest.raises(FileExistsError, match="the store itself"):
            backups.backup(url, target, replace=True)
        with pytest.raises(FileExistsError, match="the store itself"):
            backups.restore(target, url)
    assert holds(Path(url)) == (1, 1)


def test_a_database_on_a_server_has_its_own_tools() -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        backups.backup("postgresql://u:secret@host/db", Path("x"))


def test_restoring_keeps_what_was_there(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    backups.backup(url, tmp_path / "backup.sqlite")
    with Store(url) as store:
        store.undo()
        store.save(record(article(id="later", title="Later")), pipeline="1")
    done = backups.restore(tmp_path / "backup.sqlite", url)
    assert holds(Path(url)) == (1, 1)
    assert done.before is not None
    assert holds(done.before) == (2, 0)
    assert holds(tmp_path / "backup.sqlite") == (1, 1)


def test_a_backup_comes_back_where_nothing_is(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    assert backups.restore(Path(url), str(tmp_path / "new" / "s.sqlite")).before is None
    assert holds(tmp_path / "new" / "s.sqlite") == (1, 1)


def test_a_backup_of_a_former_version_is_brought_up_to_date_and_left_as_it_is(tmp_path: Path) -> None:
    old = former.make(tmp_path / "old.sqlite", 3)
    before = old.read_bytes()
    backups.restore(old, made(tmp_path / "s.sqlite"))
    assert holds(tmp_path / "s.sqlite") == (1, 1)
    assert old.read_bytes() == before
    copy = tmp_path / "copy.sqlite"
    backups.backup(str(old), copy)
    assert copy.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, StoreMissing),
        (b"", StoreMissing),
        (b"Notes on the war. " * 100, StoreForeign),
        ("middle", StoreDamaged),
        ("cut", StoreError),
    ],
)
def test_what_is_no_whole_store_is_not_restored(
    tmp_path: Path, content: bytes | str | None, kind: type[StoreError]
) -> None:
    source = tmp_path / "backup.sqlite"
    if content == "middle":
        made(source)
        raw = bytearray(source.read_bytes())
        raw[4096 * 5 :] = b"\xff" * (len(raw) - 4096 * 5)
        source.write_bytes(raw)
    elif content == "cut":
        made(source)
        source.write_bytes(source.read_bytes()[:9000])
    elif isinstance(content, bytes):
        source.write_bytes(content)
    url = made(tmp_path / "s.sqlite")
    before = Path(url).read_bytes()
    with pytest.raises(kind):
        backups.restore(source, url)
    assert Path(url).read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} <= {"s.sqlite", "backup.sqlite"}


def test_a_damaged_store_makes_no_backup_and_is_kept_when_one_is_restored(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    backups.backup(url, tmp_path / "backup.sqlite")
    with Path(url).open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096 * 8)
    damaged = Path(url).read_bytes()
    with pytest.raises(StoreDamaged, match=r"conflict-map restore BACKUP.*conflict-map rescue NEW"):
        backups.backup(url, tmp_path / "second.sqlite")
    assert not (tmp_path / "second.sqlite").exists()
    done = backups.restore(tmp_path / "backup.sqlite", url)
    assert done.before is not None
    assert done.before.read_bytes() == damaged
    assert holds(Path(url)) == (1, 1)


def test_a_link_to_a_store_stays_a_link(tmp_path: Path) -> None:
    url = made(tmp_path / "s.sqlite")
    link = tmp_path / "elsewhere" / "link.sqlite"
    link.parent.mkdir()
    link.symlink_to(url)
    backups.backup(str(link), tmp_path / "backup.sqlite")
    backups.restore(tmp_path / "backup.sqlite", str(link))
    assert link.is_symlink()
    assert holds(link) == holds(Path(url)) == (1, 1)
