"""Which of the dated expressions gives an event its days, by proposals made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.dates import find
from geo.events.days import days, in_words, of_renown
from geo.events.proposals import Proposal, Tie
from geo.model import Published
from geo.text import sentences

DAY = date(2015, 1, 26)
PUBLISHED = Published(DAY, DAY, "supplied")
PLAIN = Proposal(
    at=0, sentence=0, trigger=(0, 6), trigger_p=0.9, event=0.9, required=0.9, type="explosion", type_p=0.9,
    second_p=0.05, status="reported", shown_p=1.0, times=(), unstated=0.1, tie=Tie(0.9, 0.9, 0.05, 0.05),
)  # fmt: skip


def homs(text: str) -> tuple[int, int]:
    """Give where the place stands."""
    return text.find("Homs"), text.find("Homs") + 4


def told(text: str, *, of: Proposal = PLAIN, p: float = 0.8) -> Proposal:
    return replace(of, times=tuple((at, p) for at in range(len(find(text, PUBLISHED)))))


def test_the_expression_of_its_own_sentence_dates_an_event() -> None:
    text = "Shells fell on Homs on Saturday."
    when = days(told(text), sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert (when.start, when.end, when.basis) == (date(2015, 1, 24), date(2015, 1, 24), "relative")
    assert when.reason == "dated by “Saturday” = 24 Jan 2015, counted from publication on 26 Jan 2015"


def test_an_expression_of_another_sentence_is_taken_over_and_says_so() -> None:
    text = "On Saturday shells fell on Homs. A shop burned."
    given = told(text, of=replace(PLAIN, sentence=1, unstated=0.01))
    when = days(given, sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert (when.start, when.basis) == (date(2015, 1, 24), "inherited")
    assert when.reason.endswith("taken over from another sentence")


def test_an_undated_report_lies_in_the_days_up_to_publication() -> None:
    text = "Shells fell on Homs."
    when = days(PLAIN, sentences(text), (), PUBLISHED, text=text, place=homs(text))
    assert (when.start, when.end, when.basis) == (date(2015, 1, 24), DAY, "publication")


def test_without_a_day_of_publication_an_undated_report_has_no_date() -> None:
    text = "Shells fell on Homs."
    when = days(PLAIN, sentences(text), (), None, text=text, place=homs(text))
    assert (when.start, when.basis) == (None, None)


def test_what_is_past_does_not_lie_after_publication() -> None:
    text = "Shells fell on Homs; an election is due on 3 March 2015."
    when = days(told(text), sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert when.basis == "publication"


def test_what_is_planned_may_lie_after_publication_or_nowhere() -> None:
    text = "They will meet in Homs on 3 March 2015."
    planned = replace(PLAIN, status="planned")
    when = days(told(text, of=planned), sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert when.start == date(2015, 3, 3)
    assert days(planned, sentences(text), (), PUBLISHED, text=text, place=homs(text)).start is None


def test_an_expression_further_on_dates_an_event_only_where_the_reader_is_sure_of_it() -> None:
    text = "Shells fell on Homs. The army said that was on Saturday."
    times = find(text, PUBLISHED)
    sure = replace(PLAIN, times=((0, 0.99),), unstated=0.001)
    seen = (sentences(text), times, PUBLISHED)
    assert days(sure, *seen, text=text, place=homs(text)).text == "Saturday"
    assert days(replace(sure, unstated=0.3), *seen, text=text, place=homs(text)).basis == "publication"


def test_what_began_and_goes_on_ends_with_publication() -> None:
    text = "Shells fell on Homs in January 2015."
    when = days(told(text), sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert (when.start, when.end) == (date(2015, 1, 1), DAY)


@pytest.mark.parametrize(
    ("text", "trigger", "place", "days_of_it"),
    [
        # A count back from another clause dates what that clause tells, and nothing else of the sentence.
        ("Aid came to Homs on Saturday, three days after troops left it.", "came", "Homs", "Saturday"),
        ("Aid came to Homs on Saturday, three days after troops left it.", "left", "it", "three days after"),
        ("He spoke in Homs on Sunday, days after rebels fled the city.", "fled", "the city", "days after"),
        ("He spoke in Homs on Sunday, days after rebels fled the city.", "spoke", "Homs", "Sunday"),
        ("Rebels attacked Caxito on Saturday and shelled Homs the day before.", "shelled", "Homs", "the day before"),
        # Of a list with a date for each place, each has the one behind it.
        ("Homs fell on Saturday and Hama early on Sunday.", "fell", "Hama", "early on Sunday"),
        ("Troops left Homs in late October and Hama in the summer.", "left", "Homs", "late October"),
        # A clause about a place, and a reason, have days of their own; so has what something is only measured by.
        ("Drones hit Homs, where 40 had died in November.", "hit", "Homs", None),
        ("Drones hit Homs, which was shelled in November, on Saturday.", "hit", "Homs", "Saturday"),
        ("Drones hit Homs in revenge for a raid on 20 January.", "hit", "Homs", None),
        ("Drones hit Homs in revenge for a raid on 20 January.", "raid", "Homs", "20 January"),
        ("It was the deadliest bombing in Homs since the war of 2012.", "bombing", "Homs", None),
        ("It was the worst in Homs since 3 January, when a bomb went off.", "bomb", "Homs", "3 January"),
    ],
)
def test_a_clause_says_whose_days_it_gives(text: str, trigger: str, place: str, days_of_it: str | None) -> None:
    at = text.index(trigger)
    given = replace(told(text, p=0.5), trigger=(at, at + len(trigger)))
    where = text.index(place), text.index(place) + len(place)
    when = days(given, sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=where)
    assert when.text == days_of_it


def test_a_much_cited_event_keeps_its_own_date() -> None:
    text = "The annexation of Crimea was protested in Homs."
    when = of_renown(text, (4, 14), (18, 24), ["Crimea"], PUBLISHED)
    assert when is not None
    assert (when.start, when.basis) == (date(2014, 2, 20), "named")
    assert of_renown(text, (4, 14), (42, 46), ["Homs"], PUBLISHED) is None


def test_what_is_done_far_from_the_word_of_a_much_cited_event_is_not_that_event() -> None:
    text = "Fighters captured three villages on the road that leads to Mosul."
    assert of_renown(text, (9, 17), (59, 64), ["Mosul"], PUBLISHED) is None
    near = of_renown("Fighters captured Mosul.", (9, 17), (18, 23), ["Mosul"], PUBLISHED)
    assert near is not None
    assert near.start == date(2014, 6, 4)


def test_intervals_are_written_for_the_reader() -> None:
    assert in_words(date(2015, 1, 24), date(2015, 1, 24)) == "24 Jan 2015"
    assert in_words(date(2015, 1, 19), date(2015, 1, 25)) == "19-25 Jan 2015"
    assert in_words(date(2023, 6, 1), date(2023, 9, 12)) == "1 Jun - 12 Sep 2023"


@pytest.mark.parametrize(
    ("text", "trigger", "days_of_it"),
    [
        (
            "Families marched in Homs on Sunday, a year after the blast of 4 August 2014 in the port.",
            "blast",
            "4 August 2014",
        ),
        ("The toll of Friday's car bomb in Homs rose to seven on Sunday.", "car", "Friday"),
    ],
)
def test_the_date_of_a_word_is_its_own(text: str, trigger: str, days_of_it: str) -> None:
    at = text.index(trigger)
    given = replace(told(text, p=0.3), trigger=(at, at + len(trigger)))
    when = days(given, sentences(text), find(text, PUBLISHED), PUBLISHED, text=text, place=homs(text))
    assert when.text == days_of_it
