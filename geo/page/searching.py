"""What the one search field does: words to look for, a place, days, each as a filter that can be taken away again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geo.page import session
from geo.page.library import Library
from geo.page.session import View
from geo.query import Query
from geo.views import asking

_NEAR = {"place": 9, "region": 6, "country": 5}  # zoom


def search(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Look for what was asked: `act` holds ``q`` as typed, and ``month_first``. An empty question ends the search."""
    asked = asking.read(str(act.get("q") or ""), shelf.findable(), month_first=act.get("month_first") is True)
    query, notes = Query.from_params({"q": asked.words})
    found = replace(view.query, q=query.q, event=None, tab=_tab(view), marked=())
    wishes: dict[str, Any] = {"place": None}
    if asked.place:
        found = replace(found, places=(asked.place.key,))
        if asked.place.at:
            lat, lng = asked.place.at
            wishes["flyTo"] = {"lat": lat, "lng": lng, "z": _NEAR[asked.place.kind]}
    if asked.days:
        found = replace(found, start=asked.days[0], end=asked.days[1], mode="window")
        first, last = (day.isoformat() for day in asked.days)
        wishes |= {"from": first, "to": last, "mode": "window"}
    shown = replace(
        view,
        query=found,
        notes=notes,
        passage=None,
        article=None,
        length=session.PAGE,
        searches=view.searches + 1,
    )
    return session.asked(shown, **wishes)


def _tab(view: View) -> Any:
    """The list, or what was not plotted: both follow the search."""
    return view.query.tab if view.query.tab == "not_plotted" else "events"
