"""Reports of the same event, joined: conservatively, and keeping every report with its own words, date and place.

Two reports are joined where type, place and days agree and their words or their dead do too. What is told of a whole
country, or of a stretch longer than a week, is never joined on its words alone. Reports are read in the order of their
publication, and no weight depends on the other articles: an article changes no group of those published before it, it
can only add to them. What a report is joined to depends on its `near` ones and their groups alone, so that a store can
join what came without reading everything again (`geo.pipeline.regrouping`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from geo.model import Event, Record, content_id
from geo.reports import SLACK_DAYS, Report, lists, reach, report_of

_NEAR_KM, _SAME_NAME_KM = 25.0, 80.0
_EARTH_KM = 12742.0
# Shares of common words that two sentences must reach (Dice coefficient; words of most reports of violence weigh less).
_SAME_KIND, _SAME_DAY, _SAME_WEEK, _OTHER_TYPE = 0.03, 0.06, 0.1, 0.3
_COMMON_WEIGHT = 0.4
_FEW_WORDS = 4
# From this many dead on, two reports of one day and place whose tolls differ by no more than this tell of one thing.
_MANY_DEAD, _TOLLS_DIFFER = 8, 2.0
# Where one calls it an attack and the other an explosion, both must be higher and closer.
_OTHER_TOLL = (20, 1.5)
# "a second bomb": one of several on the same day and place, to be told from the others by its words.
_ANOTHER = re.compile(r"\b(?:second|third|another|separate|separately|different|further|also|elsewhere)\b")
_BODILY = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
_FAMILIES = {
    "attack": "killing", "shooting": "killing", "mine": "bomb", "missile strike": "shelling",
    "drone strike": "air strike", "overthrow": "coup", "arrest": "coup",
}  # fmt: skip
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
    groups = group(_report(record, event) for record in records for event in record.events)
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
        for cell in _cells(report.event):
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


def _report(record: Record, event: Event) -> Report:
    said = record.article.text[event.sentence_start : event.sentence_end]
    published = record.published.end if record.published else None
    return report_of(event, article=record.article.digest, published=published, said=said)


def _cells(event: Event) -> list[tuple[int, int, int]]:
    """Give the buckets of degrees and days in which an event may meet its like."""
    at = reach(event)
    if at is None:
        return []
    days = range(at.first - SLACK_DAYS, at.last + SLACK_DAYS + 1)
    return [(at.x + dx, at.y + dy, day) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for day in days]


def _candidates(report: Report, nearby: dict[tuple[int, int, int], list[list[Report]]]) -> Iterable[list[Report]]:
    at = reach(report.event)
    if at is None:
        return
    seen: set[int] = set()
    for day in range(at.first, at.last + 1):
        for one in nearby.get((at.x, at.y, day), ()):
            if id(one) not in seen:
                seen.add(id(one))
                yield one


def _fit(report: Report, group: Sequence[Report]) -> float:
    """Tell how well a report fits a group, 0 where not: place and days must agree with each, the words with one."""
    if not all(compatible(report, other) for other in group):
        return 0.0
    return max(_agreement(report, other) for other in group)


def compatible(one: Report, other: Report) -> bool:
    """Tell whether two reports may stand in one group: kind, place and days agree."""
    a, b = one.event, other.event
    # An article that names two places, or goes from one sentence to two events, tells of two things.
    if one.article == other.article and (a.sentence_start == b.sentence_start or a.place_text != b.place_text):
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
    slack = timedelta(days=0 if exact else SLACK_DAYS)
    return a.date_start <= b.date_end + slack and b.date_start <= a.date_end + slack


def _agreement(one: Report, other: Report) -> float:
    """Give by how much two reports are more alike than they must be, 0 where they are not alike enough."""
    alike = _alike(one.words, other.words)
    wanted = _wanted(one, other)
    if alike < wanted and _same_toll(one.event, other.event):
        return _SAME_KIND
    return alike - wanted + _SAME_KIND if alike >= wanted else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    _, common = lists()

    def weight(words: frozenset[str]) -> float:
        return sum(_COMMON_WEIGHT if word in common else 1.0 for word in words)

    either = weight(one) + weight(other)
    return 2 * weight(one & other) / either if either else 0.0


def _wanted(one: Report, other: Report) -> float:
    """Give the likeness that two reports of one place and time must reach."""
    a, b = one.event, other.event
    apart = a.place is not None and b.place is not None and a.place.id != b.place.id and a.place_text != b.place_text
    two_towns = apart and a.place is not None and b.place is not None and {a.place.kind, b.place.kind} <= _SETTLED
    if a.type != b.type or two_towns:
        return _OTHER_TYPE
    if _ANOTHER.search(one.said) or _ANOTHER.search(other.said):
        return _SAME_WEEK
    one_day = a.date_start == a.date_end == b.date_start == b.date_end
    told_apart = bool(a.sub_type and b.sub_type) and _family(a) != _family(b)
    if one_day and told_apart:
        return _SAME_WEEK
    if one_day and a.place_text == b.place_text:
        # Two short reports of one kind, day and place need no common word; two long ones would have some.
        return 0.0 if min(_specific(one), _specific(other)) <= _FEW_WORDS else _SAME_KIND
    return _SAME_DAY if one_day else _SAME_WEEK


def _family(event: Event) -> str | None:
    """Give what a sub-type is told apart by: a shelling is no car bomb, but a killing may be a shooting."""
    if event.type == "battle":
        return "battle"
    return _FAMILIES.get(event.sub_type or "", event.sub_type)


def _specific(report: Report) -> int:
    """Count the words of a report that are not in most reports of violence."""
    return len(report.words - lists()[1])


def _same_toll(a: Event, b: Event) -> bool:
    """Tell whether two reports of one day name many dead, and about as many."""
    if not a.date_start == a.date_end == b.date_start == b.date_end or a.place_text != b.place_text:
        return False
    one, other = a.killed_low or a.killed_high or 0, b.killed_low or b.killed_high or 0
    least, ratio = (_MANY_DEAD, _TOLLS_DIFFER) if a.type == b.type else _OTHER_TOLL
    return min(one, other) >= least and max(one, other) <= ratio * min(one, other)


def _km(a: Event, b: Event) -> float:
    if a.place is None or b.place is None:
        return math.inf
    p, q = math.radians(a.place.lat), math.radians(b.place.lat)
    x, y = q - p, math.radians(b.place.lon - a.place.lon)
    return _EARTH_KM * math.asin(
        min(1.0, math.sqrt(math.sin(x / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(y / 2) ** 2))
    )
