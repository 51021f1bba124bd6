"""Sides of a country as places of their own: "southern Chad", "the country's east", "the eastern front"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gazetteer.index import Gazetteer
from gazetteer.place import Place
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention
from geo.resolve.references import place_ref

AREA = "a side of a country"

_LISTS = read_lists(DIRECTORY / "places" / "nominal.txt")
_SIDES = "|".join(sorted(_LISTS["sides"], key=len, reverse=True))
_NOUNS = "|".join(sorted(_LISTS["side nouns"], key=len, reverse=True))
_SIDE_BEFORE = re.compile(rf"\b(?P<side>{_SIDES})(?:ern)? $", re.IGNORECASE)
_SIDE_OF_BEFORE = re.compile(rf"\b(?:in|across|throughout|over) the (?P<side>{_SIDES}) of (?:the )?$", re.IGNORECASE)
_SIDE_AFTER = re.compile(rf"['’]s? (?:\w+ )?(?P<side>{_SIDES})(?:ern)?\b(?! \w*[A-Z])", re.IGNORECASE)
# A side without a country's name: that of the country the text is about.
_BARE = re.compile(
    rf"\b(?:the )?(?P<of>{_SIDES}) of the country\b|\bthe country['’]s (?:\w+ )?(?P<own>{_SIDES})(?:ern)?\b"
    rf"|\b(?:the |in |along the )?(?P<noun>{_SIDES})(?:ern|erly)? (?:{_NOUNS})\b(?! [A-Z])"
    rf"|\b(?:in|across) the (?P<bare>{_SIDES})\b(?=[.,;]| (?:on|after|as|since|late|early|last|this|have|has)\b)",
    re.IGNORECASE,
)
# A country that the sentence itself names counts for this many mentions elsewhere.
_IN_SENTENCE = 1.5
# How sure a side is whose country is not named beside it.
_SCORE = 0.6


def beside(text: str, mention: Mention, gazetteer: Gazetteer) -> Mention | None:
    """Give the side of a country that the words around its name speak of; None where they speak of none."""
    place = mention.place
    if place is None or place.kind != "country" or not place.country_code or mention.usage == "adjectival":
        return None
    before = text[max(0, mention.start - 40) : mention.start]
    side = _SIDE_BEFORE.search(before) or _SIDE_OF_BEFORE.search(before)
    start, end = mention.start, mention.end
    if side is not None:
        start = mention.start - len(before) + side.start("side")
    else:
        side = _SIDE_AFTER.match(text, mention.end)
        end = side.end() if side else end
    part = gazetteer.sector(place.country_code, _plain(side["side"])) if side else None
    return _area(text, start, end, part, mention.score) if part else None


def bare(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Give the sides that stand without a country's name: "the eastern front" of the country the text is about."""
    found = []
    for match in _BARE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in mentions):
            continue
        side = _plain(match["of"] or match["own"] or match["noun"] or match["bare"])
        country = main_country(mentions, match.start())
        part = gazetteer.sector(country, side) if country else None
        if part:
            found.append(_area(text, *match.span(), part, _SCORE))
    return found


def main_country(mentions: Sequence[Mention], before: int) -> str | None:
    """Give the country that the text up to a point is about: of most literal places, else of most names."""
    known = [one for one in mentions if one.start < before and one.place and one.place.country_code]
    counted: Counter[str] = Counter()
    for one in [one for one in known if one.usage == "literal"] or known:
        if one.place and one.place.country_code:
            counted[one.place.country_code] += 1
    return max(counted, key=lambda code: counted[code]) if counted else None


def _plain(side: str) -> str:
    return side.lower().replace("-", "")


def _area(text: str, start: int, end: int, part: Place, score: float) -> Mention:
    words = text[start:end]
    return Mention(start, end, words, "literal", place_ref(part), score, (AREA, f"“{words}”: {part.name}"))
