"""Halls, hotels, streets and squares that bear the name of another place: "the Dorchester Hotel in London"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.place import Candidate, Place
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Span
from geo.resolve.groups import Name

_WORDS = read_lists(DIRECTORY / "places" / "venues.txt")


def _either(name: str, *, titled: bool = False) -> str:
    words = (word.title() if titled else word for word in _WORDS[name])
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# "a Kabul hotel" is one in Kabul; "the Kabul Hotel" may stand anywhere, and so may "the Basel roundabout".
_CALLED = re.compile(rf" (?:{_either('capitals', titled=True)}|(?i:{_either('anyhow')}))\b")
_APPOSED = re.compile(rf", (?:a|an|the) (?:[a-z-]+ ){{0,3}}(?:{_either('capitals')}|{_either('anyhow')})\b")
_OPENED = re.compile(
    rf"\b(?:(?i:{_either('openers')})|{_either('capital openers', titled=True)}) "
    r"(?:(?:de|du|des|del|della|di|da|do)(?: las?| los)? )?$"
)
_REACH = 60
# A city of so many people has a hotel of its name itself.
_CITY_PEOPLE = 300_000


def own(text: str, spans: Sequence[Span], one: Name) -> tuple[Candidate, ...]:
    """Give the candidates of a name that may be meant: for a venue's own name only venues, and great cities.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        All names of the text.
    one : Name
        A name of it. Where one of its mentions is no venue's, all its candidates may be meant.
    """
    if not all(is_venue(text, spans[at].start, spans[at].end) for at in one.mentions):
        return one.candidates
    return tuple(each for each in one.candidates if each.place.kind == "facility" or _is_city(each.place))


def _is_city(place: Place) -> bool:
    return place.kind == "town" and place.population >= _CITY_PEOPLE


def is_venue(text: str, start: int, end: int) -> bool:
    """Tell whether the name between two offsets is that of a hall, a hotel, a street or a square."""
    after = text[end : end + _REACH]
    called = _CALLED.match(after) or _APPOSED.match(after)
    return called is not None or _OPENED.search(text[max(0, start - _REACH) : start]) is not None
