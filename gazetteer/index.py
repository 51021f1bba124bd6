"""An open gazetteer: every question that the rest of the program asks of it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer import build, cache, own, schema, sectors, typewords
from gazetteer.about import About, Name
from gazetteer.connection import Connection
from gazetteer.fuzzy import Fuzzy
from gazetteer.lookup import Lookup
from gazetteer.names import fold
from gazetteer.nearest import Nearest
from gazetteer.place import KINDS, Candidate, Place
from gazetteer.schema import DEGREE
from gazetteer.within import Within

_COLUMNS = "key, id, name, kind, lon, lat, country, admin1, admin2, population, feature, parent, government, source"
# Places kept in memory (some 400 bytes each), and how many one statement reads.
_PLACES_HELD, _AT_ONCE = 50_000, 128
_UNITS_AT_ONCE = 256
_SELECT = {
    room: f"SELECT {_COLUMNS} FROM place WHERE key IN ({','.join('?' * room)})"
    for room in (1 << power for power in range(_AT_ONCE.bit_length()))
}
# Soft radius of a place that has none of its own, by kind, in kilometres; None where an outline or a point is truer.
_RADIUS_KM = {"sea": 200.0, "lake": 25.0, "island": 20.0, "mountain": 15.0, "river": 40.0, "region": 60.0}
_NO_UNIT = (None, None, None)


class Gazetteer:
    """An open gazetteer file, with a user's own places over it. Safe to use from several threads; pickles as its path.

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:
    ...     gazetteer.by_name("Bakhmut")[0].place.country_code
    'UA'
    """

    def __init__(self, path: Path, places: Path | None = None) -> None:
        self.path = path
        self.places = places
        self.meta = cache.check(path)
        self._connection = Connection(path)
        self._rows = self._connection.rows
        self._sources: dict[int, str] = dict(self._rows("SELECT number, name FROM source"))
        self._held: dict[int, Place] = {}
        self._units = lru_cache(maxsize=256)(self._read_units)
        self._unit_key = lru_cache(maxsize=512)(self._read_unit_key)
        self._shape = lru_cache(maxsize=256)(self._read_shape)
        self._side = lru_cache(maxsize=512)(self._find_side)
        self._lookup = Lookup(self._rows, self._places, self.sector, typewords.from_json(self.meta["type words"]))
        self._within = Within(self._rows, self.get, self._shape, self._members)
        self._fuzzy = Fuzzy(self._rows)
        self._nearest = Nearest(self._rows)
        # A cache for each open file: the look-ups of one article repeat, and two files must not mix.
        self._named = lru_cache(maxsize=50_000)(self._lookup.by_name)
        self._known = lru_cache(maxsize=200_000)(self._lookup.knows)
        self._own = own.read(places, self._settle) if places else own.NONE

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        places: str | os.PathLike[str] | None = None,
        quiet: bool = False,
    ) -> Gazetteer:
        """Open a gazetteer; without a path the default one, built first where it is absent or out of date.

        Parameters
        ----------
        path : path, optional
            A file made by ``conflict-gazetteer build``. Never built or changed here.
        places : path, optional
            A user's own places (`gazetteer.own`), laid over it; without it the file that the environment names.
        quiet : bool
            Draw no progress bar where it has to be built.

        Raises
        ------
        GazetteerMissing, GazetteerCorrupt, GazetteerForeign, GazetteerOutdated
            `path` does not hold a gazetteer that this version can read.
        OwnPlacesError
            `places` has a fault; the message names file and line.
        """
        over = places or os.environ.get(own.VARIABLE, "").strip()
        return cls(Path(path) if path is not None else build.ensure(quiet=quiet), Path(over) if over else None)

    def lay_over(self, places: str | os.PathLike[str]) -> None:
        """Lay a user's own places over the gazetteer, in place of those that lay over it, while others go on asking.

        Raises
        ------
        OwnPlacesError
            `places` has a fault; those from before stay.
        """
        path = Path(places)
        self._own = own.read(path, self._settle)
        self.places = path

    @property
    def own_names(self) -> frozenset[str]:
        """The folded names of a user's own places."""
        return frozenset(self._own.named)

    def close(self) -> None:
        """Close the file. Look-ups that are not remembered then fail."""
        self._connection.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return Gazetteer, (self.path, self.places)

    def about(self) -> About:
        """Give counts by kind and source, versions, and the licences and credits of what it is made of."""
        kinds = self._rows("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind")
        sources = self._rows("SELECT source, count(*) FROM place GROUP BY source ORDER BY source")
        mine = {f"own places ({self.places.name})": len(self._own.by_id)} if self.places else {}
        return About(
            path=self.path,
            schema_version=schema.SCHEMA_VERSION,
            origin=self.meta["origin"],
            versions=self.meta["versions"],
            names=self._rows("SELECT count(*) FROM name")[0][0],
            outlines=self._rows("SELECT count(*) FROM area")[0][0],
            kinds={KINDS[kind]: count for kind, count in kinds},
            sources={self._sources[source]: count for source, count in sources} | mine,
            credits=tuple(json.loads(self.meta.get("credits", "[]"))),
        )

    # Names ------------------------------------------------------------------------------------------------------

    def by_name(self, name: str) -> tuple[Candidate, ...]:
        """Give every place that `name` could mean, likeliest first; empty where nothing has that name.

        The name is folded; type words, directions ("eastern Ukraine"), "-based" and other romanisations are tried in
        turn where the name as it stands finds nothing. A user's own places come first.
        """
        return self._own.over(name, self._named(name))

    def knows(self, name: str) -> bool:
        """Tell whether anything has exactly that name once folded, without reading what: an order faster."""
        return self._known(name) or fold(name) in self._own.named

    def references(self, folded: str) -> tuple[schema.Ref, ...]:
        """Give the packed references under one folded name, best prior first: the cheapest exact look-up there is."""
        return tuple(self._lookup.refs("name", "folded", folded))

    def prefix(self, text: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Give the likeliest places with a name that begins with `text`; each place once."""
        return self._lookup.prefix(text, limit)

    def fuzzy(self, name: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Give places with a name one or two typing errors away, nearest spelling first, then likeliest.

        Names of up to six letters may be one edit away, longer ones two; a swap of neighbours is one.
        """
        near = self._fuzzy.names(fold(name))
        best: dict[str, tuple[int, Candidate]] = {}
        # Only names that could reach the result are read: those of the nearest spellings first.
        tops = self._tops([text for text, _ in near])
        ranked = sorted(near, key=lambda pair: (pair[1], -tops.get(pair[0], 0), pair[0]))
        for text, distance in ranked[: 3 * limit]:
            for one in self._lookup.candidates(self._lookup.refs("name", "folded", text)[: 3 * limit]):
                if one.place.id not in best or (distance, -one.prior) < (
                    best[one.place.id][0],
                    -best[one.place.id][1].prior,
                ):
                    best[one.place.id] = (distance, Candidate(one.place, "fuzzy", one.primary, one.prior))
        found = sorted(best.values(), key=lambda pair: (pair[0], -pair[1].prior, pair[1].place.id))
        return tuple(one for _, one in found[:limit])

    def _tops(self, names: list[str]) -> dict[str, int]:
        tops: dict[str, int] = {}
        for start in range(0, len(names), 500):
            some = names[start : start + 500]
            tops.update(self._rows(f"SELECT folded, top FROM name WHERE folded IN ({','.join('?' * len(some))})", some))
        return tops

    def names(self, place_id: str) -> tuple[Name, ...]:
        """Give every name of a place, its main one first, with the years it held where they are known."""
        place, key = self.get(place_id), self._key(place_id)
        if place is None:
            return ()
        found = {place.name: Name(place.name)}
        for (lines,) in self._rows("SELECT names FROM spelling WHERE key = ?", (key,)):
            for line in lines.split("\n"):
                text, _, period = line.partition("\t")
                start, _, end = period.partition("-")
                if period or text not in found:
                    found[text] = Name(text, int(start) if start else None, int(end) if end else None)
        return tuple(found.values())

    # Places -----------------------------------------------------------------------------------------------------

    def get(self, place_id: str) -> Place | None:
        """Give the place with that id, or None."""
        if place_id.startswith("s:"):
            _, country, direction = [*place_id.split(":"), "", ""][:3]
            return self.sector(country, direction)
        if place_id.startswith("u:"):
            return self._own.by_id.get(place_id)
        key = self._key(place_id)
        return None if key is None else self._place(key)

    def _settle(self, place: Place) -> Place:
        """Give one of a user's own places the units of the nearest town, unless that lies in another country."""
        for town, _ in self._nearest.places(place.lon, place.lat, limit=1, kinds=("town", "village")):
            near = self._place(town)
            if near is not None and place.country_code in (None, near.country_code):
                return own.within(place, near)
        return place

    def country(self, code: str) -> Place | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        key = self._unit_key(code.upper()) if len(code) == 2 else None
        return None if key is None else self._place(key)

    def unit(self, code: str) -> Place | None:
        """Give the unit of a dotted code, ``UA.05``."""
        key = self._unit_key(code)
        return None if key is None else self._place(key)

    def sector(self, country_code: str, direction: str) -> Place | None:
        """Give a side of a country as a region of its own ("eastern", "north-west", "central"), or None.

        Its id is ``s:UA:east``; its point is the middle of the first-level units on that side, its area their union.
        """
        found = sectors.side(direction)
        return None if found is None else self._side(country_code.upper(), found)

    def _find_side(self, country_code: str, direction: str) -> Place | None:
        country = self.country(country_code)
        units = self._side_units(country_code, direction)
        if country is None or not units:
            return None
        lon, lat = sectors.middle(units)
        return Place(
            id=f"s:{country_code}:{direction}",
            name=f"{sectors.title(direction)} {country.name}",
            kind="region",
            lon=lon,
            lat=lat,
            country_code=country_code,
            population=sum(unit.population for unit in units),
            parent_id=country.id,
            source="first-level units on that side",
        )

    def _side_units(self, country_code: str, direction: str) -> tuple[sectors.Unit, ...]:
        rows = self._rows(
            "SELECT u.code, p.lon, p.lat, p.population FROM unit u JOIN place p ON p.key = u.key"
            " WHERE u.code >= ? AND u.code < ? AND p.kind = ? ORDER BY u.code",
            (f"{country_code}.", f"{country_code}/", schema.KIND_NUMBER["admin1"]),
        )
        units = [sectors.Unit(code, lon / DEGREE, lat / DEGREE, people) for code, lon, lat, people in rows]
        return sectors.members(units, direction)

    def nearest(
        self, lon: float, lat: float, *, limit: int = 1, kinds: Collection[str] | None = None
    ) -> tuple[tuple[Place, float], ...]:
        """Give the places nearest to a point and their distance on the ellipsoid in kilometres, nearest first.

        Raises
        ------
        ValueError
            The point is not on Earth, or a kind is unknown.
        """
        found = self._nearest.places(lon, lat, limit=limit, kinds=kinds)
        return tuple((place, km) for key, km in found if (place := self._place(key)) is not None)

    def within(self, place_id: str, *, kinds: Collection[str] | None = None, limit: int = 1000) -> tuple[Place, ...]:
        """Give what lies in a place, most populous first; empty where it holds nothing or does not exist."""
        container = self.get(place_id)
        if container is None or limit < 1:
            return ()
        keys = self._within.keys(container, kinds, limit)
        return tuple(place for key in keys if (place := self._place(key)) is not None)

    def contains(self, container_id: str, place_id: str) -> bool:
        """Tell whether a place lies in another: by administrative codes, else parents, else outline."""
        container, place = self.get(container_id), self.get(place_id)
        return container is not None and place is not None and self._within.contains(container, place)

    def borders(self, container_id: str, place_id: str) -> bool:
        """Tell whether a place lies in the outline of another or within a degree of it, whatever the codes say."""
        container, place = self.get(container_id), self.get(place_id)
        return container is not None and place is not None and self._within.borders(container, place)

    def area(self, place_id: str) -> dict[str, Any] | None:
        """Give the GeoJSON geometry (longitude first) of a country, first-level unit or region; None without one."""
        if place_id.startswith("s:"):
            outline = self._shape(place_id)
            if outline is None:
                return None
            from gazetteer.sources.areas import as_geojson  # noqa: PLC0415  (shapely is slow to import)

            return as_geojson(outline)
        key = self._key(place_id)
        rows = self._rows("SELECT geometry FROM area WHERE key = ?", (key,))
        return schema.unpack_geometry(rows[0][0]) if rows else None

    def radius_km(self, place_id: str) -> float | None:
        """Give the soft radius in kilometres of a sea or the like; None for what is a point or has an outline."""
        rows = self._rows("SELECT kind, radius FROM place WHERE key = ?", (self._key(place_id),))
        if not rows:
            return None
        kind, radius = rows[0]
        return radius if radius is not None else _RADIUS_KM.get(KINDS[kind])

    # Reading ----------------------------------------------------------------------------------------------------

    def _key(self, place_id: str) -> int | None:
        if place_id[:1] == "g" and place_id[1:].isascii() and place_id[1:].isdigit() and len(place_id) < 12:
            return int(place_id[1:])
        rows = self._rows("SELECT key FROM place WHERE id = ?", (place_id,))
        return rows[0][0] if rows else None

    def _place(self, key: int) -> Place | None:
        return self._places((key,)).get(key)

    def _places(self, keys: Sequence[int]) -> dict[int, Place]:
        """Give the places of keys, perhaps among others; those not yet held are read together."""
        held = self._held
        missing = [key for key in keys if key not in held]
        if missing:
            if len(held) > _PLACES_HELD:
                held = self._held = {}
                missing = list(keys)
            for start in range(0, len(missing), _AT_ONCE):
                some = missing[start : start + _AT_ONCE]
                # A statement for each power of two is prepared once; the last key fills the room that is left.
                room = 1 << (len(some) - 1).bit_length()
                for row in self._rows(_SELECT[room], some + some[-1:] * (room - len(some))):
                    held[row[0]] = self._as_place(row)
        return held

    def _as_place(self, row: Any) -> Place:
        key, own, name, kind, lon, lat, country, admin1, admin2, population, feature, parent, government, source = row
        feature_class, _, feature_code = (feature or "").partition(".")
        first = self._units(admin1 // _UNITS_AT_ONCE).get(admin1, _NO_UNIT) if admin1 else _NO_UNIT
        second = self._units(admin2 // _UNITS_AT_ONCE).get(admin2, _NO_UNIT) if admin2 else _NO_UNIT
        return Place(
            own or f"g{key}",
            name,
            KINDS[kind],
            lon / DEGREE,
            lat / DEGREE,
            country,
            first[0],
            first[2],
            second[0],
            second[2],
            population,
            feature_class or None,
            feature_code or None,
            parent or self._parent(key, country, first[1], second[1]),
            bool(government),
            self._sources[source],
        )

    def _parent(self, key: int, country: str | None, *units: int | None) -> str | None:
        for unit in reversed(units):
            if unit is not None and unit != key:
                return f"g{unit}"
        whole = self._unit_key(country) if country else None
        return None if whole is None or whole == key else f"g{whole}"

    def _read_units(self, block: int) -> dict[int, tuple[str | None, int | None, str | None]]:
        # Units of one country are numbered together: one read serves the places of an article.
        first = block * _UNITS_AT_ONCE
        sql = "SELECT number, name, key, code FROM unit WHERE number BETWEEN ? AND ?"
        return {
            number: (name, key, code)
            for number, name, key, code in self._rows(sql, (first, first + _UNITS_AT_ONCE - 1))
        }

    def _read_unit_key(self, code: str) -> int | None:
        rows = self._rows("SELECT key FROM unit WHERE code = ?", (code,))
        return rows[0][0] if rows else None

    def _members(self, place_id: str) -> tuple[str, ...]:
        if place_id.startswith("s:"):
            _, country, direction = [*place_id.split(":"), "", ""][:3]
            return tuple(sorted(unit.code for unit in self._side_units(country, direction)))
        rows = self._rows("SELECT code FROM member WHERE region = ? ORDER BY code", (self._key(place_id),))
        return tuple(code for (code,) in rows)

    def _read_shape(self, place_id: str) -> Any:
        import shapely  # noqa: PLC0415  (a tenth of a second that look-up by name should not pay)
        from shapely.geometry import shape  # noqa: PLC0415  (the same)

        if place_id.startswith("s:"):
            parts = [self._unit_key(code) for code in self._members(place_id)]
            outlines = [one for key in parts if key and (one := self._shape(f"g{key}")) is not None]
            return shapely.union_all(outlines) if outlines else None
        geometry = self.area(place_id)
        if geometry is None:
            return None
        outline = shapely.make_valid(shape(geometry))
        shapely.prepare(outline)
        return outline
