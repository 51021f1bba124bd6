"""Reports of the same event, joined: conservatively, and keeping every report with its own words, date and place.

Two reports are joined where type, place and days agree and their words do too. What is told of a whole country, or of a
stretch longer than a week, is never joined on its words alone.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.model import Event, Record, content_id

_NEAR_KM, _SAME_NAME_KM = 25.0, 80.0
_EARTH_KM = 12742.0
# Days that two intervals may miss each other by: "overnight" and "on Sunday", a report filed past midnight.
_SLACK_DAYS = 1
_LONGEST_DAYS = 8
# Shares of common words that two sentences must reach (Dice coefficient, weighted by rarity).
_SAME_KIND, _SAME_DAY, _SAME_WEEK, _OTHER_TYPE = 0.04, 0.12, 0.26, 0.3
# "a second bomb": one of several on the same day and place, to be told from the others by its words.
_ANOTHER = re.compile(r"\b(?:second|third|another|separate|separately|different|further|also|elsewhere)\b")
_BODILY = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
_WORD = re.compile(r"[a-z]{4,}")
_STEM = re.compile(r"(?:ings?|ed|es|s|ers?)$")
# Words of four letters and more that say nothing of which event is meant.
_EMPTY = re.compile(
    r"(?:after|also|been|before|from|have|into|least|more|near|over|said|says|some|than|that|their|there|they|this|"
    r"when|were|which|"
    r"while|with|would|about|against|people|other|being|since|where|during|around)"
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened, as told by one or more reports; `events` in order of their day and id."""

    id: str
    events: tuple[Event, ...]

    @property
    def dates(self) -> tuple[date | None, date | None]:
        """The first and the last day that any report gives."""
        starts = [event.date_start for event in self.events if event.date_start]
        ends = [event.date_end for event in self.events if event.date_end]
        return min(starts, default=None), max(ends, default=None)


@dataclass(frozen=True, slots=True)
class _Report:
    """An event with its sentence, the words that matter of it, and the article it stands in."""

    event: Event
    article: str
    words: frozenset[str]
    said: str


def join(records: Iterable[Record]) -> tuple[Incident, ...]:
    """Join the events that tell of the same thing, within and across articles.

    Parameters
    ----------
    records : iterable of Record
        The order does not matter.

    Returns
    -------
    tuple of Incident
        Every event is in exactly one, most of them alone; ordered by first day, then id. The id is that of the event
        with the smallest id, so that it changes only when an earlier one joins.
    """
    reports = [report for record in records for report in _reports(record)]
    reports.sort(key=lambda report: (report.event.date_start or date.max, report.event.id))
    rarity = _rarity(reports)
    groups: list[list[_Report]] = []
    nearby: dict[tuple[int, int, int], list[list[_Report]]] = defaultdict(list)
    for report in reports:
        home = next((group for group in _candidates(report, nearby) if _fits(report, group, rarity)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(report)
        for cell in _cells(report.event):
            if not any(group is home for group in nearby[cell]):
                nearby[cell].append(home)
    incidents = [_incident(group) for group in groups]
    return tuple(sorted(incidents, key=lambda incident: (incident.dates[0] or date.max, incident.id)))


def _incident(group: list[_Report]) -> Incident:
    events = tuple(report.event for report in group)
    return Incident(content_id("incident", min(event.id for event in events)), events)


def _reports(record: Record) -> list[_Report]:
    text = record.article.text
    found = []
    for event in record.events:
        said = text[event.sentence_start : event.sentence_end].lower()
        words = {_STEM.sub("", word) for word in _WORD.findall(said) if not _EMPTY.fullmatch(word)}
        found.append(_Report(event, record.article.digest, frozenset(words), said))
    return found


def _rarity(reports: Sequence[_Report]) -> dict[str, float]:
    """Weigh words: those that many sentences use say little of which event is meant."""
    counts: dict[str, int] = defaultdict(int)
    for report in reports:
        for word in report.words:
            counts[word] += 1
    total = len(reports) + 1
    return {word: math.log(1 + total / count) for word, count in counts.items()}


def _joinable(event: Event) -> bool:
    """Tell whether an event is placed and dated finely enough to be told from others of its kind."""
    if event.place is None or event.date_start is None or event.date_end is None:
        return False
    if event.status not in ("reported", "claimed") or event.place.precision in ("country", "sea"):
        return False
    return (event.date_end - event.date_start).days < _LONGEST_DAYS


def _cells(event: Event) -> list[tuple[int, int, int]]:
    """Give the buckets of degrees and days in which an event may meet its like."""
    place, start, end = event.place, event.date_start, event.date_end
    if place is None or start is None or end is None or not _joinable(event):
        return []
    days = range(start.toordinal() - _SLACK_DAYS, end.toordinal() + _SLACK_DAYS + 1)
    x, y = math.floor(place.lon), math.floor(place.lat)
    return [(x + dx, y + dy, day) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for day in days]


def _candidates(report: _Report, nearby: dict[tuple[int, int, int], list[list[_Report]]]) -> Iterable[list[_Report]]:
    event = report.event
    if event.place is None or event.date_start is None or event.date_end is None or not _joinable(event):
        return
    seen: set[int] = set()
    x, y = math.floor(event.place.lon), math.floor(event.place.lat)
    for day in range(event.date_start.toordinal(), event.date_end.toordinal() + 1):
        for group in nearby.get((x, y, day), ()):
            if id(group) not in seen:
                seen.add(id(group))
                yield group


def _fits(report: _Report, group: list[_Report], rarity: dict[str, float]) -> bool:
    """Tell whether a report belongs to a group: with each of it place and days must agree, with one the words."""
    if not all(_compatible(report, other) for other in group):
        return False
    return any(_same_words(report, other, rarity) for other in group)


def _compatible(one: _Report, other: _Report) -> bool:
    a, b = one.event, other.event
    if one.article == other.article and a.sentence_start == b.sentence_start:
        return False
    if a.type != b.type and not (a.type in _BODILY and b.type in _BODILY):
        return False
    return _same_place(a, b) and _same_days(a, b)


def _same_place(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None:
        return False
    if a.place.id == b.place.id:
        # Two unknown villages of one district are two places.
        return a.place.precision != "region" or a.place_text in (b.place_text, a.place.name)
    if a.place_text == b.place_text and _km(a, b) <= _SAME_NAME_KM:
        return True  # the town in one article, its district in the other
    fine = {"point", "town"}
    if a.place.precision in fine and b.place.precision in fine:
        return _km(a, b) <= _NEAR_KM
    inner, outer = (a.place, b.place) if a.place.precision in fine else (b.place, a.place)
    return inner.country_code == outer.country_code and inner.admin1 is not None and inner.admin1 == outer.name


def _same_days(a: Event, b: Event) -> bool:
    if a.date_start is None or a.date_end is None or b.date_start is None or b.date_end is None:
        return False
    exact = a.date_basis in ("explicit", "relative") and b.date_basis in ("explicit", "relative")
    slack = timedelta(days=0 if exact else _SLACK_DAYS)
    return a.date_start <= b.date_end + slack and b.date_start <= a.date_end + slack


def _same_words(one: _Report, other: _Report, rarity: dict[str, float]) -> bool:
    a, b = one.event, other.event
    both = sum(rarity[word] for word in one.words & other.words)
    either = sum(rarity[word] for word in one.words) + sum(rarity[word] for word in other.words)
    alike = 2 * both / either if either else 0.0
    if a.type != b.type:
        return alike >= _OTHER_TYPE
    if _ANOTHER.search(one.said) or _ANOTHER.search(other.said):
        return alike >= _SAME_WEEK
    one_day = a.date_start == a.date_end == b.date_start == b.date_end
    if one_day and a.sub_type == b.sub_type and a.place_text == b.place_text:
        return alike >= _SAME_KIND
    return alike >= (_SAME_DAY if one_day else _SAME_WEEK)


def _km(a: Event, b: Event) -> float:
    if a.place is None or b.place is None:
        return math.inf
    p, q = math.radians(a.place.lat), math.radians(b.place.lat)
    x, y = q - p, math.radians(b.place.lon - a.place.lon)
    return _EARTH_KM * math.asin(
        min(1.0, math.sqrt(math.sin(x / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(y / 2) ** 2))
    )
