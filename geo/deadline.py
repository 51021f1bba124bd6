"""A limit on the processor time that a piece of work may take, whatever code it is in."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TypeVar

_POLL = 0.25
# Python prints what is raised in a finalizer or in a callback of the garbage collector, and goes on: a strike may be
# lost. The next one comes after so much more time, enough for what has to be put in order on the way out.
_AGAIN = 1.0
_Made = TypeVar("_Made")


class TimeSpentError(BaseException):
    """The time is spent. No Exception: nothing on the way may take it for a fault of its own."""


def within(seconds: float, work: Callable[[], _Made]) -> _Made:
    """Do a piece of work; raise `TimeSpentError` in it once this thread has used so many seconds of processor time.

    Not the clock's: on a machine that others load a hundredfold, the same work must come to its end. A library's call
    that runs outside Python is left only when it returns. What goes on nevertheless is struck again.

    A function and no context manager: a strike between the end of a block and the first line of what ends the watching
    would leave a watcher that strikes whatever comes later.
    """
    me = threading.get_ident()
    # Where a thread's own clock cannot be read from another one (macOS), the process's is the next best.
    clock = time.pthread_getcpuclockid(me) if hasattr(time, "pthread_getcpuclockid") else time.CLOCK_PROCESS_CPUTIME_ID
    until = time.clock_gettime(clock) + seconds
    done, lock = threading.Event(), threading.Lock()

    def watch() -> None:
        nonlocal until
        while not done.wait(min(_POLL, seconds)):
            with lock:
                if not done.is_set() and time.clock_gettime(clock) > until:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(TimeSpentError))
                    until = time.clock_gettime(clock) + _AGAIN

    watcher = threading.Thread(target=watch, daemon=True, name="time budget")
    try:
        watcher.start()  # in here, as a time of nothing is over before this returns
        return work()
    finally:
        ended = False
        while not ended:
            try:
                with lock:
                    done.set()
                ended = True
            except TimeSpentError:  # a strike that came as the work ended; the next one is far
                continue
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
        return within(seconds, work)
    except TimeSpentError:
        if time.thread_time() - began < seconds:
            raise  # it is the limit around this one that is over
        raise TimeoutError(f"it took more than {seconds:.1f} s of processor time") from None
