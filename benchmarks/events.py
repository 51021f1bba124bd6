"""Time the dates and the events of articles by stage: ``python -m benchmarks.events [FILES...]``.

Without files it reads the demo articles. One process, processor time, the best of five rounds, scaled to an article of
400 words.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gazetteer.index import Gazetteer
from geo import dates, events
from geo.incidents import join
from geo.model import Article, Event, Published, Record, TimeSpan
from geo.toponyms import Toponyms, toponyms

WORDS = 400
ROUNDS = 5
DEMO = Path(__file__).resolve().parent.parent / "data" / "articles"
PUBLISHED = Published(date(2023, 2, 15), date(2023, 2, 15), "supplied")


def milliseconds(call: Callable[[], object], words: int) -> float:
    """Give the processor time of the fastest round for each 400 words."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best / words * WORDS * 1000


def main() -> None:
    """Print a line for each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or sorted(DEMO.glob("**/*.txt"))
    articles = [Article(file.stem, file.read_text(encoding="utf-8"), published=PUBLISHED) for file in files]
    words = sum(len(article.text.split()) for article in articles)
    with Gazetteer.open() as gazetteer:
        places = [toponyms(article.text, gazetteer) for article in articles]
        times = [dates.find(article.text, PUBLISHED) for article in articles]

        def find_events() -> list[Record]:
            return [
                Record(article, PUBLISHED, events=_events(article, found, spans))
                for article, found, spans in zip(articles, places, times, strict=True)
            ]

        records = find_events()
        print(f"{len(articles)} articles, {words} words; milliseconds for {WORDS} words")
        print(f"  dates      {milliseconds(lambda: [dates.find(a.text, PUBLISHED) for a in articles], words):6.2f}")
        print(f"  published  {milliseconds(lambda: [dates.publication_date(_bare(a)) for a in articles], words):6.2f}")
        print(f"  events     {milliseconds(find_events, words):6.2f}")
        print(f"  incidents  {milliseconds(lambda: join(records), words):6.2f}")


def _events(article: Article, found: Toponyms, spans: tuple[TimeSpan, ...]) -> tuple[Event, ...]:
    return events.extract(article, PUBLISHED, found.mentions, found.nominals, spans, found.doubtful)[0]


def _bare(article: Article) -> Article:
    return Article(article.id, article.text)


if __name__ == "__main__":
    main()
