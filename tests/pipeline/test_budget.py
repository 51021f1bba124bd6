from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from types import FrameType

import pytest

from benchmarks import dense
from gazetteer.index import Gazetteer
from geo.ingest import Problem
from geo.model import Article, NotPlotted, Record
from geo.pipeline import budget, parse, records, workers
from geo.pipeline.budget import OverBudgetError, read_within

PARAGRAPHS = "\n\n".join(f"Paragraph {n} tells of what happened there. It was long ago." for n in range(200))


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


def slow_beyond(characters: int) -> Callable[[Article], Record]:
    """A reader that never ends on a text that is longer, and swallows what it may."""
    swallowed: list[Exception] = []

    def read(article: Article) -> Record:
        while len(article.text) > characters:
            try:
                sum(range(1000))
            except Exception as error:
                swallowed.append(error)
        return Record(article, None, not_plotted=(NotPlotted(0, 1, "P", "background"),))

    return read


def test_past_its_budget_the_rest_of_an_article_is_left_out_and_named() -> None:
    article = Article("a", PARAGRAPHS)
    began = time.thread_time()
    record, start = read_within(article, slow_beyond(5000), seconds=lambda _: 0.2)
    assert time.thread_time() - began < 5
    assert record.article is article
    assert start is not None
    assert PARAGRAPHS[start:].startswith("Paragraph")
    assert 500 < start <= 5000
    left_out = record.not_plotted[-1]
    assert left_out.reason == budget.NOT_READ
    assert PARAGRAPHS[left_out.start : left_out.end] == left_out.text
    assert left_out.start == start


def test_where_it_is_cut_depends_on_the_text_alone() -> None:
    cuts = {read_within(Article("a", PARAGRAPHS), slow_beyond(5000), seconds=lambda _, s=s: s)[1] for s in (0.1, 0.4)}
    assert len(cuts) == 1


@pytest.mark.parametrize("characters", [1_000, 20_000, 100_000, 1_000_000])
def test_all_tries_together_take_little_more_than_the_first(characters: int) -> None:
    asked: list[int] = []

    def never(length: int) -> float:
        asked.append(length)
        return 0.0

    with pytest.raises(OverBudgetError):
        read_within(Article("a", "x" * characters), slow_beyond(0), seconds=never)
    assert asked[0] == characters
    assert sum(map(budget.allowed, asked)) < 3.5 * budget.allowed(characters)


def test_an_article_of_which_nothing_can_be_read_in_time_is_an_error() -> None:
    with pytest.raises(OverBudgetError, match="no part of it"):
        read_within(Article("a", "x" * 2000), slow_beyond(0), seconds=lambda _: 0.05)


def test_a_reading_within_its_budget_is_untouched_and_leaves_no_watcher() -> None:
    article = Article("a", "Short.")
    assert read_within(article, lambda one: Record(one, None)) == (Record(article, None), None)
    assert not [thread for thread in threading.enumerate() if thread.name == "time budget"]


def test_the_budget_holds_in_other_threads_too() -> None:
    found: list[int | None] = []
    thread = threading.Thread(
        target=lambda: found.append(read_within(Article("a", PARAGRAPHS), slow_beyond(9000), seconds=lambda _: 0.1)[1])
    )
    thread.start()
    thread.join(60)
    assert found[0]


DENSE = {
    "attacked": "attacked Bakhmut and " * 1000,
    "killed": "killed three people and wounded five in Aleppo, and " * 200,
    "unknown names": dense.SHAPES["unknown names"](12_000),
    "ordinary": dense.SHAPES["ordinary"](12_000),
}


@pytest.mark.parametrize("shape", DENSE)
def test_dense_text_is_read_whole_within_its_budget(shape: str, gazetteer: Gazetteer) -> None:
    (record,) = records([Article("a", DENSE[shape])], gazetteer, jobs=1)
    assert isinstance(record, Record)
    assert not [one for one in record.not_plotted if one.reason == budget.NOT_READ]


def calls(text: str, gazetteer: Gazetteer) -> int:
    """The calls, of Python and of C, that reading a text makes: the same on every machine, however busy."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    parse(Article("a", text), gazetteer)  # what is looked up once is in memory afterwards
    sys.setprofile(count)
    try:
        parse(Article("a", text), gazetteer)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("shape", ["attacked", "killed", "unknown names", "sentences", "dates"])
def test_the_work_of_reading_grows_no_faster_than_the_text(shape: str, gazetteer: Gazetteer) -> None:
    short, long = (dense.SHAPES[shape](length) for length in (1500, 6000))
    assert calls(long, gazetteer) < 4.8 * calls(short, gazetteer)


def test_one_article_past_its_budget_is_told_and_the_others_are_read(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(article: Article, gazetteer: Gazetteer, **_: object) -> Record:
        while len(article.text) > 5000:
            pass
        return parse(article, gazetteer)

    monkeypatch.setattr(workers, "parse", read)
    monkeypatch.setattr(budget.read_within, "__kwdefaults__", {"seconds": lambda _: 1.0})
    long = Article("long", "Rebels shelled Aleppo on 26 January 2015. " + PARAGRAPHS)
    given = [Article("a", "Rebels shelled Aleppo."), long, Article("b", "Rebels shelled Homs.")]
    first, note, cut, last = records(given, gazetteer, jobs=1)
    assert isinstance(note, Problem)
    assert (note.where, note.severity) == ("long", "note")
    assert note.what.startswith("read to character ")
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(cut, Record)
    assert cut.article == long
    # What comes of "what happened there", which tells of nothing, is not this test's matter: one is told, wrongly.
    assert date(2015, 1, 26) in [event.date_start for event in cut.events]
