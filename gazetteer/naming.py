"""The look-up tables: from raw (name, place) pairs to sorted, ranked, packed references.

Everything is read in order from SQLite's own sorter and written in order, so memory does not grow with the number of
names.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from gazetteer.names import skeleton
from gazetteer.progress import Progress
from gazetteer.ranking import Priors, flags_of
from gazetteer.schema import NameFilter, Ref, pack_refs, unpack_refs

# A prefix with more names than this is ranked at build time.
_CROWDED = 400
_PREFIX_REFS = 40
_LONGEST_PREFIX = 5
# Longer names are found by prefix; typing errors in them are not worth the room.
_LONGEST_FUZZY = 40
_SHORTEST_SKELETON = 3
_BATCH = 20_000


def write_names(db: sqlite3.Connection, priors: Priors, progress: Progress) -> None:
    """Turn the temporary table ``raw`` (folded, key, flags) into every look-up table by name."""
    total = db.execute("SELECT count(*) FROM raw").fetchone()[0]
    db.execute("CREATE TEMP TABLE loose (skeleton TEXT, key INTEGER, flags INTEGER)")
    lengths: dict[int, bytearray] = {}
    known = NameFilter.sized(total)
    with progress.stage("names", total) as advance:
        loose: list[tuple[str, int, int]] = []

        def rows() -> Iterator[tuple[str, int, bytes]]:
            for folded, group in groupby(
                db.execute("SELECT folded, key, flags FROM raw ORDER BY folded"), itemgetter(0)
            ):
                pairs = [(key, flags) for _, key, flags in group]
                advance(len(pairs))
                refs = priors.ranked(pairs)
                if not refs:
                    continue
                known.add(folded)
                foreign = [ref for ref in refs if priors.is_romanised(ref.key)]
                if foreign and len(bare := skeleton(folded)) >= _SHORTEST_SKELETON:
                    loose.extend((bare, ref.key, flags_of(ref.match, primary=ref.primary)) for ref in foreign)
                if folded.isascii() and len(folded) <= _LONGEST_FUZZY:
                    lengths.setdefault(len(folded), bytearray()).extend(folded.encode())
                yield folded, refs[0].prior, pack_refs(refs)
                if len(loose) >= _BATCH:
                    db.executemany("INSERT INTO loose VALUES (?, ?, ?)", loose)
                    loose.clear()

        db.cursor().executemany("INSERT INTO name VALUES (?, ?, ?)", rows())
        db.executemany("INSERT INTO loose VALUES (?, ?, ?)", loose)
    db.execute("DROP TABLE raw")
    with progress.stage("romanisations and prefixes"):
        _write_skeletons(db, priors)
        db.execute("INSERT INTO known VALUES (?)", (bytes(known.bits),))
        db.executemany(
            "INSERT INTO fuzzy VALUES (?, ?)",
            ((length, zlib.compress(bytes(text), 6)) for length, text in sorted(lengths.items())),
        )
        _write_prefixes(db)


def _write_skeletons(db: sqlite3.Connection, priors: Priors) -> None:
    rows = db.execute("SELECT skeleton, key, flags FROM loose ORDER BY skeleton")
    db.cursor().executemany(
        "INSERT INTO skeleton VALUES (?, ?)",
        (
            (bare, pack_refs(priors.ranked((key, flags) for _, key, flags in group)))
            for bare, group in groupby(rows, itemgetter(0))
        ),
    )
    db.execute("DROP TABLE loose")


def _write_prefixes(db: sqlite3.Connection) -> None:
    """Rank the prefixes that more than `_CROWDED` names share."""
    for length in range(1, _LONGEST_PREFIX + 1):
        crowded = db.execute(
            "SELECT substr(folded, 1, ?) AS start FROM name GROUP BY start HAVING count(*) > ?", (length, _CROWDED)
        ).fetchall()
        for (prefix,) in crowded:
            found = db.execute(
                "SELECT refs FROM name WHERE folded >= ? AND folded < ? ORDER BY top DESC LIMIT ?",
                (prefix, prefix + chr(0x10FFFF), _PREFIX_REFS * 2),
            )
            best: dict[int, Ref] = {}
            for (packed,) in found:
                for ref in unpack_refs(packed):
                    if ref.key not in best or best[ref.key].prior < ref.prior:
                        best[ref.key] = ref
            refs = sorted(best.values(), key=lambda ref: (-ref.prior, -ref.key))[:_PREFIX_REFS]
            db.execute("INSERT INTO prefix VALUES (?, ?)", (prefix, pack_refs(refs)))
