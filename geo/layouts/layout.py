"""What a layout says: the columns that a table is known by, and where each field's text comes from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS = (
    *("id", "date_start", "date_end", "date_precision", "lat", "lon", "place", "admin1", "country"),
    *("place_precision", "radius_km", "type", "sub_type", "actor", "target"),
    *("killed", "killed_low", "killed_high", "source", "url", "note", "reports"),
)
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


class LayoutError(ValueError):
    """A layout that cannot be read as it stands; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where a field's text comes from.

    Attributes
    ----------
    columns
        Folded names; the first that is there and not empty, or with `values` the first whose cell is one of them.
    values
        What the codes of a cell mean, by the folded code.
    default
        Where no column says anything.
    flags
        Pairs of an indicator's column and a word: the first whose cell is 1 counts.
    value
        The same for each row.
    words
        A word within the cell tells the type, by ``data/layers/types.csv``.
    before
        Stands before the cell's text.
    """

    columns: tuple[str, ...] = ()
    values: Mapping[str, str] | None = None
    default: str | None = None
    flags: tuple[tuple[str, str], ...] = ()
    value: str | None = None
    words: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table looks like that has no header: how many cells, and what must stand in some of them."""

    cells: tuple[int, int]
    looks: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table is known: by columns of its header, or without one by its shape and the order of its columns."""

    recognise: tuple[str, ...]
    header: tuple[str, ...]
    shape: Shape | None

    def has(self, header: Sequence[str]) -> bool:
        """Tell whether a row is the header of such a table."""
        return bool(self.recognise) and {fold(name) for name in header} >= {fold(name) for name in self.recognise}

    def fits(self, row: Sequence[str]) -> bool:
        """Tell whether a row is one of such a table without a header."""
        if self.shape is None or not self.shape.cells[0] <= len(row) <= self.shape.cells[1]:
            return False
        cells = dict(zip(self.header, row, strict=False))
        return all(look.fullmatch(cells[name].strip()) for name, look in self.shape.looks.items())


@dataclass(frozen=True, slots=True)
class Companion:
    """A table that tells more of the same events, by their ids.

    `fields` are fields of the layout that are read from its columns; `source` is the column that names who reported.
    """

    what: str
    columns: Columns
    id: str
    source: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of event data is read; see docs/layers.md for each key."""

    kind: str
    title: str
    columns: Columns
    fields: Mapping[str, Field]
    licence: str = ""
    citation: str = ""
    restricted: bool = False
    separator: str | None = None
    date_order: str | None = None
    companion: Companion | None = None


def fold(name: str) -> str:
    """Give a column's name, or a code, as it is compared: small letters, one space between words."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("\ufeff", "").strip()
    if plain.startswith("#"):
        return "".join(plain.split())  # an HXL tag
    return _BETWEEN_WORDS.sub(" ", plain).strip()
