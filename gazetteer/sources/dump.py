"""A GeoNames dump as downloaded: ``allCountries.txt`` (or per-country files) and its companions, read as a stream.

Columns are those of the readme that comes with the dump. Zipped files are read as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from gazetteer.errors import SourceError
from gazetteer.place import Kind
from gazetteer.rows import PlaceRow, Spelling
from gazetteer.sources.packages import VILLAGE_BELOW
from gazetteer.sources.unit_names import bare_name

_COLUMNS, _ALTERNATE_COLUMNS, _COUNTRY_COLUMNS = 19, 10, 19
# Codes in the language column that mark no name at all.
_NOT_A_NAME = frozenset(("link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon"))
_YEAR = re.compile(r"-?\d{1,4}")
_COUNTRY_FILE = re.compile(r"[A-Z]{2}\.(?:txt|zip)")

_BY_CODE: dict[str, Kind] = {
    "PCLH": "region", "ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin3", "ADM5": "admin3",
    "ADMD": "admin3", "CONT": "continent", "SEA": "sea", "OCN": "sea", "GULF": "sea", "BAY": "sea", "STRT": "sea",
    "CHN": "sea", "SD": "sea", "LK": "lake", "LKS": "lake", "LKI": "lake", "LKN": "lake", "LGN": "lake", "RSV": "lake",
    "STM": "river", "STMS": "river", "STMI": "river", "CNL": "river", "ISL": "island", "ISLS": "island",
    "ATOL": "island", "MT": "mountain", "MTS": "mountain", "PK": "mountain", "PKS": "mountain", "HLL": "mountain",
    "HLLS": "mountain", "VLC": "mountain", "PASS": "mountain",
}  # fmt: skip
_BY_CLASS: dict[str, Kind] = {
    "A": "region", "H": "region", "L": "region", "P": "town", "R": "facility", "S": "facility", "T": "region",
    "U": "sea", "V": "region",
}  # fmt: skip


class Dump(NamedTuple):
    """The files of a dump folder; the companions may be absent, the places may not."""

    places: tuple[Path, ...]
    alternates: Path | None
    admin1: Path | None
    admin2: Path | None
    countries: Path | None

    @classmethod
    def find(cls, folder: Path) -> Dump:
        """Find the files in a folder.

        Raises
        ------
        SourceError
            It is no folder, or holds neither ``allCountries`` nor a per-country file.
        """
        if not folder.is_dir():
            raise SourceError("no such folder; name the one that holds allCountries.txt", path=folder)

        def one(stem: str) -> Path | None:
            return next((path for end in ("txt", "zip") if (path := folder / f"{stem}.{end}").is_file()), None)

        whole = one("allCountries")
        places = (whole,) if whole else tuple(sorted(p for p in folder.iterdir() if _COUNTRY_FILE.fullmatch(p.name)))
        if not places:
            raise SourceError(
                "holds neither allCountries.txt nor per-country files such as UA.txt; download them from geonames.org",
                path=folder,
            )
        return cls(places, one("alternateNamesV2"), one("admin1CodesASCII"), one("admin2Codes"), one("countryInfo"))

    def size(self) -> int:
        """Give the bytes to read, unpacked, for a progress bar."""
        return sum(_unpacked(path) for path in (*self.places, self.alternates) if path)


def _unpacked(path: Path) -> int:
    if path.suffix != ".zip":
        return path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo(f"{path.stem}.txt").file_size


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(f"{path.stem}.txt") as raw:
                yield iter(io.TextIOWrapper(raw, "utf-8", newline="\n"))
        else:
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield lines
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}; download it again", path=path) from None


def units(dump: Dump) -> Iterator[tuple[str, str]]:
    """Yield code and name of the administrative units."""
    for path in (dump.admin1, dump.admin2):
        if path is None:
            continue
        with _lines(path) as lines:
            for number, line in enumerate(lines, 1):
                cells = line.rstrip("\n").split("\t")
                if len(cells) != 4:
                    raise SourceError(f"{len(cells)} columns, expected 4", path=path, line=number)
                yield cells[0], cells[1]


def country_names(dump: Dump) -> dict[int, str]:
    """Give the English name of each country by its GeoNames id."""
    names: dict[int, str] = {}
    if dump.countries is not None:
        with _lines(dump.countries) as lines:
            for number, line in enumerate(lines, 1):
                cells = line.rstrip("\n").split("\t")
                if line.startswith("#") or not line.strip():
                    continue
                if len(cells) < _COUNTRY_COLUMNS - 1 or not (cells[16] or "0").isdigit():
                    raise SourceError("not a line of countryInfo.txt", path=dump.countries, line=number)
                if cells[16]:
                    names[int(cells[16])] = cells[4]
    return names


def places(dump: Dump, advance: Callable[[int], object]) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
    """Yield every place; its alternate names too where the dump has no file of them.

    Raises
    ------
    SourceError
        A line does not have the columns of the dump, or a number is none.
    """
    named = country_names(dump)
    with_alternates = dump.alternates is None
    for path in dump.places:
        with _lines(path) as lines:
            for number, line in enumerate(lines, 1):
                cells = line.rstrip("\n").split("\t")
                advance(len(line))
                if len(cells) != _COLUMNS:
                    raise SourceError(f"{len(cells)} columns, expected {_COLUMNS}", path=path, line=number)
                try:
                    row = _row(cells, named)
                except ValueError as error:
                    raise SourceError(f"not a place: {error}", path=path, line=number) from None
                spellings = [Spelling(cells[2])] if cells[2] else []
                if row.kind in ("admin1", "admin2"):
                    spellings.append(Spelling(bare_name(row.name)))
                if with_alternates and cells[3]:
                    spellings += [Spelling(name) for name in cells[3].split(",") if len(name) > 1]
                yield row, spellings


def _row(cells: list[str], named: dict[int, str]) -> PlaceRow:
    geonameid, lat, lon = int(cells[0]), float(cells[4]), float(cells[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lon/lat out of range: {lon}, {lat}")
    feature_class, code, country, population = cells[6], cells[7], cells[8] or None, int(cells[14] or 0)
    admin1 = f"{country}.{cells[10]}" if country and cells[10] not in ("", "00") else None
    return PlaceRow(
        key=geonameid,
        name=named.get(geonameid) or cells[1],
        kind=kind_of(feature_class, code, population),
        lon=lon,
        lat=lat,
        country=country,
        admin1=admin1,
        admin2=f"{admin1}.{cells[11]}" if admin1 and cells[11] else None,
        population=max(population, 0),
        feature=f"{feature_class}.{code}" if feature_class else None,
        source="GeoNames dump",
    )


def kind_of(feature_class: str, code: str, population: int) -> Kind:
    """Give the kind of a place from GeoNames' feature class and code.

    >>> kind_of("P", "PPL", 300), kind_of("P", "PPLA", 300), kind_of("H", "RSV", 0), kind_of("A", "PCLI", 0)
    ('village', 'town', 'lake', 'country')
    """
    if feature_class == "P":
        seat = code.startswith(("PPLA", "PPLC", "PPLG"))
        return "village" if population < VILLAGE_BELOW and not seat else "town"
    if code.startswith("PCL") and code != "PCLH":
        return "country"
    return _BY_CODE.get(code.removesuffix("H") if code.startswith("ADM") else code) or _BY_CLASS.get(
        feature_class, "region"
    )


def alternates(dump: Dump, advance: Callable[[int], object]) -> Iterator[tuple[int, Spelling]]:
    """Yield the GeoNames id and one alternate name at a time.

    Raises
    ------
    SourceError
        A line does not have the columns of ``alternateNamesV2.txt``.
    """
    if dump.alternates is None:
        return
    with _lines(dump.alternates) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            advance(len(line))
            # The columns from and to were added later and are left off by older dumps.
            if not _ALTERNATE_COLUMNS - 2 <= len(cells) <= _ALTERNATE_COLUMNS or not cells[1].isdigit():
                raise SourceError(
                    f"{len(cells)} columns, expected {_ALTERNATE_COLUMNS}", path=dump.alternates, line=number
                )
            language, name = cells[2], cells[3]
            if language in _NOT_A_NAME or len(name) < 2:
                continue
            if language == "abbr":
                yield int(cells[1]), Spelling(name, "abbreviation")
                continue
            period = _period(cells[8], cells[9]) if len(cells) == _ALTERNATE_COLUMNS else ""
            # The preferred English name is the name in English news, whatever the main one is.
            yield int(cells[1]), Spelling(name, primary=language == "en" and cells[4] == "1", period=period)


def _period(start: str, end: str) -> str:
    first, last = _YEAR.match(start), _YEAR.match(end)
    return f"{first[0] if first else ''}-{last[0] if last else ''}" if first or last else ""
