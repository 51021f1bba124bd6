"""What an export of many events costs: ``python -m benchmarks.exports kml csv --events 100000 [--keep FILE]``.

A store is filled with generated events (`benchmarks.store.fill`). Then ``conflict-map export`` is called for each
format as anybody calls it, a process each, and its processor seconds, the size of the file and the peak of its memory
are printed: reading the store and starting the program are in all of them. With ``--keep`` a store that is there is
used again. ``--link`` exports what a link shows.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.store import fill
from geo.export import names
from geo.store import Store

# Filled in parts, as the events of one part lie in memory.
_PART = 200_000
_HTML = "html"
_FILL = "import sys; from benchmarks.exports import fill_in_parts; fill_in_parts(sys.argv[1], int(sys.argv[2]))"
_COMMAND = "import sys; from geo.cli import main; sys.exit(main())"


def fill_in_parts(path: str, events: int) -> None:
    """Make a store of so many generated events, none of whose articles has anything that was not plotted."""
    with Store(path, create=True) as store:
        for number, start in enumerate(range(0, events, _PART)):
            fill(store, min(_PART, events - start), seed=number + 1, unplotted=0)


def measured(arguments: list[str]) -> tuple[float, float]:
    """Call the program; give its processor seconds and the most memory that it held, in MB.

    Raises
    ------
    subprocess.CalledProcessError
        If it ends with anything but 0.
    """
    process = subprocess.Popen([sys.executable, "-c", _COMMAND, *arguments])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="+", choices=[*names(), _HTML], metavar="FORMAT")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="use this store, and make it where it is absent")
    parser.add_argument("--link", help="a link of the map, or the part after its '?'")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.keep or Path(folder) / "events.sqlite"
        if not store.exists():
            # A process of its own: what it held would count as what those held that are started after it.
            subprocess.run([sys.executable, "-c", _FILL, str(store), str(options.events)], check=True)
        with Store(str(store)) as held:
            print(f"{held.counts().events:,} events in the store", flush=True)
        for name in options.formats:
            path = Path(folder) / "written"
            link = ["--link", options.link] if options.link is not None else []
            seconds, memory = measured(["export", name, "--store", str(store), "-o", str(path), "--quiet", *link])
            size = path.stat().st_size / 1e6
            print(
                f"{name:<8} {seconds:7.1f} s of processor time {memory:7,.0f} MB of memory {size:7,.0f} MB written",
                flush=True,
            )


if __name__ == "__main__":
    main()
