"""Events found in passages of our own, against what their annotation asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.model import Event, PlaceRef
from geo.training import event_scores
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace
from geo.training.scorecard import Scorecard

TEXT = "Rockets struck Sloviansk on Monday. Officials denied a raid on Lyman. Traders met in Kharkiv."
FIRST, SECOND, THIRD = (0, 35), (36, 69), (70, 93)
MONDAY = date(2014, 6, 2)
SLOVIANSK = PlaceRef("g692372", "Sloviansk", "town", 37.6, 48.85, "UA")
LYMAN = PlaceRef("g1", "Lyman", "town", 37.82, 48.98, "UA")
KHARKIV = PlaceRef("g706483", "Kharkiv", "town", 36.23, 49.99, "UA")


def place(ref: PlaceRef) -> GoldPlace:
    return GoldPlace(ref.name, ref.lon, ref.lat, 10.0, 10.0)


STRIKE = GoldEvent(("explosion",), (place(SLOVIANSK),), (MONDAY, MONDAY), "reported", FIRST, statuses=("reported",))
RAID = GoldEvent(("battle",), (place(LYMAN),), None, "denied", SECOND, statuses=("denied",))
ARTICLE = GoldDocument(
    "a", TEXT, MONDAY, events=(STRIKE, RAID), mentions=(("Sloviansk", 37.6, 48.85), ("Kharkiv", 36.23, 49.99))
)


def event(of: PlaceRef | None, sentence: tuple[int, int], **changes: object) -> Event:
    values = {
        "id": "e", "type": "explosion", "sub_type": None, "status": "reported", "speaker": None, "tier": "A",
        "confidence": 0.9, "reasons": (), "place": of, "place_text": of.name if of else "there",
        "date_start": MONDAY, "date_end": MONDAY, "date_precision": "day", "date_basis": "relative",
        "date_text": "on Monday", "trigger": "struck", "trigger_start": sentence[0], "trigger_end": sentence[0] + 6,
        "sentence_start": sentence[0], "sentence_end": sentence[1],
    }  # fmt: skip
    return Event(**(values | changes))  # type: ignore[arg-type]  # (values by name)


def figures(*found: Event, article: GoldDocument = ARTICLE) -> dict[str, float]:
    card = Scorecard("c", "events", (event_scores.count(article, found),), event_scores.FIGURES)
    return {name: card.value(name) for name in card.figures}


def classes(*found: Event, article: GoldDocument = ARTICLE) -> list[str]:
    return [kind for kind, _ in event_scores.count(article, found).errors]


RIGHT = event(SLOVIANSK, FIRST)


def test_the_asked_event_is_all_that_is_wanted() -> None:
    found = figures(RIGHT)
    assert (found["place, date, type F1"], found["status of matched events"], found["without a fault"]) == (1, 1, 1)
    assert classes(RIGHT) == []


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ((), ["missed"]),
        ((event(KHARKIV, FIRST),), ["wrong place", "false pin"]),
        ((replace(RIGHT, date_start=date(2014, 5, 1), date_end=date(2014, 5, 2)),), ["wrong date", "not asked for"]),
        ((replace(RIGHT, type="protest"),), ["wrong type", "not asked for"]),
        ((RIGHT, replace(RIGHT, id="again")), ["not asked for"]),
        ((RIGHT, event(KHARKIV, THIRD)), ["false pin"]),
        ((RIGHT, event(None, THIRD)), []),
    ],
)
def test_errors_are_told_by_class(found: tuple[Event, ...], kind: list[str]) -> None:
    assert classes(*found) == kind


def test_an_interval_may_be_a_week_longer_than_asked_and_no_more() -> None:
    week = replace(RIGHT, date_start=date(2014, 5, 26))
    assert figures(week)["place, date F1"] == 1
    assert figures(replace(week, date_start=date(2014, 5, 25)))["place, date F1"] == 0


def test_a_denied_event_shown_as_fact_is_a_phantom_and_said_to_be_denied_is_none() -> None:
    raid = event(LYMAN, SECOND, type="battle")
    assert figures(RIGHT, raid)["phantom pins"] == 0.5
    assert classes(RIGHT, raid) == ["phantom pin"]
    denied = replace(raid, status="denied")
    assert figures(RIGHT, denied)["phantom pins"] == 0
    assert figures(RIGHT, denied)["place F1"] == 1


def test_a_pin_at_a_place_that_is_only_named_is_a_bystander() -> None:
    assert figures(RIGHT, event(KHARKIV, THIRD))["bystander pins"] == 0.5


def test_an_optional_event_is_neither_asked_for_nor_held_against_anyone() -> None:
    optional = replace(STRIKE, places=(place(KHARKIV),), sentence=THIRD, optional=True)
    article = replace(ARTICLE, events=(STRIKE, optional))
    assert figures(RIGHT, article=article)["place F1"] == 1
    assert figures(RIGHT, event(KHARKIV, THIRD), article=article)["place F1"] == 1
    assert classes(RIGHT, event(KHARKIV, FIRST), article=article) == ["not asked for"]


def test_a_village_that_lists_lack_may_stay_without_a_place() -> None:
    village = replace(STRIKE, places=(replace(place(LYMAN), or_none=True),))
    assert figures(event(None, FIRST), article=replace(ARTICLE, events=(village,)))["place F1"] == 1


def test_a_passage_without_events_is_disturbed_by_any_pin() -> None:
    quiet = replace(ARTICLE, events=())
    assert figures(article=quiet)["pins where there is nothing"] == 0
    assert figures(RIGHT, article=quiet)["pins where there is nothing"] == 1


def test_a_report_is_about_the_event_on_its_days_at_its_place() -> None:
    report = replace(ARTICLE, events=(STRIKE,))
    assert event_scores.own(report, [event(KHARKIV, THIRD), RIGHT]) == RIGHT
    assert event_scores.own(report, [replace(RIGHT, date_start=None, date_end=None)]) is None
