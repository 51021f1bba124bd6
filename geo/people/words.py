"""The words of a sentence with what each can be: enough grammar to tell noun phrases from verbs, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.people.figures import NUMBER, Range, figure
from geo.people.lexicon import forms, inflected, nations, parties, words

# noun: a word of a noun phrase; verb: finite or participle; being: an auxiliary; gerund: a verb in -ing
Tag = Literal[
    "determiner", "number", "noun", "preposition", "conjunction", "subordinator", "being", "verb", "gerund", "adverb",
    "pronoun", "time", "comma", "stop", "possessive",
]  # fmt: skip
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[$£€]?\d(?:[\d,.:]*\d)?(?:-\w+)*(?:st|nd|rd|th)?(?:[ap]\.?m\b)?|"
    r"['’]s\b|\w+?(?=['’]s\b)|\w+(?:[-.&’']\w+)*['’]?|[^\w\s]"
)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = frozenset({"am", "pm", "a.m", "p.m", "a.m.", "p.m.", "gmt", "o'clock", "o’clock"})
_STOPS = frozenset(';:.!?()–—-"“”«»…')
# A number before these counts time, money or distance whatever else it looks like.
_UNITS_OF_MONEY = frozenset("$£€")
_NEITHER = frozenset({"no", "none"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word; half-open offsets into the article's text. `count` is what a number says."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag
    count: Range | None = None

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[:1].isupper()


@lru_cache(maxsize=256)
def read(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Cut a stretch of text into tagged words, numbers of several words taken as one.

    Parameters
    ----------
    text : str
    start, end : int
        A sentence; offsets of the words count from the start of `text`.
    """
    raw = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text, start, end)]
    merged = list(_with_numbers(text, start, end, raw))
    found: list[Word] = []
    for index, (begin, stop, written, count) in enumerate(merged):
        following = merged[index + 1][2] if index + 1 < len(merged) else ""
        tag = _tag(written, count, found, following)
        if tag == "number" and (_dates(written, found, following) or _ages(found, following)):
            tag = "time"
        found.append(Word(begin, stop, written, written.lower(), tag, count if tag == "number" else None))
    return tuple(found)


_Raw = tuple[int, int, str, Range | None]


def _with_numbers(text: str, start: int, end: int, raw: list[tuple[int, int, str]]) -> Iterator[_Raw]:
    """Join the words of each number: "at least twelve"."""
    edges = {begin: index for index, (begin, _, _) in enumerate(raw)}
    stops = {stop: index for index, (_, stop, _) in enumerate(raw)}
    spans: dict[int, tuple[int, Range]] = {}
    for match in _NUMBER.finditer(text, start, end):
        stop = match.end()
        while text[stop - 1].isspace():
            stop -= 1
        count = figure(match[0])
        if count is not None and match.start() in edges and stop in stops:
            spans[edges[match.start()]] = (stops[stop], count)
    index = 0
    while index < len(raw):
        begin, stop, written = raw[index]
        if index in spans:
            last, count = spans[index]
            yield begin, raw[last][1], text[begin : raw[last][1]], count
            index = last + 1
            continue
        yield begin, stop, written, None
        index += 1


def _dates(written: str, before: list[Word], following: str) -> bool:
    """Tell a number that dates or measures time from one that counts."""
    last = before[-1] if before else None
    measured = following.lower() in words("times") and not following[0].isupper()
    if following.lower() in words("months") or following.lower() in _CLOCK or following == "%" or measured:
        return True
    if last and last.tag == "time" and last.lower in words("months"):
        day_before = len(before) > 1 and before[-2].tag == "time" and before[-2].lower[0].isdigit()
        return not day_before or (len(written) == 4 and written.isdigit())
    plain = written.isdigit() and len(written) == 4 and _YEAR.fullmatch(written) is not None
    return plain and (last is None or last.tag in ("preposition", "time", "comma") or last.lower in ("year", "and"))


def _ages(before: list[Word], following: str) -> bool:
    """Tell "aged 22" and "Ramesh Kumar, 48," from a count."""
    if before and before[-1].lower in ("aged", "age"):
        return True
    if (
        len(before) > 2
        and _is_aged_list(before)
        and (not following or not following[0].isalpha() or _closes(following))
    ):
        return True
    if len(before) < 2 or before[-1].tag != "comma" or following not in (",", ".", ")", ";"):
        return before[-1:] != [] and before[-1].lower == "then" and following == ","
    return before[-2].tag == "noun"


def _is_aged_list(before: list[Word]) -> bool:
    return before[-1].lower == "and" and before[-2].tag == "time" and before[-3].lower == "aged"


def _tag(written: str, count: Range | None, before: list[Word], following: str) -> Tag:
    lower = written.lower()
    if count is not None:
        noun = lower in _NEITHER and (not following or not following[0].isalpha())
        return "pronoun" if noun else "number"
    if written == ",":
        return "comma"
    if lower in ("'s", "’s"):
        return "possessive"
    if not written[0].isalnum():
        return "stop" if written in _STOPS or len(written) == 1 else "noun"
    if written[0].isdigit() or written[0] in _UNITS_OF_MONEY:
        return "noun" if "-" in written else "time"
    return _word_tag(written, lower, before, following)


def _word_tag(written: str, lower: str, before: list[Word], following: str) -> Tag:
    last = before[-1] if before else None
    inner = written[0].isupper() and last is not None and last.tag != "stop"
    if lower == "aged":
        return "adverb"
    if last is not None and last.tag == "number" and lower in ("others", "more", "other"):
        return "noun"
    if lower in inflected("kill") or lower in inflected("hurt"):
        return _harm_tag(lower, last, following)
    if inner and last is not None and last.capital and last.tag in ("noun", "possessive") and lower in _NAME_TIMES:
        return "noun"
    closed = _closed_tag(written, lower, last, following)
    if closed is not None:
        return closed
    if _builds(lower, last, following):
        return "gerund"
    name = written[0].isupper() and following[:1].isupper() and not written.isupper()
    if inner or name or written in nations() or lower in parties().heads:
        return "verb" if lower in words("base verbs") and _is_verb(lower, last, following) and not inner else "noun"
    if lower.endswith("ly") and len(lower) > 4 and lower not in ("family", "assembly", "italy", "ally", "rally"):
        return "adverb"
    return _open_tag(written, lower, last, following)


def _closed_tag(written: str, lower: str, last: Word | None, following: str) -> Tag | None:
    """Give the tag of a small word or a word of time; None for all others."""
    if lower in words("subordinators"):
        return "subordinator"
    if lower in words("times") and not (lower == "may" and not _dated_may(written, following)):
        return "time" if not (lower == "second" and last and last.tag == "determiner") else "noun"
    inner = written[0].isupper() and last is not None and last.tag != "stop" and len(written) > 3
    letters = written.isupper() and len(written) > 1
    for section, tag in _CLOSED:
        named = (section in ("adverbs", "pronouns") and inner) or (section == "pronouns" and letters)
        if lower in words(section) and not named:
            bare = section == "determiners" and (not following or not following[0].isalnum())
            return "pronoun" if bare else tag
    return None


# "Remembrance Day", "the Night of the Pencils"
_NAME_TIMES = frozenset({"day", "night", "week", "month", "hour"})


def _harm_tag(lower: str, last: Word | None, following: str) -> Tag:
    """Tell "wounded soldiers" and "the killing of" from verbs."""
    leads = last is not None and last.tag in ("determiner", "number", "possessive")
    if lower.endswith("s") and not leads and (_NUMBER.match(following) or following.lower() in words("determiners")):
        return "verb"
    if lower.endswith("ing"):
        return "noun" if last is not None and last.tag in ("determiner", "possessive", "noun") else "gerund"
    noun = bool(following) and following[0].isalpha() and not _closes(following) and following not in words("adverbs")
    described = noun and not _NUMBER.match(following) and lower in words("being adjectives")
    if described and leads:
        return "noun"
    return "verb" if lower.endswith(("ed", "t", "ain", "ew")) or _is_verb(lower, last, following) else "noun"


def _builds(lower: str, last: Word | None, following: str) -> bool:
    """Tell "workers building a road" from "a building"."""
    acts = lower in words("plain nouns") and lower.endswith("ing") and following.lower() in words("determiners")
    return acts and last is not None and last.lower in parties().heads


_CLOSED: tuple[tuple[str, Tag], ...] = (
    ("auxiliaries", "being"), ("prepositions", "preposition"), ("conjunctions", "conjunction"), ("pronouns", "pronoun"),
    ("determiners", "determiner"), ("adverbs", "adverb"),
)  # fmt: skip


def _dated_may(written: str, following: str) -> bool:
    return written == "May" and (not following or not following.islower())


def _open_tag(written: str, lower: str, last: Word | None, following: str) -> Tag:
    """Tell verb, gerund and noun apart by ending, list and neighbours."""
    leads = last is not None and last.tag in ("determiner", "number", "possessive")
    runs_on = bool(following) and (following[0].isalnum()) and not _closes(following)
    after_noun = last is not None and last.tag in ("noun", "being") and lower not in words("adjectives")
    if lower in words("being adjectives") and (runs_on or leads) and not after_noun:
        return "noun"
    if lower in words("plain nouns"):
        return "noun"
    if lower in words("irregular verbs") or lower in inflected("kill") or lower in inflected("hurt"):
        return "gerund" if lower.endswith("ing") else "verb"
    if lower.endswith("ing") and len(lower) > 4 and "-" not in lower:
        return "noun" if leads and runs_on else "gerund"
    if lower.endswith("ed") and len(lower) > 3 and not written[0].isupper():
        return "noun" if (leads and runs_on) or "-" in lower else "verb"
    if lower.endswith("ed") and len(lower) > 3 and not runs_on:
        return "verb"
    return "verb" if _is_verb(lower, last, following) else "noun"


def _is_verb(lower: str, last: Word | None, following: str) -> bool:
    """Tell "gunmen open fire" and "medics say" from "an attack" and "air strikes"."""
    base = lower in words("base verbs") or lower in _third_persons()
    if not base or last is None or following.lower().endswith("ed") or following.lower() in words("irregular verbs"):
        return False
    if last.tag == "pronoun" or (last.tag == "being" and lower in words("base verbs")):
        return True
    if last.tag in ("determiner", "preposition", "number", "possessive"):
        return last.lower == "to" and lower in words("base verbs")
    if last.tag not in ("noun", "adverb"):
        return False
    speech = lower in inflected("said")
    closed = not following or _closes(following) or following[0].isupper() or not following[0].isalnum()
    person = last.lower in parties().heads and last.lower not in parties().things
    if last.text in nations() and not last.text.endswith("s"):
        return False
    if lower.endswith("s") and lower not in words("base verbs"):
        sole = person or last.lower in words("states") or (speech and last.capital)
        return sole and (speech or closed) and not last.lower.endswith("s")
    return (person or last.lower.endswith("s")) and (speech or lower != "attack" or _closes(following))


@lru_cache(maxsize=1)
def _third_persons() -> frozenset[str]:
    return frozenset(form for verb in words("base verbs") for form in forms(verb) if form.endswith("s"))


def _closes(word: str) -> bool:
    """Tell a word that cannot go on a noun phrase."""
    lower = word.lower()
    return lower == "of" or any(
        lower in words(section)
        for section in ("prepositions", "conjunctions", "subordinators", "auxiliaries", "pronouns", "determiners")
    )
