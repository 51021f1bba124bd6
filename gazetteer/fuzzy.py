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
    """Fuzzy look-up over the blocks of one file; each block is read at first need and kept (some 30 MB in all)."""

    def __init__(self, rows: Callable[..., list[Any]]) -> None:
        self._rows = rows
        self._lock = threading.Lock()
        self._blocks: dict[int, tuple[bytes, NDArray[np.uint64]]] = {}

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
