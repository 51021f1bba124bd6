"""Where a link comes from: which data and which program made it, and what of it this store does not hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.query.link import quoted
from geo.query.selection import ACTOR_COLUMNS
from geo.query.view import Query

KEY = "made"
_WRITTEN = re.compile(r"1\.([0-9a-f]{8})\.([0-9a-f]{8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Origin:
    """A short fingerprint of the articles of a store, and of what read them: eight hexadecimal digits each."""

    data: str
    program: str

    @classmethod
    def of(cls, pipelines: Mapping[str, str]) -> Origin:
        """Take the fingerprint of a store, from the digest of each article and the version of what read it.

        It is of the content, not of the file: two stores of the same articles, read by the same program, have the same.
        Corrections by hand are not in it.
        """
        return cls(_digest(pipelines), _digest(set(pipelines.values())))

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Origin | None:
        """Read ``made`` of a link; None where it says nothing, or nothing that this version understands."""
        value = params.get(KEY, "")
        found = _WRITTEN.fullmatch(str(value[-1] if isinstance(value, (list, tuple)) and value else value))
        return cls(found[1], found[2]) if found else None

    def __str__(self) -> str:
        """Write it as the link does; the first digit is the version of the link's grammar."""
        return f"1.{self.data}.{self.program}"

    def differences(self, here: Origin) -> tuple[str, ...]:
        """Say in words what differs `here`; nothing where the link shows what its sender saw."""
        if self.data != here.data:
            return ("This link was made with other articles than are here: what it shows may differ.",)
        if self.program != here.program:
            return ("This link was made when another version had read these articles: what it shows may differ.",)
        return ()


class Present:
    """Gathers, over stretches of the events, which of what a query asks for there is: ids, places, sources, actors."""

    def __init__(self, query: Query) -> None:
        asked = (
            ("event", (query.event,) if query.event else ()),
            ("places", query.places),
            ("at", query.marked),
            ("sources", query.sources),
            ("actors", query.actors),
        )
        self._asked = {key: names for key, names in asked if names}
        self._missing = {key: set(names) for key, names in self._asked.items()}

    def see(self, frame: pd.DataFrame) -> None:
        """Look through some rows of `geo.store.Store.events`."""
        # A frame may have a million rows: its values are gathered only where the link asks for some.
        for key, names in self._missing.items():
            if names:
                self._missing[key] = names - _held(frame, key)

    def absent(self) -> tuple[str, ...]:
        """Name what no row had that was seen."""
        missing = [(key, name) for key, names in self._missing.items() for name in sorted(names)]
        return tuple(f"{key}: {quoted(name)} is not in this store." for key, name in missing)


def absent(query: Query, frame: pd.DataFrame) -> tuple[str, ...]:
    """Name what a query asks for and no event of `frame` (`geo.store.Store.events`) has: an id, a place, a source."""
    present = Present(query)
    present.see(frame)
    return present.absent()


def _held(frame: pd.DataFrame, key: str) -> set[str]:
    if key == "places":
        return _values(frame, "place_id", "country_code") | _units(frame)
    columns = {"event": ("id",), "at": ("place_id",), "sources": ("source",), "actors": ACTOR_COLUMNS}
    return _values(frame, *columns[key])


def _values(frame: pd.DataFrame, *columns: str) -> set[str]:
    return set().union(*(frame[column].dropna().unique() for column in columns))


def _units(frame: pd.DataFrame) -> set[str]:
    """The units of countries, as the link writes them: ``UA/Donetsk``."""
    pairs = frame[["country_code", "admin1"]].dropna().drop_duplicates()
    return {f"{country}/{unit}" for country, unit in pairs.itertuples(index=False)}


def _digest(parts: Any) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:8]
