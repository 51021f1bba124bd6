"""What a report says of its event: its words, what was hit and with what, whether it speaks of it as known."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geo.lexicon import DIRECTORY, read_lists
from geo.model import Event

WORD = re.compile(r"[a-z]{4,}")
STEM = re.compile(r"(?:ings?|ed|es|s|ers?)$")
_TOKEN = re.compile(r"[a-z]+(?:'s)?")
# How far before its noun an article or a possessive may stand: "the second, deadlier attack".
_LEAD = 3
# So much of what follows an event's sentence still tells of it, up to the next event's.
_FOLLOWING = 240
# What was published at an unknown time is read after all else.
_UNDATED = date.max


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one article tells it, with what its sentence says.

    Attributes
    ----------
    words : frozenset of str
        Stems, without the place's name and what says nothing of which event is meant.
    things, means : frozenset of str
        What was hit or where it happened, and with what, as kinds.
    recalls : bool
        Whether the sentence speaks of the event as known, or of the days after.
    another : bool
        Whether it tells it from others of that day.
    number : int
        Which of its article's events it is, from 0.
    """

    event: Event
    article: str
    published: date
    words: frozenset[str]
    things: frozenset[str]
    means: frozenset[str]
    recalls: bool
    another: bool
    number: int = 0

    @classmethod
    def of(cls, event: Event, said: str, *, article: str, published: date | None, number: int = 0) -> Report:
        """Read what is said of an event.

        Parameters
        ----------
        said
            What its article tells of it (`told`).
        article
            The digest of the article.
        published
            The last day on which that may have appeared; None where it is unknown.
        number
            Which of its article's events it is, from 0.
        """
        said = said.lower()
        known = lists()
        # The place is compared as such: its name shows only that both are there.
        place = f"{event.place_text} {event.place.name if event.place else ''}".lower()
        named = set(_TOKEN.findall(place))
        tokens = _TOKEN.findall(said)
        # What is hit may be the place itself ("the Al-Quds hospital"), but no town is ("Port-au-Prince").
        town = event.place.name.lower() if event.place and event.place.precision != "point" else ""
        apart = set(_TOKEN.findall(town))
        free = [token for token in tokens if token not in apart]
        words = {STEM.sub("", word) for word in WORD.findall(said) if word not in named and word not in known["empty"]}
        return cls(
            event,
            article,
            published or _UNDATED,
            frozenset(words - known["empty"]),
            frozenset(
                kind
                for token in free
                for kind in (_targets().get(token), _targets().get(token.removesuffix("s")))
                if kind
            ),
            frozenset(_means()[token] for token in free if token in _means()),
            _recalls(tokens),
            not known["another"].isdisjoint(tokens),
            number,
        )

    @property
    def dead(self) -> int:
        """How many died, at the least; 0 where nothing is said."""
        return self.event.killed_low or self.event.killed_high or 0

    @property
    def order(self) -> tuple[date, date, str]:
        """Where it stands among all reports as they are joined: what was published first comes first."""
        return order(self.published, self.event.date_start, self.event.id)


def order(published: date | None, start: date | None, event: str) -> tuple[date, date, str]:
    """Give where the report of an event stands among all, by its publication, its first day and its id."""
    return published or _UNDATED, start or date.max, event


def told(event: Event, text: str, starts: Iterable[int]) -> str:
    """Give what an article tells of an event: its sentence, and a little of what follows, up to the next event's.

    Parameters
    ----------
    text
        The article's.
    starts
        Where the sentences of the article's events begin.
    """
    stop = event.sentence_end + _FOLLOWING
    return text[event.sentence_start : min([stop, *(start for start in starts if event.sentence_end <= start < stop)])]


def after(event: Event, starts: Sequence[int]) -> Sequence[int]:
    """Give of ascending starts of sentences the first that follows an event's own; none where none does.

    An article of ten thousand events would have each look through the starts of all others.
    """
    at = bisect_left(starts, event.sentence_end)
    return starts[at : at + 1]


@functools.cache
def lists() -> dict[str, frozenset[str]]:
    """Give the word lists by name: ``empty``, ``common``, ``happening``, ``afterwards``, ``another``."""
    return read_lists(DIRECTORY / "incidents.txt")


@functools.cache
def _targets() -> dict[str, str]:
    return _kinds("incident_targets.txt")


@functools.cache
def _means() -> dict[str, str]:
    return _kinds("incident_weapons.txt")


def _kinds(name: str) -> dict[str, str]:
    return {word: kind for kind, words in read_lists(DIRECTORY / name).items() for word in words}


def _recalls(tokens: list[str]) -> bool:
    known = lists()
    if not known["afterwards"].isdisjoint(tokens):
        return True
    return any(
        token in known["happening"]
        and any(lead in ("the", "that", "this") or lead.endswith("'s") for lead in tokens[max(0, at - _LEAD) : at])
        for at, token in enumerate(tokens)
    )
