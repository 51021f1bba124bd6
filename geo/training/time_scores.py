"""Scores of time expressions: found or not, and of those that were found, dated rightly or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo.model import TimeSpan
from geo.training.gold import GoldDocument, Interval
from geo.training.scorecard import F1, Counted, Share

FIGURES: dict[str, Share | F1] = {
    "detection F1": F1("found", "said", "asked"),
    "normalisation": Share("right", "dated"),
}
# In the suites one expression of each passage is marked, so what else was found is neither right nor wrong.
FIGURES_OF_ONE: dict[str, Share | F1] = {
    "right": Share("right", "dated"),
    "undated left alone": Share("quiet", "undated"),
}
# From this intersection over union, in days, on two intervals are the same.
SAME_INTERVAL = 0.6


def count(document: GoldDocument, found: Sequence[TimeSpan]) -> Counted:
    """Compare the expressions found in an article with those annotated: pairs that share a character, best first."""
    gold = document.times or ()
    if document.partial:
        return _count_one(document, found)
    pairs = sorted(
        (-(min(asked.end, said.end) - max(asked.start, said.start)), i, j)
        for i, asked in enumerate(gold)
        for j, said in enumerate(found)
        if min(asked.end, said.end) > max(asked.start, said.start)
    )
    met: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in met and j not in met.values():
            met[i] = j
    counts = Counter(found=len(met), said=len(found), asked=len(gold))
    errors = []
    for i, asked in enumerate(gold):
        words = document.text[asked.start : asked.end]
        if i not in met:
            errors.append(("missed", words))
        elif asked.readings:
            right = _right(found[met[i]], asked.readings)
            counts["dated"] += 1
            counts["right"] += right
            if not right:
                errors.append(("wrong interval", f"{words} as {_said(found[met[i]])}"))
    errors += [("spurious", said.text) for j, said in enumerate(found) if j not in met.values()]
    return Counted(counts, tuple(errors))


def _count_one(document: GoldDocument, found: Sequence[TimeSpan]) -> Counted:
    (asked,) = document.times or ()
    here = [said for said in found if min(asked.end, said.end) > max(asked.start, said.start)]
    words = document.text[asked.start : asked.end]
    if not asked.readings:
        dated = [said for said in here if said.date_start]
        errors = tuple(("dated for nothing", f"{words} as {_said(said)}") for said in dated)
        return Counted(Counter(undated=1, quiet=not dated), errors)
    right = any(_right(said, asked.readings) for said in here)
    kind = "wrong interval" if here else "missed"
    said = f"{words} as {_said(here[0])}" if here else words
    return Counted(Counter(dated=1, right=right), () if right else ((kind, said),))


def _right(said: TimeSpan, readings: Sequence[Interval]) -> bool:
    if said.date_start is None or said.date_end is None:
        return False
    return any(overlap((said.date_start, said.date_end), reading) >= SAME_INTERVAL for reading in readings)


def overlap(one: Interval, other: Interval) -> float:
    """Give the intersection over union of two closed intervals, in days."""
    both = (min(one[1], other[1]) - max(one[0], other[0])).days + 1
    either = (max(one[1], other[1]) - min(one[0], other[0])).days + 1
    return max(0, both) / either


def _said(span: TimeSpan) -> str:
    return f"{span.date_start} to {span.date_end}" if span.date_start else "nothing"
