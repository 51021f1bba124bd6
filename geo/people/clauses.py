"""Subjects, objects and voices of the verbs of a sentence."""

from __future__ import annotations

from functools import lru_cache

from geo.people.lexicon import inflected, plurals, words
from geo.people.phrases import Phrase, Reading
from geo.people.words import Word

_NEXT_TO = frozenset({"adverb", "time"})
_RELATIVES = frozenset({"who", "which", "that"})
# A subject stands at most so many words before its verb: further off, dense text would be walked over and over.
_REACH = 40


def in_aside(reading: Reading, index: int) -> bool:
    """Tell whether a word stands in an aside."""
    return index in reading.described


def phrase_before(reading: Reading, index: int) -> Phrase | None:
    """Give the phrase that ends right before a word, adverbs, days and asides left out."""
    index = _skip_back(reading, index)
    return next((phrase for phrase in reading.phrases if phrase.last == index), None)


def phrase_after(reading: Reading, index: int) -> Phrase | None:
    """Give the phrase that begins right at a word, adverbs left out."""
    while index < len(reading.words) and reading.words[index].tag == "adverb":
        index += 1
    return next((phrase for phrase in reading.phrases if phrase.first == index), None)


def _skip_back(reading: Reading, index: int) -> int:
    moved = True
    while moved and index > 0:
        moved = False
        for first, last in reading.asides:
            if (last == index - 1 and reading.words[index - 1].tag == "comma") or last == index:
                index, moved = first, True
                break
        while index > 0 and reading.words[index - 1].tag in _NEXT_TO and reading.words[index - 1].lower != "dead":
            index, moved = index - 1, True
    return index


def is_passive(reading: Reading, index: int) -> bool:
    """Tell whether a form of "be" makes the verb at a word passive: "was later shot", "were shot and wounded"."""
    return auxiliary(reading, index) is not None


def auxiliary(reading: Reading, index: int) -> int | None:
    """Give the word at which the form of "be" of a passive stands."""
    found = reading.words
    if found[index].tag == "gerund":
        return None  # "have been assaulting"
    step = index - 1
    while step >= 0 and (found[step].tag == "adverb" or found[step].lower in words("between be and verb")):
        step -= 1
    if step >= 0 and found[step].lower in words("being"):
        return step
    if step >= 1 and found[step].tag == "conjunction":
        before = step - 1
        while before > 0 and found[before].tag == "adverb":
            before -= 1
        if found[before].tag == "verb" and before != index:
            return auxiliary(reading, before)
    return None


def verb_start(reading: Reading, index: int) -> int:
    """Give where the verb group that ends in a word begins: "had been", "also"."""
    while index > 0 and reading.words[index - 1].tag in ("being", "adverb"):
        index -= 1
    return index


def subject(reading: Reading, index: int, *, people: bool = True) -> Phrase | None:
    """Give the subject of the verb whose group begins at a word.

    The nearest phrase to the left that no preposition or verb governs, asides left out; a relative pronoun stands for
    the phrase before it. `people`: what can neither act nor die is passed over.
    """
    found, step = reading.words, verb_start(reading, index)
    if step > 0 and found[step - 1].lower in _RELATIVES:
        antecedent = phrase_before(reading, step - 1)
        if antecedent is None and step > 1 and found[step - 2].tag == "comma":
            antecedent = phrase_before(reading, step - 2)
        return antecedent if antecedent and (antecedent.person or not people) else None
    for phrase in sorted(reading.phrases, key=lambda phrase: -phrase.last):
        if phrase.last > step or in_aside(reading, phrase.first):
            continue
        if step - phrase.last > _REACH:
            return None
        if _closed_off(reading, phrase.last, step):
            return None
        if _free(reading, phrase) and (not people or phrase.person or phrase.named or _counts_people(phrase)):
            if _apposed(reading, phrase):
                continue
            return phrase
    return None


def _bare(phrase: Phrase) -> bool:
    return phrase.count is not None and phrase.head in ("", "more", "others", "other")


def _counts_people(phrase: Phrase) -> bool:
    """Tell a number alone, or one before a word that is no weapon, measure or thing: "14 stevedores"."""
    if phrase.count is None or phrase.thing:
        return False
    return not any(phrase.head in plurals(section) for section in ("weapons", "measures")) and not _is_time(phrase)


def _is_time(phrase: Phrase) -> bool:
    return phrase.head in words("times")


def _free(reading: Reading, phrase: Phrase) -> bool:
    """Tell a phrase that nothing governs, or only a verb of speech: "police said gunmen ..."."""
    if not phrase.governor or phrase.governor in words("openers"):
        return True
    if phrase.joined and phrase.governor not in _speech():
        before = next((other for other in reversed(reading.phrases) if other.last < phrase.first), None)
        if _bare(phrase) and reading.followed_by(phrase, "being"):
            return True
        if not phrase.person or before is None or phrase.governor in ("between", "including"):
            return False
        if phrase.governor == "of":
            return phrase.count is not None and before.count is None and reading.followed_by(phrase, "being", "verb")
        apart = not before.person or (before.kind == "state_forces" and before.count is None)
        return apart or reading.followed_by(phrase, "being")
    return phrase.governor in _speech()


@lru_cache(maxsize=1)
def _speech() -> frozenset[str]:
    return inflected("said")


def _apposed(reading: Reading, phrase: Phrase) -> bool:
    """Tell "Louis Le Franc" in "the commissioner, Louis Le Franc, said": a name that explains the phrase before it."""
    found, first = reading.words, phrase.first
    if first < 2 or found[first - 1].tag != "comma" or phrase.count not in (None, (1, 1)):
        return False
    closed = phrase.last < len(found) and found[phrase.last].tag == "comma"
    before = phrase_before(reading, first - 1)
    if not closed or before is None or before.count not in (None, (1, 1)):
        return False
    return not _in_place(found, before)


def _in_place(found: tuple[Word, ...], phrase: Phrase) -> bool:
    """Tell "Makhachkala" in "in Makhachkala, Shamil Abdurakhmanov, 40, was shot"."""
    return phrase.first > 0 and found[phrase.first - 1].tag == "preposition"


def _closed_off(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a clause border stands between two words, asides left out."""
    for index in range(start, end):
        word = reading.words[index]
        if in_aside(reading, index) or word.tag not in ("stop", "subordinator"):
            continue
        if word.text in "\"“”'‘’()":
            continue
        if word.lower in _RELATIVES and index + 1 < end:
            continue
        return True
    return False


def coordinated_back(reading: Reading, phrase: Phrase) -> tuple[Phrase, ...]:
    """Give a phrase with those before it in its list: "two women, a man and | four children"."""
    listed = [phrase]
    index = phrase.first - 1
    while index >= 0:
        joint = index
        while joint >= 0 and reading.words[joint].tag in ("conjunction", "comma"):
            joint -= 1
        if joint == index:
            break
        before = phrase_before(reading, joint + 1)
        while before and before.count is None and reading.words[max(0, before.first - 1)].tag == "preposition":
            joint = before.first - 2
            before = phrase_before(reading, joint + 1)
        name = before is not None and before.named and not before.governor
        if before is None or not (before.person or name or _bare(before)):
            break
        if _apposed(reading, before):
            before = phrase_before(reading, before.first - 1) or before
        only_comma = all(word.tag == "comma" for word in reading.words[before.last : listed[0].first])
        ticker = before.first == 0 and before.count is not None and phrase.count is not None
        if only_comma and len(listed) == 1 and not ticker:
            break
        listed.insert(0, before)
        index = before.first - 1
    return tuple(listed)


def coordinated_on(reading: Reading, phrase: Phrase, *, people: bool = True) -> tuple[Phrase, ...]:
    """Give a phrase with those behind it in its list: "six soldiers, | five of them Americans, and 12 civilians".

    `people`: the list ends before what is no person.
    """
    listed = [phrase]
    index = phrase.last
    while index < len(reading.words):
        joint = index
        for first, last in reading.asides:
            if first == joint:
                joint = last
        begun = joint
        while joint < len(reading.words) and reading.words[joint].tag in ("conjunction", "comma"):
            joint += 1
        following = next((other for other in reading.phrases if other.first == joint), None)
        if joint == begun or following is None or reading.followed_by(following, "being", "verb"):
            break
        commas = all(word.tag == "comma" for word in reading.words[begun:joint])
        if commas and _explains(reading, following, listed[-1]):
            index = following.last
            continue
        if commas and not _goes_on(reading, following):
            break
        names = following.named and (listed[-1].named or listed[-1].person) and not commas
        if people and not (following.person or names or _bare(following)):
            break
        listed.append(following)
        index = following.last
    return tuple(listed)


def _explains(reading: Reading, phrase: Phrase, before: Phrase) -> bool:
    """Tell "Abu Omar, a senior commander, and four aides": who the one before is."""
    article = reading.words[phrase.first].lower in ("a", "an", "the", "his", "her", "its", "their")
    closed = reading.words[phrase.last : phrase.last + 1]
    name = reading.words[before.last - 1].capital and before.count in (None, (1, 1))
    return article and name and bool(closed) and closed[0].tag == "comma"


def _goes_on(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether an "and" ends the list that a phrase stands in."""
    following = reading.words[phrase.last : phrase.last + 2]
    return phrase.person and bool(following) and following[0].tag in ("conjunction", "comma")
