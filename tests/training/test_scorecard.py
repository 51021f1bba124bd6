"""Intervals by story, and the errors of a report."""

from __future__ import annotations

import pytest

from geo.training.scorecard import Counted, Scorecard, Share, middle

RIGHT, WRONG = Counted({"right": 1, "all": 1}), Counted({"all": 1}, (("missed", "a shelling of Homs"),))
FIGURES = {"share": Share("right", "all")}


def width(stories: tuple[int, ...]) -> float:
    low, high = Scorecard(
        "c", "w", (RIGHT, RIGHT, RIGHT, RIGHT, WRONG, WRONG, WRONG, WRONG), FIGURES, stories
    ).interval("share")
    return high - low


def test_articles_on_few_stories_say_less_than_as_many_on_their_own() -> None:
    assert width((0, 0, 0, 0, 1, 1, 1, 1)) == 1.0
    assert width(()) < 0.8
    assert width(()) == width(tuple(range(8)))


def test_every_document_must_have_its_story() -> None:
    with pytest.raises(ValueError, match="argument 2 is longer"):
        width((0, 1))


def test_the_same_stories_are_drawn_for_two_cards() -> None:
    one = Scorecard("c", "w", (RIGHT, WRONG), FIGURES, (0, 1))
    other = Scorecard("c", "w", (WRONG, RIGHT), FIGURES, (0, 1))
    both = zip(one.drawn(20), other.drawn(20), strict=True)
    assert all(a["right"] + b["right"] == a["all"] for a, b in both)


def test_the_report_counts_stories_and_errors_and_gives_examples_where_asked() -> None:
    card = Scorecard("c", "w", (RIGHT, WRONG, WRONG), FIGURES, (0, 1, 1))
    said = card.report(draws=5)
    assert said.startswith("c, w: 3 documents on 2 stories\n")
    assert "  missed: 2" in said
    assert "Homs" not in said
    assert card.report(draws=5, verbose=True).count("\n    a shelling of Homs") == 2


def test_the_middle_leaves_a_fortieth_out_at_either_end() -> None:
    assert middle([float(x) for x in range(201)]) == (5.0, 195.0)
