"""What a store of many events costs: ``python -m benchmarks.store [--events 100000] [--keep FILE]``.

Prints processor seconds for the first frame of all events, for a change of one article (stored, joined, the frame made
again), for a correction, and for the list of what was not plotted. On a busy machine the processor time tells more than
the clock.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.generate_events import make
from geo.model import Article, Event, PlaceRef, Published, Record, content_id
from geo.pipeline import join_reports
from geo.pipeline.joining import grouped
from geo.store import Store, alone, journal, tables

_UNPLOTTED = 25  # passages of an article that became no mark, as in news
_REASONS = ("metonym", "no place", "no date", "background", "unresolved")


def fill(store: Store, count: int, *, seed: int = 1, unplotted: int = _UNPLOTTED) -> None:
    """Fill a store with generated events, five an article, without reading any text; another seed adds others.

    `unplotted`: how many passages of each article became no mark.
    """
    frame = make(count, snippets=True, seed=seed)
    frame["article"] = [content_id(name, seed) for name in frame["article"]]
    for name in ("date_start", "date_end", "published_end"):
        frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    digests = list(dict.fromkeys(frame["article"]))
    published = frame.groupby("article")["published_end"].max()
    with store.writing() as connection:
        for start in range(0, len(digests), 5000):
            part = digests[start : start + 5000]
            connection.execute(insert(tables.articles), [_article(one, str(published[one])) for one in part])
            connection.execute(insert(tables.data_sets), [{"name": "generated", "article": one} for one in part])
            if unplotted:
                rows = [row for one in part for row in _unplotted(one, unplotted)]
                connection.execute(insert(tables.not_plotted), rows)
        ordinals = frame.groupby("article").cumcount()
        for start in range(0, len(frame), 20_000):
            stretch = frame.iloc[start : start + 20_000].assign(ordinal=ordinals)
            connection.execute(insert(tables.events), [_event(row) for row in stretch.to_dict("records")])
        # As of any change that names no articles, all is read anew after it.
        journal.add(connection, "return", {"data_set": "generated", "articles": []}, store.who())


def _article(digest: str, published: str) -> dict[str, Any]:
    text = "A generated article. " * 20
    return {
        "digest": digest, "id": digest, "title": f"Generated {digest}", "text": text, "text_digest": content_id(digest),
        "source": "generated", "published_start": published, "published_end": published,
        "published_basis": "supplied", "published_text": "", "pipeline": "1",
    }  # fmt: skip


def _unplotted(digest: str, count: int) -> list[dict[str, Any]]:
    return [
        {"article": digest, "ordinal": n, "start": 2, "end": 11, "text": "generated", "reason": _REASONS[n % 5]}
        for n in range(count)
    ]


def _event(row: dict[Any, Any]) -> dict[str, Any]:
    own = {
        name: row[name]
        for name in ("id", "type", "status", "tier", "place", "place_id", "place_kind", "place_precision", "lat", "lon")
    }
    return own | {
        "article": row["article"], "ordinal": int(row["ordinal"]), "confidence": 0.8,
        "country_code": row["country_code"], "reasons": json.dumps(["generated"]), "place_text": row["place"],
        "date_start": row["date_start"],
        "date_end": row["date_end"], "date_precision": "day", "date_basis": "explicit", "trigger": "generated",
        "trigger_start": 2 + int(row["ordinal"]), "trigger_end": 11 + int(row["ordinal"]), "sentence_start": 0,
        "sentence_end": 20, "incident": alone(row["id"]), "snippet": row["snippet"],
    }  # fmt: skip


def another(number: int) -> Record:
    """Give one article more, with an event in a place that has many."""
    day = date(2015, 3, 1 + number)
    text = f"Shells hit the market in Shanghai, number {number}."
    article = Article(f"more{number}", text, published=Published(day, day, "supplied"))
    place = PlaceRef("g1796236", "Shanghai", "town", 121.45, 31.22, "CN")
    event = Event(
        id=content_id("more", number), type="explosion", sub_type=None, status="reported", speaker=None, tier="A",
        confidence=0.9, reasons=(), place=place, place_text="Shanghai", date_start=day, date_end=day,
        date_precision="day", date_basis="explicit", date_text=None, trigger="hit", trigger_start=7, trigger_end=10,
        sentence_start=0, sentence_end=len(text),
    )  # fmt: skip
    return replace(Record(article, article.published), events=(event,))


def timed(what: str, call: Callable[[], object]) -> None:
    """Print the processor seconds of a call."""
    began = time.process_time()
    call()
    print(f"  {what:<52} {time.process_time() - began:7.3f} s", flush=True)


def main() -> None:
    """Print a line for each cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="use this store again, and make it where it is absent"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "s.sqlite"
        there = path.exists()
        with Store(str(path), create=True) as store:
            if not there:
                fill(store, options.events)
        with Store(str(path)) as store:
            _measure(store)
    print(f"  {'most memory':<52} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


def _measure(store: Store) -> None:
    counts = store.counts()
    print(f"{counts.articles:,} articles, {counts.events:,} events, {counts.not_plotted:,} not plotted")
    timed("the first frame of all events", store.events)
    timed("the same again", store.events)
    start = counts.articles % 20
    timed("an article more: stored", lambda: store.save(another(start), pipeline="1"))
    timed("  joined to its neighbours", lambda: join_reports(store))
    timed("  the frame after it", store.events)
    event = another(start).events[0].id
    timed("a correction", lambda: store.correct(event, note=f"note {time.time()}"))
    timed("  the frame after it", store.events)
    timed("not plotted: counted by reason", lambda: store.left_out().by_reason())
    timed("not plotted: the first sixty", lambda: store.not_plotted(limit=60))
    timed("for comparison: what was not plotted, all of it", store.not_plotted)
    timed("for comparison: all reports joined at once", lambda: grouped(store.told()))


if __name__ == "__main__":
    main()
