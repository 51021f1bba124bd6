"""Event data before they are read: how they are known, their first rows, and the events that come of them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo import layouts
from geo.ingest import Problem
from geo.ingest.problem import UnreadableError
from geo.layers import companions, mains
from geo.layers.cells import RowError
from geo.layers.columns import positions, type_of
from geo.layers.features import GEOMETRY
from geo.layers.mains import Main
from geo.layers.tables import Table, tables
from geo.layouts import Layout
from geo.model import LayerEvent

_ROWS, _EVENTS = 5, 3
# Rows that are tried, and rows that are looked through for the codes of a column.
TRIED = 200
_COUNTED = 20_000
MOST_CODES = 40
_LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Preview:
    """What files of event data would come to.

    Attributes
    ----------
    layout
        How they are read; None where no table holds what an event needs.
    header
        The names of the first table's columns.
    rows
        The first rows below them.
    found
        The columns that are read, by field.
    events
        The first events.
    tried, left_out, faults
        Of how many rows of the first table no event came, of those tried, and how many for each reason.
    codes
        What stands in the column of the type, the commonest first, each with the type that its words tell, if any.
    problems
        What is said of the files, and of the first rows left out.
    """

    layout: Layout | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    found: Mapping[str, str]
    events: tuple[LayerEvent, ...]
    tried: int
    left_out: int
    faults: Mapping[str, int]
    codes: tuple[tuple[str, str | None], ...]
    problems: tuple[Problem, ...]


def preview(paths: Sequence[Path], *, layout: Layout | None = None) -> Preview:
    """Look at files of one kind of data; nothing is stored.

    Parameters
    ----------
    paths, layout
        As of `geo.layers.adding.add`.

    Raises
    ------
    UnreadableError
        If none of them is a table, or the first breaks off in its first rows.
    """
    problems: list[Problem] = []
    held, _ = mains.of(paths, layout, problems.append)
    main = held[0] if held else None
    # Without what an event needs, what is there of it is shown all the same.
    shown = main or _unread(_first(paths, layout, problems), layout)
    rows = [row for _, row in itertools.islice(shown.rows(), _ROWS)]
    events, tried, faults = _tried(main, problems) if main else ((), 0, Counter())
    return Preview(
        layout=main.layout if main else layout,
        header=tuple(shown.header),
        rows=tuple(tuple(row) for row in rows),
        found=_found(shown),
        events=events,
        tried=tried,
        left_out=sum(faults.values()),
        faults=dict(faults.most_common()),
        codes=_codes(shown),
        problems=tuple(problems),
    )


def _unread(table: Table, layout: Layout | None) -> Main:
    return Main(table, layout or layouts.any_table(), table.first, (), 1, None)


def _first(paths: Sequence[Path], layout: Layout | None, problems: Sequence[Problem]) -> Table:
    for path in paths:
        for table in tables(path, layout):
            if isinstance(table, Table) and table.first and not companions.is_one(table):
                return table
    raise UnreadableError(problems[0] if problems else Problem("", "there is no file to look at"))


def _tried(main: Main, problems: list[Problem]) -> tuple[tuple[LayerEvent, ...], int, Counter[str]]:
    cells, faults, events, tried = main.cells(), Counter[str](), list[LayerEvent](), 0
    for line, row in itertools.islice(main.rows(), TRIED):
        if not any(cell.strip() for cell in row):
            continue
        tried += 1
        try:
            event = cells.event(line, row)
        except RowError as error:
            faults[error.what] += 1
            if faults.total() <= _ROWS:
                problems.append(Problem(f"{main.table.where}:{line}", str(error)))
            continue
        if len(events) < _EVENTS:
            events.append(event)
    return tuple(events), tried, faults


def _found(main: Main) -> dict[str, str]:
    """Give the column that each field is read from first, as its header writes it."""
    at = positions(main.header, main.tags)
    names = {place: name.strip() for place, name in enumerate(main.header)}
    found = {}
    for name, field in main.layout.fields.items():
        places = [at[column] for column in (*field.columns, *(one for one, _ in field.flags)) if column in at]
        if places:
            found[name] = names[places[0]]
    for name, geometry in zip(("lat", "lon"), GEOMETRY, strict=True):
        if name not in found and geometry in at:
            found[name] = geometry
    return found


def _codes(main: Main) -> tuple[tuple[str, str | None], ...]:
    at = positions(main.header, main.tags)
    place = next((at[column] for column in main.layout.fields["type"].columns if column in at), None)
    if place is None:
        return ()
    counted = Counter(
        row[place].strip()[:_LONGEST_CODE] for _, row in itertools.islice(main.rows(), _COUNTED) if place < len(row)
    )
    return tuple((code, type_of(code)) for code, _ in counted.most_common(MOST_CODES) if code)
