"""How fast the gazetteer answers: opening, exact look-ups, prefix, fuzzy and nearest.

Run ``python -m benchmarks.gazetteer_speed [--gazetteer FILE]``. Names are drawn at random, so most pages are cold.
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


def _per_second(ask: Callable[[str], object], names: list[str]) -> float:
    start = time.perf_counter()
    for name in names:
        ask(name)
    return len(names) / (time.perf_counter() - start)


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
        print(f"exact           {_per_second(gazetteer.references, names):,.0f} look-ups/s")
        print(f"by_name, cold   {_per_second(gazetteer.by_name, names):,.0f} look-ups/s, every candidate read")
        print(f"by_name, again  {_per_second(gazetteer.by_name, names):,.0f} look-ups/s")
        strangers = [_mistype(chance, name) for name in names]
        print(f"knows, strangers {_per_second(gazetteer.knows, strangers):,.0f} look-ups/s")
        some = names[:2000]
        print(f"prefix          {_percentiles(gazetteer.prefix, ((n[: chance.randint(1, 6)],) for n in some))}")
        print(f"fuzzy           {_percentiles(gazetteer.fuzzy, ((_mistype(chance, n),) for n in some))}")
        points = [(chance.uniform(-180, 180), chance.uniform(-60, 75)) for _ in range(200)]
        print(f"nearest         {_percentiles(gazetteer.nearest, points)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
