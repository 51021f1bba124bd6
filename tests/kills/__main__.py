"""The long form: ``python -m tests.kills [--postgresql] [--times ingest=200 upload=0 ...] [--seed N]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from tests import engines
from tests.kills import servers
from tests.kills.kinds import KINDS, LONG, LONG_ON_SERVER
from tests.kills.striking import Kind, Tally, run


def rows(tallies: dict[str, Tally]) -> Iterator[str]:
    """Give the table of what came of all kills."""
    yield f"{'kill -9 during':<16}{'tried':>7}{'struck':>8}{'lost':>6}{'half':>6}{'crashed':>9}{'held':>6}"
    for kind, tally in tallies.items():
        yield (
            f"{kind:<16}{tally.tried:>7}{tally.struck:>8}{tally.lost:>6}{tally.half:>6}{tally.crashed:>9}{tally.held:>6}"
        )


def _times(words: list[str], usual: Mapping[str, int]) -> dict[str, int]:
    """Read how often each kind is wanted; raises ValueError for what is no kind or no number."""
    given = {name: int(number) for name, _, number in (word.partition("=") for word in words)}
    if unknown := given.keys() - usual.keys():
        raise ValueError(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(usual)}")
    return {**usual, **given}


def main() -> int:
    """Run the long form, or as many kills of each kind as are asked for; give 1 where one was not held."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.kills", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that this starts, and kills, too")
    parser.add_argument(
        "--times", nargs="*", default=[], metavar="KIND=N", help=f"by default {LONG}, on PostgreSQL {LONG_ON_SERVER}"
    )
    options = parser.parse_args()
    try:
        times = _times(options.times, LONG_ON_SERVER if options.postgresql else LONG)
    except ValueError as error:
        parser.error(str(error))
    if options.postgresql and (reason := engines.why_not()):
        parser.error(reason)
    tallies = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kinds: Mapping[str, Kind] = KINDS
        if options.postgresql:
            kinds = servers.kinds(stack.enter_context(engines.server(durable=True)))
        for kind in (one for one in kinds if times[one]):
            (folder / kind).mkdir()
            tallies[kind] = run(kinds[kind], times[kind], folder / kind, seed=f"{kind}{options.seed}")
            print(f"{kind}: {tallies[kind]}", flush=True)
    print("\n".join(rows(tallies)))
    return int(any(tally.held < tally.tried for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
