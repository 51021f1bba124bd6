"""Train the models on annotated text, in place of those that ship.

`places` fits the recognition and the resolution of place names to corpora in JSON Lines: {"id", "text", "source"?,
"mentions": [{"start", "end", "lat", "lon"}]}. It needs scikit-learn (requirements-dev.txt).

`events` teaches the reader of events from the passages in data/reading, and from what else is given: news with gold
annotation (a folder of ID.txt, one of ID.json), and verbs tied to places (JSON Lines). It needs requirements-train.txt,
takes the better part of an hour on two cores, shows its progress, and with --keep goes on where it was stopped.

`further` teaches the reader that ships further, and keeps what it knows of all the rest: from annotated articles
(folders of NAME.txt with gold/NAME.json), and from the --articles that data/reading annotates for it by offsets
(local_news.jsonl, world_news.jsonl). It needs requirements-train.txt and takes the better part of an hour on two cores.

`decision` fits which proposed events are told, by each itself and by what its whole article says: to the strangers'
articles, the own passages, and the articles that data/reading annotates for it by offsets, of wars and of quiet towns.
None of the articles has taught the reader. It needs scikit-learn and takes some minutes.

`standing` learns near which of the places that a text names a name stands that no place bears: known names of the
passages in data/reading are hidden in turn, and names that no place bears are taken from annotated articles. It needs
scikit-learn and takes some minutes.

`nouns` learns which of the places named before it a noun such as "the city" stands for, from nouns annotated in
data/reading/nouns.tsv.

`incidents` learns when two reports tell of the same event, from groups of reports (YAML: each with "reports" and
"same"). It needs scikit-learn, and the models of places and events, with which it reads the reports.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.cli.output import say
from geo.training import train, train_decision, train_incidents, train_nouns, train_standing

EXAMPLES = """\
  conflict-map train places corpus-one.jsonl corpus-two.jsonl
  conflict-map train places corpus.jsonl --directory models/
  conflict-map train standing
  conflict-map train nouns
  conflict-map train events
  conflict-map train events --news articles/ --gold gold/ --published dates.json --verbs verbs.jsonl --keep kept/
  conflict-map train further --verbs verbs.jsonl --articles corpus.jsonl --keep kept/
  conflict-map train decision news.jsonl local-news.jsonl --verbs verbs.jsonl
  conflict-map train incidents tests/suites/reports_dev.yaml"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    kinds = "places|standing|nouns|events|further|decision|incidents"
    parts = parser.add_subparsers(dest="what", required=True, metavar=kinds)
    places = parts.add_parser("places", help="recognition and resolution of place names")
    places.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    standing = parts.add_parser("standing", help="near what an unknown name stands")
    standing.add_argument("passages", nargs="*", type=Path, metavar="PASSAGES.txt")
    standing.add_argument(
        "--articles", type=Path, metavar="DIR", help="NAME.txt with gold/NAME.json; default: the strangers' articles"
    )
    nouns = parts.add_parser("nouns", help="which of the places named before it a noun stands for")
    events = parts.add_parser("events", help="the reader of events")
    events.add_argument("--news", type=Path, metavar="DIR", help="annotated articles, ID.txt")
    events.add_argument("--gold", type=Path, metavar="DIR", help="their annotation, ID.json; default: as --news")
    events.add_argument("--published", type=Path, metavar="FILE", help="their days of publication by id, JSON")
    events.add_argument("--folds", type=Path, metavar="FILE", help="lists of ids, JSON; default: dealt out by story")
    further = parts.add_parser("further", help="the reader of events that ships, from articles annotated since")
    further.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="default: the strangers' articles")
    for one in (events, further):
        one.add_argument("--verbs", type=Path, metavar="FILE", help="verbs tied to places, JSON Lines")
        one.add_argument(
            "--articles",
            type=Path,
            nargs="+",
            default=[],
            metavar="FILE",
            help="articles of other corpora that data/reading annotates, JSON Lines",
        )
        one.add_argument("--keep", type=Path, metavar="DIR", help="keep every stage here, and go on from what is there")
    decision = parts.add_parser("decision", help="which proposed events are told")
    decision.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    decision.add_argument("--verbs", type=Path, metavar="FILE", help="verbs tied to places, JSON Lines")
    incidents = parts.add_parser("incidents", help="which reports tell of the same event")
    incidents.add_argument("suites", nargs="+", type=Path, metavar="REPORTS.yaml")
    for one in (places, standing, nouns, events, further, decision, incidents):
        one.add_argument("--directory", type=Path, help="where the models go; default: where the program looks")
        shared.add_gazetteer(one)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    place = {"directory": options.directory} if options.directory else {}
    with shared.gazetteer(options) as gazetteer:
        if options.what == "places":
            made: tuple[Path, ...] = train(options.corpora, gazetteer, **place)
        elif options.what == "standing":
            made = (train_standing(gazetteer, passages=options.passages, articles=options.articles, **place),)
        elif options.what == "nouns":
            made = (train_nouns(gazetteer, **place),)
        elif options.what == "incidents":
            made = (train_incidents(options.suites, gazetteer, **place),)
        elif options.what == "decision":
            made = train_decision(options.corpora, gazetteer, verbs=options.verbs, say=say, **place)
        elif options.what == "further":
            made = _further(options, gazetteer)
        else:
            made = _events(options, gazetteer)
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _events(options: argparse.Namespace, gazetteer: Gazetteer) -> tuple[Path, ...]:
    from geo.training.reader import course, stories  # noqa: PLC0415  (torch only where it is needed)

    published = json.loads(options.published.read_text(encoding="utf-8")) if options.published else {}
    gold = options.gold or options.news
    material = course.material(
        gazetteer,
        news=options.news,
        gold=gold,
        published=published,
        verbs=options.verbs,
        corpora=options.articles,
    )
    for name, what in (("--news", options.news), ("--verbs", options.verbs)):
        if what is None:
            say(f"{name} was not given: the reader learns without it.")
    plan = course.Plan(verbs=int(options.verbs is not None))
    documents = list(material.gold.values())
    folds = json.loads(options.folds.read_text(encoding="utf-8")) if options.folds else []
    folds = folds or (stories.folds(documents, plan.folds) if documents else [])
    place = {"directory": options.directory} if options.directory else {}
    return course.run(material, folds, plan=plan, keep=options.keep, say=say, **place).files


def _further(options: argparse.Namespace, gazetteer: Gazetteer) -> tuple[Path, ...]:
    from geo.training import offsets  # noqa: PLC0415  (as above)
    from geo.training.gold import STRANGERS  # noqa: PLC0415  (as above)
    from geo.training.reader import course, further  # noqa: PLC0415  (as above)

    given = [one for path in offsets.LEARNED for one in offsets.lessons(options.articles, path, gazetteer)]
    given += further.lessons(options.folders or [STRANGERS], gazetteer)
    material = course.material(gazetteer, verbs=options.verbs, corpora=options.articles)
    if options.verbs is None:
        say("--verbs was not given: the reader keeps what it knows without it.")
    place = {"directory": options.directory} if options.directory else {}
    return further.run(material, given, keep=options.keep, say=say, **place)
