"""The part of the Store that gives back one article, and what was read out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, select

from geo.model import Article, Event, Mention, Record, TimeSpan
from geo.store import rows, tables
from geo.store.statements import chunks
from geo.store.storied import Storied


class OneArticle(Storied):
    """A store that gives each article and each event, as read or as corrected."""

    def record(self, digest: str) -> Record:
        """Give everything stored of the article with this digest, as corrected.

        Raises
        ------
        KeyError
            If there is no such article.
        """
        article = self.article(digest)
        with self.reading() as connection:
            overlay = self._overlay(connection)
            said = select(tables.languages.c.language).where(tables.languages.c.article == digest)
            language = connection.execute(said).scalar()
        events, rejected = overlay.split(rows.to_event(row) for row in self._children(tables.events, digest))
        unplotted = [rows.to_not_plotted(row) for row in self._children(tables.not_plotted, digest)]
        return Record(
            article=article,
            published=article.published,
            mentions=self.mentions(digest),
            times=self.times(digest),
            events=events,
            not_plotted=tuple(sorted([*unplotted, *rejected], key=lambda item: item.start))
            if rejected
            else tuple(unplotted),
            nominals=self.nominals(digest),
            language=language,
        )

    def article(self, digest: str) -> Article:
        """Give an article; its publication date is the one found, inferred or not.

        Raises
        ------
        KeyError
            If there is no such article.
        """
        with self.reading() as connection:
            query = select(tables.articles).where(tables.articles.c.digest == digest)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise KeyError(digest)
        return rows.to_article(dict(row))

    def texts(self, digests: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Give the texts of articles with their digests, in any order; those that are not there are left out."""
        about = tables.articles.c
        for part in chunks(digests):
            with self.reading() as connection:
                found = connection.execute(select(about.digest, about.text).where(about.digest.in_(part))).all()
            yield from ((digest, text) for digest, text in found)

    def mentions(self, digest: str) -> tuple[Mention, ...]:
        """Give the names of places in an article, in the order of the text."""
        return tuple(rows.to_mention(row) for row in self._children(tables.mentions, digest) if not row["nominal"])

    def nominals(self, digest: str) -> tuple[Mention, ...]:
        """Give the mentions of an article that are no names, in the order of the text."""
        return tuple(rows.to_mention(row) for row in self._children(tables.mentions, digest) if row["nominal"])

    def times(self, digest: str) -> tuple[TimeSpan, ...]:
        """Give an article's dated expressions, in the order of the text."""
        return tuple(rows.to_time(row) for row in self._children(tables.times, digest))

    def event(self, event_id: str, *, corrected: bool = True) -> tuple[str, Event] | None:
        """Give the digest of its article and the event with this id, as corrected or as read; None for none."""
        query = (
            select(tables.events)
            .join(tables.articles, tables.articles.c.digest == tables.events.c.article)
            .where(tables.events.c.id == event_id)
            .order_by(tables.articles.c.number, tables.events.c.ordinal)
        )
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
            overlay = self._overlay(connection)
        if row is None:
            return None
        read = rows.to_event(dict(row))
        return row["article"], overlay.apply(read) if corrected else read

    def _children(self, table: Table, digest: str) -> list[dict[str, Any]]:
        with self.reading() as connection:
            query = select(table).where(table.c.article == digest).order_by(table.c.ordinal)
            return [dict(row) for row in connection.execute(query).mappings()]
