"""Reading the curated CSV files: every row is checked, and a fault is named with its file and line."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.errors import SourceError
from gazetteer.place import KINDS, Kind
from gazetteer.rows import Spelling

PLACE_COLUMNS = (
    "id", "name", "kind", "lon", "lat", "country_code", "admin1_code", "parent_id", "aliases", "government",
    "radius_km", "area", "population", "feature_code", "source",
)  # fmt: skip
# Files in the same folder that hold no places of their own.
SPECIAL = (
    "aliases.csv", "demonyms.csv", "abbreviations.csv", "display_names.csv", "type_words.csv", "village_units.csv",
)  # fmt: skip

_ID = re.compile(r"c:[a-z0-9][a-z0-9-]*|g[0-9]+|o:[A-Za-z0-9-]+")
_PERIOD = re.compile(r"(?P<name>.+)@(?P<period>(?:\d{1,4})?-(?:\d{1,4})?)")
_AREA = re.compile(r"admin1:[A-Z]{2}\.\w+(\+[A-Z]{2}\.\w+)*|country:[A-Z]{2}(\+[A-Z]{2})*|poly:[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row stands."""

    path: Path
    number: int

    def fault(self, message: str) -> SourceError:
        """Make the error for this row."""
        return SourceError(message, path=self.path, line=self.number)


@dataclass(frozen=True, slots=True)
class CuratedPlace:
    """A row of a class file; empty cells are None."""

    line: Line
    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    country: str | None
    admin1: str | None
    parent: str | None
    spellings: tuple[Spelling, ...]
    government: bool
    radius: float | None
    area: str | None
    population: int | None
    feature: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Naming:
    """A row of a naming file: another name for a place that is described elsewhere."""

    line: Line
    place: str
    spelling: Spelling


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[Line, dict[str, str]]]:
    """Yield the rows of a CSV file with exactly these columns, cells stripped.

    Raises
    ------
    SourceError
        The file cannot be read as UTF-8, a column is missing or unknown, or a row has too few or too many cells.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", path=path) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        if list(header) != list(columns):
            raise SourceError(f"columns must be {','.join(columns)}; found {','.join(header)}", path=path, line=1)
        for cells in reader:
            line = Line(path, reader.line_num)
            if not cells:
                continue
            if len(cells) != len(columns):
                raise line.fault(f"{len(cells)} cells, expected {len(columns)}; quote a cell that holds a comma")
            yield line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise SourceError(f"not CSV: {error}", path=path, line=reader.line_num) from None


def places(folder: Path) -> Iterator[CuratedPlace]:
    """Yield every curated place of every class file, file by file in order of name."""
    seen: dict[str, Line] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name in SPECIAL:
            continue
        for line, row in rows(path, PLACE_COLUMNS):
            place = _place(line, row)
            if place.id in seen:
                first = seen[place.id]
                raise line.fault(f"id {place.id} is taken by {first.path.name}:{first.number}; give one place one row")
            seen[place.id] = line
            yield place


def _place(line: Line, row: dict[str, str]) -> CuratedPlace:
    if not _ID.fullmatch(row["id"]):
        raise line.fault(f"id must be c:<slug>, g<geonameid> or o:<ident>; got {row['id']!r}")
    if not row["name"]:
        raise line.fault(f"{row['id']} has no name")
    if row["kind"] not in KINDS:
        raise line.fault(f"kind must be one of {', '.join(KINDS)}; got {row['kind']!r}")
    if row["country_code"] and not re.fullmatch("[A-Z]{2}", row["country_code"]):
        raise line.fault(f"country_code must be two capital letters; got {row['country_code']!r}")
    if row["area"] and not _AREA.fullmatch(row["area"]):
        raise line.fault(f"area must be like admin1:UA.05+UA.14, country:UA or poly:<slug>; got {row['area']!r}")
    if row["government"] not in ("", "0", "1"):
        raise line.fault(f"government must be 0, 1 or empty; got {row['government']!r}")
    population = _number(line, "population", row["population"], low=0, high=2e10)
    return CuratedPlace(
        line=line,
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        lon=_number(line, "lon", row["lon"] or "missing", low=-180, high=180) or 0.0,
        lat=_number(line, "lat", row["lat"] or "missing", low=-90, high=90) or 0.0,
        country=row["country_code"] or None,
        admin1=row["admin1_code"] or None,
        parent=row["parent_id"] or None,
        spellings=tuple(_spelling(line, alias) for alias in row["aliases"].split(";") if alias.strip()),
        government=row["government"] == "1",
        radius=_number(line, "radius_km", row["radius_km"], low=0, high=10_000),
        area=row["area"] or None,
        population=None if population is None else int(population),
        feature=row["feature_code"] or None,
        source=row["source"],
    )


def _number(line: Line, column: str, text: str, *, low: float, high: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise line.fault(f"{column} must be a number; got {text!r}") from None
    if not math.isfinite(value) or not low <= value <= high:
        raise line.fault(f"{column} must lie in {low:g}..{high:g}; got {text}")
    return value


def _spelling(line: Line, alias: str) -> Spelling:
    name, period = alias.strip(), ""
    if found := _PERIOD.fullmatch(name):
        name, period = found["name"].strip(), found["period"]
        _check_period(line, period)
    return Spelling(name, "alternate", not _is_over(period), period)


def _is_over(period: str) -> bool:
    """Tell whether a name was given up: today's bearer of it is likelier meant."""
    return bool(period) and not period.endswith("-")


def _check_period(line: Line, period: str) -> None:
    start, _, end = period.partition("-")
    if start and end and int(start) > int(end):
        raise line.fault(f"the period {period} ends before it starts")


def namings(folder: Path) -> Iterator[Naming]:
    """Yield the rows of aliases.csv, demonyms.csv and abbreviations.csv, where present."""
    path = folder / "aliases.csv"
    if path.exists():
        for line, row in rows(path, ("place_id", "alias", "valid_from", "valid_to", "source")):
            for column in ("valid_from", "valid_to"):
                if row[column] and not re.fullmatch(r"\d{1,4}", row[column]):
                    raise line.fault(f"{column} must be a year; got {row[column]!r}")
            period = f"{row['valid_from']}-{row['valid_to']}" if row["valid_from"] or row["valid_to"] else ""
            _check_period(line, period)
            yield _naming(line, row["place_id"], Spelling(row["alias"], "alternate", not _is_over(period), period))
    path = folder / "demonyms.csv"
    if path.exists():
        for line, row in rows(path, ("form", "place", "source")):
            yield _naming(line, row["place"], Spelling(row["form"], "demonym", True))
    path = folder / "abbreviations.csv"
    if path.exists():
        for line, row in rows(path, ("form", "place", "source")):
            yield _naming(line, row["place"], Spelling(row["form"], "abbreviation", True))


def display_names(folder: Path) -> Iterator[Naming]:
    """Yield the rows of display_names.csv, where present: the name to show for a place that has a lesser known one.

    Where `primary` is 1 the name means the place as its main name would; else it is only shown.
    """
    path = folder / "display_names.csv"
    if path.exists():
        for line, row in rows(path, ("place", "name", "primary", "source")):
            if row["primary"] not in ("", "0", "1"):
                raise line.fault(f"primary must be 0, 1 or empty; got {row['primary']!r}")
            primary = row["primary"] == "1"
            yield _naming(line, row["place"], Spelling(row["name"], "name" if primary else "alternate", primary))


def _naming(line: Line, place: str, spelling: Spelling) -> Naming:
    if not place or not spelling.text:
        raise line.fault("a place and a name for it are needed; one is empty")
    return Naming(line, place, spelling)
