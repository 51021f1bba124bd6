"""Speed of the whole pipeline, from texts to a store: ``python -m benchmarks.pipeline [--articles 600] [--jobs 2]``.

Articles of 400 words are cut out of the demo articles, each with a title of its own. Prints articles a second into a
store (the start of the processes apart), the time of one article, and how the processor time of one is shared out among
the stages. On a busy machine the processor time tells more than the clock.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from gazetteer.index import Gazetteer
from geo import dates, events
from geo.ingest import read
from geo.model import Article, Published, Record
from geo.pipeline import Report, ingest, join_reports, parse
from geo.settings import ARTICLES
from geo.store import Store
from geo.toponyms import toponyms

WORDS = 400
LEAST_A_SECOND = 50
MOST_MILLISECONDS = 60
_ONE_BY_ONE = 150
# Read before the clock starts: models and word lists are loaded, the processes run.
_WARM_UP = 60

_Made = TypeVar("_Made")


def cut(count: int) -> list[Article]:
    """Give `count` articles of `WORDS` words, in the words of the demo articles."""
    given = [item for item in read([f"{ARTICLES}/*.txt"]) if isinstance(item, Article)]
    words = [word for article in given for word in article.text.split(" ")]
    pieces = [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS + 1, WORDS)]
    first = date(2023, 2, 15)
    made = []
    for n in range(count):
        day = first + timedelta(days=n % 300)
        published = Published(day, day, "supplied")
        made.append(Article(f"a{n}", pieces[n % len(pieces)], title=f"Article {n}", published=published))
    return made


def through_the_store(articles: list[Article], gazetteer: Gazetteer, *, jobs: int) -> tuple[float, float]:
    """Give articles a second once all processes run, and the seconds of joining the reports at the end."""
    ticks: list[float] = []

    def progress(_: Report) -> None:
        ticks.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/s.sqlite", create=True) as store:
        ingest(articles, store, gazetteer, data_set="benchmark", jobs=jobs, progress=progress)
        joined = time.perf_counter() - ticks[-1]
    return (len(ticks) - 1 - _WARM_UP) / (ticks[-1] - ticks[_WARM_UP]), joined


def one_by_one(articles: list[Article], gazetteer: Gazetteer) -> list[float]:
    """Give the milliseconds of each article, read alone in this process."""
    taken = []
    for article in articles:
        start = time.perf_counter()
        parse(article, gazetteer)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def by_stage(articles: list[Article], gazetteer: Gazetteer) -> dict[str, float]:
    """Give the milliseconds of processor time of an article by stage."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, call: Callable[[], _Made]) -> _Made:
        start = time.process_time()
        made = call()
        spent[stage] += (time.process_time() - start) * 1000
        return made

    with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/s.sqlite", create=True) as store:
        for article in articles:
            text = article.text
            published = timed("publication date", lambda a=article: dates.publication_date(a, file_name=a.id))
            places = timed("places", lambda t=text: toponyms(t, gazetteer))
            times = timed("dates", lambda t=text, p=published: dates.find(t, p))
            found, left = timed(
                "events",
                lambda a=article, p=published, n=places, s=times: events.extract(
                    a, p, n.mentions, n.nominals, s, n.doubtful
                ),
            )
            record = Record(article, published, places.sure, times, found, left, places.nominals)
            timed("store", lambda r=record: store.save(r, pipeline="1"))
        timed("incidents", lambda: join_reports(store))
    return {stage: total / len(articles) for stage, total in spent.items()}


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pipeline", description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--gazetteer", type=Path)
    options = parser.parse_args()
    articles = cut(max(options.articles, 2 * _WARM_UP))
    with Gazetteer.open(options.gazetteer) as gazetteer:
        one_by_one(articles[:_WARM_UP], gazetteer)
        taken = one_by_one(articles[:_ONE_BY_ONE], gazetteer)
        stages = by_stage(articles[:_ONE_BY_ONE], gazetteer)
        rate, joined = through_the_store(articles, gazetteer, jobs=options.jobs)
    median, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"{len(articles)} articles of {WORDS} words")
    print(f"into a store, {options.jobs} processes: {rate:.1f} articles a second (wanted: {LEAST_A_SECOND})")
    print(f"then joining their reports: {joined:.2f} s")
    print(f"one article: median {median:.1f} ms, 95 % within {slow:.1f} ms (wanted: {MOST_MILLISECONDS})")
    whole = sum(stages.values())
    most = options.jobs * 1000 / whole
    print(f"processor time: {whole:.1f} ms an article, so {most:.0f} a second at most on {options.jobs} cores")
    for stage, spent in sorted(stages.items(), key=lambda entry: -entry[1]):
        print(f"  {stage:17} {spent:6.2f} ms  {spent / whole:5.1%}")


if __name__ == "__main__":
    main()
