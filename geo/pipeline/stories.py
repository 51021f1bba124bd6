"""Ties near-duplicate articles, agency copy in several outlets, to the one published first, and their events to its.

Each article is tied to the first of those before it that it is a copy of and that are copies of none themselves. What
is the latest, as new articles are, is compared with those that share a key with it, and changes nothing else; where an
earlier one comes, the later ones that it may concern are looked at again. The outcome is that of tying all in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from geo.model import Event
from geo.pipeline import sketch
from geo.store import Printed, Store, Ties

# So much of two texts' runs of three words must be the same: an outlet's own first sentence and some cuts leave more.
_ALIKE = 0.5
# Of what the shorter one names and counts, so much must be in the other: two days' bulletins share their form alone.
_NAMED = 0.8
# Agency copy is printed within these days.
_DAYS = 3
# Words that two sentences have in common, so that one event is told in both.
_SENTENCE = 0.6
# Articles tied in one transaction: others wait that long to write.
_BATCH = 100


def tie_stories(store: Store) -> None:
    """Tie the articles that wait for it.

    Raises
    ------
    geo.store.StoreError
        If the store cannot be written to.
    """
    while store.count_untied():
        with store.tying() as ties:
            for _ in range(_BATCH):
                own = ties.next()
                if own is None:
                    break
                _tie(own, ties)


def _tie(own: Printed, ties: Ties) -> None:
    keys = sketch.keys(_runs(own.text))
    copies = [other for other in ties.near(own, keys) if is_copy(own, other)]
    first = next((other for other in copies if other.order < own.order), None)
    if first is not None:
        ties.settle(
            own.digest, first.digest, keys, retold(own, first, ties.events(own.digest), ties.events(first.digest))
        )
        return
    ties.settle(own.digest, own.digest, keys, {})
    # Those that came later and are tied to one that came later still, or to none, are copies of this one now.
    ties.loosen([other.digest for other in copies if other.founded is not None and other.founded > own.order])


def is_copy(one: Printed, other: Printed) -> bool:
    """Tell whether two articles print one story: the same text but for cuts and additions, at about the same time."""
    gap = _gap((one.first, one.last), (other.first, other.last))
    if gap > _DAYS or (gap and one.source is not None and one.source == other.source):
        # An outlet does not print a text again the next day: that is its daily bulletin, or it says what is new.
        return False
    return sketch.alike(_runs(one.text), _runs(other.text)) >= _ALIKE and _name_the_same(one.text, other.text)


def retold(
    own: Printed, first: Printed, copies: Sequence[tuple[Event, str]], originals: Sequence[tuple[Event, str]]
) -> dict[str, str]:
    """Give the events of a copy that the first tells, by their ids, with the first's; each is told once.

    A day counted from publication ("yesterday") shifts with it, so days may lie as far apart as the publications.
    """
    slack = _gap((own.first, own.last), (first.first, first.last))
    found: dict[str, str] = {}
    for event, said in copies:
        for other, told in originals:
            if other.id not in found.values() and _same(event, other, slack) and _shared(said, told) >= _SENTENCE:
                found[event.id] = other.id
                break
    return found


def _same(one: Event, other: Event, slack: int) -> bool:
    if (one.type, one.status, _where(one)) != (other.type, other.status, _where(other)):
        return False
    if (one.killed_low, one.killed_high) != (other.killed_low, other.killed_high):
        return False
    return _gap((one.date_start, one.date_end), (other.date_start, other.date_end)) <= slack


def _where(event: Event) -> str:
    return event.place.id if event.place else event.place_text


def _shared(one: str, other: str) -> float:
    a, b = ({word.casefold() for word in sketch.words(text)} for text in (one, other))
    return len(a & b) / len(a | b) if a and b else 0.0


def _name_the_same(one: str, other: str) -> bool:
    a, b = _names(one), _names(other)
    fewer = min(len(a), len(b))
    return not fewer or len(a & b) / fewer >= _NAMED


def _names(text: str) -> frozenset[str]:
    """Give what a text names and counts: words with a capital, and figures."""
    return frozenset(word for word in sketch.words(text) if word[0].isupper() or word[0].isdigit())


def _gap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> int:
    """Give the days between two closed intervals, 0 where they touch or one is not known."""
    (first, last), (start, end) = one, other
    gaps = [(start - last).days] if start and last else []
    gaps += [(first - end).days] if first and end else []
    return max([0, *gaps])


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[str]:
    return sketch.runs(text)
