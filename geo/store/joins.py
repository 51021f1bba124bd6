"""What of a store is still to be joined: articles that came, events that went, and the reports near them.

It is noted in the transaction that brings or takes the article, and forgotten in the one that keeps what came of it: no
race and no kill loses it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, literal, select

from geo.likeness.report import after, told
from geo.model import Event
from geo.store import rows
from geo.store.statements import chunks
from geo.store.tables import articles, events, unjoined

# Events whose rows lie in memory at a time as all are read.
_STRETCH = 20_000


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it was read, with what joining it to others needs.

    Attributes
    ----------
    article
        The digest of its article.
    published
        The last day on which that may have appeared; None where that is unknown.
    said
        What the article tells of it (`geo.likeness.report.told`).
    incident
        The incident it belongs to at present.
    position
        Its place in the store: its article's number, its own in the article.
    """

    event: Event
    article: str
    published: date | None
    said: str
    incident: str
    position: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gone:
    """What joining needs to know of an event that is not there any more; days are a closed interval."""

    event: str
    incident: str
    lon: float
    lat: float
    first: date
    last: date
    published: date | None


@dataclass(frozen=True, slots=True)
class Unjoined:
    """What was to be joined at one moment.

    Attributes
    ----------
    came
        Digests of the articles whose events are new.
    gone
        Events that went.
    articles, stored
        How many articles came or went, and how many there are.
    last, joins
        Up to which note this is, and how often the store had been joined.
    """

    came: tuple[str, ...]
    gone: tuple[Gone, ...]
    articles: int
    stored: int
    last: int
    joins: int

    def __bool__(self) -> bool:
        return bool(self.came or self.gone)


def came(connection: Connection, digests: Sequence[str]) -> None:
    """Note that articles came."""
    if digests:
        connection.execute(insert(unjoined), [{"article": digest} for digest in digests])


def went(connection: Connection, digests: Sequence[str]) -> None:
    """Note, before articles are deleted, which of their events go; what has no place or day was joined to nothing."""
    copied = ("article", "event", "incident", "lon", "lat", "date_start", "date_end", "published")
    for part in chunks(digests):
        query = (
            select(
                events.c.article, events.c.id, events.c.incident, events.c.lon, events.c.lat, events.c.date_start,
                events.c.date_end, articles.c.published_end,
            )
            .join(articles, articles.c.digest == events.c.article)
            .where(events.c.article.in_(part), events.c.lat.is_not(None), events.c.date_end.is_not(None))
        )  # fmt: skip
        connection.execute(insert(unjoined).from_select(copied, query))
        # One that comes and goes before it was joined leaves nothing to be done for its coming.
        connection.execute(delete(unjoined).where(unjoined.c.article.in_(part), unjoined.c.event.is_(None)))


def count(connection: Connection) -> int:
    """Count the articles that came or went and are not joined yet."""
    return int(connection.execute(select(func.count(unjoined.c.article.distinct()))).scalar_one())


def waiting(connection: Connection, joins: int) -> Unjoined:
    """Give what is to be joined."""
    found = connection.execute(select(unjoined).order_by(unjoined.c.number)).all()
    stored = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    return Unjoined(
        came=tuple(dict.fromkeys(row.article for row in found if row.event is None)),
        gone=tuple(
            Gone(
                row.event, row.incident, row.lon, row.lat, date.fromisoformat(row.date_start),
                date.fromisoformat(row.date_end), _day(row.published),
            )
            for row in found
            if row.event is not None
        ),
        articles=len({row.article for row in found}),
        stored=int(stored),
        last=found[-1].number if found else 0,
        joins=joins,
    )  # fmt: skip


def settled(connection: Connection, done: Unjoined) -> bool:
    """Forget what was joined; False, with nothing forgotten, where an event went in the meantime."""
    later = select(literal(1)).where(unjoined.c.number > done.last, unjoined.c.event.is_not(None)).limit(1)
    if connection.execute(later).first():
        return False
    connection.execute(delete(unjoined).where(unjoined.c.number <= done.last))
    return True


def near(
    connection: Connection, *, west: int, south: int, east: int, north: int, first: date, last: date, longest: int
) -> list[Told]:
    """Give the events whose place lies in a box and whose days touch a closed stretch.

    Parameters
    ----------
    west, south, east, north
        WGS84 degrees; west and south belong to the box, east and north do not.
    longest
        More days than an event that can be joined may take.
    """
    earliest = date.fromordinal(max(1, first.toordinal() - longest))
    query = _statement().where(
        events.c.date_start.between(earliest.isoformat(), last.isoformat()),
        events.c.date_end >= first.isoformat(),
        events.c.lat >= south, events.c.lat < north, events.c.lon >= west, events.c.lon < east,
    )  # fmt: skip
    return _told(connection, query)


def of_incidents(connection: Connection, incidents: Sequence[str]) -> list[Told]:
    """Give the events of some incidents."""
    query = _statement()
    return [told for part in chunks(incidents) for told in _told(connection, query.where(events.c.incident.in_(part)))]


def of_articles(connection: Connection, digests: Sequence[str]) -> list[Told]:
    """Give the events of some articles."""
    query = _statement()
    return [told for part in chunks(digests) for told in _told(connection, query.where(events.c.article.in_(part)))]


def articles_of(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Give the digests of the articles of some events, by the events' ids."""
    found: set[str] = set()
    for part in chunks(ids):
        found.update(connection.execute(select(events.c.article).where(events.c.id.in_(part))).scalars())
    return sorted(found)


def stretches(connection: Connection) -> Iterator[list[Told]]:
    """Give all events, a stretch at a time, in the order of the articles."""
    last = -1
    while numbers := connection.execute(
        select(articles.c.number).where(articles.c.number > last).order_by(articles.c.number).limit(_STRETCH // 5)
    ).scalars().all():  # fmt: skip
        yield _told(connection, _statement().where(articles.c.number.between(numbers[0], numbers[-1])))
        last = numbers[-1]


def _statement() -> Select[Any]:
    number, published = articles.c.number.label("number"), articles.c.published_end.label("published")
    return select(events, number, published).join(articles, articles.c.digest == events.c.article)


def _told(connection: Connection, query: Select[Any]) -> list[Told]:
    found = connection.execute(query).mappings().all()
    texts: dict[str, str] = {}
    starts: dict[str, list[int]] = defaultdict(list)
    for part in chunks(list({one["article"] for one in found})):
        whole = select(articles.c.digest, articles.c.text).where(articles.c.digest.in_(part))
        texts |= {row.digest: row.text for row in connection.execute(whole)}
        begins = select(events.c.article, events.c.sentence_start).where(events.c.article.in_(part))
        for row in connection.execute(begins.distinct().order_by(events.c.sentence_start)):
            starts[row.article].append(row.sentence_start)
    return [
        Told(
            event := rows.to_event(dict(one)), article := one["article"], _day(one["published"]),
            told(event, texts[article], after(event, starts[article])), one["incident"],
            (one["number"], one["ordinal"]),
        )
        for one in found
    ]  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
