"""Score what is read out of articles against what people marked in them, with 95 % intervals and errors by class.

What is scored follows from the corpus: place names for JSON Lines with "mentions", incidents for JSON Lines with
"incidents", the places of verbs for JSON Lines with "verb", events (strictly too: every shown pin and every event that
should be there) and time expressions for a folder of texts with a folder "gold" of JSON files, and whatever a YAML
suite asks for. The models that ship score too well on corpora that they were trained on: --out-of-fold trains and tests
apart.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.training import Evaluation, Scorecard, cross_validate, evaluate, evaluate_reading
from geo.training.verb_scores import evaluate_verbs

EXAMPLES = """\
  conflict-map evaluate corpus.jsonl
  conflict-map evaluate corpus-one.jsonl corpus-two.jsonl --out-of-fold
  conflict-map evaluate annotated-articles/ tests/suites/events_dev.yaml tests/suites/reports_dev.yaml"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS", help="a .jsonl or .yaml file, or a folder")
    parser.add_argument(
        "--out-of-fold", action="store_true", help="place names: train on the others, test on each; takes minutes"
    )
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    with Gazetteer.open(shared.settings(options).gazetteer) as gazetteer:
        if options.out_of_fold:
            found: list[Evaluation | Scorecard] = list(cross_validate(options.corpora, gazetteer))
        else:
            found = [card for path in options.corpora for card in _cards(path, gazetteer)]
    for one in found:
        print(one.report())
    return 0


def _cards(path: Path, gazetteer: Gazetteer) -> list[Evaluation | Scorecard]:
    if path.suffix == ".jsonl":
        asked = _asked(path)
        if "verb" in asked:
            return [evaluate_verbs(path, gazetteer)]
        if "incidents" not in asked:
            return [evaluate(path, gazetteer)]
    return list(evaluate_reading(path, gazetteer))


def _asked(path: Path) -> frozenset[str]:
    """Give the keys of a corpus' first line."""
    with path.open(encoding="utf-8") as lines:
        first = next(filter(str.strip, lines), "{}")
    try:
        return frozenset(json.loads(first))
    except (ValueError, TypeError):
        return frozenset()
