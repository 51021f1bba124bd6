"""Put a backup in the store's place; what was there is kept beside it.

A running dashboard notices it and shows what the store holds now.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.cli import options as shared
from geo.cli.info import in_short
from geo.store import Store, backups

EXAMPLES = """\
  conflict-map restore ~/backups/map-2026-11-29.sqlite
  conflict-map restore old.sqlite --store my.sqlite"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, metavar="BACKUP")
    shared.add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = shared.settings(options)
    shared.refuse_read_only(settings)
    done = backups.restore(options.file, settings.store)
    with Store(settings.store, read_only=True) as store:
        print(f"{store.url} is as it was in {options.file}: {in_short(store)}.")
    if done.before:
        print(f"What was there before is kept at {done.before}.")
    return 0
