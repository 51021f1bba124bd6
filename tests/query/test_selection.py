from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.query import Query, holding, select


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Events as the store gives them, each a battle at Debaltseve unless it says otherwise."""
    usual = {
        "type": "battle",
        "status": "reported",
        "tier": "A",
        "source": "brief",
        "place_id": "g709611",
        "country_code": "UA",
        "admin1": "Donetsk",
        "place": "Debaltseve",
        "place_text": "Debaltsevo",
        "title": "Fighting for a railway town",
        "snippet": "Fighting went on around Debaltsevo.",
        "article": "a1",
        "actor": None,
        "actor_kind": "police",
        "target": None,
        "target_kind": None,
        "date_start": None,
        "date_end": None,
        "published_start": None,
        "published_end": None,
    }
    out = pd.DataFrame([usual | row for row in rows])
    for name in ("date_start", "date_end", "published_start", "published_end"):
        out[name] = np.array(out[name], dtype="datetime64[s]")
    return out


def dated(start: str, end: str | None = None) -> dict[str, str]:
    return {"date_start": start, "date_end": end or start}


def test_an_interval_counts_by_overlap_and_certainty_is_told_apart() -> None:
    events = frame(
        dated("2015-01-26"),
        dated("2015-01-01", "2015-03-31"),
        dated("2015-02-01"),
        dated("2015-01-31", "2015-02-01"),
        {},
    )
    chosen = select(events, Query(start=date(2015, 1, 1), end=date(2015, 1, 31)))
    assert chosen.shown.tolist() == [True, True, False, True, False]
    assert chosen.certain.tolist() == [True, False, False, False, False]
    assert chosen.undated.tolist() == [False, False, False, False, True]
    assert chosen.filtered.all()


def test_an_open_window_shows_all_that_is_dated() -> None:
    events = frame(dated("1945-08-18"), dated("2023-09-12"), {})
    assert select(events, Query()).shown.tolist() == [True, True, False]
    assert select(events, Query(start=date(2000, 1, 1))).shown.tolist() == [False, True, False]
    assert select(events, Query(end=date(2000, 1, 1))).shown.tolist() == [True, False, False]


def test_cumulative_mode_takes_all_up_to_the_end() -> None:
    events = frame(dated("1945-08-18"), dated("2015-01-26"), dated("2023-09-12"))
    query = Query(start=date(2015, 1, 1), end=date(2015, 12, 31), mode="cumulative")
    assert select(events, query).shown.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("window", "event", "shown", "certain"),
    [
        (("2020-02-20", "2020-02-26"), ("2014-02-24", "2014-02-24"), True, True),
        (("2020-02-20", "2020-02-26"), ("2014-02-26", "2014-02-28"), True, False),
        (("2020-02-20", "2020-02-26"), ("2014-02-01", "2014-02-28"), False, False),
        (("2020-02-20", "2020-02-26"), ("2014-03-01", "2014-03-01"), False, False),
        (("2020-12-30", "2021-01-02"), ("2014-01-01", "2014-01-01"), True, True),
        (("2020-12-30", "2021-01-02"), ("2014-12-31", "2015-01-02"), True, True),
        (("2020-12-30", "2021-01-02"), ("2014-12-31", "2015-01-04"), True, False),
        (("2020-12-30", "2021-01-02"), ("2014-06-01", "2014-06-01"), False, False),
        (("2020-01-02", "2020-01-05"), ("2014-12-31", "2015-01-02"), True, False),
        (("2020-03-02", "2020-03-05"), ("2014-12-31", "2015-01-02"), False, False),
        (("2019-01-01", "2020-12-31"), ("2014-06-01", "2014-06-01"), False, False),
    ],
)
def test_on_this_day_compares_the_days_of_every_year(
    window: tuple[str, str], event: tuple[str, str], shown: bool, certain: bool
) -> None:
    query = Query(start=date.fromisoformat(window[0]), end=date.fromisoformat(window[1]), mode="day")
    chosen = select(frame(dated(*event)), query)
    assert (bool(chosen.shown[0]), bool(chosen.certain[0])) == (shown, certain)


def test_dates_as_wide_as_the_longest_or_wider_are_left_out_and_no_date_is_no_wide_one() -> None:
    events = frame(dated("2015-01-26"), dated("2015-01-01", "2015-01-31"), {})
    chosen = select(events, Query(longest=30))
    assert (chosen.shown.tolist(), chosen.undated.tolist()) == ([True, False, False], [False, False, True])


def test_the_reported_axis_uses_the_publication_date() -> None:
    events = frame(dated("1945-08-18") | {"published_start": "2023-09-12", "published_end": "2023-09-12"})
    window = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
    assert not select(events, Query(**window)).shown[0]
    assert select(events, Query(**window, axis="reported")).shown[0]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (Query(types=("battle",)), [True, False, True]),
        (Query(types=()), [False, False, False]),
        (Query(status=("claimed",)), [False, False, True]),
        (Query(tiers=("B",)), [False, True, False]),
        (Query(sources=("wire",)), [False, True, False]),
        (Query(actors=("Russian forces",)), [False, True, False]),
        (Query(actors=("police", "protesters")), [True, True, True]),
        (Query(places=("AZ",)), [False, True, False]),
        (Query(places=("UA/Donetsk",)), [True, False, True]),
        (Query(places=("g709611", "AZ")), [True, True, True]),
        (Query(q="debaltseve RAILWAY"), [True, False, True]),
        (Query(q="(unclosed["), [False, False, False]),
    ],
)
def test_filters_compose_with_the_window(query: Query, shown: list[bool]) -> None:
    elsewhere = {
        "type": "protest",
        "tier": "B",
        "source": "wire",
        "place_id": "g587084",
        "country_code": "AZ",
        "admin1": None,
        "place": "Baku",
        "place_text": "Baku",
        "title": None,
        "snippet": "A rally was held in Baku.",
        "article": "a2",
        "actor": "Russian forces",
        "actor_kind": "state_forces",
        "target": "a crowd",
        "target_kind": "protesters",
    }
    events = frame(dated("2015-01-26"), dated("2020-11-10") | elsewhere, dated("2015-02-02") | {"status": "claimed"})
    assert select(events, query).shown.tolist() == shown


def test_an_article_found_by_full_text_brings_its_events() -> None:
    events = frame(dated("2015-01-26"), dated("2015-01-27") | {"article": "a2"})
    assert select(events, Query(q="locomotive"), articles={"a2"}).shown.tolist() == [False, True]


def test_a_denied_event_is_hidden_unless_asked_for() -> None:
    events = frame(dated("2015-01-26") | {"status": "denied"})
    assert not select(events, Query(status=("reported", "claimed"))).shown[0]
    assert not select(events, Query()).shown[0]
    assert select(events, Query(status=("denied",))).shown[0]


def test_an_empty_frame_gives_empty_masks() -> None:
    empty = frame({}).iloc[:0]
    assert len(select(empty, Query(q="x", places=("UA",), start=date(2015, 1, 1))).shown) == 0


def test_words_are_looked_for_in_all_columns_together_and_in_every_row_of_a_long_frame() -> None:
    """A long frame is looked through by stretches: rows on both sides of an edge are found, and none beside them."""
    rows = 250_000
    told, places = ["Nothing new"] * rows, pd.Series([None] * rows, dtype="str")
    for row in (0, 99_999, 100_000, 249_999):
        told[row], places[row] = "SHELLING at dawn", "Aleppo"
    told[7] = "Shelling elsewhere"
    frame = pd.DataFrame({"snippet": pd.Series(told, dtype="str"), "place": places})
    found = holding(frame, "aleppo shelling", ("snippet", "place"))
    assert np.flatnonzero(found).tolist() == [0, 99_999, 100_000, 249_999]
    assert holding(frame, "", ("snippet", "place")).all()
