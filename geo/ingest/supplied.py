"""Publication dates as they are supplied: in a field of the file, in its name's table of dates, on the command line."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo.ingest import day_forms
from geo.ingest.day_forms import Order
from geo.model import Published

_WORDS = reprlib.Repr()
_WORDS.maxstring = _WORDS.maxother = _WORDS.maxlong = 60


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates given beside the files: one for all, or one for each id. They count before what a file says itself.

    `origin` is the name of the file that holds those by id.
    """

    all: Published | None = None
    by_id: Mapping[str, Published] = field(default_factory=dict)
    origin: str = ""

    def of(self, article_id: str) -> Published | None:
        """Give the date supplied for an article."""
        return self.by_id.get(article_id, self.all)


def read_published(argument: str) -> Dates:
    """Read ``--published``: a date for all articles, or a JSON file of dates by id.

    Raises
    ------
    ValueError
        If it is neither; the message says what was expected.
    OSError
        If the file cannot be read.
    """
    if not argument.lower().endswith(".json"):
        return Dates(all=published(argument, evidence="supplied for all articles"))
    path = Path(argument)
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{argument}: this is not valid JSON ({error})") from error
    if not isinstance(table, dict):
        raise ValueError(f'{argument}: expected an object of dates by id, like {{"003": "2023-02-15"}}')
    by_id = {}
    for key, value in table.items():
        try:
            by_id[key] = published(value, evidence=f"supplied in {path.name}")
        except ValueError as error:
            raise ValueError(f"{argument}: {key!r}: {error}") from error
    return Dates(by_id=by_id, origin=argument)


def published(value: Any, *, evidence: str, order: Order | None = None) -> Published:
    """Give the publication date that a field supplies; a month or a year is the interval of its days.

    Parameters
    ----------
    value
        Text, a date, a year, or an object with ``start`` and ``end``.
    evidence
        Where the value stands, in words.
    order
        Whether 02/03 begins with the day or with the month; None: such a date is not read.

    Raises
    ------
    ValueError
        If no date can be read from it.
    """
    start, end = _interval(value, order)
    return Published(start, end, "supplied", evidence)


def _interval(value: Any, order: Order | None) -> tuple[date, date]:
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    if isinstance(value, Mapping):
        edges = [value.get("start"), value.get("end")]
        if all(edges) and not any(isinstance(edge, Mapping) for edge in edges):
            start, end = _interval(edges[0], order)[0], _interval(edges[1], order)[1]
            if start <= end:
                return start, end
        raise ValueError(f"expected an object with a start and a later end; got {_shown(value)}")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        found = day_forms.read(value, order=order)
        if found:
            return found
    raise ValueError(f"expected a date like 2015-01-26, 2015-01 or 2015; got {_shown(value)}")


def _shown(value: Any) -> str:
    # An object of a stranger's file may be deep or huge: no more of it is put into words than is shown.
    return _WORDS.repr(value)
