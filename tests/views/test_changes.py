"""What changed, as the list tells it."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from geo.store.since import REJECTED, Changed, Lost
from geo.views import changes

WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
GONE = (Lost("d", "battle", "Luhansk", None, REJECTED), Lost("e", "protest", "Kyiv", "2015-01-25", REJECTED))
FOUND = Changed(WHEN, frozenset({"a", "copy"}), frozenset({"b"}), GONE, 7)


def test_what_a_copy_tells_again_is_not_counted() -> None:
    counts = changes.counted(FOUND, pd.DataFrame({"id": ["a", "b", "c"]}))
    assert changes.said(counts) == "1 new, 1 changed, 7 removed"
    assert changes.said({"new": 0, "changed": 1200, "removed": 0}) == "1,200 changed"
    assert changes.said({"new": 0}) == "nothing changed"


def test_rows_are_told_new_from_changed() -> None:
    rows = changes.flagged([{"id": "a"}, {"id": "b"}, {"id": "c"}], FOUND)
    assert [row["news"] for row in rows] == ["new", "changed", None]


def test_what_is_gone_is_listed_latest_first_and_the_rest_counted() -> None:
    told = changes.gone(FOUND)
    assert (told["title"], told["more"]) == ("7 removed", "and 5 more")
    assert [(row["place"], row["date"]) for row in told["rows"]] == [("Kyiv", "25 Jan 2015"), ("Luhansk", "no date")]


def test_the_filter_names_the_day_of_its_state() -> None:
    assert changes.label(FOUND) == "New or changed since 24 Nov 2026"
    assert changes.label(Changed(None)) == changes.label(None) == "New or changed"
