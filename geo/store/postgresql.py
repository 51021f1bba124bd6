"""A store on PostgreSQL with PostGIS: how it is opened, who may write when, and what its errors mean.

Readers see one moment and wait for nobody. Whoever writes takes the lock of one table first, so that changes follow one
another as they do in a file; it is held for the milliseconds of one article, and reading, which takes far longer, is
done before.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, String, Table, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from geo.store.errors import StoreError
from geo.store.sqlite_file import BUSY_SECONDS

NAME = "postgresql"
# Whoever makes a store at this moment holds this lock, as there is no table yet; the number is "GEOM" in ASCII.
_MAKING = 0x47454F4D


def with_driver(url: URL) -> URL:
    """Give the address with the driver that is used, where it names none."""
    return url.set(drivername=f"{NAME}+psycopg") if url.drivername in (NAME, "postgres") else url


def engine(url: URL, *, read_only: bool) -> Engine:
    """Give the engine of a database; nothing is opened yet.

    Raises
    ------
    ModuleNotFoundError
        If the driver is not installed.
    """
    made = create_engine(
        url,
        # A server that was started anew costs no request.
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={"options": f"{url.query.get('options', '')} -c lock_timeout={BUSY_SECONDS}s".strip()},
        execution_options={"postgresql_readonly": read_only},
    )
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    # This lock is the first statement: the moment that the transaction sees comes after those who held it before.
    if connection.get_execution_options().get("store_writes"):
        connection.exec_driver_sql("LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE")


def making(connection: Connection) -> Connection:
    """Give a connection for making the tables; who asks next waits until its transaction has ended.

    It sees what others made while it waited, which a transaction of one moment would not.
    """
    return connection.execution_options(isolation_level="READ COMMITTED")


def hold(connection: Connection) -> None:
    """Take the lock of those who make the tables, until the transaction ends."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")


def install_postgis(connection: Connection, url: str) -> None:
    """Make sure that the database has PostGIS.

    Raises
    ------
    StoreError
        If it has not, and this user may not, or nobody can, install it.
    """
    if connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").first():
        return
    try:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
    except DatabaseError as error:
        advice = (
            "Install it on the server (Debian: postgresql-15-postgis-3), then as its administrator, in this database: "
            "CREATE EXTENSION postgis"
        )
        said = str(error.orig).splitlines()[0]
        raise StoreError(url, f"the database has no PostGIS, and it cannot be added ({said})", advice) from error


def sort_by_characters(connection: Connection, tables: Iterable[Table]) -> None:
    """Let new tables compare texts as SQLite does, whatever the language of the database.

    It is said to the database alone: in the column's type, SQLAlchemy would say it with each value that is compared.
    """
    for table in tables:
        texts = [column.name for column in table.columns if isinstance(column.type, String)]
        changes = ", ".join(f'ALTER "{name}" TYPE text COLLATE "C"' for name in texts)
        if changes:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} {changes}")


def count_up(connection: Connection) -> None:
    """Let the numbers that the database gives follow those that are there, as after a copy."""
    query = """
        SELECT c.relname, a.attname, pg_get_serial_sequence(c.relname, a.attname) AS sequence
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0
          AND NOT a.attisdropped AND pg_get_serial_sequence(c.relname, a.attname) IS NOT NULL"""
    for table, column, sequence in connection.exec_driver_sql(query).fetchall():
        last = f"SELECT max({column}) FROM {table}"
        connection.exec_driver_sql(f"SELECT setval('{sequence}', coalesce(({last}), 1), ({last}) IS NOT NULL)")
