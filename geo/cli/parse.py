"""Read articles and write one JSON record a line, in the order of the input; the store is not touched."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from gazetteer.index import Gazetteer
from geo import languages
from geo.cli import options as shared
from geo.cli.console import Progress, tell_problems
from geo.cli.output import opened, say
from geo.ingest import Problem
from geo.model import Article, Record
from geo.pipeline import explain, records

EXAMPLES = """\
  conflict-map parse news/*.txt > news.jsonl
  conflict-map parse news/ --published dates.json -o news.jsonl
  conflict-map parse events.csv --text-column body --date-column date -o events.jsonl --jobs 4
  conflict-map parse article.txt --explain"""

# JSON allows these line separators inside a string, but programs that cut a file into lines at them do not.
_SEPARATORS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_inputs(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here; default: standard output")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="instead: what each step of reading said of every event, in numbers",
    )
    shared.add_gazetteer(parser)
    shared.add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    given = shared.given(options)
    with shared.gazetteer(options) as gazetteer, opened(options.output) as out:
        if options.explain:
            written, problems = _explained(given, gazetteer, out)
        else:
            found = records(given, gazetteer, jobs=options.jobs)
            written, problems = write(found, out, quiet=options.quiet)
    return conclude(written, problems, strict=options.strict)


def _explained(given: Iterable[Article | Problem], gazetteer: Gazetteer, out: BinaryIO) -> tuple[int, list[Problem]]:
    written, problems = 0, []
    for item in given:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            out.write(f"{item.id}\n{explain(item, gazetteer)}\n\n".encode())
            written += 1
    return written, problems


def write(found: Iterable[Record | Problem], out: BinaryIO, *, quiet: bool) -> tuple[int, list[Problem]]:
    """Write records as they come; give how many they were, and the problems between them."""
    written, problems = 0, []
    set_aside: Counter[str] = Counter()
    with Progress("Reading", quiet=quiet) as progress:
        for item in found:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                out.write(line(item))
                written += 1
                if item.language and not languages.is_read(item.language):
                    set_aside[item.language] += 1
                progress.one()
    if set_aside:
        say(languages.set_aside(set_aside))
    return written, problems


def line(record: Record) -> bytes:
    """Give a record as one line of JSON in UTF-8."""
    text = json.dumps(record.to_dict(), ensure_ascii=False, allow_nan=False)
    return (text.translate(_SEPARATORS) + "\n").encode()


def conclude(written: int, problems: list[Problem], *, strict: bool) -> int:
    """Tell the problems; give the exit code."""
    tell_problems(problems)
    if not written:
        say("Nothing was read.")
    skipped = any(problem.severity == "skipped" for problem in problems)
    return int(not written or (strict and skipped))
