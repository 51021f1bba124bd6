"""A GeoNames dump of full size, made up, and what it costs to build and use a gazetteer from it.

Run ``python -m benchmarks.gazetteer_full DIR [--places 12000000] [--alternates 16000000]``: writes the dump to DIR
where it is not there yet, builds, looks names up, prints rows per second, peak memory and look-ups per second.

The dump has the documented columns, feature classes in the shares of the real one, ids that are unique and rise within
a country, names that repeat as real ones do (a Zipf-like choice of stems), alternates in three scripts scattered over
ids, and a fifth of places without any.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import sys
import time
from pathlib import Path

from gazetteer import build
from gazetteer.cache import connect
from gazetteer.index import Gazetteer
from gazetteer.names import fold

_COUNTRIES = (
    "US", "CN", "IN", "RU", "UA", "NO", "MX", "ID", "IR", "PK", "TR", "DE", "FR", "GB", "SY", "IQ", "YE", "SD",
)  # fmt: skip
# Share of each feature class in the dump of 2024, in per cent, with the codes that make up most of it.
_CLASSES = (
    ("P", 40, ("PPL", "PPL", "PPL", "PPLX", "PPLL", "PPLA3")),
    ("S", 21, ("HTL", "SCH", "CH", "FRM", "BLDG", "CMTY")),
    ("H", 18, ("STM", "LK", "SPNG", "RSV", "BAY", "STMI")),
    ("T", 13, ("MT", "HLL", "ISL", "PK", "RDGE", "VAL")),
    ("A", 4, ("ADM4", "ADM3", "ADM5", "ADMD")),
    ("L", 3, ("LCTY", "AREA", "PRK")),
    ("V", 1, ("FRST",)),
)
_SYLLABLES = [
    "ka", "ro", "mi", "na", "sta", "lo", "ver", "din", "gor", "bel", "kos", "tra", "ne", "pol", "sha", "ri", "vas",
    "du", "ma", "len", "pe", "tov", "sk", "ya", "no", "gra", "zhi", "ost", "bo", "ham", "ber", "ton", "wes", "cher",
    "nor", "san", "el", "al", "dor", "ford", "mun", "tal", "hir", "qar", "wad", "shi", "lan", "fu",
]  # fmt: skip
_CYRILLIC = ["к", "р", "м", "н", "с", "л", "в", "д", "г", "б", "п", "т", "ш", "ж", "х", "а", "о", "и", "е", "у"]
_ARABIC = [
    "ا", "ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "و",
    "ي",
]  # fmt: skip
_UNITS = 40


def _stems(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(count)]


def generate(folder: Path, places: int, alternates: int) -> None:
    """Write ``allCountries.txt``, ``alternateNamesV2.txt`` and the files of codes."""
    chance = random.Random(20260101)
    folder.mkdir(parents=True, exist_ok=True)
    stems = _stems(chance, max(1000, places // 3))
    kinds = [
        (feature, code) for feature, share, codes in _CLASSES for code in codes for _ in range(share * 6 // len(codes))
    ]
    admin1 = [f"{country}.{number:02d}" for country in _COUNTRIES for number in range(1, _UNITS + 1)]
    with (folder / "admin1CodesASCII.txt").open("w", encoding="utf-8") as file:
        file.writelines(f"{code}\tUnit {code}\tUnit {code}\t{90_000_000 + n}\n" for n, code in enumerate(admin1))
    with (folder / "admin2Codes.txt").open("w", encoding="utf-8") as file:
        file.writelines(f"{code}.{n}\tDistrict {n}\tDistrict {n}\t{91_000_000 + n}\n" for n, code in enumerate(admin1))
    (folder / "countryInfo.txt").write_text("# made up\n", encoding="utf-8")
    with (folder / "allCountries.txt").open("w", encoding="utf-8") as file:
        for number in range(1, places + 1):
            # Cubing the draw makes a few stems very common, as Santa Maria and Mill Creek are.
            name = stems[int(chance.random() ** 3 * len(stems))]
            if number % 5 == 0:
                name = f"{name} {stems[number % 997]}"
            feature, code = kinds[int(chance.random() * len(kinds))]
            unit = admin1[number * len(admin1) // (places + 1)]
            country, _, first = unit.partition(".")
            people = int(10 ** (chance.random() * 4)) if feature in "PA" and number % 3 == 0 else 0
            file.write(
                f"{number}\t{name}\t{name}\t\t{chance.uniform(-60, 75):.5f}\t{chance.uniform(-180, 180):.5f}\t"
                f"{feature}\t{code}\t{country}\t\t{first}\t{number % _UNITS}\t\t\t{people}\t\t100\t"
                "Etc/UTC\t2024-01-01\n"
            )
    with (folder / "alternateNamesV2.txt").open("w", encoding="utf-8") as file:
        for number in range(1, alternates + 1):
            place = 1 + int(chance.random() * places * 0.8)
            draw = number % 10
            if draw == 0:
                name, language = "".join(chance.choices(_CYRILLIC, k=7)), "ru"
            elif draw == 1:
                name, language = "".join(chance.choices(_ARABIC, k=6)), "ar"
            elif draw == 2:
                name, language = f"https://example.org/{place}", "link"
            else:
                name, language = f"{stems[int(chance.random() * len(stems))]}{_SYLLABLES[number % 40]}", "en"
            file.write(f"{number}\t{place}\t{language}\t{name}\t\t\t\t\t\t\n")


def _some_names(path: Path, count: int) -> list[str]:
    """Give names from all over the file: the one after each of many random beginnings, in random order."""
    chance = random.Random(7)
    after = "SELECT folded FROM name WHERE folded > ? LIMIT 1"
    with contextlib.closing(connect(path)) as db:
        starts = (fold(stem) for stem in _stems(chance, count))
        found = (
            db.execute(after, (start + chance.choice("abcdefghijklmnopqrstuvwxyz"),)).fetchone() for start in starts
        )
        return [row[0] for row in found if row]


def main() -> int:
    """Generate, build, look up, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--places", type=int, default=12_000_000)
    parser.add_argument("--alternates", type=int, default=16_000_000)
    parser.add_argument("--lookups", type=int, default=100_000)
    options = parser.parse_args()
    if not (options.folder / "alternateNamesV2.txt").exists():
        start = time.perf_counter()
        generate(options.folder, options.places, options.alternates)
        print(f"dump written in {time.perf_counter() - start:.0f} s", flush=True)
    path = options.folder / "gazetteer.sqlite"
    start, burned = time.perf_counter(), time.process_time()
    build.ensure(path, geonames=options.folder)
    seconds = time.perf_counter() - start
    rows = options.places + options.alternates
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(
        f"built in {seconds:.0f} s ({time.process_time() - burned:.0f} s of CPU), {rows / seconds:,.0f} rows/s, "
        f"peak memory {peak / 1e9:.2f} GB, file {path.stat().st_size / 1e9:.2f} GB",
        flush=True,
    )
    known = _some_names(path, options.lookups)
    with Gazetteer.open(path) as gazetteer:
        start, burned = time.perf_counter(), time.process_time()
        found = sum(bool(gazetteer.references(name)) for name in known)
        seconds, cpu = time.perf_counter() - start, time.process_time() - burned
        print(
            f"{len(known) / seconds:,.0f} exact look-ups/s, {len(known) / cpu:,.0f} per second of CPU "
            f"({found:,} of {len(known):,} found; each a folded name to its ranked references)"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
