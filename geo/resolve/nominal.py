"""Places that are no names: "southern Chad" as an area of its own, and "the enclave", "the town", "there".

They are mentions apart from the names: a name is marked by people who annotate articles, "the town" is not. Each is
linked only where one place alone fits; the reasons say what it stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from gazetteer.index import Gazetteer
from gazetteer.place import precision_of
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlaceRef
from geo.text import Sentence, sentences

NOMINAL = "a noun that stands for a place"
AREA = "a side of a country"

_LISTS = read_lists(DIRECTORY / "places" / "nominal.txt")
_KINDS = {noun: frozenset(kinds) for noun, kinds in _LISTS.items() if noun != "sides"}
_SIDES = "|".join(sorted(_LISTS["sides"], key=len, reverse=True))
_SIDE_BEFORE = re.compile(rf"\b(?P<side>{_SIDES})(?:ern)? $", re.IGNORECASE)
_SIDE_OF_BEFORE = re.compile(rf"\b(?:in|across|throughout|over) the (?P<side>{_SIDES}) of (?:the )?$", re.IGNORECASE)
_NOUN = re.compile(
    rf"\b[Tt]he (?:(?:besieged|disputed|coastal|breakaway|border|strategic|rebel-held|same|whole|entire) )?"
    rf"(?P<noun>{'|'.join(sorted(_KINDS, key=len, reverse=True))})\b(?! (?:of|council|government|hall|police|court|"
    rf"administration|authorities|governor|mayor|officials?)\b)(?!['’-]| [A-Z])|"
    r"(?<=[a-z,] )(?P<there>there)(?=[.,;]| (?:on|after|since|last|this|overnight|late|early|for|by|during)\b)"
)
_SETTLED = frozenset(("town", "village", "admin3", "admin2", "facility", "island"))
# Sentences before its own in which a noun looks for its place.
_BACK = 2


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
        In order, all literal; the first of `reasons` is `AREA` or `NOMINAL`. A side's span holds the country's name; a
        noun's span overlaps no name.
    """
    found = [area for mention in mentions if (area := _area(text, mention, gazetteer))]
    found += _nouns(text, mentions)
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def _area(text: str, mention: Mention, gazetteer: Gazetteer) -> Mention | None:
    place = mention.place
    if place is None or place.kind != "country" or not place.country_code or mention.usage == "adjectival":
        return None
    before = text[max(0, mention.start - 40) : mention.start]
    side = _SIDE_BEFORE.search(before) or _SIDE_OF_BEFORE.search(before)
    if side is None:
        return None
    part = gazetteer.sector(place.country_code, side["side"].lower().replace("-", ""))
    if part is None:
        return None
    start = mention.start - len(before) + side.start("side")
    words = text[start : mention.end]
    reference = PlaceRef(
        part.id, part.name, part.kind, part.lon, part.lat, part.country_code, part.admin1, precision_of(part)
    )
    return Mention(start, mention.end, words, "literal", reference, mention.score, (AREA, f"“{words}”: {part.name}"))


def _nouns(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    parts = sentences(text)
    starts = [sentence.start for sentence in parts]
    ends = [mention.end for mention in mentions]
    found = []
    for match in _NOUN.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        before = mentions[: bisect_right(ends, match.start())]
        if at < 0 or any(one.start < match.end() and match.start() < one.end for one in mentions[len(before) :][:1]):
            continue
        meant = _antecedent(match, before, parts, at)
        if meant is not None:
            why = (NOMINAL, f"“{match[0]}” stands for {meant.text}", *meant.reasons[1:])
            start, end = match.span()
            found.append(Mention(start, end, match[0], "literal", meant.place, meant.score, why, meant.alternatives))
    return found


def _antecedent(match: re.Match[str], before: Sequence[Mention], parts: Sequence[Sentence], at: int) -> Mention | None:
    """Give the one place that fits, in the sentence itself or the nearest before it that names one."""
    kinds = _KINDS[match["noun"].lower()] if match["noun"] else _SETTLED
    for back in range(_BACK + 1):
        if at - back < 0:
            break
        sentence = parts[at - back]
        fitting = [
            one
            for one in before
            if sentence.start <= one.start < sentence.end
            and one.usage == "literal"
            and one.place
            and one.place.kind in kinds
        ]
        if fitting:
            return fitting[-1] if len({one.place for one in fitting}) == 1 else None
    return None
