"""What a mention keeps of a gazetteer place."""

from __future__ import annotations

from gazetteer.place import Place
from geo.model import PlacePrecision, PlaceRef

_PRECISIONS: dict[str, PlacePrecision] = {
    "continent": "country",
    "country": "country",
    "admin1": "region",
    "admin2": "region",
    "admin3": "region",
    "region": "region",
    "sea": "sea",
    "river": "region",
    "lake": "region",
    "island": "town",
    "mountain": "point",
    "town": "town",
    "village": "point",
    "facility": "point",
}


def place_ref(place: Place) -> PlaceRef:
    """Give what a mention keeps of a gazetteer place."""
    return PlaceRef(
        id=place.id,
        name=place.name,
        kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        country_code=place.country_code,
        admin1=place.admin1,
        precision=_PRECISIONS[place.kind],
    )
