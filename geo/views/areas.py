"""The areas behind the marks: the outline of each region and country that has events, the reach of each sea."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gazetteer.index import Gazetteer

_DRAWN_AS_AREA = ("region", "country")


def of_events(frame: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, dict[str, Any]]:
    """Collect what the map draws for the places that are no points.

    Returns
    -------
    dict
        ``{"areas": {place id: GeoJSON geometry}, "radius": {place id: km}}``. A place that the gazetteer knows no
        outline of is left out: the map then falls back to its badge alone.
    """
    areas: dict[str, Any] = {}
    radius: dict[str, Any] = {}
    places = frame[["place_id", "place_precision"]].dropna().drop_duplicates()
    for place_id, precision in places.itertuples(index=False, name=None):
        if precision in _DRAWN_AS_AREA and (geometry := gazetteer.area(place_id)):
            areas[place_id] = geometry
        elif precision != "town" and (km := gazetteer.radius_km(place_id)):
            radius[place_id] = km
    return {"areas": areas, "radius": radius}
