"""Event data of others, brought to the page: looked at, mapped where nobody knows their columns, made a layer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from geo import layouts
from geo.ingest import Problem
from geo.ingest.problem import UnreadableError
from geo.layers import adding
from geo.layers.adding import Report
from geo.layers.preview import Preview, preview
from geo.layouts import Layout, LayoutError
from geo.layouts.layout import FIELDS
from geo.model import LayerEvent
from geo.page import intake, stopping
from geo.page.library import Library
from geo.query.link import printable
from geo.views import wording

LONGEST_NAME = 80
COMMAND = "conflict-map layer add FILE"
# Of a mapping's keys those that a form has; the others are for the layouts of known data.
_KEYS = (*FIELDS, "title", "licence", "citation", "restricted", "date_order", "separator")
_NAMED = "the columns named here"
_LONGEST_FILE_NAME = 120
_MOST_COLUMNS, _LONGEST_CELL, _LONGEST_NOTE = 60, 60, 240  # shown of a table
_MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """Files of one kind of event data.

    Attributes
    ----------
    files
        Name and bytes of each.
    name
        What the layer is to be called; empty for what such data are called.
    layout
        What their columns hold; None for known data and usual names.
    yaml
        The same as the file for ``--map``; empty where there is none.
    """

    files: Sequence[tuple[str, bytes]]
    name: str = ""
    layout: Layout | None = None
    yaml: str = ""


def given(files: Sequence[tuple[str, bytes]], field: Callable[[str], str]) -> Brought:
    """Read a form: its files, ``name``, and ``map``, which is a mapping as a file for ``--map`` holds it.

    Raises
    ------
    ValueError
        If there is no file, or the mapping makes no sense; the message says why.
    """
    if not files:
        raise ValueError("There is no file to look at.")
    name = printable(field("name")).strip()[:LONGEST_NAME]
    written = field("map").strip()
    if not written:
        return Brought(files, name)
    raw = written.encode("utf-8", "replace")
    keys = layouts.load(raw, _NAMED)
    if unknown := [key for key in keys if key not in _KEYS]:
        raise LayoutError(f"{_NAMED}: {unknown[0]!r} is no key of a mapping on the page")
    return Brought(files, name, layouts.parse(raw, _NAMED), layouts.write(keys))


def look(asked: Brought | str, _: Library) -> Iterator[dict[str, Any]]:
    """Look at files, for which a place was taken, and read nothing into the store.

    `asked` may be what is wrong with the question.

    Yields
    ------
    dict
        Once: ``{"preview": {...}}`` or ``{"fault": "..."}``.
    """
    return intake.Held(_looked(asked))


def _looked(asked: Brought | str) -> Iterator[dict[str, Any]]:
    try:
        if isinstance(asked, str):
            yield {"fault": asked}
            return
        with _on_disk(asked.files) as (paths, shown):
            found = preview(paths, layout=asked.layout)
            yield {"preview": _preview(found, shown) | {"yaml": asked.yaml}}
    except UnreadableError as error:
        yield {"fault": _sentence(error.problem)}
    except OSError as error:
        yield {"fault": f"The files could not be kept for reading: {error.strerror or error}."}


def read(asked: Brought | str, shelf: Library) -> Iterator[dict[str, Any]]:
    """Make a layer of files, whose place was taken, in a thread of its own.

    Yields
    ------
    dict
        While it reads ``{"done": 5000, "total": 0, "events": 0}``; at the end ``{"report": {...}}`` with what stands in
        the layer, what was left out and why, or ``{"fault": "..."}``.
    """
    return intake.working(lambda tell: _add(asked, shelf, tell), shelf)


def _add(asked: Brought | str, shelf: Library, tell: intake.Tell) -> dict[str, Any]:
    if isinstance(asked, str):
        return {"fault": asked}

    def told(report: Report) -> None:
        if stopping.asked():
            raise KeyboardInterrupt  # the layer is whole or not there
        tell({"done": report.read, "total": 0, "events": 0})

    with _on_disk(asked.files) as (paths, shown):
        try:
            report = adding.add(paths, shelf.store, name=asked.name or None, layout=asked.layout, progress=told)
        except KeyboardInterrupt:
            return {"fault": "The dashboard was stopped while it read. Nothing of the layer is kept; add it again."}
        return {"report": _report(report, shown)}


@contextmanager
def _on_disk(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[list[Path], Callable[[str], str]]]:
    """Give the files as they lie in a folder of their own while they are read, and what shows their paths as names.

    What reads features takes paths only. A name leads nowhere: each file has a folder of its own, numbered by us.
    """
    with tempfile.TemporaryDirectory(prefix="conflict-map-") as folder:
        paths = []
        for number, (name, data) in enumerate(files):
            plain = printable(PurePath(name.replace("\\", "/")).name).strip(". ") or "table.csv"
            path = Path(folder, str(number), plain[-_LONGEST_FILE_NAME:])
            path.parent.mkdir()
            path.write_bytes(data)
            paths.append(path)

        def shown(text: str) -> str:
            for path in paths:
                text = text.replace(f"{path.parent}/", "")
            return text

        yield paths, shown


def _preview(found: Preview, shown: Callable[[str], str]) -> dict[str, Any]:
    layout = found.layout
    return {
        "known": bool(layout and layout.kind != "table"),
        "title": layout.title if layout else "",
        "licence": layout.licence if layout else "",
        "citation": layout.citation if layout else "",
        "restricted": bool(layout and layout.restricted),
        "header": [cell.strip() for cell in found.header[:_MOST_COLUMNS]],
        "rows": [[_cut(cell, _LONGEST_CELL) for cell in row[:_MOST_COLUMNS]] for row in found.rows],
        "found": dict(found.found),
        "events": [_event(one) for one in found.events],
        "tried": found.tried,
        "left_out": found.left_out,
        "faults": dict(found.faults),
        "codes": [{"code": code, "type": kind} for code, kind in found.codes],
        "problems": [f"{shown(one.where)}: {_sentence(one)}" for one in found.problems],
    }


def _event(event: LayerEvent) -> dict[str, str]:
    words = (event.sub_type, event.actor, event.target, event.note)
    return {
        "type": event.type,
        "place": event.place or f"{event.lat:.3f}, {event.lon:.3f}",
        "date": wording.interval(event.date_start, event.date_end),
        "text": _cut(" · ".join(word for word in words if word), _LONGEST_NOTE),
    }


def _report(report: Report, shown: Callable[[str], str]) -> dict[str, Any]:
    layer = report.layer
    told: dict[str, Any] = {
        "rows": report.read,
        "left_out": report.left_out,
        "faults": [{"what": what, "count": count} for what, count in report.faults.most_common()],
        "seconds": round(report.seconds, 1),
        "problems": [_problem(one, shown) for one in report.problems[:_MOST_PROBLEMS]],
        "more_problems": max(0, len(report.problems) - _MOST_PROBLEMS) + report.left_out - _told(report),
    }
    if layer:
        told |= {"name": layer.name, "events": layer.rows, "restricted": layer.restricted}
    return told


def _told(report: Report) -> int:
    """Give how many of the rows left out are told by their lines."""
    return min(report.left_out, adding.MOST_TOLD)


def _problem(problem: Problem, shown: Callable[[str], str]) -> Mapping[str, str]:
    about = {"severity": problem.severity, "about": problem.about}
    return {"where": shown(problem.where), "what": shown(problem.what), "advice": problem.advice} | about


def _sentence(problem: Problem) -> str:
    return f"{problem.what[:1].upper()}{problem.what[1:]}."


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest]} …"
