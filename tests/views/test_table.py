from dataclasses import replace
from datetime import date

import pytest

from geo.query import Query, select
from geo.views import table
from tests.views.frames import frame

WINDOW = Query(start=date(2015, 1, 1), end=date(2015, 12, 31))
EVENTS = frame(
    {"place": "Zhytomyr", "date_start": "2015-03-01", "date_end": "2015-03-01", "killed_low": 3, "killed_high": 3},
    {"place": None, "place_text": "a village", "date_start": "2015-01-05", "date_end": "2015-01-05", "type": "protest"},
    {"place": "bakhmut", "date_start": "2015-02-01", "date_end": "2015-02-28", "source": None, "killed_low": 12},
    {"place": "Out of the window", "date_start": "2016-02-01", "date_end": "2016-02-28"},
)


def ids(sort: str) -> list[str]:
    query = replace(WINDOW, sort=sort)
    return [str(EVENTS["id"].iloc[row]) for row in table.order(EVENTS, select(EVENTS, query), query)]


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("date", ["e1", "e2", "e0"]),
        ("-date", ["e0", "e2", "e1"]),
        ("place", ["e1", "e2", "e0"]),
        ("-place", ["e0", "e2", "e1"]),
        ("type", ["e2", "e0", "e1"]),
        ("killed", ["e0", "e2", "e1"]),
        ("-killed", ["e2", "e0", "e1"]),
        ("source", ["e1", "e0", "e2"]),
        ("-source", ["e1", "e0", "e2"]),
    ],
)
def test_a_column_orders_the_rows_both_ways_and_what_lacks_it_comes_last(sort: str, wanted: list[str]) -> None:
    assert ids(sort) == wanted


def test_a_row_gives_figures_as_the_article_does() -> None:
    selection = select(EVENTS, WINDOW)
    rows = table.rows(EVENTS, table.order(EVENTS, selection, WINDOW), selection, WINDOW)
    assert [row["killed"] for row in rows] == [("3", "3"), ("12+", "12 or more"), ("", "")]
    assert [row["source"] for row in rows] == ["A wire", "no source given", "A wire"]
    assert rows[-1]["place"] == "a village"
