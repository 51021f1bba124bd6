"""The folium element: a map of events with its time bar, the same in the dashboard, a notebook and a file.

State (in at the start, out after a release, a click or a pan) is one flat mapping:

``from``, ``to``
    ISO dates, both days included.
``axis``, ``mode``
    ``happened`` or ``reported``; ``window``, ``cumulative`` or ``day`` (the same days in every year).
``types``, ``status``, ``tiers``
    Lists of the names in `geo.model`.
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

import gzip
import html
import json
import math
from collections.abc import Mapping
from typing import Any, Literal, cast

import folium
import pandas as pd
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geo.timemap import embed, files, packed
from geo.timemap.tiles import Tiles

Theme = Literal["light", "dark"]
START_VIEW = (30.0, 20.0, 2.5)  # lat, lng, zoom where no event has a place
WORLD = [[-85, -190], [85, 190]]
FRAME_HEIGHT = 720  # pixels, in a notebook


class _Raw(Element):
    """Markup that is written as it is: branca would read braces in it as a template."""

    _template = Template("{{ this.markup }}")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._name = "Raw"
        self.markup = markup


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
    tiles : Tiles, optional
        Online tiles that the user may switch on; they are off at first, and switching them on says so.
    about : Mapping, optional
        What the page says of itself to programs: JSON in its head (``<script type="application/json" id="about">``).

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
        legend: Literal["open", "closed"] | None = None,
        tiles: Tiles | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        if events is None and data_url is None:
            raise ValueError("TimeMap needs events, or a data_url that serves them")
        if theme not in ("light", "dark"):
            raise ValueError(f"theme must be 'light' or 'dark'; got {theme!r}")
        state = dict(state or {})
        lat, lng, zoom = start_view(state, events)
        super().__init__(
            location=(lat, lng),
            tiles=None,
            zoom_control=False,
            attributionControl=False,
            zoom_snap=0.5,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=90,
            min_zoom=2,
            max_zoom=12,
            max_bounds_viscosity=0.6,
            min_lat=WORLD[0][0],
            min_lon=WORLD[0][1],
            max_lat=WORLD[1][0],
            max_lon=WORLD[1][1],
            max_bounds=True,
        )
        self._name = "Map"
        self.options["zoom"] = zoom
        self.data_url = data_url
        self.assets_url = assets_url.rstrip("/") if assets_url is not None else None
        if self.assets_url is None:
            self.default_js, self.default_css = [], []
        else:
            base = self.assets_url
            self.default_js = [("leaflet", f"{base}/leaflet/leaflet.js"), ("timemap", f"{base}/timemap.js")]
            self.default_css = [("leaflet_css", f"{base}/leaflet/leaflet.css"), ("timemap_css", f"{base}/timemap.css")]
        config: dict[str, Any] = {
            "data": _inline(packed.pack(events)) if data_url is None and events is not None else {"url": data_url},
            "base": self._base(),
            "state": state,
            "theme": theme,
            "radii": {place: float(radius) for place, radius in (radii or {}).items()},
        }
        if areas_url is not None:
            config["areas"] = {"url": areas_url}
        elif areas:
            config["areas"] = _inline(json.dumps(dict(areas), separators=(",", ":")).encode())
        if legend is not None:
            config["legend"] = legend
        if tiles is not None:
            config["tiles"] = {"url": tiles.url, "credit": tiles.credit}
        self.add_child(_Start(embed.json_in_script(config)), name="timemap")

    def _base(self) -> dict[str, dict[str, str]]:
        if self.assets_url is not None:
            return {name: {"url": f"{self.assets_url}/basemap/{name}.json"} for name in files.LAYERS}
        layers = {name: files.read(f"basemap/{name}.json").body for name in files.LAYERS}
        return {name: {"gzip": files.encoded(body)} for name, body in layers.items()}

    def render(self, **kwargs: Any) -> str:
        """Render into the figure; without `assets_url`, with every asset inlined."""
        header = cast(Figure, self.get_root()).header
        if self.data_url is not None:
            # The data may come while the scripts do.
            link = f'<link rel="preload" as="fetch" crossorigin href="{html.escape(self.data_url)}">'
            header.add_child(_Raw(link), name="timemap_data")
        if self.assets_url is None:
            script, style = files.leaflet()
            header.add_child(_Raw(f"<style>{style}\n{files.style()}</style>"), name="timemap_style")
            header.add_child(_Raw(f"<script>{_in_script(script)}</script>"), name="leaflet_script")
            header.add_child(_Raw(f"<script>{_in_script(files.script())}</script>"), name="timemap_script")
        return str(super().render(**kwargs))  # type: ignore[no-untyped-call]  # (folium ships no types)

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the map in a notebook, in a frame of its own."""
        page = html.escape(self.get_root().render(**kwargs))
        return (
            f'<iframe srcdoc="{page}" title="Map of events" style="width:100%;height:{FRAME_HEIGHT}px;border:0" '
            "allowfullscreen></iframe>"
        )


class _Start(MacroElement):
    """The script that starts the map; nothing of an article is in it but encoded bytes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TM.start({{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}
        """
    )

    def __init__(self, config: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # (folium ships no types)
        self._name = "Start"
        self.config = config


def _in_script(text: str) -> str:
    """Keep a script from ending its own element."""
    return text.replace("</script", "<\\/script")


def _inline(data: bytes) -> dict[str, str]:
    return {"gzip": files.encoded(gzip.compress(data, 6, mtime=0))}


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
