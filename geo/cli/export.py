"""Write the events of the store for other programs, or as one HTML file that shows the map offline.

With --link only the events of that view are written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.cli.output import STANDARD_OUTPUT, opened, print_json, say
from geo.export import encode, format_of, names
from geo.query import Query, select
from geo.query.origin import absent
from geo.store import Store
from geo.timemap import TimeMap
from geo.views import areas

EXAMPLES = """\
  conflict-map export geojson -o events.geojson
  conflict-map export csv -o january.csv --link 'from=2015-01-01&to=2015-01-31&types=battle'
  conflict-map export html -o map.html --link 'http://localhost:8501/?from=2015&to=2016'"""

_HTML = "html"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("format", choices=[*names(), _HTML])
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here; default: standard output")
    parser.add_argument("--link", default="", metavar="URL", help="a link of the map, or the part after its '?'")
    parser.add_argument("--data-set", metavar="NAME", help="only the events of this set")
    shared.add_quiet(parser)
    shared.add_json(parser)
    shared.add_store(parser)
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    kind = None if options.format == _HTML else format_of(options.format)
    to_file = options.output is not None and str(options.output) != STANDARD_OUTPUT
    if options.json and not to_file:
        raise shared.OptionsError("--json reports on standard output, where the events go. Name a file with -o")
    if not to_file and not (kind and kind.text) and sys.stdout.isatty():
        say(f"conflict-map export: {options.format} is no text for a terminal. Name a file with -o.")
        return 2
    settings = shared.settings(options)
    with Store(settings.store, read_only=True) as store:
        frame, query = _chosen(store, options.link, options.data_set)
    if options.format == _HTML:
        with Gazetteer.open(settings.gazetteer, places=settings.places) as gazetteer:
            made = _page(frame, query, gazetteer)
    else:
        made = encode(frame, options.format)
    with opened(options.output) as out:
        out.write(made)
    if options.json:
        print_json({"events": len(frame), "format": options.format, "file": str(options.output)})
    elif not options.quiet:
        say(f"{len(frame):,} events" + (f" in {options.output}" if to_file else "") + ".")
    return 0


def _chosen(store: Store, link: str, data_set: str | None) -> tuple[geopandas.GeoDataFrame, Query]:
    frame = store.events(data_set=data_set)
    if not link:
        return frame, Query()
    query, notes = Query.from_params(parse_qs(urlsplit(link).query if "?" in link else link))
    for note in notes + absent(query, frame):
        say(f"conflict-map export: in the link, {note}")
    chosen = select(frame, query, articles=store.matching(query.q) if query.q else None)
    # What has no date is in no window, but in a view of all time it is listed.
    windowed = query.start or query.end
    return frame[chosen.shown if windowed else chosen.filtered].reset_index(drop=True), query


def _page(frame: geopandas.GeoDataFrame, query: Query, gazetteer: Gazetteer) -> bytes:
    """Give the map as one HTML file that asks for nothing else."""
    state = {
        "from": query.start.isoformat() if query.start else None,
        "to": query.end.isoformat() if query.end else None,
        **{name: getattr(query, name) for name in ("axis", "mode", "lat", "lng", "z", "event")},
        **{name: list(getattr(query, name)) for name in ("types", "status", "tiers")},
    }
    given = {name: value for name, value in state.items() if value is not None}
    page = TimeMap(
        frame,
        areas=areas.outlines(frame, gazetteer),
        radii=areas.radii(frame, gazetteer),
        state=given,
        theme="dark" if query.theme == "dark" else "light",
    )
    return str(page.get_root().render()).encode()
