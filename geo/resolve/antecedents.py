"""Which of the places that a text has named so far a noun stands for: "officials in Kyiv said the city" is not Kyiv.

What speaks for each place stands here as features by name; their weights are `data/models/nouns.csv`, learned from
nouns whose meaning was annotated in our own passages (`data/reading/nouns.tsv`, ``conflict-map train nouns``).
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlaceRef
from geo.tables import read_table
from geo.text import Sentence
from geo.weights import ModelMissingError, ModelOutdatedError

MODEL = DATA / "models" / "nouns.csv"
COLUMNS = ("feature", "weight")
# Sentences before its own in which a noun looks for its place; of the first of a text it may speak anywhere.
BACK = 6
_OPENING = 2
FEATURES = (
    "same_sentence", "sentence_before", "two_before", "paragraph", "names_since", "last", "again", "opening",
    "dateline", "speaker", "metonym", "in", "from", "to", "off", "opens", "too_small", "lifted",
    "country_share", "company", "there_same", "there_last", "building_same", "building_last",
)  # fmt: skip
_LISTS = read_lists(DIRECTORY / "places" / "antecedents.txt")
_PREPOSITIONS = ("in", "from", "to", "off")
# A place by its id and where it lies: quicker to compare than the whole record.
_Point = tuple[str, float, float]
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_DATELINE = re.compile(r"[^.!?\n]{0,60}?(?:[-–—]{1,2}|\):) ?(?=\S)")
# Words before a name among which who speaks from there is named, and those between "said" and where it was said.
_SPOKEN, _SAID = 8, 4
# Towns so many degrees of latitude around, twice as many of longitude, are company.
_AROUND = 0.5
_POINTS = frozenset(("town", "village", "admin3", "facility", "island"))
# People of the largest village and town, and of the smallest city, that news would call so.
_LARGEST = {"village": 30_000, "hamlet": 10_000, "settlement": 50_000, "town": 1_000_000}
_SMALLEST = {"city": 15_000}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for a place.

    Attributes
    ----------
    start : int
        Where it begins in the text.
    word : str
        "city"; empty for "there" and for a building.
    building : bool
        Whether it is a building, whose place is that of its town.
    """

    start: int
    word: str
    building: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a noun may stand for, with the mentions that name it, in order."""

    place: PlaceRef
    mentions: tuple[Mention, ...]

    @property
    def nearest(self) -> Mention:
        """The last mention before the noun."""
        return self.mentions[-1]


class Antecedents:
    """The names of a text, laid out to be weighed as what its nouns stand for.

    Parameters
    ----------
    text : str
    parts : sequence of Sentence
        Its sentences.
    mentions : sequence of Mention
        Its names, in order.
    gazetteer : Gazetteer
    """

    def __init__(self, text: str, parts: Sequence[Sentence], mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self._text, self._parts, self._gazetteer = text, parts, gazetteer
        self._starts = [part.start for part in parts]
        self._mentions = [one for one in mentions if one.place is not None]
        self._of = {one.start: self.sentence(one.start) for one in self._mentions}
        self._seen: dict[int, _Seen] = {}
        self._company: dict[_Point, float] = {}
        self._points = {
            (one.place.lat, one.place.lon) for one in self._mentions if one.place and one.place.kind in _POINTS
        }

    def sentence(self, at: int) -> int:
        """Give the number of the sentence at a position."""
        return max(0, bisect_right(self._starts, at) - 1)

    def named(self, noun: Noun, fits: Sequence[Mention]) -> tuple[Named, ...]:
        """Give the places among the mentions that fit a noun, those named before it and not too far off."""
        own = self.sentence(noun.start)
        found: dict[_Point, tuple[PlaceRef, list[Mention]]] = {}
        for one in fits:
            at = self._of[one.start]
            if one.place is not None and one.end <= noun.start and (own - at <= BACK or at < _OPENING):
                found.setdefault(_point(one.place), (one.place, []))[1].append(one)
        every = [Named(place, tuple(mentions)) for place, mentions in found.values()]
        # Baghdad is no village, however near it is named; and a capital that only speaks is nowhere that the text went.
        known = [one for one in every if not self._too_large(noun, one.place)] or every
        known = [one for one in known if any(m.usage != "metonym" for m in one.mentions)] or known
        return tuple([one for one in known if not all(self._look(m).said for m in one.mentions)] or known)

    def weigh(self, noun: Noun, named: Sequence[Named]) -> list[float]:
        """Give the probability of each place; they add up to 1."""
        each = weights()
        odds = [sum(map(float.__mul__, each, row)) for row in self.rows(noun, named)]
        top = max(odds)
        shares = [math.exp(one - top) for one in odds]
        return [share / sum(shares) for share in shares]

    def back(self, noun: Noun, one: Named) -> int:
        """Give how many sentences before its own the noun's place is named last."""
        return self.sentence(noun.start) - self._of[one.nearest.start]

    def rows(self, noun: Noun, named: Sequence[Named]) -> list[list[float]]:
        """Give the `FEATURES` of each place that a noun may stand for."""
        made = []
        own = self.sentence(noun.start)
        before = [one.place for one in self._mentions if one.place is not None and one.end <= noun.start]
        countries, often = Counter(place.country_code for place in before), Counter(map(_point, before))
        any_near = any(self.back(noun, one) <= 1 for one in named)
        for one in named:
            near = one.nearest
            at = self._of[near.start]
            since = sum(other.nearest.start > near.start for other in named)
            seen = [self._look(mention) for mention in one.mentions]
            last = seen[-1]
            # What a text is about counts for a name that is far off only where no other stands near.
            topical = own - at <= 1 or not any_near
            there = not noun.word and not noun.building
            row = {
                "same_sentence": own == at,
                "sentence_before": own - at == 1,
                "two_before": own - at == 2,
                "paragraph": self._parts[own].paragraph == self._parts[at].paragraph,
                "names_since": math.log1p(since),
                "last": since == 0,
                "again": math.log(often[_point(one.place)]) if topical else 0.0,
                "opening": topical
                and any(
                    self._of[m.start] < _OPENING and not s.dateline for m, s in zip(one.mentions, seen, strict=True)
                ),
                "dateline": all(look.dateline for look in seen),
                "speaker": last.speaker,
                "metonym": near.usage == "metonym",
                "in": last.preposition == "in",
                "from": last.preposition == "from",
                "to": last.preposition == "to",
                "off": last.preposition == "off",
                "opens": last.opens,
                "too_small": noun.word in _SMALLEST and self._people(one.place) < _SMALLEST[noun.word],
                "lifted": near.lifted,
                "country_share": countries[one.place.country_code] / max(1, len(before)),
                "company": self._near(one.place),
                "there_same": there and own == at,
                "there_last": there and since == 0,
                "building_same": noun.building and own == at,
                "building_last": noun.building and since == 0,
            }
            made.append([float(row[name]) for name in FEATURES])
        return made

    def _near(self, place: PlaceRef) -> float:
        """Give the share of the text's other towns that lie around a place."""
        key = _point(place)
        if key not in self._company:
            others = [point for point in self._points if point != (place.lat, place.lon)]
            near = sum(abs(lat - place.lat) < _AROUND and abs(lon - place.lon) < 2 * _AROUND for lat, lon in others)
            self._company[key] = near / max(1, len(others))
        return self._company[key]

    def _too_large(self, noun: Noun, place: PlaceRef) -> bool:
        return noun.word in _LARGEST and self._people(place) > _LARGEST[noun.word]

    def _people(self, place: PlaceRef) -> int:
        whole = self._gazetteer.get(place.id) if place.kind in ("town", "village") else None
        return whole.population if whole is not None else 0

    def _look(self, one: Mention) -> _Seen:
        if one.start not in self._seen:
            self._seen[one.start] = self._read(one)
        return self._seen[one.start]

    def _read(self, one: Mention) -> _Seen:
        part = self._parts[self._of[one.start]]
        lead = self._text[part.start : one.start]
        tail = self._text[one.end : part.end]
        before = [word.lower() for word in _WORD.findall(lead)]
        preposition = next((name for word in before[-2:][::-1] for name in _PREPOSITIONS if word in _LISTS[name]), "")
        said = not _LISTS["saying"].isdisjoint(before + [word.lower() for word in _WORD.findall(tail)])
        spoken = said and not _LISTS["speakers"].isdisjoint(before[-_SPOKEN:])
        return _Seen(
            preposition=preposition,
            opens=not before or (len(before) == 1 and bool(preposition)),
            said=preposition == "in" and not _LISTS["saying"].isdisjoint(before[-_SAID:]),
            dateline=(not before and one.text == one.text.upper()) or self._is_dateline(one, part, lead),
            speaker=spoken and (one.usage == "metonym" or preposition in ("in", "from", "to")),
        )

    def _is_dateline(self, one: Mention, part: Sentence, lead: str) -> bool:
        opening = _DATELINE.match(self._text, part.start)
        return opening is not None and opening.end() >= one.end and not lead.strip(" (").islower()


def _point(place: PlaceRef) -> _Point:
    return place.id, place.lat, place.lon


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands around a name."""

    preposition: str
    opens: bool
    said: bool
    dateline: bool
    speaker: bool


@functools.cache
def weights(path: Path = MODEL) -> tuple[float, ...]:
    """Read the weights of `FEATURES`, in their order.

    Raises
    ------
    ModelMissingError, ModelOutdatedError
        Where there are none, or where they are those of other features.
    geo.lexicon.LexiconError
        For a file that is no such table.
    """
    again = "Make it again with: conflict-map train nouns"
    if not path.exists():
        raise ModelMissingError(f"{path}: there is no model. {again}")
    found = {entry["feature"]: float(entry["weight"]) for _, entry in read_table(path, COLUMNS)}
    if tuple(found) != FEATURES:
        raise ModelOutdatedError(f"{path}: the model was made for other features. {again}")
    return tuple(found.values())
