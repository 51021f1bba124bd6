"""Find the words and phrases of a sentence that tell of an event."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from geo.events.lexicon import Lexicon, Sense
from geo.text import Sentence

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*(?:-[A-Za-z]+(?:['’][A-Za-z]+)*)*")
# How many words on either side may supply what a trigger needs: an object, an instrument, a subject.
_AFTER_WORDS, _BEFORE_WORDS = 5, 6
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of an event; half-open offsets into the article's text."""

    start: int
    end: int
    text: str
    sense: Sense
    noun: bool

    @property
    def lemma(self) -> str:
        """The dictionary form, or the pattern of a phrase."""
        return self.sense.lemma

    def has(self, flag: str) -> bool:
        """Tell whether the sense carries a flag of the lexicon."""
        return flag in self.sense.flags


def find_triggers(
    text: str, sentence: Sentence, lexicon: Lexicon, taken: tuple[tuple[int, int], ...] = ()
) -> tuple[Trigger, ...]:
    """Find the triggers of a sentence, in reading order, not overlapping.

    Phrases go before words and the longest phrase before shorter ones; a phrase that tells of no event ("war of words")
    hides the triggers in it. `taken` are spans, such as place names, in which no trigger may lie.
    """
    words = [
        (match.start(), match.end(), match[0].lower().replace("’", "'"))
        for match in _WORD.finditer(text, sentence.start, sentence.end)
    ]
    blocked = list(taken)
    found: list[Trigger] = []
    phrases: list[tuple[int, int, Sense | None]] = []
    for start, _, word in words:
        for phrase in lexicon.phrases.get(word.split("-")[0].removesuffix("'s"), ()):
            match = phrase.pattern.match(text, start, sentence.end)
            if match:
                phrases.append((start, match.end(), phrase.sense))
    # The longest first; at equal length what tells of no event wins.
    for start, end, sense in sorted(phrases, key=lambda item: (item[0] - item[1], item[2] is not None, item[0])):
        if any(start < other_end and end > other_start for other_start, other_end in blocked):
            continue
        blocked.append((start, end))
        if sense is not None:
            found.append(Trigger(start, end, text[start:end], sense, sense.noun))
    for index, (start, end, word) in enumerate(words):
        bare = word.removesuffix("'s")
        senses = lexicon.words.get(bare)
        if not senses or any(start < other_end and end > other_start for other_start, other_end in blocked):
            continue
        if _is_part_of_name(text, start, end, sentence):
            continue
        sense = _choose(senses, bare, index, words, text, lexicon)
        if sense is not None and _has_what_it_needs(sense, index, words):
            found.append(Trigger(start, start + len(bare), text[start : start + len(bare)], sense, sense.noun))
    return tuple(sorted(found, key=lambda trigger: trigger.start))


def _is_part_of_name(text: str, start: int, end: int, sentence: Sentence) -> bool:
    """Tell a capitalised word inside a name ("Rally for the Republic") from one that opens a sentence or a headline."""
    if not text[start].isupper() or start == sentence.start or text[start:end].isupper():
        return False
    if sentence.headline:
        return False
    before = text[max(sentence.start, start - 24) : start]
    if re.search(r"[\"“‘'(–—:-]\s?$", before):
        return False
    return bool(re.search(r"[A-Z][\w’'-]*\s$", before) or re.match(r"\s[A-Z]", text[end : end + 3]))


def _choose(
    senses: tuple[Sense, ...], form: str, index: int, words: list[tuple[int, int, str]], text: str, lexicon: Lexicon
) -> Sense | None:
    """Choose between the noun and the verb of a form by the words beside it."""
    nouns = [sense for sense in senses if sense.noun]
    verbs = [sense for sense in senses if not sense.noun]
    before = words[index - 1][2] if index else ""
    adjacent = index > 0 and text[words[index - 1][1] : words[index][0]].isspace()
    if not verbs:
        return nouns[0]
    if not nouns:
        if adjacent and before in _ARTICLES and form.endswith("ed"):
            # "the besieged town", "a captured tank": a state, not what happened.
            return None
        bare = not verbs[0].invariant and form in (verbs[0].lemma, verbs[0].lemma + "s", verbs[0].lemma + "es")
        return verbs[0] if not bare or _may_be_subject(before, adjacent, index, words, text, lexicon) else None
    if adjacent and before in lexicon.lists["verb leads"]:
        return verbs[0]
    if adjacent and before in lexicon.lists["noun leads"]:
        return nouns[0]
    if form.endswith("ing"):
        after = words[index + 1][2] if index + 1 < len(words) else ""
        counted = text[words[index][1] : words[index][1] + 2].strip().isdigit()
        participle = index > 0 and not adjacent and (counted or after in lexicon.lists["object leads"])
        return verbs[0] if participle else nouns[0]
    if index + 1 < len(words) and text[words[index][1] : words[index + 1][0]].isspace():
        start, _, after = words[index + 1]
        # "Rebels attack the town", "Russia strikes Odesa": a subject before, an object behind.
        if (
            adjacent
            and (after in lexicon.lists["object leads"] or text[start].isupper())
            and (before.endswith("s") or text[words[index - 1][0]].isupper())
        ):
            return verbs[0]
    return nouns[0]


def _may_be_subject(
    before: str, adjacent: bool, index: int, words: list[tuple[int, int, str]], text: str, lexicon: Lexicon
) -> bool:
    """Tell whether the word before a bare form lets it be a verb: "troops patrol", "to patrol", not "a patrol"."""
    if not adjacent or before in lexicon.lists["verb leads"]:
        return True
    return before not in lexicon.lists["noun leads"] and (before.endswith("s") or text[words[index - 1][0]].isupper())


def _has_what_it_needs(sense: Sense, index: int, words: list[tuple[int, int, str]]) -> bool:
    if not sense.needs_after and not sense.needs_before:
        return True
    after = [word for _, _, word in words[index + 1 : index + 1 + _AFTER_WORDS]]
    before = [word for _, _, word in words[max(0, index - _BEFORE_WORDS) : index]]
    return _any(after, sense.needs_after) or _any(before, sense.needs_before)


def _any(words: list[str], needed: frozenset[str]) -> bool:
    stems = tuple(word[:-1] for word in needed if word.endswith("*"))
    return any(word in needed or (bool(stems) and word.startswith(stems)) for word in words)


def between(triggers: tuple[Trigger, ...], start: int, end: int) -> list[Trigger]:
    """Give the triggers that begin in ``[start, end)``."""
    starts = [trigger.start for trigger in triggers]
    return list(triggers[bisect_left(starts, start) : bisect_left(starts, end)])
