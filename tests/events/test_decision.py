"""What is told, and told once, by scenes made by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from geo import weights
from geo.events.days import Days
from geo.events.decision import FEATURES, decide, rows, sureness
from geo.events.model import Decision
from geo.events.proposals import Proposal, Tie
from geo.events.scene import Scene
from geo.model import DateBasis, EventType, Mention, PlaceRef, Status
from geo.reader.candidates import Candidate
from geo.text import sentences

HOMS = PlaceRef("h", "Homs", "town", 36.72, 34.73, "SY", "Homs", "town")
ALEPPO = PlaceRef("a", "Aleppo", "town", 37.16, 36.2, "SY", "Aleppo", "town")
PROVINCE = PlaceRef("p", "Homs", "admin1", 38.0, 34.5, "SY", "Homs", "region")
DAY = date(2015, 1, 26)


def scene(
    place: PlaceRef = HOMS,
    *,
    kind: EventType = "explosion",
    sentence: int = 0,
    start: date = DAY,
    basis: DateBasis = "relative",
    status: Status = "reported",
    text: str | None = None,
    lifted: bool = False,
) -> Scene:
    told = Proposal(
        at=0, sentence=sentence, trigger=(0, 3), trigger_p=0.9, event=0.9, required=0.9, type=kind, type_p=0.9,
        second_p=0.05, status=status, shown_p=1.0, times=(), unstated=0.1, tie=Tie(0.9, 0.9, 0.05, 0.05),
    )  # fmt: skip
    one = Candidate(Mention(5, 9, text or place.name, "literal", place, 0.9, lifted=lifted), False, sentence)
    end = start + timedelta(days=2) if basis == "publication" else start
    return Scene(told, one, Days(start, end, "day", basis, None, "", 1.0))


def test_what_is_not_sure_enough_is_not_told() -> None:
    assert decide([scene()], [0.2], 0.4) == ()
    assert [kept.at for kept in decide([scene(ALEPPO), scene()], [0.2, 0.6], 0.4)] == [1]


ONE = [
    (scene(), scene(sentence=3), "the same town, kind and day"),
    (
        scene(start=DAY - timedelta(days=2), basis="publication"),
        scene(),
        "an undated report and a dated one that touch",
    ),
    (
        scene(start=DAY - timedelta(days=2), basis="publication"),
        scene(start=DAY - timedelta(days=6), sentence=2),
        "a headline and what it sums up",
    ),
]


@pytest.mark.parametrize(("one", "other", "why"), ONE)
def test_one_incident_is_told_once(one: Scene, other: Scene, why: str) -> None:
    (kept,) = decide([one, other], [0.8, 0.7], 0.4)
    assert len(kept.again) == 1, why


TWO = [
    (scene(), scene(ALEPPO), "two towns"),
    (scene(), scene(kind="protest"), "two kinds"),
    (scene(), scene(start=DAY - timedelta(days=3)), "two days"),
    (scene(), scene(status="planned"), "told as done and planned"),
    (
        scene(PROVINCE, text="Al Hara", lifted=True),
        scene(PROVINCE, text="Al Mata", lifted=True),
        "two villages that lie in one province",
    ),
    (
        scene(start=DAY - timedelta(days=2), basis="publication", sentence=4),
        scene(start=DAY - timedelta(days=6)),
        "an undated report further down and an earlier one",
    ),
]


@pytest.mark.parametrize(("one", "other", "why"), TWO)
def test_two_incidents_are_told_apart(one: Scene, other: Scene, why: str) -> None:
    assert len(decide([one, other], [0.8, 0.7], 0.4)) == 2, why


def test_what_is_only_planned_is_listed_by_the_readers_own_judgement() -> None:
    planned = scene(status="planned")
    assert sureness([planned, scene()], [0.01, 0.02]) == [0.9, 0.02]
    assert [kept.scene for kept in decide([planned], [0.9], 0.4)] == [planned]


def test_a_dated_report_stands_for_an_undated_one() -> None:
    undated, dated = scene(start=DAY - timedelta(days=2), basis="publication"), scene(sentence=1)
    (kept,) = decide([undated, dated], [0.9, 0.5], 0.4)
    assert kept.scene is dated


def test_every_feature_has_a_number() -> None:
    text = "Shells hit Homs. Shells hit Aleppo. Shells hit Homs again. They left."
    scenes = [scene(), scene(ALEPPO, sentence=1), scene(sentence=2)]
    made = rows(scenes, sentences(text), [one.candidate for one in scenes])
    assert made.shape == (3, len(FEATURES))
    assert np.isfinite(made).all()
    assert rows([], sentences(text), []).shape == (0, len(FEATURES))


def test_the_shipped_decision_gives_probabilities() -> None:
    model = Decision.load()
    assert 0 < model.threshold < 1
    text = "Shells hit Homs. Shells hit Aleppo."
    scenes = [scene(), scene(ALEPPO, sentence=1)]
    made = rows(scenes, sentences(text), [one.candidate for one in scenes])
    for said, length in ((-1.0, 2), (-1.0, 30), (1.0, 30)):
        stands, right = model.judge(made, np.full((2, 4), said, dtype=np.float32), length)
        assert all(0 <= sure <= p <= 1 for p, sure in zip(stands, right, strict=True))
    assert model.judge(rows([], sentences(text), []), np.zeros((0, 4), dtype=np.float32), 2) == ([], [])


def test_weights_for_other_features_are_refused(tmp_path) -> None:
    path = tmp_path / "decision.npz"
    np.savez(path, columns=weights.column_bytes(["something", "else"]))
    with pytest.raises(weights.ModelOutdatedError):
        Decision.load(path)
