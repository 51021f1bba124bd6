"""The steps of reading, room by room, for those who look for what went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from geo.events.decision import Kept
from geo.events.explain import explain
from geo.events.extract import Weighed
from geo.events.scene import Scene
from geo.model import Alternative
from geo.text import sentences
from tests.events.test_decision import ALEPPO, DAY, scene

TEXT = "Shells hit Homs. Shells hit Aleppo. Shells hit Homs again."


def said_of(scenes: list[Scene], kept: tuple[Kept, ...]) -> list[str]:
    stands, right = [0.8] * len(scenes), [0.7] * len(scenes)
    parts = sentences(TEXT)
    weighed = Weighed(parts, [one.candidate for one in scenes], tuple(scenes), stands, right, kept, 0.5)
    return explain(TEXT, weighed).splitlines()


def test_each_event_tells_its_rooms_in_the_order_of_reading() -> None:
    lines = said_of([scene()], (Kept(scene(), 0),))
    assert lines[0] == "“She” at Homs, sentence 1 (explosion): told"
    assert [line.split()[0] for line in lines[1:]] == [
        "geo.reader.candidates",
        "geo.resolve",
        "geo.reader.judgement",
        "geo.events.proposals",
        "geo.events.days",
        "geo.events.decision",
    ]
    assert lines[2].endswith("Homs (town) 0.90")
    assert lines[-1].endswith("place and days right 0.80, told from 0.50; type right too 0.70")


def test_what_is_not_told_says_whether_another_stands_for_it() -> None:
    first, again, other = scene(), scene(sentence=2), scene(ALEPPO, sentence=1)
    lines = said_of([first, other, again], (Kept(first, 0, (again,)),))
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads[1] == "“She” at Aleppo, sentence 2 (explosion): not told"
    assert heads[2] == "“She” at Homs, sentence 3 (explosion): merged with “She” at Homs, sentence 1 (explosion)"
    assert "  geo.events.incident    told again by “She” at Homs, sentence 3 (explosion)" in lines


def test_what_is_particular_about_a_place_or_a_standing_is_told() -> None:
    plain = scene(status="planned", basis="publication", start=DAY - timedelta(days=2))
    rivals = (Alternative("h2", "Homs, Libya", 13.0, 32.0, 0.3), Alternative("h3", "Hims", 1.0, 2.0, 0.1))
    mention = replace(plain.candidate.mention, lifted=True, alternatives=rivals)
    lifted = replace(plain, candidate=replace(plain.candidate, mention=mention, doubtful=True))
    lines = said_of([lifted], ())
    assert lines[1].endswith("name that is more likely none “s hi”, literal")
    assert lines[2].endswith("Homs (town) 0.90; next Homs, Libya 0.30, laid in an area")
    assert lines[-1].endswith("planned: listed, never a pin (0.80)")
    nowhere = replace(lifted.candidate.mention, place=None, lifted=False, alternatives=())
    undated = replace(lifted.days, start=None, end=None, basis=None, reason="nothing says when")
    noun = replace(lifted.candidate, mention=nowhere, nominal=True)
    lines = said_of([Scene(lifted.proposal, noun, undated)], ())
    assert lines[1].endswith("noun “s hi”, literal")
    assert lines[2].endswith("no place")
    assert lines[5].endswith("no date 1.00 (none): nothing says when")
