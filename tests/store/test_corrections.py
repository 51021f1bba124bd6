"""Corrections made by hand: laid over what was read, undone and redone, and outliving every new reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from geo.corrections import REJECTED, point
from geo.model import PlaceRef, Record, content_id
from geo.store import Store, StoreReadOnly
from tests.store.specimens import article, record

SVITLODARSK = PlaceRef("g692372", "Svitlodarsk", "town", 38.22, 48.43, "UA", "Donetsk")
PLACED, UNPLACED = (event.id for event in record().events)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        opened.save(record(), pipeline="1")
        yield opened


def row(store: Store, event: str = PLACED) -> dict[str, object]:
    frame = store.events()
    return dict(frame[frame["id"] == event].to_dict("records")[0])


def test_nothing_is_corrected_at_first(store: Store) -> None:
    assert store.events()[["corrected", "note"]].isna().all(axis=None)
    assert store.corrections() == ()
    assert store.steps() == (None, None)


def test_a_corrected_place_shows_everywhere_under_the_same_id(store: Store) -> None:
    store.correct(PLACED, place=SVITLODARSK, by="Ann")
    shown = row(store)
    assert (shown["place"], shown["place_id"], shown["lat"], shown["lon"]) == ("Svitlodarsk", "g692372", 48.43, 38.22)
    assert (shown["geometry"].x, shown["geometry"].y) == (38.22, 48.43)  # type: ignore[attr-defined]  # (a point)
    assert shown["place_text"] == "Debaltsevo"
    assert shown["corrected"] == "place - by Ann"
    assert shown["reasons"][-1] == "place set by hand by Ann"  # type: ignore[index]  # (a row is there)
    found = store.event(PLACED)
    assert found is not None
    assert found[1].place == SVITLODARSK
    assert store.record(article().digest).events[0].place == SVITLODARSK


def test_an_event_that_had_no_place_and_no_date_gets_both_in_one_step(store: Store) -> None:
    store.correct(UNPLACED, place=point(38.5, 48.25), dates=(date(2015, 1, 25), date(2015, 1, 26)))
    shown = row(store, UNPLACED)
    assert (shown["place"], shown["place_precision"], shown["lat"]) == ("48.250°N 38.500°E", "point", 48.25)
    assert (str(shown["date_end"])[:10], shown["date_precision"], shown["corrected"]) == (
        "2015-01-26",
        "week",
        "place, date",
    )
    assert (store.counts().located, store.counts().dated) == (2, 2)
    assert store.span() == ("2015-01-25", "2015-01-26")
    assert store.undo() == "place, date of 'Shells'"
    assert (store.counts().located, store.counts().dated) == (1, 1)
    assert store.span() == ("2015-01-25", "2015-01-25")


def test_a_corrected_type_loses_the_sub_type_of_the_old_one(store: Store) -> None:
    store.correct(PLACED, type="battle")
    shown = row(store)
    assert shown["type"] == "battle"
    assert shown["sub_type"] != shown["sub_type"]


def test_a_date_can_be_taken_away(store: Store) -> None:
    store.correct(PLACED, dates=(None, None))
    assert store.events()["date_start"].isna().all()
    assert store.span() == (None, None)


def test_a_rejected_event_leaves_the_map_and_is_listed_with_its_reason(store: Store) -> None:
    before = store.counts()
    store.correct(PLACED, rejected=True, by="Ann")
    assert store.events()["id"].tolist() == [UNPLACED]
    rejected = [item for item in store.not_plotted() if item.event]
    assert [(item.event, item.item.text, item.item.reason) for item in rejected] == [(PLACED, "Shelling", REJECTED)]
    assert REJECTED in {item.reason for item in store.record(article().digest).not_plotted}
    assert (store.counts().events, store.counts().not_plotted) == (before.events - 1, before.not_plotted + 1)
    assert store.event(PLACED) is not None
    assert len(store.not_plotted(data_set="nobody's")) == 0
    assert store.restore(PLACED) == 1
    assert store.counts() == before


def test_a_note_is_read_with_the_event_and_does_not_mark_it_as_corrected(store: Store) -> None:
    store.correct(PLACED, note=" =HYPERLINK(1) see the other account ")
    assert row(store)["note"] == "=HYPERLINK(1) see the other account"
    assert store.events()["corrected"].isna().all()
    store.correct(PLACED, note="")
    assert store.events()["note"].isna().all()


def test_the_last_correction_of_a_field_counts_and_undo_brings_the_one_before_back(store: Store) -> None:
    store.correct(PLACED, type="battle", by="Ann")
    store.correct(PLACED, type="riot", by="Ben")
    assert row(store)["corrected"] == "type - by Ben"
    store.undo()
    assert (row(store)["type"], row(store)["corrected"]) == ("battle", "type - by Ann")


def test_undo_and_redo_walk_through_every_step_even_in_a_later_session(place: str) -> None:
    with Store(place, create=True) as store:
        store.save(record(), pipeline="1")
        automatic = store.events()
        store.correct(PLACED, type="battle")
        store.correct(PLACED, place=SVITLODARSK)
        store.restore(PLACED)
        assert store.steps() == ("restore 'Shelling'", None)
    with Store(place) as store:
        assert store.events().equals(automatic)
        assert store.undo() == "restore 'Shelling'"
        assert row(store)["corrected"] == "place, type"
        assert store.undo() == "place of 'Shelling'"
        assert row(store)["corrected"] == "type"
        assert store.undo() == "type of 'Shelling'"
        assert store.undo() is None
        assert store.events().equals(automatic)
        assert [store.redo() for _ in range(4)] == [
            "type of 'Shelling'",
            "place of 'Shelling'",
            "restore 'Shelling'",
            None,
        ]
        assert store.events().equals(automatic)


def test_what_was_undone_cannot_be_redone_after_something_new(store: Store) -> None:
    store.correct(PLACED, type="battle")
    store.restore(PLACED)
    store.undo()
    store.correct(PLACED, note="new")
    assert store.redo() is None
    assert row(store)["type"] == "battle"


def test_corrections_survive_another_version_of_the_rules(store: Store) -> None:
    """Another version takes two words for the trigger, gives another type, and counts events differently."""
    store.correct(PLACED, place=SVITLODARSK)
    first, second = record().events
    longer = replace(
        first, id=content_id("x"), trigger="Shelling went", trigger_end=first.trigger_end + 5, type="battle"
    )
    store.save(replace(record(), events=(second, longer)), pipeline="2")
    shown = row(store, longer.id)
    assert (shown["place"], shown["type"]) == ("Svitlodarsk", "battle")


def test_a_correction_whose_event_vanished_is_kept_and_reported_as_without_event(store: Store) -> None:
    store.correct(PLACED, type="riot", by="Ann")
    store.save(replace(record(), events=record().events[1:]), pipeline="2")
    (standing,) = store.corrections()
    assert (standing.event, standing.trigger, standing.article_id) == (None, "Shelling", "debaltseve")
    assert store.events()["corrected"].isna().all()
    store.save(record(), pipeline="3")
    assert row(store)["corrected"] == "type - by Ann"


def test_corrections_wait_for_an_article_that_was_removed(store: Store) -> None:
    store.correct(PLACED, type="riot")
    store.remove("articles")
    assert [standing.event for standing in store.corrections()] == [None]
    store.save(record(), pipeline="1", data_set="again")
    assert row(store)["type"] == "riot"


def test_corrections_move_with_an_article_that_gets_another_publication_date(store: Store) -> None:
    store.correct(PLACED, type="riot")
    later = record(article(day="2015-01-27"))
    store.save(later, pipeline="1")
    assert row(store, later.events[0].id)["type"] == "riot"


def test_one_of_two_places_of_a_trigger_is_corrected_alone(store: Store) -> None:
    first, _ = record().events
    other = replace(first, id=content_id("y"), place_text="Vuhlehirsk")
    store.save(replace(record(), events=(first, other)), pipeline="2")
    store.correct(first.id, type="battle")
    assert store.events()["type"].tolist() == ["battle", "explosion"]


def test_a_correction_changes_the_version_but_a_failed_one_does_not(store: Store) -> None:
    before = store.version()
    with pytest.raises(ValueError, match="say what to correct"):
        store.correct(PLACED)
    with pytest.raises(KeyError, match="nobody"):
        store.correct("nobody", type="battle")
    with pytest.raises(ValueError, match="is after date_end"):
        store.correct(PLACED, dates=(date(2015, 2, 1), date(2015, 1, 1)))
    with pytest.raises(ValueError, match="joining two reports needs another event"):
        store.correct(PLACED, same_as=PLACED)
    assert store.version() == before
    store.correct(PLACED, type="battle")
    assert store.version() != before


def test_a_read_only_store_shows_corrections_and_refuses_new_ones(place: str) -> None:
    with Store(place, create=True) as store:
        store.save(record(), pipeline="1")
        store.correct(PLACED, type="battle")
    with Store(place, read_only=True) as store:
        assert row(store)["type"] == "battle"
        for change in (
            lambda: store.correct(PLACED, type="riot"),
            lambda: store.restore(PLACED),
            store.undo,
            store.redo,
            lambda: store.add_corrections(()),
        ):
            with pytest.raises(StoreReadOnly, match="Nothing was changed"):
                change()


def test_a_frame_that_was_given_out_is_not_changed_by_a_correction(store: Store) -> None:
    before = store.events()
    kept = before.copy(deep=True)
    store.correct(PLACED, place=SVITLODARSK, type="battle")
    store.events()
    assert before.equals(kept)


def test_a_corrected_frame_has_the_types_of_one_that_is_not(store: Store) -> None:
    before = store.events()
    store.correct(
        PLACED, place=SVITLODARSK, dates=(date(988, 1, 1), date(988, 12, 31)), type="battle", note="n", by="A"
    )
    after = store.events()
    assert after.dtypes.to_dict() == before.dtypes.to_dict()
    assert after["date_start"].dt.year.tolist()[0] == 988
    assert after["date_precision"].tolist()[0] == "year"


def told_twice(store: Store) -> tuple[str, str]:
    """A second article that tells of the same shelling."""
    second: Record = record(article(id="second", title="Another account"))
    store.save(second, pipeline="1")
    return PLACED, second.events[0].id


def test_two_reports_are_joined_parted_and_joined_again(store: Store) -> None:
    one, other = told_twice(store)
    assert store.reports(one).empty
    store.correct(one, same_as=other, by="Ann")
    assert store.reports(one)["id"].tolist() == [other]
    assert store.reports(other)["id"].tolist() == [one]
    incidents = store.events().set_index("id")["incident"]
    assert incidents[one] == incidents[other]
    assert row(store, one)["corrected"] == "same event - by Ann"
    store.correct(other, apart=True)
    assert store.reports(one).empty
    assert row(store, other)["corrected"] == "other event"
    store.correct(other, same_as=one)
    assert store.reports(one)["id"].tolist() == [other]
    store.undo()
    assert store.reports(one).empty


def test_restoring_either_of_two_joined_reports_parts_them(store: Store) -> None:
    one, other = told_twice(store)
    for given_back in (one, other):
        store.correct(one, same_as=other)
        assert store.restore(given_back) == 1
        assert store.reports(one).empty


def test_an_unknown_event_has_no_other_reports(store: Store) -> None:
    assert store.reports("nobody").empty
