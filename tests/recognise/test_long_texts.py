"""Texts of any length are read in time that grows with their length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice

import pytest

from gazetteer.index import Gazetteer
from geo.model import Article
from geo.pipeline import parse

_NAMES = ("Paris", "Kharkiv", "Goma", "Irving", "Colonel", "Washington", "Mosul", "North", "Tanker", "Moscow")


def _capitals(words: int) -> str:
    """One run of capitalised words without an end: headings, names of persons and ships all at once."""
    return " ".join(islice(cycle(_NAMES), words))


def _list(words: int) -> str:
    return "Shelling hit " + ", ".join(islice(cycle(_NAMES), words))


def _prose(words: int) -> str:
    told = [f"On 3 March 2022 shelling hit {name}, police in {name} said, and two people died. " for name in _NAMES]
    return "".join(islice(cycle(told), words // 16))


@pytest.mark.parametrize("text", [_capitals, _list, _prose])
def test_ten_times_the_text_takes_about_ten_times_as_long(text: Callable[[int], str], gazetteer: Gazetteer) -> None:
    def seconds(words: int) -> float:
        began = time.process_time()
        parse(Article("a", text(words)), gazetteer)
        return time.process_time() - began

    seconds(100)  # reads the models
    # A scan of the whole text for each name made this a hundred times. Twenty is passed where what grows with the
    # square of the length is as much as all the rest at 6,400 words.
    assert seconds(8_000) < 20 * max(0.1, seconds(800))
