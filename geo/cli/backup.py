"""Write a whole, checked copy of the store: articles, what was read out of them, corrections, the journal.

Others may read and write the store meanwhile; the copy is of one moment, and there only once it is complete. Never copy
the file of a store that is in use by other means.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.cli import options as shared
from geo.store import backups

EXAMPLES = """\
  conflict-map backup ~/backups/map-2026-11-29.sqlite
  conflict-map backup ~/backups/latest.sqlite --replace --store my.sqlite"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="take the place of a file that is there")
    shared.add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    store = shared.settings(options).store
    backups.backup(store, options.file, replace=options.replace)
    print(f"{options.file} is a whole copy of {store}, {options.file.stat().st_size / 1e6:,.1f} MB.")
    return 0
