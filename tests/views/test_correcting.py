from dataclasses import replace
from datetime import date

from geo.corrections import Correction, Key
from geo.model import PlaceRef
from geo.views import correcting, reading, typed
from tests.views.test_reading import DEBALTSEVE, MENTIONS, event

KEY = Key("a" * 16, 0, 8, "Debaltseve")
BAKHMUT = PlaceRef("g712451", "Bakhmut", "town", 38.0, 48.6, "UA", "Donetsk")


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
    assert typed.interval(hand["days"]) == (date(2015, 1, 21), date(2015, 1, 22))
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
