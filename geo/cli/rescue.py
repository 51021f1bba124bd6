"""Save what can be read of a damaged store into a new one: corrections made by hand first, then the articles.

The damaged store is not changed. A backup, where there is one, is better: conflict-map restore BACKUP.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.cli import options as shared
from geo.store import rescue

EXAMPLES = """\
  conflict-map rescue saved.sqlite
  conflict-map rescue saved.sqlite --store damaged.sqlite && conflict-map restore saved.sqlite"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, metavar="NEW")
    shared.add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 where something could not be read."""
    saved = rescue.rescue(shared.settings(options).store, options.file)
    for table, found in saved.items():
        lost = f"; {found.unreadable:,} could not be read" if found.unreadable else ""
        print(f"  {table.replace('_', ' '):<17} {found.rows:,} rows{lost}")
    print(f"Saved in {options.file}. Put it in place with: conflict-map restore {options.file}")
    if any(found.unreadable for found in saved.values()):
        print("Read the same articles in again: what was lost of them is read anew.")
        return 1
    return 0
