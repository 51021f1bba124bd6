"""Read the demo articles into the store, for a first look.

Nothing is done where they are in it already, or where the store holds articles of your own.
"""

from __future__ import annotations

import argparse

from geo.cli import options as shared
from geo.cli.console import Progress, tell_report
from geo.cli.output import say
from geo.ingest import read
from geo.model import Article
from geo.pipeline import ingest, own_places, remove
from geo.settings import ARTICLES, Settings
from geo.store import Store

EXAMPLES = """\
  conflict-map demo && conflict-map run
  conflict-map demo --force"""

DATA_SET = "demo"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_store(parser)
    shared.add_gazetteer(parser)
    parser.add_argument("--force", action="store_true", help="also beside articles of your own")
    shared.add_quiet(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    return fill(shared.settings(options), force=options.force, quiet=options.quiet)


def fill(settings: Settings, *, force: bool = False, quiet: bool = False) -> int:
    """Bring the demo articles into the store, in their present state; give the exit code."""
    given = list(read([f"{ARTICLES}/*.txt"]))
    with Store(settings.store, create=True, read_only=settings.read_only, session="demo") as store:
        sets = store.data_sets()
        if sets and DATA_SET not in sets and not force:
            say(f"{store.url} holds articles of your own; the demo articles stay out (--force reads them in).")
            return 0
        with own_places.laid_over(settings) as gazetteer:
            total = sum(isinstance(item, Article) for item in given)
            with Progress("Reading the demo articles", total=total, quiet=quiet) as progress:
                report = ingest(given, store, gazetteer, data_set=DATA_SET, progress=progress.report)
        # Earlier versions of articles that were edited since.
        current = {item.digest for item in given if isinstance(item, Article)}
        outdated = sorted(set(store.pipelines(data_set=DATA_SET)) - current)
        if outdated and not report.interrupted:
            remove(store, DATA_SET, only=outdated)
        if report.skipped or (not quiet and (report.added or report.replaced or report.problems)):
            tell_report(report)
        elif not quiet:
            print(f"The {report.unchanged} demo articles are in {store.url}.")
    return 130 if report.interrupted else int(not report.articles)
