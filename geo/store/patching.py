"""A table with rows of every article, made again after a change out of the one from before: only what changed is read.

The one from before may be another process's, kept on the disk (`geo.store.kept`). The journal tells what changed since.
Where it cannot (large data sets that went or came back, more than half of the articles), the whole is read again. What
stays is not copied: the table's columns lie in pieces, those of the one before and those that came.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, func, select

from geo.store import journal, tables, tallies
from geo.store.statements import chunks

# The columns of every such table by which its rows are found: of the article's number they are in the order.
NUMBER, ARTICLE = "number", "article"

# Where this share of the articles changed, the whole is as fast; of a few, any number may be patched.
_MOST_CHANGED = 0.5
_FEW = 2000
# Pieces of fewer rows are put together once there are many: each costs whoever goes through a column a little.
_SMALL = 20_000
_MOST_SMALL = 64
# What changes the rows of the articles that its entry names, and what changes none. Copies of an article that goes are
# named only where there are any.
_NAMED = {
    "article": ("superseded",), "member": ("articles",), "join": ("articles",), "copies": ("articles",),
    "remove": ("members",), "return": ("members",),
}  # fmt: skip
_FREED = "freed"
_NOTHING = frozenset({"correct", "withdraw", "undo", "redo", "story", "unstory", "layer", "layer removed"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What is read of the articles into a table.

    Attributes
    ----------
    name
        What it is called among what is kept; letters and hyphens.
    schema
        Its columns, `NUMBER` and `ARTICLE` (the digest) among them.
    whole, some
        Read the rows of all articles, in pieces, or of those with some digests; in the order of the articles' numbers.
    """

    name: str
    schema: pa.Schema
    whole: Callable[[Connection], Iterator[pa.Table]]
    some: Callable[[Connection, Sequence[str]], pa.Table]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows from `start` up to `stop`, without it, of the table before or, where they `came`, of what was read."""

    came: bool
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A table, and the state of the store that it shows.

    Attributes
    ----------
    state
        The store's id and revision.
    head
        The number and the digest of the journal's last entry.
    table
        The rows; its columns lie in pieces.
    behind
        How many articles changed since the state that lies on the disk; None where none of it does, or where it holds
        what was taken out of the store.
    patches
        How often it was patched since it was read as a whole, or from the disk.
    since, pieces
        The state of the table before, and what the last patch put this one together of; none where there was none.
    mapped
        The file that the table, or what is left of it, lies in; None where that is none.
    """

    state: tuple[str, str]
    head: tuple[int, str]
    table: pa.Table
    behind: int | None = None
    patches: int = 0
    since: tuple[str, str] | None = None
    pieces: tuple[Piece, ...] = ()
    mapped: mmap.mmap | None = None

    def let_go(self) -> None:
        """Let the system take back what was read of the file: it is read again where it is needed again."""
        if self.mapped and hasattr(mmap, "MADV_DONTNEED"):
            self.mapped.madvise(mmap.MADV_DONTNEED)


def patched(connection: Connection, kind: Kind, state: tuple[str, str], kept: Kept) -> Kept | None:
    """Give the table at this state of the store out of an earlier one, which is not changed.

    Returns
    -------
    Kept or None
        None where it is not known what changed, so that the whole has to be read.
    """
    head = journal.head(connection)
    # An older copy of the same store that took its place may have gone on otherwise.
    if kept.state[0] != state[0] or not journal.holds(connection, *kept.head):
        return None
    most = max(_FEW, int(_MOST_CHANGED * tallies.articles(connection)))
    changed = _changed(connection, kept.head[0], most=most)
    if changed is None:
        return None
    return _patched(connection, kind, replace(kept, state=state, head=head, since=kept.state), changed)


def whole(connection: Connection, kind: Kind, state: tuple[str, str]) -> Kept:
    """Read the table of all articles."""
    return Kept(state, journal.head(connection), together(kind, kind.whole(connection)))


def together(kind: Kind, parts: Iterable[pa.Table]) -> pa.Table:
    """Give the rows of several tables as one; nothing is copied."""
    return pa.concat_tables([kind.schema.empty_table(), *parts])


def folded(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Give the pieces of a table, small neighbours put together."""
    small: list[pa.RecordBatch] = []
    for piece in table.to_batches():
        if len(piece) < _SMALL:
            small.append(piece)
            continue
        yield from _one(small)
        small.clear()
        yield piece
    yield from _one(small)


def _one(pieces: Sequence[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    if pieces:
        yield from pa.Table.from_batches(pieces).combine_chunks().to_batches()


def _changed(connection: Connection, since: int, *, most: int) -> frozenset[str] | None:
    """Give the digests of the articles that changed after an entry of the journal; None where that is not known."""
    about = tables.journal.c
    query = select(about.what, about.detail).where(about.number > since).order_by(about.number)
    found: set[str] = set()
    for row in connection.execute(query):
        if row.what in _NOTHING:
            continue
        if row.what not in _NAMED:
            return None
        detail = json.loads(row.detail)
        if not detail.keys() >= set(_NAMED[row.what]):  # of a former version, or too many
            return None
        found.update(*(detail[name] for name in _NAMED[row.what]), detail.get(_FREED, ()))
        found.update([detail["article"]] if "article" in detail else ())
        if len(found) > most:
            return None
    return frozenset(found)


def _patched(connection: Connection, kind: Kind, kept: Kept, changed: frozenset[str]) -> Kept:
    if not changed:
        return replace(kept, pieces=(Piece(False, 0, len(kept.table)),))
    digests = sorted(changed)
    new = kind.some(connection, digests)
    before = kept.table[NUMBER].to_numpy()
    gone = pc.is_in(kept.table[ARTICLE], pa.array(digests, pa.large_string())).to_numpy()
    pieces = tuple(_pieces(before, np.unique(before[gone]), new[NUMBER].to_numpy()))
    table = together(kind, ((new if one.came else kept.table).slice(one.start, one.stop - one.start) for one in pieces))
    if sum(len(chunk) < _SMALL for chunk in table[NUMBER].chunks) > _MOST_SMALL:
        table = pa.Table.from_batches(folded(table), kind.schema)
    taken_out = _present(connection, digests) < len(digests)
    behind = None if kept.behind is None or taken_out else kept.behind + len(changed)
    return replace(kept, table=table, behind=behind, patches=kept.patches + 1, pieces=pieces)


def _present(connection: Connection, digests: Sequence[str]) -> int:
    """Count the articles that are there of some digests."""
    count, digest = select(func.count()).select_from(tables.articles), tables.articles.c.digest
    return sum(int(connection.execute(count.where(digest.in_(part))).scalar_one()) for part in chunks(digests))


def _pieces(numbers: np.ndarray, changed: np.ndarray, new: np.ndarray) -> Iterator[Piece]:
    """Give what stays and what comes, in the order of the articles' numbers, which `numbers` and `new` are in.

    `changed` are the numbers of which nothing stays.
    """
    places, first = np.unique(np.searchsorted(numbers, new), return_index=True)
    come = dict(zip(places.tolist(), zip(first.tolist(), [*first[1:].tolist(), len(new)], strict=False), strict=True))
    starts, ends = (np.searchsorted(numbers, changed, side=side).tolist() for side in ("left", "right"))
    go = {start: end for start, end in zip(starts, ends, strict=True) if end > start}
    at = 0
    for place in sorted({*come, *go}):
        if place > at:
            yield Piece(False, at, place)
        if place in come:
            yield Piece(True, *come[place])
        at = go.get(place, place)
    if at < len(numbers):
        yield Piece(False, at, len(numbers))
