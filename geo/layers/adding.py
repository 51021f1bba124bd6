"""Files of event data into a layer of the store, with progress and a true report."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo import layouts
from geo.ingest import Problem
from geo.ingest.problem import UnreadableError
from geo.layers import companions, mains
from geo.layers.cells import Cells, RowError
from geo.layers.mains import Main
from geo.layouts import Layout
from geo.model import Layer, LayerEvent
from geo.store import layers
from geo.store.connection import Connected

_PIECE = 5_000
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
        As the user gives them; empty for what the layout says. They do not change whether rows may be passed on.
    progress
        Is called now and then with the report so far.
    """
    began = time.monotonic()
    report = Report()
    if layout is None:
        for fault in layouts.faults():
            report.note("layers", fault)
    found, beside = mains.of(paths, layout, report.problems.append)
    if found:
        # One table whose rows must not be passed on binds the layer.
        chosen = next((one.layout for one in found if one.layout.restricted), found[0].layout)
        more = companions.read(beside, chosen, report.note)
        about = Layer(
            number=0,
            name=name or (Path(found[0].table.name).stem if chosen.kind == "table" else chosen.title),
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
        events = _events(found, more, report)
        first = next(events, None)
        if first is not None:
            pieces = _pieces(itertools.chain([first], events), report, progress)
            report.layer = layers.add(store, about, pieces)
    report.seconds = time.monotonic() - began
    return report


def _events(found: Sequence[Main], more: companions.More, report: Report) -> Iterator[LayerEvent]:
    seen: dict[str, tuple[str, int]] = {}
    used: set[str] = set()
    for main in found:
        where = main.table.where
        cells = main.cells(more.texts)
        try:
            for line, row in main.rows():
                report.read += 1
                event = _event(cells, line, row, where, report)
                if event is None:
                    continue
                # Known data give each event one number; other tables may mean anything by theirs.
                if main.layout.kind != "table" and event.id in seen:
                    what = "an event of this number stands there already"
                    report.leave_out(f"{where}:{line}", what, f"{what} ({seen[event.id][0]}:{seen[event.id][1]})")
                    continue
                if main.layout.kind != "table":
                    seen[event.id] = main.table.name, line
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
