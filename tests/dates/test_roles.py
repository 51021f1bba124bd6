"""What a dated expression is for, as the words around it tell."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dates import find
from geo.model import TIME_ROLES, Published

TUESDAY = date(2021, 4, 13)


def roles(text: str) -> dict[str, str]:
    return {span.text: span.role for span in find(text, Published(TUESDAY, TUESDAY, "supplied"))}


@pytest.mark.parametrize(
    ("text", "phrase", "role"),
    [
        ("BAMAKO, April 12 (Wire) - Shells fell on the market.", "April 12", "dateline"),
        ("12 April: Shells fell on the market.", "12 April", "stamp"),
        ("The governor told reporters in Gao on Monday that two had died.", "Monday", "said"),
        ("Two had died, the army said in a statement late on Monday.", "late on Monday", "said"),
        ("In a statement on Monday, rebels threatened the port.", "Monday", "said"),
        ("On Monday, the mayor of Gao said shells had fallen.", "Monday", "said"),
        ("The road has been cut since October.", "since October", "since"),
        ("Since troops entered the town in January, shops have closed.", "January", "since"),
        ("The truce holds until Friday.", "Friday", "until"),
        ("Everyone must leave by 1 May.", "1 May", "until"),
        ("Rockets fall every day.", "every day", "repeated"),
        ("The 2014 annexation was never recognised.", "2014", "name"),
        ("Survivors of the 7 October attack marched.", "the 7 October", "name"),
        ("Shells fell on Monday, officials said.", "Monday", ""),
        ("Two shells were reported on Monday near Gao.", "Monday", ""),
        ("On Monday shells fell on the market, the mayor said.", "Monday", ""),
        ("The army said troops entered Gao on Monday.", "Monday", ""),
    ],
)
def test_a_role_is_read_off_the_words_around(text: str, phrase: str, role: str) -> None:
    assert roles(text)[phrase] == role
    assert role in TIME_ROLES
