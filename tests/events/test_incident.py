"""Pairs of scenes: which may be one incident, and what is weighed of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from geo.events import incident
from geo.events.decision import decide
from geo.events.model import Decision
from geo.model import PlaceRef
from tests.events.test_decision import ALEPPO, DAY, scene

SUBURB = PlaceRef("s", "Al Waer", "village", 36.68, 34.74, "SY", "Homs", "town")


def test_scenes_may_be_one_incident_at_one_place_only() -> None:
    assert incident.may_be_one(scene(), scene(sentence=2))
    assert incident.may_be_one(scene(), scene(SUBURB))
    assert not incident.may_be_one(scene(), scene(ALEPPO))
    assert not incident.may_be_one(scene(), scene(start=DAY - timedelta(days=3)))


def test_the_order_of_a_pair_does_not_matter() -> None:
    one, other = scene(), scene(SUBURB, sentence=3)
    made = incident.row(one, other)
    assert made == incident.row(other, one)
    assert len(made) == len(incident.FEATURES)
    assert np.isfinite(made).all()
    told = dict(zip(incident.FEATURES, made, strict=True))
    assert told["same_name"] == 0
    assert told["sentences_between"] == 3
    assert 3 < np.expm1(told["km"]) < 6


def test_a_place_that_is_unknown_counts_as_far() -> None:
    one = scene(text="Homs")
    nowhere = replace(one, candidate=replace(one.candidate, mention=replace(one.candidate.mention, place=None)))
    told = dict(zip(incident.FEATURES, incident.row(one, nowhere), strict=True))
    assert told["same_name"] == 1
    assert told["same_entry"] == 0


def test_what_is_held_for_two_incidents_is_told_twice() -> None:
    scenes = [scene(), scene(SUBURB)]
    assert len(decide(scenes, [0.8, 0.7], 0.4)) == 1
    assert len(decide(scenes, [0.8, 0.7], 0.4, lambda ones, other: [0.9] * len(ones))) == 2
    assert len(decide(scenes, [0.8, 0.7], 0.4, lambda ones, other: [0.9] * len(ones), 0.95)) == 1


def test_the_shipped_decision_holds_a_restatement_for_one_incident_sooner_than_a_second_attack() -> None:
    model = Decision.load()
    unneeded = replace(scene(sentence=1), proposal=replace(scene(sentence=1).proposal, required=0.05))
    again, later = (model.apart([scene()], other)[0] for other in (unneeded, scene(sentence=1)))
    assert 0 <= again < later < 0.5
    assert model.apart([scene()], scene(SUBURB, sentence=6))[0] > model.most
    assert model.apart([scene(), unneeded], scene(sentence=1)) == [
        *model.apart([scene()], scene(sentence=1)),
        *model.apart([unneeded], scene(sentence=1)),
    ]
