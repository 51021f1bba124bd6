"""The long form: ``python -m tests.kills [--ingest 200] [--upload 50] ... [--seed N]``; 0 leaves a kind out."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.kills.kinds import KINDS, LONG
from tests.kills.striking import Tally, run


def rows(tallies: dict[str, Tally]) -> Iterator[str]:
    """Give the table of what came of all kills."""
    yield f"{'kill -9 during':<16}{'tried':>7}{'struck':>8}{'lost':>6}{'half':>6}{'crashed':>9}{'held':>6}"
    for kind, tally in tallies.items():
        yield (
            f"{kind:<16}{tally.tried:>7}{tally.struck:>8}{tally.lost:>6}{tally.half:>6}{tally.crashed:>9}{tally.held:>6}"
        )


def main() -> None:
    """Run the long form, or as many kills of each kind as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    for kind, times in LONG.items():
        parser.add_argument(f"--{kind}", type=int, default=times, metavar="N", help="default: %(default)s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tallies = {}
        for kind in (one for one in KINDS if getattr(options, one)):
            (Path(folder) / kind).mkdir()
            tallies[kind] = run(KINDS[kind], getattr(options, kind), Path(folder) / kind, seed=f"{kind}{options.seed}")
            print(f"{kind}: {tallies[kind]}", flush=True)
    print("\n".join(rows(tallies)))


if __name__ == "__main__":
    main()
