"""Which articles print one story: near-duplicates, each tied to the one of them that was published first.

An article that comes waits, with no founder, in the transaction that brings it; so does every copy of a founder that
goes, as the database itself sees to. No race and no kill loses a tie.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, Select, and_, delete, func, insert, literal, not_, or_, select, update
from sqlalchemy.orm import aliased

from geo.model import Event
from geo.store import rows, tables
from geo.store.statements import chunks

if TYPE_CHECKING:
    import geopandas

_printings, _sketches, _articles, _retold = tables.printings.c, tables.sketches.c, tables.articles.c, tables.retold.c
# What was published at an unknown time is taken up after all else.
_UNDATED = "9999-12-31"
_WHEN = func.coalesce(_articles.published_end, _UNDATED)
# A text that shares keys with more than so many is a form that is filled in; the nearest are compared.
_MOST_NEAR = 50


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as what decides on copies needs it.

    Attributes
    ----------
    order
        Its place among all articles: the last day on which it may have appeared, then its place in the store.
    founder
        The digest of the article that it is tied to, its own where it is the first; None where it waits.
    founded
        That article's order; None where it waits.
    first, last
        The days between which it was published, both included; None where unknown.
    """

    digest: str
    order: tuple[str, int]
    text: str
    source: str | None
    first: date | None
    last: date | None
    founder: str | None
    founded: tuple[str, int] | None


def came(connection: Connection, digests: Sequence[str]) -> None:
    """Note that articles came, so that their stories are looked for."""
    if digests:
        connection.execute(insert(tables.printings), [{"article": digest} for digest in digests])


def unknown(connection: Connection) -> list[str]:
    """Give the digests of the articles of which nothing is noted, as in a store of a former version."""
    noted = select(_printings.article)
    return list(connection.execute(select(_articles.digest).where(_articles.digest.not_in(noted))).scalars())


def waiting(connection: Connection) -> int:
    """Count the articles whose story is not looked for yet."""
    return int(connection.execute(select(func.count()).where(_printings.founder.is_(None))).scalar_one())


def retold(connection: Connection) -> dict[str, str]:
    """Give the events of copies, by their ids, with the event that told each first."""
    return {row.event: row.original for row in connection.execute(select(_retold.event, _retold.original))}


def freed(connection: Connection, digests: Sequence[str]) -> list[str]:
    """Give the copies that some articles tell the events of first: where those go, theirs are told by nobody else."""
    found: set[str] = set()
    for part in chunks(digests):
        found.update(connection.execute(select(_retold.article).where(_retold.founder.in_(part))).scalars())
    return sorted(found.difference(digests))


def versions(connection: Connection, event: str) -> list[str]:
    """Give the ids of an event in all articles that print its story, itself among them."""
    first = connection.execute(select(_retold.original).where(_retold.event == event)).scalar() or event
    return [first, *connection.execute(select(_retold.event).where(_retold.original == first)).scalars()]


def first_told(query: Select[Any], *, data_set: str | None = None) -> Select[Any]:
    """Leave out of a query for events those that another of the store, or of a data set, told first: `told_first`."""
    if data_set is None:
        # The original is in the store as long as the copy is noted (`freed`).
        again_here = and_(_retold.article == tables.events.c.article, _retold.event == tables.events.c.id)
        return query.outerjoin(tables.retold, again_here).where(_retold.event.is_(None))
    original = aliased(tables.events)
    again = (
        select(_retold.event)
        .join(original, original.c.id == _retold.original)
        .where(_retold.article == tables.events.c.article, _retold.event == tables.events.c.id)
        .correlate(tables.events)
    )
    inside = select(tables.data_sets.c.article).where(tables.data_sets.c.name == data_set)
    return query.where(~again.where(original.c.article.in_(inside)).exists())


def told_first(frame: geopandas.GeoDataFrame, copies: Mapping[str, str]) -> geopandas.GeoDataFrame:
    """Leave out the events that another row of the frame told first; `frame` is not changed."""
    if not copies:
        return frame
    ids = frame["id"]
    rows = np.flatnonzero(ids.isin(list(copies)).to_numpy(dtype=bool))
    originals = [copies[event] for event in ids.iloc[rows]]
    present = set(ids[ids.isin(originals)])
    again = np.zeros(len(frame), dtype=bool)
    again[rows] = [original in present for original in originals]
    return frame[~again].reset_index(drop=True) if again.any() else frame


class Ties:
    """What tying needs of the store, in the transaction in which it is done.

    Attributes
    ----------
    changed
        The digests of the articles whose events are, or are no more, told first by another.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.changed: list[str] = []

    def next(self) -> Printed | None:
        """Give the article that waits and came first; None where none does."""
        query = self._printed().where(_printings.founder.is_(None)).order_by(_WHEN, _articles.number).limit(1)
        return next(iter(self._read(query)), None)

    def near(self, own: Printed, keys: Collection[int]) -> list[Printed]:
        """Give the founders before an article, and the articles after it, that share a key with it; the first first."""
        if not keys:
            return []
        shared = (
            select(_sketches.article, func.count().label("shared"))
            .where(_sketches.key.in_(keys), _sketches.article != own.digest)
            .group_by(_sketches.article)
            .subquery()
        )
        when, number = own.order
        same = and_(literal(when) == _WHEN, _articles.number < number)
        before = or_(literal(when) > _WHEN, same)
        earlier = and_(before, _printings.founder == _printings.article)
        later = and_(not_(before), _printings.founder.is_not(None))
        query = (
            self._printed()
            .join(shared, shared.c.article == _articles.digest)
            .where(or_(earlier, later))
            .order_by(shared.c.shared.desc(), _WHEN, _articles.number)
            .limit(_MOST_NEAR)
        )
        return sorted(self._read(query), key=lambda one: one.order)

    def settle(self, digest: str, founder: str, keys: Collection[int], copies: Mapping[str, str]) -> None:
        """Tie an article to the one that printed its story first.

        Parameters
        ----------
        founder
            That one's digest; its own where it is the first.
        keys
            By what its near-duplicates find it.
        copies
            Its events that the founder tells, too, by their ids, with the founder's.
        """
        self._connection.execute(delete(tables.sketches).where(_sketches.article == digest))
        if keys:
            self._connection.execute(insert(tables.sketches), [{"key": key, "article": digest} for key in sorted(keys)])
        self._connection.execute(update(tables.printings).where(_printings.article == digest).values(founder=founder))
        pairs = [
            {"article": digest, "event": event, "founder": founder, "original": original}
            for event, original in copies.items()
        ]
        if pairs:
            self.changed.append(digest)
            self._connection.execute(insert(tables.retold), pairs)

    def loosen(self, digests: Sequence[str]) -> None:
        """Let articles wait again, with all that are tied to them."""
        for part in chunks(digests):
            loose = or_(_printings.article.in_(part), _printings.founder.in_(part))
            members = list(self._connection.execute(select(_printings.article).where(loose)).scalars())
            gone = self._connection.execute(delete(tables.retold).where(_retold.article.in_(members)))
            self.changed += members if gone.rowcount else []
            self._connection.execute(update(tables.printings).where(loose).values(founder=None))

    def events(self, digest: str) -> tuple[tuple[Event, str], ...]:
        """Give the events of an article as they were read, each with its sentence, in the order of the text."""
        about = tables.events.c
        query = select(tables.events).where(about.article == digest).order_by(about.ordinal)
        return tuple((rows.to_event(dict(row)), row["snippet"]) for row in self._connection.execute(query).mappings())

    def _printed(self) -> Select[Any]:
        founding = aliased(tables.articles)
        return (
            select(
                _articles.digest, _articles.number, _articles.text, _articles.source, _articles.published_start,
                _articles.published_end, _printings.founder, founding.c.number.label("founder_number"),
                founding.c.published_end.label("founder_published"),
            )
            .join(tables.printings, _printings.article == _articles.digest)
            .outerjoin(founding, founding.c.digest == _printings.founder)
        )  # fmt: skip

    def _read(self, query: Select[Any]) -> list[Printed]:
        return [
            Printed(
                row.digest, (row.published_end or _UNDATED, row.number), row.text, row.source,
                _day(row.published_start), _day(row.published_end), row.founder,
                (row.founder_published or _UNDATED, row.founder_number) if row.founder else None,
            )
            for row in self._connection.execute(query)
        ]  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
