"""Who wrote an article, and what its pictures show, is none of its telling."""

from __future__ import annotations

import pytest

from geo.events.lines import told_in_text
from geo.text import sentences
from tests.events.test_decision import ALEPPO, HOMS, scene

BODY = "A bomb went off in Homs."


@pytest.mark.parametrize(
    "line",
    [
        "By Helen Marsh in Homs",
        "BY HELEN MARSH IN HOMS",
        "Reporting by A. Khan in Homs and B. Lee; editing by C. Roe",
        "Additional reporting by Jane Roe in Homs",
    ],
)
def test_a_byline_tells_nothing(line: str) -> None:
    text = f"{BODY}\n\n{line}"
    given = [scene(HOMS), scene(HOMS, sentence=1)]
    assert told_in_text(text, sentences(text), given) == (given[0],)


@pytest.mark.parametrize("line", ["By Friday rebels had taken Homs", "By nightfall, Homs had fallen."])
def test_what_only_begins_as_one_does_is_told(line: str) -> None:
    text = f"{BODY}\n\n{line}"
    given = [scene(HOMS), scene(HOMS, sentence=1)]
    assert told_in_text(text, sentences(text), given) == tuple(given)


def test_a_caption_tells_only_of_places_that_the_text_does_not() -> None:
    text = f"{BODY}\n\n[Caption: Candles at the site of the blast, 6 July.]"
    shown, elsewhere = scene(HOMS, sentence=1), scene(ALEPPO, sentence=1)
    body = scene(HOMS)
    assert told_in_text(text, sentences(text), [body, shown, elsewhere]) == (body, elsewhere)
