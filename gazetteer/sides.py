"""The sides of the countries of an open file as places: "eastern Ukraine" with its point, people and units."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from gazetteer import schema, sectors
from gazetteer.place import Place
from gazetteer.places import Places
from gazetteer.schema import DEGREE

PREFIX = "s:"


def parted(place_id: str) -> tuple[str, str]:
    """Give country and direction of a side's id.

    >>> parted("s:UA:east"), parted("s:")
    (('UA', 'east'), ('', ''))
    """
    _, country, direction = [*place_id.split(":"), "", ""][:3]
    return country, direction


class Sides:
    """Makes the sides of one file.

    Parameters
    ----------
    rows : callable
        Runs a query.
    places : Places
    """

    def __init__(self, rows: Callable[..., list[Any]], places: Places) -> None:
        self._rows = rows
        self._places = places
        self._side = lru_cache(maxsize=512)(self._find)

    def place(self, country_code: str, direction: str) -> Place | None:
        """Give a side of a country ("eastern", "north-west", "central") as a region of its own, or None."""
        found = sectors.side(direction)
        return None if found is None else self._side(country_code.upper(), found)

    def _find(self, country_code: str, direction: str) -> Place | None:
        country = self._places.country(country_code)
        units = self.units(country_code, direction)
        if country is None or not units:
            return None
        lon, lat = sectors.middle(units)
        return Place(
            id=f"{PREFIX}{country_code}:{direction}",
            name=f"{sectors.title(direction)} {country.name}",
            kind="region",
            lon=lon,
            lat=lat,
            country_code=country_code,
            population=sum(unit.population for unit in units),
            parent_id=country.id,
            source="first-level units on that side",
        )

    def units(self, country_code: str, direction: str) -> tuple[sectors.Unit, ...]:
        """Give the first-level units on a side of a country, farthest first."""
        rows = self._rows(
            "SELECT u.code, p.lon, p.lat, p.population FROM unit u JOIN place p ON p.key = u.key"
            " WHERE u.code >= ? AND u.code < ? AND p.kind = ? ORDER BY u.code",
            (f"{country_code}.", f"{country_code}/", schema.KIND_NUMBER["admin1"]),
        )
        units = [sectors.Unit(code, lon / DEGREE, lat / DEGREE, people) for code, lon, lat, people in rows]
        return sectors.members(units, direction)
