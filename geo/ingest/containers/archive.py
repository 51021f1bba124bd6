"""ZIP, TAR and compressed files: each member is read by its own kind. Nothing is written, so no name leads anywhere."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from geo.ingest import kinds
from geo.ingest.limits import size
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import DAMAGED, DAMAGED_ZIP, Drafts, Reading, Source, bounded

_TAR = b"ustar"
_TAR_AT = 257


def zipped(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a ZIP archive's members."""
    limits = reading.limits
    left = limits.unpacked
    told = _Left(source.where)
    with source.open() as file, _opened_zip(file, source.where) as archive:
        members = [one for one in archive.infolist() if one.filename and not one.is_dir()]
        if len(members) > limits.members:
            yield _too_many(source.where, len(members), limits.members)
        for member in members[: limits.members]:
            if not told.wanted(member.filename):
                continue
            inner = source.inner(member.filename, lambda: file)
            if member.flag_bits & 1:
                yield Problem(inner.where, "it is locked with a password", "Unpack it and give the files")
                continue
            room = min(limits.file, left)
            try:
                with archive.open(member) as opened:
                    data = opened.read(room + 1)
            except DAMAGED_ZIP as error:
                yield Problem(inner.where, f"it cannot be unpacked ({error})", "The other members are read")
                continue
            if len(data) > left:
                raise _bomb(source.where, limits.unpacked)
            if len(data) > limits.file:
                yield Problem(inner.where, f"more than {size(limits.file)} unpacked", "Unpack it and give the file")
                continue
            left -= len(data)
            yield from reading.inner(source.member(member.filename, data))
    yield from told.note()


def _opened_zip(file: BinaryIO, where: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except DAMAGED_ZIP as error:
        raise UnreadableError(Problem(where, f"a damaged ZIP archive ({error})", "Pack or download it anew")) from error


def tarred(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a TAR archive's members, read as a stream."""
    limits = reading.limits
    told = _Left(source.where)
    try:
        with (
            bounded(source.open(), limits.unpacked, source.where) as stream,
            tarfile.open(fileobj=stream, mode="r|") as archive,
        ):
            for number, member in enumerate(archive, start=1):
                if number > limits.members:
                    yield _too_many(source.where, None, limits.members)
                    break
                if not member.isfile() or not told.wanted(member.name):
                    continue
                opened = archive.extractfile(member)
                data = opened.read(limits.file + 1) if opened else b""
                if len(data) > limits.file:
                    where = source.inner(member.name, source.open).where
                    yield Problem(where, f"more than {size(limits.file)}", "Unpack it and give the file")
                    continue
                yield from reading.inner(source.member(member.name, data))
    except UnreadableError:
        raise
    except (*DAMAGED, tarfile.TarError, ValueError) as error:
        what = f"the archive breaks off or is damaged ({error})"
        raise UnreadableError(Problem(source.where, what, "What came before was read")) from error
    yield from told.note()


def compressed(source: Source, reading: Reading) -> Drafts:
    """Give the articles of what a GZ, BZ2 or XZ file holds: one file, or a TAR archive."""
    unpack = _unpacker(source)

    def unpacked() -> BinaryIO:
        packed = source.open()
        return bounded(unpack(packed), reading.limits.unpacked, source.where, beneath=packed)

    try:
        with unpacked() as stream:
            head = stream.read(_TAR_AT + len(_TAR))
        name = _unpacked_name(source.name)
        inner = Source(source.where, name, unpacked, source.depth + 1)
        if head[_TAR_AT:] == _TAR:
            yield from tarred(inner, reading)
        else:
            yield from reading.inner(inner)
    except DAMAGED as error:
        what = f"a damaged compressed file ({error})"
        raise UnreadableError(Problem(source.where, what, "Pack or download it anew")) from error


def _unpacker(source: Source) -> Callable[[BinaryIO], BinaryIO]:
    head = source.head(6)
    opened = gzip.open if head.startswith(b"\x1f\x8b") else bz2.open if head.startswith(b"BZh") else lzma.open
    return lambda packed: cast("BinaryIO", opened(packed, "rb"))


def _unpacked_name(name: str) -> str:
    path = PurePosixPath(name)
    if path.suffix.lower() == ".tgz":
        return f"{path.stem}.tar"
    return path.stem if path.suffix.lower() in (".gz", ".bz2", ".xz") else f"{name}.txt"


class _Left:
    """Counts the members of kinds that are not read, to tell them in one note."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._endings: Counter[str] = Counter()

    def wanted(self, name: str) -> bool:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.name.startswith(".") or "__MACOSX" in path.parts:
            return False
        if kinds.is_read(name):
            return True
        self._endings[path.suffix.lower() or "no ending"] += 1
        return False

    def note(self) -> Iterator[Problem]:
        if self._endings:
            told = ", ".join(f"{count} × {ending}" for ending, count in self._endings.most_common(6))
            yield Problem(self._where, f"members of other kinds were left out ({told})", severity="note")


def _too_many(where: str, count: int | None, limit: int) -> Problem:
    found = f"{count:,} members" if count else "more members"
    return Problem(where, f"{found} than the {limit:,} that are read; the rest is left out", "Split it", "skipped")


def _bomb(where: str, limit: int) -> UnreadableError:
    what = f"it unpacks to more than {size(limit)}; the rest is left out"
    return UnreadableError(Problem(where, what, "Unpack it and give the files"))
