"""One open database: what reads it and what changes it, each in a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Integer, String, cast, select, update

from geo.store import opening, tables
from geo.store.errors import StoreReadOnly, translated


class Connected:
    """An open store; see `geo.store.Store`, which says what may go wrong."""

    def __init__(self, url: str, *, create: bool = False, read_only: bool = False) -> None:
        address = opening.address(url)
        self.url = address.render_as_string(hide_password=True)
        self.read_only = read_only
        self._engine = opening.open_engine(address, create=create, read_only=read_only)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def version(self) -> str:
        """Give a word that changes whenever the stored data do, and differs from store to store: a key for caches."""
        with self._reading() as connection:
            found = meta(connection)
        return f"{found['store']}-{found['revision']}-{found['corrected']}"

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self.url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, counting: str = "revision") -> Iterator[Connection]:
        """One transaction; it takes the write lock at once and ends by counting a revision up."""
        if self.read_only:
            raise StoreReadOnly(self.url)
        with translated(self.url), self._engine.execution_options(**opening.WRITING).begin() as connection:
            yield connection
            following = cast(cast(tables.meta.c.value, Integer) + 1, String)
            connection.execute(update(tables.meta).where(tables.meta.c.key == counting).values(value=following))


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
