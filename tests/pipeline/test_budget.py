from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

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
    record, start = read_within(article, slow_beyond(5000), seconds=0.2)
    assert time.thread_time() - began < 5
    assert record.article is article
    assert start is not None
    assert PARAGRAPHS[start:].startswith("Paragraph")
    assert 1000 < start <= 5000
    left_out = record.not_plotted[-1]
    assert left_out.reason == budget.NOT_READ
    assert PARAGRAPHS[left_out.start : left_out.end] == left_out.text
    assert left_out.start == start


def test_where_it_is_cut_depends_on_the_text_alone() -> None:
    cuts = {read_within(Article("a", PARAGRAPHS), slow_beyond(5000), seconds=seconds)[1] for seconds in (0.1, 0.4)}
    assert len(cuts) == 1


def test_an_article_of_which_nothing_can_be_read_in_time_is_an_error() -> None:
    with pytest.raises(OverBudgetError, match="no part of it"):
        read_within(Article("a", "x" * 2000), slow_beyond(0), seconds=0.05)


def test_a_reading_within_its_budget_is_untouched_and_leaves_no_watcher() -> None:
    article = Article("a", "Short.")
    assert read_within(article, lambda one: Record(one, None)) == (Record(article, None), None)
    assert not [thread for thread in threading.enumerate() if thread.name == "time budget"]


def test_the_budget_holds_in_other_threads_too() -> None:
    found: list[int | None] = []
    thread = threading.Thread(
        target=lambda: found.append(read_within(Article("a", PARAGRAPHS), slow_beyond(9000), seconds=0.1)[1])
    )
    thread.start()
    thread.join(60)
    assert found[0]


def test_dense_text_is_read_whole_within_its_budget(gazetteer: Gazetteer) -> None:
    text = "attacked Bakhmut and " * 1000
    began = time.thread_time()
    (record,) = records([Article("a", text)], gazetteer, jobs=1)
    assert time.thread_time() - began < budget.SECONDS
    assert isinstance(record, Record)
    assert not [one for one in record.not_plotted if one.reason == budget.NOT_READ]


def test_one_article_past_its_budget_is_told_and_the_others_are_read(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(article: Article, gazetteer: Gazetteer) -> Record:
        while len(article.text) > 5000:
            pass
        return parse(article, gazetteer)

    monkeypatch.setattr(workers, "parse", read)
    monkeypatch.setattr(budget.read_within, "__kwdefaults__", {"seconds": 1.0})
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
    assert [event.date_start for event in cut.events] == [date(2015, 1, 26)]
