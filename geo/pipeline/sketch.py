"""What near-duplicate texts have in common: runs of three words, and a few keys by which they find each other.

The keys are bands of a MinHash (Broder 1997; banding as in Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
chapter 3): of two texts that share half their runs, 87 of 100 share a key, of two that share a tenth, one in 300.
"""

from __future__ import annotations

import hashlib
import re
import struct

from rensa import RMinHash

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_RUN = 3
_BANDS, _ROWS = 32, 4
_SEED = 20230310
# Shorter ones are alike by chance: "Explosions were heard in Kharkiv overnight".
_FEWEST_WORDS = 25


def words(text: str) -> list[str]:
    """Give the words of a text as they stand."""
    return _WORD.findall(text)


def runs(text: str) -> frozenset[str]:
    """Give the runs of three words, in small letters; none of a text that is too short to be told from others."""
    found = [word.casefold() for word in words(text)]
    if len(found) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(" ".join(found[start : start + _RUN]) for start in range(len(found) - _RUN + 1))


def keys(shingles: frozenset[str]) -> frozenset[int]:
    """Give the keys of a text by its runs: whole numbers of 64 bits, the same on every machine; none for no runs."""
    if not shingles:
        return frozenset()
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update(sorted(shingles))
    digest = minhash.digest()
    # Keys of another make of the sketch must not be taken for the same.
    make = RMinHash.ALGORITHM_VERSION
    bands = (struct.pack(f"<{_ROWS + 2}I", make, n, *digest[n * _ROWS : (n + 1) * _ROWS]) for n in range(_BANDS))
    return frozenset(
        int.from_bytes(hashlib.blake2b(band, digest_size=8).digest(), "little", signed=True) for band in bands
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of runs that two texts have in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0
