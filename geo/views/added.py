"""Panels beside the map: what one is given, and the blocks it may show (``conflict_map.panels``).

A panel gives plain data, which the page's own code draws as text: none of it is ever markup or a script.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import geopandas

# More of one kind is cut off: a panel is read, not searched through.
MOST_BARS, MOST_CHOICES, MOST_ROWS = 200, 60, 2_000
ALL = "all"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of small text."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that can be chosen; `count` stands beside its label, if given."""

    key: str
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Of which one at a time is chosen: its key is `Sight.chosen` then. The key ``all`` chooses none."""

    options: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Bars:
    """Labels with numbers, each with a bar beside it."""

    rows: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article, from `start` to `end` of its text; a click opens it there. `said` stands below it."""

    article: str
    start: int
    end: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages, and how many there are in all: where that is more, the page offers more."""

    items: Sequence[Passage]
    total: int


@dataclass(frozen=True, slots=True)
class Events:
    """Events of the view by their ids, shown as the list shows them; and how many there are in all."""

    ids: Sequence[str]
    total: int


Block = Note | Choices | Bars | Passages | Events


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that was read and did not become a mark, and the word for why."""

    passage: Passage
    reason: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What a panel sees. All of it is looked up when it is called for.

    Attributes
    ----------
    link : mapping
        The view, as the parameters of its link.
    chosen : str or None
        The key of the choice that was made in this panel.
    length : int
        How many rows of a long list are asked for.
    events : callable
        Gives the events of the view in the order of the list, with the columns of the data dictionary. It must not be
        changed.
    text : callable
        Gives the text of an article by its digest; empty where it is gone.
    reasons : callable
        Counts what did not become a mark in the articles that the view is about, by the word for why.
    reason : callable
        Says such a word: as a label, and as a sentence.
    left_out : callable
        Gives the first passages of them, of one such word or of all (None).
    every : callable
        Counts what did not become a mark in all articles.
    """

    link: Mapping[str, str]
    chosen: str | None
    length: int
    events: Callable[[], geopandas.GeoDataFrame]
    text: Callable[[str], str]
    reasons: Callable[[], Mapping[str, int]]
    reason: Callable[[str], tuple[str, str]]
    left_out: Callable[[str | None], Sequence[LeftOut]]
    every: Callable[[], int]


def _uncounted(_: Sight) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel beside the map.

    Attributes
    ----------
    label
        Of its tab: a word or two.
    blocks
        Gives what it shows, from the top down; it is called whenever the view changes.
    count
        Gives the number beside the label, if there is one; it is called whenever the page is drawn.
    """

    label: str
    blocks: Callable[[Sight], Sequence[Block]]
    count: Callable[[Sight], int | None] = _uncounted


def checked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give blocks that can be drawn, the longest cut off.

    Raises
    ------
    TypeError, ValueError
        For what is no block, or holds what cannot be shown.
    """
    return tuple(_checked(block) for block in blocks)


def _checked(block: Block) -> Block:
    match block:
        case Note(text):
            return Note(words(text))
        case Choices(options):
            return Choices([_choice(one) for one in options[:MOST_CHOICES]])
        case Bars(rows):
            return Bars([(words(label), _number(number)) for label, number in rows[:MOST_BARS]])
        case Passages(items, total):
            return Passages([_passage(one) for one in items[:MOST_ROWS]], int(total))
        case Events(ids, total):
            return Events([words(one) for one in ids[:MOST_ROWS]], int(total))
        case _:
            raise TypeError(f"a panel shows Note, Choices, Bars, Passages and Events; got {block!r}")


def words(text: object) -> str:
    """Give a text that can be sent to a browser.

    Raises
    ------
    TypeError, ValueError
        If it is none, or holds half of a character.
    """
    if not isinstance(text, str):
        raise TypeError(f"a text was expected; got {text!r}")
    text.encode()
    return text


def _choice(one: Choice) -> Choice:
    if not isinstance(one, Choice):
        raise TypeError(f"a Choice was expected; got {one!r}")
    return Choice(words(one.key), words(one.label), None if one.count is None else int(one.count))


def _number(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"the number of a bar must be finite; got {number!r}")
    return float(number)


def _passage(one: Passage) -> Passage:
    if not isinstance(one, Passage):
        raise TypeError(f"a Passage was expected; got {one!r}")
    start, end = int(one.start), int(one.end)
    if not 0 <= start < end:
        raise ValueError(f"a passage needs 0 <= start < end; got start={start}, end={end}")
    return Passage(words(one.article), start, end, words(one.said))


__all__ = [
    "Bars",
    "Block",
    "Choice",
    "Choices",
    "Events",
    "LeftOut",
    "Note",
    "Panel",
    "Passage",
    "Passages",
    "Sight",
]
