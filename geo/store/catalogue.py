"""The articles without their texts: what a list of them shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from geo.store.statements import chunks
from geo.store.tables import articles, data_sets, events, languages, printings


@dataclass(frozen=True, slots=True)
class Catalogued:
    """One article as a list shows it.

    Attributes
    ----------
    number
        Grows with each article that is stored: the highest came last.
    data_sets
        The data sets that it is in, by name.
    events
        How many events were read from it, rejected ones included.
    language
        The ISO 639 code of its language; None where that is not sure.
    story
        The digest of the article that printed its story first; its own where that is itself, or is not known yet.
    """

    number: int
    digest: str
    title: str | None
    source: str | None
    published_start: date | None
    published_end: date | None
    data_sets: tuple[str, ...]
    events: int
    language: str | None = None
    story: str = ""


def read(connection: Connection) -> tuple[Catalogued, ...]:
    """Give all articles, the one that came last first."""
    return _read(connection, None)


def some(connection: Connection, digests: Sequence[str]) -> tuple[Catalogued, ...]:
    """Give some articles, the one that came last first; what is not in the store is left out."""
    found = [one for part in chunks(digests) for one in _read(connection, part)]
    return tuple(sorted(found, key=lambda one: -one.number))


def newest(connection: Connection, length: int) -> tuple[Catalogued, ...]:
    """Give the articles that came last, the last one first."""
    about = articles.c
    return some(connection, list(connection.scalars(select(about.digest).order_by(about.number.desc()).limit(length))))


def printing(connection: Connection, digests: Sequence[str]) -> tuple[Catalogued, ...]:
    """Give some articles and all that print their stories, the one that came last first."""
    wanted, founder = set(digests), printings.c.founder
    for part in chunks(digests):
        founders = select(founder).where(printings.c.article.in_(part), founder.is_not(None))
        wanted.update(connection.scalars(founders))
    for part in chunks(sorted(wanted)):
        wanted.update(connection.scalars(select(printings.c.article).where(founder.in_(part))))
    return some(connection, sorted(wanted))


def _read(connection: Connection, only: Sequence[str] | None) -> tuple[Catalogued, ...]:
    """Give the articles with some digests; None: all."""

    def among(query: Select[Any], article: ColumnElement[str]) -> Select[Any]:
        return query if only is None else query.where(article.in_(only))

    sets: dict[str, list[str]] = {}
    named = select(data_sets.c.article, data_sets.c.name).order_by(data_sets.c.article, data_sets.c.name)
    for digest, name in connection.execute(among(named, data_sets.c.article)):
        sets.setdefault(digest, []).append(name)
    counted = select(events.c.article, func.count()).group_by(events.c.article)
    told: dict[str, int] = {row.article: int(row[1]) for row in connection.execute(among(counted, events.c.article))}
    about = articles.c
    query = (
        select(
            about.number, about.digest, about.title, about.source, about.published_start, about.published_end,
            languages.c.language, printings.c.founder,
        )
        .outerjoin(languages, languages.c.article == about.digest)
        .outerjoin(printings, printings.c.article == about.digest)
        .order_by(about.number.desc())
    )  # fmt: skip
    return tuple(
        Catalogued(
            row.number,
            row.digest,
            row.title,
            row.source,
            _day(row.published_start),
            _day(row.published_end),
            tuple(sets.get(row.digest, ())),
            told.get(row.digest, 0),
            row.language,
            row.founder or row.digest,
        )
        for row in connection.execute(among(query, about.digest))
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
