"""The time layer as a plugin: marks, areas and the time bar on a folium map that is somebody else's."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, cast

import pandas as pd
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.model import EVENT_TYPES
from geo.timemap import embed, files, near, packed
from geo.timemap.control import Control
from geo.timemap.tiles import Tiles

Theme = Literal["light", "dark"]
Legend = Literal["open", "closed"]
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


class TimeLayer(JSCSSMixin, MacroElement):
    """Events through time on any folium map: ``TimeLayer(events).add_to(m)``.

    The map keeps its tiles, layers, controls and size; the time bar stands under it, within its box.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame, optional
        See `geo.timemap.packed.pack`; for columns with names of their own, `geo.timemap.exploring.events`. Left out
        where `data_url` serves them.
    data_url, assets_url, areas, areas_url, radii, state, theme, legend
        As of `geo.timemap.TimeMap`. With `lat`, `lng` and `z` in `state` the layer moves the map there.
    within : bool
        Stay in the box that the map has on its page; False fills the window or the frame.
    base : bool
        Draw the base map of this program too, for a map without tiles.
    tiles : Tiles, optional
    control, control_url, span
        As of `geo.timemap.TimeMap`.
    labels, colours : Mapping of str to str, optional
        What types are called, and their colours (``#rrggbb``), by the names in `geo.model.EVENT_TYPES`. With `labels`
        the types that it does not name have no button where no event is of them. Both count for the whole page.
    placed : bool
        Leave the map's view as it is; by default the map opens on the events unless something else has moved it.
    with_leaflet : bool
        Bring Leaflet along, for a page that has none; its pins are drawn then, not loaded.

    Examples
    --------
    >>> m = folium.Map(location=(48.5, 37.5), zoom_start=7)  # doctest: +SKIP
    >>> TimeLayer(events).add_to(m)  # doctest: +SKIP
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TM.start({{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}
        """
    )

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
        within: bool = True,
        base: bool = False,
        tiles: Tiles | None = None,
        control: Control | None = None,
        control_url: str | None = None,
        span: Sequence[date | str] | None = None,
        labels: Mapping[str, str] | None = None,
        colours: Mapping[str, str] | None = None,
        placed: bool = False,
        with_leaflet: bool = False,
    ) -> None:
        if events is None and data_url is None:
            raise ValueError("a map of events needs events, or a data_url that serves them")
        if theme not in ("light", "dark"):
            raise ValueError(f"theme must be 'light' or 'dark'; got {theme!r}")
        super().__init__()  # type: ignore[no-untyped-call]  # (folium ships no types)
        self._name = "TimeLayer"
        self.data_url = data_url
        assets_url = assets_url.rstrip("/") if assets_url is not None else None
        scripts, styles = files.links(assets_url, with_leaflet=with_leaflet)
        self.default_js, self.default_css = list(scripts), list(styles)
        config: dict[str, Any] = {
            "data": inline(packed.pack(events)) if data_url is None and events is not None else {"url": data_url},
            "state": dict(state or {}),
            "theme": theme,
            "radii": {place: float(radius) for place, radius in (radii or {}).items()},
        }
        if base:
            config["base"] = _base(assets_url, events)
        if areas_url is not None:
            config["areas"] = {"url": areas_url}
        elif areas:
            config["areas"] = inline(json.dumps(dict(areas), separators=(",", ":")).encode())
        if legend is not None:
            config["legend"] = legend
        if tiles is not None:
            config["tiles"] = tiles.config()
        if control_url is not None:
            config["control"] = {"url": control_url}
        elif control is not None:
            config["control"] = inline(control.to_json())
        if span is not None:
            first, last = span
            config["span"] = [str(first), str(last)]
        config |= {name: dict(given) for name, given in (("labels", labels), ("colours", _checked(colours))) if given}
        config |= {name: True for name, on in (("within", within), ("placed", placed), ("pins", with_leaflet)) if on}
        self.config = embed.json_in_script(config)

    def render(self, **kwargs: Any) -> str:
        """Render into the figure, which holds all of it: what is given back is empty.

        Raises
        ------
        TypeError
            The layer was added to something that is no map.
        """
        crs = getattr(self._parent, "crs", None)
        if crs is None:
            raise TypeError(f"TimeLayer must be added to a folium.Map; got {type(self._parent).__name__}")
        if crs != "EPSG3857":
            raise ValueError(f"TimeLayer draws in Web Mercator; the map's crs is {crs!r}, not 'EPSG3857'")
        if self.data_url is not None:
            # The data may come while the scripts do.
            link = f'<link rel="preload" as="fetch" crossorigin href="{html.escape(self.data_url)}">'
            cast(Figure, self.get_root()).header.add_child(Raw(link), name="timemap_data")
        figure = cast(Figure, self.get_root())
        for name, url in self.default_js:
            figure.header.add_child(JavascriptLink(url), name=name)
        for name, url in self.default_css:
            figure.header.add_child(CssLink(url), name=name)
        # As it is: branca would compile the megabytes of a page of its own as a template, half a second for nothing.
        script = self._template.module.script(self, kwargs)
        figure.script.add_child(Raw(script), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class Raw(Element):
    """Markup that is written as it is: branca would read braces in it as a template."""

    _template = Template("{{ this.markup }}")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._name = "Raw"
        self.markup = markup


def inline(data: bytes) -> dict[str, str]:
    """Give bytes as a part of the script."""
    return {"gzip": files.encoded(gzip.compress(data, 6, mtime=0))}


def _checked(colours: Mapping[str, str] | None) -> Mapping[str, str] | None:
    for kind, colour in (colours or {}).items():
        if kind not in EVENT_TYPES:
            raise ValueError(f"colours: {kind!r} is none of {', '.join(EVENT_TYPES)}")
        if not _COLOUR.fullmatch(str(colour)):
            raise ValueError(f"colours: {kind}: {colour!r} is not written as #rrggbb")
    return colours


def _base(assets_url: str | None, events: pd.DataFrame | None) -> dict[str, Any]:
    if assets_url is not None:
        sources: dict[str, Any] = {name: {"url": f"{assets_url}/basemap/{name}.json"} for name in files.LAYERS}
        return sources | {"near": {"url": f"{assets_url}/basemap/near/"}}
    layers = {name: files.read(f"basemap/{name}.json").body for name in files.LAYERS}
    squares = near.around(events) if events is not None else {}
    inlined = {name: {"gzip": files.encoded(body)} for name, body in squares.items()}
    return {name: {"gzip": files.encoded(body)} for name, body in layers.items()} | {"near": {"squares": inlined}}
