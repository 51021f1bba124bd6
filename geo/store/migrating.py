"""Brings a store of a former version up to date: a whole copy of it first, then everything in one transaction."""

from __future__ import annotations

import logging
import uuid

from sqlalchemy import Connection, Engine, Integer, Table, delete, inspect, select, update
from sqlalchemy.schema import CreateColumn

from geo.store import copying, joins, journal, printings, rows, search, tables, who
from geo.store.errors import StoreLocked, translated
from geo.store.sqlite_file import WRITING, SqliteFile, mark
from geo.store.statements import meta

FORMER = ("1", "2", "3", "4")
# The first version that noted what is still to be joined.
_NOTING = 4
# What is read out of an article; where one of these lacks something, the articles are read anew by the next ingest.
_READ = (tables.articles, tables.mentions, tables.times, tables.events, tables.not_plotted)

_log = logging.getLogger(__name__)


def upgrade(engine: Engine, file: SqliteFile | None, url: str, *, keep: bool = True) -> None:
    """Bring a store up to date; killed at any moment it is as it was before, or done.

    With `keep` the former state of a SQLite file is kept beside it, as ``NAME.version-4.sqlite``.

    Raises
    ------
    StoreLocked
        If another program has the store open.
    StoreDamaged
        If it cannot be copied; it is left as it is.
    """
    with translated(url):
        if file:
            if keep:
                _keep(engine, file)
            _leave_log(engine, url)
        with engine.execution_options(**WRITING).begin() as connection:
            found = meta(connection)
            if found["schema"] in FORMER:
                _upgrade(connection, found)


def _keep(engine: Engine, file: SqliteFile) -> None:
    with engine.connect() as connection:
        version = meta(connection)["schema"]
    kept = copying.free_name(file.path.with_name(f"{file.path.stem}.version-{version}{file.path.suffix}"))
    with copying.draft_of(kept) as draft:
        copying.copy(file, draft)
    _log.warning("%s: its tables were of version %s; a copy of that state is kept at %s", file.url, version, kept)


def _leave_log(engine: Engine, url: str) -> None:
    """Give up the write-ahead log that former versions kept; that takes the whole file for a moment."""
    with engine.connect() as connection:
        own = connection.connection.cursor()
        own.execute("PRAGMA journal_mode = DELETE")
        if own.fetchone() != ("delete",):
            raise StoreLocked(url)


def _upgrade(connection: Connection, found: dict[str, str]) -> None:
    store = found.get("store", uuid.uuid4().hex)
    mark(connection, store)
    gained = _complete(connection)
    printings.came(connection, printings.unknown(connection))
    if gained & {table.name for table in _READ}:
        connection.execute(update(tables.articles).values(pipeline=""))
    if tables.correction_steps.name in gained:
        _date_steps(connection)
    if tables.events.name in gained:
        _stand_alone(connection)
    if gained or (int(found["schema"]) < _NOTING and found.get("joined") != "yes"):
        joins.came(connection, list(connection.execute(select(tables.articles.c.digest)).scalars()))
    connection.execute(delete(tables.meta).where(tables.meta.c.key == "joined"))
    wanted = {"store": store, "corrected": "0", "settled": "0", "joins": "0"}
    if "search" not in found:
        wanted["search"] = search.create(connection)
    missing = [{"key": key, "value": value} for key, value in wanted.items() if key not in found]
    if missing:
        connection.execute(tables.meta.insert(), missing)
    told = {"from": found["schema"], "to": tables.SCHEMA_VERSION}
    journal.add(connection, "upgrade", told, who.now("upgrade"))
    schema = update(tables.meta).where(tables.meta.c.key == "schema")
    connection.execute(schema.values(value=tables.SCHEMA_VERSION))


def _complete(connection: Connection) -> set[str]:
    """Make the tables, columns and indexes that are missing; give the names of the tables that gained a column."""
    present = inspect(connection)
    gained = set()
    for table in tables.metadata.sorted_tables:
        if not present.has_table(table.name):
            table.create(connection)
            continue
        held = {column["name"] for column in present.get_columns(table.name)}
        for column in table.columns:
            if column.name not in held:
                gained.add(table.name)
                made = str(CreateColumn(column).compile(dialect=connection.dialect))
                empty = "0" if isinstance(column.type, Integer) else "''"
                default = "" if column.nullable else f" DEFAULT {empty}"
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {made}{default}")
        _index(connection, table, {str(index["name"]) for index in present.get_indexes(table.name)})
    return gained


def _index(connection: Connection, table: Table, held: set[str]) -> None:
    for index in table.indexes:
        if index.name not in held:
            index.create(connection)


def _date_steps(connection: Connection) -> None:
    """Give each step the time and the name of its first correction."""
    made = tables.corrections.c
    for row in connection.execute(select(made.step, made.made, made.by).order_by(made.number.desc())).all():
        step = update(tables.correction_steps).where(tables.correction_steps.c.number == row.step)
        connection.execute(step.values(made=row.made, by=row.by))


def _stand_alone(connection: Connection) -> None:
    """Give each event that has no incident one of its own."""
    event = tables.events.c
    for (own,) in connection.execute(select(event.id).where(event.incident == "")).all():
        connection.execute(update(tables.events).where(event.id == own).values(incident=rows.alone(own)))
