"""``python -m gazetteer build | search | info``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from gazetteer import build
from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer", description="Names to places, offline.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="build the gazetteer")
    search = commands.add_parser("search", help="look a name up")
    search.add_argument("name")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            path = build.ensure()
            print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")
            return 0
        with Gazetteer.open() as gazetteer:
            for one in gazetteer.by_name(options.name):
                place = one.place
                print(
                    place.id, place.name, place.kind, place.country_code, place.admin1, place.lat, place.lon, sep="\t"
                )
    except GazetteerError as error:
        print(f"gazetteer: {error}", file=sys.stderr)
        return 1
    return 0
