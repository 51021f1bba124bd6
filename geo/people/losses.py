"""The dead and the hurt of a sentence: figures that a word of death or injury governs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.people.clauses import (
    auxiliary,
    coordinated_back,
    coordinated_on,
    phrase_after,
    phrase_before,
    subject,
)
from geo.people.counts import people
from geo.people.doubts import is_doubtful, is_war_toll, phrase_at
from geo.people.figures import Range
from geo.people.lexicon import inflected, words
from geo.people.phrases import Phrase, Reading

Harm = Literal["killed", "wounded"]
# "toll" and its figure stand at most this many words apart.
_TOLL_REACH = 9
_NOT_TOLD_REACH = 3


@dataclass(frozen=True, slots=True)
class Loss:
    """A number of dead or hurt; half-open offsets into the article's text, `at` where its word of harm stands.

    `stated`: a number says so, not only "a man" or a name.
    """

    start: int
    end: int
    at: int
    harm: Harm
    count: Range
    stated: bool = True


def losses(reading: Reading) -> tuple[Loss, ...]:
    """Find the dead and the hurt of a sentence, in reading order."""
    found: list[Loss] = []
    counted: set[tuple[Harm, int]] = set()
    for harm, index, length, listed in _told(reading):
        fresh = tuple(phrase for phrase in listed if (harm, phrase.first) not in counted)
        count = people(reading, fresh)
        if count is None or is_war_toll(reading, index) or is_doubtful(reading, index):
            continue
        counted.update((harm, phrase.first) for phrase in fresh)
        ends = [(phrase.start, phrase.end) for phrase in fresh]
        ends.append((reading.words[index].start, reading.words[index + length - 1].end))
        start, end = min(start for start, _ in ends), max(end for _, end in ends)
        stated = any(reading.counted_word(phrase) for phrase in fresh)
        found.append(Loss(start, end, reading.words[index].start, harm, count, stated))
        further = tuple(_elsewhere(reading, max(phrase.last for phrase in fresh), index, harm))
        # "twelve died, eight at the station and four in hospital": the parts of one figure
        parts = sum(loss.count[0] or 0 for loss in further)
        found += further if parts != count[0] and not (parts < (count[0] or 0) and len(further) > 1) else ()
    return tuple(sorted(found, key=lambda loss: loss.start))


def _elsewhere(reading: Reading, last: int, index: int, harm: Harm) -> Iterator[Loss]:
    """Give the three of "six died in Goma, and three in Bukavu" and, as hurt, the nine of "and nine in hospital"."""
    for phrase in reading.phrases:
        if phrase.first < max(last, index) or phrase.head or phrase.count is None or phrase.count == (0, 0):
            continue
        joint = reading.words[phrase.first - 1]
        behind = [word.lower for word in reading.words[phrase.last : phrase.last + 2]]
        if joint.tag not in ("conjunction", "comma") or len(behind) < 2 or behind[0] not in ("in", "at", "near"):
            continue
        if any(word.text in ";:" for word in reading.words[index : phrase.first]) or behind[1] in words("in hands"):
            return
        kind: Harm = "wounded" if behind[1] in words("in care") else harm
        yield Loss(phrase.start, phrase.end, phrase.start, kind, phrase.count)


def sufferers(reading: Reading) -> Iterator[tuple[Phrase, ...]]:
    """Give whom each word of harm in a sentence governs, counted or not."""
    for _, _, _, listed in _told(reading):
        if listed:
            yield listed


_Told = tuple[Harm, int, int, tuple[Phrase, ...]]


@lru_cache(maxsize=256)
def _told(reading: Reading) -> tuple[_Told, ...]:
    """Give each word of harm with the phrases that it governs; every event of a sentence asks for them anew."""
    return tuple(_harms(reading))


def _harms(reading: Reading) -> Iterator[_Told]:
    lowered = tuple(word.lower for word in reading.words)
    taken: set[int] = set()
    for index in range(len(lowered)):
        if index in taken:
            continue
        either = phrase_at(lowered, index, "either")
        if either:
            taken.update(range(index, index + either))
            continue
        length = phrase_at(lowered, index, "kill phrases")
        lost = phrase_at(lowered, index, "die")
        if length:
            taken.update(range(index, index + length))
            yield "killed", index, length, _governed(reading, index, length)
        elif lost > 1:
            taken.update(range(index, index + lost))
            yield "killed", index, lost, _suffering(reading, index)
        else:
            yield from _of_word(reading, index, lowered)


def _of_word(reading: Reading, index: int, lowered: Sequence[str]) -> Iterator[_Told]:
    word = lowered[index]
    tag = reading.words[index].tag
    if word in inflected("kill") and tag in ("verb", "gerund"):
        yield "killed", index, 1, _governed(reading, index, 1)
    elif word in inflected("hurt") and tag in ("verb", "gerund"):
        yield "wounded", index, 1, _governed(reading, index, 1)
    elif word in words("die forms"):
        yield "killed", index, 1, _suffering(reading, index)
    elif word in words("loses"):
        listed = _governed(reading, index, 1)
        yield "killed", index, 1, tuple(phrase for phrase in listed if phrase.person and phrase.first > index)
    elif word == "dead" or (word == "death" and lowered[index - 1 : index] == ("to",)):
        yield "killed", index, 1, _dead(reading, index)
    elif word in ("deaths", "fatalities", "lives", "bodies", "corpses", "death", "killing", "murder"):
        yield "killed", index, 1, _counted(reading, index) or _of_whom(reading, index) or _at_cost(reading, index)
    elif word in ("injury", "injuries", "wounding", "wounds"):
        yield "wounded", index, 1, _of_whom(reading, index) or _with(reading, index)
    if word in ("toll", "dead") or phrase_at(lowered, index, "tolls") > 1:
        yield "killed", index, 1, _toll(reading, index, lowered)
    if tag == "noun" and word in words("hurt nouns"):
        yield "wounded", index, 1, _counted(reading, index)


def _governed(reading: Reading, index: int, length: int) -> tuple[Phrase, ...]:
    """Give whom a verb of harm killed or hurt: its object, or after "was" its subject."""
    passive = auxiliary(reading, index)
    if passive is not None:
        return _suffering(reading, passive)
    target = phrase_after(reading, index + length)
    self_too = [word.lower for word in reading.words[index + length : index + length + 2]]
    if target is None and len(self_too) == 2 and self_too[0] in words("reflexives") and self_too[1] == "and":
        target = phrase_after(reading, index + length + 2)
    if target is not None and not _begins_clause(reading, target):
        return _family(reading, target) or coordinated_on(reading, target)
    if reading.words[index].tag == "gerund":
        return ()
    before = phrase_before(reading, index)
    if before is not None and (before.count is not None or before.person):
        return coordinated_back(reading, before)
    return ()


def _begins_clause(reading: Reading, phrase: Phrase) -> bool:
    """Tell "36 killed 147 wounded" and "killed many were": the phrase behind is the subject of another verb."""
    following = reading.words[phrase.last : phrase.last + 1]
    return bool(following) and (following[0].tag == "being" or following[0].lower in words("hurt nouns"))


def _family(reading: Reading, phrase: Phrase) -> tuple[Phrase, ...]:
    """Give the six of "a family of six"."""
    if phrase.head not in words("group nouns"):
        return ()
    behind = phrase_after(reading, phrase.last + 1)
    of = reading.words[phrase.last : phrase.last + 1]
    return (behind,) if behind and behind.count and of and of[0].lower == "of" and not behind.head else ()


def _suffering(reading: Reading, index: int) -> tuple[Phrase, ...]:
    found = subject(reading, index)
    return coordinated_back(reading, found) if found else ()


def _dead(reading: Reading, index: int) -> tuple[Phrase, ...]:
    """Give the phrase of "20 people dead", "the 187 dead", "shot 69 youths dead"."""
    before = phrase_before(reading, index)
    if before is None and index and reading.words[index - 1].tag == "preposition":
        before = phrase_before(reading, index - 1)
    if before is not None and before.count is not None:
        return coordinated_back(reading, before)
    passive = auxiliary(reading, index)
    return _suffering(reading, passive) if passive is not None else ()


def _counted(reading: Reading, index: int) -> tuple[Phrase, ...]:
    """Give the phrase that counts a noun of harm: "two deaths", "the 70 wounded"."""
    for phrase in reading.phrases:
        if phrase.first <= index < phrase.last and phrase.count is not None:
            return (phrase,)
    return ()


def _of_whom(reading: Reading, index: int) -> tuple[Phrase, ...]:
    """Give the soldiers in "the deaths of nine soldiers"."""
    following = reading.words[index + 1 : index + 2]
    found = phrase_after(reading, index + 2) if following and following[0].lower == "of" else None
    return coordinated_on(reading, found) if found and found.count is not None else ()


def _at_cost(reading: Reading, index: int) -> tuple[Phrase, ...]:
    """Give the peacekeepers in "cost four peacekeepers their lives"."""
    before = phrase_before(reading, index - 1) if reading.words[index - 1].lower == "their" else None
    return (before,) if before and before.count is not None else ()


def _with(reading: Reading, index: int) -> tuple[Phrase, ...]:
    """Give the seven in "seven with injuries"."""
    own = next((phrase for phrase in reading.phrases if phrase.first <= index < phrase.last), None)
    before = phrase_before(reading, own.first - 1) if own and own.governor == "with" else None
    return (before,) if before and before.count is not None else ()


def _toll(reading: Reading, index: int, lowered: Sequence[str]) -> tuple[Phrase, ...]:
    """Give the figure of "put the death toll at 22"."""
    if lowered[index] == "dead" and "the" not in lowered[max(0, index - 1) : index]:
        return ()
    if set(lowered[max(0, index - 3) : index]) & words("aside"):
        return ()
    for phrase in reading.phrases:
        if index < phrase.first <= index + _TOLL_REACH and phrase.count is not None and not phrase.head:
            between = reading.words[index + 1 : phrase.first]
            if any(word.tag in ("stop", "comma", "subordinator") for word in between):
                return ()
            if phrase.governor in ("at", "to", "of", "reached", "passed", "is", "") or phrase.first == index + 1:
                return (phrase,)
            plain = reading.words[phrase.first].lower.startswith("from")
            return (phrase,) if plain or phrase.governor in ("hit", "ranges", "range") else ()
    return ()
