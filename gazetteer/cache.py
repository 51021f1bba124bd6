"""Where the gazetteer file lies, whether it can be trusted, and replacing it while others read it.

A file is built beside its final place and renamed onto it: at any moment there is the old file or the new one, never
half of one. A lock keeps two processes from building at once; the second finds the work done.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gazetteer.errors import GazetteerCorrupt, GazetteerForeign, GazetteerMissing, GazetteerOutdated
from gazetteer.schema import APPLICATION_ID, SCHEMA_VERSION
from gazetteer.shipped import DATA, cache_folder

ENVIRONMENT = "CONFLICT_MAP_GAZETTEER"
# What decides what is in the file besides the data: a change of the rules is a change of the gazetteer.
_RULES = ("names.py", "naming.py", "prefixes.py", "ranking.py", "sources/*.py", "writer.py")
# Stands in a file that is being built where its checksum will; as long as one, and nothing that occurs by chance.
UNSEALED = hashlib.sha256(b"unsealed gazetteer").hexdigest()
_SQLITE_MAGIC = b"SQLite format 3\0"


def default_path() -> Path:
    """Give the place of the default gazetteer: ``CONFLICT_MAP_GAZETTEER``, else in the cache (`gazetteer.shipped`)."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named).expanduser() if named else cache_folder() / f"gazetteer-{SCHEMA_VERSION}.sqlite"


def fingerprint(data: Path = DATA) -> str:
    """Digest what the gazetteer is built from: schema, rules, package versions, curated files and outlines."""
    from gazetteer.sources import packages, villages  # noqa: PLC0415  (the packages import nothing of ours at look-up)

    digest = hashlib.blake2b(f"schema {SCHEMA_VERSION}".encode(), digest_size=16)
    for package in (*packages.PACKAGES, *villages.PACKAGES):
        try:
            digest.update(f"{package} {version(package)}".encode())
        except PackageNotFoundError:
            digest.update(f"{package} absent".encode())
    files = [*sorted((data / "gazetteer").glob("*")), *sorted((data / "areas").glob("*.json.gz"))]
    files += [path for pattern in _RULES for path in sorted(Path(__file__).parent.glob(pattern))]
    for path in files:
        if path.is_file():
            digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def check(path: Path) -> dict[str, str]:
    """Open `path` far enough to trust it and give what it says of itself.

    Raises
    ------
    GazetteerMissing, GazetteerForeign, GazetteerOutdated, GazetteerCorrupt
        With what to do next.
    """
    again = "Run: conflict-gazetteer build"
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError:
        raise GazetteerMissing(f"{path}: there is no gazetteer here. {again}", path=path) from None
    except OSError as error:
        raise GazetteerMissing(f"{path}: cannot be read ({error.strerror}). {again}", path=path) from None
    if not head:
        raise GazetteerCorrupt(f"{path}: the file is empty. {again}", path=path)
    if not head.startswith(_SQLITE_MAGIC[: len(head)]):
        raise GazetteerForeign(
            f"{path}: not a gazetteer (not even a database). Name another file, or remove it.", path=path
        )
    if len(head) < 100:
        raise GazetteerCorrupt(f"{path}: the file is cut off after {len(head)} bytes. {again}", path=path)
    user_version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application != APPLICATION_ID:
        raise GazetteerForeign(f"{path}: a database, but not a gazetteer. Name another file, or remove it.", path=path)
    if user_version != SCHEMA_VERSION:
        age = "an older" if user_version < SCHEMA_VERSION else "a newer"
        raise GazetteerOutdated(
            f"{path}: made by {age} version (schema {user_version}, this is {SCHEMA_VERSION}). {again}", path=path
        )
    page_size = int.from_bytes(head[16:18], "big") or 65536
    pages = int.from_bytes(head[28:32], "big")
    if size != pages * page_size:
        raise GazetteerCorrupt(
            f"{path}: the file is cut off or overgrown ({size:,} bytes, expected {pages * page_size:,}). {again}",
            path=path,
        )
    try:
        with contextlib.closing(connect(path)) as db:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            # Touches every table's root page; a full integrity check would take seconds.
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                db.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise GazetteerCorrupt(f"{path}: the file is damaged ({error}). {again}", path=path) from None
    if meta.get("complete") != "yes":
        raise GazetteerCorrupt(f"{path}: its build was not finished. {again}", path=path)
    return meta


def seal(path: Path) -> None:
    """Write the checksum of a finished file into it, in the place of the `UNSEALED` mark that its ``meta`` holds.

    It is the SHA-256 of the file with that mark in it, so that it goes wherever the file goes.
    """
    digest, places = _digest(path, UNSEALED)
    with path.open("r+b") as file:
        # More than one where SQLite left a former copy of the row in the unused part of a page.
        for place in places:
            file.seek(place)
            file.write(digest.encode())


def verify(path: Path) -> bool:
    """Read the whole file and compare it with the checksum it carries: a second for a gigabyte.

    Returns
    -------
    bool
        False where it carries none, because an earlier version built it.

    Raises
    ------
    GazetteerMissing, GazetteerForeign, GazetteerOutdated, GazetteerCorrupt
        With what to do next.
    """
    sealed = check(path).get("checksum")
    if sealed is None:
        return False
    if len(sealed) != len(UNSEALED) or _digest(path, sealed)[0] != sealed:
        again = "Run: conflict-gazetteer build --force"
        raise GazetteerCorrupt(f"{path}: its bytes are not those that were built. {again}", path=path)
    return True


def _digest(path: Path, mark: str) -> tuple[str, list[int]]:
    """Digest a file as it is with `UNSEALED` in the place of `mark`; give where the mark stands, too."""
    digest, places, sought = hashlib.sha256(), [], mark.encode()
    tail, at = b"", 0  # what is not digested yet, and where in the file it begins
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            tail += block
            found = tail.find(sought)
            while found >= 0:
                places.append(at + found)
                tail = tail[:found] + UNSEALED.encode() + tail[found + len(sought) :]
                found = tail.find(sought, found + len(sought))
            done = max(0, len(tail) - len(sought) + 1)  # a mark may begin in one block and end in the next
            digest.update(tail[:done])
            tail, at = tail[done:], at + done
    digest.update(tail)
    return digest.hexdigest(), places


def connect(path: Path) -> sqlite3.Connection:
    """Open a finished file for reading: no locks, no journal, usable from any thread under one lock."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    db = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=64)
    # As much as SQLite allows: the file of a full dump has two gigabytes, and reading a page by call costs more.
    db.execute(f"PRAGMA mmap_size = {0x7FFF0000}")
    return db


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; on success it takes its place in one step, else it goes.

    A file left over from a killed build is removed by the next one.
    """
    draft = path.with_name(f"{path.name}.building")
    for leftover in (draft, Path(f"{draft}-journal")):
        leftover.unlink(missing_ok=True)
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the right to build `path`; wait for whoever has it. The system frees it when a process dies."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("a+b")
    except OSError as error:
        raise GazetteerMissing(
            f"{path}: no gazetteer here, and none can be built: {error.strerror}. "
            f"Set {ENVIRONMENT} to a file in a folder that can be written.",
            path=path,
        ) from None
    with handle:
        if os.name == "nt":  # pragma: no cover  (Windows only)
            import msvcrt  # noqa: PLC0415  (Windows only)

            while True:
                try:
                    handle.seek(0)
                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # (Windows only)
                    break
                except OSError:
                    time.sleep(0.2)
        else:
            import fcntl  # noqa: PLC0415  (POSIX only)

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
