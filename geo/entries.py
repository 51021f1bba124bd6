"""Entries of a round-up: what stands behind "KIRKUK -", "Kharkiv region." or "09:00 AFGOYE:" is told of there.

An entry is a text of its own: what it leaves unsaid of its place is said by its head, not by the entry before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo import distances
from geo import unit_words as units
from geo.model import Mention
from geo.text import sentences

# A bullet, a number or a letter, and the time of the entry, before its place.
_LEAD = re.compile(r"[\s•*▪◦·>–—-]*(?:\(?(?:\d{1,2}|[a-z])[.)]\s*)?(?:\d{1,2}[:.h]\d\d\b[\s–—-]*)?")
# Behind the place its type word, what holds it, the day or the hour, and what parts it from what is told.
_BEHIND = re.compile(
    r"(?P<kind>(?: [\w-]+){0,3})(?: ?\([^()\n]{1,30}\))?(?P<when>, (?:\d{1,2}[:.]\d\d|[^:.,\n]{1,24}))?"
    r"(?P<mark>:(?!\d)|\s[-–—]+\s|\.(?=\s))"
)
# So many places at the heads of lines make a round-up: a single town before a dash is where somebody writes from.
_ROUND_UP = 3
_UNITS = frozenset(("admin1", "admin2", "admin3", "region"))
_HEADS = _UNITS | {"town", "village"}
_USAGES = frozenset(("literal", "metonym"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told under a place: `head` is its position among the mentions, the offsets reach from it to the end."""

    head: int
    start: int
    end: int


class Entries:
    """The entries of a text.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        Its names, in order.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._each = tuple(_entries(text, mentions))
        self._starts = [one.start for one in self._each]
        self._named = [one.start for one in mentions]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._each)

    def at(self, offset: int) -> Entry | None:
        """Give the entry that an offset of the text lies in."""
        number = bisect_right(self._starts, offset) - 1
        return self._each[number] if number >= 0 and offset < self._each[number].end else None

    def held(self) -> dict[int, int]:
        """Give for each name of an entry its head, both by their positions."""
        found: dict[int, int] = {}
        for entry in self._each:
            inside = range(entry.head + 1, bisect_left(self._named, entry.end))
            found.update(dict.fromkeys(inside, entry.head))
        return found


def _entries(text: str, mentions: Sequence[Mention]) -> Iterator[Entry]:
    """Find the heads at the beginning of lines, in a round-up those inside of lines too, and where each entry ends."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    begins = [start for start, _ in lines]
    heads: dict[int, re.Match[str]] = {}
    for at, one in enumerate(mentions):
        line = begins[bisect_right(begins, one.start) - 1] if begins else 0
        lead = _LEAD.match(text, line, one.start)
        behind = _behind(text, one) if lead is not None and lead.end() == one.start else None
        if behind is not None:
            heads[at] = behind
    round_up = len({mentions[at].text for at in heads}) >= _ROUND_UP
    if round_up:
        opens = {part.start for part in sentences(text)}
        for at, one in enumerate(mentions):
            if at not in heads and one.start in opens and (behind := _behind(text, one)) and behind["mark"] == ":":
                heads[at] = behind
    else:
        # Alone only a unit holds its paragraph; a town is where the text was written.
        heads = {at: match for at, match in heads.items() if match["mark"] == ":" and _kind(mentions[at]) in _UNITS}
    ordered = sorted(heads)
    for number, at in enumerate(ordered, start=1):
        start, end = mentions[at].start, lines[bisect_right(begins, mentions[at].start) - 1][1]
        until = mentions[ordered[number]].start if number < len(ordered) else end
        yield Entry(at, start, min(end, until))


def _behind(text: str, one: Mention) -> re.Match[str] | None:
    """Match what parts a head from its entry; None where something else stands behind the name."""
    if one.usage not in _USAGES or _kind(one) not in _HEADS or one.lifted:
        return None
    found = _BEHIND.match(text, one.end)
    if found is None:
        return None
    called = distances.words(found["kind"])
    known = units.leading(called)[0] == len(called)
    # "Quiet in Aleppo. ..." is no entry of Aleppo: a full stop parts only what is written as a heading.
    return found if known and not (found["mark"] == "." and found["when"]) else None


def _kind(one: Mention) -> str:
    return one.place.kind if one.place is not None else ""
