"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from geo.ingest import Columns, Dates, read_published
from geo.ingest.table import OPTIONS
from geo.settings import GAZETTEER_VARIABLE, STORE_VARIABLE, Settings

_Value = TypeVar("_Value")


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add the files to read and how."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="text (.txt, .md), web page (.html), .json, .jsonl, .csv, .tsv or feed (.xml, .rss, .atom); "
        "a folder with all of these in it; a pattern such as 'news/**/*.html'",
    )
    parser.add_argument(
        "--published",
        type=explained(read_published),
        default=Dates(),
        metavar="DATE|FILE.json",
        help='publication date of all articles (2023-02-15), or a file of dates by id ({"003": "2023-02-15"}); '
        "counts before what the articles say",
    )
    columns = parser.add_argument_group("columns", "what the columns of a CSV and the fields of JSON are called")
    for field in fields(Columns):
        columns.add_argument(
            OPTIONS[field.name], dest=f"column_{field.name}", default=field.default, metavar="NAME", help="%(default)s"
        )


def columns(options: argparse.Namespace) -> Columns:
    """Give the names of the columns."""
    return Columns(**{field.name: getattr(options, f"column_{field.name}") for field in fields(Columns)})


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the number of processes and what concerns the terminal."""
    parser.add_argument(
        "--jobs", type=explained(_positive), metavar="N", help="processes that read; default: one for each core"
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress bar")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything was skipped")


def add_gazetteer(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the gazetteer."""
    parser.add_argument(
        "--gazetteer",
        type=Path,
        metavar="FILE",
        help=f"a file made by `python -m gazetteer build`; default: ${GAZETTEER_VARIABLE}, else the one built here",
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
        # Not given is not a no: the environment decides then.
        read_only=getattr(options, "read_only", False) or None,
    )


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
