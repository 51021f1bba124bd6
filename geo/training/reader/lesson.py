"""A lesson: an annotated text as the program sees it, with what is to be learned at each of its candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gazetteer.index import Gazetteer
from geo import dates
from geo.model import Article, Published, TimeSpan
from geo.reader.candidates import Candidate, candidates
from geo.text import Sentence, sentences
from geo.toponyms import toponyms

# An undated report of the day lies in this many days up to publication.
ASSUMED_DAYS = 2
UNSTATED = -1  # in `dates`: nothing of the text says when


@dataclass(frozen=True, slots=True)
class Seen:
    """What the program makes of a text before any event is sought."""

    id: str
    text: str
    published: Published | None
    sentences: tuple[Sentence, ...]
    candidates: tuple[Candidate, ...]
    times: tuple[TimeSpan, ...]


@dataclass(slots=True)
class Told:
    """What is to be learned at a candidate.

    Attributes
    ----------
    event : int
        1 where its sentence tells an event there, 0 where not, -1 where nobody knows.
    types, statuses : set of str
        The right ones; empty where nobody knows.
    dates : set of int
        Positions of the right dated expressions; `UNSTATED` for none.
    required : int
        1 where a fair editor would map it, 0 where it is a matter of taste, -1 where nobody knows.
    triggers : set of (int, int)
        Spans of the words that tell it.
    """

    event: int = 0
    types: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    dates: set[int] = field(default_factory=set)
    required: int = -1
    triggers: set[tuple[int, int]] = field(default_factory=set)
    weight: float = 1.0


@dataclass(slots=True)
class Link:
    """A trigger and the candidates it may be at; empty: its place is not among them."""

    start: int
    end: int
    at: set[int]
    types: set[str] = field(default_factory=set)
    weight: float = 1.0


@dataclass(slots=True)
class Lesson:
    """A text as seen and what it tells; `complete` where every trigger of it is marked."""

    seen: Seen
    told: list[Told]
    links: list[Link]
    complete: bool
    source: str


def see(name: str, text: str, published: date | None, gazetteer: Gazetteer) -> Seen:
    """Read a text as the pipeline does, up to its events."""
    known = Published(published, published, "supplied") if published else None
    article = Article(name, text, published=known)
    when = dates.publication_date(article, file_name="")
    places = toponyms(text, gazetteer)
    parts = sentences(text)
    found = candidates(parts, places.mentions, places.nominals, doubtful=places.doubtful)
    return Seen(name, text, when, parts, found, dates.find(text, when))


def fits(asked: tuple[date, date], said: tuple[date | None, date | None]) -> bool:
    """Say whether an interval is close enough to the asked one: it overlaps and is not much longer."""
    start, end = said
    if start is None or end is None or start > asked[1] or end < asked[0]:
        return False
    want = (asked[1] - asked[0]).days + 1
    return (end - start).days + 1 <= max(2 * want, want + 7)


def dated(seen: Seen, asked: tuple[date, date], sentence: tuple[int, int], said: Sequence[int] | None) -> set[int]:
    """Give the dated expressions that give the asked days: the annotated one, the sentence's own, or any."""
    right = {at for at, span in enumerate(seen.times) if fits(asked, (span.date_start, span.date_end))}
    named = {at for at in right if said and seen.times[at].start < said[1] and said[0] < seen.times[at].end}
    named |= {at for at in right if sentence[0] <= seen.times[at].start < sentence[1]}
    if named:
        return named
    end = seen.published.end if seen.published else None
    if end and fits(asked, (end - timedelta(days=ASSUMED_DAYS), end)):
        return {UNSTATED}
    return right
