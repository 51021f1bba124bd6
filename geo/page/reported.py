"""What the living map reports: taken over into the session's view, as untrusted as a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.page import session
from geo.page.clicks import point_of
from geo.page.session import PAGE, View
from geo.query import Query
from geo.views import filters

_TILE = 256  # pixels round the world at zoom 0
_STILL = 4  # pixels
MAP_KEYS = ("from", "to", "axis", "mode", "types", "longest", "draw", "control", "lat", "lng", "z", "event")


def mapped() -> None:
    """Take over what the map reports; Streamlit calls this before the page runs again."""
    state = st.session_state.get("map")
    if isinstance(state, Mapping):
        session.keep(from_map(session.current(), state))


def from_map(view: View, state: Mapping[str, Any]) -> View:
    """Take over what the map reports after a release, a click or a pan. Untrusted: it is read as a link is."""
    if state.get("cleared") is True:
        view = replace(view, query=filters.clear(view.query))
    now = view.query.to_params() | {"event": view.query.event or ""}
    params = {key: _param(state[key]) for key in MAP_KEYS if key in state}
    if state.get("whole") is True:  # the whole range stays open, so that the link holds when articles are added
        params |= {"from": "", "to": ""}
    places = state.get("places")
    params["at"] = ",".join(map(str, places)) if isinstance(places, (list, tuple)) else ""
    query, _ = Query.from_params(now | params)
    query = _steady(replace(query, tab=view.query.tab, theme=view.query.theme), view.query)
    picked = _picked(state)
    if picked and (view.query.event or view.query.tab == "missing"):
        return replace(view, query=replace(query, event=view.query.event, marked=view.query.marked), picked=picked)
    moved = (query.event, query.marked) != (view.query.event, view.query.marked)
    if query.marked and query.marked != view.query.marked:
        query = replace(query, tab="events")
    return replace(
        view,
        query=query,
        passage=None if moved and query.event else view.passage,
        article=None if moved and query.event else view.article,
        picked=None if moved else view.picked,
        length=PAGE if moved else view.length,
    )


def _picked(state: Mapping[str, Any]) -> tuple[float, float] | None:
    """Read the longitude and latitude that the map was asked for."""
    given = state.get("picked")
    if not (isinstance(given, (list, tuple)) and len(given) == 2):
        return None
    point = point_of({"lng": given[0], "lat": given[1]})
    return (point[1], point[0]) if point else None


def _steady(query: Query, before: Query) -> Query:
    """Keep the view as it was where it moved by a few pixels only: a frame that takes its size does that, no reader."""
    if query.lat is None or before.lat is None or query.z != before.z:
        return query
    pixel = 360 / (_TILE * 2 ** (query.z or 0))
    moved = max(abs(query.lat - before.lat), abs((query.lng or 0) - (before.lng or 0)))
    return replace(query, lat=before.lat, lng=before.lng) if moved < _STILL * pixel else query


def _param(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value)) or "none"
    return "" if value is None else str(value)
