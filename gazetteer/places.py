"""The places of an open file by their keys and codes, read together and held in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from gazetteer.place import KINDS, Place
from gazetteer.schema import DEGREE

_COLUMNS = "key, id, name, kind, lon, lat, country, admin1, admin2, population, feature, parent, government, source"
# Places kept in memory (some 400 bytes each), and how many one statement reads.
_HELD, _AT_ONCE = 50_000, 128
_UNITS_AT_ONCE = 256
_SELECT = {
    room: f"SELECT {_COLUMNS} FROM place WHERE key IN ({','.join('?' * room)})"
    for room in (1 << power for power in range(_AT_ONCE.bit_length()))
}
_NO_UNIT = (None, None, None)


class Places:
    """Reads the places of one file.

    Parameters
    ----------
    rows : callable
        Runs a query.

    Attributes
    ----------
    sources : dict of int to str
        What the file is made of, by number.
    """

    def __init__(self, rows: Callable[..., list[Any]]) -> None:
        self._rows = rows
        self.sources: dict[int, str] = dict(rows("SELECT number, name FROM source"))
        self._held: dict[int, Place] = {}
        self._units = lru_cache(maxsize=256)(self._read_units)
        self.unit_key = lru_cache(maxsize=512)(self._read_unit_key)

    def key(self, place_id: str) -> int | None:
        """Give the key of the place with that id, or None; one with a number of GeoNames is not looked for."""
        if place_id[:1] == "g" and place_id[1:].isascii() and place_id[1:].isdigit() and len(place_id) < 12:
            return int(place_id[1:])
        rows = self._rows("SELECT key FROM place WHERE id = ?", (place_id,))
        return rows[0][0] if rows else None

    def get(self, key: int | None) -> Place | None:
        """Give the place of a key, or None."""
        return None if key is None else self.some((key,)).get(key)

    def some(self, keys: Sequence[int]) -> dict[int, Place]:
        """Give the places of keys, perhaps among others; those not yet held are read together."""
        held = self._held
        missing = [key for key in keys if key not in held]
        if missing:
            if len(held) > _HELD:
                held = self._held = {}
                missing = list(keys)
            for start in range(0, len(missing), _AT_ONCE):
                some = missing[start : start + _AT_ONCE]
                # A statement for each power of two is prepared once; the last key fills the room that is left.
                room = 1 << (len(some) - 1).bit_length()
                for row in self._rows(_SELECT[room], some + some[-1:] * (room - len(some))):
                    held[row[0]] = self._as_place(row)
        return held

    def country(self, code: str) -> Place | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        return self.unit(code.upper()) if len(code) == 2 else None

    def unit(self, code: str) -> Place | None:
        """Give the country or the unit of a dotted code, ``UA.05``."""
        return self.get(self.unit_key(code))

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
            self.sources[source],
        )

    def _parent(self, key: int, country: str | None, *units: int | None) -> str | None:
        for unit in reversed(units):
            if unit is not None and unit != key:
                return f"g{unit}"
        whole = self.unit_key(country) if country else None
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
