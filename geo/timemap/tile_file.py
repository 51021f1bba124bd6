"""Map tiles out of one file on this machine (PMTiles, version 3): vector or image tiles, read where they lie.

As its specification has it: a header of 127 bytes, a directory (and leaf directories) of delta-coded runs by the tile's
number on a Hilbert curve, metadata in JSON, then the tiles.
"""

from __future__ import annotations

import functools
import html
import json
import os
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HEADER_SIZE = 127
_KINDS_AT = 96  # clustered, compression of directories, of tiles, kind of tile, first and last zoom: a byte each
_NONE, _GZIP = 1, 2
KINDS = {1: "vector", 2: "image", 3: "image", 4: "image", 5: "image"}
_MEDIA = {1: "application/x-protobuf", 2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif"}
_DEEPEST = 4  # directories from the root to a tile, at most
_MOST_DIRECTORY = 64_000_000  # bytes of a directory or of the metadata, unpacked
_MOST_ZOOM = 26
_TAG = re.compile("<[^>]*>")


class TileFileError(ValueError):
    """A file of map tiles is missing or cannot be read; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A run of tiles that lie at one place in the file; `run` 0: a leaf directory."""

    tile: int
    offset: int
    length: int
    run: int


@dataclass(frozen=True, slots=True)
class TileFile:
    """A PMTiles file.

    Parameters
    ----------
    path
        Where it lies.
    kind
        ``vector`` or ``image``.
    zooms
        The first and the last zoom that it has tiles of.
    credit
        Whom its metadata ask to be credited, as plain text; may be empty.
    """

    path: Path
    kind: str
    media_type: str
    compressed: bool
    zooms: tuple[int, int]
    credit: str
    root: tuple[Entry, ...]
    leaves_at: int
    tiles_at: int

    @classmethod
    def open(cls, path: Path) -> TileFile:
        """Read header, metadata and root directory.

        Raises
        ------
        TileFileError
            There is no such file, it is no PMTiles file of version 3, or it is compressed in a way that is not read.
        """
        stamp = _stamp(path)
        return _opened(path, stamp)

    def get(self, z: int, x: int, y: int) -> bytes | None:
        """Give a tile as it lies in the file (gzipped where `compressed`); None where the file has none there."""
        if not (self.zooms[0] <= z <= self.zooms[1] and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        wanted, entries = number(z, x, y), self.root
        for _ in range(_DEEPEST):
            entry = _covering(entries, wanted)
            if entry is None:
                return None
            if entry.run:
                return _stretch(self.path, self.tiles_at + entry.offset, entry.length)
            entries = _leaf(self.path, self.leaves_at + entry.offset, entry.length, _stamp(self.path))
        return None


def number(z: int, x: int, y: int) -> int:
    """Give a tile's number: all tiles of smaller zooms come before, those of one zoom lie on a Hilbert curve."""
    found = ((1 << 2 * z) - 1) // 3
    side = 1 << z >> 1
    while side:
        right, low = int(x & side > 0), int(y & side > 0)
        found += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return found


def _stamp(path: Path) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError as error:
        raise TileFileError(f"map tiles: {path} cannot be read ({error.strerror}); name a .pmtiles file") from None
    return known.st_mtime_ns, known.st_size


@functools.lru_cache(maxsize=4)
def _opened(path: Path, stamp: tuple[int, int]) -> TileFile:
    head = _stretch(path, 0, _HEADER_SIZE)
    if len(head) < _HEADER_SIZE or head[:7] != b"PMTiles" or head[7] != 3:
        raise TileFileError(f"map tiles: {path} is no PMTiles file of version 3")
    fields = struct.unpack_from("<11Q", head, 8)
    root_at, root_size, meta_at, meta_size, leaves_at, _, tiles_at, _, _, _, _ = fields
    _, internal, packed, kind, first, last = struct.unpack_from("<6B", head, _KINDS_AT)
    if kind not in KINDS:
        raise TileFileError(f"map tiles: {path} holds tiles of an unknown kind ({kind})")
    if internal not in (_NONE, _GZIP) or packed not in (_NONE, _GZIP):
        raise TileFileError(f"map tiles: {path} is compressed in a way that is not read; write it with gzip or without")
    if first > last or last > _MOST_ZOOM:
        raise TileFileError(f"map tiles: {path} says zooms {first} to {last}")
    root = _directory(path, root_at, root_size, packed=internal == _GZIP)
    meta = _unpacked(path, _stretch(path, meta_at, meta_size), packed=internal == _GZIP)
    return TileFile(
        path=path,
        kind=KINDS[kind],
        media_type=_MEDIA[kind],
        compressed=packed == _GZIP,
        zooms=(first, last),
        credit=_credit(meta),
        root=root,
        leaves_at=leaves_at,
        tiles_at=tiles_at,
    )


def _credit(metadata: bytes) -> str:
    """The attribution of the metadata without its markup: a stranger's file writes no HTML into the page."""
    try:
        told: Any = json.loads(metadata or b"{}")
    except ValueError:
        return ""
    words = told.get("attribution") if isinstance(told, dict) else None
    return " ".join(html.unescape(_TAG.sub("", words)).split())[:200] if isinstance(words, str) else ""


def _stretch(path: Path, offset: int, length: int) -> bytes:
    """Read a stretch; its own file handle each time, so that threads do not share a position."""
    with path.open("rb") as file:
        if offset > os.fstat(file.fileno()).st_size or length > _MOST_DIRECTORY:
            raise TileFileError(f"map tiles: {path} is damaged: it points behind its own end")
        file.seek(offset)
        return file.read(length)


def _unpacked(path: Path, data: bytes, *, packed: bool) -> bytes:
    if not packed:
        return data
    try:
        inflating = zlib.decompressobj(wbits=31)
        whole = inflating.decompress(data, _MOST_DIRECTORY)
    except zlib.error as error:
        raise TileFileError(f"map tiles: {path} is damaged ({error})") from None
    if inflating.unconsumed_tail:
        raise TileFileError(f"map tiles: {path} has a directory of more than {_MOST_DIRECTORY:,} bytes")
    return whole


@functools.lru_cache(maxsize=64)
def _leaf(path: Path, offset: int, length: int, stamp: tuple[int, int]) -> tuple[Entry, ...]:
    packed = _stretch(path, _KINDS_AT + 1, 1)[0] == _GZIP
    return _directory(path, offset, length, packed=packed)


def _directory(path: Path, offset: int, length: int, *, packed: bool) -> tuple[Entry, ...]:
    data = _unpacked(path, _stretch(path, offset, length), packed=packed)
    try:
        return _entries(data)
    except IndexError:
        raise TileFileError(f"map tiles: {path} is damaged: a directory ends too early") from None


def _entries(data: bytes) -> tuple[Entry, ...]:
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # the top bit says that more follows
                return value
            shift += 7

    count = varint()
    if count > len(data):
        raise IndexError
    tiles, last = [], 0
    for _ in range(count):
        last += varint()
        tiles.append(last)
    runs = [varint() for _ in range(count)]
    lengths = [varint() for _ in range(count)]
    offsets: list[int] = []
    for place in range(count):
        told = varint()
        offsets.append(offsets[-1] + lengths[place - 1] if not told and place else told - 1)
    return tuple(map(Entry, tiles, offsets, lengths, runs))


def _covering(entries: tuple[Entry, ...], wanted: int) -> Entry | None:
    """The last entry that begins at or before a tile, where it reaches it."""
    low, high = 0, len(entries)
    while low < high:
        middle = (low + high) // 2
        if entries[middle].tile <= wanted:
            low = middle + 1
        else:
            high = middle
    if not low:
        return None
    entry = entries[low - 1]
    return entry if not entry.run or wanted < entry.tile + entry.run else None
