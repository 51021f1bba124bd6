"""Whole copies of a store's file: taken while others use it, and there only once they are complete."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from geo.store.errors import StoreDamaged, StoreError, translated
from geo.store.sqlite_file import SqliteFile


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Give a path beside `target` to write to; on success it takes its place in one step, else it goes.

    What a killed run left there is removed by the next one.
    """
    draft = target.with_name(f".{target.name}.writing")
    clear(draft)
    try:
        yield draft
        settle(draft, target)
    finally:
        clear(draft)


def settle(draft: Path, target: Path) -> None:
    """Put a file in the place of another, in one step and to the disk."""
    _sync(draft)
    draft.replace(target)
    _sync(target.parent)


def free_name(path: Path) -> Path:
    """Give `path`, or where something lies there, the first such name with a number that is free."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 10_000))
    return next(name for name in (path, *numbered) if not name.exists())


def copy(source: SqliteFile, target: Path) -> None:
    """Copy a store as it is at one moment, others reading and writing it or not; `target` must not exist.

    Raises
    ------
    StoreDamaged
        If the copy, and so the store, has a fault.
    StoreError
        If it cannot be read, or `target` not be written.
    """
    with translated(source.url), closing(source.connect()) as reading, closing(_made(source, target)) as writing:
        reading.backup(writing)
        # A copy needs no log beside it, whatever the version that made the original.
        writing.execute("PRAGMA journal_mode = DELETE")
        faults = writing.execute("PRAGMA integrity_check(1)").fetchone()
    if faults != ("ok",):
        raise StoreDamaged(source.url)


def _made(source: SqliteFile, target: Path) -> sqlite3.Connection:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(exist_ok=False)
        return sqlite3.connect(target, isolation_level=None)
    except OSError as error:
        advice = "Name a file in a folder that may be written to"
        raise StoreError(source.url, f"no copy can be made at {target} ({error.strerror})", advice) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear(draft: Path) -> None:
    """Remove a draft and what SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
