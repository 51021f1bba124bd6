"""Kinds of dates that once went wrong, each in sentences of its own; the day of publication is a Tuesday."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dates import find
from geo.model import Published

TUESDAY = date(2024, 6, 11)


def read(text: str, day: date = TUESDAY) -> list[tuple[str, str]]:
    spans = find(text, Published(day, day, "supplied"))
    return [(span.text, f"{span.date_start}..{span.date_end}") for span in spans if span.date_start]


@pytest.mark.parametrize(
    ("text", "phrase", "days"),
    [
        # published before the day told of
        ("Shells hit the port on June 12, killing two.", "June 12", "2024-06-12..2024-06-12"),
        ("Shells hit the port on Wednesday, June 12.", "Wednesday, June 12", "2024-06-12..2024-06-12"),
        ("Shells hit the port on June 28, killing two.", "June 28", "2023-06-28..2023-06-28"),
        # stretches of weekdays
        ("They fought on Friday and Saturday.", "Friday and Saturday", "2024-06-07..2024-06-08"),
        ("They fought from Thursday to Wednesday.", "Thursday to Wednesday", "2024-05-30..2024-06-05"),
        ("Shells fell late Saturday and early Sunday.", "late Saturday and early Sunday", "2024-06-08..2024-06-09"),
        (
            "Shells fell between Tuesday and Thursday of last week.",
            "Tuesday and Thursday of last week",
            "2024-06-04..2024-06-06",
        ),
        ("They fought in 2006 and 2007.", "2006 and 2007", "2006-01-01..2007-12-31"),
        ("Shells fell on June 9/10.", "June 9/10", "2024-06-09..2024-06-10"),
        # a day by its number alone
        ("Missiles struck the depot on the 5th, killing two.", "the 5th", "2024-06-05..2024-06-05"),
        ("Missiles struck the depot on the 25th.", "the 25th", "2024-05-25..2024-05-25"),
        ("Talks will open on the 25th.", "the 25th", "2024-06-25..2024-06-25"),
        ("Talks broke up on the 3rd of last month.", "the 3rd of last month", "2024-05-03..2024-05-03"),
        ("It fell on 3 March 2020. By the 9th it was retaken.", "the 9th", "2020-03-09..2020-03-09"),
        # figures
        ("Jets bombed the town on 2024/04/10.", "2024/04/10", "2024-04-10..2024-04-10"),
        ("Jets bombed the town on 19-Nov-14.", "19-Nov-14", "2014-11-19..2014-11-19"),
        ("Shells fell on 2/5/2024 and on 24/4/2024.", "2/5/2024", "2024-05-02..2024-05-02"),
        ("Shells fell on 2/5/2024 and on 4/24/2024.", "2/5/2024", "2024-02-05..2024-02-05"),
        ("Shells fell on 2/5/2024, as on 24 April.", "2/5/2024", "2024-05-02..2024-05-02"),
        ("Shells fell on 8/6/2024.", "8/6/2024", "2024-06-08..2024-06-08"),
        ("Shells fell on 3.6.24.", "3.6.24", "2024-06-03..2024-06-03"),
        # letters
        ("ROCKETS STRIKE PORT LATE ON SUNDAY, TWO HURT", "LATE ON SUNDAY", "2024-06-09..2024-06-09"),
        ("ROCKETS STRIKE PORT ON 25 MAY, TWO HURT", "25 MAY", "2024-05-25..2024-05-25"),
        ("shells hit the port on 5 june, army says", "5 june", "2024-06-05..2024-06-05"),
        ("shells hit the port in may, army says", "may", "2024-05-01..2024-05-31"),
        ("Filed 30-APR-24 from the port.", "30-APR-24", "2024-04-30..2024-04-30"),
        # a month, and which
        ("In January 2022 they fled. This January graves were found.", "This January", "2024-01-01..2024-01-31"),
        ("Last October a mob stormed the airport.", "Last October", "2023-10-01..2023-10-31"),
        ("It began, four years ago in May, with a fire.", "four years ago in May", "2020-05-01..2020-05-31"),
        ("Two years ago, on 3 May, shells fell.", "Two years ago, on 3 May", "2022-05-03..2022-05-03"),
        ("Three years ago, in May 2021, they met.", "May 2021", "2021-05-01..2021-05-31"),
        ("In Holy Week of last year 27 died.", "Holy Week of last year", "2023-04-02..2023-04-08"),
        ("It burned on Christmas Eve last year.", "Christmas Eve last year", "2023-12-24..2023-12-24"),
        # parts of years
        ("In the first quarter attacks doubled.", "the first quarter", "2024-01-01..2024-03-31"),
        ("In the third quarter attacks doubled.", "the third quarter", "2023-07-01..2023-09-30"),
        ("They doubled in the second half of last year.", "the second half of last year", "2023-07-01..2023-12-31"),
        ("They doubled in Q2 2022.", "Q2 2022", "2022-04-01..2022-06-30"),
        ("It fell in May last year.", "May last year", "2023-05-01..2023-05-31"),
        ("It fell in the spring of last year.", "the spring of last year", "2023-03-01..2023-05-31"),
        ("It fell on 3 May last year.", "3 May last year", "2023-05-03..2023-05-03"),
        ("It has lasted since last April 18.", "since last April 18", "2024-04-18..2024-06-11"),
        ("Built in the nineteenth century.", "the nineteenth century", "1800-01-01..1899-12-31"),
        # until
        ("The vote has been put off until Friday.", "Friday", "2024-06-14..2024-06-14"),
        ("The men held out until Friday, when they fled.", "Friday", "2024-06-07..2024-06-07"),
        # told of before
        ("Raiders came on Friday. Shots were heard before dawn.", "before dawn", "2024-06-07..2024-06-07"),
        ("They fled on Friday, a day after the truce ended.", "a day after", "2024-06-06..2024-06-06"),
        (
            "They fled on Friday, a day after the truce. Aid came the same day.",
            "the same day",
            "2024-06-07..2024-06-07",
        ),
        (
            "It met on Friday, a week after the vote. Guns fell silent that day.",
            "that day",
            "2024-06-07..2024-06-07",
        ),
        ("Shells rained down on Sunday. Homes burnt through the day.", "through the day", "2024-06-09..2024-06-09"),
        # background years take no news, stories keep theirs
        ("The town, seized in 2014, was shelled on June 3.", "June 3", "2024-06-03..2024-06-03"),
        ("In 1982 war came. On 4 May a ship was hit.", "4 May", "1982-05-04..1982-05-04"),
        ("Since the 2003 invasion many fled. On 7 May a bomb fell.", "7 May", "2024-05-07..2024-05-07"),
        ("The march went on despite the start of a curfew Monday.", "Monday", "2024-06-10..2024-06-10"),
        # what "since" only measures from, and what lasts
        ("It was the worst since 14 May, when a lorry blew up.", "14 May", "2024-05-14..2024-05-14"),
        ("Nerves are raw since Monday's attack.", "Monday", "2024-06-10..2024-06-10"),
        ("Since Monday, when rebels came, shells have fallen.", "Since Monday", "2024-06-10..2024-06-11"),
        ("It would be recalled that in March gunmen took girls.", "March", "2024-03-01..2024-03-31"),
        ("It fell in the first days of March.", "the first days of March", "2024-03-01..2024-03-11"),
        ("It fell in the last days of March.", "the last days of March", "2024-03-25..2024-03-31"),
        ("He was shot on Memorial Day.", "Memorial Day", "2024-05-27..2024-05-27"),
        # counted from now, and from the day before the one told
        ("Two weeks after gunmen came, the market is empty.", "Two weeks after", "2024-05-28..2024-05-28"),
        ("A bomb went off on Monday. It came six days after a raid.", "six days after", "2024-06-04..2024-06-04"),
        ("The raid happened a week after rebels came.", "a week after", "2024-06-04..2024-06-04"),
        ("Bara fell on 26 May; Umm was retaken on the 25th.", "the 25th", "2024-05-25..2024-05-25"),
        ("He fled on 28 May and came to Goma on the 3rd.", "the 3rd", "2024-06-03..2024-06-03"),
        (
            "On Tuesday shells fell. Three days after rebels came, the port is shut.",
            "Three days after",
            "2024-06-08..2024-06-08",
        ),
        ("The siege began two weeks after a blast killed ten.", "two weeks after", "2024-05-28..2024-05-28"),
        # counted from what happened at a place, by its name
        (
            "On 5 March gunmen raided Kuje. On Monday a mill burned. Two days after the Kuje raid, pupils were taken.",
            "Two days after the Kuje raid",
            "2024-03-07..2024-03-07",
        ),
        # of the year told of
        ("The town was lost in 2017. Her house was hit that June.", "that June", "2017-06-01..2017-06-30"),
        ("The war of 2020 was lost. That autumn the bridge fell.", "That autumn", "2020-09-01..2020-11-30"),
        ("He was there in 1968 and saw it on April 4 of that year.", "April 4 of that year", "1968-04-04..1968-04-04"),
        ("Ten died in August 2009, two more in October that year.", "October that year", "2009-10-01..2009-10-31"),
        (
            "It fell in June 2022. The previous November it had been hit.",
            "The previous November",
            "2021-11-01..2021-11-30",
        ),
        ("It fell in June 2021. The following March it was retaken.", "The following March", "2022-03-01..2022-03-31"),
        # a story goes on in its paragraph, beside news of the week
        (
            "On Monday a bridge fell. On 25 February 1992 Kho was taken. Sus was stormed on 8 March.",
            "8 March",
            "1992-03-08..1992-03-08",
        ),
        (
            "On Monday a bridge fell. In 1995 members of a sect struck on March 20.",
            "March 20",
            "1995-03-20..1995-03-20",
        ),
        # a weekday with its number, the day before
        ("A convoy was ambushed on Friday the 26th.", "Friday the 26th", "2024-04-26..2024-04-26"),
        (
            "A missile fell on 5 May. A base was hit the evening before, he said.",
            "the evening before",
            "2024-05-04..2024-05-04",
        ),
    ],
)
def test_a_kind_of_date_means_these_days(text: str, phrase: str, days: str) -> None:
    assert (phrase, days) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit 8 March Street.",
        "The April 6 movement rallied.",
        "The April 6 Youth Movement rallied.",
        "The 24th Brigade lost two men.",
        "Shells fell on the 5th district.",
        "They may march on the palace.",
        "They left two days after the raid.",
    ],
)
def test_a_name_and_a_count_date_nothing(text: str) -> None:
    assert read(text) == []


CHRONICLE = """On Monday rebels advanced again.

1990 - The last troops sail home in March.
1996 - Jan. 31: a lorry rams the bank. July: rebels overrun a base.
August 2011: The militants leave the city overnight.
2015
Feb 15: Pilgrims are killed. Jets answer next day."""


def test_the_year_of_a_line_is_that_of_its_dates() -> None:
    found = read(CHRONICLE)
    for said in (
        ("March", "1990-03-01..1990-03-31"),
        ("Jan. 31", "1996-01-31..1996-01-31"),
        ("July", "1996-07-01..1996-07-31"),
        ("Feb 15", "2015-02-15..2015-02-15"),
        ("next day", "2015-02-16..2015-02-16"),
    ):
        assert said in found
    assert not any(phrase == "overnight" for phrase, _ in found)


def test_two_days_far_apart_are_no_stretch() -> None:
    assert read("Bombs fell on 3 and 14 May.") == [("14 May", "2024-05-14..2024-05-14")]
