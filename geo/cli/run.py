"""Open the dashboard in the browser: the map, the articles and everything that can be done with them.

The first start builds the gazetteer (a minute) and reads the demo articles in, so that there is something to see; a
store of your own is shown as it is. Ctrl-C ends it. What Streamlit can be told beside that (certificates, a path under
another server) it takes from STREAMLIT_... variables or .streamlit/config.toml here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from gazetteer.index import Gazetteer
from gazetteer.shipped import ROOT
from geo.cli import demo
from geo.cli import options as shared
from geo.settings import CONTROL_VARIABLE, GAZETTEER_VARIABLE, READ_ONLY_VARIABLE, STORE_VARIABLE, Settings
from geo.store import Store, StoreMissing
from geo.timemap import control

EXAMPLES = """\
  conflict-map run
  conflict-map run --port 8600 --no-browser
  conflict-map run --store my.sqlite --read-only"""

_PORT = 8501
_LAST_PORT = 65535


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_store(parser)
    shared.add_gazetteer(parser)
    parser.add_argument("--port", type=shared.explained(_port), default=_PORT, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--address", metavar="HOST", help="where to listen; default: localhost, which only this machine reaches"
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    parser.add_argument("--no-demo", action="store_true", help="read no demo articles in, even where there is no store")
    parser.add_argument(
        "--read-only", action="store_true", help=f"let nobody change the store; default: ${READ_ONLY_VARIABLE}"
    )
    parser.add_argument(
        "--control",
        type=Path,
        metavar="FILE.GEOJSON",
        help=f"who holds what, and when: drawn under the events; default: ${CONTROL_VARIABLE}",
    )
    shared.add_quiet(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = shared.settings(options)
    areas: Path | None = options.control or settings.control
    if areas:
        control.read(areas)  # here, where who starts the map sees what is wrong with them
    if not settings.read_only and not options.no_demo and _wants_demo(settings):
        stopped = demo.fill(settings, quiet=options.quiet)
        if stopped:
            return stopped
    else:
        # Built here, where its progress is seen, not behind a page that waits.
        with Gazetteer.open(settings.gazetteer):
            pass
    return _serve(command(options), environment(settings, options))


def command(options: argparse.Namespace) -> list[str]:
    """Give the command that serves the dashboard."""
    # -P: a folder `geo` that happens to lie where the user stands is not ours.
    served = [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    served += ["--server.port", str(options.port)]
    if options.address:
        served += ["--server.address", options.address, "--browser.serverAddress", options.address]
    if options.no_browser:
        served += ["--server.headless", "true"]
    return served


def environment(settings: Settings, options: argparse.Namespace) -> dict[str, str]:
    """Give the environment that hands the settings to the dashboard, which reads nothing else."""
    given = {**os.environ, STORE_VARIABLE: settings.store}
    if settings.gazetteer:
        given[GAZETTEER_VARIABLE] = str(settings.gazetteer)
    if options.read_only:
        given[READ_ONLY_VARIABLE] = "1"
    if options.control:
        given[CONTROL_VARIABLE] = str(options.control.absolute())
    return given


def _wants_demo(settings: Settings) -> bool:
    """Tell whether the demo articles belong into the store: there is none yet, or they are in it (perhaps outdated)."""
    try:
        with Store(settings.store, read_only=True) as store:
            return demo.DATA_SET in store.data_sets()
    except StoreMissing:
        return True


def _serve(served: list[str], given: dict[str, str]) -> int:
    if os.name == "posix":
        # In place of this process, so that what stops it stops the server: Ctrl-C, a service manager's signal.
        os.execve(served[0], served, given)  # noqa: S606  (our own interpreter, no shell)
    return subprocess.call(served, env=given)  # noqa: S603  (the same)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LAST_PORT:
        raise ValueError(f"expected a port from 1 to {_LAST_PORT}; got {text!r}")
    return int(text)
