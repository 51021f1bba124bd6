"""Dates of corrections and of the search."""

from __future__ import annotations

from datetime import date

import pytest

from geo.views import typed
from tests.views.dates import BY_COUNTRY, PERIODS, REFUSED


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_a_day_month_quarter_or_year_is_read_as_people_type_it(text: str, first: str, last: str) -> None:
    assert typed.period(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert typed.interval(text) == typed.period(text)


def test_where_two_readings_are_dates_the_country_decides() -> None:
    text, day_first, month_first = BY_COUNTRY
    assert typed.period(text) == (date.fromisoformat(day_first),) * 2
    assert typed.period(text, month_first=True) == (date.fromisoformat(month_first),) * 2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("25 Jan 2015 to 2 Feb 2015", date(2015, 1, 25), date(2015, 2, 2)),
        ("2015-01-25 - 2015-02-02", date(2015, 1, 25), date(2015, 2, 2)),
        ("25–26 Jan 2015", date(2015, 1, 25), date(2015, 1, 26)),
        ("28 Feb – 6 Mar 2022", date(2022, 2, 28), date(2022, 3, 6)),
        ("2014–2016", date(2014, 1, 1), date(2016, 12, 31)),
        ("Q1 2022 until Q3 2022", date(2022, 1, 1), date(2022, 9, 30)),
        ("31.12.2022 to 1.1.2023", date(2022, 12, 31), date(2023, 1, 1)),
    ],
)
def test_two_dates_make_an_interval(text: str, first: date, last: date) -> None:
    assert typed.interval(text) == (first, last)


@pytest.mark.parametrize("text", [*(text for text, _ in REFUSED), "2016 to 2014", "to", "1 to 2 to 3"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    assert typed.period(text) is None
    with pytest.raises(ValueError, match="Type one like 26 Jan 2015"):
        typed.interval(text)
