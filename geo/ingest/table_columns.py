"""What the columns of a table, or the fields of a JSON object, are called: as given, else as is usual."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gazetteer.shipped import DATA
from geo.ingest.day_forms import Order
from geo.tables import read_table

_NAMES_FILE = DATA / "intake" / "columns.csv"
_LONGEST_MAP = 100_000
_FORMS = ("date_order", "separator", "encoding")
_ORDERS: dict[str, Order] = {"day": "day", "month": "month"}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table, or the fields of a JSON object, are called. Only the text is needed.

    A table's column that is not there under its own name is sought under the usual ones, in six languages; one that was
    named is not.
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    url: str = "url"
    source: str = "source"


@dataclass(frozen=True, slots=True)
class TableForm:
    """How tables are written, where it is not to be found out.

    Attributes
    ----------
    date_order
        Whether 02/03/2015 begins with the ``day`` or the ``month``.
    separator
        What stands between two cells: one character.
    encoding
        The name of the encoding.
    """

    date_order: Order | None = None
    separator: str | None = None
    encoding: str | None = None


# The command line's option for each column, named in the advice.
OPTIONS = {field.name: f"--{'date' if field.name == 'published' else field.name}-column" for field in fields(Columns)}


def positions(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """Give the position of each field's column; of a name that stands twice the first."""
    names = [_folded(cell) for cell in header]
    found: dict[str, int] = {}
    for field in fields(Columns):
        given = getattr(columns, field.name)
        wanted = [_folded(given)] + (list(_usual().get(field.name, ())) if given == field.default else [])
        at = next((names.index(name) for name in wanted if name in names), None)
        if at is not None and at not in found.values():
            found[field.name] = at
    return found


def read_map(path: Path) -> tuple[Columns, TableForm]:
    """Read a mapping: a YAML file of lines such as ``text: Texte``, ``date_order: day``, ``separator: ";"``.

    Raises
    ------
    ValueError
        If it is none; the message says what was expected.
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        return parse_map(file.read(_LONGEST_MAP), str(path))


def parse_map(raw: bytes, where: str) -> tuple[Columns, TableForm]:
    """Read the bytes of a mapping, as `read_map` does; `where` is what a message names.

    Raises
    ------
    ValueError
        If they are none; the message says what was expected.
    """
    try:
        loaded = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506 (it builds nothing but texts, lists and mappings)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{where}: not valid YAML ({' '.join(str(error).split())[:200]})") from error
    known = [*(field.name for field in fields(Columns)), *_FORMS]
    if not isinstance(loaded, dict) or not all(isinstance(value, str) for value in loaded.values()):
        raise ValueError(f"{where}: expected lines such as 'text: Texte'; known are {', '.join(known)}")
    if unknown := [key for key in loaded if key not in known]:
        raise ValueError(f"{where}: {unknown[0]!r} is no field; known are {', '.join(known)}")
    columns = Columns(**{key: value for key, value in loaded.items() if key not in _FORMS})
    return columns, _form(where, loaded)


def _form(where: str, loaded: Mapping[str, Any]) -> TableForm:
    order = loaded.get("date_order")
    if order is not None and order not in _ORDERS:
        raise ValueError(f"{where}: date_order must be day or month; got {order!r}")
    separator = loaded.get("separator")
    if separator is not None and len(separator) != 1:
        raise ValueError(f"{where}: separator must be one character; got {separator!r}")
    encoding = loaded.get("encoding")
    try:
        "".encode(encoding or "utf-8")
    except LookupError as error:
        raise ValueError(
            f"{where}: there is no encoding {encoding!r}; usual are utf-8, utf-16, cp1252, cp1251"
        ) from error
    return TableForm(_ORDERS[order] if order else None, separator, encoding)


def write_map(columns: Columns, form: TableForm) -> str:
    """Give a mapping as YAML, of which `read_map` gives the same; what is as usual is left out."""
    given, usual = asdict(columns) | asdict(form), asdict(Columns()) | asdict(TableForm())
    found = {name: value for name, value in given.items() if value != usual[name]}
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False) if found else ""


def _folded(name: str) -> str:
    """Give a name as it is compared: without marks of width, in small letters, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("\ufeff", "").split())


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for _, row in read_table(_NAMES_FILE, ("field", "language", "name")):
        found.setdefault(row["field"], []).append(_folded(row["name"]))
    return {field: tuple(names) for field, names in found.items()}
