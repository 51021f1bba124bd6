"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeVar

from gazetteer import own
from gazetteer.index import Gazetteer
from geo.ingest import Columns, Dates, TableForm, read_map, read_published
from geo.ingest.kinds import READ
from geo.ingest.table_columns import OPTIONS
from geo.settings import GAZETTEER_VARIABLE, READ_ONLY_VARIABLE, STORE_VARIABLE, Settings
from geo.store import StoreReadOnly

_Value = TypeVar("_Value")


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add the files to read and how."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=f"{READ}; a folder with all of these in it; a pattern such as 'news/**/*.html'",
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
