"""The pipeline on demo articles, with the real gazetteer and models."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo.ingest import Problem, read
from geo.model import Article, Record, Span
from geo.pipeline import Report, WorkerLostError, ingest, parse, records, resolve_spans, version, workers
from geo.settings import ARTICLES
from geo.store import Store

NAMES = ("2015-01-30-debaltseve-vuhlehirsk", "2023-05-21-bakhmut-claimed", "2020-11-11-karabakh-ceasefire")


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [item for item in read([ARTICLES / f"{name}.txt" for name in NAMES]) if isinstance(item, Article)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.sqlite"), create=True) as opened:
        yield opened


def test_every_offset_of_a_record_points_at_its_words(gazetteer: Gazetteer, articles: list[Article]) -> None:
    for article in articles:
        record = parse(article, gazetteer)
        text = article.text
        assert record.published is not None
        assert record.mentions
        assert record.events
        for item in (*record.mentions, *record.nominals, *record.times, *record.not_plotted):
            assert text[item.start : item.end] == item.text
        for event in record.events:
            assert text[event.trigger_start : event.trigger_end] == event.trigger
            assert 0 <= event.sentence_start < event.sentence_end <= len(text)


def test_a_noun_that_stands_for_a_place_is_kept_apart_from_the_names(gazetteer: Gazetteer) -> None:
    record = parse(Article("a", "Rebels attacked Bambari on Monday. Hundreds fled the town overnight."), gazetteer)
    assert [mention.text for mention in record.mentions] == ["Bambari"]
    (town,) = record.nominals
    assert (town.text, town.place) == ("the town", record.mentions[0].place)


def test_parsing_twice_gives_equal_records(gazetteer: Gazetteer, articles: list[Article]) -> None:
    assert parse(articles[0], gazetteer) == parse(articles[0], gazetteer)


def test_given_spans_are_all_resolved_even_where_they_nest(gazetteer: Gazetteer) -> None:
    text = "Fighting went on in Kherson Oblast and near Bakhmut."
    article = Article(id="a", text=text)
    spans = [
        Span(at, at + len(name), name, "literal", 1.0)
        for name in ("Bakhmut", "Kherson Oblast", "Kherson")
        for at in (text.index(name),)
    ]
    record = resolve_spans(article, spans, gazetteer)
    assert [mention.text for mention in record.mentions] == ["Kherson", "Kherson Oblast", "Bakhmut"]
    assert all(mention.place is not None and mention.place.country_code == "UA" for mention in record.mentions)
    assert record.events == ()


def test_several_processes_give_the_same_records_in_the_same_order(
    gazetteer: Gazetteer, articles: list[Article]
) -> None:
    given = [articles[0], Problem("x", "is empty"), *articles[1:]]
    alone = list(records(given, gazetteer, jobs=1))
    assert [type(item) for item in alone] == [Record, Problem, Record, Record]
    assert list(records(given, gazetteer, jobs=2)) == alone


def test_a_few_articles_start_no_process(
    gazetteer: Gazetteer, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "ProcessPoolExecutor", None)
    assert len(list(records(articles, gazetteer))) == len(articles)


def test_no_number_of_processes_below_one_is_taken(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="jobs must be at least 1; got 0"):
        list(records([], gazetteer, jobs=0))


@dataclass(frozen=True)
class _Deadly:
    """Ends the process that unpickles it, as the system does to one that fills the memory."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_process_that_dies_is_told_in_words(gazetteer: Gazetteer) -> None:
    with pytest.raises(WorkerLostError, match=r"one of 2 worker processes died.*fewer --jobs"):
        list(records([_Deadly()], gazetteer, jobs=2))  # type: ignore[list-item]  # (no article, on purpose)


def test_a_fault_of_ours_costs_one_article_and_is_told(
    gazetteer: Gazetteer, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_the_second(article: Article, gazetteer: Gazetteer, **_: object) -> Record:
        if article is articles[1]:
            raise ZeroDivisionError("division by zero")
        return parse(article, gazetteer)

    monkeypatch.setattr(workers, "parse", fails_on_the_second)
    first, second, _third = records(articles, gazetteer, jobs=1)
    assert isinstance(first, Record)
    assert isinstance(second, Problem)
    assert "reading it failed (ZeroDivisionError at test_pipeline.py:" in str(second)


def test_a_missing_model_stops_everything(
    gazetteer: Gazetteer, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(article: Article, gazetteer: Gazetteer, **_: object) -> Record:
        raise FileNotFoundError("no model there")

    monkeypatch.setattr(workers, "parse", fails)
    with pytest.raises(FileNotFoundError, match="no model there"):
        list(records(articles, gazetteer, jobs=1))


def test_ingesting_stores_reports_and_the_second_time_changes_nothing(
    gazetteer: Gazetteer, articles: list[Article], store: Store
) -> None:
    seen: list[Report] = []
    given = [*articles, Problem("bad.txt", "the file is empty")]
    report = ingest(given, store, gazetteer, data_set="mine", progress=seen.append)
    assert (report.added, report.replaced, report.unchanged) == (3, 0, 0)
    assert (report.articles, len(report.skipped), report.interrupted) == (3, 1, False)
    assert report.events == store.counts().events > 0
    assert [one.added for one in seen] == [1, 2, 3, 3]
    before = store.version()
    again = ingest(given, store, gazetteer, data_set="mine")
    assert (again.added, again.unchanged, again.events) == (0, 3, 0)
    assert store.events().equals(store.events())
    assert store.data_sets() == {"mine": 3}
    assert before.split("-")[0] == store.version().split("-")[0]


def test_what_another_version_read_is_read_anew(gazetteer: Gazetteer, articles: list[Article], store: Store) -> None:
    store.save(Record(articles[0], None), pipeline="0.0.1-old", data_set="mine")
    report = ingest(articles, store, gazetteer, data_set="mine")
    assert (report.added, report.replaced) == (2, 1)
    assert set(store.pipelines().values()) == {version(gazetteer)}
    assert store.record(articles[0].digest) == parse(articles[0], gazetteer)


def test_stored_articles_join_another_data_set_without_being_read(
    gazetteer: Gazetteer, articles: list[Article], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(articles, store, gazetteer, data_set="demo")
    monkeypatch.setattr(workers, "parse", None)
    report = ingest(articles, store, gazetteer, data_set="mine")
    assert report.unchanged == 3
    assert store.data_sets() == {"demo": 3, "mine": 3}


def test_the_same_article_twice_is_kept_once_with_a_note(
    gazetteer: Gazetteer, articles: list[Article], store: Store
) -> None:
    report = ingest([articles[0], articles[0]], store, gazetteer, data_set="mine")
    assert report.added == 1
    assert "came before. It is kept once." in str(report.problems[0])


def test_broken_off_it_keeps_what_is_stored_and_goes_on_from_there(
    gazetteer: Gazetteer, articles: list[Article], store: Store
) -> None:
    def broken_off() -> Iterator[Article]:
        yield from articles[:2]
        raise KeyboardInterrupt

    report = ingest(broken_off(), store, gazetteer, data_set="mine", jobs=1)
    assert (report.added, report.interrupted) == (2, True)
    assert store.counts().articles == 2
    report = ingest(articles, store, gazetteer, data_set="mine", jobs=1)
    assert (report.added, report.unchanged, report.interrupted) == (1, 2, False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_in_a_finalizer_is_not_lost(gazetteer: Gazetteer, articles: list[Article], store: Store) -> None:
    class Pressed:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)  # Python prints what comes of it, and goes on

    def pressed() -> Iterator[Article]:
        yield articles[0]
        Pressed()
        yield from articles[1:]

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        report = ingest(pressed(), store, gazetteer, data_set="mine", jobs=1)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert (report.added, report.interrupted) == (2, True)


def test_the_version_names_the_program_and_holds_still(gazetteer: Gazetteer) -> None:
    assert version(gazetteer) == version(gazetteer)
    assert version(gazetteer).startswith("0.")
