"""What an export says of itself: title, date, selection, counts, credits, and what its columns mean."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

import pandas as pd

from gazetteer.shipped import DATA
from geo import __version__
from geo.export.events import Events
from geo.lexicon import LexiconError
from geo.tables import read_table

Kind = Literal["text", "number", "integer", "date", "list"]

FOLDER = DATA / "exports"
TITLE = "Reported events"
NOTE = (
    "Events as a program read them out of news articles, with its reasons: what was reported, not what is known to "
    "have happened. Titles and quoted sentences belong to those who published them."
)


@dataclass(frozen=True, slots=True)
class Column:
    """One line of the data dictionary."""

    name: str
    kind: Kind
    unit: str
    what: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom to name for what, under which licence."""

    name: str
    gives: str
    licence: str
    licence_url: str
    credit: str


@dataclass(frozen=True, slots=True)
class About:
    """What stands in (or beside) every file that is exported.

    Attributes
    ----------
    selection
        What was asked for, in words, a filter a line.
    link
        The same as a link of the map; empty where there is none.
    made
        The day of the export; None leaves it out, so that equal events give equal files.
    events, articles, placed, dated
        How many rows, from how many articles, how many with a place, with a date.
    """

    events: int
    articles: int
    placed: int
    dated: int
    selection: tuple[str, ...] = ("all events",)
    link: str = ""
    made: date | None = None
    title: str = TITLE

    @classmethod
    def of(
        cls,
        events: Events,
        *,
        selection: Iterable[str] = ("all events",),
        link: str = "",
        made: date | None = None,
    ) -> About:
        """Count what `events` are."""
        articles, placed, dated = [], 0, 0
        for part in events.light("article", "place_id", "date_start"):
            articles.append(part["article"].drop_duplicates())
            placed += int(part["place_id"].notna().sum())
            dated += int(part["date_start"].notna().sum())
        return cls(
            events=len(events),
            articles=int(pd.concat(articles).nunique()),
            placed=placed,
            dated=dated,
            selection=tuple(selection),
            link=link,
            made=made,
        )

    def counts(self) -> str:
        """Give the counts as a line."""
        return (
            f"{self.events:,} events from {self.articles:,} articles; "
            f"{self.placed:,} with a place, {self.dated:,} with a date"
        )

    def lines(self) -> tuple[str, ...]:
        """Give all of it but the dictionary as lines of text."""
        return (
            *([f"Exported on {self.made}"] if self.made else []),
            f"Selection: {'; '.join(self.selection)}",
            *([f"Link: {self.link}"] if self.link else []),
            self.counts(),
            NOTE,
            *(f"{one.credit}: {one.gives}, {one.licence} {one.licence_url}".rstrip() for one in credits_()),
            f"Made with conflict-map {__version__}",
        )

    def to_dict(self, columns: Iterable[str]) -> dict[str, Any]:
        """Give all of it as a JSON object; `columns` are those of the file."""
        return {
            "title": self.title,
            "made": self.made.isoformat() if self.made else None,
            "selection": list(self.selection),
            "link": self.link or None,
            "counts": {name: getattr(self, name) for name in ("events", "articles", "placed", "dated")},
            "note": NOTE,
            "credits": [asdict(one) for one in credits_()],
            "program": f"conflict-map {__version__}",
            "columns": [asdict(column) for column in described(columns)],
        }

    def to_json(self, columns: Iterable[str]) -> str:
        """Give `to_dict` as text on one line."""
        return json.dumps(self.to_dict(columns), ensure_ascii=False)


@functools.cache
def dictionary() -> dict[str, Column]:
    """Read the data dictionary by the columns' names.

    Raises
    ------
    LexiconError
        Where a line has no name, no meaning or a kind that is none.
    """
    path = FOLDER / "columns.csv"
    found: dict[str, Column] = {}
    for line, row in read_table(path, ("name", "kind", "unit", "what")):
        if row["kind"] not in get_args(Kind):
            raise LexiconError(path, line, f"kind must be one of {', '.join(get_args(Kind))}; got {row['kind']!r}")
        if not row["name"] or not row["what"] or row["name"] in found:
            raise LexiconError(path, line, "a column needs a name of its own and what it holds")
        found[row["name"]] = Column(row["name"], cast(Kind, row["kind"]), row["unit"], row["what"])
    return found


@functools.cache
def credits_() -> tuple[Credit, ...]:
    """Read whom to name."""
    columns = ("name", "gives", "licence", "licence_url", "credit")
    return tuple(Credit(**row) for _, row in read_table(FOLDER / "credits.csv", columns))


def described(columns: Iterable[str]) -> tuple[Column, ...]:
    """Give the dictionary's lines for the columns of a file, in their order; one it does not know is text."""
    known = dictionary()
    return tuple(known.get(name) or Column(name, "text", "", "A column of the caller's own") for name in columns)
