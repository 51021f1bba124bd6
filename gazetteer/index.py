"""An open gazetteer: every question that the rest of the program asks of it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer import build, cache, own, schema, sides, typewords, villages
from gazetteer.about import About, Name
from gazetteer.connection import Connection
from gazetteer.fuzzy import Fuzzy
from gazetteer.lookup import Lookup
from gazetteer.names import fold
from gazetteer.nearest import Nearest
from gazetteer.outlines import Outlines
from gazetteer.place import KINDS, Candidate, Place
from gazetteer.places import Places
from gazetteer.sides import Sides
from gazetteer.villages import Villages
from gazetteer.within import Within


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
        self._places = Places(self._rows)
        self._sides = Sides(self._rows, self._places)
        self._outlines = Outlines(self._rows, self._places, self._sides)
        words = typewords.from_json(self.meta["type words"])
        self._lookup = Lookup(self._rows, self._places.some, self._sides.place, words)
        self._within = Within(self._rows, self.get, self._outlines.shape, self._outlines.members)
        self._fuzzy = Fuzzy(self._rows, self._lookup)
        self._nearest = Nearest(self._rows)
        self._villages = Villages(self._rows, self._places)
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
            sources={self._places.sources[source]: count for source, count in sources} | self._villages.counts() | mine,
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
        return self._fuzzy.candidates(fold(name), limit)

    def villages(self, name: str) -> tuple[Place, ...]:
        """Give the villages of national lists with that name, else those of another romanisation of it.

        They are no candidates of `by_name`: ask for a name that it does not know, or of which nothing it gives fits.
        """
        return self._villages.named(name)

    def names(self, place_id: str) -> tuple[Name, ...]:
        """Give every name of a place, its main one first, with the years it held where they are known."""
        place, key = self.get(place_id), self._places.key(place_id)
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
        if place_id.startswith(sides.PREFIX):
            return self.sector(*sides.parted(place_id))
        if place_id.startswith("u:"):
            return self._own.by_id.get(place_id)
        if place_id.startswith(villages.PREFIX):
            return self._villages.get(place_id)
        return self._places.get(self._places.key(place_id))

    def _settle(self, place: Place) -> Place:
        """Give one of a user's own places the units of the nearest town, unless that lies in another country."""
        for town, _ in self._nearest.places(place.lon, place.lat, limit=1, kinds=("town", "village")):
            near = self._places.get(town)
            if near is not None and place.country_code in (None, near.country_code):
                return own.within(place, near)
        return place

    def country(self, code: str) -> Place | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        return self._places.country(code)

    def unit(self, code: str) -> Place | None:
        """Give the unit of a dotted code, ``UA.05``."""
        return self._places.unit(code)

    def sector(self, country_code: str, direction: str) -> Place | None:
        """Give a side of a country as a region of its own ("eastern", "north-west", "central"), or None.

        Its id is ``s:UA:east``; its point is the middle of the first-level units on that side, its area their union.
        """
        return self._sides.place(country_code, direction)

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
        return tuple((place, km) for key, km in found if (place := self._places.get(key)) is not None)

    def within(self, place_id: str, *, kinds: Collection[str] | None = None, limit: int = 1000) -> tuple[Place, ...]:
        """Give what lies in a place, most populous first; empty where it holds nothing or does not exist."""
        container = self.get(place_id)
        if container is None or limit < 1:
            return ()
        keys = self._within.keys(container, kinds, limit)
        return tuple(place for key in keys if (place := self._places.get(key)) is not None)

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
        return self._outlines.area(place_id)

    def radius_km(self, place_id: str) -> float | None:
        """Give the soft radius in kilometres of a sea or the like; None for what is a point or has an outline."""
        if place_id.startswith(villages.PREFIX):
            return self._villages.radius_km(place_id)
        return self._outlines.radius_km(place_id)
