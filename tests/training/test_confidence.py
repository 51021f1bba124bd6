"""What probabilities are worth is counted, not believed."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="fitting needs scikit-learn")

from geo.training.confidence import Judged, calibration_error, covered, report


def judged(probability: float, right: bool, *, seen: bool = True) -> Judged:
    return Judged(probability, right, placed=True, exact=right, seen=seen)


def test_probabilities_that_are_as_often_right_have_no_error() -> None:
    assert calibration_error([judged(0.75, True)] * 3 + [judged(0.75, False)]) == pytest.approx(0.0)
    assert calibration_error([judged(0.95, False)] * 4) == pytest.approx(0.95)
    assert calibration_error([]) == 0.0


def test_the_unsure_tenth_is_left_out() -> None:
    names = [judged(0.9, True)] * 9 + [judged(0.1, False)]
    assert covered(names) == 1.0
    assert covered(names, 1.0) == pytest.approx(0.9)


def test_the_report_tells_names_never_seen_apart() -> None:
    assert "pairs never seen 0.000 (1)" in report([judged(0.9, True), judged(0.4, False, seen=False)])
