"""The filters of the panel: their options, how many events of the window each holds, whether it is on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.query import Query, select
from geo.views import wording

_Option = TypeVar("_Option", bound=str)

_TIER_LABELS = {"A": "Firm", "B": "Weaker"}
_MOST_SOURCES = 40
_MOST_COUNTRIES = 30


def sections(frame: pd.DataFrame, query: Query, *, articles: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """Give the filter sections with counts for the window.

    Each section's counts are taken with every *other* filter on, so that they say what a click would show.

    Parameters
    ----------
    frame
        The frame of all events; not changed.
    query
        The view.
    articles
        Digests of the articles matching the free text; None where there is none.
    """

    def counts(column: str, unfiltered: Query) -> dict[str, int]:
        shown = select(frame, unfiltered, articles=articles).shown
        return {str(key): int(n) for key, n in frame.loc[shown, column].value_counts().items()}

    by_type = counts("type", replace(query, types=EVENT_TYPES))
    by_status = counts("status", replace(query, status=STATUSES))
    by_tier = counts("tier", replace(query, tiers=TIERS))
    by_country = counts("country_code", replace(query, places=()))
    by_source = counts("source", replace(query, sources=()))
    years = _years(frame, query)
    return [
        {
            "name": "types",
            "title": "Type",
            "text": "Counts are for the window.",
            "options": [
                {
                    "key": key,
                    "type": key,
                    "label": wording.TYPE_LABELS[key],
                    "count": by_type.get(key, 0),
                    "pressed": key in query.types,
                }
                for key in EVENT_TYPES
            ],
        },
        {
            "name": "status",
            "title": "Status",
            "text": "Planned, hypothetical and denied are off until you ask for them.",
            "options": [
                {"key": key, "label": key.capitalize(), "count": by_status.get(key, 0), "pressed": key in query.status}
                for key in STATUSES
            ],
        },
        {
            "name": "tiers",
            "title": "Tie between event, place and date",
            "text": "Firm: tied by the sentence itself. Weaker: carried over from nearby.",
            "options": [
                {"key": key, "label": _TIER_LABELS[key], "count": by_tier.get(key, 0), "pressed": key in query.tiers}
                for key in TIERS
            ],
        },
        {"name": "year", "title": "Year", "text": "A click makes that year the window.", "options": years},
        {
            "name": "places",
            "title": "Country",
            "text": "Where the events were reported. None chosen: everywhere.",
            "options": [
                {"key": key, "label": _country(frame, key), "count": n, "pressed": key in query.places}
                for key, n in _largest(by_country, query.places, _MOST_COUNTRIES)
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


def _country(frame: pd.DataFrame, code: str) -> str:
    of_country = frame[(frame["country_code"] == code) & (frame["place_precision"] == "country")]
    return str(of_country["place"].iloc[0]) if len(of_country) else code


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
    names = ("types", "status", "tiers", "places", "sources", "q")
    return sum(getattr(query, name) != getattr(default, name) for name in names)


def clear(query: Query) -> Query:
    """Give the query without any filter; window, map view and selection stay."""
    default = Query()
    return replace(
        query,
        types=default.types,
        status=default.status,
        tiers=default.tiers,
        places=(),
        sources=(),
        q="",
    )


def toggle(query: Query, name: str, key: str) -> Query:
    """Give the query with one option of one filter switched; an unknown name or option changes nothing."""
    if name == "types":
        return replace(query, types=_switched(query.types, EVENT_TYPES, key))
    if name == "status":
        return replace(query, status=_switched(query.status, STATUSES, key))
    if name == "tiers":
        return replace(query, tiers=_switched(query.tiers, TIERS, key))
    if name == "places":
        return replace(query, places=tuple(set(query.places) ^ {key}))
    if name == "sources":
        return replace(query, sources=tuple(set(query.sources) ^ {key}))
    return query


def _switched(chosen: tuple[_Option, ...], allowed: tuple[_Option, ...], key: str) -> tuple[_Option, ...]:
    return tuple(option for option in allowed if (option in chosen) != (option == key))
