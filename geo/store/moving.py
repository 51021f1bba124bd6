"""A whole store copied from one database into another, whatever the engines: from a file to PostgreSQL and back."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.engine import URL

from geo.store import backups, journal, opening, postgis, postgresql, search, tables, who
from geo.store.errors import StoreError, translated
from geo.store.sqlite_file import WRITING
from geo.store.statements import meta, set_meta

# So many rows lie in memory, and go out in one statement.
_STRETCH = 2_000
# What a store says of itself is each one's own.
_OWN = tables.meta.name


def move(
    source: str, target: str, *, replace: bool = False, progress: Callable[[int], None] | None = None
) -> dict[str, int]:
    """Copy everything of a store into another database: articles, what was read, corrections, layers, the journal.

    The copy is of one moment; others may use the source meanwhile. It is a store of its own, there only once it is
    complete: broken off at any moment, the target is as it was.

    Parameters
    ----------
    source, target
        SQLAlchemy URLs, or paths of SQLite files.
    replace
        Take the place of the store that is in `target`. A SQLite file is kept beside it, as `backups.restore` does.
    progress
        Called with the number of rows copied so far.

    Returns
    -------
    dict of str to int
        How many rows each table has, by its name.

    Raises
    ------
    StoreError
        If there is no store to copy, or one in `target` that is not to be replaced, or either cannot be used.
    """
    given, wanted = opening.address(source), opening.address(target)
    shown = wanted.render_as_string(hide_password=True)
    path = opening.file_of(wanted)
    if given == wanted or (path and path.exists() and path.samefile(opening.file_of(given) or Path())):
        raise StoreError(shown, "this is the store itself", "Name another database to copy to")
    if path and path.exists() and not replace:
        raise _taken(shown)
    read = opening.open_engine(given, create=False, read_only=True)
    try:
        with read.engine.connect() as connection, translated(given.render_as_string(hide_password=True)):
            origin = _Origin(connection, progress or (lambda _: None))
            if path:
                return _into_file(origin, path, target)
            return _into_server(origin, wanted, shown, replace=replace)
    finally:
        read.engine.dispose()


class _Origin:
    """The store that is copied, in one transaction."""

    def __init__(self, connection: Connection, tell: Callable[[int], None]) -> None:
        self._connection, self._tell = connection, tell
        self._done = 0

    def pour(self, into: Connection) -> dict[str, int]:
        """Copy every table into an empty store; give how many rows each has."""
        held = meta(self._connection)
        copied = [table for table in tables.metadata.sorted_tables if table.name != _OWN]
        counted = {table.name: self._table(table, into) for table in copied}
        for key, value in held.items():
            if key not in ("search", "store"):
                set_meta(into, key, value)
        search.add_all(into, search.kind(into))
        told = {"from": self._connection.dialect.name, "store": held["store"]}
        journal.add(into, "copy", told, who.now("copy"))
        return counted

    def _table(self, table: Table, into: Connection) -> int:
        before = self._done
        streamed = self._connection.execution_options(yield_per=_STRETCH).execute(select(table))
        for part in streamed.mappings().partitions():
            into.execute(insert(table), [dict(row) for row in part])
            self._done += len(part)
            self._tell(self._done)
        return self._done - before


def _into_file(origin: _Origin, path: Path, target: str) -> dict[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".copying-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        made = opening.open_engine(opening.address(str(draft)), create=True, read_only=False)
        try:
            with made.engine.execution_options(**WRITING).begin() as connection:
                counted = origin.pour(connection)
        finally:
            made.engine.dispose()
        # It makes it a store of its own, and puts it in its place in one step.
        backups.restore(draft, target)
    return counted


def _into_server(origin: _Origin, address: URL, shown: str, *, replace: bool) -> dict[str, int]:
    made = opening.open_engine(address, create=True, read_only=False)
    try:
        with translated(shown), made.engine.execution_options(**WRITING).begin() as connection:
            if journal.head(connection)[0]:
                if not replace:
                    raise _taken(shown)
                _clear(connection)
            counted = origin.pour(connection)
            postgresql.count_up(connection)
    finally:
        made.engine.dispose()
    return counted


def _clear(connection: Connection) -> None:
    """Empty a store; programs that have it open notice that it is another one."""
    with postgis.journal_open(connection):
        for table in reversed(tables.metadata.sorted_tables):
            if table.name != _OWN:
                connection.execute(delete(table))
    set_meta(connection, "store", uuid.uuid4().hex)


def _taken(shown: str) -> StoreError:
    return StoreError(shown, "there is a store already", "Name another database, or pass --replace")
