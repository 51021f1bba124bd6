"""Reports of the same event, joined: conservatively, and keeping every report with its own words, date and place.

Two reports may be joined where place, days and kind agree (`may_join`), and are where they are likely to tell of the
same thing (`geo.likeness`). What is told of a whole country, or of a stretch longer than a week, is never joined.
Reports are read in the order of their publication, and no weight depends on the other articles: an article changes no
group of those published before it, it can only add to them. What a report is joined to depends on those within its
`Reach` and on their groups alone, so that a store can join what came without reading everything again
(`geo.pipeline.regrouping`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from geo.likeness.model import probability
from geo.likeness.report import Report, after, told
from geo.model import Event, Record, content_id

_NEAR_KM, _SAME_NAME_KM = 25.0, 80.0
_EARTH_KM = 12742.0
# Days that two intervals may miss each other by: "overnight" and "on Sunday", a report filed past midnight.
SLACK_DAYS = 1
# What is told of as many days or more cannot be told from others of its kind.
LONGEST_DAYS = 8
# So many events of an article may be joined to others. News tells of fewer; of a list of thousands at one place and day
# each would be compared with all: 13,645 of them in 100,000 characters took two minutes.
MOST_OF_ONE = 500
# How likely two reports must be of one event to be joined: chosen on the development half of the groups of reports, so
# that at most two of a hundred joined pairs do not belong together.
SURE = 0.55
# Of two towns, or of a crowd and an armed deed, it must be more than likely.
SURER = 0.8
_ARMED = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest", "strategic_development"})
_CROWD = frozenset({"riot", "protest"})
_FINE = frozenset({"point", "town"})
_SETTLED = frozenset({"town", "village"})


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
class Reach:
    """The degree of longitude `x` and of latitude `y` that a place lies in, and a closed stretch of days (ordinals)."""

    x: int
    y: int
    first: int
    last: int

    def near(self, other: Reach) -> bool:
        """Tell whether two reports can meet: neighbouring degrees, days that overlap or follow each other."""
        days = self.first <= other.last + SLACK_DAYS and other.first <= self.last + SLACK_DAYS
        return days and abs(self.x - other.x) <= 1 and abs(self.y - other.y) <= 1


def join(records: Iterable[Record]) -> tuple[Incident, ...]:
    """Join the events that tell of the same thing, within and across articles.

    Parameters
    ----------
    records : iterable of Record
        The order does not matter.

    Returns
    -------
    tuple of Incident
        Every event is in exactly one, most of them alone; ordered by first day, then id. The id is that of the report
        published first, so that it changes only where an article that appeared before it is added later.
    """
    groups = group(report for record in records for report in _reports(record))
    incidents = [_incident(one) for one in groups]
    return tuple(sorted(incidents, key=lambda incident: (incident.dates[0] or date.max, incident.id)))


def group(reports: Iterable[Report]) -> list[list[Report]]:
    """Group the reports of one event; each group in their `Report.order`, which is the order of the groups, too."""
    groups: list[list[Report]] = []
    nearby: dict[tuple[int, int, int], list[list[Report]]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.order):
        home = choose(report, _candidates(report, nearby))
        if home is None:
            home = []
            groups.append(home)
        home.append(report)
        for cell in _cells(report):
            if not any(one is home for one in nearby[cell]):
                nearby[cell].append(home)
    return groups


_Group = TypeVar("_Group", bound=Sequence[Report])


def choose(report: Report, groups: Iterable[_Group]) -> _Group | None:
    """Give the group of earlier reports that a report fits best, the first of equals; None where it fits none."""
    fitting = [(_fit(report, one), one) for one in groups]
    fit, home = max(fitting, key=lambda one: one[0], default=(0.0, None))
    return home if fit > 0.0 else None


def _incident(group: list[Report]) -> Incident:
    events = tuple(
        report.event for report in sorted(group, key=lambda one: (one.event.date_start or date.max, one.event.id))
    )
    return Incident(content_id("incident", group[0].event.id), events)


def _reports(record: Record) -> list[Report]:
    published = record.published.end if record.published else None
    article, starts = record.article, sorted({event.sentence_start for event in record.events})
    return [
        Report.of(
            event,
            told(event, article.text, after(event, starts)),
            article=article.digest,
            published=published,
            number=number,
        )
        for number, event in enumerate(record.events)
    ]


def reach(report: Report) -> Reach | None:
    """Give where and when an event may meet its like; None where it cannot be joined to any."""
    event = report.event
    place, start, end = event.place, event.date_start, event.date_end
    if report.number >= MOST_OF_ONE:
        return None
    if place is None or start is None or end is None:
        return None
    if event.status not in ("reported", "claimed") or place.precision in ("country", "sea"):
        return None
    if (end - start).days >= LONGEST_DAYS:
        return None
    return Reach(math.floor(place.lon), math.floor(place.lat), start.toordinal(), end.toordinal())


def _cells(report: Report) -> list[tuple[int, int, int]]:
    """Give the buckets of degrees and days in which an event may meet its like."""
    at = reach(report)
    if at is None:
        return []
    days = range(at.first - SLACK_DAYS, at.last + SLACK_DAYS + 1)
    return [(at.x + dx, at.y + dy, day) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for day in days]


def _candidates(report: Report, nearby: dict[tuple[int, int, int], list[list[Report]]]) -> Iterable[list[Report]]:
    at = reach(report)
    if at is None:
        return
    seen: set[int] = set()
    for day in range(at.first, at.last + 1):
        for one in nearby.get((at.x, at.y, day), ()):
            if id(one) not in seen:
                seen.add(id(one))
                yield one


def _fit(report: Report, group: Sequence[Report]) -> float:
    """Tell how well a report fits a group, 0 where not: it may join each, and is likely to be of one event with one."""
    if not all(may_join(report, other) for other in group):
        return 0.0
    return max(likely if (likely := probability(report, other)) >= _wanted(report, other) else 0.0 for other in group)


def may_join(one: Report, other: Report) -> bool:
    """Tell whether two reports agree in place, days and kind, so that their words may decide."""
    a, b = one.event, other.event
    # An article that names two places, or goes from one sentence to two events, tells of two things.
    if one.article == other.article and (a.sentence_start == b.sentence_start or a.place_text != b.place_text):
        return False
    if a.type != b.type and not {a.type, b.type} <= _ARMED:
        return False
    return reach(one) is not None and reach(other) is not None and _same_place(a, b) and _same_days(a, b)


def _wanted(one: Report, other: Report) -> float:
    a, b = one.event, other.event
    crowd = (a.type in _CROWD) != (b.type in _CROWD)
    apart = a.place is not None and b.place is not None and a.place.id != b.place.id and a.place_text != b.place_text
    two_towns = apart and a.place is not None and b.place is not None and {a.place.kind, b.place.kind} <= _SETTLED
    return SURER if crowd or two_towns else SURE


def _same_place(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None:
        return False
    if a.place.id == b.place.id:
        # Two unknown villages of one district are two places.
        return a.place.precision != "region" or a.place_text in (b.place_text, a.place.name)
    if a.place_text == b.place_text and _km(a, b) <= _SAME_NAME_KM:
        return True  # the town in one article, its district in the other
    if a.place.precision in _FINE and b.place.precision in _FINE:
        return _km(a, b) <= _NEAR_KM
    inner, outer = (a.place, b.place) if a.place.precision in _FINE else (b.place, a.place)
    return inner.country_code == outer.country_code and inner.admin1 is not None and inner.admin1 == outer.name


def _same_days(a: Event, b: Event) -> bool:
    if a.date_start is None or a.date_end is None or b.date_start is None or b.date_end is None:
        return False
    exact = a.date_basis in ("explicit", "relative") and b.date_basis in ("explicit", "relative")
    slack = timedelta(days=0 if exact else SLACK_DAYS)
    return a.date_start <= b.date_end + slack and b.date_start <= a.date_end + slack


def _km(a: Event, b: Event) -> float:
    if a.place is None or b.place is None:
        return math.inf
    p, q = math.radians(a.place.lat), math.radians(b.place.lat)
    x, y = q - p, math.radians(b.place.lon - a.place.lon)
    return _EARTH_KM * math.asin(
        min(1.0, math.sqrt(math.sin(x / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(y / 2) ** 2))
    )
