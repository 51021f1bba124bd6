from datetime import date

import pytest

from geo.model import EVENT_TYPES, STATUSES
from geo.views import wording


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2015, 1, 26), date(2015, 1, 26), "26 Jan 2015"),
        (date(2015, 1, 25), date(2015, 1, 26), "25–26 Jan 2015"),
        (date(2022, 2, 28), date(2022, 3, 6), "28 Feb – 6 Mar 2022"),
        (date(2015, 12, 30), date(2016, 1, 2), "30 Dec 2015 – 2 Jan 2016"),
        (date(2015, 1, 1), date(2015, 1, 31), "Jan 2015"),
        (date(2020, 2, 1), date(2020, 2, 29), "Feb 2020"),
        (date(2014, 6, 1), date(2014, 8, 31), "Jun–Aug 2014"),
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(1939, 1, 1), date(1945, 12, 31), "1939–1945"),
        (date(2014, 4, 7), date(2022, 2, 23), "Apr 2014 – Feb 2022"),
    ],
)
def test_a_date_is_written_at_the_precision_it_was_reported(start: date, end: date, words: str) -> None:
    assert wording.interval(start, end) == words


def test_every_type_has_a_label_in_the_order_that_holds_everywhere() -> None:
    assert tuple(wording.TYPE_LABELS) == EVENT_TYPES
    assert all(wording.TYPE_LABELS.values())


def test_a_claim_names_who_claims_it() -> None:
    assert wording.status("claimed", "the governor") == "Claimed by the governor"
    assert wording.status("claimed", None) == "Claimed by someone"
    shown = [wording.status(status, None) for status in STATUSES]
    assert shown == ["Reported", "Claimed by someone", "Planned", "Hypothetical", "Denied"]


def test_an_unknown_reason_speaks_for_itself() -> None:
    assert wording.reason("too far away") == ("Too far away", "Too far away")
