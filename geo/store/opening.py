"""Opens a store: finds out what lies at an address before anything is written to it."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from geo.store import search, tables
from geo.store.errors import StoreForeign, StoreMissing, StoreReadOnly, StoreUnreachable, translated

# A writer holds the lock for one article, milliseconds; ten seconds of waiting mean that something is wrong.
BUSY_SECONDS = 10
WRITING = {"store_writes": True}


def address(store: str) -> URL:
    """Give the SQLAlchemy URL of `store`, which may also be the path of a SQLite file.

    Raises
    ------
    StoreUnreachable
        If it is neither.
    """
    if "://" not in store:
        return URL.create("sqlite", database=str(Path(store).expanduser()))
    try:
        return make_url(store)
    except ArgumentError as error:
        advice = "Give a path, or a URL such as sqlite:///folder/file.sqlite"
        raise StoreUnreachable(store, "this is not the address of a database", advice) from error


def open_engine(url: URL, *, create: bool, read_only: bool) -> Engine:
    """Open the database at `url` and make sure that it is a store.

    Raises
    ------
    StoreMissing, StoreForeign, StoreReadOnly, StoreLocked, StoreUnreachable
        As their names say.
    """
    shown = url.render_as_string(hide_password=True)
    file = _file(url)
    if file:
        _check_file(file, shown, create=create and not read_only)
    engine = _engine(url, file, shown, read_only=read_only)
    try:
        with translated(shown), engine.connect() as connection:
            _check_contents(connection, shown, create=create and not read_only)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _file(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def _check_file(file: Path, shown: str, *, create: bool) -> None:
    if file.is_dir():
        raise StoreForeign(shown, "this is a folder", "Name a file in it")
    if file.exists():
        return
    if not create:
        raise StoreMissing(shown)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(shown, f"its folder cannot be made ({error.strerror})") from error


def _engine(url: URL, file: Path | None, shown: str, *, read_only: bool) -> Engine:
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS}
        if file is None:
            options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        elif read_only:
            url = url.set(database=_read_only_uri(file), query={**url.query, "uri": "true"})
    try:
        engine = create_engine(url, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        advice = "Install it with pip, or use a sqlite:/// address"
        raise StoreUnreachable(shown, f"the driver of this database is missing ({error})", advice) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _read_only_uri(file: Path) -> str:
    """Give SQLite's URI of a file that is only read.

    A reader of a WAL database must write its shared-memory file; where the folder forbids that and no writer has left
    one, the file cannot change either and is declared immutable.
    """
    uri = file.resolve().as_uri() + "?mode=ro"
    in_use = file.with_name(file.name + "-wal").exists() or file.with_name(file.name + "-shm").exists()
    return uri if in_use or os.access(file.parent, os.W_OK) else uri + "&immutable=1"


def _configure(connection: Any, _: object) -> None:
    # The driver's own implicit transactions would begin too late for a snapshot; `_begin` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # With WAL a crash of the machine may lose the last commits, never the file.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer half-way fails where another was faster."""
    writes = connection.get_execution_options().get("store_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_contents(connection: Connection, shown: str, *, create: bool) -> None:
    names = set(inspect(connection).get_table_names())
    connection.rollback()
    ours = {table.name for table in tables.metadata.sorted_tables}
    if not names & ours:
        if names and connection.dialect.name == "sqlite":
            advice = "Name another file with --store"
            raise StoreForeign(shown, "this database belongs to another program", advice)
        if not create:
            raise StoreMissing(shown)
        _create(connection)
        return
    found = {}
    if "meta" in names and {"key", "value"} <= {column["name"] for column in inspect(connection).get_columns("meta")}:
        found = {
            str(key): str(value) for key, value in connection.execute(select(tables.meta.c.key, tables.meta.c.value))
        }
    connection.rollback()
    version = found.get("schema")
    if found.get("application") == tables.APPLICATION and version != tables.SCHEMA_VERSION:
        what = f"its tables are of version {version}, this program's of version {tables.SCHEMA_VERSION}"
        advice = "Move it away, or name another with --store, and read the articles in again; it is left as it is"
        raise StoreForeign(shown, what, advice)
    if found.get("application") != tables.APPLICATION or not ours <= names:
        advice = "Name another with --store"
        raise StoreForeign(shown, "this database belongs to another program", advice)


def _create(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Kept in the file: readers go on while one program writes. Asked of the driver, outside any transaction.
        connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
    connection = connection.execution_options(**WRITING)
    with connection.begin():
        tables.metadata.create_all(connection)
        connection.execute(
            tables.meta.insert(),
            [
                {"key": "application", "value": tables.APPLICATION},
                {"key": "schema", "value": tables.SCHEMA_VERSION},
                # Count what was read, and what was corrected by hand; two, so that a correction reads nothing anew.
                {"key": "revision", "value": "0"},
                {"key": "corrected", "value": "0"},
                # Whether the reports of one event are joined over all that is stored.
                {"key": "joined", "value": "yes"},
                # Tells a store from another that was made at the same address.
                {"key": "store", "value": uuid.uuid4().hex},
                {"key": "search", "value": "fts5" if search.create(connection) else "like"},
            ],
        )
