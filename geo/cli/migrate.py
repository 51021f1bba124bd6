"""Bring a store that an earlier version made up to date; a copy of it as it was is kept beside it first.

Whatever writes to a store does the same on its own; this command is for stores that are only read.
"""

from __future__ import annotations

import argparse

from geo.cli import options as shared
from geo.store import Store

EXAMPLES = """\
  conflict-map migrate
  conflict-map migrate --store my.sqlite"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = shared.settings(options)
    shared.refuse_read_only(settings)
    with Store(settings.store) as store:
        print(f"{store.url} is up to date.")
    return 0
