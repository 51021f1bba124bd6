"""Read other people's event data beside the articles, list what there is, or take it out again.

A layer is never mixed with what was read from articles. ACLED, UCDP (GED and Candidate), VIINA 2.0 and GDELT 2.0 are
known by their columns, incident tables by the usual names; any other table by a mapping (docs/layers.md).
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo import layouts
from geo.cli import options as shared
from geo.cli.console import Progress, tell_problems
from geo.cli.output import print_json, say
from geo.layers import adding
from geo.layers.adding import Report
from geo.model import Layer
from geo.store import Store, layers
from geo.views import wording

EXAMPLES = """\
  conflict-map layer add acled.csv
  conflict-map layer add 20230314081500.export.CSV 20230314081500.mentions.CSV --name 'GDELT, 14 March'
  conflict-map layer add incidents.gpkg --map incidents.yaml --citation 'Ministry of Health, 2024'
  conflict-map layer list
  conflict-map layer remove ACLED"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="add | list | remove")
    add = parts.add_parser("add", help="read files into a layer, in place of one of the same name")
    add.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="tables (.csv, .tsv, .xlsx, .ods), also packed (.zip, .gz), .geojson, .gpkg or .parquet; all of one kind",
    )
    add.add_argument(
        "--map",
        type=shared.explained(lambda name: layouts.read(Path(name))),
        metavar="FILE.yaml",
        help="which column holds what, with lines such as 'lat: Latitude' (docs/layers.md)",
    )
    add.add_argument("--name", help="what the layer is called; default: what such data are called, or the file")
    add.add_argument("--licence", default="", metavar="TEXT", help="the terms of the data, shown with the layer")
    add.add_argument("--citation", default="", metavar="TEXT", help="how the data are cited, shown with the layer")
    listing = parts.add_parser("list", help="say which layers there are, with their terms")
    gone = parts.add_parser("remove", help="take a layer out")
    gone.add_argument("name", metavar="NAME", help="what the layer is called")
    for part in (add, listing, gone):
        shared.add_store(part)
        shared.add_json(part)
    shared.add_quiet(add)
    add.add_argument("--strict", action="store_true", help="exit with 1 if any row was left out")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = shared.settings(options)
    if options.part == "list":
        with Store(settings.store, read_only=True) as store:
            found = layers.listed(store)
        if options.json:
            print_json([_as_json(layer) for layer in found])
        else:
            _tell(found)
        return 0
    if options.part == "remove":
        with Store(settings.store, read_only=settings.read_only, session="layer") as store:
            gone = layers.remove(store, options.name)
        if options.json:
            print_json(_as_json(gone))
        else:
            print(f"Removed: {gone.name}, {wording.count(gone.rows, 'event')}.")
        return 0
    with (
        Store(settings.store, create=True, read_only=settings.read_only, session="layer") as store,
        Progress("Reading", quiet=options.quiet, unit="rows") as progress,
    ):
        report = adding.add(
            options.files,
            store,
            name=_named(options.name),
            layout=options.map,
            licence=options.licence,
            citation=options.citation,
            progress=lambda so_far: progress.to(so_far.read),
        )
    _report(report, options, store.url)
    return int(report.layer is None or (options.strict and report.left_out > 0))


def _named(name: str | None) -> str | None:
    """Give a name without what a terminal would obey; None where nothing is left of it."""
    shown = "".join(sign for sign in name or "" if sign.isprintable()).strip()[:80]
    return shown or None


def _report(report: Report, options: argparse.Namespace, url: str) -> None:
    if options.json:
        print_json(
            {
                "layer": _as_json(report.layer) if report.layer else None,
                "rows": report.read,
                "left_out": report.left_out,
                "faults": dict(report.faults.most_common()),
                "problems": [asdict(problem) for problem in report.problems],
                "seconds": round(report.seconds, 3),
                "store": url,
            }
        )
        return
    if options.quiet and report.layer and not report.problems:
        return
    layer = report.layer
    if layer:
        days = f", {layer.first_day} to {layer.last_day}" if layer.first_day else ""
        counts = f"{wording.count(layer.rows, 'event')} of {wording.count(report.read, 'row')}"
        print(f"Layer '{layer.name}' ({layer.title}): {counts}{days}.")
    else:
        say("Nothing was stored: no event could be read from what was given.")
    for what, count in report.faults.most_common():
        print(f"Left out, {wording.count(count, 'row')}: {what}.")
    tell_problems(report.problems, write=print)
    if layer:
        _tell_terms(layer)
        speed = report.read / report.seconds if report.seconds else 0.0
        print(f"{report.seconds:,.1f} s, {speed:,.0f} rows a second. Stored in {url}.")


def _tell(found: tuple[Layer, ...]) -> None:
    for layer in found:
        days = f", {layer.first_day} to {layer.last_day}" if layer.first_day else ""
        print(f"{layer.name}: {layer.title}, {wording.count(layer.rows, 'event')}{days}; from {', '.join(layer.files)}")
        _tell_terms(layer)
    print(f"{wording.count(len(found), 'layer')}.")


def _tell_terms(layer: Layer) -> None:
    for label, text in (("terms", layer.licence), ("cite as", layer.citation)):
        print(f"  {label}: {text or 'not said; give --licence and --citation'}")
    if layer.restricted:
        print("  Its rows stay out of exports, links and everything that is served to programs.")


def _as_json(layer: Layer) -> dict[str, Any]:
    days = {name: str(day) if day else None for name, day in (("first", layer.first_day), ("last", layer.last_day))}
    shown = asdict(layer)
    del shown["number"]
    return shown | {"files": list(layer.files), "first_day": days["first"], "last_day": days["last"]}
