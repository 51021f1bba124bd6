"""The tables with rows of every article kept on the disk between processes: a new one maps them, reads what changed.

Of a store and a kind of table, one file of columns and a small one that says of what state they are and what digest
they have; both are put in place in one step. They lie in a folder of things that can be made anew, never beside the
store (decision 0075), hold sentences of the articles as the store does, and are for their owner's eyes only. A store of
few articles has none: it is read as fast.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import mmap
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.store.patching import Kept, Kind, folded

_log = logging.getLogger(__name__)

# Raised when what lies in the files means something else.
_FORMAT = 3
_LEAST_ARTICLES = 4_000
# So many articles may have changed since what is kept, or this share of them: a new process reads them in well under
# a second, and an article that comes has the rest written anew a hundredth as often as it is read.
_FEW = 200
_SHARE = 0.01
_MOST = 2000
# Folders of stores that nobody opens any more would gather.
_MOST_STORES = 8
_PIECE = 1 << 18  # bytes that stay within a processor's cache
_NAME = 32  # characters of what a store's files are called


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the tables of stores in a folder, which is made at first need."""

    folder: Path

    def load(self, store: str, kind: Kind) -> Kept | None:
        """Give what is kept of the store with this id, its columns those of the file; None where nothing usable is."""
        try:
            told = json.loads(self._said(store, kind).read_text("utf-8"))
            if told["format"] != _FORMAT or told["columns"] != _described(kind):
                return None
            path = self.folder / told["file"]
            if path.parent != self.folder or _digest(path) != told["digest"]:
                return None
            mapped, table = _mapped(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
            _log.warning("what was kept of the %s cannot be read (%s): they are read anew", kind.name, error)
            return None
        state, head = (store, str(told["revision"])), (int(told["head"][0]), str(told["head"][1]))
        return Kept(state, head, table, behind=0, mapped=mapped)

    def entries(self, store: str, kind: Kind) -> int | None:
        """Give how many entries the journal had at the state that is kept; None where nothing is."""
        try:
            return int(json.loads(self._said(store, kind).read_text("utf-8"))["head"][0])
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def wants(self, articles: int, behind: int | None) -> bool:
        """Tell whether so much changed since what is kept that it is to be written anew.

        Parameters
        ----------
        articles
            How many the store has.
        behind
            How many of them changed since; None where nothing is kept.
        """
        if articles < _LEAST_ARTICLES:
            return False
        return behind is None or behind > min(_MOST, max(_FEW, int(_SHARE * articles)))

    def write(self, kept: Kept, kind: Kind) -> Kept:
        """Keep a table and map it; where that fails it is said, and nothing else is lost by it."""
        made = self.stream(kept.state, kept.head, kind, folded(kept.table))
        kept.let_go()
        # Where it failed it is tried again when as much has changed once more.
        return replace(kept, table=made.table, behind=0, mapped=made.mapped) if made else replace(kept, behind=0)

    def stream(
        self, state: tuple[str, str], head: tuple[int, str], kind: Kind, pieces: Iterable[pa.RecordBatch]
    ) -> Kept | None:
        """Keep a table of which one piece after the other is given, and map it; None where that fails, which is said.

        Parameters
        ----------
        state, head
            As of `geo.store.patching.Kept`.
        """
        store, revision = state
        path = self.folder / f"{_name(store)}-{kind.name}-{secrets.token_hex(6)}.arrow"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, kind.schema) as out:
                path.chmod(0o600)
                for piece in pieces:
                    out.write_batch(piece)
            told: dict[str, Any] = {"format": _FORMAT, "columns": _described(kind), "file": path.name}
            told |= {"digest": _digest(path), "revision": revision, "head": list(head)}
            self._put(self._said(store, kind), json.dumps(told))
            mapped, table = _mapped(path)
        except (OSError, pa.ArrowException) as error:
            with contextlib.suppress(OSError):
                path.unlink()
            _log.warning("the %s are not kept for the next start: %s", kind.name, error)
            return None
        self._tidy(store, kind, path)
        return Kept(state, head, table, behind=0, mapped=mapped)

    def _said(self, store: str, kind: Kind) -> Path:
        return self.folder / f"{_name(store)}-{kind.name}.json"

    def _put(self, path: Path, text: str) -> None:
        draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
        draft.write_text(text, "utf-8")
        draft.chmod(0o600)
        draft.replace(path)

    def _tidy(self, store: str, kind: Kind, current: Path) -> None:
        """Take away what is no longer named: programs that have a file open go on with it."""
        for path in self.folder.glob(f"{_name(store)}-{kind.name}-*.arrow"):
            if path != current:
                path.unlink(missing_ok=True)
        # As versions up to 0.1 called them, which kept one kind of table.
        former = self.folder.glob(f"{_name(store)}-{'[0-9a-f]' * 12}.arrow")
        for path in (self.folder / f"{_name(store)}.json", *former):
            path.unlink(missing_ok=True)
        used: dict[str, float] = {}
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(FileNotFoundError):
                name = path.stem[:_NAME]
                used[name] = max(used.get(name, 0.0), path.stat().st_mtime)
        for name in sorted(used, key=used.__getitem__, reverse=True)[_MOST_STORES:]:
            for path in self.folder.glob(f"{name}[-.]*"):
                path.unlink(missing_ok=True)


def _name(store: str) -> str:
    """Give what the files of a store are called: its id is read out of a file of others, and may be no name of one."""
    return hashlib.sha256(store.encode()).hexdigest()[:_NAME]


def _described(kind: Kind) -> list[str]:
    return [f"{field.name} {field.type}" for field in kind.schema]


def _mapped(path: Path) -> tuple[mmap.mmap, pa.Table]:
    # Python's own map, as Arrow's cannot be told to let go of what was read.
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return mapped, pa.ipc.open_file(pa.BufferReader(pa.py_buffer(mapped))).read_all()


def _digest(path: Path) -> str:
    """Give the checksum of a file. It tells damage: who may write in the folder may write a digest, too.

    A million events are 600 MB, of which a cryptographic digest takes a third of the first list.
    """
    found, piece = 0, bytearray(_PIECE)
    with path.open("rb", buffering=0) as file:
        while length := file.readinto(piece):
            found = zlib.crc32(memoryview(piece)[:length], found)
        return f"{found:08x} {file.tell()}"
