"""Layers on the living map: squares in the same window, switched on and off, told apart from what the articles say."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import pandas as pd
import pytest

from geo.timemap import files, packed
from tests.browser.asking import expect
from tests.browser.stage import JANUARY
from tests.timemap.chromium import Shown

pytestmark = pytest.mark.browser

ALBA = (39.9, 48.9)


def layer(key: str, *days: str) -> dict[str, str]:
    lon, lat = ALBA
    rows = [{"type": "protest", "date_start": day, "place": "Alba", "lon": lon, "lat": lat} for day in days]
    data = base64.b64encode(packed.pack(pd.DataFrame(rows))).decode()
    url = f"data:application/octet-stream;base64,{data}"
    return {"key": key, "name": f"Own <{key}>", "credit": "Cite as it asks", "url": url}


def test_layers_follow_the_window_and_can_be_switched_off(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY)
    page = shown.page
    own = shown.counts()
    shown.command(
        layers=[layer("a", "2015-01-05", "2015-01-07", "2016-01-01"), {**layer("b", "2015-01-05"), "url": "data:,none"}]
    )
    page.wait_for_function("__timemap.app.overlays.list.every((one) => one.counts || one.fault)")
    shown.settle()
    first, second = (page.locator(".tm-layers button").nth(at) for at in (0, 1))
    expect(page.locator(".tm-layers button")).to_have_count(2)
    expect(first).to_have_text(re.compile(r"^Own <a>\n2(\n|$)"), use_inner_text=True)
    expect(second).to_have_text(re.compile(r"^Own <b>\nnot loaded(\n|$)"), use_inner_text=True)
    squares = "__timemap.app.overlays.canvas.squares.map((one) => [one.n, one.members.length])"
    assert page.evaluate(squares) == [[2, 1]]
    # What the articles say stays as it was, and the page is told of nothing.
    assert shown.counts() == own
    page.mouse.move(*shown.spot(*ALBA))
    page.wait_for_selector(".tm-tip:not([hidden])")
    expect(page.locator(".tm-tip")).to_contain_text("Own <a>: 2 events in the window", use_inner_text=True)
    shown.command(**{"from": "2016-01-01", "to": "2016-12-31"})
    shown.settle()
    assert page.evaluate(squares) == [[1, 1]]
    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(squares) == []
    shown.command(layers=[])
    shown.settle()
    expect(page.locator(".tm-layers")).to_be_hidden()
    assert shown.errors == []


def test_a_picture_holds_what_the_articles_say_and_no_layer(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY)
    page = shown.page
    page.add_script_tag(path=files.ASSETS / "publish" / "picture.js")
    picture = "TM.picture.canvas(__timemap.app, { title: 'January', note: '', credit: '' }, 1).toDataURL()"
    page.evaluate("TM.picture.ready()")
    before = page.evaluate(picture)
    shown.command(layers=[layer("a", "2015-01-05")])
    page.wait_for_function("__timemap.app.overlays.canvas.squares.length === 1")
    assert page.evaluate(picture) == before
    assert page.evaluate("__timemap.app.overlays.canvas.squares.length") == 1
    shown.command(layers=[])
