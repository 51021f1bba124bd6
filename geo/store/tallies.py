"""How much a store holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, select

from geo.store import printings, tables
from geo.store.overlay import Overlay
from geo.store.statements import chunks


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds. `located` events have a place, `dated` ones a date."""

    articles: int
    mentions: int
    events: int
    located: int
    dated: int
    not_plotted: int


def count(connection: Connection, overlay: Overlay) -> Counts:
    """Count the rows, and set right what the corrections change."""
    about = tables.events.c
    shown, located = events(connection), _rows(connection, tables.events, "lat")
    dated = _rows(connection, tables.events, "date_start")
    rejected = set(overlay.rejected)
    # What only tells again what another article printed first is shown once, whatever was corrected in it.
    copies = printings.retold(connection)
    for part in chunks(list(copies)):
        query = select(func.count(), func.count(about.lat), func.count(about.date_start)).where(about.id.in_(part))
        counted = connection.execute(query).one()
        shown, located, dated = shown - counted[0], located - counted[1], dated - counted[2]
    for part in chunks(list(overlay.amended)):
        query = select(about.id, about.lat, about.date_start).where(about.id.in_(part))
        for row in connection.execute(query).mappings():
            if row["id"] in copies:
                continue
            after = {**row, **overlay.amended[row["id"]].columns()}
            kept = row["id"] not in rejected
            shown -= not kept
            located += (kept and after["lat"] is not None) - (row["lat"] is not None)
            dated += (kept and after["date_start"] is not None) - (row["date_start"] is not None)
    return Counts(
        articles=articles(connection),
        mentions=_rows(connection, tables.mentions, where=~tables.mentions.c.nominal),
        events=shown,
        located=located,
        dated=dated,
        not_plotted=_rows(connection, tables.not_plotted) + len(rejected),
    )


def articles(connection: Connection) -> int:
    """Count the articles."""
    return _rows(connection, tables.articles)


def events(connection: Connection) -> int:
    """Count the events as read, those that tell again what another article told included."""
    return _rows(connection, tables.events)


def _rows(
    connection: Connection, table: Table, column: str | None = None, *, where: ColumnElement[bool] | None = None
) -> int:
    what = func.count(table.c[column]) if column else func.count()
    query = select(what).select_from(table)
    return int(connection.execute(query if where is None else query.where(where)).scalar_one())
