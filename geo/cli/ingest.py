"""Read articles into the store that the map shows.

What is stored already is left as it is, so the same command can be given again at any time: after adding files, or to
go on where Ctrl-C broke it off.
"""

from __future__ import annotations

import argparse

from geo.cli import options as shared
from geo.cli.console import Progress, as_json, tell_report
from geo.cli.output import print_json, say
from geo.pipeline import ingest, own_places
from geo.settings import STORE_VARIABLE
from geo.store import DATA_SET, Store

EXAMPLES = f"""\
  conflict-map ingest news/
  conflict-map ingest reports.csv --text-column body --data-set reports
  conflict-map ingest saved/*.html --published 2023-02-15 --store my.sqlite
  conflict-map ingest corpus.jsonl.gz --scheduler tcp://10.0.0.5:8786
  {STORE_VARIABLE}=my.sqlite conflict-map run"""

_INTERRUPTED = 130


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_inputs(parser)
    parser.add_argument(
        "--data-set", default=DATA_SET, metavar="NAME", help="the set they belong to, removable as a whole; %(default)s"
    )
    shared.add_store(parser)
    shared.add_gazetteer(parser)
    shared.add_jobs(parser)
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="in place of --jobs: the workers of this Dask cluster read (tcp://host:8786, tls://...), which have the "
        "same program and gazetteer; needs the extra 'cluster'",
    )
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.jobs and options.scheduler:
        raise shared.OptionsError("--jobs is for this machine, --scheduler for a cluster. Give one of them")
    settings = shared.settings(options)
    given = shared.given(options)
    with (
        Store(settings.store, create=True, read_only=settings.read_only, session="ingest", keep=settings.kept) as store,
        own_places.laid_over(settings) as gazetteer,
    ):
        if (waiting := store.count_unjoined()) and not options.quiet:
            say(f"Reports of {waiting:,} articles were left unjoined; that is done at the end.")
        with Progress("Reading", quiet=options.quiet) as progress:
            report = ingest(
                given, store, gazetteer, data_set=options.data_set, jobs=options.jobs, scheduler=options.scheduler,
                progress=progress.report, tell=None if options.quiet else progress.tell,
            )  # fmt: skip
        if not report.interrupted:
            store.keep_tables()
        if options.json:
            print_json(as_json(report) | {"store": store.url, "data_set": options.data_set})
        elif report.skipped or not options.quiet:
            tell_report(report)
            if report.articles:
                print(f"Stored in {store.url}, data set '{options.data_set}'.")
            else:
                print("Nothing was stored: no article could be read from what was given.")
    if report.interrupted:
        say("Interrupted. What is counted above is stored; the same command goes on from there.")
        return _INTERRUPTED
    return int(not report.articles or (options.strict and bool(report.skipped)))
