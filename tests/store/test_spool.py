"""What is exported is taken out of the store at one moment, a stretch at a time, and is what the frame of it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import geopandas
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.corrections import point
from geo.store import Store
from geo.store.spool import Spool
from tests.store.specimens import article, record

_ARTICLES = 25


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Two data sets; every kind of correction; three articles that tell again what the first told."""
    with Store(place, create=True) as made:
        for number in range(_ARTICLES):
            made.save(record(article(id=f"a{number}", title=f"=No. «{number}»", day=_day(number))), pipeline="1")
        frame = made.events()
        digests = list(frame["article"].unique())
        made.join(digests[1:12], data_set="other")
        ids = frame["id"].tolist()
        made.correct(ids[2], rejected=True, by="Ann")
        made.correct(ids[3], place=point(30.5, 50.4), note="seen from a train")
        made.correct(ids[4], dates=(date(2015, 2, 1), date(2015, 2, 3)), type="battle")
        made.correct(ids[6], dates=(None, None))
        made.correct(ids[8], same_as=ids[30])
        with made.tying() as ties:
            for copy in (3, 5, 7):
                ties.settle(digests[copy], digests[0], [], dict(zip(ids[2 * copy : 2 * copy + 2], ids, strict=False)))
        yield made


def _day(number: int) -> str:
    return f"2015-01-{number + 1:02}"


def _spooled(store: Store, spool: Spool, *, data_set: str | None = None) -> None:
    for frame in store.stretches(data_set=data_set):
        spool.add(frame, [f"of {one}" for one in frame["article"]])


@pytest.mark.parametrize("data_set", [None, "other", "none such"])
@pytest.mark.parametrize("articles", [1, 4, 1000])
def test_the_stretches_together_are_the_frame_of_all_events(
    store: Store, data_set: str | None, articles: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the data set `other` the article is missing that told first what three others tell: they are shown there."""
    monkeypatch.setattr("geo.store.frames._STRETCH", articles)
    expected = store.events(data_set=data_set)
    parts = list(store.stretches(data_set=data_set))
    assert (data_set, len(expected)) in ((None, 43), ("other", 21), ("none such", 0))
    assert [len(part) > 2 * articles for part in parts] == [False] * len(parts)
    if parts:
        assert_geodataframe_equal(pd.concat(parts, ignore_index=True), expected)
    assert data_set != "none such" or parts == []


@pytest.mark.parametrize("in_memory", [0, 1 << 20])
@pytest.mark.parametrize("stretch", [1, 4, 43, 1000])
def test_what_was_put_aside_comes_back_as_it_was(
    store: Store, stretch: int, in_memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.store.spool.STRETCH", stretch)
    monkeypatch.setattr("geo.store.spool._IN_MEMORY", in_memory)
    monkeypatch.setattr("geo.store.frames._STRETCH", 3)
    expected = store.events()
    with Spool() as spool:
        _spooled(store, spool)
        assert len(spool) == len(expected)
        parts = list(spool.stretches())
        assert {len(part) for part in parts[:-1]} <= {stretch}
        whole = spool.whole()
        assert whole.pop("text_sha256").tolist() == [f"of {one}" for one in expected["article"]]
        assert_geodataframe_equal(whole[list(expected.columns)], expected)
        again = pd.concat(parts, ignore_index=True)
        assert_geodataframe_equal(again[list(expected.columns)], expected)
        light = pd.concat(spool.light("lat", "date_start", "killed_low", "note"), ignore_index=True)
        pd.testing.assert_frame_equal(light, pd.DataFrame(expected)[list(light.columns)])
        positions = np.array([40, 3, 3, 0, 17])
        taken = spool.take(positions)
        assert_geodataframe_equal(taken[list(expected.columns)], expected.iloc[positions].reset_index(drop=True))
        assert set(spool.columns) == {*taken.columns} - {"geometry"}
        with pytest.raises(ValueError, match="nothing can be added"):
            spool.add(expected, [None] * len(expected))


def test_an_empty_spool_has_one_stretch_of_no_rows(place: str) -> None:
    with Store(place, create=True) as store, Spool() as spool:
        _spooled(store, spool)
        (only,) = spool.stretches()
        (light,) = spool.light("id", "lat")
        assert (len(only), len(light), len(spool.whole()), len(spool.take(np.empty(0, dtype=np.int64)))) == (0,) * 4
        assert isinstance(only, geopandas.GeoDataFrame)
        assert set(only.columns) == {*store.events().columns, "text_sha256"}


def test_what_is_read_of_one_state_does_not_change_beside_a_writer(store: Store, place: str) -> None:
    """Between the events and what is said of them, somebody may take an article in."""
    one_more = record(article(id="more", title="One more", day="2015-02-20"))

    def write() -> None:
        with Store(place) as other:
            other.save(one_more, pipeline="1")

    writer = threading.Thread(target=write)
    with store.one_state():
        before = store.version()
        parts = store.stretches()
        first = next(parts)
        writer.start()
        if place.startswith("postgresql"):  # a file cannot be changed until the reader is done
            writer.join()
        found = len(first) + sum(map(len, parts))
        assert (found, store.version(), len(store.pipelines())) == (43, before, _ARTICLES)
        with store.one_state():
            assert store.version() == before
        assert len(store.pipelines()) == _ARTICLES
    writer.join()
    assert (store.version() == before, len(store.pipelines())) == (False, _ARTICLES + 1)
