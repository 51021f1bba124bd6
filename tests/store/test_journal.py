"""The journal: every change in order, none of which can be changed, taken out or put in unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError

from geo.store import Store, StoreConflict, StoreError, backups, checking, journal, opening
from tests.store import former
from tests.store.specimens import article, record

PLACED, UNPLACED = (event.id for event in record().events)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True, session="ingest") as opened:
        opened.save(record(), pipeline="1")
        yield opened


def test_every_change_is_told_with_its_time_and_its_session(store: Store) -> None:
    store.join([article().digest], data_set="mine")
    store.correct(PLACED, type="battle", note="see the map", by="Ann", session="page a")
    store.undo(session="page a", by="Ann")
    store.redo(session="page a", by="Ann")
    store.restore(PLACED, session="page b")
    removed = store.take_out("mine")
    store.put_back(removed)
    store.remove("articles")
    found = list(store.journal())
    assert [(entry.what, entry.session, entry.by) for entry in found] == [
        ("article", "ingest", ""), ("member", "ingest", ""), ("correct", "page a", "Ann"), ("undo", "page a", "Ann"),
        ("redo", "page a", "Ann"), ("withdraw", "page b", ""), ("remove", "ingest", ""), ("return", "ingest", ""),
        ("remove", "ingest", ""),
    ]  # fmt: skip
    assert journal.fault(found) is None
    assert all(entry.made.endswith("Z") and len(entry.made) == 20 for entry in found)
    assert json.loads(found[0].detail)["article"] == article().digest
    made = json.loads(found[2].detail)["corrections"]
    assert [(one["action"], one.get("type"), one.get("note")) for one in made] == [
        ("type", "battle", None),
        ("note", None, "see the map"),
    ]
    assert [journal.Entry.from_json(entry.to_json()) for entry in found] == found


def test_a_change_that_fails_is_not_told(store: Store) -> None:
    with pytest.raises(KeyError):
        store.correct("nobody", type="battle")
    assert store.undo(session="page a") is None
    assert len(list(store.journal())) == 1


def test_the_journal_can_only_be_added_to(store: Store, place: str) -> None:
    engine = create_engine(opening.address(place))
    for change in ("UPDATE journal SET what = 'x'", "DELETE FROM journal"):
        with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
            connection.exec_driver_sql(change)
    engine.dispose()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda given: [replace(given[0], by="Eve"), *given[1:]], "entry 1 of the journal was changed"),
        (lambda given: [*given[:1], *given[2:]], "entry 2 of the journal is missing"),
        (lambda given: [given[0], replace(given[1], previous=journal.START), given[2]], "entry 2 .* does not follow"),
        (lambda given: [given[0], replace(given[1], detail="{}"), given[2]], "entry 2 of the journal was changed"),
    ],
)
def test_what_was_changed_in_it_is_found(
    store: Store, harm: Callable[[list[journal.Entry]], list[journal.Entry]], says: str
) -> None:
    for kind in ("battle", "riot"):
        store.correct(PLACED, type=kind)  # type: ignore[arg-type]  # (a type by name)
    given = list(store.journal())
    assert journal.fault(given) is None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "entries", lambda connection: harm(given))
        (fault,) = checking.check(store).faults
    assert re.search(says, fault)


@pytest.mark.parametrize("line", ["", "[]", "{}", "1", '{"number": "1"}', "[" * 5000, '{"number": true}'])
def test_a_line_that_is_no_entry_is_refused_in_words(line: str) -> None:
    with pytest.raises(ValueError, match="not an entry of a journal"):
        journal.Entry.from_json(line)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # it is about the file
def test_it_goes_on_over_backups_and_upgrades(store: Store, place: str, tmp_path: Path) -> None:
    backups.backup(place, tmp_path / "b.sqlite")
    store.correct(PLACED, type="battle")
    backups.restore(tmp_path / "b.sqlite", place)
    assert [entry.what for entry in store.journal()] == ["article", "restore"]
    with Store(str(former.make(tmp_path / "old.sqlite", 3))) as old:
        assert [entry.what for entry in old.journal()] == ["upgrade"]
        # A correction that an earlier version made is nobody's to undo: it is taken back by hand.
        assert old.steps(session="page a") == (None, None)
        assert checking.check(old).faults == ()


def test_a_session_does_not_undo_what_another_changed_since(store: Store) -> None:
    store.correct(PLACED, type="battle", by="Ann", session="a")
    store.correct(UNPLACED, note="mine", by="Ben", session="b")
    assert store.undo(session="a") == "type of 'Shelling'"
    store.redo(session="a")
    store.correct(PLACED, note="Look again.", by="Ben", session="b")
    before = store.version()
    with pytest.raises(
        StoreConflict, match=r"Ben has changed the same event since on .*: note of 'Shelling'"
    ) as caught:
        store.undo(session="a")
    assert caught.value.by == "Ben"
    assert store.version() == before
    store.undo(session="b")
    assert store.undo(session="a") == "type of 'Shelling'"
    store.redo(session="b")
    with pytest.raises(StoreConflict):
        store.redo(session="a")


def test_two_events_that_were_joined_are_both_changed(store: Store) -> None:
    second = record(article(id="second", title="Another account"))
    store.save(second, pipeline="1")
    store.correct(PLACED, same_as=second.events[0].id, session="a")
    store.correct(second.events[0].id, type="riot", session="b")
    with pytest.raises(StoreConflict):
        store.undo(session="a")


def test_a_new_step_of_one_forgets_nothing_that_another_undid(store: Store) -> None:
    store.correct(PLACED, type="battle", session="a")
    store.undo(session="a")
    store.correct(UNPLACED, note="mine", session="b")
    assert store.redo(session="a") == "type of 'Shelling'"


def test_what_was_not_seen_is_not_overwritten(store: Store) -> None:
    seen = store.seen(PLACED)
    store.correct(PLACED, type="battle", by="Ben", session="b")
    for change in (
        lambda: store.correct(PLACED, type="riot", session="a", seen=seen),
        lambda: store.restore(PLACED, session="a", seen=seen),
    ):
        with pytest.raises(StoreConflict, match="Ben has changed the same event"):
            change()
    seen = store.seen(PLACED)
    store.undo(session="b")
    with pytest.raises(StoreError):
        store.correct(PLACED, type="riot", session="a", seen=seen)
    store.correct(PLACED, type="riot", session="a", seen=store.seen(PLACED))
    store.correct(PLACED, type="protest", session="a", seen=())


def test_what_one_took_back_oneself_is_no_change_by_another(store: Store) -> None:
    store.correct(PLACED, type="battle", by="Ben", session="b")
    seen = store.seen(PLACED)
    store.restore(PLACED, session="a")
    store.correct(PLACED, type="riot", session="a", seen=seen)
    with pytest.raises(StoreConflict):
        store.correct(PLACED, type="protest", session="b", seen=seen)
