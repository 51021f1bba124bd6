"""A place as it stands in a sentence: the candidate for where an event happened."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import Mention, PlaceRef

# From the narrowest to the widest; of two places of which one holds the other the narrower is where it happened.
_RANK = {
    "facility": 0,
    "village": 1,
    "town": 1,
    "admin3": 2,
    "admin2": 2,
    "island": 3,
    "mountain": 3,
    "river": 4,
    "lake": 4,
    "sea": 4,
    "admin1": 4,
    "region": 5,
    "country": 7,
    "continent": 8,
}
_SETTLED = 3


@dataclass(frozen=True, slots=True)
class Site:
    """A place, or a noun phrase that stands for one, in its sentence.

    Attributes
    ----------
    start, end : int
        Half-open offsets of the words that name it.
    text : str
        What the article calls the place: the name itself, even for "the town".
    place : PlaceRef or None
        None where the name did not resolve.
    preposition : str or None
        ``in``, ``near`` ...; ``object`` of a verb, ``compound`` before a noun, ``possessive``, ``start`` of a sentence.
    literal : bool
        Whether it is a place here, not a government, a nationality or part of a name.
    reference : bool
        Whether it only tells where another place lies ("350 km east of Kyiv").
    nominal : bool
        Whether it is no name but "the town", "there", "eastern areas".
    inside : PlaceRef or None
        The resolved place that holds an unresolved one.
    aside : bool
        Whether someone only speaks there or something only came from or went to it: it is no later "the town".
    why : str
        For the reader: why it is no candidate, or how it came to stand for its place.
    """

    start: int
    end: int
    text: str
    place: PlaceRef | None
    preposition: str | None
    literal: bool
    reference: bool = False
    nominal: bool = False
    inside: PlaceRef | None = None
    why: str = ""
    mention: Mention | None = None
    aside: bool = False

    @property
    def where(self) -> PlaceRef | None:
        """The place to draw: the site's own, else the one that holds it."""
        return self.place or self.inside

    @property
    def rank(self) -> int:
        """How wide it is, from 0 (a facility) to 8 (a continent)."""
        return _RANK.get(self.place.kind, 5) if self.place else 1

    @property
    def settled(self) -> bool:
        """Whether it is a settlement, a facility or a small unit: what "the town" and "there" can mean."""
        return self.rank <= _SETTLED
