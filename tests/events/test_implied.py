"""Sentences that name no place: they tell of where the text told last, and only where that is sure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gazetteer.index import Gazetteer
from geo.dates import find
from geo.events.extract import weigh
from geo.events.implied import goes_on, implied
from geo.events.rules import ALL, Rules
from geo.model import Article, Event, Published
from geo.pipeline.article import parse
from geo.reader.candidates import candidates
from geo.reader.model import Reader
from geo.text import sentences
from geo.toponyms import toponyms
from tests.events.test_decision import DAY, scene

PUBLISHED = Published(date(2022, 9, 12), date(2022, 9, 12), "supplied")


def read(text: str, gazetteer: Gazetteer) -> list[Event]:
    record = parse(Article("one.txt", text, published=PUBLISHED), gazetteer)
    return [one for one in record.events if one.status in ("reported", "claimed")]


def test_what_a_sentence_tells_without_a_place_stands_where_the_text_told_last(gazetteer: Gazetteer) -> None:
    text = "Troops entered Kupiansk on Saturday. Shells killed two men on Sunday."
    found = read(text, gazetteer)
    assert [(one.type, one.place.name if one.place else None) for one in found] == [
        ("battle", "Kupiansk"),
        ("explosion", "Kupiansk"),
    ]
    told = found[1]
    assert text[told.sentence_start : told.sentence_end] == "Shells killed two men on Sunday."
    assert text[told.trigger_start : told.trigger_end] in told.reasons[0]
    assert told.reasons[1] == "its sentence names no place: it goes on with what is told of Kupiansk"
    assert (told.date_start, told.tier) == (date(2022, 9, 11), "B")
    assert told.confidence < found[0].confidence


@pytest.mark.parametrize(
    "text",
    [
        "Bama fell to Boko Haram in September 2014 and was recaptured by the army in March 2015.",
        "The rebels took Kupiansk in May and the army recaptured it on 9 September.",
    ],
)
def test_one_place_of_a_sentence_bears_two_events_of_different_days(text: str, gazetteer: Gazetteer) -> None:
    found = read(text, gazetteer)
    last = found[-1]
    assert found[-2].place == last.place
    assert last.trigger == "recaptured"
    assert found[-2].date_end is not None
    assert last.date_start is not None
    assert found[-2].date_end < last.date_start
    assert last.tier == "B"


def test_what_stands_before_its_place_is_no_second_event(gazetteer: Gazetteer) -> None:
    text = "On Sunday two missiles, half an hour apart, hit a resort in Kupiansk."
    assert [one.place_text for one in read(text, gazetteer)] == ["Kupiansk"]


def test_a_detail_of_what_is_told_is_no_second_event(gazetteer: Gazetteer) -> None:
    assert len(read("Troops entered Kupiansk on Saturday, killing two and burning the market.", gazetteer)) == 1


def test_a_sentence_with_a_place_of_its_own_keeps_it(gazetteer: Gazetteer) -> None:
    found = read("Troops entered Kupiansk on Saturday. Shells fell on Izium on Sunday.", gazetteer)
    assert [one.place_text for one in found] == ["Kupiansk", "Izium"]


def test_behind_a_noun_the_place_is_called_by_its_name(gazetteer: Gazetteer) -> None:
    first = "Troops entered Kupiansk on Saturday. Shells fell on the town on Sunday."
    text = f"{first} Two women were killed by a mine on Monday."
    assert {one.place_text for one in read(text, gazetteer) if one.reasons[1].startswith("its sentence")} == {
        "Kupiansk"
    }


def test_where_a_text_wanders_nothing_is_taken_over(gazetteer: Gazetteer) -> None:
    text = (
        "Troops entered Kupiansk on Saturday. Troops shelled Kupiansk again on Sunday. A bomb exploded in Aleppo on "
        "Friday. Two people were shot dead on Thursday."
    )
    assert [one.place_text for one in read(text, gazetteer) if one.trigger == "shot"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Troops entered Kupiansk on Saturday. The price of bread has doubled since then.",
        "Troops entered Kupiansk on Saturday. The president met farmers and spoke of the harvest.",
        "The team from Kupiansk trained on Saturday. The striker was shot down by the critics.",
    ],
)
def test_a_sentence_that_tells_nothing_is_given_no_place(text: str, gazetteer: Gazetteer) -> None:
    first = text.index(". ") + 1
    assert [one for one in read(text, gazetteer) if one.sentence_start >= first] == []


def test_the_reader_is_not_asked_again_where_every_sentence_has_its_place(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("geo.events.implied.Inserted", asked)
    read("Troops entered Kupiansk on Saturday. Shells fell on Izium on Sunday.", gazetteer)
    with pytest.raises(AssertionError, match="asked again"):
        read("Troops entered Kupiansk on Saturday. Shells killed two men on Sunday.", gazetteer)


def test_without_the_rule_a_sentence_needs_a_place(gazetteer: Gazetteer) -> None:
    text = "Troops entered Kupiansk on Saturday. Shells killed two men on Sunday."
    parts, places, times = sentences(text), toponyms(text, gazetteer), find(text, PUBLISHED)
    named = candidates(parts, places.mentions, places.nominals)
    ones, judgement = implied(text, parts, named, times, Reader.load().judge(text, parts, named, times))
    assert [one.implied for one in ones] == [*(False for _ in named), True]

    def told(rules: Rules) -> list[str]:
        kept = weigh(text, parts, ones, times, PUBLISHED, judgement, rules=rules).kept
        return [one.scene.proposal.type for one in kept]

    assert told(ALL) == ["battle", "explosion"]
    assert told(Rules(implied=False)) == ["battle"]


def test_an_undated_detail_of_something_long_past_is_no_news() -> None:
    told, detail = scene(start=DAY), scene(sentence=2, start=DAY, basis="publication")
    soon, late = (Published(day, day, "supplied") for day in (DAY + timedelta(2), DAY + timedelta(30)))
    assert goes_on(detail, [told], soon)
    assert not goes_on(detail, [told], late)
    assert goes_on(detail, [told], None)
    assert goes_on(detail, [], late)


def test_what_is_planned_or_denied_without_a_place_is_nowhere() -> None:
    published = Published(DAY, DAY, "supplied")
    assert not goes_on(scene(sentence=2, status="denied"), [scene()], published)
    assert not goes_on(scene(sentence=2, status="planned"), [scene()], published)


def test_where_only_talk_is_told_of_no_shot_is_meant() -> None:
    spoken, shelled = scene(kind="political"), scene(kind="explosion")
    detail = scene(sentence=2, kind="violence_against_civilians", basis="publication")
    assert not goes_on(detail, [spoken], None)
    assert goes_on(detail, [spoken, shelled], None)
    assert goes_on(scene(sentence=2, kind="political", basis="publication"), [spoken], None)


def test_under_the_head_of_an_entry_a_sentence_without_a_place_tells_of_there(gazetteer: Gazetteer) -> None:
    text = (
        "Kharkiv region. Shells hit a school in Chuhuiv.\n"
        "Sumy region. Nine explosions were heard on Sunday.\n"
        "Kherson region. Three houses burned in Beryslav."
    )
    found = {(one.place.name, one.date_start) for one in read(text, gazetteer) if one.place is not None}
    assert ("Sumy Oblast", date(2022, 9, 11)) in found
    # Nothing of them is told of the town of the entry before.
    assert not any(name == "Chuhuiv" and start == date(2022, 9, 11) for name, start in found)
