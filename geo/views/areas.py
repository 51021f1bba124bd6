"""The areas behind the marks: the outline of each region and country that has events, the reach of each sea."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gazetteer.index import Gazetteer

_DRAWN_AS_AREA = ("region", "country")


def outlines(frame: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, dict[str, Any]]:
    """Give the GeoJSON geometry of each region and country of events by place id; those unknown are left out.

    `frame`: any that has the columns `place_id` and `place_precision`, such as `geo.export.places` gives.
    """
    found = {place: gazetteer.area(place) for place, precision in _places(frame) if precision in _DRAWN_AS_AREA}
    return {place: geometry for place, geometry in found.items() if geometry}


def radii(frame: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, float]:
    """Give the reach, in kilometres, of each sea and each region without an outline by place id."""
    found = {
        place: gazetteer.radius_km(place) for place, precision in _places(frame) if precision not in ("town", "country")
    }
    return {place: km for place, km in found.items() if km}


def _places(frame: pd.DataFrame) -> list[tuple[str, str]]:
    places = frame[["place_id", "place_precision"]].dropna().drop_duplicates()
    return [(str(place), str(precision)) for place, precision in places.itertuples(index=False, name=None)]
