"""Score what is read out of articles against what people marked in them, with 95 % intervals and errors by class.

What is scored follows from the corpus: place names for JSON Lines with "mentions", incidents for JSON Lines with
"incidents", the places of verbs for JSON Lines with "verb", events (strictly too: every shown pin and every event that
should be there) and time expressions for a folder of texts with a folder "gold" of JSON files, and whatever a YAML
suite asks for. The models that ship score too well on corpora that they were trained on: --out-of-fold trains and tests
place names apart, and `train events` judges every article by a reader that had not learned its story.

Intervals are made by drawing stories anew. The strict errors of events are counted by the step of reading that went
wrong, with the part of the program to look into; --verbose shows the first of each. --ablations reads annotated events
again without each rule and each input of the decision, and prints what that changes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.training import (
    Ablations,
    Evaluation,
    Scorecard,
    cross_validate,
    evaluate,
    evaluate_reading,
    evaluate_rules,
)
from geo.training.verb_scores import evaluate_verbs

EXAMPLES = """\
  conflict-map evaluate corpus.jsonl
  conflict-map evaluate corpus-one.jsonl corpus-two.jsonl --out-of-fold
  conflict-map evaluate annotated-articles/ tests/suites/events_dev.yaml tests/suites/reports_dev.yaml
  conflict-map evaluate annotated-articles/ --verbose
  conflict-map evaluate annotated-articles/ --ablations"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS", help="a .jsonl or .yaml file, or a folder")
    parser.add_argument(
        "--out-of-fold", action="store_true", help="place names: train on the others, test on each; takes minutes"
    )
    parser.add_argument(
        "--ablations", action="store_true", help="events: what each rule and input is worth; reads everything again"
    )
    parser.add_argument("--verbose", action="store_true", help="with examples of the errors, and what each rule is for")
    shared.add_gazetteer(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    with shared.gazetteer(options) as gazetteer:
        if options.out_of_fold:
            found: list[Evaluation | Scorecard | Ablations] = list(cross_validate(options.corpora, gazetteer))
        elif options.ablations:
            found = [evaluate_rules(path, gazetteer) for path in options.corpora]
        else:
            found = [card for path in options.corpora for card in _cards(path, gazetteer)]
    for one in found:
        print(one.report() if isinstance(one, Evaluation) else one.report(verbose=options.verbose))
    return 0


def _cards(path: Path, gazetteer: Gazetteer) -> list[Evaluation | Scorecard | Ablations]:
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
