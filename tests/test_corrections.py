"""What one correction is, and what several of them come to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geo.corrections import LONGEST_NOTE, Amended, Correction, Key, point, precision
from geo.model import PlaceRef
from tests.store.specimens import record

EVENT = record().events[0]
KEY = Key.of("0123456789abcdef", EVENT)
PLACE = PlaceRef("g1", "Svitlodarsk", "town", 38.22, 48.43, "UA", "Donetsk")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"action": "move"}, "action must be one of place, date"),
        ({"action": "place"}, "needs the place"),
        ({"action": "type"}, "type must be one of battle"),
        ({"action": "type", "type": "war"}, "type must be one of battle"),
        ({"action": "date", "date_start": date(2015, 1, 1)}, "both be given or both be empty"),
        ({"action": "date", "date_start": date(2015, 1, 2), "date_end": date(2015, 1, 1)}, "is after date_end"),
        (
            {
                "action": "date",
                "date_start": date(2015, 1, 1),
                "date_end": date(2015, 1, 1),
                "date_precision": "hour",
            },
            "date_precision must be one of day",
        ),
        ({"action": "same_event"}, "needs another event"),
        ({"action": "same_event", "other": KEY}, "needs another event"),
        ({"action": "note", "note": "x" * (LONGEST_NOTE + 1)}, "a note may have 4,000 characters"),
        ({"action": "reject", "by": "x" * 201}, "a name may have 200 characters"),
        ({"action": "reject", "key": KEY._replace(trigger_end=0)}, "trigger_start must be before trigger_end"),
    ],
)
def test_a_correction_refuses_nonsense(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Correction(**({"key": KEY} | fields))


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2015, 1, 1), "day"),
        (date(2015, 1, 7), "week"),
        (date(2015, 1, 31), "month"),
        (date(2015, 3, 31), "season"),
        (date(2015, 12, 31), "year"),
        (date(2024, 12, 31), "decade"),
    ],
)
def test_the_precision_of_an_interval_is_that_of_its_length(last: date, expected: str) -> None:
    assert precision(date(2015, 1, 1), last) == expected


def test_a_point_of_the_map_is_a_place_with_a_name_to_read() -> None:
    clicked = point(-38.2500004, -0.0)
    assert (clicked.name, clicked.precision, clicked.lon, clicked.lat) == ("0.000°N 38.250°W", "point", -38.25, 0.0)
    assert point(1, 2).id != point(1, 2.001).id
    assert point(1, 2, name=" The bridge ").name == "The bridge"
    with pytest.raises(ValueError, match="out of range"):
        point(181, 0)


def test_the_last_of_each_action_counts_and_what_was_not_corrected_stays() -> None:
    made = [
        Correction(KEY, "type", type="riot", by="Ann"),
        Correction(KEY, "place", place=PLACE, by="Ben"),
        Correction(KEY, "type", type="battle", by="Ann"),
        Correction(KEY, "other_event"),
        Correction(KEY, "same_event", other=KEY._replace(place_text="elsewhere")),
    ]
    amended = Amended.summed(made)
    assert amended.words == "place, type, same event - by Ben and Ann"
    event = amended.apply(EVENT)
    assert (event.id, event.type, event.sub_type, event.place) == (EVENT.id, "battle", None, PLACE)
    assert event.reasons == (*EVENT.reasons, "place set by hand by Ben", "type set by hand by Ann")
    assert (event.date_start, event.actor) == (EVENT.date_start, EVENT.actor)


def test_nothing_corrected_changes_nothing() -> None:
    amended = Amended.summed([])
    assert (amended.words, amended.note, amended.rejected, amended.columns()) == (None, None, False, {})
    assert amended.apply(EVENT) == EVENT


def test_equal_changes_are_equal_whoever_made_them() -> None:
    assert Correction(KEY, "reject", by="Ann", made="2026").content == Correction(KEY, "reject").content
    assert Correction(KEY, "note", note="a").content != Correction(KEY, "note", note="b").content
