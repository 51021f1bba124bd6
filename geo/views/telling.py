"""What a view is called: its title in the browser's tab, in exports and where a link to it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from geo.query import Query
from geo.views import filters, wording

SITE = "What was reported"
_MOST_FILTERS = 4


def window(query: Query) -> str:
    """Write the window of a view: ``Jan 2015``, ``since 1 Mar 2022``; empty where it is all of time."""
    if query.mode == "cumulative":
        return f"up to {wording.day(query.end)}" if query.end else ""
    if query.start and query.end:
        days = wording.interval(query.start, query.end)
        return f"{days}, in every year" if query.mode == "day" else days
    if query.start:
        return f"since {wording.day(query.start)}"
    return f"up to {wording.day(query.end)}" if query.end else ""


def title(query: Query, *, names: Callable[[str], str] | None = None) -> str:
    """Give the title of a view: the one it was given, else its filters and its window.

    Parameters
    ----------
    names
        Names a place by its id. None: places are left out, where nothing is at hand that knows them.
    """
    if query.title:
        return query.title
    shown = query if names else Query.from_params({**query.to_params(), "places": ""})[0]
    labels = [chip["label"] for chip in filters.chips(shown, names=names or str)]
    more = f" and {len(labels) - _MOST_FILTERS} more" if len(labels) > _MOST_FILTERS else ""
    parts = [", ".join(labels[:_MOST_FILTERS]) + more, window(query)]
    return ", ".join(part for part in parts if part) or SITE


def timeless(query: Query, *, names: Callable[[str], str] | None = None) -> str:
    """Give the title of what plays through time: as `title`, without the window, which moves."""
    return title(replace(query, start=None, end=None), names=names)


def tab(query: Query, *, names: Callable[[str], str] | None = None) -> str:
    """Give the title of the browser's tab: that of the view before that of the site."""
    own = title(query, names=names)
    return own if own == SITE else f"{own} · {SITE}"


def description(query: Query) -> str:
    """Say in a sentence or two what a link shows, for whoever is shown the link before the map."""
    if query.note:
        return query.note
    when = window(query)
    axis = "published" if query.axis == "reported" else "reported to have happened"
    return (
        f"A map of what articles say: events {axis}{f' ({when})' if when else ''}, each with its sentence and source."
    )
