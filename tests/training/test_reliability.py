"""The confidence of shown events against how often they are right."""

from __future__ import annotations

import pytest

from geo.training import reliability
from geo.training.scorecard import Scorecard


def card(*documents: list[tuple[float, bool]]) -> Scorecard:
    return Scorecard("c", "confidence", tuple(map(reliability.count, documents)), reliability.FIGURES)


def test_a_confidence_that_is_kept_has_no_error() -> None:
    made = card([(0.75, True), (0.75, True)], [(0.75, True), (0.75, False)])
    assert made.value("calibration error") == 0
    assert made.value("right at 0.7 to 0.8") == 0.75
    assert made.value("right at 0.8 to 0.9") == 0


def test_the_error_is_the_gap_of_each_band_weighed_by_what_it_shows() -> None:
    made = card([(0.95, False), (0.55, True), (0.55, True), (0.55, False)])
    assert made.value("calibration error") == pytest.approx((0.95 + abs(3 * 0.55 - 2)) / 4)
    assert "2/3, said 0.550" in made.report(draws=3)
    assert "4 shown" in made.report(draws=3)


def test_bands_hold_their_lower_bound_and_the_last_one_certainty() -> None:
    made = card([(0.9, True), (1.0, True), (0.0, False), (0.4, True)])
    assert made.value("right at 0.9 to 1.0") == 1
    assert made.value("right at 0.0 to 0.3") == 0
    assert made.value("right at 0.4 to 0.5") == 1


def test_nothing_shown_has_no_error() -> None:
    assert card([]).value("calibration error") == 0
