"""Which tables of the files given hold events and which tell more of them, and how each is read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo import layouts
from geo.ingest import Problem, day_forms
from geo.ingest.day_forms import Order
from geo.layers import companions
from geo.layers.cells import Cells
from geo.layers.columns import positions
from geo.layers.features import GEOMETRY, Row
from geo.layers.tables import Table, tables
from geo.layouts import Layout

Tell = Callable[[Problem], None]

_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Main:
    """A table of events, with how it is read."""

    table: Table
    layout: Layout
    header: Sequence[str]
    tags: Sequence[str]
    skip: int
    order: Order | None

    def rows(self) -> Iterator[Row]:
        """Give the rows below the header, each with its line."""
        return itertools.islice(self.table.rows(), self.skip, None)

    def cells(self, more: Mapping[str, Mapping[str, str]] | None = None) -> Cells:
        """Give what reads its rows; `more` as of `geo.layers.cells.Cells`."""
        stem = Path(self.table.name).stem
        return Cells(self.layout, self.header, self.tags, stem=stem, order=self.order, more=more)


def of(paths: Sequence[Path], layout: Layout | None, tell: Tell) -> tuple[list[Main], list[Table]]:
    """Give the tables of events and the tables beside them; what can be neither is told."""
    mains: list[Main] = []
    beside: list[Table] = []
    for path in paths:
        for table in tables(path, layout):
            if isinstance(table, Problem):
                tell(table)
            elif not table.first:
                tell(Problem(table.where, "the table is empty"))
            elif layout is None and companions.is_one(table):
                beside.append(table)
            elif (main := _main(table, layout, tell)) is None:
                continue
            elif mains and main.layout.kind != mains[0].layout.kind:
                what = f"this is {main.layout.title}, the first file {mains[0].layout.title}"
                tell(Problem(table.where, what, "Make a layer of each"))
            else:
                mains.append(main)
    if beside and not mains:
        what = "it tells of events by their numbers only"
        advice = "Give the file of the events with it, in the same command"
        for table in beside:
            tell(Problem(table.where, what, advice))
    return mains, beside


def _main(table: Table, layout: Layout | None, tell: Tell) -> Main | None:
    known = layouts.known(table.first)
    chosen = _as_terms_ask(layout, known) if layout else known or layouts.any_table()
    columns = chosen.columns
    headless = (
        bool(columns.header) and not columns.has(table.first) and (not columns.shape or columns.fits(table.first))
    )
    header = columns.header if headless else table.first
    second = [] if headless else next((row for _, row in itertools.islice(table.rows(), 1, None)), [])
    tags = second if _are_tags(second) else []
    at = positions(header, tags)
    for name, geometry in (("date_start", ""), ("lat", GEOMETRY[0]), ("lon", GEOMETRY[1])):
        given = chosen.fields[name]
        if given.value is None and geometry not in at and not any(column in at for column in given.columns):
            found = ", ".join(repr(cell.strip()[:40]) for cell in table.first[:12])
            words = {"date_start": "day", "lat": "latitude", "lon": "longitude"}
            what = f"no column for the {words[name]} of an event; found {found}"
            advice = "Say which it is in a file for --map (docs/layers.md)"
            tell(Problem(table.where, what, advice, about="columns"))
            return None
    skip = 0 if headless else 2 if tags else 1
    return Main(table, chosen, header, tags, skip, _order(table, chosen, at, skip, tell))


def _as_terms_ask(layout: Layout, known: Layout | None) -> Layout:
    """Keep the terms of known data whose rows must not be passed on, whatever mapping they are read with."""
    if known is None or not known.restricted:
        return layout
    return replace(layout, restricted=True, licence=known.licence, citation=known.citation)


def _are_tags(row: Sequence[str]) -> bool:
    """Tell whether a row holds HXL tags, which name the columns a second time."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _order(table: Table, layout: Layout, at: Mapping[str, int], skip: int, tell: Tell) -> Order | None:
    """Learn whether a table's dates begin with the day or the month, from the whole column where that is needed."""
    if layout.date_order:
        return "day" if layout.date_order == "day" else "month"
    place = next((at[column] for column in layout.fields["date_start"].columns if column in at), None)
    if place is None:
        return None

    def days() -> Iterator[str]:
        return (row[place] for _, row in itertools.islice(table.rows(), skip, None) if place < len(row))

    if not any(day_forms.is_ambiguous(text) for text in itertools.islice(days(), _SAMPLE)):
        return None
    order, shown, _ = day_forms.learn(days())
    if order is None:
        why = f"it shows both orders, {shown}" if shown else "none of its dates shows the order"
        what = f"whether dates such as 02/03 begin with the day or the month cannot be told ({why})"
        tell(Problem(table.where, what, "Write date_order: day, or month, into a file for --map", "note", "columns"))
    else:
        what = f"dates such as 02/03 were read with the {order} first, as '{shown}' shows"
        tell(Problem(table.where, what, severity="note"))
    return order
