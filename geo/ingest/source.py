"""What is read: a file, or a member of an archive or a mail, by one interface; and what its reader is handed."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from geo.ingest.draft import Draft
from geo.ingest.limits import Limits, size, too_big
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.table_columns import Columns, TableForm

Drafts = Iterator[Draft | Problem]

_LONGEST_SHOWN = 120
# What the standard library raises on packed bytes that are not what they say they are; of a ZIP file besides ValueError
# (offsets before its beginning), RuntimeError (a password) and NotImplementedError.
DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError)
DAMAGED_ZIP = (*DAMAGED, zipfile.BadZipFile, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Source:
    """Something with a name and bytes.

    Attributes
    ----------
    where
        What messages call it: a path, or ``archive.zip/folder/a.html``.
    name
        Its own file name, which tells its kind and gives the id of its article. Nothing is opened by it.
    open
        Opens its bytes; they can be opened again.
    depth
        How many archives or mails it lies in.
    """

    where: str
    name: str
    open: Callable[[], BinaryIO]
    depth: int = 0

    @classmethod
    def of_path(cls, path: Path) -> Source:
        """Give the source of a file."""
        return cls(str(path), path.name, lambda: path.open("rb"))

    def member(self, name: str, data: bytes) -> Source:
        """Give a member of this source by its name, which may hold folders."""
        return self.inner(name, lambda: io.BytesIO(data))

    def inner(self, name: str, opener: Callable[[], BinaryIO]) -> Source:
        """Give a member whose bytes are opened by `opener`."""
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        shown = "/".join("".join(sign if sign.isprintable() else "?" for sign in part) for part in parts) or "unnamed"
        shown = shown if len(shown) <= _LONGEST_SHOWN else "…" + shown[-_LONGEST_SHOWN:]
        return Source(f"{self.where}/{shown}", PurePosixPath(shown).name, opener, self.depth + 1)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending in small letters, with its dot; empty where there is none."""
        return PurePosixPath(self.name).suffix.lower()

    def head(self, amount: int) -> bytes:
        """Give its first bytes."""
        with self.open() as file:
            return file.read(amount)

    def whole(self, limits: Limits) -> bytes:
        """Give all its bytes; never more than the limit, whatever its size was a moment ago.

        Raises
        ------
        UnreadableError
            If there are more than `limits.file`.
        """
        with self.open() as file:
            data = file.read(limits.file + 1)
            if len(data) > limits.file:
                raise too_big(self.where, file.seek(0, io.SEEK_END) if file.seekable() else len(data), limits.file)
        return data

    def renamed(self, name: str) -> Source:
        """Give it under another name, its messages as they are."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is handed beside its source.

    `inner` reads a member of an archive or a mail by its own kind.
    """

    columns: Columns
    form: TableForm
    limits: Limits
    inner: Callable[[Source], Drafts]


class Bounded(io.RawIOBase):
    """A stream that breaks off with an error past so many bytes: what is unpacked may be a bomb."""

    def __init__(self, stream: BinaryIO, limit: int, where: str, *, beneath: BinaryIO | None = None) -> None:
        self._stream, self._beneath = stream, beneath
        self._left, self._where, self._limit = limit, where, limit

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # (the base takes any buffer)
        """Read into a buffer.

        Raises
        ------
        UnreadableError
            Past the limit, and where what is unpacked is damaged.
        """
        try:
            data = self._stream.read(min(len(buffer), 1 << 20))
        except DAMAGED as error:
            what = f"it is damaged or breaks off ({error})"
            raise UnreadableError(Problem(self._where, what, "Pack or download it anew")) from error
        self._left -= len(data)
        if self._left < 0:
            what = f"it unpacks to more than {size(self._limit)}; the rest is left out"
            raise UnreadableError(Problem(self._where, what, "Unpack it and give the files"))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what it reads from, too."""
        if not self.closed:
            self._stream.close()
            if self._beneath:
                self._beneath.close()
        super().close()


def bounded(stream: BinaryIO, limit: int, where: str, *, beneath: BinaryIO | None = None) -> BinaryIO:
    """Give a buffered stream of at most `limit` bytes, which closes `stream` and what lies `beneath` it."""
    return io.BufferedReader(Bounded(stream, limit, where, beneath=beneath))
