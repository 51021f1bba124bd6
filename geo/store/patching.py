"""The frame of all events, made again after a change out of the one from before: only what changed is read.

The journal tells which they are. Where it cannot (data sets that went or came back, a great many articles), or where an
article's place among the others is not known from the frame, the whole is read again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from geo.store import frames, journal, tables
from geo.store.statements import chunks

# Beyond this the whole is as fast; and after so many patches its columns lie in as many pieces.
_MOST_ARTICLES = 2000
_MOST_PATCHES = 64
# What changes the events of the articles that its entry names, and what changes none.
_NAMED = {"article": ("superseded",), "member": ("articles",), "join": ("articles",)}
_NOTHING = frozenset({"correct", "withdraw", "undo", "redo", "copies", "story", "unstory", "layer", "layer removed"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame of all events as read, and the state of the store that it shows.

    Attributes
    ----------
    state
        The store's id and revision.
    head
        The number and the digest of the journal's last entry.
    article
        The number of the last article.
    patches
        How often it was patched since it was read as a whole.
    """

    state: tuple[str, str]
    head: tuple[int, str]
    article: int
    frame: geopandas.GeoDataFrame
    patches: int = 0


def read(connection: Connection, state: tuple[str, str], kept: Kept | None) -> Kept:
    """Give the frame of all events at this state of the store; `kept` is not changed."""
    head = journal.head(connection)
    last = int(connection.execute(select(func.max(tables.articles.c.number))).scalar() or 0)
    frame = None
    # An older copy of the same store that took its place may have gone on otherwise.
    if kept and kept.state[0] == state[0] and kept.patches < _MOST_PATCHES and journal.holds(connection, *kept.head):
        changed = _changed(connection, kept.head[0])
        frame = None if changed is None else _patched(connection, kept, changed)
    if kept is None or frame is None:
        whole = frames.read(connection, frames.statement())
        return Kept(state, head, last, whole)
    return Kept(state, head, last, frame, kept.patches + 1)


def _changed(connection: Connection, since: int) -> frozenset[str] | None:
    """Give the digests of the articles that changed after an entry of the journal; None where that is not known."""
    about = tables.journal.c
    query = select(about.what, about.detail).where(about.number > since).order_by(about.number)
    found: set[str] = set()
    for row in connection.execute(query.limit(_MOST_ARTICLES + 1)):
        if row.what in _NOTHING:
            continue
        if row.what not in _NAMED:
            return None
        detail = json.loads(row.detail)
        found.update(*(detail[name] for name in _NAMED[row.what]), [detail["article"]] if "article" in detail else ())
        if len(found) > _MOST_ARTICLES:
            return None
    return frozenset(found)


def _patched(connection: Connection, kept: Kept, changed: frozenset[str]) -> geopandas.GeoDataFrame | None:
    """Put the articles that changed into a frame; None where the place of one is not known."""
    before = kept.frame
    gone = before["article"].isin(list(changed)).to_numpy(dtype=bool)
    at_first = before["article"][gone].drop_duplicates()
    places = dict(zip(at_first, at_first.index, strict=True))
    number = tables.articles.c.number
    statement = frames.statement()
    rows: list[Sequence[Any]] = []
    for part in chunks(sorted(changed)):
        known = select(tables.articles.c.digest, number).where(tables.articles.c.digest.in_(part))
        for row in connection.execute(known):
            if row.number <= kept.article and row.digest not in places:
                return None
        rows += connection.execute(statement.where(tables.events.c.article.in_(part)).order_by(number)).fetchall()
    new = frames.build(rows)
    at = np.array([places.get(digest, len(before)) for digest in new["article"]], dtype=np.int64)
    order = np.argsort(np.concatenate([np.flatnonzero(~gone), at]), kind="stable")
    together = pd.concat([before[~gone], new], ignore_index=True)
    return geopandas.GeoDataFrame(together.iloc[order].reset_index(drop=True), crs=before.crs)
