"""Write the events of the store for other programs, or as one HTML file that shows the map offline.

With --link only the events of that view are written; without it, all, of every status. A CSV file gets its metadata
beside it (CSV on the Web). Countries have no point in any format, regions and seas have a radius.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas

from gazetteer.index import Gazetteer
from geo import __version__
from geo.cli import options as shared
from geo.cli.gathering import Gathered, gather
from geo.cli.output import STANDARD_OUTPUT, opened, print_json, say
from geo.export import FORMATS, Rows, csvw, format_of, html, names, places, selection, write
from geo.pipeline import own_places
from geo.settings import CONTROL_VARIABLE
from geo.store import Store
from geo.store.spool import Spool
from geo.timemap import TimeMap, control
from geo.views import about as about_view
from geo.views import areas, listing, telling
from geo.views import story as story_views

EXAMPLES = """\
  conflict-map export geojson -o events.geojson
  conflict-map export csv -o january.csv --link 'from=2015-01-01&to=2015-01-31&types=battle'
  conflict-map export csv --excel -o events.csv
  conflict-map export geojson --outlines -o regions.geojson
  conflict-map export html -o map.html --link 'http://localhost:8501/?from=2015&to=2016'"""

_HTML = "html"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("format", choices=[*names(), _HTML])
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here; default: standard output")
    parser.add_argument("--link", metavar="URL", help="a link of the map, or the part after its '?'")
    parser.add_argument("--data-set", metavar="NAME", help="only the events of this set")
    parser.add_argument(
        "--excel", action="store_true", help="csv: begin with a byte order mark, so that Excel reads it as UTF-8"
    )
    parser.add_argument(
        "--outlines", action="store_true", help="draw a region as its outline instead of a point with a radius"
    )
    parser.add_argument(
        "--control",
        type=Path,
        metavar="FILE.GEOJSON",
        help=f"html: who holds what, and when, drawn under the events; default: ${CONTROL_VARIABLE}",
    )
    shared.add_quiet(parser)
    shared.add_json(parser)
    shared.add_store(parser)
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    kind = None if options.format == _HTML else format_of(options.format)
    to_file = options.output is not None and str(options.output) != STANDARD_OUTPUT
    _check(options, to_file=to_file)
    if not to_file and not (kind and kind.text) and sys.stdout.isatty():
        say(f"conflict-map export: {options.format} is no text for a terminal. Name a file with -o.")
        return 2
    settings = shared.settings(options)
    given = options.control or (settings.control if options.format == _HTML else None)
    held = control.published(given)  # before anything is read: its faults are told at once
    if options.control and held is None:
        say("conflict-map export: the control areas are restricted by their own file; the page holds none of them.")
    with (
        Store(settings.store, read_only=True) as store,
        own_places.laid_over(settings) as gazetteer,
        Spool() as events,
    ):
        try:
            found = gather(store, options.link, options.data_set, events, whole=options.format == _HTML)
        except selection.SelectionError as error:
            for problem in error.problems:
                say(f"conflict-map export: {problem}")
            return 2
        at = places(events)
        rows = Rows(
            events, areas=areas.outlines(at, gazetteer), radii=areas.radii(at, gazetteer), polygons=options.outlines
        )
        with opened(options.output) as out:
            if options.format == _HTML:
                out.write(_page(rows, found, gazetteer, held=held))
            else:
                write(rows, options.format, out, about=found.about, excel=options.excel)
        if options.format == "csv" and to_file:
            path = Path(f"{options.output}{csvw.ENDING}")
            with opened(path) as beside:
                beside.write(csvw.encode(rows, found.about, url=options.output.name))
    if options.json:
        print_json({"events": len(rows), "format": options.format, "file": str(options.output)})
    elif not options.quiet:
        say(f"{len(rows):,} events" + (f" in {options.output}" if to_file else "") + ".")
    return 0


def _check(options: argparse.Namespace, *, to_file: bool) -> None:
    """Refuse options that make no sense together before anything is read."""
    if options.json and not to_file:
        raise shared.OptionsError("--json reports on standard output, where the events go. Name a file with -o")
    if options.excel and options.format != "csv":
        raise shared.OptionsError(f"--excel is for csv; the format is {options.format}")
    if options.control and options.format != _HTML:
        raise shared.OptionsError(f"--control is for html; the format is {options.format}")
    able = [name for name, one in FORMATS.items() if one.polygons]
    if options.outlines and options.format not in able:
        raise shared.OptionsError(
            f"--outlines is for {', '.join(able)}; the format is {options.format} (gpkg and html have them anyway)"
        )


def _page(rows: Rows, found: Gathered, gazetteer: Gazetteer, *, held: control.Control | None) -> bytes:
    """Give the map as one HTML file that asks for nothing else; control areas where the view shows them."""
    query, story, frame = found.query, found.story, rows.events.whole()
    held = held if query.control == "on" else None
    state = {
        "from": query.start.isoformat() if query.start else None,
        "to": query.end.isoformat() if query.end else None,
        **{name: getattr(query, name) for name in ("axis", "mode", "lat", "lng", "z", "event")},
        **{name: list(getattr(query, name)) for name in ("types", "status", "tiers")},
    }
    given = {name: value for name, value in state.items() if value is not None}
    title = story.title if story and not query.title else telling.title(query, names=_namer(frame, gazetteer))
    page = TimeMap(
        frame,
        areas=rows.areas,
        radii=rows.radii,
        state=given,
        about=replace(found.about, title=title).to_dict(()),
        control=held,
        theme="dark" if query.theme == "dark" else "light",
    )
    told = html.Page(
        title=title,
        note="" if story else query.note,
        window="" if story else telling.window(query),
        licences=about_view.licences(held.credit if held else None),
        story=story_views.told(story) if story else None,
        program=f"conflict-map {__version__}",
    )
    return html.page(str(page.get_root().render()), frame, told)


def _namer(frame: geopandas.GeoDataFrame, gazetteer: Gazetteer) -> Callable[[str], str]:
    """Name countries by their codes, places as the events have them."""
    known = listing.place_names(frame)

    def name(place: str) -> str:
        country = gazetteer.country(place) if len(place) == 2 else None
        return country.name if country else known.get(place, place)

    return name
