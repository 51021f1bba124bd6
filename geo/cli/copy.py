"""Copy a whole store into another database: from a file to PostgreSQL with PostGIS, or back.

Articles, what was read out of them, corrections, layers, stories and the journal come along. The copy is a store of its
own, there only once it is complete; others may use both meanwhile.
"""

from __future__ import annotations

import argparse

from geo.cli import options as shared
from geo.cli.console import Progress
from geo.store import moving, opening

EXAMPLES = """\
  conflict-map copy store/conflict-map.sqlite postgresql://map@db.example/news
  conflict-map copy postgresql://map@db.example/news here.sqlite
  conflict-map copy my.sqlite postgresql://map@/news?host=/run/postgresql --replace"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    store = "a SQLite file or an SQLAlchemy URL; a password is better kept in PGPASSFILE or PGSERVICE than given here"
    parser.add_argument("source", metavar="SOURCE", help=store)
    parser.add_argument("target", metavar="TARGET", help="the same; a database with PostGIS, or where it can be added")
    parser.add_argument("--replace", action="store_true", help="take the place of the store that is there")
    shared.add_quiet(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    shared.refuse_read_only(shared.settings(options))
    with Progress("Copying", quiet=options.quiet, unit="rows") as progress:
        counted = moving.move(options.source, options.target, replace=options.replace, progress=progress.to)
    if not options.quiet:
        to = opening.address(options.target).render_as_string(hide_password=True)
        print(f"{counted['articles']:,} articles and {counted['events']:,} events are in {to}.")
    return 0
