"""Names one or two typing errors away.

Every folded name lies in the file as fixed-width text, one block a length. A query loads the blocks of nearby lengths
once, throws out nearly everything by comparing letters as bits, and measures the rest.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from gazetteer.lookup import Lookup
from gazetteer.place import Candidate

# Two letters of a five-letter name are another name.
_ONE_EDIT_FROM, _TWO_EDITS_FROM = 3, 7


def edits_allowed(folded: str) -> int:
    """Give how many edits a name of this length may be away: none below 3 letters, one below 7, else two."""
    return 0 if len(folded) < _ONE_EDIT_FROM else 1 if len(folded) < _TWO_EDITS_FROM else 2


# Letters and the space get two bits, first and second occurrence; digits share what is left.
_FIRST = np.zeros(128, dtype=np.uint64)
_SECOND = np.zeros(128, dtype=np.uint64)
for _number, _letter in enumerate("abcdefghijklmnopqrstuvwxyz "):
    _FIRST[ord(_letter)] = 1 << _number
    _SECOND[ord(_letter)] = 1 << (_number + 27)
for _digit in "0123456789":
    _FIRST[ord(_digit)] = 1 << (54 + int(_digit))


def signatures(block: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Give the letter bits of names, shape (n,), from their text, shape (n, length).

    One edit changes at most two of the bits: it takes one letter away and brings one in.
    """
    seen = np.zeros(len(block), dtype=np.uint64)
    for column in block.T:
        first = _FIRST[column]
        again = np.where(seen & first, _SECOND[column], np.uint64(0))
        seen |= first | again
    return seen


class Fuzzy:
    """Fuzzy look-up over the blocks of one file; each block is read at first need and kept (some 30 MB in all).

    Parameters
    ----------
    rows : callable
        Runs a query.
    lookup : Lookup
        Gives the places of the names that are near.
    """

    def __init__(self, rows: Callable[..., list[Any]], lookup: Lookup) -> None:
        self._rows = rows
        self._lookup = lookup
        self._lock = threading.Lock()
        self._blocks: dict[int, tuple[bytes, NDArray[np.uint64]]] = {}

    def candidates(self, folded: str, limit: int) -> tuple[Candidate, ...]:
        """Give places with a name near a folded one, nearest spelling first, then likeliest."""
        near = self.names(folded)
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

    def names(self, folded: str) -> list[tuple[str, int]]:
        """Give folded names within the allowed edits and how many edits each is away (swaps count as one)."""
        allowed = edits_allowed(folded)
        if not allowed or not folded.isascii():
            return []
        sign = signatures(np.frombuffer(folded.encode(), dtype=np.uint8)[None, :])[0]
        choices: list[str] = []
        for length in range(len(folded) - allowed, len(folded) + allowed + 1):
            text, signs = self._block(length)
            for number in np.flatnonzero(np.bitwise_count(signs ^ sign) <= 2 * allowed).tolist():
                choices.append(text[number * length : (number + 1) * length].decode())
        found = process.extract(folded, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        return [(name, int(distance)) for name, distance, _ in found]

    def _block(self, length: int) -> tuple[bytes, NDArray[np.uint64]]:
        with self._lock:
            held = self._blocks.get(length)
            if held is None:
                rows = self._rows("SELECT names FROM fuzzy WHERE length = ?", (length,))
                text = zlib.decompress(rows[0][0]) if rows else b""
                block = np.frombuffer(text, dtype=np.uint8).reshape(-1, max(length, 1))
                held = self._blocks[length] = (text, signatures(block))
            return held
