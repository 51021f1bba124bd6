"""What changed since a state of the store: new events, those that are told otherwise, those that are gone.

A state is an entry of the journal, by its number and the first digits of its digest: ``412.9f3a02c1``. Another store,
or one whose history is another, has no such state.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select

from geo.corrections import Key
from geo.store import differing, journal, overlay, tables
from geo.store.journal import START, Entry
from geo.store.statements import chunks
from geo.store.store import Store

_DIGITS = 8
BEGINNING = f"0.{START[:_DIGITS]}"
READ_ANEW, TAKEN_OUT, REJECTED = "read otherwise now", "its article was removed", "rejected by hand"


class Lost(NamedTuple):
    """An event that is gone: what it was, its first day in ISO 8601 if it had one, and why it is gone."""

    id: str
    type: str
    place: str
    day: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since a state.

    Attributes
    ----------
    since
        When that state came about; None for the beginning.
    new, changed
        Ids of events that are there now. No event is in both.
    gone
        Events that were there; of very many removed at once only the first.
    gone_count
        How many they are.
    """

    since: datetime | None
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    gone: tuple[Lost, ...] = ()
    gone_count: int = 0

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.changed or self.gone_count)


def state(store: Store) -> str:
    """Name the state that a store is in."""
    with store.reading() as connection:
        number, digest = journal.head(connection)
    return f"{number}.{digest[:_DIGITS]}"


def state_before(store: Store, when: datetime) -> str:
    """Name the state that a store was in at a time, which knows its zone."""
    about = tables.journal.c
    made = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.reading() as connection:
        query = select(about.number, about.digest).where(about.made < made).order_by(about.number.desc()).limit(1)
        found = connection.execute(query).first()
    return f"{found.number}.{found.digest[:_DIGITS]}" if found else BEGINNING


def changed(store: Store, since: str) -> Changed | None:
    """Say what changed since a state; None where the store was never in it."""
    number, _, digits = since.partition(".")
    after = int(number)
    with store.reading() as connection:
        began = connection.execute(select(tables.journal).where(tables.journal.c.number == after)).mappings().first()
        digest = began["digest"] if began else START if after == 0 else ""
        if not digest.startswith(digits) or len(digits) != _DIGITS:
            return None
        walk = _Walk(after)
        for entry in journal.entries(connection):
            walk.take(entry)
        return _summed(connection, walk, datetime.fromisoformat(began["made"]) if began else None)


def ids(store: Store, since: str | None) -> frozenset[str] | None:
    """Give the ids of the events that are new or told otherwise since a state; None where that is none of here."""
    found = changed(store, since) if since else None
    return found.new | found.changed if found else None


def unknown(since: str) -> str:
    """Say that a store was never in a state."""
    return f"changed: {since} is no state of this store: what changed since cannot be told."


@dataclass(slots=True)
class _Walk:
    """What the journal tells, entry by entry: up to the state only which articles there were, and which steps stood."""

    after: int
    present: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    gone: dict[str, tuple[str, Lost]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    untold: int = 0
    stood: dict[int, bool] = field(default_factory=dict)
    stands: dict[int, bool] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        detail, later = json.loads(entry.detail), entry.number > self.after
        if entry.what == "article":
            self._article(detail, later=later)
        elif entry.what == "remove":
            self._removed(detail, later=later)
        elif entry.what == "return":
            self._returned(detail["articles"], later=later)
        elif entry.what in ("correct", "withdraw", "undo", "redo"):
            self.stands[detail["step"]] = entry.what != "undo"
            if not later:
                self.stood[detail["step"]] = entry.what != "undo"

    def steps(self) -> list[int]:
        """Give the steps of corrections that stand otherwise than they did in that state."""
        return [step for step, now in self.stands.items() if now != self.stood.get(step, False)]

    def _article(self, detail: dict[str, Any], *, later: bool) -> None:
        digest = detail["article"]
        known = {digest, *detail.get("superseded", ())} & self.present
        self.present -= known
        self.present.add(digest)
        if not later:
            return
        if not known or known & self.fresh:
            self.fresh.add(digest)
            return
        for old, named in detail.get("renamed", {}).items():
            for kept in (self.new, self.changed):
                if old in kept:
                    kept.remove(old)
                    kept.add(named)
        # Journals of former versions say nothing of single events: what they read anew counts as it was.
        for event in detail.get("new", ()):
            back = self.gone.pop(event, None)
            (self.changed if back else self.new).add(event)
        self.changed |= set(detail.get("changed", ())) - self.new
        self._lose(detail.get("gone", {}), READ_ANEW)

    def _removed(self, detail: dict[str, Any], *, later: bool) -> None:
        digests = set(detail["articles"])
        self.present -= digests
        if later:
            self._lose(detail.get("gone", {}), TAKEN_OUT)
            self.taken |= digests - self.fresh
            self.fresh -= digests

    def _returned(self, digests: Iterable[str], *, later: bool) -> None:
        back = set(digests)
        self.present |= back
        if later:
            self.gone = {event: lost for event, lost in self.gone.items() if lost[0] not in back}
            self.fresh |= back - self.taken
            self.taken -= back
            self.untold = self.untold if self.taken else 0

    def _lose(self, gone: dict[str, Any], why: str) -> None:
        told = gone.get("events", ())
        self.untold += max(0, gone.get("count", 0) - len(told))
        for event, article, kind, place, day in told:
            if article in self.fresh or event in self.new:
                self.new.discard(event)  # it came and went since
                continue
            self.changed.discard(event)
            self.gone[event] = (article, Lost(event, kind, place, day, why))


def _summed(connection: Connection, walk: _Walk, since: datetime | None) -> Changed:
    about = tables.events.c
    new = set(walk.new)
    for part in chunks(sorted(walk.fresh)):
        new |= set(connection.execute(select(about.id).where(about.article.in_(part))).scalars())
    touched = _by_hand(connection, walk.steps())
    rejected = set(overlay.read(connection).rejected)
    gone = [lost for _, lost in walk.gone.values()] + list(_lost(connection, (touched & rejected) - new))
    new -= rejected
    changed = (walk.changed | touched) - new - rejected
    return Changed(since, frozenset(new), frozenset(changed), tuple(gone), len(gone) + walk.untold)


def _by_hand(connection: Connection, steps: list[int]) -> set[str]:
    """Give the ids of the events that some steps are about: they correct them, or take back what did."""
    log, touched = tables.corrections.c, set[Key]()
    for at in range(0, len(steps), 400):
        some = steps[at : at + 400]
        query = select(tables.corrections).where(or_(log.step.in_(some), log.withdrawn.in_(some)))
        for row in connection.execute(query).mappings():
            touched |= set(_keys(dict(row)))
    return {str(row["id"]) for found in overlay.find(connection, touched).values() for row in found}


def _keys(row: dict[str, Any]) -> Iterable[Key]:
    yield Key(row["article"], row["trigger_start"], row["trigger_end"], row["place_text"])
    if row["other_article"] is not None:
        other = (row[f"other_{name}"] for name in ("article", "trigger_start", "trigger_end", "place_text"))
        yield Key(*other)


def _lost(connection: Connection, events: Collection[str]) -> Iterable[Lost]:
    about = tables.events.c
    for part in chunks(sorted(events)):
        for row in connection.execute(select(tables.events).where(about.id.in_(part))).mappings():
            event, _, kind, place, day = differing.told(dict(row))
            yield Lost(event, kind, place, day, REJECTED)
