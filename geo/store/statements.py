"""The few statements and cuts that all rooms of the store share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select, update

from geo.store import tables


def meta(connection: Connection) -> dict[str, str]:
    """Give what the store says of itself."""
    return {str(row.key): str(row.value) for row in connection.execute(select(tables.meta))}


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Note something of the store itself."""
    connection.execute(update(tables.meta).where(tables.meta.c.key == key).values(value=value))


def chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut into pieces that fit the number of values a statement may bind (999 in older SQLite)."""
    for start in range(0, len(items), 500):
        yield items[start : start + 500]
