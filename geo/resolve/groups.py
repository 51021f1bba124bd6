"""The names of a document: mentions that share a folded name are resolved together, one sense a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gazetteer.place import Candidate
from geo.model import Span
from geo.surfaces import Surface, Surfaces

_HALF = r"(?:North|South|East|West|Central|Upper|Lower|(?:North|South|East|West)ern)"
_HALVES = re.compile(_HALF)
_COMPLETED = re.compile(rf"(?:, {_HALF})*,? (?:and|or) {_HALF} ([A-Z]\w+(?:[ -][A-Z]\w+)?)")
# Candidates beyond these, prior first, are hardly ever right in the training corpora.
MOST_CANDIDATES = 30


@dataclass(slots=True)
class Cues:
    """What stands beside the mentions of one name.

    Attributes
    ----------
    units_after, countries_after : set of str
        Codes of admin units and countries that follow after a comma or in brackets ("Paris, Texas").
    units_before : set of str
        Codes of units or countries whose possessive stands before ("Bryansk region's Klimovo").
    units_of : set of str
        Codes of units or countries that follow after "in" or directly ("Khasan in Primorsky Krai").
    kinds : set of str
        Groups of kinds that a type word asks for: see `geo.resolve.context`.
    asked : dict of int to set of str
        What the type words beside each mention (by position) ask for; mentions without any are left out.
    governing : bool
        Whether the name stands for a government wherever it stands ("Lima rejected the proposal").
    parted : set of int
        Mentions (by position) that mean a part of the place: "eastern Donetsk", "across Kherson", "rural Idlib".
    dateline : bool
    allowed : dict of int to frozenset of int
        By mention the positions of the candidates that lie where the text says; empty where none does. Mentions of
        which the text says nothing are left out.
    sentences : set of int
        Numbers of the sentences that hold a mention.
    units_here, units_near : set of str
        Codes of the units and countries that other names of those sentences mean, and of the two sentences around them.
    holders : dict of int to str
        By mention the name that the text says it lies in, or near.
    """

    units_after: set[str] = field(default_factory=set)
    countries_after: set[str] = field(default_factory=set)
    units_before: set[str] = field(default_factory=set)
    units_of: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    asked: dict[int, set[str]] = field(default_factory=dict)
    governing: bool = False
    parted: set[int] = field(default_factory=set)
    dateline: bool = False
    sentences: set[int] = field(default_factory=set)
    units_here: set[str] = field(default_factory=set)
    units_near: set[str] = field(default_factory=set)
    allowed: dict[int, frozenset[int]] = field(default_factory=dict)
    holders: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Name:
    """One name of a document, its candidates and the mentions (by position) that bear it."""

    surface: Surface
    text: str
    candidates: tuple[Candidate, ...]
    mentions: list[int]
    cues: Cues


def names(text: str, spans: Sequence[Span], surfaces: Surfaces) -> tuple[list[Name], list[int]]:
    """Group the spans of a text by folded name.

    Returns
    -------
    tuple of list of Name, list of int
        The names in order of first mention, and for every span the position of its name.
    """
    found: list[Name] = []
    position: dict[str, int] = {}
    belongs = []
    for index, span in enumerate(spans):
        surface = _whole(text, span, surfaces) or surfaces.get(text[span.start : span.end])
        at = position.get(surface.key)
        if at is None:
            at = position[surface.key] = len(found)
            found.append(Name(surface, span.text, surface.candidates[:MOST_CANDIDATES], [], Cues()))
        found[at].mentions.append(index)
        belongs.append(at)
    for one in found:
        one.cues.governing = any(spans[at].usage == "metonym" for at in one.mentions)
    return found, belongs


def _whole(text: str, span: Span, surfaces: Surfaces) -> Surface | None:
    """Give the whole of a name that the next one completes: "North" in "North and South Kivu"."""
    if not _HALVES.fullmatch(span.text):
        return None
    rest = _COMPLETED.match(text, span.end)
    whole = surfaces.get(f"{span.text} {rest[1]}") if rest else None
    return whole if whole and whole.candidates else None
