"""Say what the store holds: articles, events, sources, data sets, and the days they span."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from geo.cli import options as shared
from geo.cli.output import print_json
from geo.store import Store

EXAMPLES = """\
  conflict-map info
  conflict-map info --store my.sqlite --json"""

_MOST_SOURCES = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_store(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    with Store(shared.settings(options).store, read_only=True) as store:
        found = {
            "store": store.url,
            **asdict(store.counts()),
            **dict(zip(("first_day", "last_day"), store.span(), strict=True)),
            "data_sets": store.data_sets(),
            "sources": store.sources(),
            "unjoined": store.count_unjoined(),
        }
    if options.json:
        print_json(found)
    else:
        _tell(found)
    return 0


def in_short(store: Store) -> str:
    """Say in a few words how much a store holds."""
    counts = store.counts()
    return f"{counts.articles:,} articles, {counts.events:,} events, {len(store.corrections()):,} corrections"


def _tell(found: dict[str, Any]) -> None:
    print(found["store"])
    print(f"  articles     {found['articles']:,}")
    print(f"  events       {found['events']:,}: {found['located']:,} with a place, {found['dated']:,} with a date")
    if found["first_day"]:
        print(f"  days         {found['first_day']} to {found['last_day']}")
    print(f"  mentions     {found['mentions']:,}")
    print(f"  not plotted  {found['not_plotted']:,}")
    if found["unjoined"]:
        print(f"  to be joined {found['unjoined']:,} articles; the next ingest, or the dashboard, does it")
    for heading in ("data_sets", "sources"):
        named = list(found[heading].items())
        for number, (name, count) in enumerate(named[:_MOST_SOURCES]):
            label = heading.replace("_", " ") if not number else ""
            print(f"  {label:<11}  {name} ({count:,} articles)")
        if len(named) > _MOST_SOURCES:
            print(f"               … and {len(named) - _MOST_SOURCES:,} more")
