"""The part of the Store that gives back the events of many articles, as frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, or_, select

from geo.store import journal, printings, tables, tallies
from geo.store.one_article import OneArticle
from geo.store.statements import meta

if TYPE_CHECKING:
    import geopandas

    from geo.store.kept import Keeper
    from geo.store.patching import Kept


class Framed(OneArticle):
    """A store that gives the frame of its events, made once for each of its states."""

    def __init__(
        self, url: str, *, create: bool = False, read_only: bool = False, session: str = "", keep: Path | None = None
    ) -> None:
        super().__init__(url, create=create, read_only=read_only, session=session)
        self._keep = keep
        self._frame: Kept | None = None

    def events(self, *, data_set: str | None = None, article: str | None = None) -> geopandas.GeoDataFrame:
        """Give the events as a frame, as corrected, in the order of their articles and of the text.

        Parameters
        ----------
        data_set, article
            Only those of one data set, or of the article with this digest.

        Returns
        -------
        geopandas.GeoDataFrame
            The columns of `geo.store.frames.COLUMNS`: the record's event columns, ``incident``, ``article`` (digest),
            the article's publication, source, title and url, ``data_set`` (the first by name), ``snippet`` (the
            sentence), ``corrected`` (what was corrected by hand and by whom: ``place, date - by Ann``) and ``note``.
            Rejected events are left out, and events that a near-duplicate of their article told first, where that one
            is in the frame (`retellings`). See `geo.store.frames.build`.
        """
        from geo.store import frames  # noqa: PLC0415 (geopandas takes a second, which a reader of articles need not wait)

        with self.reading() as connection:
            overlay = self._overlay(connection)
            if data_set is None and article is None:
                automatic = self._automatic(connection)
            else:
                automatic = frames.read(connection, frames.statement(data_set=data_set, article=article))
            automatic = printings.told_first(automatic, printings.retold(connection))
        return frames.lay_over(automatic, overlay)

    def stretches(self, *, data_set: str | None = None) -> Iterator[geopandas.GeoDataFrame]:
        """Give the events of `events` as frames of some articles each, all of one state of the store.

        No more than one of them lies in memory. The store is being read until the last was given.
        """
        from geo.store import frames  # noqa: PLC0415 (see above)

        query = printings.first_told(frames.statement(data_set=data_set), data_set=data_set)
        with self.reading() as connection:
            overlay = self._overlay(connection)
            for frame in frames.stretches(connection, query):
                yield frames.lay_over(frame, overlay)

    def reports(self, event_id: str) -> geopandas.GeoDataFrame:
        """Give the other reports of what an event tells of: a frame as of `events`, often empty."""
        from geo.store import frames  # noqa: PLC0415 (see above)

        about = tables.events.c
        with self.reading() as connection:
            overlay = self._overlay(connection)
            own = connection.execute(select(about.incident).where(about.id == event_id)).scalar()
            incident = overlay.incidents.of(event_id, own or "")
            incidents, events = overlay.incidents.sources(incident)
            copies = printings.versions(connection, event_id)
            belonging = or_(about.incident.in_(incidents), about.id.in_([*events, *copies]))
            found = frames.build(connection.execute(frames.statement().where(belonging)).fetchall())
        told = frames.lay_over(found, overlay)
        of_it = (told["incident"] == incident) | told["id"].isin(copies)
        return told[of_it & (told["id"] != event_id)].reset_index(drop=True)

    def keep_events(self) -> None:
        """Keep the columns of the events for the next process, where they are many and much changed since.

        Whoever stores many articles calls it at the end, so that who looks at them next need not read them all.
        """
        keeper = self._keeper()
        if keeper is None:
            return
        with self.reading() as connection:
            kept = keeper.entries(meta(connection)["store"])
            since = None if kept is None else journal.head(connection)[0] - kept
            if keeper.wants(tallies.events(connection), since, tallies.articles(connection)):
                self._automatic(connection)

    def _keeper(self) -> Keeper | None:
        if self._keep is None:
            return None
        from geo.store.kept import Keeper  # noqa: PLC0415 (see above)

        return Keeper(self._keep)

    def _automatic(self, connection: Connection) -> geopandas.GeoDataFrame:
        """Give the frame of all events as read; made again when something was read, not when it was corrected."""
        from geo.store import patching  # noqa: PLC0415 (see above)

        found = meta(connection)
        state = (found["store"], found["revision"])
        kept = self._frame
        if kept is None or kept.state != state:
            keeper = self._keeper()
            if keeper and (kept is None or kept.state[0] != state[0]):
                kept = keeper.load(state[0])
            kept = patching.read(connection, state, kept)
            if keeper and keeper.wants(len(kept.table), kept.behind, tallies.articles(connection)):
                kept = keeper.write(kept)
            self._frame = kept
        return kept.frame
