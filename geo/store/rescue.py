"""What can be read of a damaged store, into a new one: what was made by hand first, then the articles, row by row."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from geo.store import copying, joins, journal, layers, log, opening, printings, rows, search, tables, who
from geo.store.errors import StoreError, StoreMissing, translated
from geo.store.sqlite_file import WRITING, set_strangers_aside

_Row = dict[str, Any]
# Rows asked for at a time; where one of them cannot be read, each half is asked for, and so on.
_STRETCH = 1024
_BY_HAND = (
    tables.correction_steps,
    tables.corrections,
    tables.stories,
    tables.story_scenes,
    tables.journal,
)
_CHILDREN = (tables.data_sets, tables.mentions, tables.times, tables.events, tables.not_plotted, tables.languages)
# A row that cannot be understood any more would stop the page each time.
_CHECKS: Mapping[str, Callable[[_Row], object]] = {
    tables.corrections.name: log.entry,
    tables.articles.name: rows.to_article,
    tables.mentions.name: rows.to_mention,
    tables.times.name: rows.to_time,
    tables.events.name: rows.to_event,
    tables.not_plotted.name: rows.to_not_plotted,
}


@dataclass(frozen=True, slots=True)
class Saved:
    """How many rows of a table were saved, and how many row numbers could not be read."""

    rows: int
    unreadable: int


def rescue(url: str, target: Path) -> dict[str, Saved]:
    """Save what can be read of a store into a new one at `target`, which is there only once that is done.

    The damaged store is not changed. Where part of what was read out of articles is lost, all of them are marked to be
    read anew by the next ingest.

    Returns
    -------
    dict of str to Saved
        By table; what was made by hand comes first.

    Raises
    ------
    FileExistsError
        If there is a file at `target`.
    StoreError
        If nothing of the store can be read.
    """
    address = opening.address(url)
    shown = address.render_as_string(hide_password=True)
    source = opening.file_of(address)
    if target.exists():
        raise FileExistsError(f"{target}: there is a file already. Name another")
    if source is None or not source.is_file():
        raise StoreMissing(shown)
    with copying.draft_of(target) as draft, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = opening.open_engine(opening.address(str(draft)), create=True, read_only=False)
        try:
            with translated(shown), closing(_reader(source, Path(folder))) as damaged:
                return _save(damaged, made.engine, shown)
        finally:
            made.engine.dispose()


def _reader(source: Path, folder: Path) -> sqlite3.Connection:
    """Open a copy of the store: a change that was broken off is rolled back in it, not in the store."""
    for ending in ("", "-journal", "-wal"):
        beside = source.with_name(source.name + ending)
        if beside.exists():
            shutil.copyfile(beside, folder / f"copy{ending}")
    set_strangers_aside(folder / "copy")
    db = sqlite3.connect(folder / "copy", isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def _save(damaged: sqlite3.Connection, engine: Engine, shown: str) -> dict[str, Saved]:
    try:
        present = {str(row[0]) for row in damaged.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        what = f"nothing of it can be read: its first page is gone ({error})"
        raise StoreError(shown, what, "Bring a backup back with: conflict-map restore BACKUP") from error
    saved = {}
    with engine.execution_options(**WRITING).begin() as connection:
        kind = search.kind(connection)
        for table in _BY_HAND:
            if table.name in present:
                saved[table.name] = _copy(damaged, connection, table)
        if tables.articles.name in present:
            saved[tables.articles.name] = _copy(damaged, connection, tables.articles)
            search.add_all(connection, kind)
        for table in (*_CHILDREN, tables.layers, tables.layer_events):
            if table.name in present:
                saved[table.name] = _copy(damaged, connection, table)
        layers.settle(connection)
        if any(saved[table.name].unreadable for table in _CHILDREN if table.name in saved):
            connection.execute(update(tables.articles).values(pipeline=""))
        told = {name: asdict(found) for name, found in saved.items()}
        journal.add(connection, "rescue", told, who.now("rescue"))
        joins.came(connection, list(connection.execute(select(tables.articles.c.digest)).scalars()))
        printings.came(connection, printings.unknown(connection))
    return saved


def _copy(damaged: sqlite3.Connection, connection: Connection, table: Table) -> Saved:
    held = {str(row[1]) for row in damaged.execute(f"PRAGMA table_info({table.name})")}
    check = _CHECKS.get(table.name)
    count = unreadable = 0
    for row in _readable(damaged, table.name):
        if row is None:
            unreadable += 1
            continue
        full = {column.name: row[column.name] if column.name in held else _empty(column) for column in table.columns}
        try:
            if check:
                check(full)
            with connection.begin_nested():
                connection.execute(insert(table), full)
        except (ValueError, TypeError, KeyError, IntegrityError):
            unreadable += 1
        else:
            count += 1
    return Saved(count, unreadable)


def _empty(column: Any) -> Any:
    return None if column.nullable else 0 if isinstance(column.type, Integer) else ""


def _readable(damaged: sqlite3.Connection, table: str) -> Iterator[_Row | None]:
    """Give the rows in order; None for each row number that cannot be read."""
    last = _last(damaged, table)
    waiting = [(at, min(at + _STRETCH - 1, last)) for at in range(last - last % _STRETCH, -1, -_STRETCH)]
    while waiting:
        first, end = waiting.pop()
        try:
            found = damaged.execute(f"SELECT * FROM {table} WHERE rowid BETWEEN ? AND ?", (first, end)).fetchall()
        except sqlite3.DatabaseError:
            if first == end:
                yield None
            else:
                middle = (first + end) // 2
                waiting += [(middle + 1, end), (first, middle)]
            continue
        yield from (dict(row) for row in found)


def _last(damaged: sqlite3.Connection, table: str) -> int:
    """Give the last row number; where its page cannot be read, one that no row is beyond."""
    try:
        return int(damaged.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0)
    except sqlite3.DatabaseError:
        pages = damaged.execute("PRAGMA page_count").fetchone()[0] * damaged.execute("PRAGMA page_size").fetchone()[0]
        # The shortest row of ours takes more than 32 bytes.
        return int(pages // 32)
