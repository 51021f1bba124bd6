"""The part of the Store that joins: what came and went since, the events as they were read, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import update

from geo.store import joins, journal, tables
from geo.store.corrected import Corrected
from geo.store.joins import Told, Unjoined
from geo.store.statements import meta, set_meta


class _OutdatedError(Exception):
    """Ends a transaction whose grounds have changed."""


class Joined(Corrected):
    """A store whose reports of one event are joined; `geo.pipeline.joining` says which belong together."""

    def count_unjoined(self) -> int:
        """Count the articles that came or went since the reports of one event were joined."""
        with self.reading() as connection:
            return joins.count(connection)

    def unjoined(self) -> Unjoined:
        """Give what is to be joined."""
        with self.reading() as connection:
            return joins.waiting(connection, int(meta(connection)["joins"]))

    def told(self) -> Iterator[Told]:
        """Give every event as it was read, in the order in which the articles came."""
        with self.reading() as connection:
            for stretch in joins.stretches(connection):
                yield from stretch

    def told_of(self, *, articles: Sequence[str] = (), incidents: Sequence[str] = ()) -> list[Told]:
        """Give the events of some articles and incidents, as they were read."""
        with self.reading() as connection:
            return joins.of_articles(connection, articles) + joins.of_incidents(connection, incidents)

    def told_near(
        self, *, west: int, south: int, east: int, north: int, first: date, last: date, longest: int
    ) -> list[Told]:
        """Give the events in a box and a stretch of days, as they were read; see `geo.store.joins.near`."""
        with self.reading() as connection:
            return joins.near(
                connection, west=west, south=south, east=east, north=north, first=first, last=last, longest=longest
            )

    def settle(self, incidents: Mapping[str, str], done: Unjoined) -> bool:
        """Say to which incident some events belong, by their ids, and that `done` is joined with that.

        Returns
        -------
        bool
            False, with nothing changed, where another program joined in the meantime, or an event went.
        """
        about = tables.events
        try:
            with self.writing(counting="revision" if incidents else "settled") as connection:
                if int(meta(connection)["joins"]) != done.joins or not joins.settled(connection, done):
                    raise _OutdatedError
                for event, incident in incidents.items():
                    connection.execute(update(about).where(about.c.id == event).values(incident=incident))
                set_meta(connection, "joins", str(done.joins + 1))
                if incidents:
                    told = {"events": len(incidents), "articles": joins.articles_of(connection, list(incidents))}
                    journal.add(connection, "join", told, self.who())
        except _OutdatedError:
            return False
        return True
