"""Files of event data into a layer of the store, with progress and a true report."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo import layouts
from geo.ingest import Problem, day_forms
from geo.ingest.day_forms import Order
from geo.ingest.problem import UnreadableError
from geo.layers import companions
from geo.layers.cells import Cells, RowError, positions
from geo.layers.tables import GEOMETRY, Table, tables
from geo.layouts import Layout
from geo.model import Layer, LayerEvent
from geo.store import layers
from geo.store.connection import Connected

_PIECE = 5_000
_SAMPLE = 2_000
# So many faulty rows are told by their lines; the rest is counted.
MOST_TOLD = 1_000


@dataclass(slots=True)
class Report:
    """What came of reading a layer.

    Attributes
    ----------
    layer
        The layer as it is stored; None where nothing was.
    read
        Rows so far, those left out included.
    left_out
        Rows of which no event came.
    faults
        How many rows were left out for each reason.
    problems
        The first of the rows left out by their lines, files that could not be read, and notes.
    seconds
        How long it took.
    """

    layer: Layer | None = None
    read: int = 0
    left_out: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    def leave_out(self, where: str, what: str, shown: str) -> None:
        """Count a row of which no event came."""
        self.left_out += 1
        self.faults[what] += 1
        if self.left_out <= MOST_TOLD:
            self.problems.append(Problem(where, shown))

    def note(self, where: str, what: str, advice: str = "") -> None:
        """Say something of what was read."""
        self.problems.append(Problem(where, what, advice, "note"))


@dataclass(frozen=True, slots=True)
class _Main:
    """A table of events, with how it is read."""

    table: Table
    layout: Layout
    header: Sequence[str]
    tags: Sequence[str]
    skip: int
    order: Order | None


def add(
    paths: Sequence[Path],
    store: Connected,
    *,
    name: str | None = None,
    layout: Layout | None = None,
    licence: str = "",
    citation: str = "",
    progress: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Read files into one layer, in place of a layer of the same name.

    Parameters
    ----------
    paths
        Files of one kind of data, with their companions (GDELT's mentions, VIINA's labels) where there are any.
    name
        What the layer is called; None for what such data are called, or the file's own name.
    layout
        How the files are read; None to find it out from their columns.
    licence, citation
        As the user gives them; empty for what the layout says.
    progress
        Is called now and then with the report so far.
    """
    began = time.monotonic()
    report = Report()
    if layout is None:
        for fault in layouts.faults():
            report.note("layers", fault)
    mains, beside = _sorted(paths, layout, report)
    if mains:
        chosen = mains[0].layout
        more = companions.read(beside, chosen, report.note)
        about = Layer(
            number=0,
            name=name or (Path(mains[0].table.name).stem if chosen.kind == "table" else chosen.title),
            kind=chosen.kind,
            title=chosen.title,
            files=tuple(path.name for path in paths),
            licence=licence or chosen.licence,
            citation=citation or chosen.citation,
            restricted=chosen.restricted,
            added="",
            rows=0,
            first_day=None,
            last_day=None,
        )
        events = _events(mains, more, report)
        first = next(events, None)
        if first is not None:
            pieces = _pieces(itertools.chain([first], events), report, progress)
            report.layer = layers.add(store, about, pieces)
    report.seconds = time.monotonic() - began
    return report


def _sorted(paths: Sequence[Path], layout: Layout | None, report: Report) -> tuple[list[_Main], list[Table]]:
    """Give the tables of events and the tables beside them; what can be neither is told."""
    mains: list[_Main] = []
    beside: list[Table] = []
    for path in paths:
        for table in tables(path, layout):
            if isinstance(table, Problem):
                report.problems.append(table)
            elif not table.first:
                report.problems.append(Problem(table.where, "the table is empty"))
            elif layout is None and companions.is_one(table):
                beside.append(table)
            elif (main := _main(table, layout, report)) is None:
                continue
            elif mains and main.layout.kind != mains[0].layout.kind:
                what = f"this is {main.layout.title}, the first file {mains[0].layout.title}"
                report.problems.append(Problem(table.where, what, "Make a layer of each"))
            else:
                mains.append(main)
    if beside and not mains:
        what = "it tells of events by their numbers only"
        advice = "Give the file of the events with it, in the same command"
        report.problems.extend(Problem(table.where, what, advice) for table in beside)
    return mains, beside


def _main(table: Table, layout: Layout | None, report: Report) -> _Main | None:
    chosen = layout or layouts.known(table.first) or layouts.any_table()
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
            report.problems.append(Problem(table.where, what, advice))
            return None
    skip = 0 if headless else 2 if tags else 1
    return _Main(table, chosen, header, tags, skip, _order(table, chosen, at, skip, report))


def _are_tags(row: Sequence[str]) -> bool:
    """Tell whether a row holds HXL tags, which name the columns a second time."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _order(table: Table, layout: Layout, at: Mapping[str, int], skip: int, report: Report) -> Order | None:
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
        report.note(table.where, what, "Write date_order: day, or month, into a file for --map")
    else:
        report.note(table.where, f"dates such as 02/03 were read with the {order} first, as '{shown}' shows")
    return order


def _events(mains: Sequence[_Main], more: companions.More, report: Report) -> Iterator[LayerEvent]:
    seen: dict[str, str] = {}
    used: set[str] = set()
    for main in mains:
        where = main.table.where
        cells = Cells(
            main.layout, main.header, main.tags, stem=Path(main.table.name).stem, order=main.order, more=more.texts
        )
        try:
            for line, row in itertools.islice(main.table.rows(), main.skip, None):
                report.read += 1
                event = _event(cells, line, row, where, report)
                if event is None:
                    continue
                # Known data give each event one number; other tables may mean anything by theirs.
                if main.layout.kind != "table" and event.id in seen:
                    what = "an event of this number stands there already"
                    report.leave_out(f"{where}:{line}", what, f"{what} ({seen[event.id]})")
                    continue
                if main.layout.kind != "table":
                    seen[event.id] = f"{main.table.name}:{line}"
                if event.id in more.texts:
                    used.add(event.id)
                yield event
        except UnreadableError as error:
            report.problems.append(error.problem)
        for what, count in cells.remarks.most_common():
            report.note(where, f"{what} ({count:,} times)")
    if lost := len(more.texts) - len(used):
        report.note(more.where, f"{lost:,} events that it tells more of are not in the files given")


def _event(cells: Cells, line: int, row: Sequence[str], where: str, report: Report) -> LayerEvent | None:
    try:
        return cells.event(line, row)
    except RowError as error:
        if any(cell.strip() for cell in row):
            report.leave_out(f"{where}:{line}", error.what, str(error))
        else:
            report.read -= 1
        return None


def _pieces(
    events: Iterator[LayerEvent], report: Report, progress: Callable[[Report], None]
) -> Iterator[Sequence[LayerEvent]]:
    while piece := list(itertools.islice(events, _PIECE)):
        yield piece
        progress(report)
