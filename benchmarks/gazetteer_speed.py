"""How fast the gazetteer answers: opening, exact look-ups, prefix, fuzzy and nearest.

Run ``python -m benchmarks.gazetteer_speed [--gazetteer FILE]``. Names are drawn at random from all that are in the
file, so nearly every look-up is the first of its name and its place. One exact look-up takes a folded name to its
ranked references (place, how the name leads there, prior); ``by_name`` folds, tries type words, and reads every
candidate's place as well. Rates are given by the clock and by CPU time: the second holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import random
import string
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from gazetteer.cache import connect
from gazetteer.index import Gazetteer


def _rate(ask: Callable[[str], object], names: list[str]) -> str:
    start, burned = time.perf_counter(), time.process_time()
    for name in names:
        ask(name)
    seconds, cpu = time.perf_counter() - start, time.process_time() - burned
    return f"{len(names) / seconds:,.0f} look-ups/s ({len(names) / cpu:,.0f} per second of CPU)"


def _percentiles(ask: Callable[..., object], queries: Iterable[tuple[object, ...]]) -> str:
    times = []
    for query in queries:
        start = time.perf_counter()
        ask(*query)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return f"median {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms"


def _mistype(chance: random.Random, name: str) -> str:
    place = chance.randrange(len(name))
    return name[:place] + chance.choice(string.ascii_lowercase) + name[place + chance.randint(0, 1) :]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--names", type=int, default=20_000)
    options = parser.parse_args()
    with Gazetteer.open(options.gazetteer) as gazetteer:
        path = gazetteer.path
    db = connect(path)
    names = [name for (name,) in db.execute("SELECT folded FROM name ORDER BY random() LIMIT ?", (options.names,))]
    db.close()
    chance = random.Random(1)
    start = time.perf_counter()
    with Gazetteer.open(path) as gazetteer:
        print(f"open            {(time.perf_counter() - start) * 1000:.1f} ms")
        gazetteer.by_name("warm up")
        print(f"exact           {_rate(gazetteer.references, names)}")
        print(f"by_name, cold   {_rate(gazetteer.by_name, names)}, every candidate read")
        print(f"by_name, again  {_rate(gazetteer.by_name, names)}")
        strangers = [_mistype(chance, name) for name in names]
        print(f"knows, strangers {_rate(gazetteer.knows, strangers)}")
        some = names[:2000]
        print(f"prefix          {_percentiles(gazetteer.prefix, ((n[: chance.randint(1, 6)],) for n in some))}")
        print(f"fuzzy           {_percentiles(gazetteer.fuzzy, ((_mistype(chance, n),) for n in some))}")
        points = [(chance.uniform(-180, 180), chance.uniform(-60, 75)) for _ in range(200)]
        print(f"nearest         {_percentiles(gazetteer.nearest, points)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
