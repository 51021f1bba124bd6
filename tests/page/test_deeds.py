"""What clicks change in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.page import deeds
from geo.page.library import Library
from geo.page.session import View
from geo.query import Query
from geo.settings import Settings
from tests.browser import stories


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    library = Library(Settings(store=stories.make_store(tmp_path / "store.sqlite")))
    yield library
    library.store.close()


def row(shelf: Library, place: str) -> dict[str, Any]:
    found = shelf.events()
    return dict(found[found["place"] == place].iloc[0])


def done(shelf: Library, view: View | None = None, **act: Any) -> View:
    return deeds.done(view or View(Query()), act, shelf)


def test_a_correction_is_seen_at_once_undone_and_done_again(shelf: Library) -> None:
    event = row(shelf, "Debaltseve")["id"]
    before = shelf.version()
    view = done(shelf, kind="correct_date", event=event, dates="24 Jan 2015 to 25 Jan 2015", by="Ann")
    assert view.told is not None and view.told.text.startswith("Dated 24–25 Jan 2015.")
    assert view.order == {"n": 1, "event": event, "ghost": None}
    assert shelf.version() != before
    after = row(shelf, "Debaltseve")
    assert (after["id"], after["date_start"].date(), after["corrected"]) == (event, date(2015, 1, 24), "date - by Ann")
    done(shelf, kind="undo")
    assert row(shelf, "Debaltseve")["date_start"].date() == date(2015, 1, 26)
    done(shelf, kind="redo")
    assert row(shelf, "Debaltseve")["date_start"].date() == date(2015, 1, 24)
    done(shelf, kind="restore", event=event)
    assert row(shelf, "Debaltseve")["date_start"].date() == date(2015, 1, 26)


def test_a_rejected_event_leaves_the_map_and_the_next_one_opens(shelf: Library) -> None:
    event = row(shelf, "Luhansk")["id"]
    january = Query(event=event, start=date(2015, 1, 1), end=date(2015, 1, 31))
    listed = [shelf.events()["id"].iloc[at] for at in shelf.listed(january)]
    view = done(shelf, View(january), kind="reject", event=event)
    assert view.query.event == listed[(listed.index(event) + 1) % len(listed)]
    assert event not in set(shelf.events()["id"])
    assert shelf.unplotted_reasons(Query())["rejected by hand"] == 1
    digest = shelf.store.event(event)[0]  # type: ignore[index]  # (the event is stored)
    (rejected,) = shelf.unplotted(Query(), reason="rejected by hand", length=60)
    start = rejected.start
    assert shelf.rejected(digest, start) == event
    done(shelf, kind="restore", event=event)
    assert event in set(shelf.events()["id"])


def test_the_last_event_of_a_list_closes_the_reader_as_it_is_rejected(shelf: Library) -> None:
    event = row(shelf, "Luhansk")["id"]
    alone = Query(event=event, places=("g702658",))
    assert done(shelf, View(alone), kind="reject", event=event).query.event is None


def test_steps_count_from_the_event_that_was_seen_however_many_come_at_once(shelf: Library) -> None:
    ids = [str(shelf.events()["id"].iloc[at]) for at in shelf.listed(Query())]
    view = View(Query(event=ids[0]))
    assert done(shelf, view, kind="step", event=ids[0], by=2).query.event == ids[2]
    assert done(shelf, view, kind="step", event=ids[0], by=-1).query.event == ids[-1]
    for by in (None, "2", 10**9, 1.5):
        assert done(shelf, view, kind="step", event=ids[0], by=by).query.event == ids[0]
    assert done(shelf, view, kind="step", event="nowhere", by=1).query.event == ids[0]


def test_a_question_gives_place_window_and_words(shelf: Library) -> None:
    view = done(shelf, kind="search", q="Debaltseve January 2015")
    assert (view.query.places, view.query.start, view.query.end) == (("g709932",), date(2015, 1, 1), date(2015, 1, 31))
    assert view.query.q == ""
    assert view.order is not None and view.order["flyTo"]["z"] == 9
    words = done(shelf, view, kind="search", q="heavy")
    assert (words.query.q, words.query.places) == ("heavy", ("g709932",))
    assert done(shelf, words, kind="search", q=None).query.q == ""


def test_what_was_not_plotted_follows_window_and_search(shelf: Library) -> None:
    def listed(query: Query) -> list[str]:
        found = [item.reason for item in shelf.unplotted(query, reason=None, length=60)]
        assert len(found) == sum(shelf.unplotted_reasons(query).values())
        return found

    assert listed(Query()) == ["metonym"]
    assert listed(Query(start=date(2015, 1, 1), end=date(2015, 12, 31))) == ["metonym"]
    assert listed(Query(start=date(2020, 1, 1), end=date(2020, 12, 31))) == []
    assert listed(Query(q="heavy")) == ["metonym"]
    assert listed(Query(q="Bakhmut")) == []
    event = row(shelf, "Luhansk")["id"]
    done(shelf, kind="reject", event=event)
    assert shelf.unplotted_reasons(Query(q="heavy")) == {"metonym": 1, "rejected by hand": 1}
    assert shelf.unplotted_reasons(Query(q="Bakhmut")) == {}


def test_an_article_is_found_opened_taken_out_and_brought_back(shelf: Library) -> None:
    first, *_ = shelf.catalogue()
    digest = next(one.digest for one in shelf.catalogue() if one.title == "The battle of Bakhmut")
    assert first.number == max(one.number for one in shelf.catalogue())
    view = done(shelf, View(Query(tab="articles", event="e1")), kind="article", article=digest)
    assert (view.article, view.query.event) == (digest, None)
    assert done(shelf, kind="article", article="nothing").article is None
    gone = done(shelf, view, kind="take_out", article=digest)
    assert gone.told is not None and gone.told.brings_back
    assert digest not in {one.digest for one in shelf.catalogue()}
    assert done(shelf, gone, kind="take_out", article=digest).told.fault  # type: ignore[union-attr]  # (something is told)


def test_two_reports_are_joined_and_taken_apart(shelf: Library) -> None:
    one, other = row(shelf, "Debaltseve")["id"], row(shelf, "Luhansk")["id"]
    done(shelf, kind="same", event=one, other=other)
    assert set(shelf.store.reports(one)["id"]) == {other}
    done(shelf, kind="apart", event=one)
    assert not len(shelf.store.reports(one))


def test_a_type_and_a_note_are_kept_with_the_event(shelf: Library) -> None:
    event = row(shelf, "Debaltseve")["id"]
    done(shelf, kind="correct_type", event=event, type="explosion")
    done(shelf, kind="note", event=event, note="Seen on a photograph.")
    after = row(shelf, "Debaltseve")
    assert (after["type"], after["note"]) == ("explosion", "Seen on a photograph.")


ANN, BEN = View(Query(), key="a1"), View(Query(), key="b2")


def test_everybody_undoes_their_own(shelf: Library) -> None:
    one, other = row(shelf, "Debaltseve")["id"], row(shelf, "Luhansk")["id"]
    ann = done(shelf, ANN, kind="correct_type", event=one, type="riot", by="Ann")
    done(shelf, BEN, kind="correct_type", event=other, type="protest", by="Ben")
    assert shelf.store.steps(session=ann.label)[0] == shelf.store.steps(session=ANN.label)[0] is not None
    assert done(shelf, ann, kind="undo").told.text.startswith("Undone: type of")  # type: ignore[union-attr]  # (something is told)
    assert (row(shelf, "Debaltseve")["type"], row(shelf, "Luhansk")["type"]) == ("battle", "protest")
    assert done(shelf, ann, kind="undo").told.text == "There is nothing of yours to undo."  # type: ignore[union-attr]  # (something is told)
    done(shelf, ann, kind="redo")
    assert row(shelf, "Debaltseve")["type"] == "riot"
    assert [(entry.what, entry.session, entry.by) for entry in shelf.store.journal()][-4:] == [
        ("correct", "page a1", "Ann"),
        ("correct", "page b2", "Ben"),
        ("undo", "page a1", "Ann"),
        ("redo", "page a1", "Ann"),
    ]


def test_undo_refuses_where_somebody_has_changed_the_event_since(shelf: Library) -> None:
    event = row(shelf, "Debaltseve")["id"]
    ann = done(shelf, ANN, kind="correct_type", event=event, type="riot", by="Ann")
    done(shelf, BEN, kind="note", event=event, note="Seen on a photograph.", by="Ben")
    told = done(shelf, ann, kind="undo").told
    assert told is not None and told.fault
    assert told.text.startswith("Ben has changed the same event since on 20")
    assert "Nothing was changed." in told.text
    assert row(shelf, "Debaltseve")["type"] == "riot"


def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(shelf: Library) -> None:
    event = row(shelf, "Debaltseve")["id"]
    before = replace(ANN, seen={event: shelf.store.seen(event)})
    done(shelf, BEN, kind="correct_type", event=event, type="protest", by="Ben")
    for act in ({"kind": "correct_type", "type": "riot"}, {"kind": "reject"}, {"kind": "restore"}):
        told = done(shelf, before, event=event, by="Ann", **act).told
        assert told is not None and told.fault
        assert told.text.startswith("Ben has changed the same event since")
    assert row(shelf, "Debaltseve")["type"] == "protest"
    now = replace(ANN, seen={event: shelf.store.seen(event)})
    done(shelf, now, kind="correct_type", event=event, type="riot", by="Ann")
    # What one did oneself has been seen, however fast the next click comes.
    done(shelf, now, kind="note", event=event, note="x", by="Ann")
    assert (row(shelf, "Debaltseve")["type"], row(shelf, "Debaltseve")["note"]) == ("riot", "x")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ({"kind": "correct_date", "dates": "soon"}, "is no date"),
        ({"kind": "correct_type", "type": "earthquake"}, "no type of event"),
        ({"kind": "correct_place", "lat": "north", "lng": None}, "no point on the map"),
        ({"kind": "remove", "data_set": "nowhere"}, "no data set"),
        ({"kind": "bring_back"}, "nothing to bring back"),
        ({"kind": "note", "event": "gone", "note": "x"}, "not in the store any more"),
        ({"kind": "same", "other": "gone"}, "not in the store any more"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(shelf: Library, act: dict[str, Any], said: str) -> None:
    before = shelf.version()
    view = done(shelf, **({"event": row(shelf, "Debaltseve")["id"]} | act))
    assert view.told is not None and view.told.fault
    assert said in view.told.text
    assert shelf.version() == before


def test_a_data_set_goes_and_comes_back_as_it_was(shelf: Library) -> None:
    name, before = shelf.data_sets()[0]["name"], shelf.events()
    view = done(shelf, kind="remove", data_set=name)
    assert view.told is not None and view.told.brings_back
    assert (len(shelf.events()), shelf.data_sets()) == (0, [])
    view = done(shelf, view, kind="bring_back")
    assert view.removed is None
    assert sorted(shelf.events()["id"]) == sorted(before["id"])


def test_what_a_data_set_brought_is_shown_whole(shelf: Library) -> None:
    view = done(shelf, View(Query(types=("riot",), q="x")), kind="show_set", data_set=shelf.data_sets()[0]["name"])
    assert (view.query.start, view.query.end) == (date(2015, 1, 1), date(2023, 5, 21))
    assert (view.query.types, view.query.q) == (Query().types, "")
    assert view.order is not None and set(view.order["flyTo"]) == {"lat", "lng", "z"}


def test_a_read_only_map_refuses_every_deed(shelf: Library) -> None:
    shut = Library(replace(shelf.settings, read_only=True))
    try:
        event = row(shelf, "Debaltseve")["id"]
        for kind in ("reject", "undo", "remove", "correct_date"):
            view = done(shut, kind=kind, event=event, data_set="articles", dates="2015")
            assert view.told is not None and "read-only" in view.told.text
    finally:
        shut.store.close()


def test_an_embedded_map_refuses_every_deed(shelf: Library) -> None:
    """A frame may lie unseen under what somebody means to click on the page around it."""
    event, framed = row(shelf, "Debaltseve")["id"], View(Query(embed=True))
    before = shelf.version()
    for kind in ("reject", "remove", "correct_date", "take_out", "story_add"):
        view = done(shelf, framed, kind=kind, event=event, data_set="articles", dates="2015", story_title="x")
        assert view.told is not None and "read-only" in view.told.text
    assert shelf.version() == before
