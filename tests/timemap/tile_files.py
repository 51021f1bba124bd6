"""PMTiles files made for tests, written by the specification and not by the reader: header, directories, tiles."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

Tile = tuple[int, int, int]
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763a8ab590c0002fd018fcea1"
    "d1f20000000049454e44ae426082"
)


def varint(value: int) -> bytes:
    """Give a number in groups of seven bits, the lowest first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def numbered(tiles: Iterable[Tile]) -> dict[Tile, int]:
    """Number tiles by walking the curve of each zoom (the way back of what the reader does)."""
    wanted, found = set(tiles), {}
    for z in {tile[0] for tile in wanted}:
        before = sum(4**lower for lower in range(z))
        for step in range(4**z):
            x = y = 0
            rest, side = step, 1
            while side < 1 << z:
                right = 1 & (rest // 2)
                low = 1 & (rest ^ right)
                if not low:
                    if right:
                        x, y = side - 1 - x, side - 1 - y
                    x, y = y, x
                x, y = x + side * right, y + side * low
                rest //= 4
                side *= 2
            if (z, x, y) in wanted:
                found[z, x, y] = before + step
    return found


def directory(rows: list[tuple[int, int, int, int]]) -> bytes:
    """Write entries: number, run, length, offset."""
    out, last = varint(len(rows)), 0
    for number, *_ in rows:
        out += varint(number - last)
        last = number
    for at in (1, 2):
        out += b"".join(varint(row[at]) for row in rows)
    return out + b"".join(varint(offset + 1) for *_, offset in rows)


def write(
    path: Path,
    tiles: Mapping[Tile, bytes],
    *,
    kind: int,
    packed: bool = False,
    leaves: bool = False,
    metadata: Mapping[str, object] | None = None,
) -> Path:
    """Write a file; `kind` of the specification (1 vector, 2 PNG), `leaves`: entries stand in a second directory."""
    numbers, rows, body = numbered(tiles), [], b""
    for tile in sorted(tiles, key=numbers.__getitem__):
        data = gzip.compress(tiles[tile], mtime=0) if packed else tiles[tile]
        rows.append((numbers[tile], 1, len(data), len(body)))
        body += data
    leaf = gzip.compress(directory(rows), mtime=0) if leaves else b""
    root = gzip.compress(directory([(rows[0][0], 0, len(leaf), 0)] if leaves else rows), mtime=0)
    told = gzip.compress(json.dumps(metadata or {}).encode(), mtime=0)
    at = [127, 127 + len(root), 127 + len(root) + len(told)]
    at.append(at[-1] + len(leaf))
    places = [at[0], len(root), at[1], len(told), at[2], len(leaf), at[3], len(body), len(tiles), len(rows), len(rows)]
    zooms = [tile[0] for tile in tiles]
    head = b"PMTiles\x03" + struct.pack("<11Q", *places)
    head += struct.pack("<6B", 1, 2, 2 if packed else 1, kind, min(zooms), max(zooms)) + bytes(25)
    path.write_bytes(head + root + told + leaf + body)
    return path


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def _geometry(kind: int, points: list[tuple[int, int]]) -> bytes:
    numbers, x, y = [1 << 3 | 1], 0, 0
    for at, (px, py) in enumerate(points):
        if at == 1:
            numbers.append((len(points) - 1) << 3 | 2)
        numbers += [(step << 1) ^ (step >> 31) for step in (px - x, py - y)]
        x, y = px, py
    if kind == 3:
        numbers.append(1 << 3 | 7)
    return b"".join(varint(number) for number in numbers)


def vector(layers: Mapping[str, list[tuple[int, str, list[tuple[int, int]]]]]) -> bytes:
    """Write a vector tile: layers of features, each a kind (2 line, 3 polygon), its sort, and points of 0..4096."""
    out = b""
    for name, features in layers.items():
        layer = _field(15, 2) + _field(1, name.encode())
        sorts = sorted({sort for _, sort, _ in features})
        for kind, sort, points in features:
            tags = varint(0) + varint(sorts.index(sort))
            layer += _field(2, _field(2, tags) + _field(3, kind) + _field(4, _geometry(kind, points)))
        layer += _field(3, b"kind") + b"".join(_field(4, _field(1, sort.encode())) for sort in sorts) + _field(5, 4096)
        out += _field(3, layer)
    return out


def streets() -> bytes:
    """A tile of a river across, a lake, a road and a railway."""
    return vector(
        {
            "water": [(3, "lake", [(400, 400), (1600, 400), (1600, 1600), (400, 1600)])],
            "roads": [(2, "highway", [(0, 2048), (4096, 2048)]), (2, "rail", [(2048, 0), (2048, 4096)])],
        }
    )


def pixel() -> bytes:
    """A picture of one pixel."""
    return _PIXEL
