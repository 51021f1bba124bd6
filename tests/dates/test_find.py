"""Dated expressions in context, and the days they mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import find
from geo.model import Published

TUESDAY = date(2021, 4, 13)


def on(day: date) -> Published:
    return Published(day, day, "supplied")


def read(text: str, day: date = TUESDAY) -> list[tuple[str, str | None, str | None]]:
    return [
        (span.text, span.date_start and span.date_start.isoformat(), span.date_end and span.date_end.isoformat())
        for span in find(text, on(day))
    ]


CASES = [
    # calendar dates
    ("The bridge fell on 24 February 2022.", "24 February 2022", "2022-02-24", "2022-02-24"),
    ("The bridge fell on February 24, 2022.", "February 24, 2022", "2022-02-24", "2022-02-24"),
    ("The town was taken on the 3rd of May 2016.", "the 3rd of May 2016", "2016-05-03", "2016-05-03"),
    ("Logged 2014-07-17T13:20 by the tower.", "2014-07-17", "2014-07-17", "2014-07-17"),
    ("He was born in March 1999.", "March 1999", "1999-03-01", "1999-03-31"),
    ("It ended in late August 2008.", "late August 2008", "2008-08-21", "2008-08-31"),
    ("The offensive of spring 2018 failed.", "spring 2018", "2018-03-01", "2018-05-31"),
    ("It began in the winter of 2015.", "the winter of 2015", "2015-12-01", "2016-02-29"),
    ("In the 1990s thousands fled.", "the 1990s", "1990-01-01", "1999-12-31"),
    ("In the early 1980s thousands fled.", "the early 1980s", "1980-01-01", "1983-05-02"),
    ("The war of 1992-95 destroyed it.", "1992-95", "1992-01-01", "1995-12-31"),
    (
        "Fighting raged from 27 September to 10 November 2020.",
        "27 September to 10 November 2020",
        "2020-09-27",
        "2020-11-10",
    ),
    ("Fighting raged between March and June 2015.", "March and June 2015", "2015-03-01", "2015-06-30"),
    ("They met on 3-5 May 2020.", "3-5 May 2020", "2020-05-03", "2020-05-05"),
    ("In the first half of November 2019 it rained.", "the first half of November 2019", "2019-11-01", "2019-11-15"),
    # a missing year
    ("Rebels took the town on 7 February.", "7 February", "2021-02-07", "2021-02-07"),
    ("Rebels took the town on 7 November.", "7 November", "2020-11-07", "2020-11-07"),
    ("Leaders will meet on 20 April.", "20 April", "2021-04-20", "2021-04-20"),
    ("Rebels took the town in December.", "December", "2020-12-01", "2020-12-31"),
    ("The vote is due in June.", "June", "2021-06-01", "2021-06-30"),
    ("Troops stayed for February and March.", "March", "2021-03-01", "2021-03-31"),
    ("Shells fell on Tuesday, 6 April.", "Tuesday, 6 April", "2021-04-06", "2021-04-06"),
    # counting from publication
    ("The army said on Tuesday it withdrew.", "Tuesday", "2021-04-13", "2021-04-13"),
    ("The army withdrew on Wednesday.", "Wednesday", "2021-04-07", "2021-04-07"),
    ("The army will withdraw on Wednesday.", "Wednesday", "2021-04-14", "2021-04-14"),
    ("Jets struck the camp last Friday.", "last Friday", "2021-04-09", "2021-04-09"),
    ("Jets struck the camp yesterday.", "yesterday", "2021-04-12", "2021-04-12"),
    ("Jets struck the camp overnight.", "overnight", "2021-04-12", "2021-04-13"),
    ("Jets struck the camp this morning.", "this morning", "2021-04-13", "2021-04-13"),
    ("Jets struck the camp three days ago.", "three days ago", "2021-04-10", "2021-04-10"),
    ("It broke out nearly three years ago.", "nearly three years ago", "2018-01-01", "2018-12-31"),
    ("Two decades ago the state collapsed.", "Two decades ago", "2001-01-01", "2001-12-31"),
    ("Late last month envoys met.", "Late last month", "2021-03-21", "2021-03-31"),
    ("The truce began last week.", "last week", "2021-04-05", "2021-04-11"),
    ("Over the past day 20 shells fell.", "the past day", "2021-04-12", "2021-04-13"),
    ("In the last 24 hours 20 shells fell.", "the last 24 hours", "2021-04-12", "2021-04-13"),
    ("Over the past six or seven months many fled.", "the past six or seven months", "2020-09-13", "2021-04-13"),
    ("Earlier this week police fired.", "Earlier this week", "2021-04-12", "2021-04-13"),
    ("An offensive is expected this spring.", "this spring", "2021-03-01", "2021-05-31"),
    ("The invasion began last February.", "last February", "2021-02-01", "2021-02-28"),
    ("Early next year the jets arrive.", "Early next year", "2022-01-01", "2022-05-02"),
    ("Since the beginning of this year 50 have died.", "Since the beginning of this year", "2021-01-01", "2021-04-13"),
    ("the seven-year conflict goes on", "seven-year", "2014-04-13", "2021-04-13"),
    ("The city has been under siege for three weeks.", "three weeks", "2021-03-23", "2021-04-13"),
    ("The road has been cut since October.", "since October", "2020-10-01", "2021-04-13"),
    ("Last winter the depot burned.", "Last winter", "2020-12-01", "2021-02-28"),
    ("The village was shelled at the weekend.", "the weekend", "2021-04-10", "2021-04-11"),
    ("Twenty years ago this month they fled.", "Twenty years ago this month", "2001-04-01", "2001-04-30"),
    # counting from the date before
    ("The attack came on 1 March 2011. Two days later the city fell.", "Two days later", "2011-03-03", "2011-03-03"),
    ("The attack came on 1 March 2011. The next day the city fell.", "The next day", "2011-03-02", "2011-03-02"),
    ("The coup came on 1 February 2021. The same day flights stopped.", "The same day", "2021-02-01", "2021-02-01"),
    ("They landed on 6 June 1944 and a week later held the port.", "a week later", "1944-06-13", "1944-06-13"),
    # named periods
    ("Seized at the very end of World War Two.", "the very end of World War Two", "1945-08-01", "1945-09-30"),
    ("Built during the Cold War.", "the Cold War", "1947-03-12", "1991-12-26"),
    ("Shot on New Year's Eve.", "New Year's Eve", "2020-12-31", "2020-12-31"),
]


@pytest.mark.parametrize(("text", "phrase", "first", "last"), CASES)
def test_an_expression_means_these_days(text: str, phrase: str, first: str, last: str) -> None:
    found = read(text)
    assert (phrase, first, last) in found


UNDATED = [
    "Every week 1,000 men join.",
    "Shelling is heard every day.",
    "It had been trying for months.",
    "A decades-old dispute.",
]


@pytest.mark.parametrize("text", UNDATED)
def test_a_repeated_time_or_a_bare_duration_has_no_days(text: str) -> None:
    found = read(text)
    assert found
    assert all(first is None for _, first, _ in found)


NOISE = [
    "Some 2000 people fled.",
    "He took bus 1999 home.",
    "The column reached them at 1500 GMT.",
    "A 14-year-old boy was hurt.",
    "He may march on the capital.",
    "The fiscal year 2015 budget grew.",
    "Prices rose to 1,950 pesos.",
    "Prime Minister Theresa May spoke.",
    "Reading Time: 3 minutes",
]


@pytest.mark.parametrize("text", NOISE)
def test_numbers_names_and_clocks_are_no_dates(text: str) -> None:
    assert read(text) == []


def test_an_interval_of_publication_makes_relative_dates_intervals() -> None:
    month = Published(date(2021, 4, 1), date(2021, 4, 30), "inferred")
    (span,) = find("Jets struck the camp yesterday.", month)
    assert (span.date_start, span.date_end) == (date(2021, 3, 31), date(2021, 4, 29))
    assert span.precision == "month"


@pytest.mark.parametrize(
    "published", [None, Published(None, None, "unknown"), Published(date(2020, 1, 1), None, "inferred")]
)
def test_without_a_day_to_count_from_relative_dates_stay_open(published: Published | None) -> None:
    yesterday, day = find("Jets struck yesterday, as on 5 May 2019.", published)
    assert yesterday.date_start is None
    assert day.date_start == date(2019, 5, 5)


@pytest.mark.parametrize("day", [date.min, date(1000, 1, 1), date(2999, 12, 31), date.max])
def test_the_ends_of_the_calendar_do_no_harm(day: date) -> None:
    text = "A thousand years ago, on 9999-12-31 and 0001-01-01, two days later, last Easter, next year, on the 31st. "
    assert all(span.text in text for span in find(text, on(day)))


def test_a_date_broken_over_a_wrapped_line_is_one_expression() -> None:
    text = (
        "Government forces entered the northern district of the city on 24\n"
        "february but left it; they returned on 26 February."
    )
    assert [span.text for span in find(text, on(TUESDAY))][-1] == "26 February"


@given(st.text(max_size=200))
def test_spans_are_in_order_and_say_their_own_text(text: str) -> None:
    spans = find(text, on(TUESDAY))
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
