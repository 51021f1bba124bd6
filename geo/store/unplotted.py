"""What did not become a pin: what no rule would plot, and what a person rejected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, literal, select

from geo.corrections import REJECTED
from geo.model import NotPlotted
from geo.store import rows, tables
from geo.store.overlay import Overlay
from geo.store.statements import chunks


@dataclass(frozen=True, slots=True)
class Unplotted:
    """What did not become a pin, and where it stands. `article` is a digest.

    `event` is the id of an event that was rejected by hand, which `Store.restore` brings back; None for the rest.
    """

    article: str
    title: str | None
    source: str | None
    item: NotPlotted
    event: str | None = None


def read(
    connection: Connection,
    overlay: Overlay,
    *,
    article: str | None = None,
    data_set: str | None = None,
    articles: Collection[str] | None = None,
    reason: str | None = None,
    limit: int | None = None,
) -> tuple[Unplotted, ...]:
    """Give it in the order of the articles; in each, what was rejected by hand comes last.

    `limit` gives the first few; `articles` are digests, None for all.
    """
    about, event = tables.articles.c, tables.events.c
    who = (about.number, about.digest, about.title, about.source)
    automatic = (
        select(*who, tables.not_plotted)
        .join_from(tables.not_plotted, tables.articles, about.digest == tables.not_plotted.c.article)
        .order_by(about.number, tables.not_plotted.c.ordinal)
    )
    rejected = select(
        *who, event.id.label("event"), event.trigger_start.label("start"), event.trigger_end.label("end"),
        event.trigger.label("text"), literal(REJECTED).label("reason"),
    ).join_from(tables.events, tables.articles, about.digest == event.article)  # fmt: skip

    def among(query: Select[Any]) -> Select[Any]:
        query = query if article is None else query.where(about.digest == article)
        if data_set is None:
            return query
        return query.where(
            about.digest.in_(select(tables.data_sets.c.article).where(tables.data_sets.c.name == data_set))
        )

    if reason is not None:
        automatic = automatic.where(tables.not_plotted.c.reason == reason)
    found: list[Any] = []
    for asked in _parts(automatic, about.digest, _in_order(connection, articles)):
        found += connection.execute(among(asked).limit(limit)).mappings()
        if limit is not None and len(found) >= limit:
            break  # the articles of the parts that follow came later
    by_hand = overlay.rejected if reason in (None, REJECTED) else ()
    for part in chunks(by_hand):
        told = connection.execute(among(rejected.where(event.id.in_(part)))).mappings()
        found += [row for row in told if articles is None or row["digest"] in articles]
    if by_hand or articles is not None:
        found.sort(key=lambda row: (row["number"], row.get("event") is not None))
    return tuple(
        Unplotted(row["digest"], row["title"], row["source"], rows.to_not_plotted(dict(row)), row.get("event"))
        for row in found[:limit]
    )


def _in_order(connection: Connection, articles: Collection[str] | None) -> list[str] | None:
    """Give the digests of articles in the order in which they came; None for all."""
    if articles is None:
        return None
    about = tables.articles.c
    numbers = [
        (int(row.number), str(row.digest))
        for part in chunks(sorted(articles))
        for row in connection.execute(select(about.number, about.digest).where(about.digest.in_(part)))
    ]
    return [digest for _, digest in sorted(numbers)]


def _parts(query: Select[Any], digest: Any, articles: Sequence[str] | None) -> Iterator[Select[Any]]:
    """Cut a query about some articles into statements that bind no more values than they may; one for all articles."""
    if articles is None:
        yield query
        return
    for part in chunks(articles):
        yield query.where(digest.in_(part))
