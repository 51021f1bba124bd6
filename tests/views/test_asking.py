"""The one search field: what is a place, what are days, what are words."""

from __future__ import annotations

from datetime import date

import pytest

from geo.views import asking, finding
from tests.views.frames import frame

ENTRIES = finding.index(
    frame({}, {"place_id": "g1", "place": "Nova Kakhovka", "place_text": "Nova Kakhovka", "admin1": "Kherson"}),
    names={"UA": "Ukraine"}.__getitem__,
)
JANUARY = (date(2015, 1, 1), date(2015, 1, 31))


@pytest.mark.parametrize(
    ("text", "place", "days", "words"),
    [
        ("Debaltseve January 2015", "Debaltseve", JANUARY, ""),
        ("january 2015 debaltseve", "Debaltseve", JANUARY, ""),
        ("shelling in Debaltseve in January 2015", "Debaltseve", JANUARY, "shelling in"),
        ("Nova Kakhovka, Q1 2015", "Nova Kakhovka", (date(2015, 1, 1), date(2015, 3, 31)), ""),
        ("Ukraine 26.1.2015", "Ukraine", (date(2015, 1, 26), date(2015, 1, 26)), ""),
        ("Debaltseve", "Debaltseve", None, ""),
        ("Debaltseve railway station", None, None, "Debaltseve railway station"),
        ("bridge 2015", None, (date(2015, 1, 1), date(2015, 12, 31)), "bridge"),
        ('"January 2015"', None, None, '"January 2015"'),
        ("may fire", None, None, "may fire"),
        ("", None, None, ""),
    ],
)
def test_a_question_is_taken_apart(text: str, place: str | None, days: tuple[date, date] | None, words: str) -> None:
    asked = asking.read(text, ENTRIES)
    assert (asked.place.label if asked.place else None, asked.days, asked.words) == (place, days, words)


def test_how_it_is_understood_is_offered_where_it_is_more_than_words() -> None:
    (offer,) = asking.suggest("heavy Debaltseve Jan 2015", ENTRIES)
    assert (offer["name"], offer["label"]) == ("search", "Debaltseve · Jan 2015 · “heavy”")
    assert asking.suggest("heavy", ENTRIES) == []
