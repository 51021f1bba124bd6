"""Proposals and scenes made by hand: words, neighbours, containment, what was left out, and reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.events.decision import Kept
from geo.events.left_out import left_out
from geo.events.proposals import first_word, propose
from geo.events.reasons import reasons
from geo.events.scene import Places, Scene, holds, openings, same_place, touch
from geo.model import Alternative, Mention, PlaceRef, Usage
from geo.reader.candidates import Candidate
from geo.reader.judgement import Judged, Judgement, TriggerJudged, Word
from geo.text import sentences
from tests.events.test_decision import ALEPPO, HOMS, PROVINCE, scene
from tests.training.test_event_scores import SLOVIANSK, event

SYRIA = PlaceRef("c1", "Syria", "country", 38.5, 35.0, "SY", None, "country")
TYPES = (0.4, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05)
STATUSES = (0.96, 0.01, 0.01, 0.01, 0.01)


def mention(text: str, name: str, place: PlaceRef | None = HOMS, usage: Usage = "literal", **changes) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, usage, place, 0.9, **changes)


def test_what_stands_under_a_heading_of_its_own_is_counted_from_there() -> None:
    text = "LIVE: the war\n16:20 Two killed in Homs\nShells hit Homs. Two died.\nTanks arrive\nThey came by rail."
    assert openings(text, sentences(text)) == [0, 1, 1, 1, 4, 4]
    plain = "Two killed in Homs\nBy a reporter\nShells hit Homs. Two died."
    assert openings(plain, sentences(plain)) == [0, 0, 0, 0]
    assert openings("", ()) == []


def test_words_that_tell_of_each_other_or_stand_elsewhere_are_no_trigger_of_a_place() -> None:
    text = "Homs fell. Shells hit."
    one = Candidate(mention(text, "Homs"), False, 0)
    words = (Word(0, 4, 0.8), Word(11, 17, 0.1), Word(5, 9, 0.05))
    judged = Judged(0.9, 0.9, TYPES, STATUSES, 0.9, (), words)
    (told,) = propose(text, sentences(text), [one], Judgement({0: judged}, ()))
    assert text[slice(*told.trigger)] == "fell"
    assert told.tie.said == 0


@pytest.mark.parametrize(
    ("ranked", "trigger"),
    [(("a", "stormed"), "stormed"), (("was", "a", "stormed"), "stormed"), (("stormed", "a"), "stormed"), (("a",), "a")],
)
def test_a_word_that_tells_nothing_by_itself_is_no_trigger_where_another_is(
    ranked: tuple[str, ...], trigger: str
) -> None:
    text = "Homs, a town on a river, was stormed."
    one = Candidate(mention(text, "Homs"), False, 0)
    words = tuple(
        Word(start, start + len(word), 0.5 - 0.1 * rank)
        for rank, word in enumerate(ranked)
        for start in (text.index(f" {word}") + 1,)
    )
    judged = Judged(0.9, 0.9, TYPES, STATUSES, 0.9, (), words)
    (told,) = propose(text, sentences(text), [one], Judgement({0: judged}, ()))
    assert text[slice(*told.trigger)] == trigger
    assert told.trigger_p == words[ranked.index(trigger)].p


def test_where_no_word_tells_it_the_first_beside_the_place_does() -> None:
    text = "12 hours later Homs lay in ruins."
    one = Candidate(mention(text, "Homs"), False, 0)
    judged = Judged(0.9, 0.9, TYPES, STATUSES, 0.9, (), ())
    (told,) = propose(text, sentences(text), [one], Judgement({0: judged}, ()))
    assert text[slice(*told.trigger)] == "hours"
    alone = Candidate(mention("Homs.", "Homs"), False, 0)
    assert first_word("Homs.", sentences("Homs.")[0], alone) == (0, 4)


def test_a_place_holds_those_of_its_country_and_region() -> None:
    assert holds(scene(SYRIA), scene())
    assert not holds(scene(SYRIA), scene(SYRIA))
    assert holds(scene(PROVINCE), scene())
    assert not holds(scene(PROVINCE), scene(ALEPPO))
    assert not holds(scene(), scene(PROVINCE))
    assert not holds(scene(replace(SYRIA, country_code="IQ")), scene())
    nowhere = replace(scene(), candidate=Candidate(mention("Homs", "Homs", None), False, 0))
    assert not holds(nowhere, scene())


def test_days_that_are_unknown_touch_all() -> None:
    undated = replace(scene(), days=replace(scene().days, start=None, end=None, basis=None))
    assert touch(undated, scene())
    assert touch(scene(), undated)


def test_scenes_of_one_place_are_found_by_name_or_nearness_on_both_sides_of_a_cell() -> None:
    nowhere = replace(scene(), candidate=Candidate(mention("Homs", "Homs", None), False, 0))
    near = scene(replace(HOMS, id="x", name="Waer", lat=HOMS.lat + 0.09))
    places = Places()
    for at, one in enumerate([scene(), nowhere, near, scene(ALEPPO)]):
        places.add(at, one)
    assert places.near(scene(), 4) == [0, 1, 2]
    assert places.near(nowhere, 4) == [0, 1]
    assert places.near(scene(), 1, 1) == [0, 2]
    assert same_place(near, scene())
    assert not same_place(near, nowhere)


def listed(text: str, mentions: list[Mention], *triggers: TriggerJudged, **groups) -> list[tuple[str, str]]:
    given = {"kept": (), "again": (), "doubted": (), "events": (), **groups}
    found = left_out(text, sentences(text), mentions, Judgement({}, triggers), **given)
    return [(one.text, one.reason) for one in found]


def at(text: str, name: str, **changes) -> Scene:
    return replace(scene(), candidate=Candidate(mention(text, name, **changes), False, 0))


def test_every_name_without_a_pin_says_why() -> None:
    text = "Homs, Aleppo, Hama, Idlib, Raqqa and Syrian Daraa."
    mentions = [
        mention(text, "Homs"),
        mention(text, "Aleppo"),
        mention(text, "Hama", None),
        mention(text, "Idlib", offset_km=20.0),
        mention(text, "Raqqa"),
        mention(text, "Syrian", SYRIA, "adjectival"),
        mention(text, "Daraa"),
    ]
    groups = {"kept": (at(text, "Daraa"),), "again": (at(text, "Homs"),), "doubted": (at(text, "Aleppo"),)}
    assert listed(text, mentions, **groups) == [
        ("Homs", "told once"),
        ("Aleppo", "unsure"),
        ("Hama", "unresolved"),
        ("Idlib", "reference"),
        ("Raqqa", "background"),
        ("Syrian", "adjectival"),
    ]


def test_every_word_that_tells_without_a_pin_says_why() -> None:
    text = "Shells fell. Jets came and went."
    fell = TriggerJudged(7, 11, 0.9, TYPES, (), 0.0)
    came, went = replace(fell, start=18, end=22, places=((0, 0.9),)), replace(fell, start=27, end=31, p=0.3)
    assert listed(text, [], fell, came, went) == [("fell", "no place"), ("came", "part of another event")]
    assert listed(text, [], replace(fell, places=((0, 0.4),), nowhere=0.6)) == [("fell", "no place")]
    covered = replace(scene(), proposal=replace(scene().proposal, trigger=(0, 6)))
    assert listed(text, [], fell, came, kept=(covered,)) == [("came", "part of another event")]


@pytest.mark.parametrize(
    ("changes", "why"),
    [({}, None), ({"status": "planned"}, "planned"), ({"date_start": None, "date_end": None}, "no date")],
)
def test_an_event_that_is_no_pin_is_listed_too(changes: dict, why: str | None) -> None:
    told = event(SLOVIANSK, (0, 35), **changes)
    assert listed("Rockets struck Sloviansk on Monday.", [], events=(told,)) == ([("struck", why)] if why else [])


def test_an_event_without_a_place_is_listed() -> None:
    told = event(None, (0, 35))
    assert listed("Rockets struck Sloviansk on Monday.", [], events=(told,)) == [("struck", "unresolved")]


def test_reasons_give_the_probability_and_what_is_particular() -> None:
    plain = scene()
    assert reasons(Kept(plain, 0), "struck", None)[0] == "“struck” is told at Homs (surely, 90%)"
    unsure = replace(plain.proposal, event=0.4, second_p=0.3, type_p=0.5, status="claimed")
    rivals = (Alternative("h2", "Homs, Libya", 13.0, 32.0, 0.3),)
    laid = replace(plain.candidate.mention, lifted=True, reasons=("laid in Homs: why",), alternatives=rivals)
    one = Scene(unsure, replace(plain.candidate, mention=laid), replace(plain.days, reason="dated"))
    assert reasons(Kept(one, 0, (plain, plain)), "struck", "the army") == (
        "“struck” is told at Homs (perhaps, 40%)",
        "laid in Homs: why",
        "Homs, Libya of the same name comes close (30%)",
        "dated",
        "claimed: the army",
        "its kind is not certain: 50%, the next 30%",
        "told again 2 times in this article",
    )
    assert "claimed" in reasons(Kept(one, 0, (plain,)), "struck", None)
    assert reasons(Kept(one, 0, (plain,)), "struck", None)[-1] == "told again 1 time in this article"
