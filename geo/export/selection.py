"""Which events a link means for an export: strictly read, the same rows from page, route and command line, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geo.model import EVENT_TYPES, TIERS
from geo.query import Query, Selection
from geo.query.origin import KEY, Present
from geo.query.selection import ACTOR_COLUMNS, Mask
from geo.query.view import DEFAULT_STATUS

# Streamlit's own parameters may stand in the address of the page.
_OTHERS = (KEY, "embed", "embed_options")
_COLUMNS = {"sources": ("source",), "actors": ACTOR_COLUMNS, "places": ("place_id", "country_code")}
ALL = ("all events of the store, of every status",)


class SelectionError(ValueError):
    """A link that asks for what there is not: written out, the file would hold something else than was asked for.

    Attributes
    ----------
    problems : tuple of str
        What is wrong, with the nearest valid value.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class _Noting(dict[str, Any]):
    """Parameters that remember which of them were asked for."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


class Asked:
    """The parameters of a link that is to be exported, checked against the events that there are.

    The map is lenient with links: it shows what it understands and says the rest. A file has nobody to say it to.

    Attributes
    ----------
    query
        What they ask for.
    """

    def __init__(self, params: Mapping[str, Any]) -> None:
        noted = _Noting(params)
        self.query, notes = Query.from_params(noted)
        known = {*noted.asked, *_OTHERS}
        self._problems = [f"{key}: there is no such filter.{nearest(key, known)}" for key in params if key not in known]
        self._problems += [note.partition("; using")[0].rstrip(".") + "." for note in notes]
        self._present = Present(self.query)
        self._held: dict[str, set[str]] = {
            key: set() for key in ("sources", "actors", "places") if getattr(self.query, key)
        }

    def see(self, frame: pd.DataFrame) -> None:
        """Look through rows of `geo.store.Store.events`, all of them or a stretch after the other."""
        self._present.see(frame)
        for key, held in self._held.items():
            for column in _COLUMNS[key]:
                held.update(map(str, frame[column].dropna().unique()))

    def check(self) -> None:
        """Refuse what cannot be exported of the events that were seen.

        Raises
        ------
        SelectionError
            A parameter, or a value, is not one; an event, place, source or actor is not in the store.
        """
        problems = self._problems + [note + self._near(note) for note in self._present.absent()]
        if problems:
            raise SelectionError(problems)

    def _near(self, note: str) -> str:
        """Give the nearest value to that which a note of what is absent names."""
        key = note.partition(":")[0]
        named = next((name for name in getattr(self.query, key, ()) or () if repr(name) in note), "")
        return nearest(named, self._held.get(key, ())) if named else ""


def read(params: Mapping[str, Any], frame: pd.DataFrame) -> Query:
    """Read the parameters of a link that is to be exported from `frame` (`geo.store.Store.events`), as `Asked` does."""
    asked = Asked(params)
    asked.see(frame)
    asked.check()
    return asked.query


def nearest(given: str, known: Iterable[str]) -> str:
    """Say what may have been meant; empty where nothing is near."""
    found = difflib.get_close_matches(given, sorted(map(str, known)), n=1)
    return f" Did you mean {found[0]}?" if found else ""


def rows(selection: Selection, query: Query) -> Mask:
    """Give which rows an export holds: what passes window and filters; with no window, what has no date too."""
    return selection.shown if query.start or query.end else selection.filtered


def words(query: Query, *, story: str = "") -> tuple[str, ...]:
    """Say in words what a query asks for, a filter a line; `story`: the title of the one whose views are all meant."""
    if story:
        return (f"all views of the story “{story}”",)
    said = []
    if query.start or query.end:
        axis = "happened" if query.axis == "happened" else "reported"
        if query.mode == "cumulative":
            said.append(f"{axis} up to {query.end}")
        else:
            every = ", the same days of every year" if query.mode == "day" else ""
            said.append(f"{axis} from {query.start or 'the beginning'} to {query.end or 'the end'}{every}")
    if query.types != EVENT_TYPES:
        said.append(f"type: {_listed(query.types)}")
    said.append(f"status: {_listed(query.status)}" + (" (the usual)" if query.status == DEFAULT_STATUS else ""))
    if query.tiers != TIERS:
        said.append(f"tier: {_listed(query.tiers)}")
    if query.changed is not None:
        said.append(f"new or told otherwise since state {query.changed} of the store")
    if query.longest is not None:
        said.append(f"dates narrower than {query.longest:,} days")
    for name, label in (("places", "place"), ("sources", "source"), ("actors", "actor")):
        if chosen := getattr(query, name):
            said.append(f"{label}: {_listed(chosen)}")
    if query.marked:
        said.append(f"at: {_listed(query.marked)}")
    if query.q:
        said.append(f"words: {query.q}")
    return tuple(said)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
