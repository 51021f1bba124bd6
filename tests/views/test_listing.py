from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.query import Query, Selection, select
from geo.query.view import Sort
from geo.views import listing
from tests.views.frames import frame

WINDOW = Query(start=date(2015, 1, 1), end=date(2015, 1, 31))


def test_what_surely_lies_in_the_window_comes_first_by_date_and_the_rest_under_its_own_heading() -> None:
    events = frame(
        {"date_start": "2014-01-01", "date_end": "2022-02-23"},
        {"date_start": "2015-01-20", "date_end": "2015-01-20"},
        {"date_start": "2015-01-05", "date_end": "2015-01-06"},
        {"date_start": "2016-01-05", "date_end": "2016-01-06"},
    )
    selection = select(events, WINDOW)
    order = listing.order(events, selection, WINDOW)
    rows = listing.rows(events, order, selection, WINDOW)
    assert [row["id"] for row in rows] == ["e1", "e2", "e0"]
    assert [row["heading"] for row in rows] == ["January 2015", "January 2015", "Possibly in the window"]
    oldest = replace(WINDOW, sort="date")
    assert [events["id"].iloc[at] for at in listing.order(events, selection, oldest)] == ["e2", "e1", "e0"]


def test_what_a_search_has_found_in_the_sentence_comes_first_under_its_own_heading() -> None:
    events = frame({"date_start": "2015-01-05", "date_end": "2015-01-05"}, {}, {})
    ranks = np.array([0, 2, 1], dtype=np.int8)
    selection = select(events, WINDOW)
    order = listing.order(events, selection, WINDOW, ranks=ranks)
    rows = listing.rows(events, order, selection, WINDOW, ranks=ranks)
    assert [(row["id"], row["heading"]) for row in rows] == [
        ("e0", "In the sentence itself"),
        ("e2", "In the same paragraph"),
        ("e1", "Elsewhere in the article"),
    ]


def test_a_clicked_mark_narrows_the_list_to_its_places() -> None:
    events = frame({}, {"place_id": "g1", "place": "Elsewhere"})
    selection = select(events, WINDOW)
    assert [events["id"].iloc[i] for i in listing.order(events, selection, WINDOW, marked=("g1",))] == ["e1"]
    assert listing.names(events, ("g1", "g709932")) == "Elsewhere, Debaltseve"


def test_the_neighbours_of_an_event_go_round() -> None:
    events = frame({}, {}, {})
    selection = select(events, WINDOW)
    order = listing.order(events, selection, WINDOW)
    assert listing.neighbours(events, order, "e2") == {"position": "1 of 3", "previous": "e0", "next": "e1"}
    assert listing.neighbours(events, order, "nowhere") == {}


def test_a_long_sentence_is_cut_around_its_trigger() -> None:
    sentence = "word " * 60 + "Fighting " + "tail " * 60
    before, trigger, after = listing.cut_snippet(sentence, "Fighting")
    assert trigger == "Fighting"
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert len(before) + len(after) < 260


def test_a_trigger_is_marked_where_it_is_a_word_of_its_own() -> None:
    assert listing.cut_snippet("Vuhledar, a coal town.", "a") == ("Vuhledar, ", "a", " coal town.")


def test_a_sentence_without_its_trigger_is_still_shown() -> None:
    assert listing.cut_snippet("Nothing here.", "Fighting") == ("Nothing here.", "", "")
    assert listing.cut_snippet("", "") == ("", "", "")


def test_an_unplaced_event_is_listed_under_what_the_article_calls_the_place() -> None:
    events = frame(
        {"place": None, "place_id": None, "place_kind": None, "place_precision": None, "lat": None, "lon": None}
    )
    selection = select(events, WINDOW)
    rows = listing.rows(events, listing.order(events, selection, WINDOW), selection, WINDOW)
    assert rows[0]["place"] == "Debaltseve"


@pytest.mark.parametrize("sort", ["-date", "date"])
def test_the_order_is_by_each_key_in_turn_whatever_the_days(sort: Sort) -> None:
    """The keys are one number: none may run into the next, from the first day of the calendar to its last."""
    chance = np.random.default_rng(7)
    days = np.array(["0001-01-01", "9999-12-31", "1969-12-31", "1970-01-01"] * 3, dtype="datetime64[D]")
    first = np.concatenate([days, np.datetime64("2015-01-01") + chance.integers(0, 90, 400)])
    last = np.minimum(first + chance.choice([0, 1, 20, 31, 32, 400], len(first)), np.datetime64("9999-12-31"))
    frame = pd.DataFrame({"date_start": first.astype("datetime64[s]"), "date_end": last.astype("datetime64[s]")})
    every = np.ones(len(frame), dtype=bool)
    selection = Selection(shown=every, certain=chance.random(len(frame)) < 0.7, undated=~every, filtered=every)
    ranks = chance.integers(0, 5, len(frame)).astype(np.int8)
    turn, rows = (1 if sort == "date" else -1), np.arange(len(frame))
    wide = (last - first).astype(np.int64) > 31
    month = first.astype("datetime64[M]").astype(np.int64)
    keys = (turn * rows, turn * first.astype(np.int64), turn * last.astype(np.int64), wide, turn * month)
    for near in (None, ranks):
        expected = np.lexsort((*keys, ~selection.certain, *(() if near is None else (near,))))
        assert listing.order(frame, selection, Query(sort=sort), ranks=near).tolist() == expected.tolist()
