"""Opens a store: finds out what lies at an address before anything is written to it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool, StaticPool

from geo.store import migrating, postgis, postgresql, search, tables
from geo.store.errors import StoreForeign, StoreMissing, StoreReadOnly, StoreUnreachable, translated
from geo.store.sqlite_file import WRITING, SqliteFile, mark

# Tables of earlier versions were never made for a server, and lack what a GIS reads.
_FIRST_ON_SERVER = 5


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
        return postgresql.with_driver(make_url(store))
    except ArgumentError as error:
        advice = "Give a path, or a URL such as sqlite:///folder/file.sqlite or postgresql://user@host/database"
        raise StoreUnreachable(store, "this is not the address of a database", advice) from error


class Opened(NamedTuple):
    """An open database; `file` is None where it is no file of SQLite's."""

    engine: Engine
    file: SqliteFile | None


def open_engine(url: URL, *, create: bool, read_only: bool, former: bool = False, keep_former: bool = True) -> Opened:
    """Open the database at `url` and make sure that it is a store; one of a former version is brought up to date.

    Parameters
    ----------
    former
        Take a store of a former version as it is.
    keep_former
        Keep a copy of a former version's store beside it.

    Raises
    ------
    StoreMissing, StoreForeign, StoreReadOnly, StoreLocked, StoreDamaged, StoreUnreachable
        As their names say.
    """
    shown = url.render_as_string(hide_password=True)
    path = file_of(url)
    create = create and not read_only
    if path:
        _check_file(path, shown, create=create)
    file = SqliteFile(path, shown, read_only=read_only, create=create) if path else None
    engine = _engine(url, file, shown, read_only=read_only)
    try:
        with translated(shown), engine.connect() as connection:
            version = _version(connection, shown)
            connection.rollback()  # so that what follows may begin a transaction that writes
            if version is None:
                if not create:
                    raise StoreMissing(shown)
                _create(connection, shown)
            elif version != tables.SCHEMA_VERSION:
                on_server = connection.dialect.name == postgresql.NAME
                _check_upgradable(version, shown, read_only=read_only and not former, on_server=on_server)
        if version not in (None, tables.SCHEMA_VERSION) and not former:
            migrating.upgrade(engine, file, shown, keep=keep_former)
    except BaseException:
        engine.dispose()
        raise
    if file:
        file.create = False  # from now on a file that is missing was taken away
    return Opened(engine, file)


def file_of(url: URL) -> Path | None:
    """Give the path of a SQLite file; None for a database in memory or on a server."""
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


def _engine(url: URL, file: SqliteFile | None, shown: str, *, read_only: bool) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    try:
        if url.get_backend_name() == postgresql.NAME:
            return postgresql.engine(url, read_only=read_only)
        if file:
            engine = create_engine(url, poolclass=NullPool, creator=file.connect)
        elif sqlite:
            engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            engine = create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        advice = "PostgreSQL's: pip install 'conflict-map[postgresql]'. Or use a sqlite:/// address"
        raise StoreUnreachable(shown, f"the driver of this database is missing ({error})", advice) from error
    if sqlite:
        if file is None:
            event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    # The driver's own implicit transactions would begin too late for a snapshot; `_begin` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer half-way fails where another was faster."""
    writes = connection.get_execution_options().get("store_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _version(connection: Connection, shown: str) -> str | None:
    """Give the version of a store's tables; None where the database is empty."""
    names = set(inspect(connection).get_table_names())
    ours = {table.name for table in tables.metadata.sorted_tables}
    if not names & ours:
        if names and connection.dialect.name == "sqlite":
            advice = "Name another file with --store"
            raise StoreForeign(shown, "this database belongs to another program", advice)
        return None
    found = {}
    if "meta" in names and {"key", "value"} <= {column["name"] for column in inspect(connection).get_columns("meta")}:
        found = {
            str(key): str(value) for key, value in connection.execute(select(tables.meta.c.key, tables.meta.c.value))
        }
    version = found.get("schema")
    if found.get("application") != tables.APPLICATION or version is None:
        advice = "Name another with --store"
        raise StoreForeign(shown, "this database belongs to another program", advice)
    return version


def _check_upgradable(version: str, shown: str, *, read_only: bool, on_server: bool) -> None:
    what = f"its tables are of version {version}, this program's of version {tables.SCHEMA_VERSION}"
    if version not in migrating.FORMER:
        advice = "It was made by a newer program: use that one, or name another store with --store. It is left as it is"
        raise StoreForeign(shown, what, advice)
    if on_server and int(version) < _FIRST_ON_SERVER:
        advice = "Read the articles into a new database. It is left as it is"
        raise StoreForeign(shown, what, advice)
    if read_only:
        advice = "Bring it up to date, which keeps a backup, with: conflict-map migrate"
        raise StoreForeign(shown, what, advice)


def _create(connection: Connection, shown: str) -> None:
    on_server = connection.dialect.name == postgresql.NAME
    connection = postgresql.making(connection) if on_server else connection.execution_options(**WRITING)
    with connection.begin():
        if on_server:
            postgresql.hold(connection)
        # Another program may have made it meanwhile.
        if inspect(connection).has_table(tables.meta.name):
            return
        if on_server:
            postgresql.install_postgis(connection, shown)
        tables.metadata.create_all(connection)
        if on_server:
            postgresql.sort_by_characters(connection, tables.metadata.sorted_tables)
            postgis.create(connection)
        store = uuid.uuid4().hex
        connection.execute(
            tables.meta.insert(),
            [
                {"key": "application", "value": tables.APPLICATION},
                {"key": "schema", "value": tables.SCHEMA_VERSION},
                # Count what was read, and what was corrected by hand; two, so that a correction reads nothing anew.
                {"key": "revision", "value": "0"},
                {"key": "corrected", "value": "0"},
                # Count what changed nothing that is shown, and how often the reports of one event were joined.
                {"key": "settled", "value": "0"},
                {"key": "joins", "value": "0"},
                # Tells a store from another that was made at the same address.
                {"key": "store", "value": store},
                {"key": "search", "value": search.create(connection)},
            ],
        )
        mark(connection, store)
