"""What speaks for each place that a text names as the one near which an unknown name stands: features by name."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gazetteer.nearest import great_circle_km
from geo import distances
from geo import unit_words as units
from geo.model import Mention, PlaceRef
from geo.resolve.areas import SCORES, SETTLED, UNITS, Area, View
from geo.resolve.holders import LEVELS
from geo.resolve.references import place_ref
from geo.resolve.relations import HOLDING, Relation
from geo.trees import Floats

_COMPANY_KM = 50.0
# Sentences and names farther off count as this many.
_FAR = 12
# Of the places of a long text so many are weighed, those that are named nearest.
_MOST = 60
# Characters before and after a name in which its preposition and its type word stand.
_BESIDE = 24
_PREPOSITIONS = {"in": 1, "at": 1, "of": 2, "near": 3, "from": 4, "to": 5, "towards": 5, "toward": 5, "into": 5}
_RELATIONS = {"in": 1, "of": 2, "chain": 3, "owner": 4, "near": 5, "frame": 6}
_TYPES = ("settlement", "quarter", "facility", "district", "province", "water")
# How the area that the text tells of was found, from 1 on; 0 for none.
_HOW = {how: number for number, how in enumerate(SCORES, start=1)}
FEATURES = (
    "level", "of_settled", "mentions", "company", "sentences_before", "sentences_after", "names_before", "names_after",
    "paragraph", "listed", "joined", "heading", "relation", "called", "preposition", "own_preposition", "own_type",
    "last_unit", "last_settled", "first_sentence", "middle_km", "candidates", "next_km", "people", "own_mentions",
    "unit_share", "said_known", "said_holds", "country_share", "nearer_settled", "told", "told_km",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A place near which an unknown name may stand.

    Attributes
    ----------
    names : tuple of int
        The mentions that name it, in order; of a unit that the text does not name, those of the towns in it.
    """

    place: PlaceRef
    names: tuple[int, ...]
    derived: bool

    def beside(self, at: int) -> tuple[int | None, int | None]:
        """Give the last of its mentions before a position, and the first after it."""
        split = bisect_left(self.names, at)
        after = bisect_right(self.names, at)
        before = self.names[split - 1] if split else None
        return before, self.names[after] if after < len(self.names) else None

    def nearest(self, at: int) -> int:
        """Give the mention of it that stands nearest to a position."""
        return min((other for other in self.beside(at) if other is not None), key=lambda other: abs(other - at))

    def named_at(self, at: int) -> bool:
        """Tell whether it is named at a position."""
        split = bisect_left(self.names, at)
        return split < len(self.names) and self.names[split] == at


class Surroundings:
    """The places of a text, laid out to be weighed as those near which an unknown name stands.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        All names of the text, in order.
    said : sequence of Relation
        What the text says of where they lie: see `geo.resolve.containment.settle`.
    view : View
        The same, for the areas that the text tells of.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], said: Sequence[Relation], view: View) -> None:
        self._text, self._mentions, self._view = text, mentions, view
        self._parts, self._at, self._gazetteer = view.sentences, view.numbers, view.gazetteer
        self._places = {
            other: one.place for other, one in enumerate(mentions) if one.place is not None and _counts(one)
        }
        self._towns = [other for other, place in self._places.items() if place.kind in SETTLED]
        self._read(said)
        self._of_name: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(mentions):
            self._of_name[one.text].append(number)
        self._points = {(self._places[other].lat, self._places[other].lon) for other in self._towns}
        lats, lons = sorted(lat for lat, _ in self._points), sorted(lon for _, lon in self._points)
        self._middle = (lats[len(lats) // 2], lons[len(lons) // 2]) if lats else None
        self._in_unit = Counter(_unit(place) for place in self._places.values() if place.admin1 is not None)
        self._in_country = Counter(place.country_code for place in self._places.values())
        self._typed: dict[str, bool] = {}
        self._measured: dict[str, dict[str, float]] = {}
        self._every = tuple(self._standings())
        self.standings = self._every

    def _read(self, said: Sequence[Relation]) -> None:
        self._related: dict[int, dict[int, str]] = defaultdict(dict)
        self._peers: dict[int, set[int]] = defaultdict(set)
        self._holders: dict[int, list[int]] = defaultdict(list)
        for one in said:
            if one.kind == "list":
                self._peers[one.inner].add(one.outer)
                self._peers[one.outer].add(one.inner)
            elif one.kind in _RELATIONS:
                self._related[one.inner].setdefault(one.outer, one.kind)
            if one.kind in HOLDING:
                self._holders[one.inner].append(one.outer)

    def _standings(self) -> Iterator[Standing]:
        """Give the places that the text names, and the first-level units that its towns lie in."""
        seen: dict[str, list[int]] = defaultdict(list)
        for other, place in self._places.items():
            seen[place.id].append(other)
        for names in seen.values():
            yield Standing(self._places[names[0]], tuple(names), derived=False)
        inside: dict[str, list[int]] = defaultdict(list)
        for other in self._towns:
            whole = self._gazetteer.get(self._places[other].id)
            if whole is not None and whole.admin1_code:
                inside[whole.admin1_code].append(other)
        for code, names in inside.items():
            unit = self._gazetteer.unit(code)
            if unit is not None and unit.id not in seen:
                yield Standing(place_ref(unit), tuple(names), derived=True)

    def look_from(self, at: int) -> None:
        """Keep of the standings of a long text those that are named nearest to the name at `at`."""
        if len(self._every) > _MOST:
            nearest = sorted(self._every, key=lambda one: abs(one.nearest(at) - at))[:_MOST]
            kept = {one.place.id for one in nearest}
            self.standings = tuple(one for one in self._every if one.place.id in kept)

    def listed(self, at: int) -> NDArray[np.bool_]:
        """Tell which standings are only named in the list that the name at `at` stands in."""
        peers = self._all_peers(at)
        return np.array(
            [len(one.names) <= len(peers) and set(one.names) <= peers for one in self.standings], dtype=bool
        )

    def inside(self, area: PlaceRef) -> NDArray[np.bool_]:
        """Tell which standings are an area or lie in it."""
        return np.array([self._is_in(one.place, area) for one in self.standings], dtype=bool)

    def _is_in(self, place: PlaceRef, area: PlaceRef) -> bool:
        return place == area or self._gazetteer.contains(area.id, place.id)

    def rows(self, at: int, told: Area | None) -> Floats:
        """Give the features of every standing of the name at `at`; `told`: the area that the text puts it in.

        Returns
        -------
        numpy.ndarray of float32, shape (len(standings), len(FEATURES))
        """
        own = self._own(at) | {"told": float(_HOW[told.how]) if told else 0.0}
        peers, towns = self._all_peers(at), self._towns[: bisect_left(self._towns, at)]
        unit = self._last_unit(at)
        made = []
        for one in self.standings:
            row = own | self._near(at, one) | self._tied(at, one, peers) | self._about(one.place)
            before, _ = one.beside(at)
            row |= {
                "last_unit": float(unit is not None and one.named_at(unit)),
                "last_settled": float(bool(towns) and one.named_at(towns[-1])),
                "nearer_settled": float(len(towns) - bisect_right(towns, -1 if before is None else before)),
                "told_km": math.log1p(_km(one.place, told.place.lat, told.place.lon)) if told else -1.0,
                "of_settled": float(one.derived),
            }
            made.append([row[name] for name in FEATURES])
        return np.array(made, dtype=np.float32).reshape(-1, len(FEATURES))

    def _last_unit(self, at: int) -> int | None:
        """Give the last unit that is named before a name in its sentence."""
        for other in range(at - 1, -1, -1):
            if self._at[other] != self._at[at]:
                return None
            if other in self._places and self._places[other].kind not in SETTLED:
                return other
        return None

    def why(self, at: int, standing: int) -> str:
        """Say in words where the text names a standing, seen from the name at `at`."""
        one = self.standings[standing]
        nearest = one.nearest(at)
        gap = self._at[nearest] - self._at[at]
        what = f"{self._mentions[nearest].text}, which lies there," if one.derived else self._mentions[nearest].text
        listed = not gap and nearest in self._all_peers(at)
        where = "beside it" if listed else "in its sentence" if not gap else "after it" if gap > 0 else "before it"
        return f"{what} is named {where}; likeliest of {len(self.standings)} places"

    def _own(self, at: int) -> dict[str, float]:
        """Read what stands beside the name itself."""
        one = self._mentions[at]
        before = self._words_before(at)
        after = distances.words(self._text[one.end : one.end + _BESIDE])
        kinds = units.trailing(one.text.lower().split())[1] | units.leading(after)[1]
        kinds |= units.trailing(before[:-1] if before[-1:] == ["of"] else before)[1]
        mentions = self._of_name[one.text]
        self._ties = {other: kind for own in mentions for other, kind in self._related.get(own, {}).items()}
        holders = [self._mentions[outer].place for own in mentions for outer in self._holders.get(own, ())]
        self._held = [place for place in holders if place is not None]
        return {
            "own_preposition": float(_preposition(before)),
            "own_type": float(next((number for number, name in enumerate(_TYPES, start=1) if name in kinds), 0)),
            "own_mentions": float(len(self._of_name[one.text])),
            "candidates": float(len(self.standings)),
            "said_known": float(bool(self._held)),
        }

    def _near(self, at: int, one: Standing) -> dict[str, float]:
        """Measure how far off in the text a standing is named."""
        before, after = one.beside(at)
        own, paragraph = self._at[at], self._parts[self._at[at]].paragraph
        beside = [other for other in (before, after) if other is not None]
        return {
            "sentences_before": float(_FAR if before is None else min(own - self._at[before], _FAR)),
            "sentences_after": float(_FAR if after is None else min(self._at[after] - own, _FAR)),
            "names_before": float(_FAR if before is None else min(at - before, _FAR)),
            "names_after": float(_FAR if after is None else min(after - at, _FAR)),
            "paragraph": float(any(self._parts[self._at[other]].paragraph == paragraph for other in beside)),
            "first_sentence": float(self._at[one.names[0]] == 0),
        }

    def _tied(self, at: int, one: Standing, peers: set[int]) -> dict[str, float]:
        """Read what ties a standing to the name at `at`."""
        kinds = [_RELATIONS[kind] for other, kind in self._ties.items() if one.named_at(other)]
        heading = self._view.headings.get(at)
        held = any(self._is_in(one.place, place) for place in self._held)
        return {
            "relation": float(min(kinds, default=0)),
            "listed": float(any(one.named_at(other) for other in peers)),
            "joined": float(any(one.named_at(other) for other in self._peers[at])),
            "heading": float(heading is not None and one.named_at(heading)),
            "called": float(self._is_called(one)),
            "preposition": float(_preposition(self._words_before(one.nearest(at)))),
            "mentions": float(len(one.names)),
            "said_holds": float(held),
        }

    def _about(self, place: PlaceRef) -> dict[str, float]:
        """Measure how much of what the text names lies at or near a place: once for each."""
        if place.id not in self._measured:
            self._measured[place.id] = self._measure(place)
        return self._measured[place.id]

    def _measure(self, place: PlaceRef) -> dict[str, float]:
        level = LEVELS[place.kind]
        whole = self._gazetteer.get(place.id) if level <= LEVELS["town"] else None
        km = {point: _km(place, *point) for point in self._points}
        far = [away for point, away in km.items() if point != (place.lat, place.lon)]
        near = sum(away <= _COMPANY_KM for away in km.values())
        unit = (place.country_code, place.name if place.kind == "admin1" else place.admin1)
        return {
            "level": float(level),
            "people": math.log1p(whole.population) if whole else -1.0,
            "company": near / max(1, len(self._points)),
            "next_km": math.log1p(min(far, default=2000.0)),
            "middle_km": math.log1p(_km(place, *self._middle)) if self._middle else -1.0,
            "unit_share": self._in_unit[unit] / max(1, self._in_unit.total()),
            "country_share": self._in_country[place.country_code] / max(1, self._in_country.total()),
        }

    def _all_peers(self, at: int) -> set[int]:
        """Give the names of the list that a name stands in."""
        seen, waiting = {at}, [at]
        while waiting:
            for other in self._peers[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        return seen - {at}

    def _is_called(self, one: Standing) -> bool:
        """Tell whether a standing is anywhere called a district or a province: once for each."""
        if one.place.id not in self._typed:
            self._typed[one.place.id] = any(self._called(other) for other in one.names)
        return self._typed[one.place.id]

    def _called(self, other: int) -> bool:
        """Tell whether a name is called a district or a province: "Myinmu Township", known as a town alone."""
        one = self._mentions[other]
        after = distances.words(self._text[one.end : one.end + _BESIDE])
        kinds = units.trailing(one.text.lower().split())[1] | units.leading(after)[1]
        return bool(kinds & {"province", "district"})

    def _words_before(self, at: int) -> list[str]:
        start = self._mentions[at].start
        return distances.words(self._text[max(0, start - _BESIDE) : start])


def _counts(one: Mention) -> bool:
    place = one.place
    return place is not None and one.usage == "literal" and place.kind in UNITS | SETTLED and not one.lifted


def _unit(place: PlaceRef) -> tuple[str | None, str | None]:
    return place.country_code, place.admin1


def _preposition(before: Sequence[str]) -> int:
    return next((_PREPOSITIONS[word] for word in reversed(before[-3:]) if word in _PREPOSITIONS), 0)


def _km(place: PlaceRef, lat: float, lon: float) -> float:
    return great_circle_km(place.lon, place.lat, lon, lat)
