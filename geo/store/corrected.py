"""The part of the Store that people change: corrections made, undone, taken back, brought in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select

from geo.corrections import Correction, Key, Standing
from geo.model import EventType, PlaceRef
from geo.store import log, overlay, tables
from geo.store.connection import Connected, meta
from geo.store.overlay import Overlay

_COUNTING = "corrected"


class Corrected(Connected):
    """A store whose events people correct. What was read automatically is never changed."""

    _kept: tuple[tuple[str, str], Overlay] | None = None

    def correct(
        self,
        event_id: str,
        *,
        place: PlaceRef | None = None,
        dates: tuple[date | None, date | None] | None = None,
        type: EventType | None = None,
        rejected: bool = False,
        note: str | None = None,
        same_as: str | None = None,
        apart: bool = False,
        by: str = "",
    ) -> None:
        """Correct an event; all that is given is one step, undone as one.

        Parameters
        ----------
        event_id
            The event's id, which stays the same.
        place
            Where it happened; `geo.corrections.point` makes a place of a point on the map.
        dates
            When, as a closed interval of days; ``(None, None)`` for no known day.
        type
            What it was.
        rejected
            It is not to be shown on the map; it stays listed under what is not plotted.
        note
            What is to be read with it; empty takes the note away.
        same_as
            The id of an event that it is another report of; their incidents become one.
        apart
            It is not the event that the other reports of its incident tell of.
        by
            Who says so.

        Raises
        ------
        KeyError
            If there is no such event.
        ValueError
            If nothing is given, or a value makes no sense.
        StoreReadOnly, StoreLocked
            As their names say.
        """
        with self._writing(counting=_COUNTING) as connection:
            key, about = _event(connection, event_id)
            by, now = by.strip(), _now()
            made = []
            if place is not None:
                made.append(Correction(key, "place", place=place, by=by, made=now))
            if dates is not None:
                made.append(Correction(key, "date", date_start=dates[0], date_end=dates[1], by=by, made=now))
            if type is not None:
                made.append(Correction(key, "type", type=type, by=by, made=now))
            if rejected:
                made.append(Correction(key, "reject", by=by, made=now))
            if note is not None:
                made.append(Correction(key, "note", note=note.strip(), by=by, made=now))
            if same_as is not None:
                other, _ = _event(connection, same_as)
                made.append(Correction(key, "same_event", other=other, by=by, made=now))
            if apart:
                made.append(Correction(key, "other_event", by=by, made=now))
            if not made:
                raise ValueError("say what to correct: place, dates, type, rejected, note, same_as or apart")
            log.add(connection, _what(made, about), [(correction, about) for correction in made])

    def restore(self, event_id: str) -> int:
        """Take back all corrections of an event, in one step that can be undone; give how many they were.

        Raises
        ------
        StoreReadOnly, StoreLocked
            As their names say.
        """
        with self._writing(counting=_COUNTING) as connection:
            mine = [laid.entry for laid in overlay.read(connection).laid if event_id in (laid.event, laid.other)]
            if mine:
                log.withdraw(connection, f"restore {mine[0].trigger!r}", [entry.number for entry in mine])
        return len(mine)

    def undo(self) -> str | None:
        """Undo the last step; give what it was in words, None where nothing is left to undo."""
        with self._writing(counting=_COUNTING) as connection:
            return log.undo(connection)

    def redo(self) -> str | None:
        """Do again what was undone last; give what it was in words, None where there is nothing."""
        with self._writing(counting=_COUNTING) as connection:
            return log.redo(connection)

    def steps(self) -> tuple[str | None, str | None]:
        """Give in words what `undo` would undo and what `redo` would do again; None where there is nothing."""
        with self._reading() as connection:
            return log.ahead(connection)

    def corrections(self, *, event: str | None = None) -> tuple[Standing, ...]:
        """Give the corrections that count, in the order in which they were made; of one `event` only, by its id.

        Those that join it to another event are among them, whichever of the two it is.
        """
        with self._reading() as connection:
            found = self._overlay(connection).laid
        return tuple(
            Standing(entry.correction, laid.event, entry.trigger, entry.article_id, entry.title)
            for laid in found
            if (entry := laid.entry) and (event is None or event in (laid.event, laid.other))
        )

    def add_corrections(self, given: Iterable[Standing], *, what: str = "import") -> int:
        """Take in corrections that were made elsewhere, in one step; give how many were new.

        Those that count here already are left out.
        """
        with self._writing(counting=_COUNTING) as connection:
            present = {entry.correction.content for entry in log.standing(connection)}
            new: list[tuple[Correction, log.About]] = []
            for item in given:
                content = item.correction.content
                if content not in present:
                    present.add(content)
                    new.append((item.correction, log.About(item.trigger, item.article_id, item.title)))
            if new:
                log.add(connection, what, new)
        return len(new)

    def _overlay(self, connection: Connection) -> Overlay:
        """Give the corrections over the stored events; read once for each state of the store."""
        found = meta(connection)
        state = (found["revision"], found[_COUNTING])
        kept = self._kept
        if kept is None or kept[0] != state:
            kept = (state, overlay.read(connection))
            self._kept = kept
        return kept[1]


def _event(connection: Connection, event_id: str) -> tuple[Key, log.About]:
    event, article = tables.events.c, tables.articles.c
    query = (
        select(
            event.article, event.trigger_start, event.trigger_end, event.place_text, event.trigger,
            article.id.label("article_id"), article.title,
        )
        .join(tables.articles, article.digest == event.article)
        .where(event.id == event_id)
    )  # fmt: skip
    row = connection.execute(query).mappings().first()
    if row is None:
        raise KeyError(event_id)
    key = Key(*(row[name] for name in Key._fields))
    return key, log.About(row["trigger"], row["article_id"], row["title"])


def _what(made: list[Correction], about: log.About) -> str:
    actions = ", ".join(correction.action.replace("_", " ") for correction in made)
    return f"{actions} of {about.trigger!r}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
