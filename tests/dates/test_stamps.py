"""Datelines and dated heads, from which the words under them count."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dates import find
from geo.dates.stamps import stamps
from geo.model import Published

DAY = date(2022, 3, 14)  # a Monday


def days(text: str) -> dict[str, date | None]:
    return {span.text: span.date_start for span in find(text, Published(DAY, DAY, "supplied"))}


def test_words_under_a_dateline_count_from_it() -> None:
    assert days("KYIV, March 12 (Wire) - Shells fell yesterday.")["yesterday"] == date(2022, 3, 11)


def test_a_dateline_months_from_publication_is_another_story() -> None:
    assert days("KYIV, June 12 (Wire) - Shells fell yesterday.")["yesterday"] == date(2022, 3, 13)


@pytest.mark.parametrize(
    "text",
    [
        "Shelling in Marinka on 12 March - the worst in weeks - went on. It was calm yesterday.",
        "Strikes on Idlib on 12 March killed ten, most of them children. It was calm yesterday.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert not stamps(text, DAY)
    assert days(text)["yesterday"] == date(2022, 3, 13)


def test_each_post_of_a_live_page_counts_from_its_own_head() -> None:
    text = (
        "Live: the war\n\n12 March 2022, 08:40\n\nA drone hit the port this morning.\n\n"
        "10 Mar 10:00\n\nShelling hit the town on Tuesday."
    )
    found = days(text)
    assert found["this morning"] == date(2022, 3, 12)
    assert found["Tuesday"] == date(2022, 3, 8)


def test_an_entry_of_a_diary_dates_its_line_only() -> None:
    text = "1 March: Shells fell overnight.\n\nA corridor was opened yesterday."
    spans = find(text, Published(DAY, DAY, "supplied"))
    assert [span.date_end for span in spans] == [date(2022, 3, 1), date(2022, 3, 1), date(2022, 3, 13)]


def test_an_entry_may_begin_with_a_date_and_a_full_stop() -> None:
    text = "Diary\n\n8 March. A student was shot.\n\n9 March. Crowds gathered. Troops came."
    assert [(stamp.day, stamp.kind) for stamp in stamps(text, DAY)] == [
        (date(2022, 3, 8), "stamp"),
        (date(2022, 3, 9), "stamp"),
    ]
    assert not stamps("He was shot on 8 March. A crowd gathered.", DAY)


def test_entries_under_a_year_are_of_that_year() -> None:
    found = days("Timeline\n\n2012\n\n- 10 December: Rebels took the town.\n\n2013\n\n- 24 March: The capital fell.")
    assert found["10 December"] == date(2012, 12, 10)
    assert found["24 March"] == date(2013, 3, 24)
