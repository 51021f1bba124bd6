"""The stage: the map with its time bar, in one frame that lives as long as the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit_folium import st_folium

from geo.page import layering, overlays, reported, session, shipped
from geo.page.library import Library
from geo.query import Query, Selection
from geo.timemap import Command, Tiles, TimeMap
from geo.views import listing

# Relative to the frame's own page (component/streamlit_folium.st_folium/index.html), so that a base path survives.
_APP = "../../"
_COUNTRY_CODE = 2


@dataclass(frozen=True, slots=True)
class Mounted:
    """What the frame was started with. It stays as it is for the whole session: any change would build the map anew."""

    data: Mapping[str, Any]
    state: Mapping[str, Any]
    theme: str
    number: int
    span: tuple[str, str] | None


def draw(view: session.View, shelf: Library, selection: Selection, *, theme: str) -> None:
    """Draw the map; after that, tell the living map what changed."""
    mounted = _mounted(view, shelf, theme=theme)
    drawn = TimeMap(
        data_url=mounted.data["url"],
        assets_url=f"{_APP}{shipped.address()}",
        areas_url=mounted.data["areas"],
        radii=mounted.data["radii"],
        state=mounted.state,
        theme="dark" if mounted.theme == "dark" else "light",
        legend="closed" if view.query.embed else None,
        tiles=Tiles.of(shelf.settings, url=f"{_APP}api/tiles/{{z}}/{{x}}/{{y}}"),
        control_url=f"{_APP}api/control.json" if shelf.settings.control else None,
        span=mounted.span,
    )
    order = dict(view.order or {})
    number = order.pop("n", 0)
    span = overlays.span(shelf, embed=view.query.embed)
    layers = layering.on_map(view, shelf, app=_APP)
    if layers is None:
        layers = overlays.listed(shelf, app=_APP, embed=view.query.embed)
    command = Command(
        # Data that came later than the start come by this message: the map, its view and its window stay.
        _filters(view.query, shelf, selection)
        | {"theme": theme, "data": _data(view.query, shelf), "span": span, "layers": layers}
        | _spot(view.query, shelf),
        order=order if number > mounted.number else None,
        number=number,
    )
    st_folium(
        drawn,
        key="map",
        width=None,
        height=720,
        returned_objects=[],
        feature_group_to_add=command.group(),
        on_change=reported.mapped,
    )


def _mounted(view: session.View, shelf: Library, *, theme: str) -> Mounted:
    mounted = st.session_state.get("mounted")
    if not isinstance(mounted, Mounted):
        mounted = Mounted(
            _data(view.query, shelf),
            _state(view) | _spot(view.query, shelf),
            theme,
            (view.order or {}).get("n", 0),
            overlays.span(shelf, embed=view.query.embed),
        )
        st.session_state.mounted = mounted
    return mounted


def _data(query: Query, shelf: Library) -> dict[str, Any]:
    version = shelf.version()
    own = f"events.bin?version={version}"
    if shelf.gridded:
        # What is filtered cannot be told of counts: those of a filter are others.
        filters = Query.filters_of(query).to_params()
        own = f"grid.bin?{urlencode({'version': version} | filters)}"
    return {
        "url": f"{_APP}api/{own}",
        "grid": shelf.gridded,
        "areas": f"{_APP}api/areas.json?version={version}",
        "radii": shelf.radii(),
    }


def _state(view: session.View) -> dict[str, Any]:
    query = view.query
    return {
        "from": query.start.isoformat() if query.start else None,
        "to": query.end.isoformat() if query.end else None,
        "axis": query.axis,
        "mode": query.mode,
        "types": list(query.types),
        "longest": query.longest,
        "draw": query.draw,
        "control": query.control,
        "lat": query.lat,
        "lng": query.lng,
        "z": query.z,
        "event": query.event,
        "place": list(query.marked),
    }


def _spot(query: Query, shelf: Library) -> dict[str, Any]:
    """Say where the opened event stands, which a map of counts cannot know; nothing where it has the events."""
    if not shelf.gridded:
        return {}
    row = shelf.row(query.event) if query.event else None
    if row is None or row["lat"] != row["lat"]:
        return {"spot": None}
    where = {"lat": float(row["lat"]), "lng": float(row["lon"])}
    return {"spot": {"event": query.event, "place": row["place_id"], "precision": row["place_precision"]} | where}


def _filters(query: Query, shelf: Library, selection: Selection) -> dict[str, Any]:
    """What the panel and the search let through. Types are not among them: the map's own chips may be ahead of us."""
    if shelf.gridded:
        own = {"status": list(query.status), "tiers": list(query.tiers)}
        return own | dict.fromkeys(("sources", "countries", "ids"))
    countries = bool(query.places) and all(len(place) == _COUNTRY_CODE for place in query.places)
    by_id = bool(query.q or query.actors or query.changed) or (bool(query.places) and not countries)
    return {
        "status": list(query.status),
        "tiers": list(query.tiers),
        "sources": list(query.sources) or None,
        "countries": list(query.places) if countries else None,
        "ids": listing.ids(shelf.events(), selection.filtered) if by_id else None,
    }
