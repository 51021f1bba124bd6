"""What one word tells of a list of places it tells of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.events.listed import alike, lists
from geo.events.scene import Scene
from geo.model import PlaceRef
from tests.events.test_decision import ALEPPO, HOMS, PROVINCE, scene

TEXT = "Missiles hit Aleppo, Homs and the port of Tartus; Idlib was quiet."


def at(name: str, place: PlaceRef) -> Scene:
    one = scene(place, text=name)
    start = TEXT.index(name)
    mention = replace(one.candidate.mention, start=start, end=start + len(name), text=name)
    return replace(one, candidate=replace(one.candidate, mention=mention))


LISTED = [at("Aleppo", ALEPPO), at("Homs", HOMS), at("Tartus", PROVINCE)]


def test_a_member_of_a_list_is_as_sure_as_the_list_is_in_the_mean() -> None:
    assert list(lists(TEXT, LISTED)) == [[0, 1, 2]]
    assert alike(TEXT, LISTED, [0.4, 0.5, 0.9]) == pytest.approx([0.6, 0.6, 0.9])


def test_the_order_of_the_scenes_makes_no_difference() -> None:
    assert alike(TEXT, LISTED[::-1], [0.9, 0.5, 0.4]) == pytest.approx([0.9, 0.6, 0.6])


def test_what_stands_apart_or_is_told_by_another_word_is_no_list() -> None:
    apart = at("Idlib", HOMS)
    assert list(lists(TEXT, [LISTED[2], apart])) == []
    other = replace(LISTED[1], proposal=replace(LISTED[1].proposal, trigger=(9, 12)))
    planned = replace(LISTED[1], proposal=replace(LISTED[1].proposal, status="planned"))
    for one in (other, planned):
        assert alike(TEXT, [LISTED[0], one], [0.4, 0.8]) == [0.4, 0.8]
