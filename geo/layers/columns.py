"""Where a layout's fields stand in a table, and what reads them out of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from geo.layouts import Field, fold
from geo.layouts.reading import DIRECTORY
from geo.tables import read_table

Cell = Callable[[Sequence[str]], str]

LONGEST = 5000
_TEXTS_KEPT = 10_000


def positions(header: Sequence[str], tags: Sequence[str] = ()) -> dict[str, int]:
    """Give where each column stands by its folded name; of a name that stands twice the first."""
    found: dict[str, int] = {}
    for names in (header, tags):
        for position, name in enumerate(names):
            folded = fold(name)
            if folded:
                found.setdefault(folded, position)
    return found


def only(field: Field, at: Mapping[str, int]) -> int | None:
    """Give the one column whose text as it stands is a field; None where more is to be asked."""
    places = [at[name] for name in field.columns if name in at]
    alone = len(places) == 1 and field == Field(columns=field.columns)
    return places[0] if alone else None


def cell(field: Field, at: Mapping[str, int]) -> Cell:
    """Give what reads a field out of a row: its text, empty for none."""
    places = [at[name] for name in field.columns if name in at]
    default = field.default or ""
    if field.value is not None:
        value = field.value
        return lambda _: value
    if field.flags:
        flags = [(at[name], word) for name, word in field.flags if name in at]
        return lambda row: next((word for place, word in flags if _is_one(row, place)), default)
    if field.values is not None:
        values = field.values

        def coded(row: Sequence[str]) -> str:
            for place in places:
                if place < len(row) and (found := values.get(_code(row[place]))):
                    return found
            return default

        return coded
    if field.words:

        def worded(row: Sequence[str]) -> str:
            for place in places:
                if place < len(row) and (found := type_of(row[place])):
                    return found
            return default

        return worded
    before = field.before

    def plain(row: Sequence[str]) -> str:
        for place in places:
            if place < len(row) and (text := row[place].strip()):
                return before + text[:LONGEST]
        return default

    return plain


def _is_one(row: Sequence[str], place: int) -> bool:
    return place < len(row) and row[place].strip() in ("1", "1.0", "TRUE", "True", "true")


@lru_cache(_TEXTS_KEPT)
def _code(text: str) -> str:
    """Give a code as layouts write it; tables made from numbers have 1.0 for 1."""
    folded = fold(text)
    return folded.removesuffix(".0") if folded[:-2].isdecimal() else folded


@lru_cache(_TEXTS_KEPT)
def type_of(text: str) -> str | None:
    """Give our type of what a cell calls an event, by the words in it; None where none is known.

    Examples
    --------
    >>> type_of("Shelling of a town"), type_of("Abduction"), type_of("Weather")
    ('explosion', 'violence_against_civilians', None)
    """
    found = " ".join(text.casefold().split())
    return next((kind for pattern, kind in _words() if pattern.search(found)), None)


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_table(DIRECTORY / "types.csv", ("word", "type"))
    return tuple((re.compile(r"\b" + re.escape(row["word"])), row["type"]) for _, row in rows)
