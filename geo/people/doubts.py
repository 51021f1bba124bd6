"""Figures that are no event's: the dead of a whole war, of a year, and those only feared or denied."""

from __future__ import annotations

from collections.abc import Sequence

from geo.people.clauses import in_aside
from geo.people.lexicon import phrases_by_first, words
from geo.people.phrases import Reading

_NOT_TOLD_REACH = 3


# What tells the dead of a whole war stands at most so many words from their number.
_PART = 60


def phrase_at(lowered: Sequence[str], index: int, section: str) -> int:
    """Give how many words from `index` on make a phrase of a section of the word lists."""
    for phrase in phrases_by_first(section).get(lowered[index], ()):
        if tuple(lowered[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def is_war_toll(reading: Reading, index: int) -> bool:
    """Tell the dead of a whole war or year, by the words of the part of the sentence up to the next semicolon."""
    first = last = index
    while first > max(0, index - _PART) and reading.words[first - 1].text not in ";:":
        first -= 1
    while last < min(len(reading.words), index + _PART) and reading.words[last].text not in ";:":
        last += 1
    lowered = [word.lower for word in reading.words[first:last]]
    if any(phrase_at(lowered, place, "war tolls") for place in range(len(lowered))):
        return True
    near = _between_commas(lowered, index - first)
    if any(phrase_at(near, place, "year tolls") for place in range(len(near))):
        return True
    opening = lowered[:1] == ["since"]
    if "since" not in near and not opening:
        return False
    behind = lowered if opening else near[list(near).index("since") + 1 :]
    return not any(word in words("recent") for word in behind)


def _between_commas(lowered: Sequence[str], index: int) -> Sequence[str]:
    first = next((place + 1 for place in range(index, -1, -1) if lowered[place] == ","), 0)
    last = next((place for place in range(index, len(lowered)) if lowered[place] == ","), len(lowered))
    return lowered[first:last]


def is_doubtful(reading: Reading, index: int) -> bool:
    """Tell the dead who are only feared, possible or denied."""
    before = reading.words[max(0, index - _NOT_TOLD_REACH) : index]
    if any(word.lower in words("not told") for word in before) and not in_aside(reading, index):
        return True
    for word in reversed(reading.words[:index]):
        if word.tag in ("stop", "comma"):
            return False
        if word.lower in words("denials"):
            return True
    return False
