"""Look-up in a gazetteer file: by name, by id, by prefix, near a point."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gazetteer import build, cache, schema, typewords
from gazetteer.names import fold, romanise, skeleton
from gazetteer.nearest import nearest
from gazetteer.place import KINDS, Candidate, Kind, Place
from gazetteer.schema import DEGREE, MATCHES, PRIOR_SCALE, Ref
from gazetteer.typewords import TypeWord

_COLUMNS = "key, id, name, kind, lon, lat, country, admin1, admin2, population, feature, parent, government, source"

_TYPE_WORD_BONUS = 2.0


def _kinds_of(folded: str, words: dict[str, TypeWord]) -> tuple[Kind, ...]:
    return tuple(kind for _, kinds in typewords.strip(folded, words) for kind in kinds)


class Gazetteer:
    """An open gazetteer file. Safe to use from several threads; pickles as its path.

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:
    ...     gazetteer.by_name("Bakhmut")[0].place.country_code
    'UA'
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meta = cache.check(path)
        self._lock = threading.RLock()
        self._db = cache.connect(path)
        self._pid = os.getpid()
        self._words = typewords.from_json(self.meta["type words"])
        self._sources = dict(self._rows("SELECT number, name FROM source"))
        # A cache for each open file: look-ups of one article repeat, and two files must not mix.
        self._named = lru_cache(maxsize=50_000)(self._find_name)
        self._knows = lru_cache(maxsize=200_000)(self._known)
        self._place = lru_cache(maxsize=50_000)(self._read_place)
        self._unit = lru_cache(maxsize=20_000)(self._read_unit)

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None, *, quiet: bool = False) -> Gazetteer:
        """Open a gazetteer; without a path the default one, built first where it is absent or out of date.

        Parameters
        ----------
        path : path, optional
            A file made by ``python -m gazetteer build``. Never built or changed here.
        quiet : bool
            Draw no progress bar where it has to be built.

        Raises
        ------
        GazetteerMissing, GazetteerCorrupt, GazetteerForeign, GazetteerOutdated
            `path` does not hold a gazetteer that this version can read.
        """
        return cls(Path(path) if path is not None else build.ensure(quiet=quiet))

    def close(self) -> None:
        """Close the file. Look-ups then fail."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[object, ...]:
        return Gazetteer, (self.path,)

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        with self._lock:
            if os.getpid() != self._pid:  # a fork shares the file's offset and cache: take a connection of its own
                self._db, self._pid = cache.connect(self.path), os.getpid()
            return self._db.execute(sql, tuple(values)).fetchall()

    # -- names ----------------------------------------------------------------------------------------------------

    def _find_name(self, name: str) -> tuple[Candidate, ...]:
        folded = fold(name)
        if not folded:
            return ()
        found = self._exact(folded, name)
        if not found and folded.endswith(" based"):
            return self._find_name(folded.removesuffix(" based"))
        return self._with_type_word(found, folded) or self._candidates(self._loose(folded))

    def _exact(self, folded: str, name: str) -> tuple[Candidate, ...]:
        refs = self._refs("name", "folded", folded)
        if not refs and not folded.isascii():
            refs = self._refs("name", "folded", romanise(folded))
        found = self._candidates(refs)
        if name.islower():
            # "or", "me" and "in" are words; Oregon, Maine and Indiana are OR, ME and IN.
            found = tuple(one for one in found if one.match != "abbreviation")
        return found

    def _with_type_word(self, found: tuple[Candidate, ...], folded: str) -> tuple[Candidate, ...]:
        """Add what the name means without its type word, where that is of the kind the word says."""
        more: dict[str, Candidate] = {}
        rest: list[Candidate] = []
        for bare, kinds in typewords.strip(folded, self._words):
            for one in self._exact(bare, bare.title()):
                if one.match == "demonym" or one.match == "abbreviation":
                    continue
                if one.place.kind in kinds:
                    prior = one.prior + _TYPE_WORD_BONUS - 0.3 * kinds.index(one.place.kind)
                    more[one.place.id] = replace(one, match="type word", prior=prior)
                else:
                    rest.append(replace(one, match="type word", prior=one.prior - _TYPE_WORD_BONUS))
        if not more:
            return found or tuple(rest)
        # The whole name is better evidence than its part: the part only adds places that the whole does not have.
        held = {one.place.id for one in found}
        floor = min((one.prior for one in found), default=0.0)
        added = [one for one in more.values() if one.place.id not in held]
        if any(one.primary and one.place.kind in _kinds_of(folded, self._words) for one in found):
            added = [replace(one, prior=min(one.prior, floor)) for one in added]
        return tuple(sorted((*found, *added), key=lambda one: -one.prior))

    def _loose(self, folded: str) -> list[Ref]:
        return self._refs("skeleton", "skeleton", skeleton(folded)) if len(folded) > 3 else []

    def _refs(self, table: str, column: str, value: str) -> list[Ref]:
        rows = self._rows(f"SELECT refs FROM {table} WHERE {column} = ?", (value,))
        return list(schema.unpack_refs(rows[0][0])) if rows else []  # type: ignore[arg-type]

    def _candidates(self, refs: Iterable[Ref]) -> tuple[Candidate, ...]:
        found = []
        for key, match, primary, prior in refs:
            place = self._place(key)
            if place is not None:
                found.append(Candidate(place, MATCHES[match], primary, prior / PRIOR_SCALE))
        return tuple(found)

    def by_name(self, name: str) -> tuple[Candidate, ...]:
        """Give every place that `name` could mean, likeliest first; empty where nothing has that name."""
        return self._named(name)

    def knows(self, name: str) -> bool:
        """Tell whether anything has that name, without reading what."""
        return self._knows(name)

    def _known(self, name: str) -> bool:
        return bool(self._rows("SELECT 1 FROM name WHERE folded = ?", (fold(name),)))

    def prefix(self, text: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Give the likeliest places with a name that begins with `text`; each place once."""
        folded = fold(text)
        if not folded or limit < 1:
            return ()
        refs = self._refs("prefix", "prefix", folded)
        if not refs:
            rows = self._rows(
                "SELECT refs FROM name WHERE folded >= ? AND folded < ? ORDER BY top DESC LIMIT ?",
                (folded, folded + chr(0x10FFFF), limit * 3),
            )
            refs = [ref for (packed,) in rows for ref in schema.unpack_refs(packed)]  # type: ignore[arg-type]
        best: dict[int, Ref] = {}
        for ref in sorted(refs, key=lambda ref: (-ref.prior, -ref.key)):
            best.setdefault(ref.key, ref)
        chosen = list(best.values())[:limit]
        return tuple(replace(one, match="prefix") for one in self._candidates(chosen))

    # -- places ---------------------------------------------------------------------------------------------------

    def get(self, place_id: str) -> Place | None:
        """Give the place with that id, or None."""
        key = self._key(place_id)
        return None if key is None else self._place(key)

    def _key(self, place_id: str) -> int | None:
        if place_id[:1] == "g" and place_id[1:].isascii() and place_id[1:].isdigit() and len(place_id) < 12:
            return int(place_id[1:])
        rows = self._rows("SELECT key FROM place WHERE id = ?", (place_id,))
        return int(rows[0][0]) if rows else None  # type: ignore[call-overload, no-any-return]

    def _read_place(self, key: int) -> Place | None:
        rows = self._rows(f"SELECT {_COLUMNS} FROM place WHERE key = ?", (key,))
        return self._as_place(rows[0]) if rows else None

    def _as_place(self, row: tuple[object, ...]) -> Place:
        key, own, name, kind, lon, lat, country, admin1, admin2, population, feature, parent, government, source = row
        feature_class, _, feature_code = (feature or "").partition(".")  # type: ignore[attr-defined]
        return Place(
            own or f"g{key}",  # type: ignore[arg-type]
            name,  # type: ignore[arg-type]
            KINDS[kind],  # type: ignore[index]
            lon / DEGREE,  # type: ignore[operator]
            lat / DEGREE,  # type: ignore[operator]
            country,  # type: ignore[arg-type]
            self._unit(admin1)[0] if admin1 else None,
            admin1,  # type: ignore[arg-type]
            self._unit(admin2)[0] if admin2 else None,
            admin2,  # type: ignore[arg-type]
            population,  # type: ignore[arg-type]
            feature_class or None,
            feature_code or None,
            parent or self._parent(key, country, admin1, admin2),  # type: ignore[arg-type]
            bool(government),
            self._sources[source],  # type: ignore[arg-type, index]
        )

    def _parent(self, key: object, *codes: object) -> str | None:
        for code in reversed(codes):
            if code:
                unit = self._unit(code)[1]
                if unit is not None and unit != key:
                    return f"g{unit}"
        return None

    def _read_unit(self, code: str) -> tuple[str | None, int | None]:
        rows = self._rows("SELECT name, key FROM unit WHERE code = ?", (code,))
        return rows[0] if rows else (None, None)  # type: ignore[return-value]

    def country(self, code: str) -> Place | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        key = self._unit(code.upper())[1]
        return None if key is None else self._place(key)

    def nearest(
        self, lon: float, lat: float, *, limit: int = 1, kinds: Collection[str] | None = None
    ) -> tuple[tuple[Place, float], ...]:
        """Give the places nearest to a point and their distance on the ellipsoid in kilometres, nearest first."""
        found = nearest(self._rows, lon, lat, limit=limit, kinds=kinds)
        return tuple((place, km) for key, km in found if (place := self._place(key)) is not None)
