"""Score place names on annotated corpora: recognition, resolution, both together.

The models that ship score too well on corpora that they were trained on: --out-of-fold trains and tests apart.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.training import cross_validate, evaluate

EXAMPLES = """\
  python -m geo evaluate corpus.jsonl
  python -m geo evaluate corpus-one.jsonl corpus-two.jsonl --out-of-fold"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument("--out-of-fold", action="store_true", help="train on the others, test on each; takes minutes")
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    with Gazetteer.open(shared.settings(options).gazetteer) as gazetteer:
        if options.out_of_fold:
            found = list(cross_validate(options.corpora, gazetteer))
        else:
            found = [evaluate(path, gazetteer) for path in options.corpora]
    for one in found:
        print(one.report())
    return 0
