"""Errors of the strict count by the step of reading that went wrong, by scenes made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from geo.events.decision import Kept
from geo.events.extract import Weighed
from geo.events.scene import Scene
from geo.model import Mention
from geo.reader.candidates import Candidate
from geo.text import sentences
from geo.training.faults import ROOMS, faults
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace
from geo.training.reader.lesson import Seen
from geo.training.reader.scenes import event_of
from tests.events.test_decision import ALEPPO, DAY, HOMS, PROVINCE, scene

TEXT = "Shells fell on Homs and the old bridge. Later they left. Talks may follow in Aleppo."
PARTS = sentences(TEXT)
FIRST, SECOND, THIRD = ((one.start, one.end) for one in PARTS)
HERE = GoldPlace("Homs", HOMS.lon, HOMS.lat, 25, 25)
STRIKE = GoldEvent(("explosion",), (HERE,), (DAY, DAY), "reported", FIRST, statuses=("reported",))
TALKS = GoldEvent(
    ("political",),
    (GoldPlace("Aleppo", ALEPPO.lon, ALEPPO.lat, 25, 25),),
    None,
    "planned",
    THIRD,
    statuses=("planned",),
)


def found(scenes: Sequence[Scene], *kept: int, p: float = 0.45, gold: Sequence[GoldEvent] = (STRIKE,), **more) -> list:
    """Give the classes of the errors where these scenes are proposed and those of them are told."""
    merged = more.get("merged", {})
    told = tuple(Kept(scenes[at], at, tuple(scenes[k] for k in merged.get(at, ()))) for at in kept)
    candidates = tuple(more.get("candidates", [one.candidate for one in scenes]))
    sure = [0.9 if at in kept else p for at in range(len(scenes))]
    weighed = Weighed(PARTS, candidates, tuple(scenes), sure, sure, told, 0.5)
    document = GoldDocument("a", TEXT, DAY, events=tuple(gold))
    seen = Seen("a", TEXT, None, PARTS, candidates, ())
    return [kind for kind, _ in faults(document, weighed, [event_of(seen, scenes[at], 0.9) for at in kept])]


def named(text: str, place=None, *, lifted: bool = False) -> Candidate:
    return Candidate(Mention(16, 20, text, "literal", place, 0.5, lifted=lifted), False, 0)


def missed(why: str, band: str = "") -> str:
    return f"missed: {why}{band} [{ROOMS[why]}]"


def wrong(why: str) -> str:
    return f"wrong pin: {why} [{ROOMS[why]}]"


def test_what_is_told_has_no_fault() -> None:
    assert found([scene()], 0) == []


MISSED = [
    ([scene(ALEPPO, sentence=2)], {}, missed("no candidate at its place")),
    ([], {"candidates": [named("Homs")]}, missed("a name without a place")),
    ([], {"candidates": [named("Homs", PROVINCE, lifted=True)]}, missed("a name laid in an area too far off")),
    ([], {"candidates": [named("Homs", ALEPPO)]}, missed("another place of that name")),
    ([], {"candidates": [named("Homs", HOMS)]}, missed("no event seen there")),
    ([scene(start=DAY - timedelta(days=30))], {}, missed("days")),
    ([scene(status="planned")], {}, missed("only planned or denied")),
    ([scene(kind="protest")], {}, missed("type")),
    ([scene()], {}, missed("not sure enough", ", 0.4 to 0.5")),
]


@pytest.mark.parametrize(("scenes", "more", "why"), MISSED)
def test_a_missed_event_has_the_class_of_the_step_that_lost_it(scenes: list[Scene], more: dict, why: str) -> None:
    assert found(scenes, **more) == [why]


def test_what_was_merged_away_says_so() -> None:
    other = scene(start=DAY - timedelta(days=1), sentence=1)
    assert missed("merged with another") in found([other, scene()], 0, merged={0: (1,)})


def test_two_events_of_one_place_and_sentence_need_two_pins() -> None:
    assert found([scene()], 0, gold=(STRIKE, STRIKE)) == [missed("told as another event there")]


def test_an_event_told_at_its_neighbour_is_one_missed_and_one_wrong() -> None:
    here = [scene(), scene(ALEPPO)]
    why = "another place of the sentence"
    assert found(here, 1) == [missed(why), wrong(why)]


WRONG = [
    (scene(sentence=1), "a sentence without an annotated event"),
    (scene(ALEPPO, sentence=2), "only planned or denied"),
    (scene(start=DAY - timedelta(days=30)), "days"),
    (scene(PROVINCE, text="Homs", lifted=True), "a name laid in an area too far off"),
    (scene(ALEPPO, text="Homs"), "another place of that name"),
    (scene(ALEPPO), "no candidate at its place"),
]


@pytest.mark.parametrize(("one", "why"), WRONG)
def test_a_wrong_pin_has_the_class_of_the_step_that_set_it(one: Scene, why: str) -> None:
    assert wrong(why) in found([one], 0, gold=(STRIKE, TALKS))


def test_mistyped_and_repeated_pins_are_told_apart() -> None:
    assert found([scene(kind="protest")], 0) == [missed("type"), f"mistyped pin: type [{ROOMS['type']}]"]
    assert found([scene(), scene()], 0, 1) == ["repeated pin: told again [geo.events.incident]"]


def test_examples_say_what_was_asked_and_what_came_closest() -> None:
    document = GoldDocument("a", TEXT, DAY, events=(replace(STRIKE, dates=None),))
    weighed = Weighed(PARTS, [scene().candidate], (scene(),), [0.2], [0.1], (), 0.5)
    assert faults(document, weighed, ()) == (
        (missed("not sure enough", ", 0.2 to 0.3"), "explosion Homs any day | She (explosion) Homs 2015-01-26, 20%"),
    )


def test_every_room_that_is_named_can_be_opened() -> None:
    import importlib

    for rooms in ROOMS.values():
        for room in rooms.split(", "):
            assert importlib.import_module(room)
