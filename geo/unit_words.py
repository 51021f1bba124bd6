"""Type words of the units and settlements of the world: "raion", "woreda", "local government area"."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from geo.lexicon import DIRECTORY, LexiconError, read_lists

TABLE = DIRECTORY / "places" / "unit_words.csv"
# What a type word asks for, as groups of the gazetteer's kinds.
KINDS_OF = {
    "settlement": frozenset(("town", "village")),
    "quarter": frozenset(("town", "village", "admin3", "facility")),
    "province": frozenset(("admin1", "region")),
    "district": frozenset(("admin2", "admin3")),
    "country": frozenset(("country",)),
    "water": frozenset(("river", "lake", "sea")),
    "facility": frozenset(("facility",)),
    "island": frozenset(("island", "region")),
    "mountain": frozenset(("mountain",)),
}
_LISTED = {"water": "waters", "facility": "facilities"}
_OTHERS = {
    "island": "island",
    "islands": "island",
    "mount": "mountain",
    "mountain": "mountain",
    "mountains": "mountain",
    "co": "district",
}
_LONGEST = 3


def read(path: Path = TABLE) -> dict[str, frozenset[str]]:
    """Read the table of type words: the groups of kinds that each asks for.

    Raises
    ------
    geo.lexicon.LexiconError
        For a word that is empty, not in lower case or given twice, or a group that is none of `KINDS_OF`.
    """
    found: dict[str, frozenset[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            word, kinds = row["word"], frozenset(row["kinds"].split())
            if not word or word != word.lower() or word in found:
                raise LexiconError(path, number, f"the word {word!r} is empty, not in lower case or given twice")
            if not kinds or not kinds <= KINDS_OF.keys():
                raise LexiconError(path, number, f"kinds must be some of {', '.join(KINDS_OF)}; got {row['kinds']!r}")
            found[word] = kinds
    return found


@lru_cache(maxsize=1)
def kinds_of_words() -> Mapping[str, frozenset[str]]:
    """Give all type words, those of waters and facilities with them, and the groups of kinds that each asks for."""
    words = read_lists(DIRECTORY / "places" / "words.txt")
    others = {word: frozenset((kind,)) for kind, name in _LISTED.items() for word in words[name]}
    return others | {word: frozenset((kind,)) for word, kind in _OTHERS.items()} | read()


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """Give all that a type word may begin with, and all that it may end with: most words are neither."""
    parted = [word.split(" ") for word in kinds_of_words()]
    return (
        frozenset(" ".join(one[:length]) for one in parted for length in range(1, len(one) + 1)),
        frozenset(" ".join(one[-length:]) for one in parted for length in range(1, len(one) + 1)),
    )


def leading(words: Sequence[str]) -> tuple[int, frozenset[str]]:
    """Give how many of the first words, in lower case, are one type word, and what it asks for; 0 for none.

    >>> leading(["local", "government", "area", "of"])[0], leading(["raion"])[0], leading(["killed"])[0]
    (3, 1, 0)
    """
    if not words or words[0] not in _edges()[0]:
        return 0, frozenset()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        kinds = kinds_of_words().get(" ".join(words[:length]))
        if kinds:
            return length, kinds
    return 0, frozenset()


def trailing(words: Sequence[str]) -> tuple[int, frozenset[str]]:
    """Give how many of the last words, in lower case, are one type word, and what it asks for; 0 for none."""
    if not words or words[-1] not in _edges()[1]:
        return 0, frozenset()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        kinds = kinds_of_words().get(" ".join(words[-length:]))
        if kinds:
            return length, kinds
    return 0, frozenset()
