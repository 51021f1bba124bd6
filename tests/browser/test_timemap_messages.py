"""Messages to the living map, its state, its beginnings and its failures, in a real browser."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import TimeMap, packed
from tests.browser.asking import expect
from tests.browser.stage import DEBALTSEVE, JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP, Shown

pytestmark = pytest.mark.browser


def test_messages_filter_the_living_map_without_an_answer(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.settle()
    shown.page.evaluate("() => { window.__before = __timemap.map; }")
    told = len(shown.sent())
    shown.command(ids=[f"{1:016x}", f"{8:016x}", "no such id"])
    assert shown.counts() == {"Debaltseve": 1, "Black Sea": 1}
    shown.command(ids=None, sources=["Digest"], **{"from": "2023-01-01", "to": "2023-12-31"})
    assert shown.counts() == {"Bakhmut": 1, "Khasan": 1}
    shown.command(sources=None, countries=["RU"])
    assert shown.counts() == {"Khasan": 1}
    shown.command(countries=None, status=["planned"])
    assert shown.counts() == {"Bakhmut": 1}
    shown.settle()
    assert len(shown.sent()) == told
    assert shown.page.evaluate("window.__before === __timemap.map")


def test_nonsense_in_messages_changes_nothing(show: Callable[..., Shown]) -> None:
    shown = show()
    before = shown.state()
    shown.command(**{"from": "soon", "to": 17, "axis": "sideways", "mode": {}, "flyTo": {"lat": "x"}, "event": "none"})
    shown.command(ghost={"lat": None}, longest="x", theme="pink", unknown=1)
    assert shown.state() == before


def test_selecting_an_event_brings_its_place_into_view(show: Callable[..., Shown]) -> None:
    shown = show(state=JANUARY | {"from": "2015-01-01", "to": "2023-12-31"})
    shown.command(event=f"{12:016x}")
    shown.settle()
    assert shown.state()["place"] == "c:khasan"
    assert abs(shown.state()["lng"] - 130.6) < 1


def test_a_view_comes_back_from_its_state(show: Callable[..., Shown]) -> None:
    wanted = JANUARY | {"types": ["battle"], "axis": "happened", "mode": "cumulative", "event": f"{1:016x}"}
    shown = show(state=wanted, legend="closed")
    state = shown.state()
    again = show(state=state, legend="closed")
    assert again.state() == state
    assert (state["lat"], state["lng"], state["z"]) == (47.5, 37.0, 6)


def test_dark_is_dark_and_can_be_changed_alive(show: Callable[..., Shown]) -> None:
    shown = show(theme="dark")
    ink = "getComputedStyle(document.querySelector('.tm-time')).backgroundColor"
    assert shown.page.evaluate(ink) == "rgb(25, 29, 33)"
    shown.command(theme="light")
    assert shown.page.evaluate(ink) == "rgb(255, 254, 251)"


def test_a_theme_that_is_said_again_draws_nothing_anew(show: Callable[..., Shown]) -> None:
    """The page says its theme with every message: each click drew the base map and the time bar once more for it."""
    shown = show()
    shown.page.evaluate(
        """() => { const { bar } = __timemap.app, rebuild = bar.rebuild.bind(bar);
        window.rebuilt = 0;
        bar.rebuild = () => { window.rebuilt++; rebuild(); }; }"""
    )
    shown.command(theme="light")
    assert shown.page.evaluate("window.rebuilt") == 0
    shown.command(theme="dark")
    assert shown.page.evaluate("window.rebuilt") == 1
    shown.command(theme="light")


def test_a_notebook_shows_the_same_map(browser: Any) -> None:
    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    page.set_content(TimeMap(specimens.events(), state=JANUARY)._repr_html_())
    frame = next(frame for frame in page.frames if frame.parent_frame)
    frame.wait_for_function("window.__timemap && window.__timemap.ready")
    expect(frame.locator(".tm-count")).to_contain_text("10 of 14 reported events")
    context.close()


def test_outlines_that_do_not_arrive_leave_soft_circles(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    TimeMap(specimens.events(), state=JANUARY, areas_url="missing.json").save(path)
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    assert page.evaluate("__timemap.app.areas.active().length") == 3
    context.close()


def test_data_that_do_not_arrive_are_missed_aloud(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    page_html = TimeMap(specimens.events()).get_root().render()
    path.write_text(re.sub(r'"data":\{"gzip":"[^"]+"\}', '"data":{"url":"missing.bin"}', page_html), encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("The map could not be drawn.", use_inner_text=True)
    context.close()


def test_a_saved_page_has_a_language_a_title_and_may_be_zoomed(show: Callable[..., Shown]) -> None:
    shown = show()
    assert shown.page.evaluate("document.documentElement.lang") == "en"
    assert shown.page.title()
    assert "maximum-scale" not in shown.page.locator('meta[name="viewport"]').get_attribute("content")


def test_hostile_text_is_text(show: Callable[..., Shown]) -> None:
    shown = show(specimens.hostile(), areas={}, radii={})
    shown.page.mouse.move(*shown.spot(*DEBALTSEVE))
    shown.page.wait_for_selector(".tm-tip:not([hidden])")
    expect(shown.page.locator(".tm-tip q")).to_contain_text("<img src=x onerror=window.__hit=1>", use_inner_text=True)
    shown.page.mouse.click(*shown.spot(*DEBALTSEVE))
    shown.settle()
    assert shown.page.evaluate("window.__hit") is None
    expect(shown.page.locator(".tm img")).to_have_count(0)


def served(frame: Any, folder: Path) -> str:
    """Write packed events beside the map; gives the name of the file."""
    name = f"events-{len(list(folder.glob('events-*')))}.bin"
    (folder / name).write_bytes(packed.pack(frame))
    return name


def test_new_data_come_into_the_living_map(browser: Any, tmp_path: Path) -> None:
    """An event was moved by hand: its mark moves; map, window, filters and the opened event stay."""
    frame = specimens.events()
    moved = frame.assign(corrected=None)
    moved.loc[0, ["place", "place_id", "lon", "lat", "corrected"]] = ["Bakhmut", "g712930", 38.0002, 48.5945, "place"]
    first, second = served(frame, tmp_path), served(moved, tmp_path)
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    TimeMap(data_url=first, state=JANUARY | {"event": f"{1:016x}"}, legend="closed").save(tmp_path / "map.html")
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/map.html")
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    page.evaluate("() => { window.__before = __timemap.map; __timemap.command({ status: ['reported'] }); }")
    page.evaluate("url => __timemap.command({ data: { url, radii: {} } })", second)
    page.wait_for_function("__timemap.app.data.column.corrected")
    state = page.evaluate("__timemap.state()")
    assert (state["from"], state["status"], state["event"]) == ("2015-01-01", ["reported"], f"{1:016x}")
    assert state["place"] == "g712930"
    assert page.evaluate("__timemap.map === window.__before")
    assert page.evaluate("[...document.querySelectorAll('.tm canvas')].length") == 5  # base, areas, layers, marks, bar
    page.evaluate("__timemap.command({ event: 'feed' + '0'.repeat(12), data: { url: 'gone.bin' } })")
    page.wait_for_timeout(300)
    assert page.evaluate("__timemap.app.data.column.corrected.length") == len(frame)  # the old data stay
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that writes no log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_data_that_break_off_are_missed_aloud(browser: Any, tmp_path: Path) -> None:
    name = served(specimens.events(), tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-40])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    TimeMap(data_url=name, state=JANUARY).save(tmp_path / "map.html")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/map.html")
    expect(page.get_by_role("alert")).to_contain_text("broke off after", use_inner_text=True)
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()
