"""One open database: what reads it and what changes it, each in a transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, NamedTuple, Self

from sqlalchemy import Connection

from geo.store import opening, tables, who
from geo.store.errors import StoreForeign, StoreReadOnly, StoreReplaced, translated
from geo.store.sqlite_file import WRITING, FileConnection, Identity, mark
from geo.store.statements import meta, set_meta
from geo.store.who import Who

# What a change counts up: what was read, what was corrected by hand, or neither.
Counted = Literal["revision", "corrected", "settled"]


class _State(NamedTuple):
    """What a transaction found: which file, which store, and how often each kind of change was made to it."""

    identity: Identity | None
    store: str
    revision: int
    corrected: int

    def follows(self, before: _State) -> bool:
        """Tell whether it can have come out of an earlier state by changes, not by another file in its place."""
        same = (self.identity, self.store) == (before.identity, before.store)
        return same and self.revision >= before.revision and self.corrected >= before.corrected


class Connected:
    """An open store; see `geo.store.Store`, which says what may go wrong.

    Attributes
    ----------
    session
        What the journal calls the session of a change that names none.
    replacements
        How often another file, or an older state of it, was found in the store's place since it was opened. Reading
        goes on with what is there now; the first change after it is refused, so that it is made knowingly.
    """

    def __init__(self, url: str, *, create: bool = False, read_only: bool = False, session: str = "") -> None:
        address = opening.address(url)
        self.url = address.render_as_string(hide_password=True)
        self.read_only = read_only
        self.session = session
        self.replacements = 0
        self._engine, self._file = opening.open_engine(address, create=create, read_only=read_only)
        self._state: _State | None = None
        self._held = threading.local()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def version(self) -> str:
        """Give a word that changes whenever the stored data do, and differs from store to store: a key for caches."""
        with self.reading() as connection:
            found = meta(connection)
        return f"{found['store']}-{found['revision']}-{found['corrected']}"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in one transaction that only reads; for the rooms of the store."""
        held: Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            with translated(self.url):
                yield held
            return
        with translated(self.url), self._engine.connect() as connection:
            self._look(connection)
            yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Within, all that this thread reads is of one state of the store, whatever is changed meanwhile.

        A file cannot be changed as long: what takes long is done after it. This thread must not change it within.
        """
        with self.reading() as connection:
            before = getattr(self._held, "connection", None)
            self._held.connection = connection
            try:
                yield
            finally:
                self._held.connection = before

    @contextmanager
    def writing(self, *, counting: Counted = "revision") -> Iterator[Connection]:
        """Give a connection in one transaction; it takes the write lock at once and ends by counting a revision up."""
        if self.read_only:
            raise StoreReadOnly(self.url)
        with translated(self.url):
            with self._engine.execution_options(**WRITING).begin() as connection:
                before = self.replacements
                found = self._look(connection)
                identity = _identity(connection)
                if self.replacements != before or (self._file and self._file.identity() != identity):
                    raise StoreReplaced(self.url)
                mark(connection, found["store"])
                yield connection
                set_meta(connection, counting, _following(found[counting]))
            if self._file and self._file.identity() != identity:
                raise StoreReplaced(self.url, written=True)

    def who(self, session: str = "", by: str = "") -> Who:
        """Give whose change it is that is made now."""
        return who.now(session or self.session, by)

    def _look(self, connection: Connection) -> dict[str, str]:
        """Notice at the beginning of a transaction whether the store is still the one that it was."""
        found = meta(connection)
        if (found.get("application"), found.get("schema")) != (tables.APPLICATION, tables.SCHEMA_VERSION):
            what = f"a store of version {found.get('schema')} of the tables came into its place while it was in use"
            raise StoreForeign(self.url, what, "Nothing was changed. Start the program anew")
        revision, corrected = (int(found[key].partition(".")[0]) for key in ("revision", "corrected"))
        now = _State(_identity(connection), found["store"], revision, corrected)
        before, self._state = self._state, now
        if before and not now.follows(before):
            self.replacements += 1
        return found


def _identity(connection: Connection) -> Identity | None:
    own = connection.connection.dbapi_connection
    return own.identity if isinstance(own, FileConnection) else None


def _following(revision: str) -> str:
    """Count up. The random half tells two states apart that came out of one backup by as many changes."""
    return f"{int(revision.partition('.')[0]) + 1}.{secrets.token_hex(4)}"
