"""The folium element: a map of events with its time bar, the same in the dashboard, a notebook and a file.

State (in at the start, out after a release, a click or a pan) is one flat mapping:

``from``, ``to``
    ISO dates, both days included.
``axis``, ``mode``
    ``happened`` or ``reported``; ``window``, ``cumulative`` or ``day`` (the same days in every year).
``types``, ``status``, ``tiers``
    Lists of the names in `geo.model`.
``draw``
    ``auto``: cells of a grid where places are many, else marks; ``marks`` or ``density``: always.
``control``
    ``on`` or ``off``: whether control areas are shown, where there are any.
``lat``, ``lng``, ``z``
    The map's centre and zoom (steps of one half).
``event``, ``place``
    Ids of the opened event and the chosen place (in: or a list of them), or None.
``places``
    Ids of the places of the clicked mark: a cluster has several. Where it is given, ``place`` does not count.

Without ``lat``, ``lng`` and ``z`` the map opens on the densest part of the window's events.

Out only: ``number`` (grows with each report), ``whole`` (True where the window is the whole range of the data),
``longest`` (days, None where dates of any width are shown); and once, where a `Command` asked for a point and the user
gave one, ``picked`` ([longitude, latitude]); in the same way ``cleared`` (True), where the map's button cleared every
filter.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import folium
import pandas as pd
from branca.element import Element, Figure

from geo.timemap import control as reading
from geo.timemap import embed
from geo.timemap.control import Control
from geo.timemap.layer import Legend, Raw, Theme, TimeLayer
from geo.timemap.tiles import Tiles

START_VIEW = (30.0, 20.0, 2.5)  # lat, lng, zoom where no event has a place
WORLD = [[-85, -540], [85, 540]]  # over the 180th meridian and on: the map turns back to it by itself
FRAME_HEIGHT = 720  # pixels, in a notebook
_OPTIONS: dict[str, Any] = {
    "zoom_control": False,
    "zoom_snap": 0.5,
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 90,
    "min_zoom": 2,
    "max_zoom": 12,
    "max_bounds_viscosity": 0.6,
    "min_lat": WORLD[0][0],
    "min_lon": WORLD[0][1],
    "max_lat": WORLD[1][0],
    "max_lon": WORLD[1][1],
    "max_bounds": True,
}


class TimeMap(folium.Map):
    """A folium map of events through time.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame, optional
        See `geo.timemap.packed.pack`. Left out where `data_url` serves them.
    data_url : str, optional
        Where the browser gets ``pack(events)``. None: the data are part of the page.
    assets_url : str, optional
        Where `geo.timemap.files.read` is served, with or without a closing slash; relative to the frame's page, so that
        a base path survives. None: everything is inlined and nothing is ever requested.
    areas, areas_url : Mapping of str to GeoJSON geometry, or str
        Outlines of region places by place id, given or served as a JSON object. A region without one is a soft circle.
    radii : Mapping of str to float, optional
        Radius of seas (and regions without an outline) by place id, in kilometres.
    state : Mapping, optional
        See this module's description. What is left out takes its default; nonsense is passed over.
    theme : {"light", "dark"}
    legend : {"open", "closed"}, optional
        None: open on the first visit.
    width, height : str or float, optional
        The size of the map with its bar, as folium takes it. Given one, the map keeps to its place on the page, beside
        others; given none, it fills the window or the frame.
    location, zoom_start : optional
        Where to start, latitude first, as folium has it; ``lat``, ``lng`` and ``z`` of `state` go before it.
    tiles : Tiles, str or folium.TileLayer, optional
        `Tiles`: online tiles that the user may switch on; they are off at first, and switching them on says so. What
        folium takes: shown instead of the base map, from wherever they come.
    control, control_url : Control, path or str, optional
        Who holds what, and when: `geo.timemap.control.read` of a GeoJSON file, the path of one, or where the browser
        gets its `to_json`. Drawn under the events, as of the last day of the window.
    span : sequence of two dates or ISO dates, optional
        First and last day that the time bar covers beside those of the events, as those of layers.
    labels, colours : Mapping of str to str, optional
        As of `geo.timemap.TimeLayer`.
    about : Mapping, optional
        What the page says of itself to programs: JSON in its head (``<script type="application/json" id="about">``).

    **options
        Whatever else a `folium.Map` takes (``min_zoom``, ``control_scale``, ``attr`` ...).

    Raises
    ------
    ValueError
        There are no events; an option is none; control areas cannot be read (`geo.timemap.control.ControlError`); or,
        when it is drawn, something was added whose scripts come from the net (`folium.Icon`, most plugins): give these
        local assets, or use a `folium.Map` with a `TimeLayer`.

    Examples
    --------
    >>> TimeMap(events).save("events.html")  # doctest: +SKIP
    """

    def __init__(
        self,
        events: pd.DataFrame | None = None,
        *,
        data_url: str | None = None,
        assets_url: str | None = None,
        areas: Mapping[str, Any] | None = None,
        areas_url: str | None = None,
        radii: Mapping[str, float] | None = None,
        state: Mapping[str, Any] | None = None,
        theme: Theme = "light",
        legend: Legend | None = None,
        tiles: Tiles | str | folium.TileLayer | None = None,
        control: Control | str | Path | None = None,
        control_url: str | None = None,
        span: Sequence[date | str] | None = None,
        labels: Mapping[str, str] | None = None,
        colours: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
        width: str | float | None = None,
        height: str | float | None = None,
        location: Sequence[float] | None = None,
        zoom_start: float | None = None,
        **options: Any,
    ) -> None:
        state = _placed(dict(state or {}), location, zoom_start)
        lat, lng, zoom = start_view(state, events)
        within = width is not None or height is not None
        online = None if isinstance(tiles, Tiles) else tiles
        layer = TimeLayer(
            events,
            data_url=data_url,
            assets_url=assets_url,
            areas=areas,
            areas_url=areas_url,
            radii=radii,
            state=state,
            theme=theme,
            legend=legend,
            labels=labels,
            colours=colours,
            within=within,
            base=online is None,
            tiles=tiles if isinstance(tiles, Tiles) else None,
            control=reading.read(control) if isinstance(control, (str, Path)) else control,
            control_url=control_url,
            span=span,
            placed=location is not None or zoom_start is not None,
            with_leaflet=True,
        )
        super().__init__(
            location=(lat, lng),
            tiles=online,
            width=width if width is not None else "100%",
            height=height if height is not None else FRAME_HEIGHT if within else "100%",
            # Who serves tiles wants to be named.
            **_OPTIONS | {"attribution_control": online is not None} | options,
        )
        self._name = "Map"
        self.options["zoom"] = zoom
        self.default_js, self.default_css = layer.default_js, layer.default_css
        layer.default_js, layer.default_css = [], []
        self.about = about
        self.add_child(layer, name="timemap")

    def render(self, **kwargs: Any) -> str:
        """Render into the figure; see the class for what cannot be drawn."""
        for child in _descendants(self):
            _refuse_remote(child)
        if self.about is not None:
            told = f'<script type="application/json" id="about">{embed.json_in_script(dict(self.about))}</script>'
            cast(Figure, self.get_root()).header.add_child(Raw(told), name="timemap_about")
        return str(super().render(**kwargs))  # type: ignore[no-untyped-call]  # (folium ships no types)

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the map in a notebook, in a frame of its own."""
        page = html.escape(self.get_root().render(**kwargs))
        tall = f"{self.height[0]}{self.height[1]}" if self.height[1] == "px" else f"{FRAME_HEIGHT}px"
        return (
            f'<iframe srcdoc="{page}" title="Map of events" style="width:100%;height:{tall};border:0" '
            "allowfullscreen></iframe>"
        )


def _placed(state: dict[str, Any], location: Sequence[float] | None, zoom_start: float | None) -> dict[str, Any]:
    """Give the state with folium's way of saying where to start; what the state says itself goes before it."""
    if location is not None:
        try:
            lat, lng = (float(value) for value in location)
        except (TypeError, ValueError):
            raise ValueError(f"location must be (latitude, longitude); got {location!r}") from None
        state = {"lat": lat, "lng": lng} | state
    return state if zoom_start is None else {"z": float(zoom_start)} | state


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _descendants(child)


def _refuse_remote(child: Element) -> None:
    """Refuse what loads scripts from another machine, where an error in the browser would leave half a map."""
    if isinstance(child, folium.Icon):
        raise ValueError(
            "folium.Icon draws with scripts that come from the net, and a TimeMap opens no connection. Leave the icon "
            "out, take folium.DivIcon or folium.CustomIcon, or use a folium.Map with TimeLayer(events).add_to(m)"
        )
    for _, address in [*getattr(child, "default_js", ()), *getattr(child, "default_css", ())]:
        if str(address).startswith(("http:", "https:", "//")):
            raise ValueError(
                f"{type(child).__name__} loads {address}, and a TimeMap opens no connection. Point its default_js and "
                "default_css to local files, or use a folium.Map with TimeLayer(events).add_to(m)"
            )


def start_view(state: Mapping[str, Any], events: pd.DataFrame | None) -> tuple[float, float, float]:
    """Give latitude, longitude and zoom to start with: from the state, else around the middle 70 % of the events."""
    lat, lng, zoom = START_VIEW
    if events is not None and {"lon", "lat"} <= set(events.columns):
        points = events[["lat", "lon"]].apply(pd.to_numeric, errors="coerce").dropna()
        if len(points):
            low, high = points.quantile(0.15), points.quantile(0.85)
            lat, lng = float(low["lat"] + high["lat"]) / 2, float(low["lon"] + high["lon"]) / 2
            # Half as much again around them, so that most of the rest is in view too.
            extent = 1.5 * max(float(high["lon"] - low["lon"]), 1.6 * float(high["lat"] - low["lat"]), 0.5)
            zoom = min(8.0, max(2.0, math.floor(2 * math.log2(900 * 360 / (256 * extent))) / 2))
    given = [_finite(state.get(key)) for key in ("lat", "lng", "z")]
    if given[0] is not None and given[1] is not None:
        lat, lng = min(max(given[0], -85.0), 85.0), min(max(given[1], -180.0), 180.0)
    if given[2] is not None:
        zoom = min(max(given[2], 2.0), 12.0)
    return lat, lng, zoom


def _finite(value: object) -> float | None:
    """Give a number, or None for everything that is none (NaN and infinities included)."""
    try:
        number = float(value)  # type: ignore[arg-type]  # (whatever is none is refused below)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
