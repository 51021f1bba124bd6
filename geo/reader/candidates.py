"""The spans at which an event may be told: every name of a place, and every noun that stands for one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo.model import Mention, PlaceRef
from geo.text import Sentence, Stretches


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be the place of an event.

    Attributes
    ----------
    mention : Mention
        The name, or the noun with the place it stands for.
    nominal : bool
        Whether it is a noun ("the town"), not a name.
    sentence : int
        Number of the sentence in which an event may be told there.
    doubtful : bool
        Whether it is more likely no name of a place.
    implied : bool
        Whether its sentence does not name it: the mention is that of a sentence before (`geo.events.implied`).
    """

    mention: Mention
    nominal: bool
    sentence: int
    doubtful: bool = False
    implied: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.mention.end

    @property
    def text(self) -> str:
        """Its words."""
        return self.mention.text

    @property
    def place(self) -> PlaceRef | None:
        """The place it means; None where no place is known."""
        return self.mention.place

    @property
    def usage(self) -> str:
        """The usage of a name, or ``nominal``."""
        return "nominal" if self.nominal else self.mention.usage


def candidates(
    cut: Sequence[Sentence],
    mentions: Sequence[Mention],
    nominals: Sequence[Mention],
    *,
    doubtful: Collection[Mention] = (),
) -> tuple[Candidate, ...]:
    """Give the candidates of a text in reading order; none overlaps another.

    A noun that overlaps a name gives way, but for what holds the name: "southern Chad", "the Libyan capital".
    """
    starts = [sentence.start for sentence in cut]
    names = sorted((name.start, name.end) for name in mentions)

    def holds(one: Mention) -> bool:
        first, stop = (bisect_left(names, (offset,)) for offset in (one.start, one.end))
        return any(end <= one.end for _, end in names[first:stop])

    sides = [one for one in nominals if holds(one)]
    wide = Stretches((one.start, one.end) for one in sides)
    named = [name for name in mentions if not wide.overlap(name.start, name.end)]
    held = Stretches([(one.start, one.end) for one in (*sides, *named)])
    free = [one for one in nominals if not holds(one) and not held.overlap(one.start, one.end)]
    found = [(one, False) for one in named] + [(one, True) for one in (*sides, *free)]
    return tuple(
        Candidate(mention, nominal, max(0, bisect_right(starts, mention.start) - 1), mention in doubtful)
        for mention, nominal in sorted(found, key=lambda pair: (pair[0].start, pair[0].end))
    )
