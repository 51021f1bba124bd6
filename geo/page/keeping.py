"""What was made of the data is kept: once for a state of them, and of the last few questions the answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, cast

_Made = TypeVar("_Made")
_Held = TypeVar("_Held")


class Kept:
    """Keeps by its name what was made of one state of the data, until it is asked for of another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, Any]] = {}
        self._making: dict[str, threading.RLock] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def once(self, name: str, version: str, make: Callable[[], _Made]) -> _Made:
        """Give what is kept of a version of the data, or make it."""
        kept = self._kept.get(name)
        if kept and kept[0] == version:
            return cast(_Made, kept[1])
        with self._lock:
            making = self._making.setdefault(name, threading.RLock())
        with making:  # who asks for what is being made waits for it, instead of making it once more beside it
            kept = self._kept.get(name)
            if kept and kept[0] == version:
                return cast(_Made, kept[1])
            value = make()
            with self._lock:
                self._kept[name] = (version, value)
            return value


class Recent(Generic[_Held]):
    """Keeps what was made for the last `most` keys."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Held] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Held]) -> _Held:
        """Give what is kept for a key, or make it; two who ask for the same at once both do."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made
