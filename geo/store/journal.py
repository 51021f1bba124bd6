"""Every change of a store, in the order in which they were made: only added to, each entry with the digest of the last.

An entry cannot be changed, taken out or put in without all later digests changing. Whoever noted one digest, the head
of the chain on the day a map was published, can tell later whether everything up to it is still as it was. What it
cannot tell is whether the names in it are true: they are what people gave.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from geo.corrections import Correction
from geo.store import tables
from geo.store.who import Who

START = "0" * 64
_STRETCH = 10_000
_FEW = 2000
_FIELDS = ("number", "made", "session", "by", "what", "detail", "previous", "digest")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change.

    Attributes
    ----------
    number
        From 1 up, without a gap.
    made
        When, in ISO 8601 (UTC).
    session, by
        Which session, and the name given there; empty for none.
    what
        ``article``, ``member``, ``remove``, ``return``, ``join``, ``copies`` (articles, data sets, incidents, who
        prints a story first); ``correct``, ``withdraw``, ``undo``, ``redo`` (corrections); ``story``, ``unstory``
        (stories); ``layer``, ``layer removed`` (event data beside the articles); ``upgrade``, ``restore``, ``rescue``,
        ``copy`` (the store itself).
    detail
        What exactly, as JSON text.
    previous, digest
        The digest of the entry before (`START` for the first), and this one's own: the SHA-256 of all other fields.
    """

    number: int
    made: str
    session: str
    by: str
    what: str
    detail: str
    previous: str
    digest: str

    def to_json(self) -> str:
        """Give the entry as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Entry:
        """Read an entry back.

        Raises
        ------
        ValueError
            If the line is none.
        """
        try:
            given = json.loads(line)
            entry = cls(**given)
        except (ValueError, TypeError, RecursionError):
            raise ValueError(f"not an entry of a journal: {line[:60]!r}") from None
        texts = (getattr(entry, name) for name in _FIELDS[1:])
        if type(entry.number) is not int or not all(isinstance(text, str) for text in texts):
            raise ValueError(f"not an entry of a journal: {line[:60]!r}")
        return entry


def add(connection: Connection, what: str, detail: dict[str, Any], who: Who) -> None:
    """Add an entry, in the transaction of the change itself."""
    number, previous = head(connection)
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = (number + 1, who.made, who.session, who.by, what, text, previous)
    connection.execute(insert(tables.journal), dict(zip(_FIELDS, (*entry, _digest(*entry)), strict=True)))


def few(name: str, digests: Sequence[str]) -> dict[str, list[str]]:
    """Give the digests for an entry under a name; nothing where they are very many."""
    return {name: sorted(digests)} if len(digests) <= _FEW else {}


def head(connection: Connection) -> tuple[int, str]:
    """Give the number and the digest of the last entry; 0 and `START` where there is none."""
    about = tables.journal.c
    found = connection.execute(select(about.number, about.digest).order_by(about.number.desc()).limit(1)).first()
    return (int(found.number), str(found.digest)) if found else (0, START)


def holds(connection: Connection, number: int, digest: str) -> bool:
    """Tell whether this was a head of the journal, so that all up to it is the same history."""
    about = tables.journal.c
    found = connection.execute(select(about.digest).where(about.number == number)).scalar()
    return digest == (START if number == 0 else found)


def entries(connection: Connection, *, after: int = 0) -> Iterator[Entry]:
    """Give the entries that follow a number, first first; by default all."""
    about = tables.journal.c
    for first in range(after, head(connection)[0], _STRETCH):
        part = select(tables.journal).where(about.number > first, about.number <= first + _STRETCH)
        for row in connection.execute(part.order_by(about.number)).mappings():
            yield Entry(**row)


def fault(given: Iterable[Entry]) -> str | None:
    """Say where the chain is broken; None where it is whole."""
    number, previous = 0, START
    for entry in given:
        if entry.number != number + 1:
            return f"entry {number + 1:,} of the journal is missing"
        if entry.previous != previous:
            return f"entry {entry.number:,} of the journal does not follow the one before"
        own = (entry.number, entry.made, entry.session, entry.by, entry.what, entry.detail, entry.previous)
        if entry.digest != _digest(*own):
            return f"entry {entry.number:,} of the journal was changed"
        number, previous = entry.number, entry.digest
    return None


def of_correction(correction: Correction) -> dict[str, Any]:
    """Give what a correction says, for the detail of an entry."""
    given = {name: value for name, value in asdict(correction).items() if value not in (None, "") and name != "key"}
    given |= {"key": list(correction.key)}
    if correction.other:
        given["other"] = list(correction.other)
    return {name: value if isinstance(value, (str, list, dict)) else str(value) for name, value in given.items()}


def _digest(*fields: object) -> str:
    # JSON keeps the borders of the fields apart.
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
