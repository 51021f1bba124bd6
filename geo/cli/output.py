"""Where a command writes: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

STANDARD_INPUT = STANDARD_OUTPUT = "-"


def say(text: str) -> None:
    """Write a line beside the output."""
    print(text, file=sys.stderr, flush=True)


def print_json(report: object) -> None:
    """Write a report as one JSON object to standard output."""
    print(json.dumps(report, ensure_ascii=False, indent=1))


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open `path`, or standard output where it is None or ``-``.

    A file is written beside its place and moved there at the end: a run that breaks off leaves what was there.

    Raises
    ------
    OSError
        If the folder does not exist or may not be written to.
    """
    if path is None or str(path) == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.is_dir():
        raise IsADirectoryError(f"{path}: this is a folder. Name a file in it")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent}: there is no such folder. Make it first")
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    try:
        handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    except OSError as error:
        raise OSError(f"{path}: no file can be made there ({error.strerror}). Name another with -o") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        # mkstemp makes a file that only its owner may read.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
