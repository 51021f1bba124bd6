"""The words by which people are read: heads of phrases with their kind, verbs of harm and of speech, small words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from geo.lexicon import DIRECTORY, LexiconError, read_lists
from geo.model import ACTOR_KINDS, ActorKind
from geo.tables import read_table

DATA = DIRECTORY / "people"
_DEMONYMS = DIRECTORY.parent / "gazetteer" / "demonyms.csv"
_ROWS = ("name", "head", "thing", "adjective")
_SIBILANTS = ("s", "sh", "ch", "x", "z")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Parties:
    """Whole names, heads of phrases and the adjectives that change a head's kind; all in lower case but the names.

    `things` are heads that can be attacked but never act.
    """

    names: dict[str, ActorKind]
    heads: dict[str, ActorKind]
    adjectives: dict[str, ActorKind]
    things: frozenset[str]
    longest: int


def _kind(path: Path, line: int, name: str) -> ActorKind:
    for known in ACTOR_KINDS:
        if known == name:
            return known
    raise LexiconError(path, line, f"kind must be one of {', '.join(ACTOR_KINDS)}; got {name!r}")


def plural(noun: str) -> str:
    """Give the regular plural of a noun, which is also the third person of a verb."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_SIBILANTS) else "s")


def forms(lemma: str) -> frozenset[str]:
    """Inflect a regular verb.

    Examples
    --------
    >>> sorted(forms("kill"))
    ['kill', 'killed', 'killing', 'kills']
    """
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return frozenset({lemma, plural(lemma), lemma + "ing", lemma[:-1] + "ied"})
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    doubled = {stem + stem[-1] + "ing", stem + stem[-1] + "ed"} if lemma in ("admit", "stab", "rebut") else set()
    return frozenset({lemma, plural(lemma), stem + "ing", stem + "ed", *doubled})


def load_parties(path: Path = DATA / "parties.csv") -> Parties:
    """Read the lexicon of parties.

    Raises
    ------
    LexiconError
        For an unknown kind of row or of party, or a row without words.
    """
    tables: dict[str, dict[str, ActorKind]] = {row: {} for row in _ROWS}
    for line, row in read_table(path, ("row", "words", "kind")):
        if row["row"] not in tables:
            raise LexiconError(path, line, f"row must be one of {', '.join(_ROWS)}; got {row['row']!r}")
        if not row["words"]:
            raise LexiconError(path, line, "words must name something")
        kind = _kind(path, line, row["kind"])
        for word in row["words"].split("|"):
            nouns = (word, plural(word)) if row["row"] in ("head", "thing") else (word,)
            for form in nouns:
                tables[row["row"]].setdefault(form if row["row"] == "name" else form.lower(), kind)
    heads = {**tables["thing"], **tables["head"]}
    longest = max((len(name.split()) for name in (*tables["name"], *heads)), default=1)
    return Parties(tables["name"], heads, tables["adjective"], frozenset(tables["thing"]), longest)


@functools.cache
def parties() -> Parties:
    """Give the lexicon of parties that ships with the project; loaded once."""
    return load_parties()


@functools.cache
def words(section: str) -> frozenset[str]:
    """Give a section of the word lists."""
    return _lists()[section]


@functools.cache
def inflected(section: str) -> frozenset[str]:
    """Give all forms of the verbs of a section, with those of "SECTION forms" where there are such."""
    made = {form for lemma in _lists()[section] for form in forms(lemma)}
    return frozenset(made | _lists().get(f"{section} forms", frozenset()))


@functools.cache
def plurals(section: str) -> frozenset[str]:
    """Give the nouns of a section, singular and plural."""
    return frozenset({*_lists()[section], *map(plural, _lists()[section])})


@functools.cache
def phrases(section: str) -> tuple[tuple[str, ...], ...]:
    """Give the phrases of a section as words, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in _lists()[section]), key=lambda words: -len(words)))


@functools.cache
def phrases_by_first(section: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Give the phrases of a section by the word they begin with, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases(section):
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(those) for first, those in by_first.items()}


@functools.cache
def nations() -> frozenset[str]:
    """Give the adjectives and the people of countries, capitalised: "Israeli", "Afghans"."""
    return frozenset(row["form"] for _, row in read_table(_DEMONYMS, ("form", "place", "source")))


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return {**read_lists(DATA / "words.txt"), **read_lists(DATA / "states.txt")}
