"""The cues beside a name: type words, states and countries after a comma, possessives, datelines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo import distances
from geo import unit_words as units
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Span
from geo.resolve import containment, frames, neighbours, relations
from geo.resolve.groups import Name
from geo.resolve.relations import Relation
from geo.surfaces import Surfaces

_WORDS = read_lists(DIRECTORY / "places" / "words.txt")
# A type word belongs to a name inside its own line only: "Blast rocks Kabul", then "Airport reopened".
_WORDS_AFTER = re.compile(r" +([\w-]+(?: [\w-]+){0,2})")
# "X, a small fishing village in Y".
_SAID = "|".join(sorted(read_lists(DIRECTORY / "places" / "relations.txt")["called"]))
_CALLED = re.compile(rf", (?:a|an) (?:[\w-]+ ){{0,3}}?({_SAID})\b")
_OF_BEFORE = re.compile(r"([\w-]+) of (?:the )?$")
_WORD_BEFORE = re.compile(r"([\w-]+) (?:the )?$")
# A type word in the plural serves every name of the list before it: "Donetsk and Luhansk regions".
_PLURAL_AFTER = re.compile(
    r"(?:,| and|,? and| or|/)[^.;\n]{0,60}?\b(counties|provinces|regions|oblasts|districts|cities|towns|villages)\b"
)
_LAST_WORD = re.compile(r"([\w-]+) $")
# "the Kirovskyi district of Donetsk" lies in a town; "the district of Beryslav" is all of it.
_PARTS_OF = re.compile(r"(?<!\bthe )\b\w+ of (?:the )?$")
_ALL_OVER = re.compile(r"\b(?:villages|towns|cities|countryside|parts|areas) (?:in|of) $", re.IGNORECASE)
# "the provincial capital of Sar-e Pol" is a town.
_CAPITAL_OF = re.compile(r"\bcapitals?(?: (?:city|cities))? of (?:the )?$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|at|of|from|to|near)\b")
_DATELINE_WITHIN = 60
_DATELINE = re.compile(r"\s*(?:,[^.\n]{2,20})?(?:\([A-Za-z ]+\))?\s*(?:-|—|–|:|\()")
_COMMA = re.compile(r"\s*[,(]\s*")
_WITHIN = re.compile(r",? in (?:the )?(?:\w+ ){0,2}|,? (?:County|Co\.),? | ")
_IN = re.compile(r",? in (?:the )?(?:\w+ ){0,2}")
_JOINED = re.compile(r",? and |, | or ")
_LISTED_AFTER = re.compile(r",? (?:and|or) (?:the )?[A-Z]")
_MOST_JOINED = 8
_POSSESSIVE = re.compile(r"['’]s (?:\w+ ){0,3}| (?:region|province|oblast|district)['’]s (?:\w+ ){0,3}")
_UNIT_AFTER = re.compile(r"\s*,\s*((?:[A-Z]\.\s?){2,3}|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b|[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_SINGULAR = {"counties": "district", "provinces": "province", "regions": "province", "oblasts": "province"}
_SINGULAR |= {"districts": "district", "cities": "settlement", "towns": "settlement", "villages": "settlement"}
_REACH = 64
# Units whose capitals share their names.
_HEADED = frozenset(("admin1", "admin2"))


def gather(
    text: str, spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int], surfaces: Surfaces
) -> tuple[Relation, ...]:
    """Fill the cues of every name in `found` from what stands beside its mentions.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        In order.
    found, belongs
        As `geo.resolve.groups.names` gives them; the cues of `found` are filled in place, once.
    surfaces : Surfaces

    Returns
    -------
    tuple of Relation
        What the text says of where the names lie: see `geo.resolve.containment.settle`.
    """
    for index, span in enumerate(spans):
        name = found[belongs[index]]
        after = text[span.end : span.end + _REACH]
        before = text[max(0, span.start - 40) : span.start]
        asked = _asked_kinds(span.text, before, after)
        name.cues.kinds |= asked
        if _PARTS_OF.search(before):
            asked = asked - {"district"}
        if distances.kilometres_before(text, span.start) is not None:
            # "18 km north-west of Tillaberi" is told from the town, not from its region.
            asked = asked | {"settlement"}
        capital = bool(_CAPITAL_OF.search(before)) and any(one.place.kind in _HEADED for one in name.candidates)
        if capital:
            asked = {"settlement"}
        if asked:
            name.cues.asked[index] = asked
        if _names_part(before) and not capital:
            name.cues.parted.add(index)
        if is_dateline(text, span.start, span.end):
            name.cues.dateline = True
        if index + 1 < len(spans):
            _relate_next(text, spans, found, belongs, index)
        unit = _UNIT_AFTER.match(after)
        if unit:
            for candidate in surfaces.get(unit[1].strip()).candidates[:MOST_UNITS]:
                if candidate.place.kind == "admin1" and candidate.place.admin1_code:
                    name.cues.units_after.add(candidate.place.admin1_code)
                elif candidate.place.kind == "country" and candidate.place.country_code:
                    name.cues.countries_after.add(candidate.place.country_code)
    neighbours.gather(text, spans, found, belongs)
    said = relations.read(text, spans)
    return containment.settle(spans, found, belongs, (*said, *frames.read(text, spans, said)), surfaces)


MOST_UNITS = 12


def is_dateline(text: str, start: int, end: int) -> bool:
    """Tell whether a name opens its article as the place of writing: "NAIROBI, Kenya (Wire) -"."""
    return start < _DATELINE_WITHIN and _DATELINE.match(text, end, end + _REACH) is not None


def _relate_next(text: str, spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int], index: int) -> None:
    """Note what the next mention says of this one and, in a list, of those before it."""
    name, following = found[belongs[index]], found[belongs[index + 1]]
    gap = _gap(text, spans[index], spans[index + 1])
    if _LISTED_AFTER.match(text, spans[index + 1].end) and _are_peers(name, following):
        return
    _relate(name, following, gap)
    if not _IN.fullmatch(gap):
        return
    # "Tripoli and Zahle in Lebanon": what holds the last name of a list holds the others.
    for earlier in range(index - 1, max(-1, index - _MOST_JOINED), -1):
        if not _JOINED.fullmatch(_gap(text, spans[earlier], spans[earlier + 1])):
            break
        _relate(found[belongs[earlier]], following, gap)


def _gap(text: str, span: Span, following: Span) -> str:
    return text[span.end : following.start] if following.start - span.end < _REACH else "\n"


def _are_peers(name: Name, following: Name) -> bool:
    """Tell whether two names could be units of one level: "Washington, Oregon and California"."""
    kinds = {candidate.place.kind for candidate in following.candidates[:1]}
    return any(
        candidate.place.kind in kinds for candidate in name.candidates[:MOST_UNITS] if candidate.place.kind != "town"
    )


def _asked_kinds(own: str, before: str, after: str) -> set[str]:
    """Read the type words: "the village of X", "X province", "X and Y counties", "Lake X"."""
    kinds: set[str] = set()
    follows = _WORDS_AFTER.match(after)
    words = own.lower().replace(".", "").split()
    if follows:
        kinds |= units.leading(follows[1].lower().split())[1]
    if len(words) > 1:
        kinds |= units.trailing(words)[1] | units.leading(words[:1])[1]
    called = _CALLED.match(after)
    if called:
        kinds |= units.leading([called[1].lower()])[1] & {"settlement"}
    for pattern in (_OF_BEFORE, _WORD_BEFORE):
        precedes = pattern.search(before)
        if precedes:
            kinds |= units.leading([precedes[1].lower()])[1]
    plural = _PLURAL_AFTER.match(after)
    if plural and not _PREPOSITION.search(plural[0]):
        kinds.add(_SINGULAR[plural[1]])
    return kinds


def _names_part(before: str) -> bool:
    """Tell whether the words before a name speak of a part of a wide place."""
    precedes = _LAST_WORD.search(before)
    return bool(precedes and precedes[1].lower() in _WORDS["parts"]) or _ALL_OVER.search(before) is not None


def _relate(name: Name, following: Name, gap: str) -> None:
    """Note what the following mention says of this one, and this one of it."""
    comma = bool(_COMMA.fullmatch(gap))
    if comma or _WITHIN.fullmatch(gap):
        for candidate in following.candidates:
            place = candidate.place
            if place.kind == "country" and place.country_code:
                (name.cues.countries_after if comma else name.cues.units_of).add(place.country_code)
            elif place.kind == "admin1" and place.admin1_code:
                (name.cues.units_after if comma else name.cues.units_of).add(place.admin1_code)
            elif place.kind == "admin2" and place.admin2_code:
                (name.cues.units_after if comma else name.cues.units_of).add(place.admin2_code)
    if _POSSESSIVE.fullmatch(gap):
        for candidate in name.candidates:
            place = candidate.place
            if place.kind == "admin1" and place.admin1_code:
                following.cues.units_before.add(place.admin1_code)
            elif place.kind == "country" and place.country_code:
                following.cues.units_before.add(place.country_code)
