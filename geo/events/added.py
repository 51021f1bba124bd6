"""Readers of events: our own, and those that packages add for texts of their kind (``conflict_map.events``).

Each is asked in turn, our own last. Who says None leaves an article to the next one; who answers is the only one whose
events the article has, so that none is told twice.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import cast

from gazetteer import plugins
from geo.deadline import limited
from geo.model import (
    Article,
    DateBasis,
    Event,
    EventType,
    Mention,
    NotPlotted,
    PlaceRef,
    Published,
    Status,
    TimeSpan,
    content_id,
)
from geo.text import sentences

LEARNED = "learned"
# Processor seconds that an added reader may take for an article, and for each 100,000 characters beside: less than the
# article's own budget, so that our reader still has its time where another has spent its own.
_SECONDS, _FOR_LENGTH = 2.0, 4.0
_LENGTH = 100_000
_FIRM = 0.7
_TEXTS = ("trigger", "place_text")
_MAYBE_TEXTS = ("sub_type", "speaker", "date_text", "actor", "target", "casualties_text")


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader of events is given of an article.

    Attributes
    ----------
    article : Article
    published : Published or None
        When it appeared.
    mentions, nominals : sequence of Mention
        Its resolved names, in reading order, and the nouns that stand for places.
    times : sequence of TimeSpan
        Its dated expressions, in reading order.
    doubtful : collection of Mention
        Those of the mentions that are more likely no names of places.
    """

    article: Article
    published: Published | None = None
    mentions: Sequence[Mention] = ()
    nominals: Sequence[Mention] = ()
    times: Sequence[TimeSpan] = ()
    doubtful: Collection[Mention] = ()


Answer = tuple[Sequence[Event], Sequence[NotPlotted]]
Reader = Callable[[Given], Answer | None]


def event(
    given: Given,
    *,
    type: EventType,
    place: Mention,
    trigger: tuple[int, int],
    days: TimeSpan | Published | None,
    status: Status = "reported",
    confidence: float = 0.9,
    reasons: tuple[str, ...] = (),
) -> Event:
    """Make an event of what a reader found; `dataclasses.replace` adds who did it, to whom, and how many were hurt.

    Parameters
    ----------
    place
        The name at which it happened.
    trigger
        From where to where in the text the words stand that tell it.
    days
        The expression that dates it, or when the article appeared; None where nothing says when.
    confidence
        How sure it is that place, days and type are right, from 0 to 1. Below 0.7 the mark is of the weaker tie.
    """
    start, end = trigger
    own = next((one for one in sentences(given.article.text) if one.start <= start < one.end), None)
    first, last, precision = (None, None, None)
    basis: DateBasis = "publication"
    if isinstance(days, TimeSpan):
        first, last, precision, basis = days.date_start, days.date_end, days.precision, days.basis
    elif days is not None and days.start is not None:
        first, last, precision = days.start, days.end, "day"
    return Event(
        id=content_id(given.article.digest, start, end, place.text),
        type=type,
        sub_type=None,
        status=status,
        speaker=None,
        tier="A" if confidence >= _FIRM else "B",
        confidence=confidence,
        reasons=reasons,
        place=place.place,
        place_text=place.text,
        date_start=first if last else None,
        date_end=last if first else None,
        date_precision=precision if first and last else None,
        date_basis=basis if first and last else None,
        date_text=days.text if isinstance(days, TimeSpan) else None,
        trigger=given.article.text[start:end],
        trigger_start=start,
        trigger_end=end,
        sentence_start=own.start if own else start,
        sentence_end=own.end if own else end,
    )


def read(
    given: Given, *, tell: Callable[[str], None] = lambda _: None
) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]]:
    """Find the events of an article by the first reader that takes it.

    Parameters
    ----------
    tell
        Is told which added reader failed at the article; the next one was asked then.

    Raises
    ------
    gazetteer.plugins.PluginError
        If our own reader is not declared: the program is not installed as a whole.
    """
    for name in _working()[0]:
        try:
            answer = _asked(name, given)
        except plugins.PluginError as error:
            tell(f"{error}. It was read without it")
            continue
        if answer is not None:
            return answer
    own = cast(Reader, plugins.load(plugins.EVENTS, LEARNED))
    events, left_out = own(given) or ((), ())
    return tuple(events), tuple(left_out)


def taken_by(given: Given) -> str | None:
    """Name the added reader that takes an article, and its package; None where our own reads it."""
    for name in _working()[0]:
        try:
            if _asked(name, given) is not None:
                return f"{name!r} of {plugins.packages(plugins.EVENTS, name)}"
        except plugins.PluginError:
            continue
    return None


def faults() -> tuple[str, ...]:
    """Say which added readers cannot be loaded, and why; articles are read without them."""
    return _working()[1]


def makers() -> tuple[str, ...]:
    """Name every added reader with its package and version: what a record depends on beside our own rules."""
    return tuple(f"{name} {plugins.packages(plugins.EVENTS, name)}" for name in _added())


def _added() -> tuple[str, ...]:
    own = plugins.own(plugins.EVENTS)
    return tuple(name for name in plugins.added(plugins.EVENTS) if name not in own)


@functools.cache
def _working() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the added readers that can be loaded, and what is wrong with the others."""
    good: list[str] = []
    wrong: list[str] = []
    for name in _added():
        try:
            plugins.load(plugins.EVENTS, name)
            good.append(name)
        except plugins.PluginError as error:
            wrong.append(str(error))
    return tuple(good), tuple(wrong)


def _asked(name: str, given: Given) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]] | None:
    reader = cast(Reader, plugins.load(plugins.EVENTS, name))
    with plugins.blamed(plugins.EVENTS, name):
        seconds = _SECONDS + _FOR_LENGTH * len(given.article.text) / _LENGTH
        answer = limited(seconds, lambda: reader(given))
        if answer is None:
            return None
        events, left_out = answer
        for item in left_out:
            _check(item, NotPlotted, given, texts=("text", "reason"), spans=(("start", "end"),))
        return _settled(name, given, events), tuple(left_out)


def _settled(name: str, given: Given, events: Sequence[Event]) -> tuple[Event, ...]:
    """Give checked events in reading order, with ids of their own and the reader among their reasons."""
    spans = (("trigger_start", "trigger_end"), ("sentence_start", "sentence_end"))
    for one in events:
        _check(one, Event, given, texts=_TEXTS, maybe=_MAYBE_TEXTS, spans=spans)
        if one.place is not None and not isinstance(one.place, PlaceRef):
            raise TypeError(f"place must be a PlaceRef or None; got {one.place!r}")
        if not all(isinstance(reason, str) for reason in one.reasons):
            raise TypeError(f"reasons must be texts; got {one.reasons!r}")
    found = []
    said = f"read by {name} ({plugins.packages(plugins.EVENTS, name)})"
    for number, one in enumerate(sorted(events, key=lambda one: (one.trigger_start, one.trigger_end))):
        own = content_id(given.article.digest, name, number, one.trigger_start, one.trigger_end, one.place_text)
        trigger = given.article.text[one.trigger_start : one.trigger_end]
        found.append(replace(one, id=own, trigger=trigger, reasons=(*one.reasons, said)))
    return tuple(found)


def _check(
    thing: object,
    wanted: type,
    given: Given,
    *,
    texts: Sequence[str],
    spans: Sequence[tuple[str, str]],
    maybe: Sequence[str] = (),
) -> None:
    """Refuse what the store, the map or the reader beside the map could not show."""
    if not isinstance(thing, wanted):
        raise TypeError(f"expected {wanted.__name__}; got {thing!r}")
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}  # type: ignore[arg-type]  # (checked above)
    for name in (*texts, *maybe):
        value = values[name]
        if not (isinstance(value, str) or (value is None and name in maybe)):
            raise TypeError(f"{name} must be a text; got {value!r}")
        (value or "").encode()  # half a character can be stored nowhere
    longest = len(given.article.text)
    for _, end in spans:
        if values[end] > longest:
            raise ValueError(f"{end} must lie within the text's {longest:,} characters; got {values[end]:,}")


__all__ = [
    "Answer",
    "Article",
    "Event",
    "Given",
    "Mention",
    "NotPlotted",
    "PlaceRef",
    "Published",
    "Reader",
    "TimeSpan",
    "event",
]
