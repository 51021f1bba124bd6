"""``conflict-gazetteer`` (or ``python -m gazetteer``) ``build | search | info | missing``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gazetteer import build, cache, missing, own
from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer
from gazetteer.parser import Parser
from gazetteer.place import Candidate

PROGRAM = "conflict-gazetteer"
_EXAMPLES = """\
  conflict-gazetteer build
  conflict-gazetteer search Bakhmut --country UA
  conflict-map parse news/ | conflict-gazetteer missing > places.csv"""
_HEADINGS = ("id", "name", "kind", "country", "admin1", "lon", "lat", "population", "match", "prior")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status: 0, 1 for nothing found, 2 for what went wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["help"]:
        given = [*given[1:2], "--help"]
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:  # set by the shell code of `conflict-map completion`
        import argcomplete  # noqa: PLC0415  (no other run needs it)

        argcomplete.autocomplete(parser)
    options = parser.parse_args(given)
    try:
        status: int = options.run(options)
    except GazetteerError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{PROGRAM}: interrupted; the file from before is untouched", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=PROGRAM, description="Names to places, offline.", epilog=f"examples:\n{_EXAMPLES}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build_ = commands.add_parser("build", help="build the gazetteer, where it is absent or out of date")
    build_.add_argument("--geonames", type=Path, metavar="DIR", help="a folder with a downloaded GeoNames dump")
    build_.add_argument("--output", type=Path, metavar="FILE", help=f"where to; default {cache.default_path()}")
    build_.add_argument("--force", action="store_true", help="build even if nothing changed")
    build_.add_argument("-q", "--quiet", action="store_true", help="no progress, and no remark when it is done")
    build_.set_defaults(run=_build)

    search = commands.add_parser("search", help="look a name up")
    search.add_argument("name")
    search.add_argument("--format", choices=("table", "json", "geojson"), default="table")
    search.add_argument("--country", metavar="CODE", help="only there (ISO 3166-1 alpha-2, such as UA)")
    search.add_argument("--fuzzy", action="store_true", help="allow one or two typing errors")
    search.add_argument("--limit", type=int, default=10, metavar="N", help="the most results; default 10")
    search.add_argument("--gazetteer", type=Path, metavar="FILE", help="another file than the default")
    _add_places(search)
    search.set_defaults(run=_search)

    info = commands.add_parser("info", help="what the gazetteer holds, by kind and source")
    info.add_argument("--gazetteer", type=Path, metavar="FILE", help="another file than the default")
    info.add_argument("--json", action="store_true", help="as one JSON object")
    _add_places(info)
    info.set_defaults(run=_info)

    missing_ = commands.add_parser(
        "missing",
        help="the names that articles used and nothing resolved, as a table to fill in",
        description="Read what `conflict-map parse` wrote and print the names that no place bears, most frequent "
        "first: fill in lat and lon, delete the rest, and lay the file over the gazetteer with "
        f"{own.VARIABLE} or --places.",
    )
    missing_.add_argument("records", nargs="?", type=Path, metavar="RECORDS.jsonl", help="default or '-': stdin")
    missing_.set_defaults(run=_missing)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--places",
        type=Path,
        metavar="FILE",
        help=f"your own places, .csv (name,lat,lon,kind,country,aliases) or .geojson; default: ${own.VARIABLE}",
    )


def _missing(options: argparse.Namespace) -> int:
    if options.records is None or str(options.records) == "-":
        missing.write(missing.names(sys.stdin), sys.stdout)
        return 0
    try:
        with options.records.open(encoding="utf-8") as lines:
            missing.write(missing.names(lines), sys.stdout)
    except OSError as fault:
        print(f"{PROGRAM}: {fault}; give the file that `conflict-map parse` wrote", file=sys.stderr)
        return 2
    return 0


def _build(options: argparse.Namespace) -> int:
    path = build.ensure(
        options.output, geonames=options.geonames, force=options.force, keep_old=False, quiet=options.quiet
    )
    if not options.quiet:
        print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")
    return 0


def _search(options: argparse.Namespace) -> int:
    with Gazetteer.open(options.gazetteer, places=options.places) as gazetteer:
        look_up = gazetteer.fuzzy if options.fuzzy else gazetteer.by_name
        found = look_up(options.name)
    if options.country:
        found = tuple(one for one in found if one.place.country_code == options.country.upper())
    found = found[: max(options.limit, 0)]
    if options.format == "json":
        print(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
    elif options.format == "geojson":
        features = [
            {
                "type": "Feature",
                "id": one.place.id,
                "geometry": {"type": "Point", "coordinates": [one.place.lon, one.place.lat]},
                "properties": {key: value for key, value in _as_json(one).items() if key not in ("lon", "lat")},
            }
            for one in found
        ]
        print(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))
    elif found:
        _print_table([_cells(one) for one in found])
    if not found:
        print(f"{PROGRAM}: nothing found for {options.name!r}", file=sys.stderr)
        return 1
    return 0


def _as_json(one: Candidate) -> dict[str, Any]:
    return {**asdict(one.place), "match": one.match, "primary": one.primary, "prior": round(one.prior, 3)}


def _cells(one: Candidate) -> tuple[str, ...]:
    place = one.place
    return (
        place.id,
        place.name,
        place.kind,
        place.country_code or "",
        place.admin1 or "",
        f"{place.lon:.4f}",
        f"{place.lat:.4f}",
        f"{place.population:,}",
        one.match,
        f"{one.prior:.2f}",
    )


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    for row in (_HEADINGS, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _info(options: argparse.Namespace) -> int:
    with Gazetteer.open(options.gazetteer, places=options.places) as gazetteer:
        about = gazetteer.about()
    if options.json:
        print(json.dumps(asdict(about) | {"path": str(about.path)}, ensure_ascii=False, indent=1))
        return 0
    print(f"file       {about.path} ({about.path.stat().st_size / 1e6:.0f} MB, schema {about.schema_version})")
    print(f"built from {about.origin}: {about.versions}")
    print(f"names      {about.names:,}")
    print(f"outlines   {about.outlines:,}")
    for title, counts in (("kind", about.kinds), ("source", about.sources)):
        print(f"\nplaces by {title}")
        for name, count in counts.items():
            print(f"  {name:<18} {count:>10,}")
    print("\nlicences and credits")
    for credit in about.credits:
        print(f"  {credit}")
    return 0
