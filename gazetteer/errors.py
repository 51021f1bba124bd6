"""What can be wrong with a gazetteer file, or with the files it is built from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class GazetteerError(Exception):
    """Something is wrong with a gazetteer; `path` says where, the message what to do next."""

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return _remake, (type(self), str(self), self.path)


def _remake(kind: type[GazetteerError], message: str, path: Path | None) -> GazetteerError:
    return kind(message, path=path)


class GazetteerMissing(GazetteerError, FileNotFoundError):
    """There is no file at the place asked for, and none could be built."""

    def __str__(self) -> str:
        return str(self.args[0])


class GazetteerCorrupt(GazetteerError, ValueError):
    """The file is damaged: truncated, overwritten in part, or not finished."""


class GazetteerForeign(GazetteerError, ValueError):
    """The file is not a gazetteer at all."""


class GazetteerOutdated(GazetteerError, ValueError):
    """The file was made by another version of the program: its schema is older or newer."""


class SourceError(GazetteerError, ValueError):
    """A file that the gazetteer is built from is missing or has a fault; `line` counts from 1."""

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None) -> None:
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(where + message, path=path)
        self.line = line


class OwnPlacesError(GazetteerError, ValueError):
    """A user's own places, or the records that names are missing from, have a fault; the message says where."""


class Faults:
    """Gather the faults of many rows and raise them together, so that a curator sees them all at once."""

    MOST = 25

    def __init__(self) -> None:
        self.found: list[SourceError] = []

    def __enter__(self) -> Faults:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self.found:
            first = self.found[0]
            text = "\n".join(str(fault) for fault in self.found[: self.MOST])
            if len(self.found) > self.MOST:
                text += f"\n... and {len(self.found) - self.MOST} more"
            together = SourceError(text)
            together.path, together.line = first.path, first.line
            raise together

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Keep a fault of the block for later."""
        try:
            yield
        except SourceError as fault:
            self.found.append(fault)
