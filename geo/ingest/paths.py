"""Names on the command line to files: single files, folders with all they hold, patterns."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo.ingest import kinds
from geo.ingest.kinds import READ
from geo.ingest.problem import Problem


def files(inputs: Iterable[str | Path]) -> Iterator[Path | Problem]:
    """Give the files that `inputs` name, in their order, each once; a folder's sorted by path.

    In a folder, hidden files and files of other kinds are left out; the latter are told in one note.
    """
    seen: set[Path] = set()
    for name in inputs:
        for item in _expand(str(name)):
            if isinstance(item, Problem):
                yield item
            elif (real := item.resolve()) not in seen:
                seen.add(real)
                yield item


def _expand(name: str) -> Iterator[Path | Problem]:
    path = Path(name).expanduser()
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield path
        elif path.exists():
            yield Problem(name, "neither a file nor a folder", "Save its content to a file first")
        elif glob.has_magic(name):
            matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
            if not matches:
                yield Problem(name, "no file matches this pattern", "Check it; ** stands for any folders")
            for match in matches:
                yield from _expand(match)
        else:
            yield Problem(name, "there is no such file or folder", "Check the path")
    except (OSError, ValueError) as error:
        yield unopened(name, error)


def _folder(folder: Path) -> Iterator[Path | Problem]:
    failed: list[OSError] = []
    others: Counter[str] = Counter()
    found = 0
    for root, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if kinds.is_read(name):
                found += 1
                yield Path(root) / name
            else:
                others[Path(name).suffix.lower() or "no ending"] += 1
    for error in failed:
        yield unopened(str(error.filename or folder), error)
    if others:
        told = ", ".join(f"{count} × {ending}" for ending, count in others.most_common(6))
        yield Problem(str(folder), f"files of other kinds were left out ({told})", f"Read are {READ}", "note")
    if not found and not failed:
        yield Problem(str(folder), "the folder holds nothing to read", f"Read are {READ}")


def unopened(name: str, error: Exception) -> Problem:
    """Say that a file or folder could not be opened."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    advice = "Check its permissions" if isinstance(error, PermissionError) else "Check the path"
    return Problem(name, f"it cannot be opened ({reason})", advice)
