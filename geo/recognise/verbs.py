"""Whether the word after a name is its verb: told from word lists and endings, without a parse."""

from __future__ import annotations

from collections.abc import Sequence

from geo.lexicon import DIRECTORY, read_lists
from geo.recognise import words

LISTS = read_lists(DIRECTORY / "places" / "usage.txt")

_NOUNS_AMONG_FUNCTION_WORDS = frozenset(("officials", "police", "photo", "image", "video", "photograph", "file"))
# A noun before one of these is a verb: "Kigali arms the rebels".
_OBJECTS = words.DETERMINERS | frozenset(("its", "his", "her", "their", "them", "it", "him", "this", "that", "these"))
_NOUNS = tuple(LISTS[name] for name in ("attributive nouns", "governing nouns", "war nouns", "ground nouns"))
# What is no noun that a name could stand before as an adjective.
NO_NOUN = (
    words.PREPOSITIONS
    | words.LINKS
    | (words.FUNCTION_WORDS - _NOUNS_AMONG_FUNCTION_WORDS)
    | LISTS["adverbs"]
    | frozenset(("than", "which", "who", "whose", "where", "because", "itself", "or", "nor", "via", "per", "says"))
)


def is_verb(word: str) -> bool:
    """Tell whether a word after a name is likely its verb."""
    if word in LISTS["verbs"]:
        return True
    if any(word in nouns for nouns in _NOUNS):
        return False
    if word in words.PEOPLE or word in words.TYPE_WORDS or word in words.FEATURES:
        return False
    return len(word) > 3 and word.isalpha() and (word.endswith("ed") or (word.endswith("s") and word[-2] not in "sui"))


def has_object(following: Sequence[str]) -> bool:
    """Tell whether the word after a name is a verb because an object follows: "Tehran arms them", "Paris lent its"."""
    if len(following) < 2 or not following[0].isalpha() or following[0] in NO_NOUN:
        return False
    return following[1] == "its" or (following[0].endswith("s") and following[1] in _OBJECTS)
