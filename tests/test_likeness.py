"""What two reports share is weighed feature by feature; the weights are read from a table that is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.likeness import model
from geo.likeness.features import FEATURES, row
from geo.likeness.report import Report, told
from geo.model import Event, PlaceRef, content_id
from geo.weights import ModelMissingError, ModelOutdatedError

TOWN = PlaceRef("t1", "Harbour Town", "town", 10.0, 50.0, "AA", "Coast", "town")
FRIDAY = date(2020, 5, 1)


def report(
    text: str, *, published: date | None = FRIDAY, dead: int | None = None, starts: tuple[int, ...] = (), **changes
) -> Report:
    stop = text.find(".") + 1 or len(text)
    own = Event(
        id=content_id(text),
        type="explosion",
        sub_type=None,
        status="reported",
        speaker=None,
        tier="A",
        confidence=0.9,
        reasons=(),
        place=TOWN,
        place_text=TOWN.name,
        date_start=FRIDAY,
        date_end=FRIDAY,
        date_precision="day",
        date_basis="explicit",
        date_text=None,
        trigger=text[:4],
        trigger_start=0,
        trigger_end=4,
        sentence_start=0,
        sentence_end=stop,
        killed_low=dead,
        killed_high=dead,
    )
    event = replace(own, **changes)
    return Report.of(event, told(event, text, starts), article=text, published=published)


def features(one: Report, other: Report) -> dict[str, float]:
    return dict(zip([name for name, _ in FEATURES], row(one, other), strict=True))


def test_what_was_hit_is_one_thing_in_whatever_word() -> None:
    pizzeria = report("A bomber struck a pizzeria in Harbour Town.")
    assert features(pizzeria, report("Fifteen diners died in Harbour Town."))["same thing"] == 1
    assert features(pizzeria, report("A bomb hit a school in Harbour Town."))["other thing"] == 1
    assert features(pizzeria, report("A bomb exploded in Harbour Town."))["other thing"] == 0


def test_the_name_of_the_town_is_no_thing_that_was_hit() -> None:
    assert report("Shots were fired in Harbour Town.").things == frozenset()


def test_other_means_are_told_from_the_same() -> None:
    drone, mortar = report("A drone hit Harbour Town."), report("Mortars hit Harbour Town.")
    assert features(drone, mortar)["other means"] == 1
    assert features(drone, report("Drones hit a depot in Harbour Town."))["same means"] == 1


@pytest.mark.parametrize(
    ("text", "recalls"),
    [
        ("The bombing of Harbour Town killed nine.", True),
        ("Friday's deadly attack on Harbour Town killed nine.", True),
        ("The toll in Harbour Town stands at nine.", True),
        ("A bomb killed nine in Harbour Town.", False),
        ("An attack on Harbour Town killed nine.", False),
    ],
)
def test_a_report_that_speaks_of_the_event_as_known_recalls_it(text, recalls) -> None:
    assert report(text).recalls is recalls


def test_what_follows_the_sentence_tells_of_the_event_until_the_next() -> None:
    text = "A bomb exploded in Harbour Town. It lay in a market stall."
    assert report(text).things == {"market"}
    assert report(text, starts=(0, 33)).things == frozenset()


def test_what_was_published_at_an_unknown_time_is_read_last() -> None:
    text = "A bomb exploded in Harbour Town."
    undated, latest = report(text, published=None), report(text, published=date(2099, 1, 1))
    assert sorted([undated, latest], key=lambda one: one.order) == [latest, undated]


def test_a_toll_that_falls_or_differs_speaks_against() -> None:
    early = report("A bomb killed nine in Harbour Town.", dead=9)
    late = report("A bomb killed two in Harbour Town.", dead=2, published=date(2020, 5, 3))
    assert features(early, late)["toll falls"] == 1
    assert features(early, late)["tolls apart"] > 1
    assert features(early, replace(late, event=early.event))["many dead"] == 1


def test_the_order_of_two_reports_does_not_matter() -> None:
    one = report("A second bomb hit a bus in Harbour Town.", dead=3)
    other = report("The explosion in Harbour Town wounded two.", published=date(2020, 5, 4), wounded_low=2)
    assert row(one, other) == row(other, one)
    assert features(one, other)["only wounded"] == 1
    assert features(one, other)["told apart"] == 1


def test_weights_that_are_not_there_or_of_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"conflict-map train .*incidents"):
        model.weights(tmp_path / "none.csv")
    other = tmp_path / "other.csv"
    other.write_text("feature,weight\nbias,1.0\nsame place,2.0\n")
    with pytest.raises(ModelOutdatedError, match="other features"):
        model.weights(other)


def test_a_probability_is_one() -> None:
    one = report("A car bomb hit the fish market of Harbour Town.")
    assert 0.5 < model.probability(one, report("Twelve died of the car bomb at the fish market of Harbour Town.")) < 1
