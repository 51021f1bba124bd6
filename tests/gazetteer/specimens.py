"""A tiny GeoNames dump and a tiny data folder, written by hand: enough of the world for a gazetteer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

PLACES = """\
690791 Ukraine Ukraine - 49.0 32.0 A PCLI UA - 00 - - - 44622516
2017370 Russia Russia - 60.0 100.0 A PCLI RU - 00 - - - 144478050
709716 Donetska_Oblast Donetska_Oblast - 48.0 37.67 A ADM1 UA - 05 - - - 4059372
706483 Kharkiv Kharkiv Harkov,Kharkov,Харків,Харьков 49.98 36.25 P PPLA UA - 07 - - - 1421125
706482 Kharkiv_Oblast Kharkiv_Oblast - 49.5 36.5 A ADM1 UA - 07 - - - 2598961
702657 Luhansk_Oblast Luhansk_Oblast - 49.0 39.0 A ADM1 UA - 14 - - - 2102921
687699 Zaporizhzhia_Oblast Zaporizhzhia_Oblast - 47.84 35.14 A ADM1 UA - 26 - - - 1638462
702549 Lviv_Oblast Lviv_Oblast - 49.75 23.92 A ADM1 UA - 15 - - - 2725900
713174 Bakhmut Bakhmut - 48.594 37.999 P PPL UA - 05 1 - - 80500
713172 Bakhmut_Raion Bakhmut_Raion - 48.58 38.0 A ADM2 UA - 05 1 - - 220275
4544349 Oklahoma Oklahoma - 35.49 -98.0 A ADM1 US - OK - - - 3547049
6252001 United_States United_States - 39.76 -98.5 A PCLI US - 00 - - - 327167434
2110425 Anadyr Anadyr - 64.7 177.5 P PPL RU - 15 - - - 11000
5999999 Provideniya Provideniya - 64.4 -173.2 P PPL RU - 15 - - - 1970
5880054 Nome Nome - 64.5 -165.4 P PPL US - AK - - - 3788
"""

ALTERNATES = """\
1\t713174\ten\tBakhmut\t1\t\t\t\t2016\t
2\t713174\tuk\tБахмут\t\t\t\t\t\t
3\t713174\tru\tАртёмовск\t\t\t\t1\t1924\t2016
4\t713174\t\tArtemivsk\t\t\t\t1\t1924\t2016
5\t713174\tlink\thttps://example.org/Bakhmut\t\t\t\t\t\t
6\t690791\tabbr\tUKR\t\t\t\t\t\t
7\t706483\ten\tKharkiv\t1\t\t\t\t\t
8\t706483\tru\tХарьков\t\t\t\t\t\t
"""

CLASS_HEADER = (
    "id,name,kind,lon,lat,country_code,admin1_code,parent_id,aliases,government,radius_km,area,population,"
    "feature_code,source"
)
SEAS = f"""{CLASS_HEADER}
c:sea-of-azov,Sea of Azov,sea,36.6,46.1,,,,Azov Sea;Azov,,150,,,SEA,test
c:donbas,Donbas,region,38.2,48.3,UA,,UA,Donbass,,,admin1:UA.05+UA.14,,,test
c:big-box,Big Box,region,37.0,48.0,UA,,,,,,poly:big-box,,,test
c:snake-island,Snake Island,island,30.2,45.25,UA,,UA,Zmiinyi Island,,3,,,,test
c:robotyne,Robotyne,village,35.83,47.44,UA,UA.26,,Rabotino,,,,500,PPL,test
"""


def write_dump(folder: Path, *, places: str = PLACES, alternates: str | None = ALTERNATES) -> Path:
    """Write a dump with the columns of the real one."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for line in places.splitlines():
        cells = ["" if cell == "-" else cell.replace("_", " ") for cell in line.split(" ")]
        number, name, plain, others, lat, lon, feature, code, country, cc2, a1, a2, a3, a4, people = cells
        row = [number, name, plain, others, lat, lon, feature, code, country, cc2, a1, a2, a3, a4, people]
        lines.append("\t".join([*row, "", "0", "Etc/UTC", "2024-01-01"]) + "\n")
    (folder / "allCountries.txt").write_text("".join(lines), "utf-8")
    if alternates is not None:
        (folder / "alternateNamesV2.txt").write_text(alternates, "utf-8")
    (folder / "admin1CodesASCII.txt").write_text("UA.05\tDonetsk\tDonetsk\t709716\n", "utf-8")
    return folder


def write_data(folder: Path, **files: str) -> Path:
    """Write a data folder: curated tables, one hand-drawn outline, outlines of units; `files` replace or add tables."""
    curated, areas = folder / "gazetteer", folder / "areas"
    curated.mkdir(parents=True)
    areas.mkdir()
    tables = {
        "seas": SEAS,
        "aliases": (
            "place_id,alias,valid_from,valid_to,source\nUA:Bakhmut,Bachmut,,,test\ng706483,Kharkiw,1941,1943,test\n"
        ),
        "demonyms": "form,place,source\nUkrainian,UA,test\nUkrainians,UA,test\n",
        "abbreviations": "form,place,source\nOkla.,US:admin1:Oklahoma,test\nOK,US:admin1:Oklahoma,test\n",
        "type_words": (
            "word,before,after,of,kinds\noblast,,1,1,admin1\nregion,,1,1,admin1 region\ncity,,1,1,town\nsea,,1,1,sea\n"
        ),
        **files,
    }
    for name, text in tables.items():
        (curated / f"{name}.csv").write_text(text, "utf-8")
    _write_outlines(curated / "outlines.geojson", {"big-box": (35.0, 47.0, 39.0, 50.5)}, key="slug")
    boxes = {
        "UA": (22.0, 44.0, 40.2, 52.4), "UA.05": (36.5, 46.9, 39.0, 49.2), "UA.07": (34.9, 48.6, 38.1, 50.5),
        "UA.14": (37.9, 47.8, 40.2, 50.1), "UA.26": (34.2, 46.2, 37.2, 48.1), "UA.15": (22.6, 48.7, 25.4, 50.6),
    }  # fmt: skip
    _write_outlines(areas / "countries.json", boxes, key="code")
    (areas / "countries.json.gz").write_bytes(gzip.compress((areas / "countries.json").read_bytes(), mtime=0))
    return folder


def _write_outlines(path: Path, boxes: dict[str, tuple[float, float, float, float]], *, key: str) -> None:
    features = []
    for name, (west, south, east, north) in boxes.items():
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {key: name}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
