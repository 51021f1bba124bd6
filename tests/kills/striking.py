"""A process that dies in the middle of its work, and the count of what came of it.

The process that dies is a fork, so that nothing of its own is put in order at its end. Nothing here measures time. Of
two kills one comes at a moment drawn at random within what the same work took before; the other right before a step
that touches a file of the work (it is opened, connected to, renamed, removed), so that short moments late in a long
work are hit too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# What Python tells an audit hook before it touches a file.
_TOUCHES = frozenset(("open", "sqlite3.connect", "os.rename", "os.remove", "os.mkdir"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill left: `lost`, something that was said to be kept is not there; `half`, something is not whole."""

    lost: bool = False
    half: bool = False


@dataclass(slots=True)
class Tally:
    """What came of all kills of one kind; `struck` of them hit the process before it was done."""

    tried: int = 0
    struck: int = 0
    lost: int = 0
    half: int = 0
    crashed: int = 0

    @property
    def held(self) -> int:
        """Kills after which everything was there and whole."""
        return self.tried - self.lost - self.half - self.crashed


Said = Callable[[], None]
# What lays out a folder, what works in it and says each time that something is done, what looks at what was left there.
Kind = tuple[Callable[[Path], object], Callable[[Path, Said], None], Callable[[Path, int], Outcome]]


def run(kind: Kind, times: int, folder: Path, *, seed: str = "") -> Tally:
    """Kill `times` processes in the middle of one kind of work."""
    prepare, work, look = kind
    chance = random.Random(seed)
    tally = Tally()
    longest, steps = _whole_run(prepare, work, folder / "whole")
    for number in range(times):
        here = folder / str(number)
        here.mkdir()
        prepare(here)
        moment = chance.randint(1, steps) if number % 2 else chance.uniform(0.0, longest)
        left = _killed(work, here, moment)
        tally.tried += 1
        tally.struck += os.WIFSIGNALED(left.status)
        try:
            outcome = look(here, left.said)
        except Exception as error:
            print(f"{folder.name} {number}: {type(error).__name__}: {error}")
            tally.crashed += 1
        else:
            tally.lost += outcome.lost
            tally.half += outcome.half
        shutil.rmtree(here)
    return tally


@dataclass(frozen=True, slots=True)
class _Left:
    """What is known of a process that has ended: how much it said to be done, the steps it went, how it ended."""

    said: int
    steps: int
    status: int


def _whole_run(prepare: Callable[[Path], object], work: Callable[[Path, Said], None], here: Path) -> tuple[float, int]:
    here.mkdir()
    prepare(here)
    began = time.monotonic()
    left = _killed(work, here, None)
    if left.status or not left.steps:
        raise RuntimeError(f"{here}: the work does not come to its end even where nobody kills it")
    return time.monotonic() - began, left.steps


def _killed(work: Callable[[Path, Said], None], here: Path, moment: float | None) -> _Left:
    """Let a fork do the work and kill it: after some seconds, before a step (an int), or never (None)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        tempfile.tempdir = str(here)  # what it leaves there goes with the folder
        try:
            steps = _count(here, moment if isinstance(moment, int) else None)
            work(here, lambda: os.write(writing, b"."))
            os.write(writing, b"|" * steps())
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    os.close(writing)
    if isinstance(moment, float):
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as told:
        heard = told.read()
    _, status = os.waitpid(child, 0)
    return _Left(heard.count(b"."), heard.count(b"|"), status)


def _count(here: Path, last: int | None) -> Callable[[], int]:
    """Count the steps that this process goes in a folder, and die before the last one."""
    gone = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal gone
        if event in _TOUCHES and any(str(here) in str(argument) for argument in arguments):
            gone += 1
            if gone == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: gone
