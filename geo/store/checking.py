"""Whether a store is whole, and what in it waits to be done."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from geo.store import journal, search, tables
from geo.store.store import Store
from geo.store.tallies import Counts

_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found.

    Attributes
    ----------
    faults
        What is wrong, in words; empty where nothing is.
    counts
        How much the store holds.
    corrections, without_event
        Corrections that count, and those of them whose event is not there at present.
    unread
        Articles that wait to be read anew by the next ingest of the same files.
    journal
        The number and the digest of the journal's last entry: what to note when a map is published.
    unjoined
        Articles that came or went and whose reports are not joined with the others yet.
    """

    faults: tuple[str, ...]
    counts: Counts
    corrections: int
    without_event: int
    unread: int
    unjoined: int
    journal: tuple[int, str]


def check(store: Store) -> Health:
    """Look through the whole store: seconds for a hundred thousand events.

    Raises
    ------
    StoreError
        If it cannot be read at all.
    """
    with store.reading() as connection:
        faults = _faults(connection)
        if broken := journal.fault(journal.entries(connection)):
            faults.append(broken)
        last = journal.head(connection)
        unread = select(func.count()).select_from(tables.articles).where(tables.articles.c.pipeline == "")
        waiting = int(connection.execute(unread).scalar_one())
    made = store.corrections()
    return Health(
        faults=tuple(faults),
        counts=store.counts(),
        corrections=len(made),
        without_event=sum(standing.event is None for standing in made),
        unread=waiting,
        unjoined=store.count_unjoined(),
        journal=last,
    )


def _faults(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return _search_faults(connection)
    found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_FAULTS})")]
    faults = [f"the file: {line}" for line in found if line != "ok"]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        faults.append(f"{len(orphans):,} rows belong to nothing, the first in the table {orphans[0][0]}")
    return faults + _search_faults(connection)


def _search_faults(connection: Connection) -> list[str]:
    """Compare the articles with those that the full-text index knows."""
    kind = search.kind(connection)
    if kind == "like":
        return []
    indexed = "SELECT id FROM article_search_docsize" if kind == "fts5" else "SELECT number FROM article_search"
    missing, left = (
        int(connection.exec_driver_sql(f"SELECT count(*) FROM ({one} EXCEPT {other}) AS apart").scalar_one())
        for one, other in (("SELECT number FROM articles", indexed), (indexed, "SELECT number FROM articles"))
    )
    return (
        [f"the full-text index lacks {missing:,} articles and holds {left:,} that are gone"] if missing + left else []
    )
