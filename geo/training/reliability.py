"""Whether the confidence of events can be believed: how many of those shown at .7 to .8 are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.training.scorecard import Counted, Figure, Share

# Confidence is counted in thousandths, as it is stored, so that counts stay whole numbers and add up over documents.
_FINE = 1000
_BANDS = ((0.0, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))


def _band(confidence: float) -> int:
    return max(at for at, (low, _) in enumerate(_BANDS) if confidence >= low)


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """The mean gap, over the shown, between what a band of confidence says and how often it is right.

    Guo et al. 2017, "On calibration of modern neural networks", with the bands of this table.
    """

    def of(self, counts: Mapping[str, int]) -> float:
        """Give the error; 0 where nothing is shown."""
        shown = sum(counts.get(f"shown {at}", 0) for at in range(len(_BANDS)))
        gaps = (abs(counts.get(f"said {at}", 0) / _FINE - counts.get(f"right {at}", 0)) for at in range(len(_BANDS)))
        return sum(gaps) / shown if shown else 0.0

    def basis(self, counts: Mapping[str, int]) -> str:
        """Say over how many."""
        return f"{sum(counts.get(f'shown {at}', 0) for at in range(len(_BANDS)))} shown"


@dataclass(frozen=True, slots=True)
class Band:
    """Of the events shown with a confidence in one band, the share that is right."""

    at: int

    def of(self, counts: Mapping[str, int]) -> float:
        """Give the share; 0 where none is shown."""
        return self._right().of(counts)

    def basis(self, counts: Mapping[str, int]) -> str:
        """Give how many are right, and the mean confidence."""
        shown = counts.get(f"shown {self.at}", 0)
        said = f", said {counts.get(f'said {self.at}', 0) / _FINE / shown:.3f}" if shown else ""
        return self._right().basis(counts) + said

    def _right(self) -> Share:
        return Share(f"right {self.at}", f"shown {self.at}")


FIGURES: dict[str, Figure] = {
    "calibration error": CalibrationError(),
    **{f"right at {low:.1f} to {high:.1f}": Band(at) for at, (low, high) in enumerate(_BANDS)},
}


def count(judged: Iterable[tuple[float, bool]]) -> Counted:
    """Count what is shown of a document by bands of confidence.

    Parameters
    ----------
    judged : iterable of (float, bool)
        The confidence of each shown event, and whether it is right.
    """
    counts: Counter[str] = Counter()
    for confidence, right in judged:
        at = _band(confidence)
        counts[f"shown {at}"] += 1
        counts[f"right {at}"] += right
        counts[f"said {at}"] += round(confidence * _FINE)
    return Counted(counts)
