"""Reading on a cluster of this machine: ``python -m benchmarks.cluster [--articles 400] [--workers 1 2]``.

A scheduler and its workers run as processes of their own, each worker with one thread; this process hands out the
articles and stores. For each number of workers, prints articles a second by the clock, and the processor time that an
article costs the workers, the scheduler and this process: on a busy machine these tell more than the clock. The last is
what limits a cluster that writes to one store.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import distributed

from benchmarks.pipeline import cut
from gazetteer.index import Gazetteer
from geo.pipeline import Report, cluster, ingest
from geo.store import Store

_WARM_UP = 64  # articles that are read before the clock starts: models and word lists are loaded


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds so far, and the time on the clock."""

    clock: float
    workers: float
    scheduler: float
    here: float

    @classmethod
    def now(cls, client: Any) -> Spent:
        """Ask all processes."""
        workers = sum(client.run(time.process_time).values())
        return cls(time.perf_counter(), workers, client.run_on_scheduler(time.process_time), time.process_time())


@contextmanager
def running(workers: int) -> Iterator[str]:
    """Run a cluster of so many workers; give its address."""
    own = [sys.executable, "-m"]
    with ExitStack() as stack:
        scheduler = stack.enter_context(
            subprocess.Popen(
                [*own, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
                stderr=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        stack.callback(scheduler.terminate)
        address = next(line for line in scheduler.stderr or () if "Scheduler at:" in line).rpartition("at:")[2].strip()
        for _ in range(workers):
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "300"]
            command = [*own, "distributed.cli.dask_worker", address, *options]
            worker = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            stack.callback(worker.terminate)
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers)
        yield address


def measure(articles: int, workers: int, gazetteer: Gazetteer) -> None:
    """Read so many articles with so many workers into a store, and again without storing; print what each costs."""
    given = cut(articles + _WARM_UP)
    with running(workers) as address, distributed.Client(address, set_as_default=False) as client:
        list(cluster.records(given[:_WARM_UP], gazetteer, address))
        before = Spent.now(client)
        made = list(cluster.records(given[_WARM_UP:], gazetteer, address))
        handed = Spent.now(client)
        ends: list[Spent] = []

        def progress(report: Report) -> None:
            if report.added == articles:
                ends.append(Spent.now(client))

        with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/s.sqlite", create=True) as store:
            ingest(given[_WARM_UP:], store, gazetteer, data_set="x", scheduler=address, progress=progress)
            joined = time.process_time() - ends[0].here
    print(f"{workers} workers, {len(made)} articles of 400 words")
    for what, first, last in (("read only", before, handed), ("read and stored", handed, ends[0])):
        rate = articles / (last.clock - first.clock)
        cost = {name: (getattr(last, name) - getattr(first, name)) / articles * 1000 for name in _ROLES}
        costs = ", ".join(f"{name} {milliseconds:.2f}" for name, milliseconds in cost.items())
        print(f"  {what:16} {rate:6.1f} a second; processor ms an article: {costs}", flush=True)
    print(f"  joining at the end: {joined:.2f} s of processor time")


_ROLES = ("workers", "scheduler", "here")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with Gazetteer.open(quiet=True) as gazetteer:
        for workers in options.workers:
            measure(options.articles, workers, gazetteer)


if __name__ == "__main__":
    main()
