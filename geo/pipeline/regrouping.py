"""Joins what came to a store that is joined already, and parts what only what went held together.

The outcome is that of `geo.incidents.group` over the whole store; what it costs depends on what came and went and on
the reports near it, not on the store.

A report is joined by looking at those published before it, so a change reaches only later ones. What may have changed
is taken up in the order of publication; where a report ends up in another group than before, the later ones near either
group are looked at again.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from geo import incidents
from geo.incidents import LONGEST_DAYS, SLACK_DAYS, Reach
from geo.likeness.report import Report, order
from geo.store import Gone, Store, Told, Unjoined, alone


def regrouped(store: Store, unjoined: Unjoined) -> dict[str, str]:
    """Give the incident of each event that is to change it, by the event's id.

    Raises
    ------
    geo.store.StoreError
        If the store cannot be read.
    """
    regrouping = _Regrouping(store)
    regrouping.bring(store.told_of(articles=unjoined.came))
    for gone in unjoined.gone:
        regrouping.take(gone)
    return regrouping.run()


class _Regrouping:
    """The reports looked at so far, and the group of each.

    A group is known by its founder, the first of its reports in their order: `founders` gives it for each report, None
    for those that came and have no group yet.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: dict[str, Told] = {}
        self._reports: dict[str, Report] = {}
        self._reaches: dict[str, Reach | None] = {}
        self._founders: dict[str, str | None] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        self._near: dict[Reach, tuple[str, ...]] = {}
        self._waiting: list[tuple[tuple[date, date, str], str]] = []
        self._pushed: set[str] = set()
        self._touched: set[str] = set()

    def bring(self, told: Iterable[Told]) -> None:
        """Take up the events of articles that came; before all others, as they have no group yet."""
        for one in told:
            self._keep(one)
            self._touched.add(one.event.id)
            self._push(one.event.id)

    def take(self, gone: Gone) -> None:
        """Look again at what an event that went may have been near to, or in one group with."""
        after = order(gone.published, gone.first, gone.event)
        left = [one.event.id for one in self._load(self._store.told_of(incidents=[gone.incident]))]
        self._touched.update(left)
        reach = Reach(math.floor(gone.lon), math.floor(gone.lat), gone.first.toordinal(), gone.last.toordinal())
        for one in (*left, *self._reaching(reach), *(other for member in left for other in self._around(member))):
            if self._reports[one].order > after:
                self._push(one)

    def run(self) -> dict[str, str]:
        """Settle what waits, in order; give the incidents that change."""
        while self._waiting:
            _, one = heapq.heappop(self._waiting)
            self._settle(one)
        groups = {founder for one in self._touched if (founder := self._founders.get(one))}
        wanted = {member: name for founder in groups for member, name in self._named(founder)}
        return {one: name for one, name in wanted.items() if self._told[one].incident != name}

    def _named(self, founder: str) -> Iterator[tuple[str, str]]:
        """Name a group after the event that came first into the store, so that its id stays as others come."""
        members = self._members[founder]
        first = min(members, key=lambda one: (self._told[one].position, one))
        return ((member, alone(first)) for member in members)

    def _settle(self, one: str) -> None:
        report, before = self._reports[one], self._founders[one]
        home = incidents.choose(report, self._candidates(one))
        founder = home[0].event.id if home else one
        if founder == before:
            return
        left = self._members[before] if before else set()
        left.discard(one)
        self._founders[one] = founder
        joined = self._members[founder]
        joined.add(one)
        self._touched |= {one, *left, *joined}
        # What it left may now take whom it kept out, and holds together differently; what it joined concerns only those
        # that go with it, and its members.
        for other in {*left, *(near for member in left for near in self._around(member)), *joined}:
            self._push_after(other, report)
        for member in tuple(joined):
            for other in self._around(member):
                if incidents.may_join(self._reports[other], report):
                    self._push_after(other, report)

    def _push_after(self, one: str, report: Report) -> None:
        if self._reports[one].order > report.order:
            self._push(one)

    def _candidates(self, one: str) -> list[list[Report]]:
        """Give the groups of earlier reports that one may join, in the order in which `incidents.group` meets them."""
        report, reach = self._reports[one], self._reaches[one]
        if reach is None:
            return []
        met: dict[str, tuple[int, tuple[date, date, str]]] = {}
        for other in self._around(one):
            founder, there = self._founders[other], self._reaches[other]
            earlier = self._reports[other].order
            if founder is None or there is None or earlier >= report.order:
                continue
            # On which of its days it meets the group first, and through which member.
            meeting = (max(reach.first, there.first - SLACK_DAYS), earlier)
            met[founder] = min(met.get(founder, meeting), meeting)
        groups = []
        for founder in sorted(met, key=met.__getitem__):
            earlier_ones = [self._reports[member] for member in self._members[founder]]
            group = sorted((one for one in earlier_ones if one.order < report.order), key=lambda one: one.order)
            groups.append(group)
        return groups

    def _around(self, one: str) -> tuple[str, ...]:
        """Give the other reports near one."""
        reach = self._reaches[one]
        return () if reach is None else tuple(other for other in self._reaching(reach) if other != one)

    def _reaching(self, reach: Reach) -> tuple[str, ...]:
        if reach not in self._near:
            found = self._store.told_near(
                west=reach.x - 1, south=reach.y - 1, east=reach.x + 2, north=reach.y + 2,
                first=_day(reach.first - SLACK_DAYS), last=_day(reach.last + SLACK_DAYS), longest=LONGEST_DAYS,
            )  # fmt: skip
            kept = (one.event.id for one in self._load(found))
            self._near[reach] = tuple(one for one in kept if (there := self._reaches[one]) and reach.near(there))
        return self._near[reach]

    def _load(self, told: Iterable[Told]) -> list[Told]:
        """Take up stored events, each with all others of its incident."""
        found = list(told)
        new = [one for one in found if one.event.id not in self._told]
        wanted = sorted({one.incident for one in new})
        groups: dict[str, list[str]] = defaultdict(list)
        for one in (*new, *self._store.told_of(incidents=wanted)):
            if one.event.id not in self._told:
                self._keep(one)
                groups[one.incident].append(one.event.id)
        for group in groups.values():
            founder = min(group, key=lambda one: self._reports[one].order)
            self._founders |= dict.fromkeys(group, founder)
            self._members[founder].update(group)
        return found

    def _keep(self, told: Told) -> None:
        event = told.event
        self._told[event.id] = told
        _, number = told.position
        report = Report.of(event, told.said, article=told.article, published=told.published, number=number)
        self._reports[event.id], self._reaches[event.id] = report, incidents.reach(report)
        self._founders[event.id] = None

    def _push(self, one: str) -> None:
        if one not in self._pushed:
            self._pushed.add(one)
            heapq.heappush(self._waiting, (self._reports[one].order, one))


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
