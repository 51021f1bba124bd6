"""The filters of the panel: their options, how many events of the window each holds, whether it is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.query import DEFAULT_STATUS, Query, select
from geo.views import listing, wording
from geo.views.tallies import NO_ACTOR, actors, either, regions_of, tally

_Option = TypeVar("_Option", bound=str)

_TIER_LABELS = {"A": "Firm", "B": "Weaker"}
LASTS = {7: "Last 7 days", 30: "Last 30 days", 365: "Last year"}
_COUNTRY_CODE = 2  # letters
_MOST_SOURCES = 40
_MOST_COUNTRIES = 30
_MOST_ACTORS = 24
_PLURALS = {"types": "types", "status": "kinds of telling", "tiers": "ties"}

Names = Callable[[str], str]


def sections(
    frame: pd.DataFrame,
    query: Query,
    *,
    names: Names,
    articles: frozenset[str] | None = None,
    changed: frozenset[str] | None = None,
) -> list[dict[str, Any]]:
    """Give the filter sections with counts for the window.

    Each section's counts are taken with every *other* filter on, so that they say what a click would show.

    Parameters
    ----------
    frame
        The frame of all events; not changed.
    query
        The view.
    names
        Gives the name of a country by its code, of a place by its gazetteer id.
    articles
        Digests of the articles matching the free text; None where there is none.
    changed
        Ids of the events that changed since the state that the query names; None where it names none.
    """

    def counts(column: str, unfiltered: Query) -> dict[str, int]:
        shown = select(frame, unfiltered, articles=articles, changed=changed).shown
        return {str(key): int(n) for key, n in frame.loc[shown, column].value_counts().items()}

    by_type = counts("type", replace(query, types=EVENT_TYPES))
    by_status = counts("status", replace(query, status=STATUSES))
    by_tier = counts("tier", replace(query, tiers=TIERS))
    anywhere = frame.loc[select(frame, replace(query, places=()), articles=articles, changed=changed).shown]
    by_country = tally(anywhere["country_code"])
    countries = [place for place in query.places if len(place) == _COUNTRY_CODE]
    towns = tuple(place for place in query.places if len(place) != _COUNTRY_CODE and "/" not in place)
    by_place = tally(anywhere["place_id"])
    by_region = tally(regions_of(anywhere, countries or [place.partition("/")[0] for place in query.places]))
    by_anyone = frame.loc[select(frame, replace(query, actors=()), articles=articles, changed=changed).shown]
    by_source = counts("source", replace(query, sources=()))
    years = _years(frame, query)
    last = listing.latest(frame, select(frame, query, articles=articles, changed=changed), query)
    return [
        {
            "name": "types",
            "title": "Type",
            "text": "None chosen: all. Counts are for the window.",
            "options": [
                {
                    "key": key,
                    "type": key,
                    "label": wording.TYPE_LABELS[key],
                    "count": by_type.get(key, 0),
                    "pressed": key in _chosen(query, "types"),
                }
                for key in EVENT_TYPES
            ],
        },
        {
            "name": "status",
            "title": "Status",
            "text": "None chosen: reported and claimed. Planned, hypothetical and denied are shown when chosen.",
            "options": [
                {
                    "key": key,
                    "label": key.capitalize(),
                    "count": by_status.get(key, 0),
                    "pressed": key in _chosen(query, "status"),
                }
                for key in STATUSES
            ],
        },
        {
            "name": "tiers",
            "title": "Tie between event, place and date",
            "text": "None chosen: both. Firm: sure, at a place that the text names. "
            "Weaker: less sure, or laid in an area.",
            "options": [
                {
                    "key": key,
                    "label": _TIER_LABELS[key],
                    "count": by_tier.get(key, 0),
                    "pressed": key in _chosen(query, "tiers"),
                }
                for key in TIERS
            ],
        },
        {
            "name": "year",
            "title": "Time",
            "text": "A click makes these days the window, a second one opens it again.",
            "options": [*_lasts(last, query), *years],
        },
        *(
            [
                {
                    "name": "places",
                    "title": "Place",
                    "text": "Chosen in the search.",
                    "options": [
                        {"key": key, "label": names(key), "count": by_place.get(key, 0), "pressed": True}
                        for key in towns
                    ],
                }
            ]
            if towns
            else []
        ),
        {
            "name": "places",
            "title": "Country",
            "text": "Where the events were reported. None chosen: everywhere.",
            "options": [
                {"key": key, "label": names(key), "count": n, "pressed": key in query.places}
                for key, n in _largest(by_country, tuple(countries), _MOST_COUNTRIES)
            ],
        },
        {
            "name": "places",
            "title": "Region",
            "text": "Of the countries chosen above." if by_region else "Choose a country to see its regions.",
            "options": [
                {"key": key, "label": key.partition("/")[2], "count": n, "pressed": key in query.places}
                for key, n in _largest(by_region, tuple(p for p in query.places if "/" in p), _MOST_COUNTRIES)
            ],
        },
        {
            "name": "actors",
            "title": "Who",
            "text": "Who did it or to whom, where the article says so. None chosen: anyone.",
            "options": [
                {"key": key, "label": actor(key), "count": n, "pressed": key in query.actors}
                for key, n in _kinds(by_anyone, query.actors)
            ],
        },
        {
            "name": "actors",
            "title": "Who, in the articles' words",
            "text": "",
            "options": [
                {"key": key, "label": key, "count": n, "pressed": key in query.actors}
                for key, n in _named(by_anyone, query.actors)
            ],
        },
        {
            "name": "sources",
            "title": "Source",
            "text": "Who published the articles. None chosen: all.",
            "options": [
                {"key": key, "label": key, "count": n, "pressed": key in query.sources}
                for key, n in _largest(by_source, query.sources, _MOST_SOURCES)
            ],
        },
    ]


def _largest(counts: dict[str, int], chosen: tuple[str, ...], most: int) -> list[tuple[str, int]]:
    """The `most` frequent keys, those chosen always among them."""
    ranked = sorted((key for key in counts if key), key=lambda key: (-counts[key], key))[:most]
    return [(key, counts.get(key, 0)) for key in [*ranked, *(key for key in chosen if key not in ranked)]]


def _kinds(frame: pd.DataFrame, chosen: tuple[str, ...]) -> list[tuple[str, int]]:
    """The kinds of actors in their order, each with the events that it is in; what is no actor has none."""
    counts = either(frame, "actor_kind", "target_kind")
    kinds = (kind for kind in wording.ACTOR_LABELS if kind != NO_ACTOR or kind in chosen)
    return [(kind, counts[kind]) for kind in kinds if counts[kind] or kind in chosen]


def _named(frame: pd.DataFrame, chosen: tuple[str, ...]) -> list[tuple[str, int]]:
    """The actors named most often, each with the events that it is in."""
    names = tuple(key for key in chosen if key not in wording.ACTOR_LABELS)
    return _largest(dict(actors(frame)), names, _MOST_ACTORS)


def actor(key: str) -> str:
    """Name an actor filter: a kind by its label, an actor by the article's words."""
    return wording.ACTOR_LABELS.get(key, key)


def _lasts(last: date | None, query: Query) -> list[dict[str, Any]]:
    """The last days that reports tell of, as windows."""
    if last is None:
        return []
    return [
        {
            "key": f"{first.isoformat()}/{last.isoformat()}",
            "label": label,
            "count": None,
            "pressed": (query.start, query.end) == (first, last),
        }
        for days, label in LASTS.items()
        if (first := last - timedelta(days=days - 1))
    ]


def _years(frame: pd.DataFrame, query: Query) -> list[dict[str, Any]]:
    start = "date_start" if query.axis == "happened" else "published_start"
    unwindowed = replace(query, start=None, end=None, mode="window")
    shown = select(frame, unwindowed).shown
    days = frame.loc[shown, start].to_numpy().astype("datetime64[D]")
    years, counts = np.unique(days[~np.isnat(days)].astype("datetime64[Y]").astype(int) + 1970, return_counts=True)
    return [
        {"key": str(year), "label": str(year), "count": n, "pressed": is_year(query, year)}
        for year, n in zip(years.tolist(), counts.tolist(), strict=True)
    ]


def is_year(query: Query, year: int) -> bool:
    """Say whether the window is exactly this calendar year."""
    if query.start is None or query.end is None:
        return False
    return (query.start.isoformat(), query.end.isoformat()) == (f"{year:04d}-01-01", f"{year:04d}-12-31")


def active(query: Query) -> int:
    """Count the filters that differ from their default; the window is not one of them."""
    default = Query()
    names = ("types", "status", "tiers", "places", "sources", "actors", "changed", "longest", "q")
    return sum(getattr(query, name) != getattr(default, name) for name in names)


def chips(query: Query, *, names: Names, changed: str = "New or changed") -> list[dict[str, str]]:
    """Give one chip for each thing that narrows the view: ``name`` and ``key`` for `dropped`, ``label`` to read.

    `changed` is the label of what changed since a state (`geo.views.changes.label`).
    """
    out = [{"name": "q", "key": "", "label": f"“{query.q}”"}] if query.q else []
    for name, every in (("types", EVENT_TYPES), ("status", DEFAULT_STATUS), ("tiers", TIERS)):
        chosen = getattr(query, name)
        if chosen != every:
            known = wording.TYPE_LABELS | _TIER_LABELS
            words = ", ".join(known.get(key, key.capitalize()) for key in chosen) if len(chosen) <= 2 else ""
            label = words or f"{len(chosen)} of {len(every) if name != 'status' else len(STATUSES)} {_PLURALS[name]}"
            out.append({"name": name, "key": "", "label": label if chosen else f"No {_PLURALS[name]}"})
    for place in query.places:
        country, _, region = place.partition("/")
        out.append({"name": "places", "key": place, "label": region or names(country)})
    out += [{"name": "actors", "key": key, "label": actor(key)} for key in query.actors]
    out += [{"name": "sources", "key": key, "label": key} for key in query.sources]
    if query.changed is not None:
        out.append({"name": "changed", "key": "", "label": changed})
    if query.longest is not None:
        out.append({"name": "longest", "key": "", "label": f"Dates narrower than {query.longest} days"})
    return out


def said(query: Query, *, shown: int, names: Names, changed: str = "New or changed") -> str:
    """Say what the filters did: ``31 events of the window: Battle; Ukraine``."""
    labels = [chip["label"] for chip in chips(query, names=names, changed=changed)]
    return f"{wording.count(shown, 'event')} of the window: {'; '.join(labels) or 'no filter is on'}."


def dropped(query: Query, name: str, key: str) -> Query:
    """Give the query without one chip; an unknown one changes nothing."""
    changes: dict[str, Any] = {}
    if name in ("q", "types", "status", "tiers", "changed", "longest"):
        changes[name] = getattr(Query(), name)
    if name in ("places", "sources", "actors"):
        changes[name] = tuple(item for item in getattr(query, name) if item != key)
    return replace(query, **changes)


def clear(query: Query) -> Query:
    """Give the query without any filter and chosen mark; window, map view and opened event stay."""
    default = Query()
    return replace(
        query,
        types=default.types,
        status=default.status,
        tiers=default.tiers,
        places=(),
        sources=(),
        actors=(),
        changed=None,
        longest=None,
        q="",
        marked=(),
    )


def toggle(query: Query, name: str, key: str) -> Query:
    """Give the query with one option of one filter switched; an unknown name or option changes nothing.

    One logic for all filters: none chosen is no filter, the first choice shows that alone, each further one adds to it.
    """
    if name == "types":
        return replace(query, types=_switched(_chosen(query, name), EVENT_TYPES, key) or Query().types)
    if name == "status":
        return replace(query, status=_switched(_chosen(query, name), STATUSES, key) or Query().status)
    if name == "tiers":
        return replace(query, tiers=_switched(_chosen(query, name), TIERS, key) or Query().tiers)
    if name == "places":
        return replace(query, places=tuple(set(query.places) ^ {key}))
    if name == "sources":
        return replace(query, sources=tuple(set(query.sources) ^ {key}))
    if name == "actors":
        return replace(query, actors=tuple(set(query.actors) ^ {key}))
    return query


def _chosen(query: Query, name: str) -> tuple[Any, ...]:
    """What is chosen of a filter: nothing where it shows what it shows by default."""
    now: tuple[Any, ...] = getattr(query, name)
    return () if now == getattr(Query(), name) else now


def _switched(chosen: tuple[_Option, ...], allowed: tuple[_Option, ...], key: str) -> tuple[_Option, ...]:
    return tuple(option for option in allowed if (option in chosen) != (option == key))
