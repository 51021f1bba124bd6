"""What the search offers as one types: the places, countries, regions, actors and sources that events have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.views import wording
from geo.views.filters import Names, actor
from geo.views.tallies import NO_ACTOR, actors, either, regions_of, tally

_MOST_SUGGESTED = 3
_LEAST_TYPED = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a view can be narrowed to.

    Attributes
    ----------
    name, key
        The filter and its option, as `geo.views.filters.toggle` takes them.
    kind
        What it is, in a word: places of one kind are ranked among themselves.
    label, text
        Its name, and where it is.
    words
        What it is found by, in lower case.
    at
        Latitude and longitude of a place.
    """

    name: str
    key: str
    kind: str
    label: str
    text: str
    events: int
    words: tuple[str, ...]
    at: tuple[float, float] | None = None


def index(frame: pd.DataFrame, *, names: Names) -> tuple[Entry, ...]:
    """Give everything that the events of a frame can be found by, the most frequent of each kind first."""
    countries = tally(frame["country_code"])
    kinds = {kind: n for kind, n in either(frame, "actor_kind", "target_kind").items() if kind != NO_ACTOR}
    who = {**kinds, **actors(frame)}
    out = _places(frame)
    for name, kind, counts, label in (
        ("places", "country", countries, names),
        ("places", "region", tally(regions_of(frame, countries)), lambda key: key.partition("/")[2]),
        ("actors", "who", who, actor),
        ("sources", "source", tally(frame["source"]), str),
    ):
        for key in sorted(counts, key=lambda key: (-counts[key], key)):
            out.append(Entry(name, key, kind, label(key), "", counts[key], (label(key).casefold(),)))
    return tuple(out)


def _places(frame: pd.DataFrame) -> list[Entry]:
    """The places of events below the countries; each is found by its name and by the articles' words for it."""
    placed = frame[frame["place_id"].notna() & (frame["place_precision"] != "country")]
    counts = tally(placed["place_id"])
    columns = ["place_id", "place", "place_text", "admin1", "lat", "lon"]
    about: dict[str, dict[str, Any]] = {}
    words: dict[str, dict[str, None]] = {}
    for row in placed[columns].drop_duplicates(["place_id", "place_text"]).to_dict("records"):
        key = str(row["place_id"])
        about.setdefault(key, {str(name): value for name, value in row.items()})
        words.setdefault(key, {}).update(dict.fromkeys(str(row[name]).casefold() for name in ("place", "place_text")))
    out = []
    for key in sorted(counts, key=lambda key: (-counts[key], key)):
        place = about[key]
        within = place["admin1"] if isinstance(place["admin1"], str) and place["admin1"] != place["place"] else ""
        at = (float(place["lat"]), float(place["lon"]))
        out.append(Entry("places", key, "place", str(place["place"]), within, counts[key], tuple(words[key]), at))
    return out


def suggest(text: str, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Give what a text as typed could mean: places that begin with it, else whatever holds it.

    Returns
    -------
    list of dict
        At most three of each kind: ``name`` and ``key`` of the filter, ``label``, ``text`` (what or where it is, and
        how many events it has); ``lat`` and ``lng`` of a place.
    """
    wanted = text.strip().casefold()
    if len(wanted) < _LEAST_TYPED:
        return []
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        place = entry.kind == "place"
        hit = any(word.startswith(wanted) if place else wanted in word for word in entry.words)
        of_kind = found.setdefault(entry.kind, [])
        if not hit or len(of_kind) >= _MOST_SUGGESTED:
            continue
        about = " · ".join(part for part in (entry.text if place else entry.kind, _events(entry.events)) if part)
        item: dict[str, Any] = {"name": entry.name, "key": entry.key, "label": entry.label, "text": about}
        of_kind.append(item | ({"lat": entry.at[0], "lng": entry.at[1]} if entry.at else {}))
    return [item for of_kind in found.values() for item in of_kind]


def _events(number: int) -> str:
    return wording.count(number, "event")
