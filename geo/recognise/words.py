"""The word lists that recognition and usage read, loaded once and checked."""

from __future__ import annotations

import math
from functools import lru_cache

from wordfreq import get_frequency_dict

from gazetteer.names import fold
from geo.lexicon import DIRECTORY, read_lists


class _Names(frozenset[str]):
    """Names of persons: each stands for its spelling with accents, too ("josé")."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return super().__contains__(fold(word) if isinstance(word, str) and not word.isascii() else word)


_PLACES = DIRECTORY / "places"
_WORDS = read_lists(_PLACES / "words.txt")

LINKS = _WORDS["links"]
TIED = _WORDS["tied"]
HEADS = _WORDS["heads"]
TYPE_WORDS = _WORDS["type words"]
STREETS = _WORDS["streets"]
# Single words of the names of facilities: "nuclear", "power" and "plant".
FACILITY_WORDS = frozenset(word for phrase in _WORDS["facilities"] for word in phrase.split())
FEATURES = _WORDS["features"]
OPENERS = _WORDS["openers"]
ORGANISATIONS = _WORDS["organisations"]
TITLES = _WORDS["titles"]
PREPOSITIONS = _WORDS["prepositions"]
LOCATIVE = _WORDS["locative"]
ADDRESS = _WORDS["forms of address"]
KIN = _WORDS["kin"]
NO_PLACES = _WORDS["no places"]
SAYING = _WORDS["saying"]
PEOPLE = _WORDS["people"]
CALENDAR = _WORDS["months and days"]
FUNCTION_WORDS = _WORDS["function words"]
HIGHWAYS = _WORDS["highways"]
DIRECTIONS = _WORDS["directions"]
DETERMINERS = _WORDS["determiners"]
VESSELS = _WORDS["vessels"]
WEAPONS = _WORDS["weapons"]
PLACE_GIVEN_NAMES = _Names(_WORDS["place given names"])
GROUND_WORDS = _WORDS["ground words"]
TOWN_STREETS = _WORDS["town streets"]
WORKS = _WORDS["works"]
APPROACHES = _WORDS["approaches"]
GIVEN_NAMES = _Names(name for names in read_lists(_PLACES / "given_names.txt").values() for name in names)
# Between a given name and a surname: "Sebastián de Belalcázar".
PARTICLES = _WORDS["particles"]


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    frequencies: dict[str, float] = get_frequency_dict("en", "best")
    return frequencies


def zipf(word: str) -> float:
    """Give the Zipf frequency of a lower-case English word: log10 of its occurrences in a thousand million words.

    0 for a word that the list (`wordfreq`) does not hold; "the" has 7.7.
    """
    frequency = _frequencies().get(word)
    return math.log10(frequency) + 9.0 if frequency else 0.0
