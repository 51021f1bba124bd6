"""Tables that tell more of events by their ids: the reports of GDELT's events, the kinds of VIINA's."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo import layouts
from geo.layers.columns import cell, positions
from geo.layers.tables import Table
from geo.layouts import Layout

_MOST_SOURCES = 5
Note = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class More:
    """What companions say: texts by field, by event; and the name of the first, for messages."""

    texts: Mapping[str, Mapping[str, str]]
    where: str = ""


def is_one(table: Table) -> bool:
    """Tell whether a table is a companion of known data."""
    return any(
        layout.companion
        and not layout.columns.has(table.first)
        and (layout.companion.columns.has(table.first) or layout.companion.columns.fits(table.first))
        for layout in layouts.kinds()[0]
    )


def read(tables: Iterable[Table], layout: Layout, note: Note) -> More:
    """Read the companions of the events that `layout` reads; one of other data is told by `note`."""
    found: dict[str, dict[str, str]] = {}
    where = ""
    companion = layout.companion
    for table in tables:
        columns = companion.columns if companion else None
        if companion is None or columns is None or not (columns.has(table.first) or columns.fits(table.first)):
            note(table.where, f"it tells nothing of {layout.title} and was left out")
            continue
        where = where or table.where
        headless = not columns.has(table.first)
        at = positions(columns.header if headless else table.first)
        cells = {name: cell(layout.fields[name], at) for name in companion.fields}
        key, source = at[companion.id], at.get(companion.source or "")
        for _, row in itertools.islice(table.rows(), 0 if headless else 1, None):
            if key >= len(row) or not row[key].strip():
                continue
            told = found.setdefault(row[key].strip(), {})
            for name, text in cells.items():
                if said := text(row):
                    told.setdefault(name, said)
            if source is not None:
                _count(told, row, source)
    return More(found, where)


def _count(told: dict[str, str], row: Sequence[str], source: int) -> None:
    """Count a report and keep the names of the first sources."""
    told["reports"] = str(int(told.get("reports", "0")) + 1)
    name = row[source].strip() if source < len(row) else ""
    names = told.get("source", "").split("; ") if "source" in told else []
    if name and name not in names and len(names) < _MOST_SOURCES:
        told["source"] = "; ".join([*names, name])
