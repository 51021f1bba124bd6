"""The part of the Store that people change: corrections made, undone, taken back, brought in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from sqlalchemy import Connection, select

from geo.corrections import Correction, Key, Standing
from geo.model import EventType, PlaceRef
from geo.store import journal, log, overlay, tables
from geo.store.connection import Connected, Counted
from geo.store.errors import StoreConflict
from geo.store.overlay import Overlay
from geo.store.statements import meta
from geo.store.who import Who

_COUNTING: Counted = "corrected"


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
        session: str = "",
        seen: Sequence[int] | None = None,
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
        session
            Whose it is to undo.
        seen
            The corrections of the event that whoever corrects it has seen, as `seen` gave them; None does not ask.

        Raises
        ------
        KeyError
            If there is no such event.
        ValueError
            If nothing is given, or a value makes no sense.
        StoreConflict
            If another session has changed the event since it was `seen`.
        StoreReadOnly, StoreLocked
            As their names say.
        """
        with self.writing(counting=_COUNTING) as connection:
            key, about = _event(connection, event_id)
            who = self.who(session, by)
            by, now = who.by, who.made
            self._check_seen(connection, event_id, seen, who)
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
            self._add(connection, _what(made, about), [(correction, about) for correction in made], who)

    def restore(self, event_id: str, *, by: str = "", session: str = "", seen: Sequence[int] | None = None) -> int:
        """Take back all corrections of an event, in one step that can be undone; give how many they were.

        Raises
        ------
        StoreConflict
            If another session has changed the event since it was `seen`.
        StoreReadOnly, StoreLocked
            As their names say.
        """
        with self.writing(counting=_COUNTING) as connection:
            who = self.who(session, by)
            self._check_seen(connection, event_id, seen, who)
            mine = [laid.entry for laid in overlay.read(connection).laid if event_id in (laid.event, laid.other)]
            if mine:
                what, numbers = f"restore {mine[0].trigger!r}", [entry.number for entry in mine]
                step = log.withdraw(connection, what, numbers, who)
                journal.add(connection, "withdraw", {"step": step, "step_in_words": what, "corrections": numbers}, who)
        return len(mine)

    def undo(self, *, by: str = "", session: str = "") -> str | None:
        """Undo the last step of a session; give what it was in words, None where nothing is left to undo.

        Raises
        ------
        StoreConflict
            If another session has changed the same event since.
        """
        return self._turn("undo", self.who(session, by))

    def redo(self, *, by: str = "", session: str = "") -> str | None:
        """Do again what a session undid last; give what it was in words, None where there is nothing.

        Raises
        ------
        StoreConflict
            If another session has changed the same event since.
        """
        return self._turn("redo", self.who(session, by))

    def _turn(self, way: Literal["undo", "redo"], who: Who) -> str | None:
        with self.writing(counting=_COUNTING) as connection:
            step = (log.last if way == "undo" else log.following)(connection, who.session)
            if step is None:
                return None
            if later := log.over(connection, step):
                raise StoreConflict(self.url, by=later.by, made=later.made, what=later.what)
            log.turn(connection, step, undone=log.UNDONE if way == "undo" else log.STANDS)
            journal.add(connection, way, {"step": step.number, "step_in_words": step.what}, who)
        return step.what

    def steps(self, *, session: str = "") -> tuple[str | None, str | None]:
        """Give in words what `undo` would undo and `redo` do again in a session; None where there is nothing."""
        with self.reading() as connection:
            own = session or self.session
            last, following = log.last(connection, own), log.following(connection, own)
        return (last.what if last else None, following.what if following else None)

    def seen(self, event_id: str) -> tuple[int, ...]:
        """Give the numbers of the corrections that an event shows: what a change of it is made in sight of."""
        with self.reading() as connection:
            return _shown(self._overlay(connection), event_id)

    def corrections(self, *, event: str | None = None) -> tuple[Standing, ...]:
        """Give the corrections that count, in the order in which they were made; of one `event` only, by its id.

        Those that join it to another event are among them, whichever of the two it is.
        """
        with self.reading() as connection:
            found = self._overlay(connection).laid
        return tuple(
            Standing(entry.correction, laid.event, entry.trigger, entry.article_id, entry.title)
            for laid in found
            if (entry := laid.entry) and (event is None or event in (laid.event, laid.other))
        )

    def add_corrections(self, given: Iterable[Standing], *, what: str = "import", session: str = "") -> int:
        """Take in corrections that were made elsewhere, in one step; give how many were new.

        Those that count here already are left out.
        """
        with self.writing(counting=_COUNTING) as connection:
            present = {entry.correction.content for entry in log.standing(connection)}
            new: list[tuple[Correction, log.About]] = []
            for item in given:
                content = item.correction.content
                if content not in present:
                    present.add(content)
                    new.append((item.correction, log.About(item.trigger, item.article_id, item.title)))
            if new:
                self._add(connection, what, new, self.who(session))
        return len(new)

    def _add(self, connection: Connection, what: str, made: list[tuple[Correction, log.About]], who: Who) -> None:
        step = log.add(connection, what, made, who)
        told = [journal.of_correction(correction) for correction, _ in made]
        journal.add(connection, "correct", {"step": step, "step_in_words": what, "corrections": told}, who)

    def _check_seen(self, connection: Connection, event_id: str, seen: Sequence[int] | None, who: Who) -> None:
        """Refuse a change of an event that looks otherwise than when it was seen, if somebody else has changed it."""
        if seen is None:
            return
        different = set(seen) ^ set(_shown(overlay.read(connection), event_id))
        for step in log.makers(connection, different):
            if step.session != who.session:
                raise StoreConflict(self.url, by=step.by, made=step.made, what=step.what)

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


def _shown(over: Overlay, event_id: str) -> tuple[int, ...]:
    return tuple(laid.entry.number for laid in over.laid if event_id in (laid.event, laid.other))
