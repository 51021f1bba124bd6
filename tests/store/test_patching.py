"""The frame of all events, patched after a change, equals the one read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import geopandas
import numpy as np
import pyarrow as pa
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.model import Record
from geo.pipeline import join_reports
from geo.store import Store, columns, frames, journal, left_out, patching, printings
from tests.store.specimens import TEXT, article, record


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def whole(store: Store) -> geopandas.GeoDataFrame:
    with store.reading() as connection:
        frame = frames.build(connection.execute(frames.statement()).fetchall())
        return printings.told_first(frame, printings.retold(connection))


def counted(store: Store) -> pa.Table:
    """Give what was left out of every article, read anew."""
    with store.reading() as connection:
        return patching.together(left_out.LEFT_OUT, left_out.LEFT_OUT.whole(connection))


def account(name: str) -> Record:
    return record(article(id=name, title=name))


def patches(store: Store) -> int:
    return store._tables["events"].patches


def test_articles_that_come_are_added_and_those_read_anew_keep_their_place(store: Store) -> None:
    for name in "abc":
        store.save(account(name), pipeline="1")
    store.events()
    store.save(account("d"), pipeline="1")
    first = record(article(id="a", title="a"))
    store.save(replace(first, events=first.events[:1]), pipeline="2")
    assert_geodataframe_equal(store.events(), whole(store))
    assert patches(store) == 1
    store.save(replace(first, events=()), pipeline="3")
    assert_geodataframe_equal(store.events(), whole(store))
    # A frame that holds none of its events does not tell where it stood: its number does.
    store.save(first, pipeline="4")
    assert_geodataframe_equal(store.events(), whole(store))
    assert patches(store) == 3


def test_read_in_stretches_the_frame_is_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_PAGE", 2)
    with store.reading() as connection:
        assert_geodataframe_equal(frames.read(connection, frames.statement()), frames.build(()))
    for name in "abc":
        store.save(account(name), pipeline="1")
    frame = store.events()
    assert len(frame) == 6
    assert_geodataframe_equal(frame, whole(store))
    store.save(account("d"), pipeline="1")
    assert_geodataframe_equal(store.events(), whole(store))


def test_an_article_of_another_date_takes_the_place_of_the_one_before(store: Store) -> None:
    store.save(account("a"), pipeline="1")
    store.save(account("b"), pipeline="1")
    store.events()
    store.save(record(article(id="a", title="a", day="2015-01-27")), pipeline="1")
    assert_geodataframe_equal(store.events(), whole(store))
    assert store.events()["title"].tolist() == ["a", "a", "b", "b"]


def test_corrections_lie_over_a_patched_frame_and_data_sets_are_read_anew(store: Store) -> None:
    store.save(account("a"), pipeline="1", data_set="one")
    store.events()
    store.correct(record(article(id="a", title="a")).events[0].id, type="battle")
    store.save(account("b"), pipeline="1", data_set="two")
    assert store.events()["type"].tolist() == ["battle", "explosion", "explosion", "explosion"]
    assert patches(store) == 1
    store.join([article(id="a", title="a").digest], data_set="a set before")
    assert store.events()["data_set"].tolist() == whole(store)["data_set"].tolist()
    assert patches(store) == 2
    store.remove("a set before")
    assert store.events()["data_set"].tolist() == ["one", "one", "two", "two"]
    assert patches(store) == 3


def test_a_data_set_that_goes_and_comes_back_is_patched_and_a_large_one_read_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data_set in (("a", "one"), ("b", "two"), ("c", "two"), ("d", "three")):
        store.save(account(name), pipeline="1", data_set=data_set)
    store.join([account("b").article.digest], data_set="three")
    assert store.events()["data_set"].tolist() == ["one"] * 2 + ["three"] * 2 + ["two"] * 2 + ["three"] * 2
    for expected in (2, 4):
        removed = store.take_out("three")
        assert store.events()["data_set"].tolist() == ["one"] * 2 + ["two"] * 4
        store.put_back(removed)
        assert_geodataframe_equal(store.events(), whole(store))
        assert patches(store) == expected
    monkeypatch.setattr(journal, "_FEW", 1)
    store.remove("three")
    assert_geodataframe_equal(store.events(), whole(store))
    assert patches(store) == 0


@pytest.mark.parametrize("seed", range(4))
def test_any_changes_give_the_frame_of_the_whole(seed: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patching, "_FEW", 3)
    monkeypatch.setattr(patching, "_MOST_SMALL", 5)
    random = Random(seed)
    for _ in range(25):
        for _ in range(random.randrange(1, 4)):
            name = random.choice("abcdefghij")
            made = record(article(id=name, title=name, text=TEXT))
            act = random.random()
            if act < 0.7:
                kept = made.events[: random.choice([0, 1, 2, 2, 2])]
                missed = made.not_plotted[: random.choice([0, 1, 2])]
                read = replace(made, events=kept, not_plotted=missed)
                store.save(read, pipeline="1", data_set=random.choice(["x", "y"]))
            elif act < 0.8:
                store.remove(random.choice(["x", "y"]), only=[made.article.digest])
            else:
                join_reports(store)
        assert_geodataframe_equal(store.events(), whole(store))
        store.left_out()
        assert store._tables["left-out"].table.equals(counted(store))
        assert len(store._tables["events"].table[patching.NUMBER].chunks) <= 20


def test_what_a_copy_tells_comes_back_when_the_article_that_told_it_first_goes(store: Store) -> None:
    for name in ("one", "two"):
        made = record(replace(article(id=name, title=name), source=name))
        store.save(made, pipeline="1", data_set=name)
    assert store.events()["title"].tolist() == ["one", "one", "two", "two"]
    join_reports(store)
    told = store.events()
    assert len(told) < 4
    assert told["title"].tolist()[:2] == ["one", "one"]
    assert_geodataframe_equal(told, whole(store))
    store.remove("one")
    assert store.events()["title"].tolist() == ["two", "two"]
    assert_geodataframe_equal(store.events(), whole(store))
    assert patches(store) == 2


def test_one_article_more_takes_over_what_is_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a million events is neither copied nor looked through when one article comes."""
    for name in "abc":
        store.save(account(name), pipeline="1")
    before = store.events()
    store.save(account("d"), pipeline="1")
    made: list[int] = []
    monkeypatch.setattr(columns, "points", counting(columns.points, made))
    after = store.events()
    assert made == [2]  # points of the new events only
    assert_geodataframe_equal(after, whole(store))
    old, new = (frame["snippet"].array._pa_array.chunk(0).buffers()[2].address for frame in (before, after))
    assert old == new


def counting(function: Callable[..., np.ndarray], into: list[int]) -> Callable[..., np.ndarray]:
    """Give the function, which notes the length of what it gives."""

    def noted(*arguments: np.ndarray) -> np.ndarray:
        made = function(*arguments)
        into.append(len(made))
        return made

    return noted
