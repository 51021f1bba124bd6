"""Noun phrases of a sentence: where they stand, how many they count, who or what they name, and what governs them."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from geo.model import ActorKind
from geo.people.figures import Range
from geo.people.kinds import kind_of
from geo.people.lexicon import nations, parties, plurals, words
from geo.people.words import Tag, Word, read

_INSIDE = frozenset({"noun", "number", "determiner", "possessive"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words `first` to `last` (half-open) of its sentence.

    Attributes
    ----------
    start, end : int
        Offsets of its words, the article and what counts it included.
    head : str
        Its head noun in lower case.
    count : Range or None
        The number before it, 1 for one person.
    kind : ActorKind or None
        None where the lexicon knows neither head nor name.
    person : bool
        Whether it names people, or what acts as they do.
    thing : bool
        Whether it names what can be attacked but never acts.
    named : bool
        Whether it is nothing but a name.
    governor : str
        The preposition or verb before it, in lower case; empty where it stands free.
    """

    first: int
    last: int
    start: int
    end: int
    head: str
    count: Range | None
    kind: ActorKind | None
    person: bool
    thing: bool
    named: bool
    governor: str
    joined: bool = False


# Told apart by identity: `reading` makes one of each sentence, and comparing all words of two would take longer.
@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A sentence with its words, its phrases and its asides (half-open, by words); `described`: the words in asides."""

    text: str
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    asides: tuple[tuple[int, int], ...]
    described: frozenset[int]

    def index_at(self, offset: int) -> int:
        """Give the number of the word that holds an offset, or of the next one."""
        return bisect_right(self.words, offset, key=lambda word: word.end)

    def followed_by(self, phrase: Phrase, *tags: Tag) -> bool:
        """Tell whether a word of one of some tags stands right behind a phrase, adverbs left out."""
        index = phrase.last
        while index < len(self.words) and self.words[index].tag == "adverb" and self.words[index].lower != "dead":
            index += 1
        return index < len(self.words) and self.words[index].tag in tags

    def counted_word(self, phrase: Phrase) -> Word | None:
        """Give the word of a phrase that counts it."""
        return next((word for word in self.words[phrase.first : phrase.last] if word.count is not None), None)


def _asides(found: tuple[Word, ...]) -> tuple[tuple[int, int], ...]:
    """Give the words between commas that only describe: ages, ranks, "five of them Americans", "who hold passports"."""
    spans: list[tuple[int, int]] = []
    borders = [index for index, word in enumerate(found) if word.tag in ("comma", "stop")]
    for one, other in itertools.pairwise((*borders, len(found))):
        inside = found[one + 1 : other]
        if found[one].tag != "comma" or not inside or inside[0].tag == "conjunction":
            continue
        described = inside[0].lower in ("who", "which", "whose", "all")
        led = inside[0].lower in words("directions") or (inside[0].tag == "number" and _far(inside))
        relative = (described or led) and other < len(found)
        part = any(word.lower in words("part") for word in inside) and not any(word.tag == "being" for word in inside)
        bare = all(word.tag in ("time", "adverb") for word in inside)
        if relative or part or bare:
            spans.append((one, other))
    opened: int | None = None
    for index, word in enumerate(found):
        if word.text == "(":
            opened = index
        elif word.text == ")" and opened is not None:
            spans.append((opened, index + 1))
            opened = None
    return tuple(spans)


def _far(inside: tuple[Word, ...]) -> bool:
    """Tell "30 km south of the capital"."""
    return any(word.lower in words("directions") for word in inside[1:4])


@lru_cache(maxsize=256)
def reading(text: str, start: int, end: int) -> Reading:
    """Read the words and phrases of a sentence."""
    found = read(text, start, end)
    phrases: list[Phrase] = []
    index = 0
    while index < len(found):
        if found[index].tag not in _INSIDE or found[index].tag == "possessive":
            index += 1
            continue
        last = _end(found, index)
        phrases.append(_phrase(found, index, last, phrases))
        index = last
    asides = _asides(found)
    described = frozenset(at for first, last in asides for at in range(first, last))
    return Reading(text, found, tuple(phrases), asides, described)


def _end(found: tuple[Word, ...], first: int) -> int:
    """Give where the phrase that begins at `first` ends."""
    index = first + 1
    while index < len(found) and found[index].tag in _INSIDE:
        word, before = found[index], found[index - 1]
        if word.tag == "determiner" and before.tag not in ("determiner", "number"):
            break
        if word.text in nations() and before.tag == "noun" and not before.capital and not _titled(before):
            break
        if word.tag == "number" and before.tag in ("noun", "number") and not _numbers_name(found, index):
            break
        index += 1
    if index < len(found) and found[index].lower == "of" and _counts_on(found, first, index):
        following = index + 1
        if following < len(found) and found[following].tag in _INSIDE:
            return _end(found, following)
    return index


def _titled(word: Word) -> bool:
    """Tell "leader" in "leader German Busch", which a name may follow."""
    return word.lower in words("titles") or word.lower in parties().heads


def _numbers_name(found: tuple[Word, ...], index: int) -> bool:
    """Tell "Charlie Company 3" and "School No 1" from "told CNN 70 people" and "Vavuniya 5 km"."""
    following = found[index + 1] if index + 1 < len(found) else None
    counts = following is not None and following.tag == "noun" and not following.capital
    return found[index - 1].capital and found[index].text.isdigit() and not counts


def _counts_on(found: tuple[Word, ...], first: int, index: int) -> bool:
    """Tell "dozens of", "members of": the phrase goes on behind."""
    head = found[index - 1]
    if head.tag == "number":
        last_word = head.lower.split()[-1]
        return last_word in plurals("quantities")
    following = found[index + 1] if index + 1 < len(found) else None
    if head.lower in ("members", "member", "dozens", "group", "groups", "crowd", "crowds", "number", "couple"):
        return True
    return head.lower in plurals("quantities") and following is not None and _names(found, index + 1)


def _names(found: tuple[Word, ...], index: int) -> bool:
    """Tell whether a party's name follows: "rebels of the Arakan Army"."""
    while index < len(found) and found[index].tag == "determiner":
        index += 1
    if index >= len(found) or found[index].tag != "noun":
        return False
    return (found[index].capital and _name_at(found, index) > 0) or found[index].lower in parties().adjectives


def _name_at(found: tuple[Word, ...], index: int) -> int:
    """Give how many words from `index` on make a known name."""
    for length in range(min(parties().longest, len(found) - index), 0, -1):
        if " ".join(word.text.rstrip("'’") for word in found[index : index + length]) in parties().names:
            return length
    # an organisation spelt out: "the West Papua Liberation Army"
    stop = index
    while stop < len(found) and found[stop].tag == "noun" and found[stop].capital:
        stop += 1
    return stop - index if stop - index > 1 else 0


def _phrase(found: tuple[Word, ...], first: int, last: int, before: list[Phrase]) -> Phrase:
    start = first
    inner = found[first:last]
    nouns = [word for word in inner if word.tag == "noun"]
    counts = [word for word in inner if word.count is not None]
    count = counts[0].count if counts and _leads(inner, counts[0]) else None
    kind, person, thing = kind_of(found, first, last)
    head = nouns[-1].lower if nouns else ""
    if count is None and person and _is_one(inner[0].lower, head):
        count = (1, 1)
    if head == "couple" and inner[0].lower == "a" and len(inner) == 2:
        count = (2, 2)
    if _is_ordinal(found, first, last):
        count, person = (1, 1), True
    named = bool(nouns) and all(word.capital for word in nouns) and kind is None
    governor, joined = _governor(found, first, before)
    return Phrase(
        start, last, found[first].start, found[last - 1].end, head, count, kind, person, thing, named, governor, joined
    )


_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth"})
_OWN = frozenset({"his", "her", "their"})
_PLURALS = frozenset(
    {"men", "women", "children", "people", "police", "troops", "forces", "wives", "staff", "crew", "army"}
)


def _is_one(article: str, head: str) -> bool:
    """Tell "a soldier", "another man" and "her daughter" from groups and plurals."""
    if head in words("group nouns"):
        return False
    if article in ("a", "an", "another"):
        return True
    return article in _OWN and not head.endswith("s") and head not in _PLURALS


def _is_ordinal(found: tuple[Word, ...], first: int, last: int) -> bool:
    """Tell "a third was injured" from "a third of the town"."""
    ordinal = last - first == 2 and found[first].lower == "a" and found[first + 1].lower in _ORDINALS
    return ordinal and last < len(found) and found[last].tag in ("being", "verb")


def _leads(inner: tuple[Word, ...], number: Word) -> bool:
    """Tell a number that counts the phrase from one inside a name."""
    return all(word.tag in ("determiner", "number") or not word.capital for word in inner if word.start < number.start)


def _governor(found: tuple[Word, ...], first: int, before: list[Phrase]) -> tuple[str, bool]:
    """Give what governs a phrase: the preposition or verb before it, or that of the phrase it is joined to."""
    index = first - 1
    while index >= 0 and found[index].tag == "adverb":
        index -= 1
    if index < 0:
        return "", False
    word = found[index]
    if word.tag in ("preposition", "verb", "gerund") or word.lower in ("be", "was", "were", "is", "are"):
        return word.lower, False
    if word.tag == "conjunction" and before and before[-1].last >= index - 1:
        return before[-1].governor, True
    return "", False
