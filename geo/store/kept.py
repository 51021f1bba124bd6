"""The table of all events kept on the disk between processes: a new one maps it, and reads what changed since.

Of a store, one file of columns and a small one that says of what state they are and what digest they have; both are put
in place in one step. They lie in a folder of things that can be made anew, never beside the store (decision 0075), hold
sentences of the articles as the store does, and are for their owner's eyes only. A store of few events has none: it is
read as fast.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from geo.store import columns
from geo.store.patching import Kept

_log = logging.getLogger(__name__)

# Raised when what lies in the files means something else.
_FORMAT = 1
_LEAST_EVENTS = 20_000
# So many articles may have changed since what is kept, or this share of them: a new process reads them in well under
# a second, and an article that comes has the rest written anew a hundredth as often as it is read.
_FEW = 200
_SHARE = 0.01
_MOST = 2000
# Folders of stores that nobody opens any more would gather.
_MOST_STORES = 8


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the tables of stores in a folder, which is made at first need."""

    folder: Path

    def load(self, store: str) -> Kept | None:
        """Give what is kept of the store with this id, its columns those of the file; None where nothing usable is."""
        try:
            told = json.loads((self.folder / f"{_name(store)}.json").read_text("utf-8"))
            if told["format"] != _FORMAT or told["columns"] != _described():
                return None
            path = self.folder / told["file"]
            if path.parent != self.folder or _digest(path) != told["digest"]:
                return None
            table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
            _log.warning("what was kept of the events cannot be read (%s): they are read anew", error)
            return None
        state, head = (store, str(told["revision"])), (int(told["head"][0]), str(told["head"][1]))
        return Kept(state, head, table, columns.frame(table), behind=0)

    def entries(self, store: str) -> int | None:
        """Give how many entries the journal had at the state that is kept; None where nothing is."""
        try:
            return int(json.loads((self.folder / f"{_name(store)}.json").read_text("utf-8"))["head"][0])
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def wants(self, events: int, behind: int | None, articles: int) -> bool:
        """Tell whether so much changed since what is kept that it is to be written anew.

        Parameters
        ----------
        events, articles
            How many the store has.
        behind
            How many articles changed since; None where nothing is kept.
        """
        if events < _LEAST_EVENTS:
            return False
        return behind is None or behind > min(_MOST, max(_FEW, int(_SHARE * articles)))

    def write(self, kept: Kept) -> Kept:
        """Keep a table; where that fails it is said, and nothing else is lost by it."""
        store, revision = kept.state
        path = self.folder / f"{_name(store)}-{secrets.token_hex(6)}.arrow"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, columns.SCHEMA) as out:
                path.chmod(0o600)
                out.write_table(kept.table)
            told = {"format": _FORMAT, "columns": _described(), "file": path.name, "digest": _digest(path)}
            told |= {"revision": revision, "head": list(kept.head), "events": len(kept.table)}
            self._put(f"{_name(store)}.json", json.dumps(told))
        except (OSError, pa.ArrowException) as error:
            with contextlib.suppress(OSError):
                path.unlink()
            _log.warning("the events are not kept for the next start: %s", error)
            return replace(kept, behind=0)  # tried again when as much has changed once more
        self._tidy(store, path)
        return replace(kept, behind=0)

    def _put(self, name: str, text: str) -> None:
        draft = self.folder / f"{name}.{secrets.token_hex(6)}"
        draft.write_text(text, "utf-8")
        draft.chmod(0o600)
        draft.replace(self.folder / name)

    def forget(self, store: str) -> None:
        """Take away what is kept of a store."""
        self._forget(_name(store))

    def _forget(self, name: str) -> None:
        for path in self.folder.glob(f"{name}[-.]*"):
            path.unlink(missing_ok=True)

    def _tidy(self, store: str, current: Path) -> None:
        """Take away what is no longer named: programs that have a file open go on with it."""
        for path in self.folder.glob(f"{_name(store)}-*.arrow"):
            if path != current:
                path.unlink(missing_ok=True)
        held = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in held[_MOST_STORES:]:
            self._forget(path.stem)


def _name(store: str) -> str:
    """Give what the files of a store are called: its id is read out of a file of others, and may be no name of one."""
    return hashlib.sha256(store.encode()).hexdigest()[:32]


def _described() -> list[str]:
    return [f"{field.name} {field.type}" for field in columns.SCHEMA]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
