"""Resolve the mentions that a corpus already marks: records with "text" and "mentions": [{"start", "end"}]."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.cli import options as shared
from geo.cli.output import opened
from geo.cli.parse import conclude, write
from geo.ingest import Problem, corpus
from geo.model import Record
from geo.pipeline import resolve_spans

EXAMPLES = """\
  conflict-map resolve corpus.jsonl > resolved.jsonl
  conflict-map resolve corpus.jsonl -o resolved.jsonl --quiet"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "corpus",
        metavar="CORPUS.jsonl",
        help="one record a line, offsets in it; '-' for standard input",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here; default: standard output")
    shared.add_gazetteer(parser)
    shared.add_quiet(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything was skipped")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    with shared.gazetteer(options) as gazetteer, opened(options.output) as out:
        written, problems = write(_resolved(options.corpus, gazetteer), out, quiet=options.quiet)
    return conclude(written, problems, strict=options.strict)


def _resolved(path: str, gazetteer: Gazetteer) -> Iterator[Record | Problem]:
    with shared.on_disk(path, ending="jsonl") as (file, named):
        for item in corpus.read(file):
            yield named(item) if isinstance(item, Problem) else resolve_spans(*item, gazetteer)
