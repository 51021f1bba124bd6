"""Sentences and tokens of plain text, with offsets: the ground that everything which reads an article stands on.

Written for news prose: abbreviations, initials, decimals and quotation marks do not end a sentence; a line break
does, except in text that was wrapped at a fixed width. Both functions take time linear in the length of the text.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from geo.lexicon import DIRECTORY, read_lists

_LISTS = read_lists(DIRECTORY / "sentences.txt")
_ABBREVIATIONS, _MAY_END, _STARTERS = _LISTS["abbreviations"], _LISTS["may end"], _LISTS["starters"]
_DAYS = _LISTS["days"]

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., N.J.
    r"|(?:St|Ste|Mt|Ft|Ave|Rd|Blvd|Dr|Mr|Mrs|Ms|Gen|Sgt|Lt|Col|Capt|Rep|Sen|Gov|Rev|Prof|Jr|Sr|No|Co|Ala|Ariz|Ark"
    r"|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt"
    r"|Va|Wash|Wis|Wyo|Ont|Alta|Sask|Que|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Hwy|[A-Z])\.(?=\s|,|$)"
    r"|[^\W\d_]+(?:['’ʼ](?!(?:s|S|t|re|ve|ll|d)\b)[^\W\d_]+)*"  # words, with inner apostrophes: Sana'a, Côte d'Ivoire
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?"
    r"|['’](?:s|S)\b"
    r"|\n+"
    r"|[^\s]"
)
_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s|$)"  # a mark, its closing quotes, then white space
    r"|(?<=[a-z]{2})(?P<glued>[.!?])(?=[\"“‘]?[A-Z][a-z])"  # "territory.Putin": a missing space
)
_LINE_BREAK = re.compile(r"\n\s*")
_OPENERS = "\"'“‘«([-–—•*"
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_INITIALS = re.compile(r"(?:^|[^\w])(?:[A-Z]\.)*[A-Z]$")
_HEADLINE_WORDS = 22
# A line that begins so is an item of a list, never the rest of the line before.
_BULLETS = ("• ", "* ", "- ", "– ", "— ", "▪ ", "◦ ", "· ")
# Characters. The longest sentences of news have a thousand; what is longer is a list or a table, and is cut at a space
# because readers of a sentence compare all that stands in it.
_LONGEST = 2_000


class Token(NamedTuple):
    """A word, a number, a mark or a run of line breaks: ``text[start:end] == word``."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: half-open offsets into the text, white space at both ends left out.

    Attributes
    ----------
    start, end : int
        ``text[start:end]`` is the sentence.
    paragraph : int
        Number of its paragraph, from 0.
    headline : bool
        Whether it is a headline or subheading: a short paragraph of its own without a closing full stop.
    """

    start: int
    end: int
    paragraph: int
    headline: bool


@lru_cache(maxsize=16)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut `text` into tokens, in order. Runs of line breaks are tokens of their own; other white space is none."""
    return tuple(Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text))


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut `text` into sentences, in order and without overlap; every character that is not white space is in one."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        cuts = list(_cuts(text, start, end))
        alone = len(cuts) == 1
        for left, right in cuts:
            words = text.count(" ", left, right) + 1
            headline = alone and words <= _HEADLINE_WORDS and not _TERMINAL.search(text, max(left, right - 6), right)
            found.append(Sentence(left, right, number, headline))
    return tuple(found)


def sentence_at(text: str, offset: int) -> Sentence | None:
    """Give the sentence that holds the character at `offset`, or the last one that starts before it."""
    every = sentences(text)
    index = bisect_right(every, offset, key=lambda sentence: sentence.start) - 1
    return every[index] if index >= 0 else None


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Give the offsets of the paragraphs, trimmed. In text wrapped at a fixed width only blank lines part them."""
    breaks = [(match.start(), match.end()) for match in _LINE_BREAK.finditer(text)]
    items = {right for _, right in breaks if text.startswith(_BULLETS, right)}
    if _is_wrapped(text, [each for each in breaks if each[1] not in items]):
        breaks = [each for each in breaks if each[1] in items or text.count("\n", *each) > 1]
    pieces = []
    start = len(text) - len(text.lstrip())
    for left, right in [*breaks, (len(text), len(text))]:
        stop = left
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            pieces.append((start, stop))
        start = max(start, right)
    return pieces


def _is_wrapped(text: str, breaks: list[tuple[int, int]]) -> bool:
    """Tell whether most single line breaks stand inside sentences, as in mail and agency wires."""
    inside = single = 0
    previous = 0
    for left, right in breaks:
        if text.count("\n", left, right) == 1 and right < len(text):
            single += 1
            full = 40 <= left - previous <= 110
            inside += full and not _TERMINAL.search(text, max(previous, left - 6), left)
        previous = right
    return single >= 4 and inside / single > 0.6


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    left = start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, match, left, end):
            pieces += _short(text, left, match.end())
            left = match.end()
            while left < end and text[left].isspace():
                left += 1
    if left < end:
        pieces += _short(text, left, end)
    return pieces


def _short(text: str, left: int, end: int) -> list[tuple[int, int]]:
    """Cut what is too long for a sentence into pieces that are not."""
    pieces = []
    while end - left > _LONGEST:
        space = text.rfind(" ", left, left + _LONGEST)
        following = stop = space if space > 0 else left + _LONGEST
        while text[stop - 1].isspace():
            stop -= 1
        while text[following].isspace():
            following += 1
        pieces.append((left, stop))
        left = following
    return [*pieces, (left, end)]


def _ends_sentence(text: str, match: re.Match[str], left: int, end: int) -> bool:
    """Tell whether a full stop, question or exclamation mark closes the sentence that began at `left`."""
    if match["glued"]:
        word = _word_before(text, match.start(), left)
        return "@" not in word and "/" not in word and not word.lower().startswith("www")
    following = match.end()
    while following < end and (text[following].isspace() or text[following] in _OPENERS):
        following += 1
    first = text[following] if following < end else ""
    if not first or not (first.isupper() or first.isdigit() or not first.isascii()):
        return False
    if match["mark"] != "." or match["close"]:
        return True
    word = _word_before(text, match.start(), left)
    if word.lower() in _DAYS:
        return _starts_sentence(text, following, end)
    if word.lower() in _ABBREVIATIONS:
        return word.lower() in _MAY_END and not first.isdigit()
    if "." in word:  # U.S., a.m.: the next word decides
        return _starts_sentence(text, following, end)
    return not (len(word) == 1 and _INITIALS.search(word))


def _starts_sentence(text: str, position: int, end: int) -> bool:
    match = _WORD.match(text, position, end)
    return match is not None and match[0].lower() in _STARTERS


_WORD = re.compile(r"\w+")


def _word_before(text: str, position: int, left: int) -> str:
    begin = position
    while begin > left and not text[begin - 1].isspace() and text[begin - 1] not in "(\"“‘'[" and position - begin < 40:
        begin -= 1
    return text[begin:position]


class Stretches:
    """Stretches of a text, of which those that overlap another are found without looking at all.

    Parameters
    ----------
    stretches : iterable of (int, int)
        Half-open ranges, in any order; they may overlap.
    """

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._all = sorted(stretches)
        self._starts = [start for start, _ in self._all]
        # The farthest end of each and all before it.
        self._ends = list(itertools.accumulate((end for _, end in self._all), max))

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether one of them overlaps a stretch.

        >>> Stretches([(0, 4), (6, 8)]).overlap(4, 6), Stretches([(0, 9), (2, 3)]).overlap(5, 6)
        (False, True)
        """
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start

    def count(self, start: int, end: int) -> int:
        """Count those that overlap a stretch."""
        at, found = bisect_left(self._starts, end) - 1, 0
        while at >= 0 and self._ends[at] > start:
            found += self._all[at][1] > start
            at -= 1
        return found
