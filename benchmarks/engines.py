"""What an article costs each engine, in time and room: ``python -m benchmarks.engines [--postgresql URL]``.

Articles of 400 words are read once, then stored one by one, each a transaction that is on the disk, into a new SQLite
file, and with a URL into an empty database there; then their reports are joined, and the frame of events read. By the
clock, and as processor time of this process (a server's own is not in it).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.pipeline import cut
from gazetteer.index import Gazetteer
from geo.model import Record
from geo.pipeline import join_reports, parse
from geo.store import Store

_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
}


@contextmanager
def timed(what: str, number: int) -> Iterator[None]:
    """Print what `number` times something took."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    each = [
        1000 * (now - then) / number for now, then in ((time.perf_counter(), clock), (time.process_time(), processor))
    ]
    print(f"  {what:24} {each[0]:7.2f} ms each by the clock, {each[1]:7.2f} ms of processor time", flush=True)


def measure(name: str, url: str, records: list[Record]) -> None:
    """Store, join and read."""
    print(f"{name}, {len(records)} articles")
    with Store(url, create=True) as store:
        with timed("stored", len(records)):
            for record in records:
                store.save(record, pipeline="1")
        with timed("joined", len(records)):
            join_reports(store)
        with timed("frame of all events", 1):
            store.events()
        with store.reading() as connection:
            (size,) = connection.exec_driver_sql(_SIZE[connection.dialect.name]).one()
    print(f"  {size / len(records) / 1000:.1f} kB an article")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--postgresql", metavar="URL")
    options = parser.parse_args()
    with Gazetteer.open(quiet=True) as gazetteer:
        records = [parse(article, gazetteer) for article in cut(options.articles)]
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"{folder}/s.sqlite", records)
    if options.postgresql:
        measure("PostgreSQL", options.postgresql, records)


if __name__ == "__main__":
    main()
