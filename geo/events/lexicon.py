"""The event lexicon: trigger words and phrases, the phrases that only look like them, cues and cited events."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.events.patterns import compiled, noun_forms, verb_forms
from geo.lexicon import DIRECTORY, LexiconError, read_lists
from geo.model import EVENT_TYPES, EventType
from geo.tables import read_table

DATA = DIRECTORY / "events"
FLAGS = frozenset({"object", "weak", "state", "casualty", "motion", "of", "weapon", "subject"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a trigger word or phrase tells of; `invariant` verbs have a past like their base ("hit")."""

    lemma: str
    type: EventType
    sub_type: str | None
    flags: frozenset[str]
    noun: bool
    phrase: bool = False
    needs_after: frozenset[str] = frozenset()
    needs_before: frozenset[str] = frozenset()
    invariant: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of several words; `sense` is None where it tells of no event."""

    pattern: re.Pattern[str]
    sense: Sense | None


@dataclass(frozen=True, slots=True)
class Cited:
    """An event that articles cite without saying when; `end` None reaches publication."""

    trigger: re.Pattern[str]
    place: re.Pattern[str]
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is read from ``data/lexicons/events``.

    Attributes
    ----------
    words : dict
        Senses by lower-case form; a form may have a noun and a verb.
    phrases : dict
        Phrases by the lower-case word with which they begin.
    lists, cues : dict
        Word lists by section.
    """

    words: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[Phrase, ...]]
    lists: dict[str, frozenset[str]]
    cues: dict[str, frozenset[str]]
    cited: tuple[Cited, ...]


def _type(path: Path, line: int, name: str) -> EventType:
    for known in EVENT_TYPES:
        if known == name:
            return known
    raise LexiconError(path, line, f"type must be one of {', '.join(EVENT_TYPES)}; got {name!r}")


def _flags(path: Path, line: int, cell: str) -> frozenset[str]:
    flags = frozenset(cell.split())
    if flags - FLAGS:
        raise LexiconError(
            path, line, f"unknown flag {', '.join(sorted(flags - FLAGS))}; known: {', '.join(sorted(FLAGS))}"
        )
    return flags


def load_words(path: Path = DATA / "triggers.csv") -> dict[str, tuple[Sense, ...]]:
    """Read the trigger words, inflected.

    Raises
    ------
    LexiconError
        For an unknown part of speech, type or flag, or a word given twice.
    """
    columns = ("lemma", "forms", "pos", "type", "sub_type", "flags", "needs")
    words: dict[str, list[Sense]] = {}
    seen: set[tuple[str, str]] = set()
    for line, row in read_table(path, columns):
        key = row["lemma"], row["pos"]
        if row["pos"] not in ("verb", "noun"):
            raise LexiconError(path, line, f"pos must be verb or noun; got {row['pos']!r}")
        if key in seen:
            raise LexiconError(path, line, f"{row['lemma']} ({row['pos']}) is given twice")
        seen.add(key)
        noun = row["pos"] == "noun"
        needs = row["needs"].split()
        sense = Sense(
            lemma=row["lemma"],
            type=_type(path, line, row["type"]),
            sub_type=row["sub_type"] or None,
            flags=_flags(path, line, row["flags"]),
            noun=noun,
            needs_after=frozenset(word for word in needs if not word.startswith("<")),
            needs_before=frozenset(word[1:] for word in needs if word.startswith("<")),
            invariant=row["lemma"] in row["forms"].split(),
        )
        for form in (noun_forms if noun else verb_forms)(row["lemma"], tuple(row["forms"].split())):
            words.setdefault(form, []).append(sense)
    return {form: tuple(senses) for form, senses in words.items()}


def load_irregular(path: Path = DATA / "irregular_verbs.csv") -> dict[str, tuple[str, ...]]:
    """Read the irregular inflections of the verbs in the phrase lists."""
    forms = {}
    for _, row in read_table(path, ("lemma", "forms")):
        forms[row["lemma"]] = tuple(row["forms"].split("|") if " " in row["lemma"] else row["forms"].split())
    return forms


def load_phrases(
    path: Path = DATA / "phrases.csv", not_path: Path = DATA / "not_triggers.csv"
) -> dict[str, tuple[Phrase, ...]]:
    """Read the trigger phrases and those that are none, by first word.

    Raises
    ------
    LexiconError
        For an unknown type or flag, or a pattern that begins with no plain word.
    """
    irregular = load_irregular()
    phrases: dict[str, list[Phrase]] = {}

    def add(file: Path, line: int, text: str, sense: Sense | None) -> None:
        try:
            firsts, pattern = compiled(text, irregular)
        except ValueError as error:
            raise LexiconError(file, line, str(error)) from error
        for first in firsts:
            phrases.setdefault(first, []).append(Phrase(pattern, sense))

    for line, row in read_table(path, ("pattern", "type", "sub_type", "flags")):
        text = row["pattern"]
        sense = Sense(
            lemma=text,
            type=_type(path, line, row["type"]),
            sub_type=row["sub_type"] or None,
            flags=_flags(path, line, row["flags"]),
            noun=not text.startswith("<"),
            phrase=True,
        )
        add(path, line, text, sense)
    for line, row in read_table(not_path, ("pattern",)):
        add(not_path, line, row["pattern"], None)
    return {first: tuple(found) for first, found in phrases.items()}


def load_cited(path: Path = DATA / "cited_events.csv") -> tuple[Cited, ...]:
    """Read the much-cited events.

    Raises
    ------
    LexiconError
        For a row without triggers or places, or a date that is not ``YYYY-MM-DD``, or an end before its start.
    """
    events = []
    for line, row in read_table(path, ("triggers", "places", "start", "end", "note")):
        if not row["triggers"] or not row["places"]:
            raise LexiconError(path, line, "triggers and places must each name something")
        try:
            start = date.fromisoformat(row["start"])
            end = date.fromisoformat(row["end"]) if row["end"] else None
        except ValueError as error:
            raise LexiconError(path, line, f"start and end must be YYYY-MM-DD; {error}") from error
        if end and end < start:
            raise LexiconError(path, line, f"end {end} is before start {start}")
        events.append(Cited(_any_of(row["triggers"]), _any_of(row["places"]), start, end))
    return tuple(events)


def _any_of(cell: str) -> re.Pattern[str]:
    words = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in cell.split("|"))
    return re.compile("|".join(words), re.IGNORECASE)


@functools.cache
def lexicon() -> Lexicon:
    """Give the lexicon that ships with the project; loaded once."""
    return Lexicon(
        load_words(), load_phrases(), read_lists(DATA / "words.txt"), read_lists(DATA / "cues.txt"), load_cited()
    )


def alternation(words: frozenset[str]) -> str:
    """Give a pattern of any of `words`, the longest first; white space in a phrase may be any."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered)


def cue(section: str, *, before: str = r"\b", after: str = "") -> Callable[[], re.Pattern[str]]:
    """Give a function that compiles a section of the cues on first use; `before` and `after` go around it."""

    @functools.cache
    def pattern() -> re.Pattern[str]:
        return re.compile(rf"{before}(?:{alternation(lexicon().cues[section])})\b{after}", re.IGNORECASE)

    return pattern
