"""Backups of a store, and bringing one back; others may read and write it meanwhile."""

from __future__ import annotations

import shutil
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geo.store import copying, journal, opening, who
from geo.store.errors import StoreDamaged, StoreError, StoreForeign, translated
from geo.store.sqlite_file import WRITING, SqliteFile, mark
from geo.store.statements import set_meta

_BESIDE = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did: where the state from before lies, None where there was none."""

    before: Path | None


def backup(url: str, target: Path, *, replace: bool = False) -> None:
    """Write a whole copy of a store to `target`: articles, what was read, corrections and the journal.

    It is of one moment, is checked, and is there only once it is complete; killed at any moment it leaves what was
    there.

    Parameters
    ----------
    replace
        Take the place of a file that is there.

    Raises
    ------
    FileExistsError
        If there is a file and it is not to be replaced, or it is the store itself.
    StoreError
        If the store cannot be read, is damaged or is no SQLite file, or the copy cannot be written.
    """
    source = _file(url)
    if source.path.resolve() == target.resolve() or (target.exists() and source.path.samefile(target)):
        raise FileExistsError(f"{target}: this is the store itself. Name another file")
    if target.exists() and not replace:
        raise FileExistsError(f"{target}: there is a file already. Name another, or pass --replace")
    opening.open_engine(opening.address(url), create=False, read_only=True, former=True).engine.dispose()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with copying.draft_of(target) as draft:
            copying.copy(source, draft)
    except OSError as error:
        advice = "Name a file in a folder that may be written to"
        raise StoreError(source.url, f"no backup can be made at {target} ({error.strerror})", advice) from error


def restore(source: Path, url: str) -> Restored:
    """Put a backup in a store's place; what was there is kept beside it.

    Programs that have the store open notice it. Killed at any moment, there is the store from before or the backup.

    Parameters
    ----------
    source
        What `backup` wrote; one of a former version is brought up to date. It is not changed.

    Raises
    ------
    StoreMissing, StoreForeign, StoreDamaged
        If `source` is no whole store.
    StoreError
        If the store's place cannot be written to.
    """
    target = _file(url)
    given = opening.address(str(source))
    opening.open_engine(given, create=False, read_only=True, former=True).engine.dispose()
    if target.path.exists() and source.samefile(target.path):
        raise FileExistsError(f"{source}: this is the store itself. Name a backup of it")
    draft = target.path.with_name(f".{target.path.name}.restoring")
    try:
        target.path.parent.mkdir(parents=True, exist_ok=True)
        copying.clear(draft)
        copying.copy(SqliteFile(source, str(source), read_only=True), draft)
        _renew(draft, source)
        before = _set_before_aside(target, draft) if target.path.exists() else None
        if before is None:
            copying.settle(draft, target.path)
    except OSError as error:
        advice = "Check that its folder may be written to"
        raise StoreError(target.url, f"the backup cannot be put there ({error.strerror})", advice) from error
    finally:
        copying.clear(draft)
    return Restored(before)


def _renew(draft: Path, source: Path) -> None:
    """Make a restored copy a store of its own: no cache and no journal takes it for the one that was there."""
    url = opening.address(str(draft))
    opened = opening.open_engine(url, create=False, read_only=False, keep_former=False)
    store = uuid.uuid4().hex
    try:
        with translated(str(draft)), opened.engine.execution_options(**WRITING).begin() as connection:
            mark(connection, store)
            set_meta(connection, "store", store)
            journal.add(connection, "restore", {"from": source.name, "store": store}, who.now("restore"))
    finally:
        opened.engine.dispose()


def _set_before_aside(target: SqliteFile, draft: Path) -> Path:
    """Keep what lies in the store's place and put the draft there; give where it is kept."""
    path = target.path
    kept = copying.free_name(path.with_name(f"{path.stem}.before-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}"))
    try:
        with copying.draft_of(kept) as copied:
            copying.copy(target, copied)
    except (StoreDamaged, StoreForeign):
        # Not to be read as a whole: kept byte for byte, with whatever lies beside it.
        shutil.copyfile(path, kept)
        copying.settle(draft, path)
        for ending in _BESIDE:
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + ending))
        return kept
    with translated(target.url), closing(target.connect()) as holding:
        # Nobody is in the middle of a change now; who waits for this lock looks again before changing anything.
        holding.execute("BEGIN EXCLUSIVE")
        copying.settle(draft, path)
    return kept


def _file(url: str) -> SqliteFile:
    address = opening.address(url)
    shown = address.render_as_string(hide_password=True)
    path = opening.file_of(address)
    if path is None:
        advice = "Use the database's own tools for backups (PostgreSQL: pg_dump and pg_restore)"
        raise StoreError(shown, "this store is no file", advice)
    return SqliteFile(path.resolve(), shown)
