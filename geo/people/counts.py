"""How many people phrases count: lists added up, things, weapons and parts of another figure left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from geo.people.figures import Range, added
from geo.people.lexicon import plurals, words
from geo.people.phrases import Phrase, Reading


def people(reading: Reading, listed: Sequence[Phrase]) -> Range | None:
    """Add up a list of people; None where nobody is counted."""
    total: Range | None = None
    unknown = False
    for phrase in listed:
        count = _counted_people(reading, phrase)
        if count is None:
            # "42 patients and staff": the number covers both.
            unknown = unknown or total is None or reading.words[phrase.first].tag == "determiner"
        else:
            total = count if total is None else added(total, count)
    if total is None:
        return None
    return (total[0], None) if unknown else total


def _counted_people(reading: Reading, phrase: Phrase) -> Range | None:
    """Give how many people a phrase counts; None for things, weapons, times and for people who are not counted."""
    if phrase.thing or _is_part(reading, phrase):
        return None
    if phrase.head in plurals("weapons") or phrase.head in plurals("measures") or phrase.head in _no_people():
        return None
    of_group = any(word.lower == "of" for word in reading.words[phrase.first : phrase.last])
    if phrase.head in plurals("group nouns") and not of_group and phrase.count != (0, 0) and phrase.head != "couple":
        return None
    if phrase.count is not None:
        return phrase.count
    if phrase.named and len(phrase.head) > 1 and not _is_plural(reading, phrase):
        return (1, 1)
    one = reading.words[phrase.first].lower == "the" and phrase.person and not phrase.head.endswith("s")
    if one and phrase.head not in words("crowds") | words("group nouns") | _several():
        return (1, 1)
    titled = any(word.lower in words("titles") for word in reading.words[phrase.first : phrase.last])
    return (1, 1) if titled and not phrase.head.endswith("s") else None


def _is_plural(reading: Reading, phrase: Phrase) -> bool:
    following = [word.lower for word in reading.words[phrase.last : phrase.last + 2]]
    return "were" in following or "have" in following or len(reading.words[phrase.first : phrase.last]) < 2


@lru_cache(maxsize=1)
def _several() -> frozenset[str]:
    return frozenset(
        {"men", "women", "children", "enemy", "gunmen", "militiamen", "policemen", "servicemen", "civilian"}
    )


@lru_cache(maxsize=1)
def _no_people() -> frozenset[str]:
    return words("times") | words("months") | frozenset({"casualties", "number", "losses"})


def _is_part(reading: Reading, phrase: Phrase) -> bool:
    """Tell "five of them", "including three children"."""
    before = reading.words[max(0, phrase.first - 2) : phrase.first]
    behind = [word.lower for word in reading.words[phrase.last : phrase.last + 2]]
    if any(word.lower in ("including", "them", "whom") for word in before):
        return True
    apart = phrase.first and reading.words[phrase.first - 1].tag in ("comma", "stop")
    return (
        bool(apart)
        and len(behind) == 2
        and behind[0] == "of"
        and behind[1] in ("them", "whom", "these", "those", "which")
    )
