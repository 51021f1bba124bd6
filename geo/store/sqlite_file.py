"""One SQLite file under a store: opened anew for every transaction, so that what lies at its path is what is used.

The file keeps its journal only while something is being written (no write-ahead log), and no connection is kept: a file
that is deleted, moved or replaced is noticed by the next transaction instead of being written to where nobody looks.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from geo.store.errors import StoreGone

# A writer holds the file for one article, milliseconds, and a reader for one query. A minute means that something is
# wrong; less would turn the first list of a million events beside an upload into an error.
BUSY_SECONDS = 60

_log = logging.getLogger(__name__)

# Execution options of a transaction that will write.
WRITING = {"store_writes": True}

# The layout of SQLite's header and of a rollback journal: https://www.sqlite.org/fileformat2.html
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_ROLLBACK, _CHANGES, _TAG, _APPLICATION = slice(18, 20), slice(24, 28), slice(60, 64), slice(68, 72)
# "GEOM": marks a file as a store of this program, from the fourth version of its tables on.
APPLICATION_ID = 0x47454F4D
# Page 1 is the first that a transaction of ours journals; a few more are looked at in case of another program's.
_MOST_RECORDS = 16

# Closing any descriptor of a file gives up all locks that this process holds on it (POSIX), those of SQLite's own
# connections too. So one that was opened beside SQLite is kept; that is needed for a journal left behind only.
_descriptors: dict[tuple[int, int], int] = {}


class Identity(NamedTuple):
    """Which file it is, whatever its name."""

    device: int
    inode: int


class FileConnection(sqlite3.Connection):
    """A connection that knows which file it was opened on."""

    identity: Identity | None = None


class SqliteFile:
    """A store's file.

    Parameters
    ----------
    path
        Where it lies.
    url
        What the store is called in messages.
    read_only
        Open it so that it cannot be written to.
    create
        Make it where there is none.
    """

    def __init__(self, path: Path, url: str, *, read_only: bool = False, create: bool = False) -> None:
        self.path = path
        self.url = url
        self.read_only = read_only
        self.create = create

    def identity(self) -> Identity | None:
        """Tell which file lies at the path; None where there is none."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return Identity(found.st_dev, found.st_ino)

    def connect(self) -> FileConnection:
        """Open the file that lies at the path now.

        Raises
        ------
        StoreGone
            If there is none, and none is to be made.
        sqlite3.Error
            If SQLite cannot open it.
        """
        mode = "ro" if self.read_only else "rwc" if self.create else "rw"
        while True:
            real = self.path.resolve()  # SQLite keeps its journal beside the file that a link leads to
            uri = f"{real.as_uri()}?mode={mode}"
            before = self.identity()
            if before is None and not self.create:
                raise StoreGone(self.url)
            if before and not self.read_only:
                set_strangers_aside(real)
            # Threads of a pool may close what another opened; each uses its own.
            connection = sqlite3.connect(
                uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, factory=FileConnection,
                check_same_thread=False,
            )  # fmt: skip
            now = self.identity()
            if now == before or before is None:
                break
            connection.close()
        connection.identity = now
        connection.execute("PRAGMA foreign_keys = ON")
        # What was said to be kept is on the disk.
        connection.execute("PRAGMA synchronous = FULL")
        return connection


def mark(connection: Connection, store: str) -> None:
    """Mark a file as the store with this id, as the first change of a transaction: its journal begins with the mark."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {tag(store)}")


def tag(store: str) -> int:
    """Give the number in the file's header that ties a journal to it, from the store's id."""
    return int(store[:8], 16) & 0x7FFFFFFF


def set_strangers_aside(path: Path) -> tuple[Path, ...]:
    """Move journals away that lie beside a store's file but belong to another, which was there before.

    SQLite would write their pages over this one. They are renamed, not deleted: they hold the last changes of the file
    that was replaced.

    Returns
    -------
    tuple of Path
        Where they lie now.
    """
    moved = []
    for ending, foreign in (("-journal", _foreign_journal), ("-wal", _foreign_log)):
        beside = path.with_name(path.name + ending)
        if beside.exists() and foreign(path, beside):
            aside = beside.with_name(f"{beside.name}.stale-{time.strftime('%Y%m%d-%H%M%S')}")
            try:
                beside.rename(aside)
            except FileNotFoundError:
                continue  # it was a living writer's after all, which is done
            _log.warning("%s belongs to a file that lay at %s before; it lies at %s now", beside, path, aside)
            moved.append(aside)
    return tuple(moved)


def _foreign_journal(path: Path, journal: Path) -> bool:
    """Tell whether a rollback journal was written for another file, or for another state of this one.

    Each of our transactions journals page 1 first. It holds the store's tag and counts the changes: the file itself
    holds the same count, or one more once its page 1 was written.
    """
    page = _first_page(journal)
    header = _header(path)
    if page is None or header is None or _first_page(journal) != page:
        return False  # nothing that could be laid over it, or somebody is writing
    if not _ours(header):
        return _ours(page)
    before, now = (int.from_bytes(one[_CHANGES], "big") for one in (page, header))
    # A page without our mark was journaled by the upgrade of an earlier version's store, which had no tag.
    other = _ours(page) and page[_TAG] != header[_TAG]
    return other or now not in (before, (before + 1) & 0xFFFFFFFF)


def _foreign_log(path: Path, log: Path) -> bool:
    """Tell whether a write-ahead log lies beside a store that never keeps one."""
    header = _header(path)
    return header is not None and _ours(header) and header[_ROLLBACK] == b"\x01\x01" and log.stat().st_size > 0


def _ours(header: bytes) -> bool:
    return header[_APPLICATION] == APPLICATION_ID.to_bytes(4, "big")


def _first_page(journal: Path) -> bytes | None:
    """Give the head of page 1 as a journal keeps it; None where it keeps none, or is none."""
    try:
        with journal.open("rb") as file:
            head = file.read(28)
            sector, size = int.from_bytes(head[20:24], "big"), int.from_bytes(head[24:28], "big")
            if len(head) < 28 or head[:8] != _JOURNAL_MAGIC or not 512 <= size <= 65536 or not 32 <= sector <= 65536:
                return None
            for n in range(_MOST_RECORDS):
                file.seek(sector + n * (size + 8))
                record = file.read(4 + _HEADER)
                if len(record) < 4 + _HEADER:
                    return None
                if int.from_bytes(record[:4], "big") == 1:
                    return record[4:]
    except FileNotFoundError:
        pass
    return None


def _header(path: Path) -> bytes | None:
    """Read the first bytes of a store's file; None where it is too short."""
    found = path.stat()
    key = (found.st_dev, found.st_ino)
    if key not in _descriptors:
        _descriptors[key] = os.open(path, os.O_RDONLY)
    header = os.pread(_descriptors[key], _HEADER, 0)
    return header if len(header) == _HEADER and header[:16] == _MAGIC else None
