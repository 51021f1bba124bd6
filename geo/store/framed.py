"""The part of the Store that gives back the events of many articles, as frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, or_, select

from geo.store import journal, printings, tables, tallies
from geo.store.one_article import OneArticle
from geo.store.statements import meta

if TYPE_CHECKING:
    import geopandas

    from geo.store.kept import Keeper
    from geo.store.left_out import LeftOut
    from geo.store.patching import Kept, Kind


class Framed(OneArticle):
    """A store that gives the frame of its events, made once for each of its states."""

    def __init__(
        self, url: str, *, create: bool = False, read_only: bool = False, session: str = "", keep: Path | None = None
    ) -> None:
        super().__init__(url, create=create, read_only=read_only, session=session)
        self._keep = keep
        self._tables: dict[str, Kept] = {}
        self._frame: tuple[Kept, geopandas.GeoDataFrame] | None = None

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
                every = frames.read(connection, frames.statement(data_set=data_set, article=article))
                automatic = printings.told_first(every, printings.retold(connection))
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

    def left_out(self) -> LeftOut:
        """Give how many passages of each article did not become a mark, by their reason; see `geo.store.left_out`."""
        from geo.store import left_out  # noqa: PLC0415 (see above)

        with self.reading() as connection:
            kept = self._table(connection, left_out.LEFT_OUT)
            return left_out.LeftOut.of(kept.table, left_out.rejected(connection, self._overlay(connection).rejected))

    def keep_tables(self) -> None:
        """Keep what is read of all articles for the next process, where they are many and much changed since.

        Whoever stores many articles calls it at the end, so that who looks at them next need not read them all.
        """
        keeper = self._keeper()
        if keeper is None:
            return
        from geo.store import frames, left_out  # noqa: PLC0415 (see above)

        with self.reading() as connection:
            store, articles = meta(connection)["store"], tallies.articles(connection)
            for kind in (frames.EVENTS, left_out.LEFT_OUT):
                kept = keeper.entries(store, kind)
                if keeper.wants(articles, None if kept is None else journal.head(connection)[0] - kept):
                    self._table(connection, kind)

    def let_go(self) -> None:
        """Let the system take back what was read of the kept files, and memory that nothing holds.

        What is needed again is read again. Whoever is about to need much memory at once calls it.
        """
        import pyarrow as pa  # noqa: PLC0415 (see above)

        for kept in list(self._tables.values()):
            kept.let_go()
        pa.default_memory_pool().release_unused()

    def _keeper(self) -> Keeper | None:
        if self._keep is None:
            return None
        from geo.store.kept import Keeper  # noqa: PLC0415 (see above)

        return Keeper(self._keep)

    def _automatic(self, connection: Connection) -> geopandas.GeoDataFrame:
        """Give the frame of all events as read, those that copies tell again left out.

        It is made again when something was read, not when it was corrected.
        """
        from geo.store import columns, frames  # noqa: PLC0415 (see above)

        kept, before = self._table(connection, frames.EVENTS), self._frame
        if before and before[0].state == kept.state:
            return before[1]
        if before and before[0].state == kept.since:
            frame = columns.patched(before[1], kept.table, kept.pieces)
        else:
            frame = columns.frame(kept.table)
        self._frame = (kept, frame)
        self.let_go()
        return frame

    def _table(self, connection: Connection, kind: Kind) -> Kept:
        """Give a table at the state of a transaction, out of the one from before, the disk, or the database."""
        from geo.store import patching  # noqa: PLC0415 (see above)

        found = meta(connection)
        state = (found["store"], found["revision"])
        kept = self._tables.get(kind.name)
        if kept and kept.state == state:
            return kept
        if kept:  # the views of the state before read of the file, too, and are done with it
            kept.let_go()
        keeper = self._keeper()
        if keeper and (kept is None or kept.state[0] != state[0]):
            kept = keeper.load(state[0], kind)
        made = kept and patching.patched(connection, kind, state, kept)
        articles = tallies.articles(connection)
        if made and keeper and keeper.wants(articles, made.behind):
            made = keeper.write(made, kind)
        elif made is None and keeper and keeper.wants(articles, None):
            pieces = (piece for part in kind.whole(connection) for piece in part.to_batches())
            made = keeper.stream(state, journal.head(connection), kind, pieces)
            # Where it failed it is tried again when as much has changed once more.
            made = made or replace(patching.whole(connection, kind, state), behind=0)
        made = made or patching.whole(connection, kind, state)
        self._tables[kind.name] = made
        return made
