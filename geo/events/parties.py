"""The parties of a sentence: phrases that name who acts or suffers, with their kind."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from geo.events.lexicon import DATA, lexicon
from geo.events.patterns import noun_forms
from geo.lexicon import LexiconError
from geo.model import ACTOR_KINDS, ActorKind
from geo.tables import read_table
from geo.text import Sentence

_ROWS = ("name", "head", "adjective")
# At most this many words before a head belong to its phrase.
_LONGEST = 6
_TOKEN = re.compile(r"\d[\d,]*|[\w'’-]+|[^\w\s]")
# "President Mohamed Bazoum"
_TITLES = frozenset(
    {"president", "minister", "general", "colonel", "commander", "leader", "mayor", "governor", "bishop"}
)
# "only military targets", "the military hospital": the head is another noun.
_ADJECTIVAL = frozenset({"military", "police", "army"})
_OF_THINGS = re.compile(
    r" (?:targets?|installations?|facilit(?:y|ies)|sites?|objects|equipment|vehicles?|training|district|airfield)\b"
)
_FULL_NAME = re.compile(r"(?: [A-Z][\w'’-]+){1,3}")
_QUANTITY = (
    r"(?:thousands|hundreds|tens|dozens|scores|members|groups?|columns?|convoys?|crowds?|families|family|rebels|"
    r"soldiers|fighters|dozen|most|some|many|couple|number)"
)
_OF_MANY = re.compile(rf"(?:\b(?:an?|the|tens of|more|another) )?\b{_QUANTITY} $", re.IGNORECASE)
_FEWER = re.compile(
    r"(?:at least|more than|fewer than|less than|up to|as many as|no fewer than|some|about|around|nearly|almost|over|"
    r"between \w+ and|an estimated|roughly|only|just)\s+(?:a |an )?$",
    re.IGNORECASE,
)
# "rebels of the Arakan Army", "soldiers of the presidential guard", "troops from the mission"
_TAIL = re.compile(
    r" (?:of|loyal to) (?:the )?(?:(?:[A-Z][\w'’-]*|presidential|national|republican|regional|united)"
    r"(?: (?:and the )?(?:[A-Z][\w'’-]*|guard|army|forces|troops|mission|peace|community|television))*|"
    r"(?:state|public) television|one family)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase that names a party; half-open offsets into the article's text."""

    start: int
    end: int
    text: str
    kind: ActorKind
    person: bool


@dataclass(frozen=True, slots=True)
class Parties:
    """The lexicon of parties: whole names, heads of phrases and the adjectives that change a head's kind."""

    names: dict[str, ActorKind]
    heads: dict[str, ActorKind]
    adjectives: dict[str, ActorKind]
    pattern: re.Pattern[str]


def _kind(path: Path, line: int, name: str) -> ActorKind:
    for known in ACTOR_KINDS:
        if known == name:
            return known
    raise LexiconError(path, line, f"kind must be one of {', '.join(ACTOR_KINDS)}; got {name!r}")


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
            for form in (word,) if row["row"] != "head" else noun_forms(word):
                tables[row["row"]].setdefault(form if row["row"] == "name" else form.lower(), kind)
    names, heads = tables["name"], tables["head"]
    choices = "|".join(re.escape(word) for word in sorted(names, key=lambda word: (-len(word), word)))
    nouns = "|".join(re.escape(word) for word in sorted(heads, key=lambda word: (-len(word), word)))
    pattern = re.compile(rf"(?<![\w-])(?:(?P<name>{choices})|(?i:(?P<head>{nouns})))(?![\w-])")
    return Parties(names, heads, tables["adjective"], pattern)


@functools.cache
def parties_lexicon() -> Parties:
    """Give the lexicon of parties that ships with the project; loaded once."""
    return load_parties()


def find_parties(text: str, sentence: Sentence) -> tuple[Party, ...]:
    """Find the parties of a sentence, in reading order, not overlapping; a longer phrase swallows the names in it."""
    known = parties_lexicon()
    found: list[Party] = []
    for match in known.pattern.finditer(text, sentence.start, sentence.end):
        name = match["name"]
        start = _phrase_start(text, match.start(), found[-1].end if found else sentence.start)
        end = match.end()
        named = _FULL_NAME.match(text, end, sentence.end) if match[0].lower() in _TITLES else None
        end = named.end() if named else end
        tail = _TAIL.match(text, end, sentence.end)
        if tail:
            end = tail.end()
        if found and match.start() < found[-1].end:
            continue
        if _OF_THINGS.match(text, match.end()) and match[0].lower() in _ADJECTIVAL:
            continue
        kind = known.names[name] if name else _kind_of_head(known, text[start : match.start()], match[0])
        if tail and not name:
            inner = known.pattern.search(text, match.end(), end)
            if inner and inner["name"]:
                kind = known.names[inner["name"]]
        if found and start <= found[-1].end + 1 and text[found[-1].end : match.start()].strip() == "":
            # "Taliban | fighters": a name with its head.
            last = found.pop()
            start, kind = last.start, last.kind if last.kind in ("rebel_group", "international", "militia") else kind
        found.append(Party(start, end, text[start:end], kind, bool(name) or is_person(match[0])))
    return tuple(found)


_THINGS = re.compile(
    r"(?:house|home|shop|market|school|church|mosque|synagogue|hospital|clinic|bus|village|hotel|block|"
    r"flat|car|train|camp|"
    r"bar|restaurant|cafe|nightclub|cinema|theatre|supermarket|wedding|funeral|bakery|kindergarten|"
    r"university|ambulance|courthouse|headquarters|building|bridge|airport|station|"
    r"post|drone|missile|depot|refinery|embassy|consulate|parliament|ship|tanker|vessel|base|outpost|"
    r"barracks|checkpoint|"
    r"position)(?:e?s)?$",
    re.IGNORECASE,
)


def is_person(head: str) -> bool:
    """Tell a head that names people from one that names a thing."""
    return _THINGS.search(head) is None


def _kind_of_head(known: Parties, before: str, head: str) -> ActorKind:
    words = [word.lower() for word in _TOKEN.findall(before)]
    for word in reversed(words):
        kind = known.adjectives.get(word)
        if kind:
            return kind
    return known.heads[head.lower()]


def _phrase_start(text: str, head: int, floor: int) -> int:
    """Walk back from a head over its adjectives, numbers and names."""
    stops, participles = lexicon().lists["party stops"], lexicon().lists["party participles"]
    start, tokens = head, list(_TOKEN.finditer(text, max(floor, head - 90), head))
    for count, token in enumerate(reversed(tokens)):
        word = token[0]
        if not text[token.end() : start].isspace() or count >= _LONGEST:
            break
        lower = word.lower()
        if lower == "of":
            lead = _OF_MANY.search(text, floor, token.start())
            if lead:
                start = lead.start()
            break
        if not word[0].isalnum() or lower in stops or (lower.endswith("ly") and word.islower()):
            break
        if any(not sense.noun for sense in lexicon().words.get(lower, ())) and word.islower():
            break
        if re.search(r"(?:ed|ing)$", lower) and word.islower() and "-" not in word and lower not in participles:
            break
        start = token.start()
        if lower in ("the", "a", "an"):
            break
    fewer = _FEWER.search(text, floor, start)
    if fewer:
        start = fewer.start()
    if re.match(r"the ", text[start:head], re.IGNORECASE):
        start += 4
    return start
