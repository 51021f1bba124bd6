"""Reads the parameters of a link, one kind of value at a time, and notes in words what it could not understand."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import unquote

NONE = "none"

_Word = TypeVar("_Word", bound=str)
_EVENT_ID = re.compile(r"[A-Za-z0-9:._-]{1,80}", re.ASCII)
_STORY_ID = re.compile(r"[0-9a-f]{10}", re.ASCII)
_STATE = re.compile(r"(0|[1-9][0-9]{0,11})\.[0-9a-f]{8}", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LONGEST_QUOTED = 40


class Link:
    """The parameters of one link. They are untrusted: no value raises, whatever it holds."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self._params = params
        self._notes: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not understood so far, one note a value, in the order of reading."""
        return tuple(self._notes)

    def window(self) -> tuple[date | None, date | None]:
        """Read ``from`` and ``to``: a closed interval, sorted; None where a side is open."""
        start, end = self._day("from", last=False), self._day("to", last=True)
        if start and end and start > end:
            # Read anew, not swapped: of "from=2016&to=2014" the window ends with the last day of 2016.
            return self._day("to", last=False), self._day("from", last=True)
        return start, end

    def one(self, key: str, allowed: tuple[_Word, ...]) -> _Word:
        """Read one of `allowed`, of which the first is the default."""
        raw = self._raw(key)
        for word in allowed:
            if word == raw:
                return word
        if raw:
            self._note(f"{key}: {quoted(raw)} is none of {', '.join(allowed)}; using {allowed[0]}.")
        return allowed[0]

    def several(self, key: str, allowed: tuple[_Word, ...], *, default: tuple[_Word, ...]) -> tuple[_Word, ...]:
        """Read a list of `allowed` words; ``none`` is the empty one."""
        raw = self._raw(key)
        if not raw:
            return default
        if raw == NONE:
            return ()
        items = [item.strip() for item in raw.split(",")]
        known = tuple(word for word in allowed if word in items)
        unknown = [item for item in items if item not in allowed]
        if unknown:
            used = "using the others" if known else f"using {', '.join(default)}"
            named = ", ".join(quoted(item) for item in unknown[:3])
            self._note(f"{key}: {named} not among {', '.join(allowed)}; {used}.")
        return known or default

    def names(self, key: str) -> tuple[str, ...]:
        """Read a list of free names, each escaped as `geo.query.view` writes them."""
        return tuple(unquote(item) for item in self._raw(key).split(",") if item)

    def text(self, key: str, *, longest: int) -> str:
        """Read free text of at most `longest` characters."""
        raw = printable(self._raw(key))
        if len(raw) > longest:
            self._note(f"{key}: longer than {longest} characters; cut.")
        return raw[:longest]

    def event(self, key: str) -> str | None:
        """Read an event's id."""
        raw = self._raw(key)
        if raw and not is_event_id(raw):
            self._note(f"{key}: {quoted(raw)} is not an event's id; nothing is selected.")
            return None
        return raw or None

    def story(self, key: str) -> str | None:
        """Read a story's id."""
        raw = self._raw(key)
        if raw and not is_story_id(raw):
            self._note(f"{key}: {quoted(raw)} is not a story's id; no story is told.")
            return None
        return raw or None

    def state(self, key: str) -> str | None:
        """Read a state of a store (`geo.store.since`)."""
        raw = self._raw(key)
        if raw and not is_state(raw):
            self._note(f"{key}: {quoted(raw)} is no state of a store; everything is shown.")
            return None
        return raw or None

    def whole(self, key: str, *, most: int) -> int | None:
        """Read a whole number in 1..`most`."""
        raw = self._raw(key)
        if not raw:
            return None
        if raw.isascii() and raw.isdecimal() and 1 <= int(raw[:12]) <= most:
            return int(raw[:12])
        self._note(f"{key}: {quoted(raw)} is not a whole number from 1 to {most:,}; ignored.")
        return None

    def numbers(self, limits: Mapping[str, tuple[float, float]]) -> tuple[float | None, ...]:
        """Read numbers that stand or fall together, each finite and inside its closed `limits`; else all are None."""
        raw = {key: self._raw(key) for key in limits}
        if not any(raw.values()):
            return (None,) * len(limits)
        values: list[float] = []
        for key, (low, high) in limits.items():
            value = _finite(raw[key])
            if value is not None and low <= value <= high:
                values.append(value)
            else:
                wrong = f"{quoted(raw[key])} is not a number from {low:g} to {high:g}" if raw[key] else "is missing"
                self._note(f"{key}: {wrong}; the map fits the events instead.")
        return tuple(values) if len(values) == len(limits) else (None,) * len(limits)

    def _day(self, key: str, *, last: bool) -> date | None:
        raw = self._raw(key)
        found = read_day(raw, last=last)
        if raw and found is None:
            self._note(f"{key}: {quoted(raw)} is not a date like 2015-01-26, 2015-01 or 2015; left open.")
        return found

    def _raw(self, key: str) -> str:
        value = self._params.get(key, "")
        if isinstance(value, (list, tuple)):
            value = value[-1] if value else ""
        return str(value).strip()

    def _note(self, text: str) -> None:
        self._notes[text] = None


def read_day(text: str, *, last: bool) -> date | None:
    """Read ``2015-01-26``, ``2015-01`` or ``2015``; of a month or a year its first or `last` day. None: not a date."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] else (12 if last else 1)
    try:
        day = int(found[3]) if found[3] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except ValueError:
        return None


def is_event_id(text: str) -> bool:
    """Tell whether `text` could be the id of an event."""
    return _EVENT_ID.fullmatch(text) is not None


def is_state(text: str) -> bool:
    """Tell whether a text could name a state of a store."""
    return _STATE.fullmatch(text) is not None


def is_story_id(text: str) -> bool:
    """Tell whether `text` could be the id of a story."""
    return _STORY_ID.fullmatch(text) is not None


def printable(text: str) -> str:
    """Leave out what cannot be shown: control characters, lone surrogates, line breaks."""
    return "".join(character for character in text if character.isprintable())


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def quoted(text: str) -> str:
    """Quote a value of a link for a note, without what cannot be shown, and cut where it is long."""
    text = printable(text)
    return repr(text if len(text) <= _LONGEST_QUOTED else text[:_LONGEST_QUOTED] + "…")
