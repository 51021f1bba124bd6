"""The two sides of an event: phrases made into parties, and where "by" and "on" lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.model import ActorKind
from geo.people.clauses import coordinated_back, coordinated_on, phrase_after
from geo.people.lexicon import nations, parties, plurals, words
from geo.people.phrases import Phrase, Reading

# "by" may follow a trigger by at most this many words; what is reached by a preposition by fewer.
BY_REACH, REACH = 14, 6


@dataclass(frozen=True, slots=True)
class Side:
    """Words that name one side; half-open offsets."""

    start: int
    end: int
    kind: ActorKind
    person: bool
    known: bool


def side(here: Reading, listed: Sequence[Phrase]) -> Side | None:
    """Make one party of a list of phrases."""
    if not listed or listed[0].count == (0, 0):
        return None
    kind: ActorKind = next((phrase.kind for phrase in listed if phrase.kind), "other")
    return Side(
        _begin(here, listed[0]),
        _full(here, listed[-1]),
        kind,
        any(phrase.person for phrase in listed),
        any(phrase.person or phrase.thing for phrase in listed),
    )


def _begin(here: Reading, phrase: Phrase) -> int:
    """Give where a phrase begins with the nation that shares its noun: "Ugandan and | Rwandan troops"."""
    before = next((other for other in here.phrases if other.last == phrase.first - 1), None)
    joined = before is not None and here.words[phrase.first - 1].lower == "and"
    if before is None or not joined or before.last - before.first != 1:
        return phrase.start
    return before.start if here.words[before.first].text in nations() and not before.person else phrase.start


def _full(here: Reading, phrase: Phrase) -> int:
    """Give where a phrase ends with what "of" adds to it: "the headquarters of state television"."""
    following = here.words[phrase.last : phrase.last + 1]
    tail = phrase_after(here, phrase.last + 1) if following and following[0].lower == "of" else None
    plain = tail is None or tail.head in words("times") or (tail.count is not None and not tail.head) or tail.named
    return phrase.end if plain or tail is None else tail.end


def modifier(here: Reading, first: int, last: int) -> Side | None:
    """Give the nation, state or group that stands among the words before a noun."""
    known = parties()
    for begin in range(first, last):
        if here.words[begin].tag != "noun":
            continue
        for stop in range(min(last, begin + known.longest), begin, -1):
            name = " ".join(word.text for word in here.words[begin:stop] if word.tag == "noun")
            kind = known.names.get(name)
            if kind is None and (name in nations() or name.lower() in words("states")) and name[:1].isupper():
                kind = "state_forces"
            if kind is None and stop == last and name.lower() in ("police", "army", "government", "rebel"):
                kind = known.adjectives.get(name.lower())
            if kind is not None:
                return Side(here.words[begin].start, here.words[stop - 1].end, kind, True, True)
    return None


def maker(here: Reading, phrase: Phrase | None) -> Side | None:
    """Give the nation or group in "Russian missiles", "an IRA bomb"."""
    if phrase is None:
        return None
    return modifier(here, phrase.first, phrase.last - 1)


def hit(here: Reading, found: Phrase | None, *, back: bool = False, named: bool = False) -> Side | None:
    """Give a target with the list that it begins or ends; `named`: a bare name may be a person's."""
    if found is None or not may_suffer(here, found, named=named):
        return None
    listed = coordinated_back(here, found) if back else coordinated_on(here, found, people=False)
    return side(here, [phrase for phrase in listed if may_suffer(here, phrase, named=named)])


def may_suffer(here: Reading, phrase: Phrase, *, named: bool = False) -> bool:
    """Tell people and buildings from places, weapons, times and abstract things."""
    if phrase.head in plurals("weapons") or phrase.head in words("times") or phrase.head in words("no targets"):
        return False
    if phrase.last - phrase.first == 1 and phrase.head in words("no targets alone"):
        return False
    if phrase.kind == "state_forces" and _is_state(here, phrase):
        return False
    if here.words[phrase.first].lower in words("ship prefixes") or phrase.person or phrase.thing:
        return True
    if phrase.head in plurals("place heads") or not phrase.head:
        return bool(not phrase.head and phrase.count is not None)
    if phrase.named:
        return named
    last = here.words[phrase.last - 1]
    return not last.capital and last.tag == "noun" and phrase.head not in words("months")


def _is_state(here: Reading, phrase: Phrase) -> bool:
    name = " ".join(word.lower for word in here.words[phrase.first : phrase.last] if word.tag == "noun")
    return name in words("states") or name in words("capitals")


def reached(here: Reading, index: int, section: str = "reach") -> Side | None:
    """Give who stands behind a preposition that leads from an act to whom it is done."""
    found = behind(here, index, tuple(words(section)))
    if found is None or not may_suffer(here, found):
        return None
    return hit(here, found)


def behind(here: Reading, index: int, prepositions: Sequence[str]) -> Phrase | None:
    """Give the phrase behind the first of some prepositions, days and adverbs left out."""
    for step in range(index, min(len(here.words), index + REACH)):
        word = here.words[step]
        if word.lower in prepositions:
            found = phrase_after(here, step + 1)
            if found is not None and not (found.head in words("times") or found.head in plurals("weapons")):
                return found
            if found is None and here.words[step + 1 : step + 2] and here.words[step + 1].tag == "time":
                continue
            return None
        if word.tag not in ("adverb", "time", "preposition"):
            return None
    return None


def doer(here: Reading, index: int) -> Side | None:
    """Give whoever stands behind "by" after a trigger."""
    for step in range(index, min(len(here.words), index + BY_REACH)):
        word = here.words[step]
        light = word.lower in words("light verbs") or word.tag == "being"
        if word.tag in ("stop", "subordinator") or (word.tag in ("verb", "gerund") and not light and step > index):
            return None
        if word.lower == "by":
            found = phrase_after(here, step + 1)
            if found is None or found.head in words("times"):
                return None
            if found.person:
                return side(here, coordinated_on(here, found))
            return maker(here, found)
    return None
