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
from gazetteer.prefixes import Prefixes
from gazetteer.progress import Progress
from gazetteer.ranking import Priors, flags_of
from gazetteer.schema import NameFilter, pack_refs

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
    prefixes = Prefixes()
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
                prefixes.add(folded, refs)
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
        db.executemany(
            "INSERT INTO prefix VALUES (?, ?)", ((start, pack_refs(refs)) for start, refs in prefixes.ranked())
        )


def _write_skeletons(db: sqlite3.Connection, priors: Priors) -> None:
    rows = db.execute("SELECT skeleton, key, flags FROM loose ORDER BY skeleton")
    db.cursor().executemany(
        "INSERT INTO skeleton VALUES (?, ?)",
        (
            (bare, pack_refs(priors.ranked([(key, flags) for _, key, flags in group])))
            for bare, group in groupby(rows, itemgetter(0))
        ),
    )
    db.execute("DROP TABLE loose")
