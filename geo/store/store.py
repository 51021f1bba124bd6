"""The Store: one transaction an article, read back as frames and records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from geo.model import Record
from geo.store import (
    catalogue,
    differing,
    former,
    joins,
    journal,
    log,
    printings,
    rows,
    search,
    tables,
    tallies,
    unplotted,
)
from geo.store.catalogue import Catalogued
from geo.store.framed import Framed
from geo.store.journal import Entry
from geo.store.removed import Removed, copy, paste
from geo.store.statements import chunks
from geo.store.tallies import Counts
from geo.store.unplotted import Unplotted

DATA_SET = "articles"


class Store(Framed):
    """The database of articles and what was read out of them.

    Parameters
    ----------
    url
        An SQLAlchemy URL, or the path of a SQLite file.
    create
        Make the store where there is none.
    read_only
        Refuse every change, and open a SQLite file so that it cannot be written to.
    session
        What the journal calls the session of a change that names none.
    keep
        A folder in which the columns of very many events are kept, so that the next process need not read them anew
        (`geo.store.kept`); None keeps none.

    Raises
    ------
    StoreMissing, StoreForeign, StoreReadOnly, StoreLocked, StoreUnreachable
        As their names say; each message ends with what to do.
    """

    def __init__(
        self, url: str, *, create: bool = False, read_only: bool = False, session: str = "", keep: Path | None = None
    ) -> None:
        super().__init__(url, create=create, read_only=read_only, session=session, keep=keep)
        with self.reading() as connection:
            self._search = search.kind(connection)

    # Writing

    def save(self, record: Record, *, pipeline: str, data_set: str = DATA_SET) -> None:
        """Store a record in one transaction, in place of what an earlier reading of the same article gave.

        Parameters
        ----------
        pipeline
            The version of what made the record (`geo.pipeline.version`).
        data_set
            The set that the article joins; a set can be removed as a whole.
        """
        digest = record.article.digest
        with self.writing() as connection:
            before = former.read(connection, record.article, data_set)
            joined = before.sets | {data_set}
            seen: list[differing.Row] = []
            freed: list[str] = []
            if before.number is not None:
                freed = printings.freed(connection, [digest, *before.superseded])
                seen = differing.events(connection, [digest, *before.superseded])
                self._delete(connection, [digest, *before.superseded])
                log.move(connection, before.superseded, digest)
            row = rows.article_row(record, pipeline=pipeline)
            if before.number is not None:
                # An article that is read anew keeps its place in the order.
                row["number"] = before.number
            made = insert(tables.articles).returning(tables.articles.c.number)
            number = int(connection.execute(made, row).scalar_one())
            connection.execute(insert(tables.data_sets), [{"name": name, "article": digest} for name in sorted(joined)])
            events = rows.event_rows(record)
            for table, children in (
                (tables.mentions, rows.mention_rows(record)),
                (tables.times, rows.time_rows(record)),
                (tables.events, events),
                (tables.not_plotted, rows.not_plotted_rows(record)),
            ):
                if children:
                    connection.execute(insert(table), children)
            search.add(connection, self._search, number, record.article.title, record.article.text)
            if record.language:
                connection.execute(insert(tables.languages), {"article": digest, "language": record.language})
            joins.came(connection, [digest])
            printings.came(connection, [digest])
            told = {"article": digest, "id": record.article.id, "data_set": data_set, "pipeline": pipeline}
            read = {"events": rows.content_of(events), "superseded": list(before.superseded)}
            read |= {"freed": freed} if freed else {}
            # Of an article that came, all events are new: only what differs from a reading before is told one by one.
            differs = differing.reading(seen, events) if before.number is not None else {}
            journal.add(connection, "article", {**told, **read, **differs}, self.who())

    def join(self, digests: Sequence[str], *, data_set: str) -> None:
        """Let stored articles belong to a data set as well."""
        with self.writing() as connection:
            here = select(tables.data_sets.c.article).where(tables.data_sets.c.name == data_set)
            missing = set(digests) - set(connection.execute(here).scalars())
            if missing:
                new = [{"name": data_set, "article": digest} for digest in sorted(missing)]
                connection.execute(insert(tables.data_sets), new)
                told = {"data_set": data_set, "articles": sorted(missing)}
                journal.add(connection, "member", told, self.who())

    def remove(self, data_set: str, *, only: Sequence[str] | None = None) -> int:
        """Take a data set out, or `only` some digests of it; articles left in no other set are deleted.

        Returns
        -------
        int
            How many articles were deleted.
        """
        with self.writing() as connection:
            return self._remove(connection, data_set, only)

    def take_out(self, data_set: str) -> Removed:
        """Take a data set out as `remove` does, and give what `put_back` needs to undo it."""
        with self.writing() as connection:
            removed = copy(connection, data_set)
            self._remove(connection, data_set, None)
        return removed

    def put_back(self, removed: Removed) -> None:
        """Put a data set back as it was; articles that were read again in the meantime stay as they are now."""
        with self.writing() as connection:
            back = paste(connection, removed, self._search)
            joins.came(connection, back)
            printings.came(connection, back)
            told = {"data_set": removed.data_set, "articles": back} | journal.few("members", removed.members)
            journal.add(connection, "return", told, self.who())

    # Reading

    def journal(self) -> Iterator[Entry]:
        """Give every change ever made, first first; see `geo.store.journal`."""
        with self.reading() as connection:
            yield from journal.entries(connection)

    def changes(self, *, after: int, most: int) -> tuple[Entry, ...]:
        """Give the entries of the journal that follow a number, first first, at most so many."""
        with self.reading() as connection:
            return tuple(islice(journal.entries(connection, after=after), most))

    def not_plotted(
        self,
        *,
        article: str | None = None,
        data_set: str | None = None,
        articles: Collection[str] | None = None,
        reason: str | None = None,
        limit: int | None = None,
    ) -> tuple[Unplotted, ...]:
        """Give what did not become a pin and why, in the order of the articles and of the text.

        Parameters
        ----------
        article, data_set
            Only of the article with this digest, or of one data set.
        articles
            Only of the articles with these digests.
        reason
            Only with this reason.
        limit
            Only so many, the first.
        """
        with self.reading() as connection:
            overlay = self._overlay(connection)
            return unplotted.read(
                connection,
                overlay,
                article=article,
                data_set=data_set,
                articles=articles,
                reason=reason,
                limit=limit,
            )

    def search(self, typed: str, *, limit: int | None = None) -> tuple[search.Hit, ...]:
        """Find articles that hold every word of `typed` (a phrase in quotation marks is one), best first."""
        with self.reading() as connection:
            found = search.digests(connection, self._search, typed)[:limit]
            about = tables.articles.c
            query = select(about.digest, about.title, about.text)
            texts = {
                row.digest: (row.title, row.text)
                for part in chunks(found)
                for row in connection.execute(query.where(about.digest.in_(part)))
            }
        return tuple(search.hit(digest, *texts[digest], typed) for digest in found)

    def matching(self, typed: str) -> frozenset[str]:
        """Give the digests of all articles that `search` would find."""
        with self.reading() as connection:
            return frozenset(search.digests(connection, self._search, typed))

    def counts(self) -> Counts:
        """Count what the store holds, as corrected."""
        with self.reading() as connection:
            return tallies.count(connection, self._overlay(connection))

    def span(self) -> tuple[str | None, str | None]:
        """Give the first and the last day of all dated events, as ISO text; None where there are none."""
        first, last = tables.events.c.date_start, tables.events.c.date_end
        with self.reading() as connection:
            if not self._overlay(connection).amended:
                low, high = connection.execute(select(func.min(first), func.max(last))).one()
                return low, high
        dated = self.events().dropna(subset="date_start")
        if dated.empty:
            return None, None
        return dated["date_start"].min().date().isoformat(), dated["date_end"].max().date().isoformat()

    def sources(self) -> dict[str, int]:
        """Give the sources with the number of their articles, most first; articles without a source do not count."""
        source = tables.articles.c.source
        query = select(source, func.count()).where(source.is_not(None)).group_by(source)
        return self._tally(query)

    def catalogue(self) -> tuple[Catalogued, ...]:
        """Give the articles without their texts, the one that came last first."""
        with self.reading() as connection:
            return catalogue.read(connection)

    def catalogued(self, digests: Sequence[str]) -> tuple[Catalogued, ...]:
        """Give some articles as `catalogue` does."""
        with self.reading() as connection:
            return catalogue.some(connection, digests)

    def newest(self, length: int) -> tuple[Catalogued, ...]:
        """Give the articles that came last as `catalogue` does."""
        with self.reading() as connection:
            return catalogue.newest(connection, length)

    def printing(self, digests: Sequence[str]) -> tuple[Catalogued, ...]:
        """Give some articles and all that print their stories as `catalogue` does."""
        with self.reading() as connection:
            return catalogue.printing(connection, digests)

    def languages(self) -> dict[str, int]:
        """Give the known languages of articles (ISO 639) with the number of their articles, most first."""
        language = tables.languages.c.language
        return self._tally(select(language, func.count()).group_by(language))

    def data_sets(self) -> dict[str, int]:
        """Give the data sets with the number of their articles, most first."""
        name = tables.data_sets.c.name
        return self._tally(select(name, func.count()).group_by(name))

    def pipelines(self, *, data_set: str | None = None, only: Sequence[str] | None = None) -> dict[str, str]:
        """Give the digests of all articles (of a data set, or `only` some), each with the version of what read it."""
        query = select(tables.articles.c.digest, tables.articles.c.pipeline)
        if only is not None:
            query = query.where(tables.articles.c.digest.in_(only))
        if data_set is not None:
            inside = select(tables.data_sets.c.article).where(tables.data_sets.c.name == data_set)
            query = query.where(tables.articles.c.digest.in_(inside))
        with self.reading() as connection:
            return {row.digest: row.pipeline for row in connection.execute(query)}

    def _tally(self, query: Any) -> dict[str, int]:
        with self.reading() as connection:
            found = [(str(name), int(number)) for name, number in connection.execute(query)]
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def _remove(self, connection: Connection, data_set: str, only: Sequence[str] | None) -> int:
        member = tables.data_sets.c
        out = delete(tables.data_sets).where(member.name == data_set)
        left = only
        if left is None:
            left = list(connection.execute(select(member.article).where(member.name == data_set)).scalars())
        if only is None:
            connection.execute(out)
        for part in chunks(only or ()):
            connection.execute(out.where(member.article.in_(part)))
        about = tables.articles.c.digest
        gone = list(connection.execute(select(about).where(about.not_in(select(member.article)))).scalars())
        lost = differing.removal(connection, gone)
        freed = printings.freed(connection, gone)
        self._delete(connection, gone)
        told = {"data_set": data_set, "articles": gone, "whole": only is None, **lost}
        members, copies = journal.few("members", left), journal.few("freed", freed)
        if members and copies:  # of too many of either it is not known what changed
            told |= members | (copies if freed else {})
        journal.add(connection, "remove", told, self.who())
        return len(gone)

    def _delete(self, connection: Connection, digests: Sequence[str]) -> None:
        joins.went(connection, digests)
        about = tables.articles.c
        for part in chunks(digests):
            search.drop(connection, self._search, part)
            connection.execute(delete(tables.articles).where(about.digest.in_(part)))
