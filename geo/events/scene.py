"""A proposed event with its place and days, and how two of them stand to each other."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from geo.events.days import Days
from geo.events.proposals import Proposal
from geo.reader.candidates import Candidate
from geo.text import Sentence

_NEAR_KM = 12.0
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\b")
# Cells of a tenth of a degree north to south: two places that are near lie in one or in neighbours.
_CELL = 0.15
# Of a long list only so many neighbours before and after are weighed: what stands further off says nothing.
_WITHIN = 24


@dataclass(frozen=True, slots=True)
class Scene:
    """A proposal with its candidate and its days.

    Attributes
    ----------
    opens : int
        The number of the sentence that is the heading of its part: 0 for what stands under the headline, that of an
        entry of a live blog for what the entry tells.
    """

    proposal: Proposal
    candidate: Candidate
    days: Days
    opens: int = 0

    @property
    def below(self) -> int:
        """How many sentences below its heading it is told; 0 in the heading itself."""
        return self.proposal.sentence - self.opens


def openings(text: str, sentences: Sequence[Sentence]) -> list[int]:
    """Give for each sentence the number of the heading that it stands under, 0 under the headline and its lines.

    A heading stands behind what is told under the one before it, or begins with the time of an entry: "16:20 Two
    killed".
    """
    found, opens, below = [], 0, False
    for number, sentence in enumerate(sentences):
        if not sentence.headline:
            below = True
        elif below or _CLOCK.match(text, sentence.start):
            opens = number
            below = False
        found.append(opens)
    return found


def same_place(one: Scene, other: Scene) -> bool:
    """Say whether two scenes stand at one place: the same name or gazetteer entry, or two a few kilometres apart."""
    a, b = one.candidate.mention, other.candidate.mention
    here, there = a.place, b.place
    if here is None or there is None or a.lifted or b.lifted:
        return a.text == b.text or fold(a.text) == fold(b.text)
    return here.id == there.id or great_circle_km(here.lon, here.lat, there.lon, there.lat) <= _NEAR_KM


def is_wide(scene: Scene) -> bool:
    """Say whether a scene's place is one that may hold others: a country or a region."""
    place = scene.candidate.place
    return place is not None and place.precision in ("country", "region")


def holds(outer: Scene, inner: Scene) -> bool:
    """Say whether one scene's place is a wider one that holds the other's."""
    a, b = outer.candidate.place, inner.candidate.place
    if a is None or b is None or not is_wide(outer) or a.country_code != b.country_code:
        return False
    if a.precision == "country":
        return b.precision != "country"
    return a.name in (b.admin1 or "") or a.id == b.id


def touch(one: Scene, other: Scene) -> bool:
    """Say whether the days of two scenes overlap; unknown ones do."""
    a, b = one.days, other.days
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end


class Places:
    """Scenes by where they stand, so that those of one place are found without looking at all."""

    def __init__(self) -> None:
        self._by_key: dict[object, list[int]] = defaultdict(list)

    def add(self, at: int, scene: Scene) -> None:
        """Take in a scene under its position."""
        insort(self._by_key["name", fold(scene.candidate.text)], at)
        if (cell := _cell(scene)) is not None:
            insort(self._by_key[cell], at)

    def near(self, scene: Scene, at: int, within: int = _WITHIN) -> list[int]:
        """Give the positions next to one, so many at most on each side, of scenes that may stand at a scene's place.

        `same_place` decides.
        """
        keys: list[object] = [("name", fold(scene.candidate.text))]
        if (cell := _cell(scene)) is not None:
            x, y, wide = cell
            keys += [(x + right, y + up, wide) for right in (-1, 0, 1) for up in (-1, 0, 1)]
        found = {k for key in keys if key in self._by_key for k in _nearest(self._by_key[key], at, within)}
        return _nearest(sorted(found), at, within)


def _cell(scene: Scene) -> tuple[int, int, str] | None:
    place = scene.candidate.place
    if place is None:
        return None
    # Meridians run together towards the poles; a cell is as many kilometres wide as it is high.
    row = math.floor(place.lat / _CELL)
    narrow = max(0.05, math.cos(math.radians((row + 0.5) * _CELL)))
    return math.floor(place.lon * narrow / _CELL), row, "cell"


class Vicinity:
    """The neighbours of every scene: those of its sentence, and those at its place."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._scenes = scenes
        self._sentences: dict[int, list[int]] = defaultdict(list)
        self._places = Places()
        self._wide = [is_wide(scene) for scene in scenes]
        for at, scene in enumerate(scenes):
            self._sentences[scene.proposal.sentence].append(at)
            self._places.add(at, scene)

    def beside(self, at: int) -> list[Scene]:
        """Give the nearest scenes of its sentence."""
        return [self._scenes[k] for k in self._beside(at)]

    def wide(self, at: int) -> list[Scene]:
        """Give those of them whose places may hold others."""
        return [self._scenes[k] for k in self._beside(at) if self._wide[k]]

    def _beside(self, at: int) -> list[int]:
        return _nearest(self._sentences[self._scenes[at].proposal.sentence], at)

    def same(self, at: int) -> list[tuple[int, Scene]]:
        """Give the nearest scenes at its place, with their positions."""
        scene = self._scenes[at]
        return [(k, self._scenes[k]) for k in self._places.near(scene, at) if same_place(scene, self._scenes[k])]


def _nearest(positions: Sequence[int], at: int, within: int = _WITHIN) -> list[int]:
    """Give the positions next to one, before it and after it, of a list in order: so many at most on each side."""
    low, high = bisect_left(positions, at), bisect_right(positions, at)
    return [*positions[max(0, low - within) : low], *positions[high : high + within]]
