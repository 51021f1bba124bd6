"""Fuzz all targets, one after the other: ``python -m benchmarks.fuzz [--minutes 30] [--target NAME ...]``.

Needs Atheris (``requirements-fuzz.txt``). Prints a line a target; exits with 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.fuzz.targets import TARGETS

_LINE = "{:<16}{:>9}{:>10}{:>11}{:>8}  {}"


def main() -> int:
    """Give 1 where an input was a fault."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--minutes", type=float, default=30.0, help="of processor time, of all targets together; default: %(default)s"
    )
    parser.add_argument("--target", nargs="*", choices=TARGETS, default=list(TARGETS), metavar="NAME")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep corpus and faults here, and go on from them")
    options = parser.parse_args()
    found = False
    with tempfile.TemporaryDirectory() as folder:
        base = (options.keep or Path(folder)).resolve()
        print(_LINE.format("target", "inputs", "slowest s", "processor s", "MB", "faults"))
        for name in options.target:
            place = base / name.replace(" ", "-")
            place.mkdir(parents=True, exist_ok=True)
            seconds = max(1, round(options.minutes * 60 / len(options.target)))
            with (place / "log").open("w") as log:
                command = [sys.executable, "-m", "benchmarks.fuzz.one", name, str(place), str(seconds)]
                ended = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
            tally = json.loads((place / "tally.json").read_text())
            told = [f"{what} ({path})" for what, path in tally["faults"].items()]
            told += [f"ended with {ended}: see {place / 'log'}"] * bool(ended)
            found = found or bool(told)
            print(
                _LINE.format(
                    name, tally["inputs"], f"{tally['slowest']:.2f}", f"{tally['processor']:.0f}",
                    f"{tally['megabytes']:.0f}", "; ".join(told) or "none",
                ),
                flush=True,
            )  # fmt: skip
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
