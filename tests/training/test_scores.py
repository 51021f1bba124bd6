from __future__ import annotations

import pytest

from geo.training import scores
from geo.training.corpus import Document, Gold

DOCUMENT = Document(
    "one", "passages", "desk", "Shells fell on Goma and Bukavu.",
    (Gold(15, 19, -1.67, 29.22), Gold(24, 30, -2.5, 28.86)),
)  # fmt: skip


def test_a_name_found_and_put_within_161_km_is_right_end_to_end() -> None:
    counts = scores.count(DOCUMENT, [(15, 19, (29.3, -1.7)), (24, 30, (15.3, -4.3))])
    assert counts.recognition == (1.0, 1.0, 1.0)
    assert counts.resolution == 0.5
    assert counts.end_to_end == (0.5, 0.5, 0.5)
    assert counts.errors == ((24, 30, "wrong place"),)


def test_a_missed_name_counts_as_wrong_and_an_unresolved_one_is_no_false_pin() -> None:
    counts = scores.count(DOCUMENT, [(15, 19, None)])
    assert counts.placed == 0
    assert counts.resolution == 0.0
    assert {kind for *_, kind in counts.errors} == {"unresolved", "missed"}


def test_a_mark_without_a_point_is_left_out_end_to_end() -> None:
    document = Document("one", "c", "s", "Near Xyz.", (Gold(5, 8, None, None),))
    counts = scores.count(document, [(5, 8, (1.0, 2.0))])
    assert (counts.located, counts.placed) == (0, 0)


def test_one_prediction_never_earns_two_marks() -> None:
    assert scores.match([(0, 4), (5, 9)], [(0, 9)]) == [(0, 0)]


def test_the_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    right = scores.count(DOCUMENT, [(15, 19, (29.2, -1.7)), (24, 30, (28.9, -2.5))])
    wrong = scores.count(DOCUMENT, [])
    low, high = scores.interval([right, wrong] * 10, "resolution", draws=100)
    assert low <= 0.5 <= high
    assert (low, high) == scores.interval([right, wrong] * 10, "resolution", draws=100)


def test_distances_are_those_of_a_sphere() -> None:
    assert scores.distance_km((30.52, 50.45), (36.23, 49.99)) == pytest.approx(410, abs=5)
