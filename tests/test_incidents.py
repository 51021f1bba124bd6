"""Reports of one event are joined; what only resembles it is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from geo.incidents import MOST_OF_ONE, join
from geo.model import Article, Event, EventType, PlaceRef, Record, content_id

HARBOUR = PlaceRef("t1", "Harbour Town", "town", 10.0, 50.0, "AA", "Coast", "town")
HILL = PlaceRef("t2", "Hill Town", "town", 12.0, 50.0, "AA", "Hills", "town")
COUNTRY = PlaceRef("c1", "Aland", "country", 11.0, 50.0, "AA", None, "country")
FRIDAY = date(2020, 5, 1)


def report(
    name: str,
    text: str,
    *,
    place: PlaceRef = HARBOUR,
    day: date = FRIDAY,
    kind: EventType = "explosion",
    sub_type: str | None = None,
) -> Record:
    event = Event(
        id=content_id(name),
        type=kind,
        sub_type=sub_type,
        status="reported",
        speaker=None,
        tier="A",
        confidence=0.9,
        reasons=(),
        place=place,
        place_text=place.name,
        date_start=day,
        date_end=day,
        date_precision="day",
        date_basis="explicit",
        date_text=None,
        trigger=text[:4],
        trigger_start=0,
        trigger_end=4,
        sentence_start=0,
        sentence_end=len(text),
    )
    return Record(Article(name, text), None, events=(event,))


BOMB = report("a", "A car bomb tore through the fish market of Harbour Town, killing nine.")
AGAIN = report("b", "Twelve are now known dead of the car bomb at the fish market of Harbour Town.")


def sizes(*records: Record) -> list[int]:
    return sorted(len(incident.events) for incident in join(records))


def test_two_reports_of_one_bomb_are_joined_and_both_kept() -> None:
    (incident,) = join([BOMB, AGAIN])
    assert {event.id for event in incident.events} == {content_id("a"), content_id("b")}


def test_the_order_of_articles_does_not_matter() -> None:
    assert join([BOMB, AGAIN]) == join([AGAIN, BOMB])


def test_an_unrelated_article_changes_no_id() -> None:
    other = report("z", "A mine exploded under a bus near Hill Town.", place=HILL)
    assert join([BOMB, AGAIN])[0].id in {incident.id for incident in join([BOMB, AGAIN, other])}


def test_another_town_another_day_or_another_kind_stay_apart() -> None:
    text = "A car bomb tore through the fish market of Hill Town, killing nine."
    assert sizes(BOMB, report("b", text, place=HILL)) == [1, 1]
    assert sizes(BOMB, report("b", BOMB.article.text, day=date(2020, 5, 9))) == [1, 1]
    assert sizes(BOMB, report("b", "Ministers met in Harbour Town.", kind="political")) == [1, 1]


def test_a_second_bomb_of_the_day_needs_the_same_words_to_be_joined() -> None:
    second = report("b", "A second blast hit the railway station of Harbour Town hours later.")
    assert sizes(BOMB, second) == [1, 1]


def test_what_is_told_of_a_whole_country_is_never_joined() -> None:
    text = "Air strikes continued in Aland."
    assert sizes(report("a", text, place=COUNTRY), report("b", text, place=COUNTRY)) == [1, 1]


def test_nothing_joined_is_nothing() -> None:
    assert join([]) == ()


def test_of_an_article_that_lists_thousands_only_the_first_are_compared_with_others() -> None:
    """A hundred thousand characters of names were read within their time, and then joined for two minutes."""
    (bomb,), more = BOMB.events, 3 * MOST_OF_ONE
    listed = tuple(
        replace(bomb, id=content_id("listed", str(number)), sentence_start=number, sentence_end=number + 1)
        for number in range(more)
    )
    incidents = join([replace(BOMB, article=Article("list", "a" * 2 * more), events=listed), AGAIN])
    found = Counter(len(incident.events) for incident in incidents)
    assert found.total() >= more - MOST_OF_ONE
    late = {event.id for event in listed[MOST_OF_ONE:]}
    assert all(len(incident.events) == 1 for incident in incidents if late & {event.id for event in incident.events})
