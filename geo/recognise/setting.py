"""A name in its surroundings: the words around it, and what kind of place it could be, as the rules of usage see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.place import Place
from geo.recognise import words
from geo.recognise.candidates import Candidate
from geo.recognise.reading import Reading
from geo.surfaces import HOW

_JOINTS = frozenset((",", "and", "or", "&"))
_JOINED_BY = frozenset((",", "and", "or", "&", "the", "neighbouring", "neighboring", "nearby"))
# Of the places that a name could mean, those taken for likely before it is resolved: their number, and how far their
# prior may lie below the first. A province and its capital often share a name.
_LIKELY, _LIKELY_GAP = 4, 2.5

_LARGE = 300_000


@dataclass(frozen=True, slots=True)
class Setting:
    """A name in its surroundings.

    Attributes
    ----------
    before, after : tuple of str
        The four tokens before and six after the name, or the list of names that it stands in, nearest first.
        Determiners and directions are left out of `before`.
    next : tuple of str
        The four tokens after the name itself.
    directed : bool
        Whether a direction stands before it ("eastern Ukraine").
    governs : bool
        Whether it could be a country, a capital or a seat of government: what acts in the news.
    together : bool
        Whether all the names that it is joined with govern too.
    country : bool
        Whether it could be a country or a continent.
    building : bool
        Whether it is a seat of government that is a building or an office ("the Kremlin").
    sea: bool
        Whether it is a sea.
    large: bool
        Whether it is the name of a large town.
    owns: bool
        Whether another place follows its possessive ("Georgia's Pankisi gorge").
    """

    reading: Reading
    candidate: Candidate
    before: tuple[str, ...]
    after: tuple[str, ...]
    next: tuple[str, ...]
    directed: bool
    governs: bool
    together: bool
    country: bool
    building: bool
    sea: bool
    large: bool
    owns: bool


def settings(reading: Reading, kept: Sequence[Candidate]) -> list[Setting]:
    """Give the setting of every name, in order.

    Names joined by "and" and commas share what stands before the first and after the last of them.
    """
    found = []
    starts = frozenset(candidate.first for candidate in kept if candidate.surface.how != HOW["demonym"])
    for group in _joined(reading, kept):
        # What the names of a list share is read once: lists may be as long as the text.
        before = _before(reading, group[0].first)
        together = all(_governs(_likely(candidate)) for candidate in group)
        found += [_setting(reading, candidate, before, group[-1].stop, together, starts) for candidate in group]
    return found


def _joined(reading: Reading, kept: Sequence[Candidate]) -> list[list[Candidate]]:
    """Group the names that only commas and "and" part."""
    groups: list[list[Candidate]] = []
    for candidate in kept:
        if groups:
            last = groups[-1][-1]
            between = reading.lower[last.stop : candidate.first]
            if 0 < len(between) <= 3 and between[0] in _JOINTS and all(word in _JOINED_BY for word in between):
                groups[-1].append(candidate)
                continue
        groups.append([candidate])
    return groups


def _before(reading: Reading, first: int) -> tuple[str, ...]:
    """Give the four words before token `first`, nearest first, determiners and a direction beside it left out."""
    lower = reading.lower
    before: list[str] = []
    while first > 0 and len(before) < 4 and not lower[first - 1].startswith("\n"):
        first -= 1
        if lower[first] not in words.DETERMINERS and (before or lower[first] not in words.DIRECTIONS):
            before.append(lower[first])
    return tuple(before)


def _setting(
    reading: Reading,
    candidate: Candidate,
    before: tuple[str, ...],
    group_stop: int,
    together: bool,
    starts: frozenset[int],
) -> Setting:
    lower = reading.lower
    places = _likely(candidate)
    own = candidate.first - 1
    return Setting(
        reading=reading,
        candidate=candidate,
        before=before,
        after=tuple(lower[group_stop : group_stop + 6]),
        next=tuple(lower[candidate.stop : candidate.stop + 4]),
        directed=own >= 0 and lower[own] in words.DIRECTIONS,
        governs=_governs(places),
        together=together,
        country=any(place.kind in ("country", "continent") for place in places),
        building=any(place.government and place.kind == "facility" for place in places),
        sea=bool(places) and places[0].kind == "sea",
        large=bool(places) and places[0].kind == "town" and places[0].population >= _LARGE,
        owns=candidate.stop + 1 in starts,
    )


def _likely(candidate: Candidate) -> list[Place]:
    likely = candidate.surface.candidates[:_LIKELY]
    return [found.place for found in likely if found.prior > likely[0].prior - _LIKELY_GAP or found.place.government]


def _governs(places: Sequence[Place]) -> bool:
    return any(
        place.kind in ("country", "continent") or place.government or place.feature_code == "PPLC" for place in places
    )
