"""A connection to a finished gazetteer file that threads share and forked processes do not."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gazetteer.cache import connect


class _Process:
    """How often this process was forked off another: cheaper to ask at every query than for its number."""

    forks = 0

    @classmethod
    def was_forked(cls) -> None:
        cls.forks += 1


if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_Process.was_forked)


class Connection:
    """Queries on one file, one at a time; opened anew in a forked child, which must not use its parent's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._db = connect(path)
        self._forks = _Process.forks

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Run a query and give every row."""
        with self._lock:
            if self._forks != _Process.forks:
                self._db, self._forks = connect(self._path), _Process.forks
            return self._db.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close it: queries fail from now on."""
        with self._lock:
            self._db.close()
