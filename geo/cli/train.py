"""Train the recognition and resolution models on annotated corpora, in place of those that ship.

A corpus is JSON Lines: {"id", "text", "source"?, "mentions": [{"start", "end", "lat", "lon"}]}. Training needs
scikit-learn (requirements-dev.txt); running does not.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.training import train

EXAMPLES = """\
  python -m geo train corpus-one.jsonl corpus-two.jsonl
  python -m geo train corpus.jsonl --directory models/"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument("--directory", type=Path, help="where the models go; default: where the program looks")
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    place = {"directory": options.directory} if options.directory else {}
    with Gazetteer.open(shared.settings(options).gazetteer) as gazetteer:
        for path in train(options.corpora, gazetteer, **place):
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0
