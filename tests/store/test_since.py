"""What changed since a state of the store: read, read otherwise, corrected, taken out, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from geo.model import Record
from geo.store import Store, since
from geo.store.since import BEGINNING, READ_ANEW, REJECTED, TAKEN_OUT, Changed
from tests.browser.stories import BAKHMUT, records

ONE, TWO, THREE = records()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "store.sqlite"), create=True) as made:
        made.save(ONE, pipeline="1", data_set="a")
        made.save(TWO, pipeline="1", data_set="b")
        yield made


def events(*records: Record) -> frozenset[str]:
    return frozenset(event.id for record in records for event in record.events)


def of(store: Store, state: str) -> Changed:
    found = since.changed(store, state)
    assert found is not None
    return found


def test_nothing_changed_since_now_and_all_since_the_beginning(store: Store) -> None:
    assert not of(store, since.state(store)).any
    whole = of(store, BEGINNING)
    assert (whole.new, whole.changed, whole.gone_count, whole.since) == (events(ONE, TWO), frozenset(), 0, None)


def test_another_history_has_no_such_state(store: Store, tmp_path: Path) -> None:
    state = since.state(store)
    number = state.partition(".")[0]
    for wrong in (f"{number}.00000000", "999.abcdef01", f"{number}.", "0.12345678"):
        assert since.changed(store, wrong) is None
    with Store(str(tmp_path / "other.sqlite"), create=True) as other:
        other.save(THREE, pipeline="1")
        other.save(THREE, pipeline="2")
        assert since.changed(other, state) is None


def test_events_of_an_article_that_came_are_new(store: Store) -> None:
    state = since.state(store)
    store.save(THREE, pipeline="1", data_set="a")
    found = of(store, state)
    assert (found.new, found.changed, found.gone) == (events(THREE), frozenset(), ())
    assert found.since is not None


def test_an_article_read_anew_tells_what_is_new_otherwise_and_gone(store: Store) -> None:
    state = since.state(store)
    first, second, third = ONE.events
    moved = replace(first, place=BAKHMUT)
    added = replace(second, id="0123456789abcdef", trigger_start=5, trigger_end=9)
    store.save(replace(ONE, events=(moved, second, added)), pipeline="2", data_set="a")
    found = of(store, state)
    assert (found.new, found.changed) == ({added.id}, {first.id})
    assert [(lost.id, lost.place, lost.day, lost.why) for lost in found.gone] == [
        (third.id, "Luhansk", "2015-01-25", READ_ANEW)
    ]
    store.save(ONE, pipeline="3", data_set="a")
    again = of(store, state)
    assert (again.new, again.gone) == (frozenset(), ())


def test_the_same_reading_anew_changes_nothing(store: Store) -> None:
    state = since.state(store)
    store.save(ONE, pipeline="2", data_set="a")
    assert not of(store, state).any


def test_a_title_or_date_set_right_makes_no_new_event(store: Store) -> None:
    """The article then has another digest, and its events other ids."""
    state = since.state(store)
    article = replace(ONE.article, title="Another title")
    renamed = tuple(replace(event, id=f"{event.id[:-1]}x") for event in ONE.events)
    store.save(replace(ONE, article=article, events=renamed), pipeline="1", data_set="a")
    assert not of(store, state).any


def test_removed_articles_are_gone_and_brought_back_they_are_as_before(store: Store) -> None:
    state = since.state(store)
    removed = store.take_out("a")
    found = of(store, state)
    assert {lost.id for lost in found.gone} == events(ONE)
    assert {lost.why for lost in found.gone} == {TAKEN_OUT}
    store.put_back(removed)
    assert not of(store, state).any


def test_what_came_and_went_since_is_neither_new_nor_gone(store: Store) -> None:
    state = since.state(store)
    store.save(THREE, pipeline="1", data_set="c")
    store.remove("c")
    assert not of(store, state).any


def test_corrections_made_undone_done_again_and_restored(store: Store) -> None:
    event = ONE.events[0].id
    before = since.state(store)
    store.correct(event, dates=(date(2015, 1, 24), date(2015, 1, 24)), session="s")
    corrected = since.state(store)
    assert of(store, before).changed == {event}
    store.undo(session="s")
    assert not of(store, before).any
    assert of(store, corrected).changed == {event}
    store.redo(session="s")
    assert not of(store, corrected).any
    store.restore(event, session="s")
    assert of(store, corrected).changed == {event}


def test_what_was_rejected_is_gone_and_restored_it_is_not(store: Store) -> None:
    state = since.state(store)
    event = ONE.events[0].id
    store.correct(event, rejected=True)
    found = of(store, state)
    assert [(lost.id, lost.why) for lost in found.gone] == [(event, REJECTED)]
    assert event not in found.changed
    store.restore(event)
    assert not of(store, state).gone


def test_a_state_is_found_by_its_time(store: Store) -> None:
    now = datetime.now(UTC)
    assert since.state_before(store, now + timedelta(minutes=1)) == since.state(store)
    assert since.state_before(store, now - timedelta(days=1)) == BEGINNING


def test_of_very_many_events_removed_at_once_all_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.store.differing.MOST_TOLD", 2)
    state = since.state(store)
    removed = store.take_out("a")
    found = of(store, state)
    assert (len(found.gone), found.gone_count) == (2, 3)
    store.put_back(removed)
    assert of(store, state).gone_count == 0
