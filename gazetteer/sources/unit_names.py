"""Names as news writes them: the English one of a unit, the bare one of a unit, the short one of a town."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.ranking import ROMANISED

_TYPE = (
    "(?:oblast|province|region|governorate|district|prefecture|state|county|krai|kray|raion|rayon|voivodeship|department"
    "|parish|borough|municipality|census area)"
)
_BARE = re.compile(rf"^(?:{_TYPE} of )?(.+?)(?: {_TYPE}[’']?)?$", re.IGNORECASE)
_TAIL = re.compile(r" (?:City|Town)$|[ -](?:upon|on|under|am|an der|sur|na)[ -].+$")
_TRANSLATED = re.compile(
    r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)* (?:Oblast|Krai|Governorate|Province|Region|District|Republic|Autonomous Okrug)"
)


def english_name(official: str, aliases: Sequence[str], country: str) -> str:
    """Choose the English name of a unit: "Donetsk Oblast" over "Donetska Oblast", "Nineveh" over "Muḩāfaz̧at Nīnawá".

    Only where the country writes in another script, and only among names that GeoNames gives; the shortest alias that
    ends in an English type word, else the shortest in plain letters where the official one is not.

    >>> english_name("Donetska Oblast", ["Donetsk", "Donetsk Oblast"], "UA")
    'Donetsk Oblast'
    >>> english_name("State of Victoria", [], "AU")
    'Victoria'
    """
    if official.startswith("State of "):
        return official.removeprefix("State of ")
    if country not in ROMANISED:
        return official
    named = [name for name in (official, *aliases) if name.isascii() and _TRANSLATED.fullmatch(name)]
    if named:
        return min(named, key=lambda name: (len(name), name))
    if official.isascii() and "'" not in official:
        return official
    plain = [name for name in aliases if name.isascii() and name[:1].isupper() and "'" not in name and len(name) > 3]
    return min(plain, key=lambda name: (len(name), name), default=official)


def bare_name(name: str) -> str:
    """Take the type word off a unit's name: news writes "in Anderson" of Anderson County.

    >>> bare_name("Anderson County"), bare_name("Province of Turin"), bare_name("Texas")
    ('Anderson', 'Turin', 'Texas')
    """
    found = _BARE.match(name)
    return found[1] if found else name


def short_name(name: str) -> str | None:
    """Give what a town is called for short, where its full name only sets it apart; None where it is short already.

    >>> short_name("New York City"), short_name("Newcastle upon Tyne"), short_name("Rostov-on-Don"), short_name("Kyiv")
    ('New York', 'Newcastle', 'Rostov', None)
    """
    short = _TAIL.sub("", name)
    return short if short != name else None
