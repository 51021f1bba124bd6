"""A process that dies in the middle of its work, and the count of what came of it.

The process that dies is a fork, so that nothing of its own is put in order at its end; or it is the database's server
that dies under it, and is started again. Nothing here measures time. Of two kills one comes at a moment drawn at random
within what the same work took before; the other right before a step of the work (a file of its is opened, connected to,
renamed, removed; a statement goes to the server, a transaction ends), so that short moments late in a long work are hit
too.
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
from typing import Protocol

from sqlalchemy import Engine, event

# What Python tells an audit hook before it touches a file.
_TOUCHES = frozenset(("open", "sqlite3.connect", "os.rename", "os.remove", "os.mkdir"))
# How a process ends whose work was refused in words.
_REFUSED = 3


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
# Calls what it is given at each step of this process's work in a folder.
Steps = Callable[[Path, Callable[[], None]], None]


class Victim(Protocol):
    """What else can be killed in the middle of a work: a database's server."""

    def kill(self) -> None:
        """Let it die."""

    def start(self) -> None:
        """Start it again."""


def files(here: Path, step: Callable[[], None]) -> None:
    """Take for a step what touches a file in a folder."""

    def hook(what: str, arguments: tuple[object, ...]) -> None:
        if what in _TOUCHES and any(str(here) in str(argument) for argument in arguments):
            step()

    sys.addaudithook(hook)


def statements(_: Path, step: Callable[[], None]) -> None:
    """Take for a step what goes to a database: each statement, and the end of each transaction."""
    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, lambda *_: step())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work that is killed.

    Attributes
    ----------
    prepare
        Lays out a folder.
    work
        Works in it, and says each time that something is done.
    look
        Looks at what was left, told how often that was said.
    steps
        What counts as a step of the work.
    victim
        What dies; None: the process that works.
    refusals
        What the work may end with where its victim dies; anything else is a crash.
    clear
        Takes away what `prepare` made.
    """

    prepare: Callable[[Path], object]
    work: Callable[[Path, Said], None]
    look: Callable[[Path, int], Outcome]
    steps: Steps = files
    victim: Victim | None = None
    refusals: tuple[type[Exception], ...] = ()
    clear: Callable[[Path], object] = shutil.rmtree


def run(kind: Kind, times: int, folder: Path, *, seed: str = "") -> Tally:
    """Kill `times` processes, or their victim, in the middle of one kind of work."""
    chance = random.Random(seed)
    tally = Tally()
    longest, steps = _whole_run(kind, folder / "whole")
    for number in range(times):
        here = folder / str(number)
        here.mkdir()
        kind.prepare(here)
        moment = chance.randint(1, steps) if number % 2 else chance.uniform(0.0, longest)
        left = _killed(kind, here, moment)
        tally.tried += 1
        tally.struck += left.struck
        try:
            if left.crashed:
                raise RuntimeError("the work ended with an error of its own")
            outcome = kind.look(here, left.said)
        except Exception as error:
            print(f"{folder.name} {number}: {type(error).__name__}: {error}", flush=True)
            tally.crashed += 1
        else:
            tally.lost += outcome.lost
            tally.half += outcome.half
        kind.clear(here)
    return tally


@dataclass(frozen=True, slots=True)
class _Left:
    """What is known of a process that has ended: how much it said to be done, the steps it went, how it ended."""

    said: int
    steps: int
    status: int

    @property
    def struck(self) -> bool:
        """Whether it was hit before it was done."""
        return os.WIFSIGNALED(self.status) or self._code == _REFUSED

    @property
    def crashed(self) -> bool:
        """Whether it ended by itself before it was done, and not with a refusal."""
        return self._code not in (0, _REFUSED)

    @property
    def _code(self) -> int:
        return os.WEXITSTATUS(self.status) if os.WIFEXITED(self.status) else 0


def _whole_run(kind: Kind, here: Path) -> tuple[float, int]:
    here.mkdir()
    kind.prepare(here)
    began = time.monotonic()
    left = _killed(kind, here, None)
    if left.status or not left.steps:
        raise RuntimeError(f"{here}: the work does not come to its end even where nobody kills it")
    return time.monotonic() - began, left.steps


def _killed(kind: Kind, here: Path, moment: float | None) -> _Left:
    """Let a fork do the work and strike: after some seconds, before a step (an int), or never (None)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        tempfile.tempdir = str(here)  # what it leaves there goes with the folder
        try:
            steps = _count(kind, here, moment if isinstance(moment, int) else None)
            kind.work(here, lambda: os.write(writing, b"."))
            os.write(writing, b"|" * steps())
            os._exit(0)
        except kind.refusals:
            os._exit(_REFUSED)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    os.close(writing)
    if isinstance(moment, float):
        time.sleep(moment)
        _strike(kind, child)
    with os.fdopen(reading, "rb") as told:
        heard = told.read()
    _, status = os.waitpid(child, 0)
    if kind.victim and moment is not None:
        kind.victim.start()
    return _Left(heard.count(b"."), heard.count(b"|"), status)


def _strike(kind: Kind, process: int) -> None:
    if kind.victim:
        kind.victim.kill()
    else:
        os.kill(process, signal.SIGKILL)


def _count(kind: Kind, here: Path, last: int | None) -> Callable[[], int]:
    """Count the steps that this process goes in a folder, and strike before the last one."""
    gone = 0

    def step() -> None:
        nonlocal gone
        gone += 1
        if gone == last:
            _strike(kind, os.getpid())

    kind.steps(here, step)
    return lambda: gone
