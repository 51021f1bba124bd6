"""The table of all events, made again after a change out of the one from before: only what changed is read.

The one from before may be another process's, kept on the disk (`geo.store.kept`). The journal tells what changed since.
Where it cannot (large data sets that went or came back, more than half of the articles), the whole is read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, func, select

from geo.store import columns, frames, journal, tables, tallies
from geo.store.statements import chunks

# Where this share of the articles changed, the whole is as fast; of a few, any number may be patched.
_MOST_CHANGED = 0.5
_FEW = 2000
# What changes the events of the articles that its entry names, and what changes none.
_NAMED = {
    "article": ("superseded",), "member": ("articles",), "join": ("articles",),
    "remove": ("members",), "return": ("members",),
}  # fmt: skip
_NOTHING = frozenset({"correct", "withdraw", "undo", "redo", "copies", "story", "unstory", "layer", "layer removed"})


@dataclass(frozen=True, slots=True)
class Kept:
    """All events as read, and the state of the store that they show.

    Attributes
    ----------
    state
        The store's id and revision.
    head
        The number and the digest of the journal's last entry.
    table, frame
        The events (`geo.store.columns.SCHEMA`), and the frame over the same columns.
    behind
        How many articles changed since the state that lies on the disk; None where none of it does, or where it holds
        what was taken out of the store.
    patches
        How often it was patched since it was read as a whole, or from the disk.
    """

    state: tuple[str, str]
    head: tuple[int, str]
    table: pa.Table
    frame: geopandas.GeoDataFrame
    behind: int | None = None
    patches: int = 0


def read(connection: Connection, state: tuple[str, str], kept: Kept | None) -> Kept:
    """Give all events at this state of the store; `kept`, of an earlier one, is not changed."""
    head = journal.head(connection)
    # An older copy of the same store that took its place may have gone on otherwise.
    if kept and kept.state[0] == state[0] and journal.holds(connection, *kept.head):
        most = max(_FEW, int(_MOST_CHANGED * tallies.articles(connection)))
        changed = _changed(connection, kept.head[0], most=most)
        if changed is not None:
            return _patched(connection, replace(kept, state=state, head=head), changed)
    whole = frames.table(connection, frames.statement())
    return Kept(state, head, whole, columns.frame(whole))


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
        found.update(*(detail[name] for name in _NAMED[row.what]), [detail["article"]] if "article" in detail else ())
        if len(found) > most:
            return None
    return frozenset(found)


def _patched(connection: Connection, kept: Kept, changed: frozenset[str]) -> Kept:
    """Put the articles that changed into a table; the rest is taken over a stretch at a time."""
    if not changed:
        return kept
    statement = frames.statement()
    new = columns.together(
        columns.table(connection.execute(statement.where(tables.events.c.article.in_(part))).fetchall())
        for part in chunks(sorted(changed))
    )
    new = new.take(pa.array(np.argsort(new[columns.NUMBER].to_numpy(), kind="stable")))
    gone = pc.is_in(kept.table["article"], pa.array(sorted(changed), pa.large_string())).to_numpy()
    table = columns.together(_stretches(kept.table, gone, new))
    taken_out = len(changed) > _present(connection, changed)
    behind = None if kept.behind is None or taken_out else kept.behind + len(changed)
    return replace(kept, table=table, frame=columns.frame(table), behind=behind, patches=kept.patches + 1)


def _present(connection: Connection, digests: frozenset[str]) -> int:
    """Count the articles that are there of some digests."""
    count, digest = select(func.count()).select_from(tables.articles), tables.articles.c.digest
    return sum(int(connection.execute(count.where(digest.in_(part))).scalar_one()) for part in chunks(sorted(digests)))


def _stretches(before: pa.Table, gone: np.ndarray, new: pa.Table) -> Iterator[pa.Table]:
    """Give what stays and what comes, in the order of the articles' numbers, which `before` and `new` are in."""
    numbers = before[columns.NUMBER].to_numpy()
    places, first = np.unique(np.searchsorted(numbers, new[columns.NUMBER].to_numpy()), return_index=True)
    come = dict(zip(places.tolist(), zip(first, [*first[1:], len(new)], strict=False), strict=True))
    leaving = np.unique(numbers[np.flatnonzero(gone)])
    ends = np.searchsorted(numbers, leaving, side="right")
    go = dict(zip(np.searchsorted(numbers, leaving).tolist(), ends.tolist(), strict=True))
    at = 0
    for place in sorted({*come, *go}):
        yield before.slice(at, place - at)
        if place in come:
            start, stop = come[place]
            yield new.slice(start, stop - start)
        at = go.get(place, place)
    yield before.slice(at)
