"""Holidays: fixed days, days that move, and names that only hold a holiday."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from geo.dates import find
from geo.dates.holidays import load_moving_holidays
from geo.lexicon import LexiconError
from geo.model import Published


def first(text: str, day: date) -> date | None:
    span = next(iter(find(text, Published(day, day, "supplied"))), None)
    return span.date_start if span else None


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("A church was bombed on Easter Sunday.", date(2019, 4, 24), date(2019, 4, 21)),
        ("Gunmen struck on Eid al-Fitr.", date(2023, 5, 20), date(2023, 4, 21)),
        ("Gunmen struck on the eve of Eid al-Adha.", date(2014, 10, 20), date(2014, 10, 3)),
        ("The truce will begin on Eid al-Adha.", date(2023, 5, 20), date(2023, 6, 28)),
        ("Police fired on the crowd at Newroz.", date(2008, 4, 2), date(2008, 3, 20)),
        ("Rockets fell on Christmas Day.", date(2012, 1, 9), date(2011, 12, 25)),
        ("A bomb went off on Good Friday 1998.", date(2010, 1, 1), date(1998, 4, 10)),
        ("Shots were fired on Easter Island.", date(2019, 4, 24), None),
        ("Troops took Taha Yassin Ramadan.", date(2003, 8, 20), None),
    ],
)
def test_a_holiday_is_the_one_that_is_meant(text: str, published: date, day: date | None) -> None:
    assert first(text, published) == day


def test_the_days_that_move_come_once_a_year() -> None:
    """Islamic years are eleven days shorter, so that a calendar year may hold two of a feast."""
    for holiday in load_moving_holidays():
        for (one, _), (other, _) in pairwise(holiday.days):
            if one.year + 1 >= other.year:
                assert 340 <= (other - one).days <= 400, holiday.names


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Easter,1,2019-4-21,", "must hold days as YYYY-MM-DD"),
        ("Easter,0,2019-04-21,", "a length of one day or more"),
        (",1,2019-04-21,", "needs a name"),
    ],
)
def test_a_bad_holiday_is_named_by_file_and_line(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "moving.csv"
    path.write_text(f"names,days,first,note\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"moving\.csv:2: .*{fault}"):
        load_moving_holidays(path)
