"""One reading of a text: its tokens with what every candidate asks of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from geo.recognise import words
from geo.text import Token, tokens

_ENDS = frozenset(".!?…")
_OPENING = frozenset("\"“”‘’'([-—–«•*")
_LONGEST_PERSON = 4
# Lower-case words that may stand between the capitalised words of one name ("Bank of China").
_INSIDE_RUNS = frozenset(("of", "the", "de", "la", "al", "for", "del", "el", "bin", "der", "des", "du"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a text, in parallel lists.

    Attributes
    ----------
    lower : list of str
        The tokens in lower case, without a closing full stop.
    capital : list of bool
        Whether the token begins with a capital letter.
    opens : list of bool
        Whether the token opens a sentence.
    articles : frozenset of int
        Tokens that are a lower-case article which a hyphen ties to the capitalised word of a name ("al-Bab").
    runs : list of tuple
        For each token the half-open range of the run of capitalised words that it belongs to, ``(-1, -1)`` for none.
    lowered : frozenset of str
        Words that the text also writes in lower case.
    surnames : Counter
        Words that close a person's name after a title or a given name, with how often.
    begins, ends : Counter
        Words that begin, and that close, a run of two capitalised words or more, with how often.
    located : frozenset of str
        Words that stand after a preposition or verb of place somewhere in the text.
    last_vessel : list of int
        For each token the index of the last word for a ship before it, -1 for none.
    """

    text: str
    tokens: tuple[Token, ...]
    lower: list[str]
    capital: list[bool]
    opens: list[bool]
    articles: frozenset[int]
    runs: list[tuple[int, int]]
    lowered: frozenset[str]
    surnames: Counter[str]
    begins: Counter[str]
    ends: Counter[str]
    located: frozenset[str]
    last_vessel: list[int]


def read(text: str) -> Reading:
    """Read `text` once. Takes time linear in its length."""
    found = tokens(text)
    lower = [token.word.lower().rstrip(".") or token.word for token in found]
    capital = [token.word[0].isupper() for token in found]
    opens = _openings(found, capital)
    articles = _articles(found, lower, capital)
    runs = _runs(found, lower, capital, articles)
    lowered = frozenset(token.word for token in found if token.word.islower())
    return Reading(
        text,
        found,
        lower,
        capital,
        opens,
        articles,
        runs,
        lowered,
        _surnames(lower, capital, runs),
        *_sides(lower, runs),
        frozenset(word for before, word in pairwise(lower) if before in words.LOCATIVE),
        _last_vessels(lower),
    )


def _openings(found: tuple[Token, ...], capital: list[bool]) -> list[bool]:
    opens = [False] * len(found)
    new = True
    for index, token in enumerate(found):
        if token.word[0] == "\n":
            new = True
            continue
        opens[index] = new
        if token.word in _ENDS:
            new = True
        elif new and (capital[index] or token.word not in _OPENING):
            new = False
    return opens


def _articles(found: tuple[Token, ...], lower: list[str], capital: list[bool]) -> frozenset[int]:
    return frozenset(
        index
        for index in range(len(found) - 2)
        if lower[index] in words.TIED
        and not capital[index]
        and capital[index + 2]
        and _is_hyphen(found, index + 1)
        and not _is_hyphen(found, index - 1)
    )


def _is_hyphen(found: tuple[Token, ...], index: int) -> bool:
    """Tell whether a token is a hyphen without a space on either side."""
    if not 0 < index < len(found) - 1 or found[index].word not in "-–":
        return False
    return found[index].start == found[index - 1].end and found[index].end == found[index + 1].start


def _runs(
    found: tuple[Token, ...], lower: list[str], capital: list[bool], articles: frozenset[int]
) -> list[tuple[int, int]]:
    count = len(found)
    runs = [(-1, -1)] * count
    index = 0
    while index < count:
        if not capital[index] and index not in articles:
            index += 1
            continue
        stop = index + 1
        while stop < count:
            step = _step(found, lower, capital, articles, stop)
            if not step:
                break
            stop += step
        for inside in range(index, stop):
            runs[inside] = (index, stop)
        index = stop
    return runs


def _step(found: tuple[Token, ...], lower: list[str], capital: list[bool], articles: frozenset[int], stop: int) -> int:
    """Give by how many tokens a run that has come to `stop` goes on; 0 where it ends."""
    count = len(found)
    if capital[stop]:
        return 1
    if stop in articles:
        return 3
    if stop + 1 < count and capital[stop + 1]:
        joined = found[stop].word in "-&–" and found[stop].start == found[stop - 1].end
        return 1 if joined or lower[stop] in _INSIDE_RUNS or _is_arabic(found, lower, stop) else 0
    if _is_hyphen(found, stop) and lower[stop + 1] in words.TIED and stop + 2 < count:
        if capital[stop + 2]:
            return 3
        return 4 if _is_hyphen(found, stop + 2) and stop + 3 < count and capital[stop + 3] else 0
    return 0


def _is_arabic(found: tuple[Token, ...], lower: list[str], at: int) -> bool:
    """Tell the article in "Wad an Nurah", written apart: after what begins such names, as "an" and "as" are English."""
    return found[at].word in words.TIED and lower[at - 1] in words.HEADS


def _last_vessels(lower: list[str]) -> list[int]:
    before = []
    last = -1
    for index, word in enumerate(lower):
        before.append(last)
        if word in words.VESSELS:
            last = index
    return before


def _sides(lower: list[str], runs: list[tuple[int, int]]) -> tuple[Counter[str], Counter[str]]:
    begins: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for begin, stop in dict.fromkeys(runs):
        first = begin
        while 0 <= first < stop and lower[first] in words.FUNCTION_WORDS:
            first += 1
        if first >= 0 and 2 <= stop - first <= _LONGEST_PERSON:
            begins[lower[first]] += 1
            ends[lower[stop - 1]] += 1
    return begins, ends


def _surnames(lower: list[str], capital: list[bool], runs: list[tuple[int, int]]) -> Counter[str]:
    """Count the last words of runs that begin with, or follow, a title or a given name."""
    found: Counter[str] = Counter()
    for begin, stop in dict.fromkeys(runs):
        if begin < 0:
            continue
        first = begin
        titled = begin > 0 and lower[begin - 1] in words.TITLES
        while first < stop - 1 and lower[first] in words.TITLES:
            first += 1
            titled = True
        length = stop - first
        if 0 < length <= _LONGEST_PERSON and (titled or (length > 1 and lower[first] in words.GIVEN_NAMES)):
            found[lower[stop - 1]] += 1
    return found
