"""Ctrl-C that cannot get lost: Python prints what is raised in a finalizer, and goes on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Heard:
    """Whether Ctrl-C was pressed since work began."""

    def __init__(self) -> None:
        self._asked = False

    def note(self, _number: int, _frame: FrameType | None) -> None:
        """Take the signal: note it, and break off what runs."""
        self._asked = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Break off work that went on although Ctrl-C was pressed; asked between two pieces of it.

        Raises
        ------
        KeyboardInterrupt
        """
        if self._asked:
            raise KeyboardInterrupt


@contextmanager
def heard() -> Iterator[Heard]:
    """Hear Ctrl-C while some work is done; where it is another's to hear (a server's, a thread's), nothing is."""
    one = Heard()
    before: Any = None
    if threading.current_thread() is threading.main_thread():
        before = signal.getsignal(signal.SIGINT)
    ours = before is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, one.note)
    try:
        yield one
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)
