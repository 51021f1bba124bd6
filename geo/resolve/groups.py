"""The names of a document: mentions that share a folded name are resolved together, one sense a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gazetteer.place import Candidate
from geo.model import Span
from geo.surfaces import Surface, Surfaces

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
    parts : bool
        Whether a part of the place is meant somewhere: "eastern Donetsk", "across Kherson", "rural Idlib".
    dateline : bool
    """

    units_after: set[str] = field(default_factory=set)
    countries_after: set[str] = field(default_factory=set)
    units_before: set[str] = field(default_factory=set)
    units_of: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    asked: dict[int, set[str]] = field(default_factory=dict)
    parts: bool = False
    dateline: bool = False


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
        surface = surfaces.get(text[span.start : span.end])
        at = position.get(surface.key)
        if at is None:
            at = position[surface.key] = len(found)
            found.append(Name(surface, span.text, surface.candidates[:MOST_CANDIDATES], [], Cues()))
        found[at].mentions.append(index)
        belongs.append(at)
    return found, belongs
