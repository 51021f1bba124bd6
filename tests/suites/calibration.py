"""Print how sure the events are and how often they are right: ``python -m tests.suites.calibration``.

Every event that the development passages give with a place and a date, told as done, is right or wrong: asked for or
allowed with its type, place and days, or neither. The table sorts them by their confidence into sixths.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from geo.model import Event
from tests.suites import items, judge
from tests.suites.items import EventsItem
from tests.suites.scoring import read_events, wilson

BANDS = 6
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Outcome:
    """One event: how sure it was, and whether it was right."""

    confidence: float
    right: bool
    basis: str | None
    tier: str


def outcomes(passages: Iterable[EventsItem], gazetteer: Gazetteer) -> tuple[Outcome, ...]:
    """Read the passages and judge each event that is on the map; the day and the type must be right, not the status."""
    found = []
    for item in passages:
        events = read_events(item.id, item.text, item.published, gazetteer)
        for event in events:
            if event.place is not None and event.date_start is not None and event.status in ("reported", "claimed"):
                right = _is_right(item, event)
                found.append(Outcome(event.confidence, right, event.date_basis, event.tier))
    return tuple(found)


def _is_right(item: EventsItem, event: Event) -> bool:
    return any(
        judge.event_right(replace(asked, statuses=(event.status,)), event) for asked in (*item.events, *item.allowed)
    )


def table(found: Sequence[Outcome]) -> str:
    """Write the calibration table: a line a sixth, then the events that are at least `SURE`."""
    ordered = sorted(found, key=lambda one: one.confidence)
    lines = [f"{len(ordered)} events on the map", "  confidence       mean  right"]
    for band in range(BANDS):
        part = ordered[band * len(ordered) // BANDS : (band + 1) * len(ordered) // BANDS]
        if part:
            mean = sum(one.confidence for one in part) / len(part)
            lines.append(f"  {part[0].confidence:.2f} to {part[-1].confidence:.2f}   {mean:.2f}  {_share(part)}")
    lines.append(f"  at least {SURE}          {_share([one for one in ordered if one.confidence >= SURE])}")
    brier = sum((one.confidence - one.right) ** 2 for one in ordered) / max(1, len(ordered))
    lines.append(f"mean squared error {brier:.3f}")
    return "\n".join(lines)


def _share(part: Sequence[Outcome]) -> str:
    right = sum(one.right for one in part)
    low, high = wilson(right, len(part))
    return f"{right / max(1, len(part)):.2f}  ({right}/{len(part)}, 95 % {low:.2f}-{high:.2f})"


def main() -> int:
    """Print the table."""
    with Gazetteer.open() as gazetteer:
        print(table(outcomes(items.load_events("dev"), gazetteer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
