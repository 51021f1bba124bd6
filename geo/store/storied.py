"""The part of the Store that knows which articles print one story; `geo.pipeline.stories` says which they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from geo.store import journal, printings, tables
from geo.store.joined import Joined
from geo.store.printings import Ties


class Storied(Joined):
    """A store whose near-duplicate articles are tied to the first of each."""

    def count_untied(self) -> int:
        """Count the articles of which it is not looked yet whose story they print."""
        with self.reading() as connection:
            return printings.waiting(connection)

    @contextmanager
    def tying(self) -> Iterator[Ties]:
        """Give what ties articles, in one transaction; a change of what is told first is noted in the journal."""
        with self.writing() as connection:
            ties = Ties(connection)
            yield ties
            if ties.changed:
                journal.add(connection, "copies", {"articles": ties.changed}, self.who())

    def retellings(self) -> dict[str, tuple[str, ...]]:
        """Give the events that copies of their article tell, too, by their ids, with the digests of those copies."""
        about, number = tables.retold.c, tables.articles.c.number
        query = select(about.original, about.article).join(tables.articles, tables.articles.c.digest == about.article)
        found: dict[str, list[str]] = defaultdict(list)
        with self.reading() as connection:
            for row in connection.execute(query.order_by(number)):
                found[row.original].append(row.article)
        return {event: tuple(dict.fromkeys(articles)) for event, articles in found.items()}

    def original(self, event_id: str) -> str:
        """Give the id of the event that told first what this one tells: its own where that is itself."""
        with self.reading() as connection:
            return printings.versions(connection, event_id)[0]
