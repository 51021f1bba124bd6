"""Time expressions found in passages of our own, against what their annotation asks for."""

from __future__ import annotations

from datetime import date

import pytest

from geo.model import TimeSpan
from geo.training import time_scores
from geo.training.gold import GoldDocument, GoldTime
from geo.training.scorecard import Scorecard

TEXT = "It began on Monday and lasted for weeks."
MONDAY = (date(2014, 6, 2), date(2014, 6, 2))
ARTICLE = GoldDocument("a", TEXT, None, times=(GoldTime(12, 18, (MONDAY,)), GoldTime(30, 39, ())))


def span(start: int, end: int, days: tuple[date, date] | None) -> TimeSpan:
    first, last = days or (None, None)
    return TimeSpan(start, end, TEXT[start:end], first, last, "day", "relative")


def test_pairs_share_a_character_and_an_interval_is_right_from_three_fifths_on() -> None:
    found = [span(9, 18, MONDAY), span(34, 39, None), span(0, 2, None)]
    counted = time_scores.count(ARTICLE, found)
    card = Scorecard("c", "times", (counted,), time_scores.FIGURES)
    assert card.value("detection F1") == pytest.approx(0.8)
    assert card.value("normalisation") == 1
    assert counted.errors == (("spurious", "It"),)


def test_errors_are_told_by_class() -> None:
    counted = time_scores.count(ARTICLE, [span(12, 18, (date(2014, 6, 1), date(2014, 6, 4)))])
    assert [kind for kind, _ in counted.errors] == ["wrong interval", "missed"]


@pytest.mark.parametrize(
    ("times", "found", "figures"),
    [
        (ARTICLE.times[:1], [span(9, 18, MONDAY), span(0, 2, MONDAY)], (1, 0)),
        (ARTICLE.times[:1], [span(9, 18, None)], (0, 0)),
        (ARTICLE.times[1:], [span(30, 39, MONDAY)], (0, 0)),
        (ARTICLE.times[1:], [span(30, 39, None)], (0, 1)),
        (ARTICLE.times[1:], [], (0, 1)),
    ],
)
def test_in_a_suite_only_the_marked_expression_counts(
    times: tuple[GoldTime, ...], found: list[TimeSpan], figures: tuple[int, int]
) -> None:
    document = GoldDocument("a", TEXT, None, times=times, partial=True)
    card = Scorecard("c", "times", (time_scores.count(document, found),), time_scores.FIGURES_OF_ONE)
    assert (card.value("right"), card.value("undated left alone")) == figures


def test_the_overlap_of_two_intervals_counts_days() -> None:
    assert time_scores.overlap((date(2014, 6, 1), date(2014, 6, 10)), (date(2014, 6, 6), date(2014, 6, 15))) == 1 / 3
    assert time_scores.overlap(MONDAY, (date(2015, 1, 1), date(2015, 1, 1))) == 0
