"""Writing a gazetteer file: places and their spellings come in as a stream, sorted look-up tables come out."""

from __future__ import annotations

import math
import re
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer import schema
from gazetteer.names import fold, skeleton
from gazetteer.place import KINDS, Kind, Match
from gazetteer.progress import Progress
from gazetteer.schema import Ref

# GeoNames has no negative ids: ours count down from here.
FIRST_OWN_KEY = -1
# More namesakes than this are noise: nobody picks the 201st San Jose without asking for its country.
MOST_REFS = 200
# A prefix with more names than this is ranked at build time.
CROWDED = 400
PREFIX_REFS = 40
# Longer names are found by prefix; typing errors in them are not worth the room.
LONGEST_FUZZY = 40
_BATCH = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")

# Fitted by eye on what news means by a name: a country before its capital before a county before a namesake village.
_KIND_WEIGHT: dict[Kind, float] = {
    "continent": 3.6, "country": 3.6, "admin1": 1.8, "admin2": -0.6, "admin3": -0.9, "region": 2.4, "sea": 2.4,
    "river": 2.4, "lake": 1.8, "island": 2.0, "mountain": 1.8, "town": 0.0, "village": 0.0, "facility": 1.2,
}  # fmt: skip
_SEAT_WEIGHT = {"PPLC": 0.8, "PPLA": 0.4, "PPLA2": 0.2}
_PRIMARY_BONUS, _ALTERNATE_MALUS = 0.5, -0.7

# Countries (and what GeoNames counts as such) whose names reach English from Cyrillic, Arabic, Hebrew, Armenian,
# Georgian and other scripts by more than one road.
ROMANISED = frozenset(
    "AE AF AM AZ BA BD BG BH BY CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KW KZ LB LK LY MA MD ME MK MM MN MR NP OM "
    "PK PS QA RS RU SA SD SO SS SY TD TJ TM TN TR UA UZ XK YE".split()
)


class Spelling(NamedTuple):
    """One way to write a place's name; `period` is ``1924-2016`` where it held only then."""

    text: str
    match: Match = "alternate"
    primary: bool = False
    period: str = ""


@dataclass(slots=True)
class PlaceRow:
    """A place on its way into the file; the fields are those of `gazetteer.place.Place` and of table ``place``."""

    key: int
    name: str
    kind: Kind
    lon: float
    lat: float
    source: str
    id: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    feature: str | None = None
    parent: str | None = None
    government: bool = False
    radius: float | None = None

    @property
    def place_id(self) -> str:
        """The id that users see."""
        return self.id or f"g{self.key}"


def base_prior(row: PlaceRow) -> float:
    """Give how likely a place is to be meant, before it is known by which of its names.

    The logarithm of its population, shifted by kind: news names countries and regions far beyond their numbers, and
    counties and municipalities below them, because their seats take the name.
    """
    seat = _SEAT_WEIGHT.get((row.feature or "").partition(".")[2], 0.0)
    return math.log10(row.population + 10) + _KIND_WEIGHT[row.kind] + seat


class Writer:
    """Fill a new gazetteer file. Use as a context manager; call `finish` once when every row is in."""

    def __init__(self, path: Path, *, progress: Progress, wanted: Collection[tuple[str, str]] = ()) -> None:
        self.progress = progress
        self._wanted = frozenset(wanted)
        self._found: dict[tuple[str, str], list[tuple[bool, int, int, Kind]]] = {}
        self.base: dict[int, float] = {}
        self._rows: list[tuple[object, ...]] = []
        self._raw: list[tuple[str, int, int]] = []
        self._spellings: list[tuple[int, str]] = []
        self._units: list[tuple[str, str, str | None]] = []
        self._own: dict[str, int] = {}
        self._outlines: dict[str, dict[str, Any]] = {}
        self._sources: dict[str, int] = {}
        self._own_key = FIRST_OWN_KEY
        self._romanised: set[int] = set()
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            # The file only counts once it is whole and renamed: no journal, no waiting for the disk.
            f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = {schema.SCHEMA_VERSION};"
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            "PRAGMA temp_store = FILE;"
            + schema.TABLES
            + "CREATE TEMP TABLE raw (folded TEXT, key INTEGER, flags INTEGER);"
        )
        self.db.execute("BEGIN")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def own_key(self) -> int:
        """Give the next key for a place that GeoNames does not have."""
        self._own_key -= 1
        return self._own_key + 1

    def add(self, row: PlaceRow, spellings: Iterable[Spelling] = ()) -> None:
        """Add a place, or replace the one with the same key; its own name is among its spellings without saying."""
        self.base[row.key] = base_prior(row)
        if row.id is not None:
            self._own[row.id] = row.key
        if row.country in ROMANISED:
            self._romanised.add(row.key)
        self._rows.append(
            (
                row.key, row.id, row.name, schema.KIND_NUMBER[row.kind], round(row.lon * schema.DEGREE),
                round(row.lat * schema.DEGREE), row.country, row.admin1, row.admin2, row.population, row.feature, row.parent, row.government, row.radius,
                schema.cell_of(row.lon, row.lat), self._source(row.source),
            )
        )  # fmt: skip
        names = [Spelling(row.name, "name", True), *spellings]
        if self._wanted:
            for name in names:
                if (asked := (row.country or "", fold(name.text))) in self._wanted:
                    self._found.setdefault(asked, []).append((name.primary, row.population, row.key, row.kind))
        self.spell(row.key, names)
        if len(self._rows) >= _BATCH:
            self.flush()

    def spell(self, key: int, spellings: Iterable[Spelling]) -> None:
        """Add names to a place that is in, or will be."""
        seen: set[str] = set()
        written = []
        for text, match, primary, period in spellings:
            folded = fold(text)
            if not folded or len(folded) > 120 or folded.isdigit():
                continue
            if folded not in seen and not _SURROGATE.search(text):
                seen.add(folded)
                self._raw.append((folded, key, schema.MATCH_NUMBER[match] | 0x80 * primary))
                if match != "name":
                    written.append(f"{text}\t{period}" if period else text)
        if written:
            self._spellings.append((key, "\n".join(written)))

    def read(self, place_id: str) -> PlaceRow | None:
        """Give back a place that was written out, or None."""
        key = self.key_of(place_id)
        row = self.db.execute(
            "SELECT key, name, kind, lon, lat, source, id, country, admin1, admin2, population, feature, parent,"
            " government, radius FROM place WHERE key = ?",
            (key,),
        ).fetchone()
        if row is None:
            return None
        key, name, kind, lon, lat, source, *rest = row
        return PlaceRow(
            key, name, KINDS[kind], lon / schema.DEGREE, lat / schema.DEGREE, list(self._sources)[source], *rest
        )

    def key_of(self, place_id: str) -> int | None:
        """Give the key of an id that is in, or None."""
        if place_id.startswith("g") and place_id[1:].isdigit():
            return int(place_id[1:]) if int(place_id[1:]) in self.base else None
        return self._own.get(place_id)

    def find(self, country: str, folded: str, kind: str) -> int | None:
        """Give the place of that kind and country with a name among those `wanted`: by main name, then populous."""
        kinds = ("town", "village") if kind == "town" else (kind,)
        found = [one for one in self._found.get((country, folded), ()) if one[3] in kinds]
        return max(found)[2] if found else None

    def set_parent(self, place_id: str, parent: str) -> None:
        """Say what a place lies in, where its codes do not."""
        self.db.execute("UPDATE place SET parent = ? WHERE key = ?", (parent, self.key_of(place_id)))

    def outlines(self, by_code: dict[str, dict[str, Any]]) -> None:
        """Give countries and first-level units their outlines, by code, once the units are known."""
        self._outlines = by_code

    def area(self, key: int | None, geometry: dict[str, Any] | None, *, members: Iterable[str] = ()) -> None:
        """Give a place its outline where there is one, and the codes of the units that it is made of."""
        if geometry is not None:
            self.db.execute("INSERT OR REPLACE INTO area VALUES (?, ?)", (key, schema.pack_geometry(geometry)))
        self.db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?)", [(key, code) for code in members])

    def _source(self, name: str) -> int:
        return self._sources.setdefault(name, len(self._sources))

    def unit(self, code: str, name: str, iso: str | None = None) -> None:
        """Name the code of an administrative unit; the place it stands for need not be known."""
        self._units.append((code, name, iso))

    def is_unit(self, code: str) -> bool:
        """Tell whether an administrative unit with that code was named."""
        return any(code == known for known, _, _ in self._units)

    def _write_units(self) -> None:
        self.db.executemany("INSERT OR IGNORE INTO unit VALUES (?, NULL, ?, ?)", self._units)
        for kind, column in (("country", "country"), ("admin1", "admin1"), ("admin2", "admin2")):
            self.db.execute(
                f"INSERT INTO unit SELECT {column}, key, name, NULL FROM place WHERE kind = ? AND {column} IS NOT NULL"
                # Two places of one code: the more populous is the unit, the other a former one.
                " ORDER BY population ON CONFLICT (code) DO UPDATE SET key = excluded.key, name = excluded.name",
                (schema.KIND_NUMBER[kind],),  # type: ignore[index]
            )

    def flush(self) -> None:
        """Write out what is waiting in memory."""
        self.db.executemany(f"INSERT OR REPLACE INTO place VALUES ({','.join('?' * 16)})", self._rows)
        self.db.executemany("INSERT INTO raw VALUES (?, ?, ?)", self._raw)
        self.db.executemany(
            "INSERT INTO spelling VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET names = names || char(10) || excluded.names",
            self._spellings,
        )
        self._rows.clear()
        self._raw.clear()
        self._spellings.clear()

    def finish(self, meta: dict[str, str]) -> None:
        """Build the look-up tables from what came in and close the transaction."""
        self.flush()
        self._write_units()
        units = dict(self.db.execute("SELECT code, key FROM unit WHERE key IS NOT NULL"))
        self.db.executemany(
            # A curated outline stays.
            "INSERT OR IGNORE INTO area VALUES (?, ?)",
            ((units[code], schema.pack_geometry(one)) for code, one in self._outlines.items() if code in units),
        )
        self.db.executemany("INSERT INTO source VALUES (?, ?)", [(n, name) for name, n in self._sources.items()])
        total = self.db.execute("SELECT count(*) FROM raw").fetchone()[0]
        with self.progress.stage("names", total) as advance:
            self._write_names(advance)
        self.db.execute("DROP TABLE raw")
        with self.progress.stage("prefixes", 1):
            self._write_prefixes()
        with self.progress.stage("indexes", 1):
            for statement in schema.INDEXES.strip().split(";\n"):
                self.db.execute(statement)
        self.db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        self.db.execute("COMMIT")
        self.db.execute("ANALYZE")

    def _ranked(self, pairs: Iterable[tuple[int, int]]) -> list[Ref]:
        best: dict[int, Ref] = {}
        for key, flags in pairs:
            base = self.base.get(key)
            if base is None:
                continue
            primary = bool(flags & 0x80)
            match = flags & 0x7F
            prior = base + (_PRIMARY_BONUS if primary else _ALTERNATE_MALUS)
            ref = Ref(key, match, primary, max(0, min(0xFFFF, round(prior * schema.PRIOR_SCALE))))
            held = best.get(key)
            if held is None or ref.prior > held.prior:
                best[key] = ref
        # By key last: equal priors must not depend on the order in which rows came.
        return sorted(best.values(), key=lambda ref: (-ref.prior, -ref.key))[:MOST_REFS]

    def _write_names(self, advance: object) -> None:
        rows = self.db.execute("SELECT folded, key, flags FROM raw ORDER BY folded")
        reader = self.db.cursor()
        lengths: dict[int, list[str]] = {}
        skeletons: list[tuple[str, int, int]] = []
        self.db.execute("CREATE TEMP TABLE loose (skeleton TEXT, key INTEGER, flags INTEGER)")

        def named() -> Iterator[tuple[str, int, bytes]]:
            for folded, group in groupby(rows, key=itemgetter(0)):
                pairs = [(key, flags) for _, key, flags in group]
                refs = self._ranked(pairs)
                advance(len(pairs))  # type: ignore[operator]
                if not refs:
                    continue
                for ref in refs:
                    if ref.key in self._romanised:
                        skeletons.append((skeleton(folded), ref.key, ref.match | 0x80 * ref.primary))
                if folded.isascii() and 2 < len(folded) <= LONGEST_FUZZY:
                    lengths.setdefault(len(folded), []).append(folded)
                yield folded, refs[0].prior, schema.pack_refs(refs)

        reader.executemany("INSERT INTO name VALUES (?, ?, ?)", named())
        self.db.executemany("INSERT INTO loose VALUES (?, ?, ?)", skeletons)
        loose = self.db.execute("SELECT skeleton, key, flags FROM loose ORDER BY skeleton")
        reader.executemany(
            "INSERT INTO skeleton VALUES (?, ?)",
            (
                (bare, schema.pack_refs(self._ranked((key, flags) for _, key, flags in group)))
                for bare, group in groupby(loose, key=itemgetter(0))
                if len(bare) > 2
            ),
        )
        self.db.execute("DROP TABLE loose")
        self.db.executemany(
            "INSERT INTO fuzzy VALUES (?, ?)",
            (
                (length, zlib.compress("".join(name for name in names if len(name) == length).encode(), 6))
                for length, names in sorted(lengths.items())
            ),
        )

    def _write_prefixes(self) -> None:
        """Rank the prefixes that more than `CROWDED` names share."""
        for length in (1, 2, 3, 4, 5):
            crowded = self.db.execute(
                "SELECT substr(folded, 1, ?) AS p FROM name GROUP BY p HAVING count(*) > ?", (length, CROWDED)
            ).fetchall()
            for (prefix,) in crowded:
                found = self.db.execute(
                    "SELECT refs FROM name WHERE folded >= ? AND folded < ? ORDER BY top DESC LIMIT ?",
                    (prefix, prefix + chr(0x10FFFF), PREFIX_REFS * 2),
                )
                best: dict[int, Ref] = {}
                for (packed,) in found:
                    for ref in schema.unpack_refs(packed):
                        if ref.key not in best or best[ref.key].prior < ref.prior:
                            best[ref.key] = ref
                refs = sorted(best.values(), key=lambda ref: (-ref.prior, -ref.key))[:PREFIX_REFS]
                self.db.execute("INSERT INTO prefix VALUES (?, ?)", (prefix, schema.pack_refs(refs)))
