"""The shape of a gazetteer file: one SQLite database, and the packed references inside it.

``place``
    one row a place. `key` is the GeoNames id, or a negative number for what GeoNames does not have; `id` is stored
    only for those. Longitude and latitude are whole hundred-thousandths of a degree (about a metre), as in GeoNames.
``name``
    folded name -> packed references, best prior first (`Ref`); `top` is the prior of the best.
``skeleton``
    the same for `names.skeleton`, for countries whose names reach English through another script.
``unit``
    number and code of a country or an administrative unit -> its name and its place, where there is one.
``spelling``
    the other names of a place as they are written, one a line; a period follows a tab.
``prefix``
    the best references of short, crowded prefixes, which a range scan could not rank in time.
``known``
    a filter that rejects nearly every name that is not there, without a look at ``name`` (`NameFilter`).
``fuzzy``
    every folded ASCII name, one row a length: fixed-width text.
``area``, ``member``
    GeoJSON outlines; what units a region is made of.
``village``
    the villages of national lists (`gazetteer.villages`): asked only for a name that nothing else bears.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple, get_args

from gazetteer.place import KINDS, Match

APPLICATION_ID = 0x47415A54  # "GAZT"
SCHEMA_VERSION = 4

MATCHES: tuple[Match, ...] = get_args(Match)
KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
MATCH_NUMBER = {match: number for number, match in enumerate(MATCHES)}

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
    key INTEGER PRIMARY KEY, id TEXT, name TEXT NOT NULL, kind INTEGER NOT NULL,
    lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT, admin1 INTEGER, admin2 INTEGER, population INTEGER NOT NULL, feature TEXT, parent TEXT,
    government INTEGER NOT NULL, radius REAL, cell INTEGER NOT NULL, source INTEGER NOT NULL
);
CREATE TABLE unit (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, key INTEGER, name TEXT);
CREATE TABLE name (folded TEXT PRIMARY KEY, top INTEGER NOT NULL, refs BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE skeleton (skeleton TEXT PRIMARY KEY, refs BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (key INTEGER PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE prefix (prefix TEXT PRIMARY KEY, refs BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE known (bits BLOB NOT NULL);
CREATE TABLE fuzzy (length INTEGER PRIMARY KEY, names BLOB NOT NULL);
CREATE TABLE area (key INTEGER PRIMARY KEY, geometry BLOB NOT NULL);
CREATE TABLE member (region INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (region, code)) WITHOUT ROWID;
CREATE TABLE village (
    id TEXT PRIMARY KEY, skeleton TEXT NOT NULL, name TEXT NOT NULL, lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT NOT NULL, admin1 INTEGER, spread REAL, source INTEGER NOT NULL
) WITHOUT ROWID;
"""

# After the rows are in: cheaper than keeping them up to date.
INDEXES = """
CREATE UNIQUE INDEX place_id ON place (id) WHERE id IS NOT NULL;
CREATE INDEX place_cell ON place (cell, kind);
CREATE INDEX place_unit ON place (country, admin1, population DESC);
CREATE INDEX village_skeleton ON village (skeleton);
"""


class Ref(NamedTuple):
    """A name's reference to a place: its key, how the name leads there, and the prior in thousandths."""

    key: int
    match: int
    primary: bool
    prior: int


DEGREE = 100_000
_REF = struct.Struct("<iBH")
_PRIMARY = 0x80
PRIOR_SCALE = 1000


def pack_refs(refs: Iterable[Ref]) -> bytes:
    """Pack references, in the order given."""
    return b"".join(_REF.pack(key, match | _PRIMARY * primary, prior) for key, match, primary, prior in refs)


def unpack_refs(packed: bytes) -> list[Ref]:
    """Give back what `pack_refs` packed."""
    return [Ref(key, flags & 0x7F, flags >= _PRIMARY, prior) for key, flags, prior in _REF.iter_unpack(packed)]


class NameFilter:
    """A Bloom filter with two hashes: a name it does not know is not in the file; one in 30 strangers passes.

    Parameters
    ----------
    bits : bytes or bytearray
        The table; its length is a power of two.

    References
    ----------
    Bloom, B. H. (1970). Space/time trade-offs in hash coding with allowable errors.
    """

    def __init__(self, bits: bytes | bytearray) -> None:
        self.bits = bits
        self._mask = len(bits) * 8 - 1

    @classmethod
    def sized(cls, names: int) -> NameFilter:
        """Make an empty filter with about eight bits for each of `names` names."""
        return cls(bytearray(1 << max(10, (names - 1).bit_length())))

    def _places(self, folded: str) -> tuple[int, int]:
        raw = folded.encode()
        first = zlib.crc32(raw)
        # The second hash must not follow from the first: CRC is linear, so start it elsewhere over reversed text.
        return first & self._mask, zlib.adler32(raw[::-1], first) * 0x9E3779B1 >> 7 & self._mask

    def add(self, folded: str) -> None:
        """Put a folded name in."""
        if isinstance(self.bits, bytearray):
            for place in self._places(folded):
                self.bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, folded: str) -> bool:
        first, second = self._places(folded)
        return bool(self.bits[first >> 3] >> (first & 7) & 1 and self.bits[second >> 3] >> (second & 7) & 1)


CELLS_PER_DEGREE = 2
CELL_COLUMNS = 360 * CELLS_PER_DEGREE


def cell_of(lon: float, lat: float) -> int:
    """Number the half-degree cell that holds a point: row by row from the South Pole, eastwards from 180 degrees W."""
    row = min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
    column = min(int((lon + 180) * CELLS_PER_DEGREE), CELL_COLUMNS - 1)
    return row * CELL_COLUMNS + column


def pack_geometry(geometry: dict[str, Any]) -> bytes:
    """Compress a GeoJSON geometry."""
    return zlib.compress(json.dumps(geometry, separators=(",", ":")).encode(), 6)


def unpack_geometry(packed: bytes) -> dict[str, Any]:
    """Give back what `pack_geometry` compressed."""
    return json.loads(zlib.decompress(packed))  # type: ignore[no-any-return]  # (JSON has no type)
