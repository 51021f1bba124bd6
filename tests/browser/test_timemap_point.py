"""Asking for a point on the map, with mouse, finger and keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.asking import expect
from tests.browser.stage import DEBALTSEVE, JANUARY
from tests.timemap.chromium import PHONE, Shown

pytestmark = pytest.mark.browser


def test_a_point_that_was_asked_for_is_told_once(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(pick=True)
    banner = shown.page.locator(".tm-ask")
    expect(banner).to_contain_text("Click where it happened, Esc to cancel", use_inner_text=True)
    cursor = "getComputedStyle(__timemap.map.getContainer()).cursor"
    assert shown.page.evaluate(cursor) == "crosshair"
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    told = [state for state in shown.sent() if "picked" in state]
    assert [abs(told[0]["picked"][0] - DEBALTSEVE[0]) < 0.02, abs(told[0]["picked"][1] - DEBALTSEVE[1]) < 0.02] == [
        True
    ] * 2
    assert told[0]["place"] is None  # the click answered the question; it chose nothing
    expect(banner).to_be_hidden()
    assert shown.page.evaluate(cursor) != "crosshair"
    shown.page.get_by_title("Show 2023").click()
    shown.settle()
    assert len([state for state in shown.sent() if "picked" in state]) == 1


def test_a_point_is_picked_with_the_keyboard(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.command(pick=True)
    assert shown.page.evaluate("document.activeElement === __timemap.map.getContainer()")
    shown.page.keyboard.press("ArrowRight")
    shown.settle()
    expect(shown.page.locator(".tm-cross")).to_be_visible()
    centre = shown.page.evaluate("[__timemap.map.getCenter().lng, __timemap.map.getCenter().lat]")
    assert centre[0] > JANUARY["lng"]
    shown.page.keyboard.press("Enter")
    assert shown.sent()[-1]["picked"] == pytest.approx(centre, abs=1e-4)
    expect(shown.page.locator(".tm-cross")).to_be_hidden()


@pytest.mark.parametrize("how", ["key", "button", "message"])
def test_a_question_for_a_point_can_be_taken_back(show: Callable[..., Shown], how: str) -> None:
    shown = show()
    shown.command(pick=True)
    if how == "key":
        shown.page.keyboard.press("Escape")
    elif how == "button":
        shown.page.get_by_role("button", name="Cancel").click()
    else:
        shown.command(pick=False)
    expect(shown.page.locator(".tm-ask")).to_be_hidden()
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.state()["place"] == "g709932"
    assert [state for state in shown.sent() if "picked" in state] == []


def test_the_same_point_given_twice_is_told_twice(show: Callable[..., Shown]) -> None:
    shown = show()
    for _ in range(2):
        shown.command(pick=True)
        shown.page.keyboard.press("Enter")
    first, second = [state for state in shown.sent() if "picked" in state]
    assert first["picked"] == second["picked"]
    assert first["number"] < second["number"]


def test_a_finger_picks_a_point(show: Callable[..., Shown]) -> None:
    shown = show(size=PHONE, touch=True)
    shown.command(pick=True)
    expect(shown.page.locator(".tm-ask")).to_contain_text("Tap where it happened", use_inner_text=True)
    shown.page.touchscreen.tap(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.sent()[-1]["picked"] == pytest.approx(DEBALTSEVE, abs=0.05)
