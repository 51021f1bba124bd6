"""A limit on the processor time that a piece of work may take, whatever code it is in."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_POLL = 0.25
_Made = TypeVar("_Made")


class TimeSpentError(BaseException):
    """The time is spent. No Exception: nothing on the way may take it for a fault of its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TimeSpentError` in this thread once it has used so many seconds of processor time.

    Not the clock's: on a machine that others load a hundredfold, the same work must come to its end. A library's call
    that runs outside Python is left only when it returns. Where it strikes a finalizer or a callback of the garbage
    collector, Python prints it and goes on: then this piece of work has no limit.
    """
    me = threading.get_ident()
    # Where a thread's own clock cannot be read from another one (macOS), the process's is the next best.
    clock = time.pthread_getcpuclockid(me) if hasattr(time, "pthread_getcpuclockid") else time.CLOCK_PROCESS_CPUTIME_ID
    until = time.clock_gettime(clock) + seconds
    done, lock = threading.Event(), threading.Lock()

    def watch() -> None:
        while not done.wait(min(_POLL, seconds)):
            with lock:
                if not done.is_set() and time.clock_gettime(clock) > until:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(TimeSpentError))
                    return

    watcher = threading.Thread(target=watch, daemon=True, name="time budget")
    watcher.start()
    try:
        yield
    finally:
        with lock:
            done.set()
        watcher.join()


def limited(seconds: float, work: Callable[[], _Made]) -> _Made:
    """Do a piece of work of somebody else's that must not take longer than this, within a limit of our own or not.

    Raises
    ------
    TimeoutError
        If it takes more than so many seconds of processor time.
    """
    began = time.thread_time()
    try:
        with within(seconds):
            return work()
    except TimeSpentError:
        if time.thread_time() - began < seconds:
            raise  # it is the limit around this one that is over
        raise TimeoutError(f"it took more than {seconds:.1f} s of processor time") from None
