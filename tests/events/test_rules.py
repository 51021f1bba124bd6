"""Rules and inputs switched off one at a time: each changes what it is for, and nothing is left without a name."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest

from geo.dates import find
from geo.events.days import days
from geo.events.decision import FEATURES, decide, without
from geo.events.extract import read, scenes
from geo.events.rules import ABLATIONS, ALL, Rules
from geo.events.scene import Scene
from geo.model import Mention, PlaceRef
from geo.reader.candidates import Candidate
from geo.reader.judgement import Judged, Judgement, Word
from geo.text import sentences
from tests.events.test_days import DAY as MONDAY
from tests.events.test_days import PLAIN, PUBLISHED, homs, told
from tests.events.test_decision import ALEPPO, DAY, HOMS, PROVINCE, scene

CRIMEA = PlaceRef("r1", "Crimea", "admin1", 34.3, 45.2, "UA", "Crimea", "region")


def test_every_switch_and_every_input_has_a_name_and_a_purpose() -> None:
    switched = [field.name for field in fields(Rules) for one in ABLATIONS if getattr(one.without, field.name) is False]
    assert sorted(switched) == sorted(field.name for field in fields(Rules) if field.name != "unseen")
    assert {name for one in ABLATIONS for name in one.without.unseen} <= set(FEATURES)
    assert len({one.name for one in ABLATIONS}) == len(ABLATIONS)
    assert all(one.purpose and one.without != ALL for one in ABLATIONS)


def test_only_what_changes_the_candidates_asks_for_another_judgement() -> None:
    assert ALL.same_candidates
    assert not Rules(nominals=False).same_candidates
    assert {one.name for one in ABLATIONS if not one.without.same_candidates} == {"lifting", "nominals", "doubtful"}


def test_without_merging_each_telling_is_a_pin() -> None:
    twice = [scene(), scene(sentence=3)]
    assert len(decide(twice, [0.8, 0.7], 0.4)) == 1
    assert len(decide(twice, [0.8, 0.7], 0.4, rules=Rules(merging=False))) == 2


def test_without_the_judgement_of_pairs_what_may_be_one_is_one() -> None:
    twice = [scene(), scene(sentence=3)]
    assert len(decide(twice, [0.8, 0.7], 0.4, lambda ones, other: [0.9] * len(ones))) == 2
    assert len(decide(twice, [0.8, 0.7], 0.4, lambda ones, other: [0.9] * len(ones), rules=Rules(two=False))) == 1


def test_without_the_rule_of_headlines_one_is_a_pin_beside_its_lead() -> None:
    head = scene(start=DAY - timedelta(days=2), basis="publication")
    lead = scene(start=DAY - timedelta(days=6), sentence=2)
    assert len(decide([head, lead], [0.8, 0.7], 0.4)) == 1
    assert len(decide([head, lead], [0.8, 0.7], 0.4, rules=Rules(headline=False))) == 2


def at(one: PlaceRef, start: int, **said: object) -> Scene:
    mention = replace(Mention(start, start + 4, one.name, "literal", one, 0.9), **said)  # type: ignore[arg-type]  # (by name)
    return replace(scene(one), candidate=Candidate(mention, False, 0))


def test_the_wider_place_of_a_place_is_dropped_for_the_surer_or_kept_without_the_rule() -> None:
    inner, outer = at(HOMS, 5), at(PROVINCE, 10)
    (kept,) = decide([inner, outer], [0.7, 0.75], 0.4)
    assert (kept.scene, kept.again) == (inner, (outer,))
    (kept,) = decide([inner, outer], [0.5, 0.9], 0.4)
    assert (kept.scene, kept.again) == (outer, (inner,))
    assert len(decide([inner, outer], [0.7, 0.75], 0.4, rules=Rules(locators=False))) == 2


@pytest.mark.parametrize(
    ("first", "second", "told", "why"),
    [
        (at(HOMS, 5, within=40), at(ALEPPO, 40), ["Homs"], "a village near a town"),
        (at(HOMS, 5), at(ALEPPO, 40), ["Homs", "Aleppo"], "two towns that one word tells of"),
        (at(PROVINCE, 5), at(HOMS, 40), ["Homs"], "In Homs province, they shelled Homs"),
        (
            at(PROVINCE, 5, lifted=True, text="Zara"),
            at(HOMS, 40),
            ["Zara", "Homs"],
            "a village laid in a province is no province",
        ),
        (at(HOMS, 5, within=90), at(ALEPPO, 40), ["Homs", "Aleppo"], "what lies near a third place"),
    ],
)
def test_what_only_says_where_a_place_lies_is_no_second_place(
    first: Scene, second: Scene, told: list[str], why: str
) -> None:
    kept = decide([first, second], [0.8, 0.7], 0.4)
    assert [one.scene.candidate.text for one in kept] == told, why


def test_what_only_says_where_a_place_lies_has_no_days_of_its_own() -> None:
    other = at(ALEPPO, 40)
    earlier = replace(other, days=replace(other.days, start=DAY - timedelta(days=700), end=DAY - timedelta(days=700)))
    (kept,) = decide([at(HOMS, 5, within=40), earlier], [0.8, 0.7], 0.4)
    assert kept.scene.candidate.text == "Homs"


def test_what_only_says_where_a_place_lies_may_have_an_event_of_its_own() -> None:
    other = at(ALEPPO, 40)
    protest = replace(other, proposal=replace(other.proposal, type="protest"))
    assert len(decide([at(HOMS, 5, within=40), protest], [0.8, 0.7], 0.4)) == 2


def test_without_the_bound_what_is_past_may_lie_after_publication() -> None:
    text = "Shells fell on Homs; an election is due on 3 March 2015."
    when = days(
        told(text),
        sentences(text),
        find(text, PUBLISHED),
        PUBLISHED,
        text=text,
        place=homs(text),
        rules=Rules(not_later=False),
    )
    assert when.start == date(2015, 3, 3)


def test_without_where_they_stand_the_readers_opinion_of_expressions_decides() -> None:
    text = "On Saturday shops opened. Shells fell on Homs on Sunday."
    times = find(text, PUBLISHED)
    given = replace(PLAIN, sentence=1, times=((0, 0.5), (1, 0.4)), unstated=0.1)
    seen = (given, sentences(text), times, PUBLISHED)
    assert days(*seen, text=text, place=homs(text)).text == "Sunday"
    off = Rules(standing=False, clauses=False)
    assert days(*seen, text=text, place=homs(text), rules=off).text == "Saturday"


def judged(p: float = 0.9) -> Judged:
    types, statuses = (0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.1), (0.96, 0.01, 0.01, 0.01, 0.01)
    return Judged(p, p, types, statuses, 0.9, (), (Word(4, 14, 0.9),))


def test_without_renown_a_much_cited_event_has_the_days_of_its_article() -> None:
    text = "The annexation of Crimea went on."
    one = Candidate(Mention(18, 24, "Crimea", "literal", CRIMEA, 0.9), False, 0)
    said = Judgement({0: judged()}, ())
    (known,) = scenes(text, sentences(text), [one], (), PUBLISHED, said)
    (plain,) = scenes(text, sentences(text), [one], (), PUBLISHED, said, rules=Rules(renown=False))
    assert (known.days.basis, plain.days.basis) == ("named", "publication")


def test_an_unseen_input_is_that_of_another_scene_and_no_other_changes() -> None:
    rows = np.arange(4 * len(FEATURES), dtype=np.float32).reshape(4, -1)
    made = without(rows, ("tie_here",))
    at = FEATURES.index("tie_here")
    assert (made[:, at] != rows[:, at]).all()
    assert sorted(made[:, at]) == sorted(rows[:, at])
    rest = [k for k in range(len(FEATURES)) if k != at]
    assert (made[:, rest] == rows[:, rest]).all()
    assert without(rows[:0], ("tie_here",)).shape == (0, len(FEATURES))


def test_what_was_weighed_says_what_came_of_every_scene() -> None:
    text = "A car bomb exploded in Homs on Saturday. Rockets struck Aleppo."
    ones = [
        Mention(text.index(place.name), text.index(place.name) + len(place.name), place.name, "literal", place, 0.9)
        for place in (HOMS, ALEPPO)
    ]
    _, weighed = read(text, PUBLISHED, ones, (), find(text, PUBLISHED))
    assert len(weighed.scenes) == len(weighed.stands) == len(weighed.right)
    assert all(kept.scene is weighed.scenes[kept.at] for kept in weighed.kept)
    assert all(weighed.stands[kept.at] >= weighed.threshold for kept in weighed.kept)
    assert PUBLISHED.end == MONDAY
