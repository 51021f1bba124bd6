"""Reports of one event, joined over a store as articles come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from geo.model import Article, Record
from geo.pipeline import join_reports, put_back, remove, take_out
from geo.pipeline.joining import grouped
from geo.store import Store, alone
from tests.store.specimens import article, record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.sqlite"), create=True) as opened:
        yield opened


def account(name: str) -> Record:
    """One paper's account of the same shelling."""
    return record(article(id=name, title=name))


def keep(store: Store, *names: str) -> None:
    for name in names:
        store.save(account(name), pipeline="1", data_set=name)
    join_reports(store)


def shelling(store: Store) -> dict[str, str]:
    """The incident of the placed event, by the title of the article that tells of it."""
    frame = store.events()
    frame = frame[frame["place"] == "Debaltseve"]
    return dict(zip(frame["title"], frame["incident"], strict=True))


def test_reports_of_one_event_know_each_other_after_a_reading(store: Store) -> None:
    keep(store, "one", "two", "three")
    assert len(set(shelling(store).values())) == 1
    first = account("one").events[0]
    assert store.reports(first.id)["title"].tolist() == ["two", "three"]
    assert store.events()["incident"].nunique() == 4


def test_an_incident_keeps_its_id_as_articles_are_added_and_read_anew(store: Store) -> None:
    keep(store, "one")
    before = shelling(store)["one"]
    for name in "abcdefgh":
        keep(store, name)
        assert set(shelling(store).values()) == {before}
    store.save(account("one"), pipeline="2", data_set="one")
    join_reports(store)
    assert set(shelling(store).values()) == {before}


def test_an_article_that_goes_leaves_the_others_joined(store: Store) -> None:
    keep(store, "one", "two", "three")
    assert remove(store, "one") == 1
    assert store.joined()
    assert set(shelling(store).values()) == {alone(account("two").events[0].id)}
    assert remove(store, "two") == 1
    assert store.events()["incident"].tolist() == [alone(event.id) for event in account("three").events]


def test_a_data_set_that_is_put_back_finds_its_other_reports(store: Store) -> None:
    keep(store, "one", "two")
    before = shelling(store)
    removed = take_out(store, "one")
    assert shelling(store) != before
    put_back(store, removed)
    assert shelling(store) == before


def test_nothing_is_written_where_nothing_came_or_went(store: Store) -> None:
    keep(store, "one", "two")
    before = store.version()
    join_reports(store)
    assert store.version() == before


def test_people_part_and_join_over_what_was_joined_and_that_lasts(store: Store) -> None:
    keep(store, "one", "two", "three")
    one, two, three = (account(name).events[0].id for name in ("one", "two", "three"))
    store.correct(two, apart=True)
    assert store.reports(one)["id"].tolist() == [three]
    assert store.reports(two).empty
    keep(store, "four")
    four = account("four").events[0].id
    assert store.reports(two).empty
    store.correct(two, same_as=four)
    assert store.reports(two)["title"].tolist() == ["one", "three", "four"]
    assert len(set(shelling(store).values())) == 1


def test_an_event_that_stands_alone_is_not_named() -> None:
    bare = Record(Article(id="bare", text="Nothing happened."), None)
    assert grouped([account("one"), bare]) == {}
    moved = replace(account("two"), events=account("two").events[1:])
    assert grouped([account("one"), moved]) == {}
