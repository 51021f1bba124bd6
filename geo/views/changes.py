"""What changed since a visit or a state of the store: how much, which rows are meant, what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from geo.store.since import Changed, Lost
from geo.views import wording

_MOST_GONE = 200


def counted(changed: Changed, frame: pd.DataFrame) -> dict[str, int]:
    """Count what changed: new and changed events that are in `frame` (copies of a story are not), and those gone."""
    there = frame["id"]
    return {
        "new": int(there.isin(changed.new).sum()),
        "changed": int(there.isin(changed.changed).sum()),
        "removed": changed.gone_count,
    }


def said(counts: Mapping[str, int]) -> str:
    """Say it: ``12 new, 3 changed, 1 removed``; what there is none of is left out."""
    return ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing changed"


def flagged(rows: Iterable[Mapping[str, Any]], changed: Changed) -> list[dict[str, Any]]:
    """Give rows of the list, each told whether it is new or changed."""
    names = {True: "new", False: "changed"}
    return [
        {**row, "news": names[row["id"] in changed.new] if row["id"] in changed.new | changed.changed else None}
        for row in rows
    ]


def gone(changed: Changed) -> dict[str, Any]:
    """Give what is gone as the list shows it, the latest day first; of very many only some are told one by one."""
    told = sorted(changed.gone, key=lambda lost: lost.day or "", reverse=True)[:_MOST_GONE]
    rest = changed.gone_count - len(told)
    return {
        "title": f"{changed.gone_count:,} removed",
        "rows": [{"type": lost.type, "place": lost.place, "date": _day(lost), "text": lost.why} for lost in told],
        "more": f"and {rest:,} more" if rest else "",
    }


def label(changed: Changed | None) -> str:
    """Name the filter: ``New or changed since 24 Nov 2026``."""
    if changed is None or changed.since is None:
        return "New or changed"
    return f"New or changed since {wording.day(changed.since.date())}"


def _day(lost: Lost) -> str:
    return wording.day(date.fromisoformat(lost.day)) if lost.day else "no date"
