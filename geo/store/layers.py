"""Layers in the store: tables of their own, which nothing that reads articles or their events ever touches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from geo.model import Layer, LayerEvent
from geo.store import journal, tables
from geo.store.connection import Connected
from geo.store.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = tuple(column.name for column in tables.layer_events.columns if column.name not in ("layer", "ordinal"))
_ABOUT = tuple(column.name for column in tables.layers.columns if column.name != "ready")
_DAYS = ("date_start", "date_end")
_STORED = ("layer", "ordinal", *_FIELDS)
_VALUES = attrgetter(*_FIELDS)
_START, _END = map(_FIELDS.index, _DAYS)  # the one stands behind the other
# A layer that has not become ready for so long was left behind by a program that ended.
_LEFT_BEHIND = timedelta(days=1)


class LayerMissing(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """There is no layer of that name."""

    def __init__(self, url: str, name: str, known: Sequence[str]) -> None:
        there = f"there are {', '.join(known)}" if known else "there is none yet"
        super().__init__(url, f"no layer is called {name!r}; {there}", "See them with: conflict-map layer list")


class LayerBroken(StoreError):  # noqa: N818 (the name says what is wrong; the base says Error)
    """Another program took the layer away while it was being read."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(url, f"the layer {name!r} was removed while it was being read", "Nothing of it is kept")


def add(store: Connected, about: Layer, events: Iterable[Sequence[LayerEvent]]) -> Layer:
    """Store a layer, in place of one of the same name.

    It is written in pieces, so that others may write meanwhile, and shown once it is whole; until then the former one
    stands. A run that breaks off leaves the former one.

    Parameters
    ----------
    about
        What the layer says of itself; its number, its count of rows, its days and its time are found here.
    events
        The events in pieces, each of which is one transaction.
    """
    made = datetime.now(UTC)
    row = {
        **{name: getattr(about, name) for name in ("name", "kind", "title", "licence", "citation", "restricted")},
        "files": json.dumps(about.files, ensure_ascii=False),
        "added": _stamp(made),
        "rows": 0,
        "ready": False,
    }
    with store.writing(counting="settled") as connection:
        number = int(connection.execute(insert(tables.layers).returning(tables.layers.c.number), row).scalar_one())
    count, first, last = 0, date.max, date.min
    try:
        for piece in events:
            if not piece:
                continue
            with store.writing(counting="settled") as connection:
                if not _is_there(connection, number):
                    raise LayerBroken(store.url, about.name)
                _insert(connection, number, count, piece)
            count += len(piece)
            first = min(first, *(event.date_start for event in piece))
            last = max(last, *(event.date_end for event in piece))
        days = (first, last) if count else (None, None)
        found = replace(about, number=number, added=_stamp(made), rows=count, first_day=days[0], last_day=days[1])
        with store.writing(counting="settled") as connection:
            if not _is_there(connection, number):
                raise LayerBroken(store.url, about.name)
            _settle_in(connection, found, made)
            told = {"layer": found.name, "kind": found.kind, "files": list(found.files), "rows": count}
            journal.add(connection, "layer", told, store.who())
    except BaseException:
        with store.writing(counting="settled") as connection:
            connection.execute(delete(tables.layers).where(tables.layers.c.number == number))
        raise
    return found


def remove(store: Connected, name: str) -> Layer:
    """Take a layer out and give what it was.

    Raises
    ------
    LayerMissing
        If there is none of that name.
    """
    found = named(store, name)
    with store.writing(counting="settled") as connection:
        connection.execute(delete(tables.layers).where(tables.layers.c.name == name))
        told = {"layer": found.name, "kind": found.kind, "rows": found.rows}
        journal.add(connection, "layer removed", told, store.who())
    return found


def listed(store: Connected) -> tuple[Layer, ...]:
    """Give the layers by name."""
    about = tables.layers.c
    with store.reading() as connection:
        rows = connection.execute(select(tables.layers).where(about.ready).order_by(about.name, about.number))
        return tuple(_layer(dict(row)) for row in rows.mappings())


def named(store: Connected, name: str) -> Layer:
    """Give the layer of a name.

    Raises
    ------
    LayerMissing
        If there is none; the message names those there are.
    """
    known = listed(store)
    for layer in known:
        if layer.name == name:
            return layer
    raise LayerMissing(store.url, name, [layer.name for layer in known])


def frame(store: Connected, layer: Layer, columns: Sequence[str] = _FIELDS) -> pd.DataFrame:
    """Give the events of a layer in the order of its files: one row each.

    Returns
    -------
    pandas.DataFrame
        ``ordinal`` (which finds the event again) and `columns`, which are fields of `geo.model.LayerEvent`; days as
        ``datetime64``, figures as floats with NaN for none.
    """
    import pandas as pd  # noqa: PLC0415 (pandas takes a second, which a list of layers need not wait)

    about = tables.layer_events.c
    chosen = [about.ordinal, *(about[name] for name in columns)]
    query = select(*chosen).where(about.layer == layer.number).order_by(about.ordinal)
    with store.reading() as connection:
        found = connection.execute(query).fetchall()
    made = pd.DataFrame.from_records(found, columns=["ordinal", *columns])
    for name in columns:
        if name in _DAYS:
            made[name] = pd.to_datetime(made[name], format="%Y-%m-%d")
        elif name in ("killed_low", "killed_high", "reports"):
            made[name] = made[name].astype(float)
    return made


def event(store: Connected, layer: Layer, ordinal: int) -> LayerEvent | None:
    """Give one event of a layer; None where there is none of that ordinal."""
    about = tables.layer_events.c
    query = select(tables.layer_events).where(about.layer == layer.number, about.ordinal == ordinal)
    with store.reading() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    given: dict[str, Any] = {name: row[name] for name in _FIELDS}
    return LayerEvent(**given | {name: date.fromisoformat(given[name]) for name in _DAYS})


def settle(connection: Connection) -> None:
    """Count the events of each layer anew, as after a rescue, and take out what was not ready."""
    about, row = tables.layers.c, tables.layer_events.c
    connection.execute(delete(tables.layers).where(~about.ready))
    for number in connection.execute(select(about.number)).scalars().all():
        count = select(func.count()).select_from(tables.layer_events).where(row.layer == number).scalar_subquery()
        connection.execute(update(tables.layers).where(about.number == number).values(rows=count))


def _settle_in(connection: Connection, found: Layer, made: datetime) -> None:
    """Put a layer that is whole into the place of the former one, and clear what others left behind."""
    about = tables.layers.c
    former = (about.name == found.name) & (about.number != found.number)
    left = ~about.ready & (about.added < _stamp(made - _LEFT_BEHIND))
    connection.execute(delete(tables.layers).where(or_(former, left)))
    days = {"first_day": found.first_day, "last_day": found.last_day}
    written = {name: day.isoformat() if day else None for name, day in days.items()}
    own = update(tables.layers).where(about.number == found.number)
    connection.execute(own.values(rows=found.rows, ready=True, **written))


def _is_there(connection: Connection, number: int) -> bool:
    return (
        connection.execute(select(tables.layers.c.number).where(tables.layers.c.number == number)).first() is not None
    )


def _insert(connection: Connection, number: int, first: int, events: Sequence[LayerEvent]) -> None:
    """Insert events, the first of them with the ordinal `first`.

    The statement is written once and the driver fed with what the columns hold: a third of the time of half a million
    rows went into looking at each value of each row for what it may have to be turned into, which is nothing.
    """
    compiled = insert(tables.layer_events).compile(dialect=connection.dialect, column_keys=list(_STORED))
    rows = (
        (number, ordinal, *values[:_START], values[_START].isoformat(), values[_END].isoformat(), *values[_END + 1 :])
        for ordinal, values in enumerate(map(_VALUES, events), start=first)
    )
    if compiled.positional:
        places = [_STORED.index(name) for name in compiled.positiontup or ()]
        in_order = itemgetter(*places)
        connection.exec_driver_sql(str(compiled), [in_order(row) for row in rows])
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(_STORED, row, strict=True)) for row in rows])


def _layer(row: dict[str, Any]) -> Layer:
    given = {name: row[name] for name in _ABOUT if name != "files"}
    given |= {name: date.fromisoformat(row[name]) if row[name] else None for name in ("first_day", "last_day")}
    return Layer(files=tuple(json.loads(row["files"])), **given)


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
