"""The finer kind of an event, by the word that tells it; and events that articles cite without saying when."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.lexicon import DIRECTORY, LexiconError
from geo.model import EVENT_TYPES, ActorKind, EventType
from geo.tables import read_table

DATA = DIRECTORY / "events"
# Words of which a target is people, not a place or a post.
_KILLED = frozenset(
    ("killed", "killing", "kill", "shot", "gunned", "murdered", "slain", "executed", "massacred", "beheaded", "hacked")
)

_UNDONE = frozenset(("defused", "dismantled", "disarmed", "deactivated", "defuse"))
_BURNT = frozenset(("burned", "burnt", "burning", "burns", "set", "torched", "torching", "looted", "looting"))


@dataclass(frozen=True, slots=True)
class Cited:
    """An event that articles cite without saying when; `end` None reaches publication."""

    trigger: re.Pattern[str]
    place: re.Pattern[str]
    start: date
    end: date | None


def load_sub_types(path: Path = DATA / "sub_types.csv") -> dict[tuple[str, str], str]:
    """Read the finer kinds: ``(type, word) -> sub_type``.

    Raises
    ------
    LexiconError
        For an unknown type, or a word given twice for one.
    """
    found: dict[tuple[str, str], str] = {}
    for line, row in read_table(path, ("type", "sub_type", "words")):
        if row["type"] not in EVENT_TYPES:
            raise LexiconError(path, line, f"type must be one of {', '.join(EVENT_TYPES)}; got {row['type']!r}")
        for word in row["words"].split():
            if found.setdefault((row["type"], word), row["sub_type"]) != row["sub_type"]:
                raise LexiconError(path, line, f"{word!r} is given twice for {row['type']}")
    return found


def load_cited(path: Path = DATA / "cited_events.csv") -> tuple[Cited, ...]:
    """Read the much-cited events.

    Raises
    ------
    LexiconError
        For a row without triggers or places, a date that is not ``YYYY-MM-DD``, or an end before its start.
    """
    events = []
    for line, row in read_table(path, ("triggers", "places", "start", "end", "note")):
        if not row["triggers"] or not row["places"]:
            raise LexiconError(path, line, "triggers and places must each name something")
        try:
            start = date.fromisoformat(row["start"])
            end = date.fromisoformat(row["end"]) if row["end"] else None
        except ValueError as error:
            raise LexiconError(path, line, f"start and end must be YYYY-MM-DD; {error}") from error
        if end and end < start:
            raise LexiconError(path, line, f"end {end} is before start {start}")
        events.append(Cited(_any_of(row["triggers"]), _any_of(row["places"]), start, end))
    return tuple(events)


def _any_of(cell: str) -> re.Pattern[str]:
    words = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in cell.split("|"))
    return re.compile("|".join(words), re.IGNORECASE)


@functools.cache
def _sub_types() -> dict[tuple[str, str], str]:
    return load_sub_types()


@functools.cache
def _cited() -> tuple[Cited, ...]:
    return load_cited()


def sub_type(kind: EventType, trigger: str) -> str | None:
    """Give the finer kind that a trigger names, if it names one of its type."""
    return next((found for word in trigger.lower().split() if (found := _sub_types().get((kind, word)))), None)


def of_parties(kind: EventType, trigger: str, actor: ActorKind | None, target: ActorKind | None) -> EventType:
    """Give the type that those who do it, and those to whom it is done, make of an event.

    Who kills civilians fights no battle, rebels who burn a village are no rioters, and a defused bomb did not go
    off.

    Parameters
    ----------
    actor, target
        Of what kind they are; None where the text does not say.
    """
    word = trigger.lower()
    if kind == "explosion" and word in _UNDONE:
        return "strategic_development"
    of_civilians = kind == "battle" and target == "civilians" and word in _KILLED
    if of_civilians or (kind == "riot" and actor == "rebel_group" and word in _BURNT):
        return "violence_against_civilians"
    return kind


def cited(trigger: str, names: Sequence[str], until: date | None) -> tuple[date, date] | None:
    """Give the days of a much-cited event: its trigger at one of the named places, before `until`."""
    return _cited_at(trigger, tuple(names), until)


@functools.lru_cache(maxsize=256)
def _cited_at(trigger: str, names: tuple[str, ...], until: date | None) -> tuple[date, date] | None:
    for event in _cited():
        if until and event.start > until:
            continue
        if not event.trigger.fullmatch(trigger) or not any(event.place.fullmatch(name) for name in names):
            continue
        end = event.end or until
        if end and end >= event.start:
            return event.start, min(end, until) if until else end
    return None
