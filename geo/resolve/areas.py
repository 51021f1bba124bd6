"""The area that the text puts an unknown name in: what its clause says, its sentence, its neighbours, the article."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from geo import distances
from geo import unit_words as units
from geo.entries import Entries
from geo.model import Mention, PlaceRef
from geo.resolve import anchors, context, frames
from geo.resolve.references import place_ref
from geo.resolve.relations import HOLDING, Relation
from geo.text import sentences

# Kinds that hold villages, and kinds that are settled.
UNITS = frozenset(("admin1", "admin2", "admin3", "region", "island"))
SETTLED = frozenset(("town", "village", "facility"))
# How often the area is right, by how it was found: counted on annotated news.
SCORES = {
    "said": 0.9,
    "frame": 0.85,
    "heading": 0.8,
    "listed": 0.85,
    "sentence": 0.85,
    "town": 0.8,
    "before": 0.8,
    "article": 0.75,
    "country": 0.4,
}
# Sentences before its own in which a name looks for its area.
_BACK = 2
# The share of an article's places that must lie in one region, or country, for the article to be about it.
_ABOUT, _ABOUT_COUNTRY = 0.5, 0.6
# A single sentence is about what it names, not about the region that its towns happen to lie in.
_SENTENCES = 2
_LONGEST_CHAIN = 6
# Characters after a name among which its type word stands.
_TYPE_WORD = 30


@dataclass(frozen=True, slots=True)
class Area:
    """The area that a name lies in.

    Attributes
    ----------
    how : str
        How it was found: a key of `SCORES`, or ``near`` for one that was weighed.
    why : str
        The same in words.
    odds : float or None
        How likely it is right; None for what is counted in `SCORES`.
    """

    place: PlaceRef
    how: str
    why: str
    odds: float | None = None

    @property
    def score(self) -> float:
        """How likely it is right."""
        return SCORES[self.how] if self.odds is None else self.odds


class View:
    """The mentions of a text with the sentences and relations that they stand in.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        All names of the text, in order.
    said : sequence of Relation
        What the text says of where they lie: see `geo.resolve.containment.settle`.
    gazetteer : Gazetteer

    Attributes
    ----------
    sentences : tuple of Sentence
    numbers : list of int
        The number of the sentence of each mention.
    headings : dict of int to int
        See `geo.resolve.frames.headings`.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], said: Sequence[Relation], gazetteer: Gazetteer) -> None:
        self.text = text
        self._mentions = mentions
        self.gazetteer = gazetteer
        self.sentences = sentences(text)
        starts = [sentence.start for sentence in self.sentences]
        self.numbers = [bisect_right(starts, one.start) - 1 for one in mentions]
        self._units: dict[int, list[int]] = {}
        for at, number in enumerate(self.numbers):
            if self._is_area(at):
                self._units.setdefault(number, []).append(at)
        self._about = self._main_country()
        self._home = self._region()
        self._holders: dict[int, list[Relation]] = {}
        self._lists: dict[int, set[int]] = {}
        self._known: dict[int, Sequence[tuple[int, PlaceRef]]] = {}
        self._told_in = len(set(self.numbers))
        self._aliases: dict[int, list[int]] = {}
        self._frames = {one.inner: one.outer for one in said if one.kind == "frame"}
        self._heads = Entries(text, mentions).held()
        self.headings = frames.headings(text, mentions)
        for relation in said:
            if relation.kind in HOLDING or relation.kind == "near":
                self._holders.setdefault(relation.inner, []).append(relation)
            elif relation.kind == "list":
                self._lists.setdefault(relation.inner, set()).add(relation.outer)
                self._lists.setdefault(relation.outer, set()).add(relation.inner)
            elif relation.kind == "alias":
                self._aliases.setdefault(relation.inner, []).append(relation.outer)
                self._aliases.setdefault(relation.outer, []).append(relation.inner)

    def alias(self, at: int) -> Mention | None:
        """Give the other name of the place that the mention at `at` names, where that name is known."""
        others = (self._mentions[other] for other in self._aliases.get(at, ()))
        return next((one for one in others if one.place is not None), None)

    def is_quarter(self, at: int) -> bool:
        """Tell whether a name is called a part of a town: "the Plein Ciel and Nkembo neighbourhoods"."""
        return self._is_called(at, "quarter")

    def _is_called(self, at: int, kind: str) -> bool:
        one = self._mentions[at]
        following = distances.words(self.text[one.end : one.end + _TYPE_WORD])
        if kind in units.leading(following)[1]:
            return True
        return following[:1] == ["and"] and at + 1 in self._lists.get(at, ()) and self._is_called(at + 1, kind)

    def area(self, at: int, *, inside_town: bool = False, depth: int = 0) -> Area | None:
        """Give the area of the mention at `at`; `inside_town` for a street or a facility, which stand in towns."""
        if depth > _LONGEST_CHAIN:
            return None
        said = self._by_relation(at, depth)
        if said is not None and said.place.kind != "country":
            return said
        found = (
            (self._by_town(at) if inside_town else None)
            or self._by_frame(at)
            or self._by_list(at)
            or self._by_sentence(at)
            or self._by_heading(at)
            or self._by_sentences_near(at)
            or self._by_article()
        )
        if found is None and not inside_town and self._is_called(at, "district"):
            # In a text about no one country a district is one of the town that was named last.
            found = self._by_town(at)
        # "X, Colombia" says less than the department that its sentence names, unless that lies elsewhere.
        narrower = said is None or (found is not None and found.place.country_code == said.place.country_code)
        return found if narrower else said

    def _by_relation(self, at: int, depth: int) -> Area | None:
        ordered = sorted(self._holders.get(at, ()), key=lambda one: (one.kind == "near", one.kind == "owner"))
        for relation in ordered:
            outer = self._mentions[relation.outer]
            words = self._words(relation)
            if outer.place is not None and _can_hold(outer.place, relation):
                toward = self._mentions[relation.toward].place if relation.toward is not None else None
                return Area(anchors.shifted(outer.place, relation, toward), "said", f"“{words}”")
            if outer.place is None and relation.outer != at:
                area = self.area(relation.outer, depth=depth + 1)
                if area:
                    return replace(area, why=f"“{words}”, and {outer.text} is laid there")
        return None

    def _words(self, relation: Relation) -> str:
        ends = [self._mentions[position] for position in (relation.inner, relation.outer)]
        start, end = min(one.start for one in ends), max(one.end for one in ends)
        return " ".join(self.text[start:end].split())

    def _by_town(self, at: int) -> Area | None:
        """Give the nearest town before it, in its sentence or the two before: "El Fasher’s main South Hospital"."""
        for other in range(at - 1, self._heads.get(at, 0) - 1, -1):
            one = self._mentions[other]
            if self.numbers[other] < self.numbers[at] - _BACK and at not in self._heads:
                return None
            said = one.usage == "literal" or context.is_dateline(self.text, one.start, one.end)
            if one.place is not None and said and one.place.kind == "town" and not one.lifted:
                return Area(one.place, "town", f"the town named before it is {one.text}")
        return None

    def _by_frame(self, at: int) -> Area | None:
        """Give the unit that its sentence opens with, that holds its list of villages, or that heads its entry."""
        outer = self._mentions[self._frames[at]] if at in self._frames else None
        if outer is not None and outer.place is not None and not outer.lifted:
            return Area(outer.place, "frame", f"its sentence is about {outer.text}")
        head = self._mentions[self._heads[at]] if at in self._heads else None
        if head is not None and head.place is not None:
            return Area(head.place, "heading", f"its entry is headed {head.text}")
        return None

    def _by_heading(self, at: int) -> Area | None:
        """Give the unit that the heading above it names."""
        outer = self._mentions[self.headings[at]] if at in self.headings else None
        if outer is None or outer.place is None or outer.place.kind not in UNITS | SETTLED or outer.lifted:
            return None
        return Area(outer.place, "heading", f"the heading above it names {outer.text}")

    def _by_list(self, at: int) -> Area | None:
        """Give the unit that all the known names of its list lie in."""
        known = [place for other, place in self._known_in_list(at) if other != at]
        units = {(place.country_code, place.admin1) for place in known}
        if len(units) != 1 or known[0].admin1 is None:
            return None
        unit = self._unit_of(known[0])
        # A list alone costs its unknown name: it says where that lies only in a text that is about the region.
        if unit != self._home and (len(known) == 1 or self._told_in < _SENTENCES):
            return None
        beside = " and ".join(place.name for place in known[:2])
        return Area(unit, "listed", f"it holds {beside}, named beside it") if unit else None

    def _known_in_list(self, at: int) -> Sequence[tuple[int, PlaceRef]]:
        """Give the known names of the list that a mention stands in, in order; looked for once for all of the list."""
        if at not in self._known:
            seen, waiting = {at}, [at]
            while waiting:
                for other in self._lists.get(waiting.pop(), ()):
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
            known = [
                (other, place)
                for other in sorted(seen)
                if (place := self._mentions[other].place) and not self._mentions[other].lifted and place.kind in SETTLED
            ]
            self._known |= dict.fromkeys(seen, known)
        return self._known[at]

    def _unit_of(self, place: PlaceRef) -> PlaceRef | None:
        whole = self.gazetteer.get(place.id)
        unit = self.gazetteer.unit(whole.admin1_code) if whole and whole.admin1_code else None
        return place_ref(unit) if unit else None

    def _by_sentence(self, at: int) -> Area | None:
        """Give the unit that its own sentence names: the nearest before it, else the nearest after it."""
        units = self._units.get(self.numbers[at], [])
        before = [other for other in units if other < at]
        after = [other for other in units if other > at and other not in self._lists.get(at, ())]
        for other in (*reversed(before), *after):
            place = self._mentions[other].place
            if place is not None:
                return Area(place, "sentence", f"its sentence names {self._mentions[other].text}")
        return None

    def _is_area(self, at: int) -> bool:
        """Tell whether a mention is a unit in which something can lie."""
        one = self._mentions[at]
        if one.place is None or one.usage != "literal" or one.place.kind not in UNITS or one.lifted:
            return False
        # A region of several countries, such as the Middle East, says too little.
        return one.place.country_code is not None

    def _by_sentences_near(self, at: int) -> Area | None:
        """Give the unit that a sentence just before names, or the heading above it, or the sentence after it."""
        own = self.numbers[at]
        for number in self._near(own):
            units = self._units.get(number, [])
            places = {self._mentions[other].place for other in units}
            if len(places) == 1:
                place = self._mentions[units[0]].place
                if place is not None and self._agrees(place):
                    where = "after it" if number > own else "before it"
                    return Area(place, "before", f"the text {where} names {self._mentions[units[0]].text}")
        return None

    def _near(self, own: int) -> Iterator[int]:
        yield from range(own - 1, max(-1, own - 1 - _BACK), -1)
        for number in range(own - 1 - _BACK, -1, -1):
            if self.sentences[number].headline:
                yield number
                break
        if own + 1 < len(self.sentences) and self.sentences[own + 1].paragraph == self.sentences[own].paragraph:
            yield own + 1

    def _agrees(self, place: PlaceRef) -> bool:
        """Tell whether a unit lies in the country that the article is about, where it is about one."""
        country = self._about
        return country is None or place.country_code in (None, country)

    def _by_article(self) -> Area | None:
        """Give the one region that the article is about, else its one country."""
        if self._home:
            return Area(self._home, "article", "most of the places of the article lie there")
        country = self._about
        whole = self.gazetteer.country(country) if country else None
        return Area(place_ref(whole), "country", "the article is about it") if whole else None

    def _region(self) -> PlaceRef | None:
        """Give the first-level unit that most of the article's places lie in."""
        units: Counter[tuple[str | None, str]] = Counter()
        first: dict[tuple[str | None, str], PlaceRef] = {}
        told: dict[tuple[str | None, str], set[int]] = {}
        for one, number in zip(self._mentions, self.numbers, strict=True):
            place = one.place
            if place is not None and one.usage == "literal" and place.admin1 is not None:
                units[place.country_code, place.admin1] += 1
                first.setdefault((place.country_code, place.admin1), place)
                told.setdefault((place.country_code, place.admin1), set()).add(number)
        if not units:
            return None
        key, often = max(units.items(), key=lambda item: item[1])
        if len(told[key]) < _SENTENCES and not self._units:
            return None
        unit = self._unit_of(first[key])
        known = unit is not None and self._about in (None, unit.country_code)
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


def _can_hold(place: PlaceRef, relation: Relation) -> bool:
    """Tell whether a place says where a name lies; what the text sets near a country may lie anywhere in it."""
    if place.kind in ("continent", "river"):
        return False
    return relation.kind != "near" or place.kind not in ("country", "sea")
