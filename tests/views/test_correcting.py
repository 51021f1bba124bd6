from dataclasses import replace
from datetime import date

import pytest

from geo.corrections import Correction, Key
from geo.model import PlaceRef
from geo.views import correcting, reading
from tests.views.test_reading import DEBALTSEVE, MENTIONS, event

KEY = Key("a" * 16, 0, 8, "Debaltseve")
BAKHMUT = PlaceRef("g712451", "Bakhmut", "town", 38.0, 48.6, "UA", "Donetsk")


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("26 Jan 2015", date(2015, 1, 26), date(2015, 1, 26)),
        ("2015-01-26", date(2015, 1, 26), date(2015, 1, 26)),
        ("2015-02", date(2015, 2, 1), date(2015, 2, 28)),
        ("January 2015", date(2015, 1, 1), date(2015, 1, 31)),
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("25 Jan 2015 to 2 Feb 2015", date(2015, 1, 25), date(2015, 2, 2)),
        ("2015-01-25 - 2015-02-02", date(2015, 1, 25), date(2015, 2, 2)),
        ("25–26 Jan 2015", date(2015, 1, 25), date(2015, 1, 26)),
        ("28 Feb – 6 Mar 2022", date(2022, 2, 28), date(2022, 3, 6)),
        ("2014–2016", date(2014, 1, 1), date(2016, 12, 31)),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, start: date, end: date) -> None:
    assert correcting.typed(typed) == (start, end)


@pytest.mark.parametrize("typed", ["", "soon", "31 Feb 2015", "2016 to 2014", "2015-13", "1 2 3", "26 Jam 2015", "to"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="Type one like 26 Jan 2015"):
        correcting.typed(typed)


def test_the_automatic_answer_stands_beside_what_was_set_by_hand() -> None:
    moved = replace(event(), place=BAKHMUT, date_start=date(2015, 1, 21), date_end=date(2015, 1, 22))
    made = [
        Correction(KEY, "place", place=BAKHMUT, by="Ann"),
        Correction(KEY, "date", date_start=date(2015, 1, 21), date_end=date(2015, 1, 22), by="Ann"),
        Correction(KEY, "note", note="Seen on a photograph."),
    ]
    hand = correcting.by_hand(moved, event(), made)
    assert hand["lines"] == [
        {"what": "place", "was": "Debaltseve, Donetsk"},
        {"what": "date", "was": "20 Jan 2015"},
    ]
    assert (hand["by"], hand["note"], hand["any"]) == ("Ann", "Seen on a photograph.", True)
    assert correcting.typed(hand["days"]) == (date(2015, 1, 21), date(2015, 1, 22))
    here, then, *_ = reading.entries(moved, MENTIONS, automatic=event())
    assert here["strong"] == "Placed by hand: Bakhmut, Donetsk, UA."
    assert [place["name"] for place in here["places"]] == ["Debaltseve", "Debal'tsevo"]
    assert not any(place["chosen"] for place in here["places"])
    assert then["strong"] == "Dated by hand: 21–22 Jan 2015."


def test_an_event_nobody_touched_has_nothing_by_hand() -> None:
    hand = correcting.by_hand(event(), event(), [])
    assert not hand["any"]
    assert hand["days"] == "20 Jan 2015"
    assert event().place == DEBALTSEVE
