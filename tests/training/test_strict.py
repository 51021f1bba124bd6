"""Events against their annotation as a careful reader of the map counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geo.model import Event
from geo.training import strict
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace
from geo.training.scorecard import Scorecard
from tests.training.test_event_scores import FIRST, KHARKIV, LYMAN, MONDAY, SECOND, SLOVIANSK, TEXT, THIRD, event

HERE = GoldPlace("Sloviansk", 37.6, 48.85, 50.0, 50.0)
STRIKE = GoldEvent(("explosion", "battle"), (HERE,), (MONDAY, MONDAY), "reported", FIRST, statuses=("reported",))
RAID = GoldEvent(("battle",), (GoldPlace("Lyman", 37.82, 48.98, 50, 50),), None, "denied", SECOND, statuses=("denied",))
AGAIN = GoldEvent(("explosion",), (HERE,), (MONDAY, MONDAY), "reported", THIRD, optional=True, statuses=("reported",))
ARTICLE = GoldDocument("a", TEXT, MONDAY, events=(STRIKE, RAID, AGAIN))


def figures(*found: Event) -> dict[str, float]:
    card = Scorecard("c", "events, strict", (strict.count(ARTICLE, found),), strict.FIGURES)
    return {name: round(card.value(name), 3) for name in card.figures}


def test_the_right_pin_tells_all() -> None:
    got = figures(event(SLOVIANSK, FIRST))
    assert (got["F, strict"], got["told"], got["wrong pins"]) == (1.0, 1.0, 0.0)


def test_an_event_is_told_from_its_restatement_too() -> None:
    assert figures(event(SLOVIANSK, THIRD))["told"] == 1.0


def test_told_twice_is_told_once_and_repeated_once() -> None:
    got = figures(event(SLOVIANSK, FIRST), event(SLOVIANSK, THIRD))
    assert (got["told"], got["repeated pins"], got["told again"], got["wrong pins"]) == (1.0, 0.5, 0.5, 0.0)


def test_two_attacks_on_one_town_and_day_are_two_and_neither_is_told_again() -> None:
    both = replace(ARTICLE, events=(STRIKE, replace(STRIKE, sentence=THIRD)))
    pins = [event(SLOVIANSK, FIRST), event(SLOVIANSK, THIRD)]
    card = Scorecard("c", "events, strict", (strict.count(both, pins),), strict.FIGURES)
    assert (card.value("told"), card.value("repeated pins"), card.value("told again")) == (1.0, 0.5, 0.0)


WRONG = [
    (event(SLOVIANSK, SECOND), "another sentence, in which that happened to nobody"),
    (event(KHARKIV, FIRST), "another town"),
    (event(LYMAN, FIRST), "the next town, 22 km off, is not Sloviansk: reach is 25 km, so it passes"),
    (event(SLOVIANSK, FIRST, date_start=MONDAY - timedelta(days=9), date_end=MONDAY - timedelta(days=8)), "other days"),
    (event(SLOVIANSK, FIRST, date_start=date(2014, 1, 1), date_end=date(2014, 12, 31)), "a whole year for a day"),
    (event(LYMAN, SECOND), "what was denied, told as done"),
]


@pytest.mark.parametrize(("pin", "why"), WRONG)
def test_a_pin_is_wrong_where_place_days_or_sentence_differ(pin: Event, why: str) -> None:
    got = figures(pin)
    near = why.endswith("so it passes")
    assert (got["wrong pins"], got["told"]) == ((0.0, 1.0) if near else (1.0, 0.0)), why


def test_a_wrong_type_is_mistyped_not_wrong() -> None:
    got = figures(event(SLOVIANSK, FIRST, type="protest"))
    assert (got["mistyped pins"], got["wrong pins"], got["told"], got["told but for the type"]) == (1.0, 0.0, 0.0, 1.0)


def test_what_is_planned_or_without_a_place_is_no_pin() -> None:
    got = figures(event(SLOVIANSK, FIRST, status="planned"), event(None, FIRST))
    assert (got["told"], got["wrong pins"]) == (0.0, 0.0)
