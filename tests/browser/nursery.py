"""A process that has the dashboard's packages imported and forks a server of it whenever one is asked for.

Importing them takes seconds of the processor, and most tests need a server of their own. What runs in the fork is the
command itself, from its first line, with nothing read of the environment, of a store or of a gazetteer before it.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.forks import settle

ROOT = Path(__file__).resolve().parents[2]
# What a fork may be told: nothing of it is read while the packages are imported (other variables are: the paths of
# packages, the home that settings lie in).
_READ_LATER = "CONFLICT_MAP_"
# Declares its component, while it is imported, to the server that runs: not before there is one.
_DECLARES = "streamlit_folium"


class Forked:
    """A server's process, with what is used of `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:  # ended already
            self._handle = -1

    def poll(self) -> int | None:
        """Tell whether it ended: None while it runs; with what, nobody asks."""
        return 0 if self._ended(0) else None

    def terminate(self) -> None:
        """Ask it to end; nothing where it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)

    def wait(self, timeout: float) -> None:
        """Wait for its end; `subprocess.TimeoutExpired` where it does not come in so many seconds."""
        if not self._ended(timeout):
            raise subprocess.TimeoutExpired("streamlit", timeout)
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1

    def _ended(self, timeout: float) -> bool:
        return self._handle < 0 or bool(select.select([self._handle], [], [], timeout)[0])


def can_start(environment: Mapping[str, str]) -> bool:
    """Tell whether a server with these variables beside ours can be forked; else it is started as anybody starts it."""
    return hasattr(os, "pidfd_open") and all(name.startswith(_READ_LATER) for name in environment)


def start(arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Forked:
    """Fork ``streamlit`` with these arguments and the whole of its environment; what it says goes into `log`."""
    nursery = _nursery()
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    asked = {"arguments": list(arguments), "environment": dict(environment), "log": str(log)}
    nursery.stdin.write(json.dumps(asked) + "\n")
    nursery.stdin.flush()
    return Forked(int(nursery.stdout.readline()))


@cache
def _nursery() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.browser.nursery"]
    started = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_end, started)
    return started


def _end(nursery: subprocess.Popen[str]) -> None:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.close()
    nursery.wait()
    nursery.stdout.close()


def _import() -> None:
    """Import what a server imports: the command, and of the page all that needs no running server to be imported."""
    import geo.page

    importlib.import_module("streamlit.web.bootstrap")
    importlib.import_module("folium.plugins")  # with the one that may not be imported yet, which uses it
    sys.modules[_DECLARES] = None  # type: ignore[assignment]  # (whoever imports it fails, and is not imported)
    names = [module.name for module in pkgutil.walk_packages(geo.page.__path__, "geo.page.")]
    for name in names:
        try:
            if name != "geo.page.main":  # the script that draws the page
                importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != _DECLARES:
                raise
    del sys.modules[_DECLARES]


def _serve() -> list[str] | None:
    """Fork for every line of the input; gives the arguments in a fork, None in this process when the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here: they leave no zombies
    for line in sys.stdin:
        asked = json.loads(line)
        if pid := os.fork():
            print(pid, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(asked["environment"])
        log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for here, there in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(here, there)
        os.close(log)
        os.close(nothing)
        return list(asked["arguments"])
    return None


if __name__ == "__main__":
    _import()
    settle()
    if (arguments := _serve()) is not None:
        sys.argv[:] = ["streamlit", *arguments]
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
