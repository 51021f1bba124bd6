"""What can go wrong with a store; each error says what, where, what next, and carries the store's address."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, InterfaceError


class StoreError(RuntimeError):
    """A store that cannot do what was asked.

    Attributes
    ----------
    url : str
        The store's address, without its password.
    what : str
        What is wrong.
    advice : str
        What to do next.
    """

    def __init__(self, url: str, what: str, advice: str) -> None:
        super().__init__(f"{url}: {what}. {advice}")
        self.url = url
        self.what = what
        self.advice = advice


class StoreMissing(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """There is nothing at the address yet."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "there is no store here", "Make one with: conflict-map ingest ARTICLES")


class StoreForeign(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Something else lies at the address: another program's file, or a store of another version."""


class StoreReadOnly(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """The store may be read but not changed."""

    def __init__(self, url: str, what: str = "the store is read-only") -> None:
        super().__init__(url, what, "Nothing was changed. Allow writing to it, or name another with --store")


class StoreGone(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """The store was there when it was opened and is not any more."""

    def __init__(self, url: str) -> None:
        advice = "Nothing was changed. Put it back, or bring a backup back with: conflict-map restore BACKUP"
        super().__init__(url, "the store is not there any more; it was deleted or moved while in use", advice)


class StoreReplaced(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Another file, or an older state of the same one, came into the store's place while it was in use."""

    def __init__(self, url: str, *, written: bool = False) -> None:
        what = "the store was replaced by another file, or by an older state of itself, while it was in use"
        lost = "The last change went into the file that was there before" if written else "Nothing was changed"
        super().__init__(url, what, f"{lost}. Look at what the store holds now, and do it again")


class StoreDamaged(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Parts of the store's file cannot be read."""

    def __init__(self, url: str) -> None:
        advice = (
            "Bring a backup back with: conflict-map restore BACKUP. Without one, save what can be read, corrections "
            "made by hand first, into a new store with: conflict-map rescue NEW"
        )
        super().__init__(url, "the file is damaged", advice)


class StoreConflict(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Somebody else has changed the same event since."""

    def __init__(self, url: str, *, by: str, made: str, what: str) -> None:
        when = f" on {made[:10]} at {made[11:16]} UTC" if made else ""
        told = f"{by or 'somebody else'} has changed the same event since{when}: {what}"
        super().__init__(url, told, "Nothing was changed. Look at the event as it is now, and do it anew if need be")
        self.by = by


class StoreLocked(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Another program kept the store locked for longer than the busy timeout."""

    def __init__(self, url: str) -> None:
        super().__init__(
            url, "another program is writing to the store", "Nothing was changed. Try again when it is done"
        )


class StoreUnreachable(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """The database cannot be opened: no such server, no driver, no permission."""


# SQLite gives one exception class for nearly everything; its messages are stable and part of its source.
_SQLITE_MESSAGES = ("database is locked", "database table is locked", "database schema is locked")

# PostgreSQL's (lock timeout, deadlocks; read only, no privilege ...):
# https://www.postgresql.org/docs/15/errcodes-appendix.html
_WAITED_TOO_LONG, _MAY_NOT = ("55P03", "40P01", "40001"), ("25006", "42501")
_NO_TABLE, _DISK_FULL = "42P01", "53100"


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the database's own errors into the store's."""
    try:
        yield
    except (DatabaseError, InterfaceError, sqlite3.Error) as error:
        message = str(getattr(error, "orig", error))
        state = getattr(getattr(error, "orig", error), "sqlstate", None)
        if any(text in message for text in _SQLITE_MESSAGES) or state in _WAITED_TOO_LONG:
            raise StoreLocked(url) from error
        if state in _MAY_NOT:
            raise StoreReadOnly(url) from error
        if getattr(getattr(error, "orig", error), "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            what = "a change that was broken off must be rolled back first, and the store is opened for reading only"
            raise StoreError(url, what, "Open it once for writing: conflict-map migrate") from error
        if "readonly database" in message:
            raise StoreReadOnly(url) from error
        if "unable to open database file" in message:
            advice = "Check that the folder exists and may be written to"
            raise StoreUnreachable(url, "the file cannot be opened", advice) from error
        if "not a database" in message or "no such table" in message:
            advice = "Name another file with --store"
            raise StoreForeign(url, "this file is not a store of this program", advice) from error
        if state == _NO_TABLE:
            advice = "Name another database with --store"
            raise StoreForeign(url, "a table of the store is missing", advice) from error
        if "malformed" in message:
            raise StoreDamaged(url) from error
        if "disk is full" in message or state == _DISK_FULL:
            raise StoreError(url, "the disk is full", "What was stored before is safe; make room and go on") from error
        first_line = message.strip().splitlines()[0] if message.strip() else type(error).__name__
        raise StoreUnreachable(url, first_line, "Check the address and the database") from error
