"""The region of a point, by the nearest town of the gazetteer: the same words for every side of a comparison."""

from __future__ import annotations

from collections.abc import Callable

from gazetteer.index import Gazetteer

_KINDS = ("town", "village")


def by(gazetteer: Gazetteer) -> Callable[[float, float], str | None]:
    """Give what tells the region of a longitude and latitude: the first-level unit and its country, None at sea."""

    def region(lon: float, lat: float) -> str | None:
        near = gazetteer.nearest(lon, lat, kinds=_KINDS)
        if not near:
            return None
        place, _ = near[0]
        return ", ".join(part for part in (place.admin1, place.country_code) if part) or None

    return region
