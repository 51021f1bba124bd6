"""Scores the joining of reports: which pairs became one incident, by phenomenon, and where a pair was lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from geo.incidents import join
from geo.model import Article, Event, Published, Record
from tests.suites import judge
from tests.suites.items import Report, ReportsGroup

Read = Callable[[str, str, date], tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class Lost:
    """A pair of reports of one event that was not joined, or of two events that was; and the step that went wrong."""

    phenomenon: str
    step: str
    one: Report
    other: Report
    events: tuple[Event | None, Event | None]


@dataclass(frozen=True, slots=True)
class ReportsScore:
    """All pairs; those of each phenomenon; the pairs that went wrong; and how articles tell their own event.

    `whole` of the `told` reports tell their own event as one incident: headline, lead and detail together.
    """

    pairs: judge.PairScore
    by_phenomenon: Mapping[str, judge.PairScore]
    missed: tuple[Lost, ...]
    wrong: tuple[Lost, ...]
    whole: int
    told: int


def score(groups: Sequence[ReportsGroup], read: Read) -> ReportsScore:
    """Read the reports, join those that tell of the same event, and score the pairs.

    A report stands for its own event, not for others that it recalls.
    """
    records, own, fitting = [], {}, {}
    for group in groups:
        for told in group.reports:
            published = Published(told.published, told.published, "supplied")
            found = read(told.id, told.text, told.published)
            own[told.id] = judge.own_event(told.event, found)
            fitting[told.id] = [event for event in found if judge.event_right(told.event, event)]
            records.append(Record(Article(told.id, told.text, published=published), published, events=found))
    incident_of = {event.id: incident.id for incident in join(records) for event in incident.events}
    said = {name: event and incident_of.get(event.id) for name, event in own.items()}
    of_kind: dict[str, list[ReportsGroup]] = defaultdict(list)
    for group in groups:
        of_kind[group.phenomenon].append(group)
    incidents = [{incident_of[event.id] for event in events} for events in fitting.values() if events]
    missed, wrong = _lost(groups, own, said)
    return ReportsScore(
        judge.pair_score(groups, said),
        {kind: judge.pair_score(some, _part(some, said)) for kind, some in sorted(of_kind.items())},
        missed,
        wrong,
        sum(len(found) == 1 for found in incidents),
        len(incidents),
    )


def _part(groups: Sequence[ReportsGroup], said: Mapping[str, str | None]) -> dict[str, str | None]:
    return {report.id: said[report.id] for group in groups for report in group.reports}


def _lost(
    groups: Sequence[ReportsGroup], own: Mapping[str, Event | None], said: Mapping[str, str | None]
) -> tuple[tuple[Lost, ...], tuple[Lost, ...]]:
    missed, wrong = [], []
    for (home, one), (other_home, other) in combinations([(g, report) for g in groups for report in g.reports], 2):
        asked = home is other_home and frozenset((one.id, other.id)) in home.same
        joined = said[one.id] is not None and said[one.id] == said[other.id]
        if asked != joined:
            events = (own[one.id], own[other.id])
            lost = Lost(
                home.phenomenon, _step(one, events[0]) or _step(other, events[1]) or "joining", one, other, events
            )
            (missed if asked else wrong).append(lost)
    return tuple(missed), tuple(wrong)


def _step(report: Report, event: Event | None) -> str | None:
    """Name what was read wrong of a report's own event, None where place, days and type are right."""
    if event is None:
        return "trigger or date"
    if event.place is None or not report.event.place.holds(event.place.lon, event.place.lat):
        return "place"
    if event.status not in ("reported", "claimed"):
        return "status"
    return None if event.type in report.event.types else "type"


def table(score: ReportsScore, *, verbose: bool) -> str:
    """Write the score: all pairs, then a line a phenomenon, then the steps; the lost pairs where asked for."""
    pairs = score.pairs
    lines = []
    for heading, some in (("not joined", score.missed), ("wrongly joined", score.wrong)):
        for lost in some if verbose else ():
            lines.append(f"\n{heading}  [{lost.phenomenon}; {lost.step}]")
            for report, event in zip((lost.one, lost.other), lost.events, strict=True):
                lines.append(f"  {report.id} {report.published}: {report.text}")
                lines.append(f"  - {judge.describe(event) if event else 'no event on its days'}")
    lines.append(f"pairwise precision {pairs.precision:.3f} ({pairs.right}/{pairs.joined})")
    lines.append(f"pairwise recall    {pairs.recall:.3f} ({pairs.right}/{pairs.together})")
    lines.append(f"told as one incident within the article: {score.whole}/{score.told}")
    for kind, of_kind in score.by_phenomenon.items():
        joined = f"{of_kind.right}/{of_kind.joined} joined rightly"
        lines.append(f"  {kind:16} {of_kind.right:3d}/{of_kind.together:<3d} found, {joined}")
    for heading, some in (("not joined", score.missed), ("wrongly joined", score.wrong)):
        steps = Counter(lost.step for lost in some)
        lines.append(f"{heading}: " + (", ".join(f"{step} {n}" for step, n in steps.most_common()) or "none"))
    return "\n".join(lines)
