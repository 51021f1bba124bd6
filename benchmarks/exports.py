"""What an export of many events costs: ``python -m benchmarks.exports kml --events 100000``.

Prints processor seconds, the size of the file, and the peak of the process's memory: with the events alone, which the
page holds anyway, and after the file was written. What the command needs, reading the store included, is more. The
events are those of a small generated store, repeated under new ids.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import tempfile
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd

from benchmarks.store import fill
from geo.export import FORMATS, About, Rows, names, write
from geo.store import Store

_DIFFERENT = 5_000


def events(count: int) -> geopandas.GeoDataFrame:
    """Give so many rows as a store gives them."""
    with Store("sqlite://", create=True) as store:
        fill(store, min(count, _DIFFERENT))
        few = store.events()
    many = few.iloc[np.arange(count) % len(few)]
    many.index = pd.RangeIndex(count)  # in place: what is measured is not to hold two copies
    many["id"] = pd.array([f"{number:016x}" for number in range(count)], dtype="str")
    return many


def _digests(articles: Collection[str]) -> Mapping[str, str]:
    return {one: hashlib.sha256(one.encode()).hexdigest() for one in articles}


def peak() -> float:
    """Give the most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main() -> None:
    """Print the figures of one format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("format", choices=names())
    parser.add_argument("--events", type=int, default=100_000)
    arguments = parser.parse_args()
    frame = events(arguments.events)
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{FORMATS[arguments.format].ending if arguments.format in FORMATS else ''}"
        began = time.process_time()
        with path.open("wb") as out:
            write(
                Rows(frame, digests=_digests),
                arguments.format,
                out,
                about=About.of(frame, made=datetime.now(UTC).date()),
            )
        seconds = time.process_time() - began
        size = path.stat().st_size / 1e6
    print(f"{arguments.format}, {len(frame):,} events: {seconds:.1f} s of processor time, {size:,.0f} MB written")
    print(f"peak memory {peak():,.0f} MB ({before:,.0f} MB before the first byte)")


if __name__ == "__main__":
    main()
