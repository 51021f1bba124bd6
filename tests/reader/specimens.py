"""Small texts with their candidates, read by hand: no gazetteer, no weights."""

from __future__ import annotations

from datetime import date

from geo.dates import find
from geo.model import Mention, PlaceRef, Published, TimeSpan
from geo.reader.candidates import Candidate, candidates
from geo.text import Sentence, sentences

DAY = date(2015, 1, 26)
PUBLISHED = Published(DAY, DAY, "supplied")
TOWNS = {
    "Debaltseve": PlaceRef("t1", "Debaltseve", "town", 38.41, 48.34, "UA", "Donetsk Oblast", "town"),
    "Aleppo": PlaceRef("t3", "Aleppo", "town", 37.16, 36.2, "SY", "Aleppo", "town"),
    "Homs": PlaceRef("t4", "Homs", "town", 36.72, 34.73, "SY", "Homs", "town"),
    "Syria": PlaceRef("c1", "Syria", "country", 38.5, 35.0, "SY", None, "country"),
    "Kafr Zita": None,
}


def mentions_of(text: str) -> tuple[Mention, ...]:
    """Find the specimens' towns in a text."""
    found = []
    for name, place in TOWNS.items():
        start = text.find(name)
        while start != -1:
            found.append(Mention(start, start + len(name), name, "literal", place, 0.9 if place else 0.0))
            start = text.find(name, start + 1)
    return tuple(sorted(found, key=lambda mention: mention.start))


def seen(text: str) -> tuple[tuple[Sentence, ...], tuple[Candidate, ...], tuple[TimeSpan, ...]]:
    """Give a text's sentences, candidates and dated expressions."""
    parts = sentences(text)
    return parts, candidates(parts, mentions_of(text), ()), find(text, PUBLISHED)
