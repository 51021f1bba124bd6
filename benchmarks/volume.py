"""What the page costs on a store of very many events: ``python -m benchmarks.volume [--events 1000000] [--keep FILE]``.

A store is filled with generated events (`benchmarks.store.fill`), by a process of its own. Then the page's own library
is asked for what a visit and its clicks ask for, and the seconds of the processor are printed, and the memory. With
``--keep`` a store that is there is used again. With ``--counts`` the map gets counts by place and time instead of the
events, as it does from `CONFLICT_MAP_GRID_FROM` events on.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.growth import made
from benchmarks.store import fill
from gazetteer.index import Gazetteer
from geo.page.library import Library
from geo.pipeline import ingest, parse
from geo.query import Query
from geo.settings import Settings
from geo.store import Store
from geo.timemap.part import Part
from geo.views import articles, listing

# Filled in parts, as the events of one part lie in memory.
_PART = 500_000
_SHOWN = 60  # rows of the list, passages of what was not plotted
_VIEWS = 5
_CITY = Part(level=9, tiles=(300, 170, 306, 175))  # Kyiv, and what is asked for around it


def _fill(path: str, events: int) -> None:
    with Store(path, create=True) as store:
        for part, start in enumerate(range(0, events, _PART)):
            fill(store, min(_PART, events - start), seed=part + 1)
            print(f"  filled {min(events, start + _PART):,}", flush=True)
    with Store(path, keep=_kept(path)) as store:
        _timed("the events' columns kept for the next start", store.keep_tables)


def _kept(path: str) -> Path:
    return Path(f"{path}.kept")


def _listed(shelf: Library, query: Query) -> None:
    """Do what the page does for its list."""
    with shelf.steady():
        positions = shelf.listed(query)[:_SHOWN]
        listing.rows(shelf.events(), positions, shelf.selection(query), query, copies=shelf.retellings())
        shelf.counts()


def _desk(shelf: Library) -> None:
    """Do what the page does for its list of articles."""
    newest = shelf.store.newest(_SHOWN)
    articles.rows(newest, shelf.store.printing([one.digest for one in newest]))
    articles.set_aside(shelf.store.languages())


def _timed(what: str, call: Callable[[], object], *, times: int = 1) -> None:
    began = time.process_time()
    call()
    took = (time.process_time() - began) / times
    print(f"  {what:<56}{took:8.3f} s{_memory():8.0f} MB", flush=True)


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _windows() -> list[Query]:
    return [
        Query(start=date(2012, 1, 1) + timedelta(days=400 * n), end=date(2013, 1, 1) + timedelta(days=400 * n))
        for n in range(_VIEWS)
    ]


def _mapped(shelf: Library, *, counts: bool) -> None:
    """Do what the first look at the map needs."""
    if not counts:
        _timed("the map's events, packed", shelf.packed)
        return
    _timed("the map's counts: columns, and the world", lambda: shelf.grid(Query(), Part()))
    _timed("  a city", lambda: shelf.grid(Query(), _CITY))
    _timed("  a window let go", lambda: shelf.grid(Query(), Part(window=(16_071, 16_800))))
    _timed("  of a search by words", lambda: shelf.grid(Query(q="shanghai"), Part()))


def _measure(path: str, *, counts: bool) -> None:
    with Gazetteer.open(quiet=True) as gazetteer:
        parse(next(iter(made(10**9, 1))), gazetteer)  # models and names are in memory
        shelf = Library(Settings(store=path, kept=_kept(path)))
        print(f"{shelf.store.counts()}\n  {'to begin with':<56}{'':8}  {_memory():8.0f} MB")
        _timed("the first list", lambda: _listed(shelf, Query()))
        _mapped(shelf, counts=counts)
        _timed("a change of view, its list", lambda: [_listed(shelf, one) for one in _windows()], times=_VIEWS)
        for what, query in (("all", Query()), ("of a year", _windows()[2])):
            _timed(f"not plotted, {what}: counted", lambda query=query: shelf.unplotted_reasons(query))
            _timed(
                f"not plotted, {what}: the first {_SHOWN}",
                lambda query=query: shelf.unplotted(query, reason=None, length=_SHOWN),
            )
        _timed(f"the desk: the {_SHOWN} articles that came last", lambda: _desk(shelf))
        new = int(time.time())
        _timed(
            "an upload of one article: read, stored, joined",
            lambda: ingest(made(new, 1), shelf.store, gazetteer, data_set="volume", jobs=1),
        )
        _timed("  its list", lambda: _listed(shelf, Query()))
        if counts:
            _timed("  the map's counts: columns, and the world", lambda: shelf.grid(Query(), Part()))
        else:
            _timed("  the map's events, packed", shelf.packed)
        shelf.store.close()


def main() -> None:
    """Print a line for each cost."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.volume", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="use this store, and make it where it is absent")
    parser.add_argument("--counts", action="store_true", help="counts for the map instead of events")
    parser.add_argument("--fill", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        _fill(options.fill, options.events)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(options.keep or Path(folder) / "volume.sqlite")
        if not Path(path).exists():
            # Another process, so that its memory is not counted.
            command = [sys.executable, "-m", "benchmarks.volume", "--events", str(options.events), "--fill", path]
            subprocess.run(command, check=True)
        _measure(path, counts=options.counts)


if __name__ == "__main__":
    main()
