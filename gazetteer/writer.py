"""Writing a gazetteer file: places and their spellings come in as a stream, sorted look-up tables come out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from gazetteer import schema
from gazetteer.names import fold, skeleton
from gazetteer.naming import write_names
from gazetteer.place import KINDS, Kind
from gazetteer.progress import Progress
from gazetteer.ranking import Priors, flags_of
from gazetteer.rows import PlaceRow, Spelling, VillageRow

_BATCH = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_NAME = 120


class Writer:
    """Fill a new gazetteer file. Use as a context manager; call `finish` once when every row is in.

    Parameters
    ----------
    path : Path
        A file that does not exist yet.
    wanted : collection of (country code, folded name)
        What `find` will be asked for.
    large : bool
        Millions of places are coming: give SQLite a quarter of a gigabyte instead of a sixteenth.
    """

    def __init__(
        self, path: Path, *, progress: Progress, wanted: Collection[tuple[str, str]] = (), large: bool = False
    ) -> None:
        self.progress = progress
        self.priors = Priors()
        self._wanted = frozenset(wanted)
        self._found: dict[tuple[str, str], list[tuple[bool, int, int, Kind]]] = {}
        self._own: dict[str, int] = {}
        self._own_key = 0
        self._numbers: dict[str, int] = {}
        self._codes: list[str | None] = [None]
        self._names: dict[str, str] = {}
        self._sources: dict[str, int] = {}
        self._outlines: dict[str, dict[str, Any]] = {}
        self._rows: list[tuple[object, ...]] = []
        self._raw: list[tuple[str, int, int]] = []
        self._spellings: list[tuple[int, str]] = []
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            # The file only counts once it is whole and renamed: no journal, no waiting for the disk.
            f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = {schema.SCHEMA_VERSION};"
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
            f"PRAGMA cache_size = {-262144 if large else -65536};"
            "PRAGMA temp_store = FILE;"
            + schema.TABLES
            + "CREATE TEMP TABLE raw (folded TEXT, key INTEGER, flags INTEGER);"
            "CREATE TEMP TABLE said (key INTEGER, lines TEXT);"
        )
        self.db.execute("BEGIN")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def own_key(self) -> int:
        """Give the next key for a place that GeoNames does not have: they count down from -1."""
        self._own_key -= 1
        return self._own_key

    def add(self, row: PlaceRow, spellings: Iterable[Spelling] = ()) -> None:
        """Add a place, or replace the one with the same key; its own name is among its spellings without saying."""
        self.priors.put(row)
        if row.id is not None:
            self._own[row.id] = row.key
        self._rows.append(
            (
                row.key, row.id, row.name, schema.KIND_NUMBER[row.kind], round(row.lon * schema.DEGREE),
                round(row.lat * schema.DEGREE), row.country, self._number(row.admin1), self._number(row.admin2),
                row.population, row.feature, row.parent, row.government, row.radius,
                schema.cell_of(row.lon, row.lat), self._sources.setdefault(row.source, len(self._sources)),
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

    def _number(self, code: str | None) -> int | None:
        if code is None:
            return None
        number = self._numbers.get(code)
        if number is None:
            number = self._numbers[code] = len(self._codes)
            self._codes.append(code)
        return number

    def spell(self, key: int, spellings: Iterable[Spelling]) -> None:
        """Add names to a place that is in, or will be."""
        seen: set[str] = set()
        written = []
        for text, match, primary, period in spellings:
            folded = fold(text)
            if not folded or folded in seen or len(folded) > _LONGEST_NAME or folded.isdigit():
                continue
            if _SURROGATE.search(text):
                continue
            seen.add(folded)
            self._raw.append((folded, key, flags_of(schema.MATCH_NUMBER[match], primary=primary)))
            if match != "name":
                written.append(f"{text}\t{period}" if period else text)
        if written:
            self._spellings.append((key, "\n".join(written)))
        if len(self._raw) >= 8 * _BATCH:
            self.flush()

    def villages(self, rows: Iterable[VillageRow]) -> None:
        """Add villages of national lists; of two with one id the first stays."""
        self.db.cursor().executemany(
            "INSERT OR IGNORE INTO village VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.id, skeleton(fold(one.name)), one.name, round(one.lon * schema.DEGREE),
                    round(one.lat * schema.DEGREE), one.country, self._number(one.admin1), one.spread or None,
                    self._sources.setdefault(one.source, len(self._sources)),
                )
                for one in rows
            ),
        )  # fmt: skip

    def unit(self, code: str, name: str) -> None:
        """Name the code of an administrative unit; the place it stands for need not be known."""
        self._number(code)
        self._names[code] = name

    def is_unit(self, code: str) -> bool:
        """Tell whether an administrative unit with that code was named."""
        return code in self._numbers

    def read(self, place_id: str) -> PlaceRow | None:
        """Give back a place that was written out, or None."""
        row = self.db.execute(
            "SELECT p.key, p.name, kind, lon, lat, source, id, country, admin1, admin2, population, feature, parent,"
            " government, radius FROM place p WHERE key = ?",
            (self.key_of(place_id),),
        ).fetchone()
        if row is None:
            return None
        key, name, kind, lon, lat, source, own, country, admin1, admin2, *rest = row
        return PlaceRow(
            key, name, KINDS[kind], lon / schema.DEGREE, lat / schema.DEGREE, list(self._sources)[source],
            own, country, self._codes[admin1 or 0], self._codes[admin2 or 0], *rest,
        )  # fmt: skip

    def key_of(self, place_id: str) -> int | None:
        """Give the key of an id that is in, or None."""
        if place_id.startswith("g") and place_id[1:].isdigit():
            return int(place_id[1:]) if int(place_id[1:]) in self.priors else None
        return self._own.get(place_id)

    def find(self, country: str, folded: str, kind: str) -> int | None:
        """Give the place of that kind and country with a name among those `wanted`: by main name, then populous."""
        kinds = ("town", "village") if kind == "town" else (kind,)
        found = [one for one in self._found.get((country, folded), ()) if one[3] in kinds]
        return max(found)[2] if found else None

    def set_parent(self, place_id: str, parent: str) -> None:
        """Say what a place lies in, where its codes do not."""
        self.db.execute("UPDATE place SET parent = ? WHERE key = ?", (parent, self.key_of(place_id)))

    def rename(self, key: int, spelling: Spelling) -> None:
        """Show a place under another name; the one it had stays among its names."""
        (held,) = self.db.execute("SELECT name FROM place WHERE key = ?", (key,)).fetchone()
        self.db.execute("UPDATE place SET name = ? WHERE key = ?", (spelling.text, key))
        self.spell(key, (spelling, Spelling(held, primary=True)))

    def outlines(self, by_code: dict[str, dict[str, Any]]) -> None:
        """Give countries and first-level units their outlines, by code, once the units are known."""
        self._outlines = by_code

    def area(self, key: int | None, geometry: dict[str, Any] | None, *, members: Iterable[str] = ()) -> None:
        """Give a place its outline where there is one, and the codes of the units that it is made of."""
        if geometry is not None:
            self.db.execute("INSERT OR REPLACE INTO area VALUES (?, ?)", (key, schema.pack_geometry(geometry)))
        self.db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?)", [(key, code) for code in members])

    def flush(self) -> None:
        """Write out what is waiting in memory."""
        # In order of key the table grows at its end, or close to it.
        self._rows.sort(key=itemgetter(0))
        self.db.executemany(f"INSERT OR REPLACE INTO place VALUES ({','.join('?' * 16)})", self._rows)
        self.db.executemany("INSERT INTO raw VALUES (?, ?, ?)", self._raw)
        self.db.executemany("INSERT INTO said VALUES (?, ?)", self._spellings)
        self._rows.clear()
        self._raw.clear()
        self._spellings.clear()

    def finish(self, meta: dict[str, str]) -> None:
        """Build the look-up tables from what came in and close the transaction."""
        self.flush()
        units = self._write_units()
        self.db.executemany(
            # A curated outline stays.
            "INSERT OR IGNORE INTO area VALUES (?, ?)",
            ((units[code], schema.pack_geometry(one)) for code, one in self._outlines.items() if code in units),
        )
        self.db.executemany("INSERT INTO source VALUES (?, ?)", [(n, name) for name, n in self._sources.items()])
        said = self.db.execute("SELECT key, lines FROM said ORDER BY key, rowid")
        self.db.cursor().executemany(
            "INSERT INTO spelling VALUES (?, ?)",
            ((key, "\n".join(lines for _, lines in group)) for key, group in groupby(said, itemgetter(0))),
        )
        self.db.execute("DROP TABLE said")
        write_names(self.db, self.priors, self.progress)
        with self.progress.stage("indexes"):
            for statement in schema.INDEXES.strip().split(";\n"):
                self.db.execute(statement)
        self.db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        self.db.execute("COMMIT")
        self.db.execute("ANALYZE")

    def _write_units(self) -> dict[str, int]:
        """Write the units and give the place of each code that has one."""
        keys: dict[str, int] = {}
        for kind, column in (("country", "country"), ("admin1", "admin1"), ("admin2", "admin2")):
            number = schema.KIND_NUMBER[kind]  # type: ignore[index]  # (a kind is checked by the caller)
            rows = self.db.execute(
                # Two places of one code: the more populous is the unit, the other a former one.
                f"SELECT {column}, key, name FROM place WHERE kind = ? AND {column} IS NOT NULL ORDER BY population",
                (number,),
            )
            for unit, key, name in rows:
                code = unit if column == "country" else self._codes[unit]
                keys[code], self._names[code] = key, name
                self._number(code)
        self.db.executemany(
            "INSERT INTO unit VALUES (?, ?, ?, ?)",
            [(number, code, keys.get(code), self._names.get(code)) for code, number in self._numbers.items()],
        )
        return keys
