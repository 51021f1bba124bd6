"""A name that no place bears stands in the area that the text puts it in: "Zarudivka, a village in Kharkiv region".

The relations of its own clause come first, then what its sentence names, then the sentence before, then the one region
that the article is about. It never stands in the next name of its list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlaceRef
from geo.resolve.references import place_ref
from geo.resolve.relations import HOLDING, Relation
from geo.text import sentences

# Kinds that hold villages.
_WORDS = read_lists(DIRECTORY / "places" / "words.txt")
_NO_VILLAGES = _WORDS["waters"] | _WORDS["bodies"]
_UNITS = frozenset(("admin1", "admin2", "admin3", "region", "island"))
_SETTLED = frozenset(("town", "village", "facility"))
# How often the area is right, by how it was found: counted on annotated news.
SCORES = {"said": 0.9, "listed": 0.8, "sentence": 0.75, "before": 0.65, "article": 0.6, "country": 0.5}
# Sentences before its own in which a name looks for its area.
_BACK = 2
# The share of an article's places that must lie in one region, or country, for the article to be about it.
_ABOUT, _ABOUT_COUNTRY = 0.5, 0.6
_LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class _Area:
    """The area that a name is lifted to, how it was found (a key of `SCORES`), and why in words."""

    place: PlaceRef
    how: str
    why: str


def lift(text: str, mentions: Sequence[Mention], said: Sequence[Relation], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Give the literal mentions without a place the area that they stand in.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        All names of the text, in order.
    said : sequence of Relation
        What the text says of where they lie, by position among `mentions`: see `geo.resolve.containment.settle`.
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Mention
        The same mentions; those that were lifted say so, with a place of precision ``region`` (``country`` where the
        text tells no more).
    """
    if not any(map(_waits, mentions)):
        return tuple(mentions)
    view = _View(text, mentions, said, gazetteer)
    return tuple(_lifted(one, view.area(at)) if _waits(one) else one for at, one in enumerate(mentions))


def _waits(one: Mention) -> bool:
    """Tell a name that could be that of a village: no water, no brigade."""
    last = one.text.split()[-1].lower()
    return one.place is None and one.usage == "literal" and last not in _NO_VILLAGES


def _lifted(one: Mention, area: _Area | None) -> Mention:
    if area is None:
        return one
    place = replace(area.place, precision="country" if area.place.kind in ("country", "continent") else "region")
    why = (*one.reasons, f"laid in {place.name}: {area.why}")
    return replace(one, place=place, score=SCORES[area.how], reasons=why, lifted=True)


class _View:
    """The mentions of a text with the sentences and relations that they stand in."""

    def __init__(self, text: str, mentions: Sequence[Mention], said: Sequence[Relation], gazetteer: Gazetteer) -> None:
        self._text = text
        self._mentions = mentions
        self._gazetteer = gazetteer
        self._sentences = sentences(text)
        starts = [sentence.start for sentence in self._sentences]
        self._at = [bisect_right(starts, one.start) - 1 for one in mentions]
        self._holders: dict[int, list[Relation]] = {}
        self._lists: dict[int, set[int]] = {}
        for relation in said:
            if relation.kind in HOLDING or relation.kind == "near":
                self._holders.setdefault(relation.inner, []).append(relation)
            elif relation.kind == "list":
                self._lists.setdefault(relation.inner, set()).add(relation.outer)
                self._lists.setdefault(relation.outer, set()).add(relation.inner)
        self._named = self._first_said()

    def area(self, at: int, depth: int = 0) -> _Area | None:
        """Give the area of the mention at `at`."""
        if depth > _LONGEST_CHAIN:
            return None
        return (
            self._by_relation(at, depth)
            or self._by_name(at, depth)
            or self._by_list(at)
            or self._by_sentence(at)
            or self._by_sentences_before(at)
            or self._by_article()
        )

    def _first_said(self) -> dict[str, int]:
        """Give for each unplaced name the first mention of which the text says where it lies."""
        found: dict[str, int] = {}
        for at in sorted(self._holders):
            if _waits(self._mentions[at]):
                found.setdefault(self._mentions[at].text, at)
        return found

    def _by_relation(self, at: int, depth: int) -> _Area | None:
        ordered = sorted(self._holders.get(at, ()), key=lambda one: (one.kind == "near", one.kind == "owner"))
        for relation in ordered:
            outer = self._mentions[relation.outer]
            words = self._words(relation)
            if outer.place is not None and self._holds(outer.place, relation):
                return _Area(outer.place, "said", f"“{words}”")
            if outer.place is None and relation.outer != at:
                area = self.area(relation.outer, depth + 1)
                if area:
                    return _Area(area.place, area.how, f"“{words}”, and {outer.text} is laid there")
        return None

    def _words(self, relation: Relation) -> str:
        ends = [self._mentions[position] for position in (relation.inner, relation.outer)]
        start, end = min(one.start for one in ends), max(one.end for one in ends)
        return " ".join(self._text[start:end].split())

    def _holds(self, place: PlaceRef, relation: Relation) -> bool:
        if place.kind in ("continent", "river"):
            return False
        # What the text sets beside a country, or calls a country's, may lie in any part of it.
        return relation.kind != "near" or place.kind not in ("country", "sea")

    def _by_name(self, at: int, depth: int) -> _Area | None:
        other = self._named.get(self._mentions[at].text)
        return self._by_relation(other, depth + 1) if other is not None and other != at else None

    def _by_list(self, at: int) -> _Area | None:
        """Give the unit that all the known names of its list lie in."""
        seen, waiting = {at}, [at]
        while waiting:
            for other in self._lists.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        places = [self._mentions[other].place for other in sorted(seen - {at}) if not self._mentions[other].lifted]
        known = [place for place in places if place is not None and place.kind in _SETTLED]
        units = {(place.country_code, place.admin1) for place in known}
        if len(units) != 1 or known[0].admin1 is None:
            return None
        unit = self._unit_of(known[0])
        if len(known) == 1 and unit != self._region():
            return None
        beside = " and ".join(place.name for place in known[:2])
        return _Area(unit, "listed", f"it holds {beside}, named beside it") if unit else None

    def _unit_of(self, place: PlaceRef) -> PlaceRef | None:
        whole = self._gazetteer.get(place.id)
        unit = self._gazetteer.unit(whole.admin1_code) if whole and whole.admin1_code else None
        return place_ref(unit) if unit else None

    def _by_sentence(self, at: int) -> _Area | None:
        """Give the unit that its own sentence names: the nearest before it, else the nearest after it."""
        inside = [other for other in range(len(self._mentions)) if self._at[other] == self._at[at]]
        before = [other for other in inside if other < at and self._is_area(other)]
        after = [
            other for other in inside if other > at and self._is_area(other) and other not in self._lists.get(at, ())
        ]
        for other in (*reversed(before), *after):
            place = self._mentions[other].place
            if place is not None:
                return _Area(place, "sentence", f"its sentence names {self._mentions[other].text}")
        return None

    def _areas(self, number: int) -> list[int]:
        """Give the mentions of a sentence that are units in which something can lie."""
        return [at for at in range(len(self._mentions)) if self._at[at] == number and self._is_area(at)]

    def _is_area(self, at: int) -> bool:
        """Tell whether a mention is a unit in which something can lie."""
        one = self._mentions[at]
        if one.place is None or one.usage != "literal" or one.place.kind not in _UNITS or one.lifted:
            return False
        # A region of several countries, such as the Middle East, says too little.
        return one.place.country_code is not None

    def _by_sentences_before(self, at: int) -> _Area | None:
        """Give the unit that a sentence just before names, or the heading above it, or the sentence after it."""
        own = self._at[at]
        for number in self._near(own):
            units = [
                other for other in range(len(self._mentions)) if self._at[other] == number and self._is_area(other)
            ]
            places = {self._mentions[other].place for other in units}
            if len(places) == 1:
                place = self._mentions[units[0]].place
                if place is not None and self._agrees(place):
                    where = "after it" if number > own else "before it"
                    return _Area(place, "before", f"the text {where} names {self._mentions[units[0]].text}")
        return None

    def _near(self, own: int) -> Iterator[int]:
        yield from range(own - 1, max(-1, own - 1 - _BACK), -1)
        for number in range(own - 1 - _BACK, -1, -1):
            if self._sentences[number].headline:
                yield number
                break
        if own + 1 < len(self._sentences) and self._sentences[own + 1].paragraph == self._sentences[own].paragraph:
            yield own + 1

    def _agrees(self, place: PlaceRef) -> bool:
        """Tell whether a unit lies in the country that the article is about, where it is about one."""
        country = self._main_country()
        return country is None or place.country_code in (None, country)

    def _by_article(self) -> _Area | None:
        """Give the one region that the article is about, else its one country."""
        unit = self._region()
        if unit:
            return _Area(unit, "article", "most of the places of the article lie there")
        country = self._main_country()
        whole = self._gazetteer.country(country) if country else None
        return _Area(place_ref(whole), "country", "the article is about it") if whole else None

    def _region(self) -> PlaceRef | None:
        """Give the first-level unit that most of the article's places lie in."""
        units: Counter[tuple[str | None, str]] = Counter()
        first: dict[tuple[str | None, str], PlaceRef] = {}
        for one in self._mentions:
            place = one.place
            if place is not None and one.usage == "literal" and place.admin1 is not None:
                units[place.country_code, place.admin1] += 1
                first.setdefault((place.country_code, place.admin1), place)
        if not units:
            return None
        key, often = max(units.items(), key=lambda item: item[1])
        unit = self._unit_of(first[key])
        known = unit is not None and self._main_country() in (None, unit.country_code)
        return unit if known and often / units.total() > _ABOUT else None

    def _main_country(self) -> str | None:
        counted = Counter(
            one.place.country_code
            for one in self._mentions
            if one.place is not None and one.place.country_code and one.usage == "literal"
        )
        if not counted:
            return None
        code, often = max(counted.items(), key=lambda item: item[1])
        return code if often / counted.total() > _ABOUT_COUNTRY else None
