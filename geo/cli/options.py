"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import codecs
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeVar, cast

from gazetteer import own
from gazetteer.index import Gazetteer
from geo.cli.output import STANDARD_INPUT, say
from geo.ingest import Columns, Dates, Given, Problem, TableForm, read, read_map, read_published, read_uploads
from geo.ingest.kinds import KINDS, READ
from geo.ingest.table_columns import OPTIONS
from geo.settings import GAZETTEER_VARIABLE, READ_ONLY_VARIABLE, STORE_VARIABLE, Settings
from geo.store import StoreReadOnly

_Value = TypeVar("_Value")
_PROBE = 64


class OptionsError(ValueError):
    """Options that make no sense together; the message says which."""


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add the files to read and how."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=f"{READ}; a folder with all of these in it; a pattern such as 'news/**/*.html'; '-' for standard input",
    )
    parser.add_argument(
        "--stdin-kind",
        choices=sorted(ending.removeprefix(".") for ending in KINDS),
        metavar="ENDING",
        help="what '-' is, as the ending of a file would say (txt, html, jsonl, csv ...); default: by how it begins",
    )
    parser.add_argument(
        "--published",
        type=explained(read_published),
        default=Dates(),
        metavar="DATE|FILE.json",
        help='publication date of all articles (2023-02-15), or a file of dates by id ({"003": "2023-02-15"}); '
        "counts before what the articles say",
    )
    columns = parser.add_argument_group(
        "columns",
        "what the columns of a table and the fields of JSON are called; usual names in six languages are known",
    )
    for field in fields(Columns):
        columns.add_argument(
            OPTIONS[field.name], dest=f"column_{field.name}", metavar="NAME", help=f"default: {field.default}"
        )
    columns.add_argument(
        "--map",
        type=explained(lambda name: read_map(Path(name))),
        default=(Columns(), TableForm()),
        metavar="FILE.yaml",
        help="the same in a file, with lines such as 'text: Texte', 'date_order: day', 'encoding: cp1252'",
    )


def columns(options: argparse.Namespace) -> Columns:
    """Give the names of the columns: as options give them, else as ``--map`` does."""
    mapped: Columns = options.map[0]
    given = {field.name: getattr(options, f"column_{field.name}") for field in fields(Columns)}
    return replace(mapped, **{name: value for name, value in given.items() if value is not None})


def form(options: argparse.Namespace) -> TableForm:
    """Give how tables are written, as far as ``--map`` says it."""
    given: TableForm = options.map[1]
    return given


def given(options: argparse.Namespace) -> Iterator[Given]:
    """Read the inputs of the command line; ``-`` is standard input, of the kind that its first bytes tell.

    Raises
    ------
    OptionsError
        If ``-`` is not the only input.
    """
    how = {"dates": options.published, "columns": columns(options), "form": form(options)}
    if STANDARD_INPUT not in options.inputs:
        return read(options.inputs, **how)
    if len(options.inputs) > 1:
        raise OptionsError("'-' (standard input) stands alone. Give files, or '-', not both")
    stream = standard_input()
    return read_uploads([(f"stdin.{options.stdin_kind or _kind(stream)}", stream)], **how)


@contextmanager
def on_disk(path: str, *, ending: str) -> Iterator[tuple[Path, Callable[[Problem], Problem]]]:
    """Give a file that can be read more than once, and what puts its right name into its problems."""
    if path != STANDARD_INPUT:
        yield Path(path), lambda problem: problem
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"stdin.{ending}"
        with file.open("wb") as copy:
            shutil.copyfileobj(standard_input(), copy)
        yield file, lambda problem: replace(problem, where=problem.where.replace(str(file), file.name))


def standard_input() -> io.BufferedReader:
    """Give standard input; a person at a terminal is told how to end it."""
    if sys.stdin.isatty():
        say("Reading from the terminal; end with Ctrl-D (Windows: Ctrl-Z, Enter).")
    return cast(io.BufferedReader, sys.stdin.buffer)


def _kind(stream: io.BufferedReader) -> str:
    """Tell JSON Lines, a JSON list, a web page and text apart by how they begin."""
    head = stream.peek(_PROBE).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return {b"{": "jsonl", b"[": "json", b"<": "html"}.get(head, "txt")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the number of processes and what concerns the terminal."""
    parser.add_argument(
        "--jobs", type=explained(_positive), metavar="N", help="processes that read; default: one for each core"
    )
    add_quiet(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything was skipped")


def add_quiet(parser: argparse.ArgumentParser) -> None:
    """Add silence: what a job that runs by itself wants."""
    parser.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="no progress, no remarks; what was skipped or failed is still told",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the report for other programs."""
    parser.add_argument("--json", action="store_true", help="report as one JSON object on standard output")


def add_gazetteer(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the gazetteer."""
    parser.add_argument(
        "--gazetteer",
        type=Path,
        metavar="FILE",
        help=f"a file made by `conflict-gazetteer build`; default: ${GAZETTEER_VARIABLE}, else the one built here",
    )
    parser.add_argument(
        "--places",
        type=Path,
        metavar="FILE",
        help="your own places, laid over the gazetteer: a CSV with name,lat,lon (and kind,country,aliases) or GeoJSON "
        f"points; default: ${own.VARIABLE}",
    )


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the store."""
    parser.add_argument(
        "--store",
        metavar="URL",
        help=f"a SQLite file or an SQLAlchemy URL; default: ${STORE_VARIABLE}, else store/conflict-map.sqlite here",
    )


def settings(options: argparse.Namespace) -> Settings:
    """Make the settings of this run."""
    return Settings.from_environment(
        store=getattr(options, "store", None),
        gazetteer=getattr(options, "gazetteer", None),
        places=getattr(options, "places", None),
        # Not given is not a no: the environment decides then.
        read_only=getattr(options, "read_only", False) or None,
    )


def refuse_read_only(settings: Settings) -> None:
    """Refuse to change the store's file where the settings forbid changes.

    Raises
    ------
    StoreReadOnly
        If they do.
    """
    if settings.read_only:
        raise StoreReadOnly(settings.store, f"{READ_ONLY_VARIABLE} is set")


def gazetteer(options: argparse.Namespace) -> Gazetteer:
    """Open the gazetteer of this run, with the user's own places laid over it."""
    chosen = settings(options)
    return Gazetteer.open(chosen.gazetteer, places=chosen.places)


def explained(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Let argparse show the message of a ValueError or OSError as it is."""

    def reader(text: str) -> _Value:
        try:
            return read(text)
        except (ValueError, OSError) as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return reader


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(f"expected a number from 1 up; got {text!r}")
    return int(text)
