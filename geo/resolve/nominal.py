"""Places that are no names: "southern Chad" as an area of its own, and "the enclave", "the city's airport", "there".

They are mentions apart from the names: a name is marked by people who annotate articles, "the town" is not. They are
found freely, the likeliest place with each, and a score that says how likely it is: who reads events judges them. The
reasons say what each stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from geo.entries import Entries
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlaceRef
from geo.resolve import sides
from geo.resolve.antecedents import Antecedents, Noun
from geo.resolve.references import place_ref
from geo.resolve.sides import AREA
from geo.text import Stretches, sentences

__all__ = ["AREA", "NOMINAL", "nominals"]

NOMINAL = "a noun that stands for a place"

_LISTS = read_lists(DIRECTORY / "places" / "nominal.txt")
_WORD_LISTS = frozenset(
    (
        "sides",
        "side nouns",
        "buildings",
        "seats",
        "missions",
        "of units",
        "not before",
        "not after",
        "clause",
        "being",
        "spoken of",
    )
)
_KINDS = {noun: kinds for noun, kinds in _LISTS.items() if noun not in _WORD_LISTS}
_BUILDINGS, _SEATS, _OF_UNITS = _LISTS["buildings"], _LISTS["seats"], _LISTS["of units"]
_SPOKEN_OF = _LISTS["spoken of"]


def _either(words: Sequence[str] | frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ADJECTIVES = rf"(?:(?!(?:{_either(_LISTS['not before'])})\b)[a-z]+(?:-[a-z]+)* ){{0,3}}?"
_NOT_AFTER = rf"(?! (?:{_either(_LISTS['not after'])})\b)(?! of\b)(?!-| [A-Z])"
_NOUN = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Tt]hat) {_ADJECTIVES}(?P<noun>{_either(frozenset(_KINDS))})\b{_NOT_AFTER}"
    rf"(?! (?:{_either(_BUILDINGS)})\b)"
    rf"(?:['’]s {_ADJECTIVES}(?P<owned>{_either(_BUILDINGS)})\b{_NOT_AFTER})?"
    rf"|\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?|[Oo]ne) {_ADJECTIVES}(?P<building>{_either(_BUILDINGS)})\b{_NOT_AFTER}"
    r"|(?<=[a-z,] )(?P<there>there)(?=[.,;]| (?:on|after|since|last|this|overnight|late|early|for|by|during|was|were|"
    r"in|have|has|had|when|as)\b)"
)
_MISSION = re.compile(rf" (?:[a-z]+ )?(?P<building>{_either(_LISTS['missions'])})\b(?! [A-Z])")
# "the Libyan capital", "the capital of Chad", and no name behind that says which town it is.
_ITS_CAPITAL = re.compile(r" (?P<noun>capital)(?: city)?\b(?!,? [A-Z]| punishment\b| (?:market|control|flight)s?\b)")
_CAPITAL_OF = re.compile(r"\b(?P<noun>[Cc]apital)(?: city)? of (?:the )?$")
_BEING, _CLAUSE = re.compile(rf" (?:{_either(_LISTS['being'])})\b"), _LISTS["clause"]
# "the capital, Bujumbura": what the text calls so is its capital, whatever is one today.
_CALLED_CAPITAL = re.compile(r"(?:\b[Tt]he|\b[Ii]ts|['’]s) capital(?: city)?,?\s+$")
# "a hospital in Homs": the name that follows is the place.
_NAMED_NEXT = re.compile(r",? (?:in|of|at|near|outside|inside|on|for|to|from|between) (?:the |central |downtown )?$")
# "Lima, the capital": it only explains the name before it.
_EXPLAINS = re.compile(r"(?:, |\bis |\bwas )(?:the|its)? ?$")
_SETTLED = frozenset(("town", "village", "admin3", "admin2", "facility", "island"))
_TOWNS = frozenset(("town", "village", "admin3"))
# How sure a noun's place is where no other fits: named in its own sentence or the one before, further back.
_SURE, _FAR = 0.8, 0.6
_UNITS = frozenset(("admin1", "admin2", "admin3"))
# A town this many times as large as the next of its unit is the unit's capital.
_MUCH_LARGER = 3
# A text is about one unit where that holds so many of its places, and this share of them.
_FEWEST, _MOSTLY = 2, 0.6
# A capital is among the largest towns of its country, or of its unit.
_CAPITALS = 40
# Kilometres from a town within which a facility of its name is the town's.
_OWN_DEGREES = 0.6
# Characters before a name in which "port of" stands.
_LEAD = 40


def nominals(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the sides of countries and the nouns that stand for places named before.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        The names of the text, as `geo.resolve.resolve` gives them.
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Mention
        In order, all literal; the first of `reasons` is `AREA` or `NOMINAL`. A side's span may hold the country's name;
        a noun's span overlaps no name.
    """
    found = [area for mention in mentions if (area := sides.beside(text, mention, gazetteer))]
    found += sides.bare(text, [*mentions, *found], gazetteer)
    found += _Nouns(text, mentions, gazetteer).found([*mentions, *found])
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may stand for a place: its offsets, and which of its words says what.

    Attributes
    ----------
    noun, building : str
        "city" and "airport" of "the city's airport"; empty where it has none, as "there" has neither.
    holder : Mention or None
        The country or the unit of a capital of which the phrase says whose it is.
    """

    start: int
    end: int
    text: str
    noun: str
    building: str
    holder: Mention | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of place that it can mean."""
        return _KINDS[self.noun] if self.noun else _TOWNS if self.building else _SETTLED

    @property
    def words(self) -> frozenset[str]:
        """Its words, in lower case."""
        return frozenset(self.text.lower().split())

    def weighed(self) -> Noun:
        """Give what is weighed of it."""
        return Noun(self.start, self.noun, building=bool(self.building))


def phrases(text: str, mentions: Sequence[Mention]) -> Iterator[Phrase]:
    """Give the noun phrases that may stand for a place: "the town", "there", "embassy" after "French"."""
    for match in _NOUN.finditer(text):
        if not (match["there"] and _is_existential(text, match)):
            yield Phrase(*match.span(), match[0], match["noun"] or "", match["owned"] or match["building"] or "")
    for one in mentions:
        mission = _MISSION.match(text, one.end) if one.usage == "adjectival" else None
        if mission:
            yield Phrase(*mission.span("building"), mission["building"], "", mission["building"])
        if capital := _capital_beside(text, one):
            # As a side of a country does, it holds the name beside it.
            start, end = min(capital.start("noun"), one.start), max(capital.end("noun"), one.end)
            yield Phrase(start, end, text[start:end], "capital", "", one)


def _capital_beside(text: str, one: Mention) -> re.Match[str] | None:
    """Find the capital that the words beside a country's or a unit's name speak of."""
    if one.usage == "adjectival":
        return _ITS_CAPITAL.match(text, one.end) if text[max(0, one.start - 4) : one.start].lower() == "the " else None
    if one.place is None or one.place.kind not in ("country", "admin1"):
        return None
    lead = max(0, one.start - _LEAD)
    found = _CAPITAL_OF.search(text, lead, one.start)
    return None if found is None or _EXPLAINS.search(text[lead : found.start()]) else found


def _is_existential(text: str, match: re.Match[str]) -> bool:
    """Tell "there were clashes" from "people there were afraid"."""
    if not _BEING.match(text, match.end()):
        return False
    lead = text[max(0, match.start() - 30) : match.start()].split()
    word = lead[-1] if lead else ""
    # A name before it ("In Homs there were ..."), not the first word of a sentence ("People there were ...").
    named = word[:1].isupper() and len(lead) > 1 and lead[-2][-1] not in ".!?"
    return not word or word[-1] == "," or named or word.lower() in _CLAUSE


def fits(one: Mention, kinds: frozenset[str]) -> bool:
    """Tell whether a name may be what a noun of such kinds stands for."""
    if one.place is None or one.usage in ("adjectival", "organisation"):
        return False
    return one.place.kind in kinds or (one.lifted and bool(kinds & _TOWNS))


@dataclass(frozen=True, slots=True)
class _Antecedent:
    mention: Mention
    score: float


class _Nouns:
    """The nouns of a text that stand for places, with the names before them."""

    def __init__(self, text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self._text = text
        self._mentions = mentions
        self._gazetteer = gazetteer
        self._before = Antecedents(text, sentences(text), mentions, gazetteer)
        self._entries = Entries(text, mentions)
        self._fitting: dict[frozenset[str], list[Mention]] = {}

    def found(self, taken: Sequence[Mention]) -> list[Mention]:
        made = []
        held = Stretches((one.start, one.end) for one in taken)
        for phrase in phrases(self._text, self._mentions):
            own = phrase.holder
            within = own is not None and own.start < phrase.end and phrase.start < own.end
            if held.count(phrase.start, phrase.end) > within:
                continue
            one = self._read(phrase)
            if one is not None:
                made.append(one)
        return made

    def _read(self, phrase: Phrase) -> Mention | None:
        if phrase.holder is None and self._is_explained(phrase):
            return None
        noun, building = phrase.noun, phrase.building
        of_unit = not _OF_UNITS.isdisjoint(phrase.words)
        holder = phrase.holder.place if phrase.holder is not None else None
        if holder is not None:
            place = self._capital_of(holder)
            meant = None if place is None else _Antecedent(_bare(phrase, place), _SURE)
        elif noun == "capital" or (building in _SEATS and not noun and not of_unit):
            place = self._seat(phrase) if of_unit or noun != "capital" else self._capital(phrase.start)
            meant = None if place is None else _Antecedent(_bare(phrase, place), _SURE)
        elif noun == "country":
            country = self._gazetteer.country(sides.main_country(self._mentions, phrase.start) or "")
            meant = None if country is None else _Antecedent(_bare(phrase, place_ref(country)), _SURE)
        else:
            meant = self._spoken_of(phrase) or self._antecedent(phrase, phrase.kinds)
            if meant is None and building:
                meant = self._antecedent(phrase, frozenset(("admin1", "admin2", "region")))
        return self._made(phrase, meant) if meant is not None else None

    def _made(self, phrase: Phrase, meant: _Antecedent) -> Mention | None:
        place, building = meant.mention.place, phrase.building
        if place is None:
            return None
        own = self._facility(place, building) if building else None
        name = meant.mention.text if meant.mention.text != phrase.text else place.name
        why = f"“{phrase.text}” stands for {own.name}" if own else f"“{phrase.text}” stands for {name}"
        if building and not own:
            why = f"“{phrase.text}” is that of {name}"
        reasons = (NOMINAL, why, *meant.mention.reasons[1:])
        score = round(meant.score * max(meant.mention.score, 0.1), 4)
        lifted = meant.mention.lifted and own is None
        others = meant.mention.alternatives
        return Mention(
            phrase.start, phrase.end, phrase.text, "literal", own or place, score, reasons, others, lifted=lifted
        )

    def _is_explained(self, phrase: Phrase) -> bool:
        """Tell what only explains a name beside it: "Izium, the town in", "the capital, Lima", "a hospital in Homs"."""
        before = bisect_right([one.end for one in self._mentions], phrase.start)
        if before and self._text[self._mentions[before - 1].end : phrase.start] == ", " and phrase.noun:
            return True
        following = self._mentions[before] if before < len(self._mentions) else None
        if following is None or not (phrase.noun or phrase.building):
            return False
        gap = self._text[phrase.end : following.start]
        # "the town in Luhansk region" is a town of the region; "a hospital in Homs" is in Homs.
        if phrase.noun == "capital" and not gap.strip(", \n"):
            return True
        wide = following.place is not None and following.place.kind not in _SETTLED
        return bool(_NAMED_NEXT.fullmatch(gap)) and not (wide and phrase.noun)

    def _spoken_of(self, phrase: Phrase) -> _Antecedent | None:
        """Give the place of what the text has named as such: "the airport" after "Kabul airport", "port of Odesa"."""
        named = phrase.building if phrase.building and not phrase.noun else phrase.noun
        if not named or (phrase.noun and (phrase.building or named not in _SPOKEN_OF)):
            return None
        # "Kabul's main airport", but not "Russia captured the island", which is the noun itself.
        behind = re.compile(rf"(?:['’]s)?(?: (?!(?:the|an?|its|their|this|that)\b)[a-z-]+){{0,2}} {re.escape(named)}\b")
        ahead = re.compile(rf"\b{re.escape(named)} (?:of|in|at) (?:the )?$")
        kinds = _SETTLED if phrase.building else phrase.kinds
        before = bisect_right([one.end for one in self._mentions], phrase.start)
        for one in reversed(self._mentions[:before]):
            lead = self._text[max(0, one.start - _LEAD) : one.start]
            itself = one.text.lower().endswith(f" {named}")
            if fits(one, kinds) and (itself or behind.match(self._text, one.end) or ahead.search(lead)):
                return _Antecedent(one, _SURE)
        return None

    def _antecedent(self, phrase: Phrase, kinds: frozenset[str]) -> _Antecedent | None:
        """Give the place that is meant: the likeliest of its kind among those named before it."""
        noun = phrase.weighed()
        if kinds not in self._fitting:
            self._fitting[kinds] = [one for one in self._mentions if fits(one, kinds)]
        entry = self._entries.at(phrase.start)
        if entry is not None:
            # What an entry names, and its head whatever that is, comes before all that stands above it.
            inside = [one for one in self._fitting[kinds] if entry.start <= one.start < phrase.start]
            named = self._before.named(noun, inside or [self._mentions[entry.head]])
        else:
            named = self._before.named(noun, self._fitting[kinds])
        if not named:
            return None
        shares = self._before.weigh(noun, named)
        best = max(range(len(named)), key=lambda at: shares[at])
        sure = _SURE if self._before.back(noun, named[best]) <= 1 else _FAR
        return _Antecedent(named[best].nearest, sure * shares[best])

    def _capital(self, at: int) -> PlaceRef | None:
        """Give the town that the text calls the capital, else that of the country that the text is about."""
        for one in reversed(self._mentions):
            before = self._text[max(0, one.start - 20) : one.start]
            if one.start < at and one.place and one.place.kind in _TOWNS and _CALLED_CAPITAL.search(before):
                return one.place
        country = self._gazetteer.country(sides.main_country(self._mentions, at) or "")
        return None if country is None else self._capital_of(place_ref(country))

    def _capital_of(self, place: PlaceRef) -> PlaceRef | None:
        """Give the capital of a country or a unit."""
        if place.kind != "country":
            return self._unit_capital(place)
        towns = self._gazetteer.within(place.id, kinds=("town",), limit=_CAPITALS)
        return next((place_ref(town) for town in towns if town.feature_code == "PPLC"), None)

    def _seat(self, phrase: Phrase) -> PlaceRef | None:
        """Give where a parliament or a palace stands, or the capital of a unit.

        The unit's is the one named last; a country's stands in its capital, but where the text so far is about one
        first-level unit in that of the unit: Chechnya has a palace of its own.
        """
        if not _OF_UNITS.isdisjoint(phrase.words):
            meant = self._antecedent(phrase, _TOWNS | _UNITS)
            return self._unit_capital(meant.mention.place) if meant and meant.mention.place else None
        known = [one.place for one in self._mentions if one.start < phrase.start and one.usage == "literal"]
        places = [place for place in known if place is not None and place.admin1]
        units = Counter((place.country_code, place.admin1) for place in places)
        unit, often = max(units.items(), key=lambda item: item[1], default=(None, 0))
        if often >= max(_FEWEST, _MOSTLY * len(places)):
            return self._unit_capital(next(place for place in places if (place.country_code, place.admin1) == unit))
        return self._capital(phrase.start)

    def _unit_capital(self, place: PlaceRef) -> PlaceRef | None:
        """Give the capital of the first-level unit that a place is or lies in."""
        whole = self._gazetteer.get(place.id)
        unit = self._gazetteer.unit(whole.admin1_code) if whole and whole.admin1_code else None
        towns = self._gazetteer.within(unit.id, kinds=("town",), limit=_CAPITALS) if unit else ()
        if unit is None or not towns:
            return None
        # Lists seldom say which town it is: the one of the unit's name, or by far the largest.
        named = next((town for town in towns if unit.name.startswith(town.name)), None)
        following = max((town.population for town in towns[1:]), default=0)
        found = named or (towns[0] if towns[0].population >= _MUCH_LARGER * following else None)
        return place_ref(found) if found else None

    def _facility(self, place: PlaceRef, building: str) -> PlaceRef | None:
        """Give the facility that bears the town's name: "the city's airport" is Goma International Airport."""
        for candidate in self._gazetteer.by_name(f"{place.name} {building}")[:3]:
            one = candidate.place
            near = abs(one.lat - place.lat) < _OWN_DEGREES and abs(one.lon - place.lon) < 2 * _OWN_DEGREES
            if one.kind == "facility" and one.country_code == place.country_code and near:
                return replace(place_ref(one))
        return None


def _bare(phrase: Phrase, place: PlaceRef) -> Mention:
    return Mention(phrase.start, phrase.end, phrase.text, "literal", place, 1.0)
