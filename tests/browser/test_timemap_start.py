"""How the map starts when a part of it comes late, broken or never: the rest stands, and what is missing is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from geo.timemap import TimeMap, files, packed
from tests.browser.asking import expect
from tests.browser.dashboard import drawn
from tests.browser.stage import JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP

pytestmark = pytest.mark.browser

HOST = "http://map.test/"
READY = "window.__timemap && window.__timemap.ready"


def give(route: Any, path: str) -> None:
    """Answer with one of the map's own files."""
    found = files.read(path.removeprefix("assets/"))
    coding = {"Content-Encoding": found.encoding} if found.encoding else {}
    route.fulfill(body=found.body, headers={"Content-Type": found.media_type} | coding)


@contextmanager
def started(browser: Any, answer: Callable[[Any, str], bool] = lambda *_: False, script: str = "") -> Iterator[Any]:
    """Open a map whose files are answered here; `answer` may take over a request, by its path, and says so."""
    data = packed.pack(specimens.events())
    page_html = TimeMap(data_url="events.bin", assets_url="assets", state=JANUARY, legend="closed").get_root().render()

    def serve(route: Any) -> None:
        path = route.request.url.removeprefix(HOST)
        if answer(route, path):
            return
        if path == "events.bin":
            route.fulfill(body=data)
        elif path.startswith("assets/"):
            give(route, path)
        else:
            route.fulfill(body=page_html, content_type="text/html")

    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if script:
        page.add_init_script(script)
    page.route("**/*", serve)
    page.goto(HOST)
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("world", "Coasts and borders are missing."),
        ("water", "Lakes and rivers are missing."),
        ("labels", "Names of countries and towns are missing."),
    ],
)
def test_a_part_of_the_base_map_that_fails_leaves_the_others(browser: Any, name: str, missing: str) -> None:
    def fail(route: Any, path: str) -> bool:
        if path.endswith(f"basemap/{name}.json"):
            route.fulfill(status=500)
            return True
        return False

    with started(browser, fail) as page:
        page.wait_for_function(READY)
        note = page.get_by_role("alert")
        expect(note).to_contain_text(missing, use_inner_text=True)
        expect(note).to_contain_text("the server answered 500", use_inner_text=True)
        assert page.evaluate("Boolean(__timemap.app.base)") == (name != "world")
        assert page.evaluate("__timemap.app.labels.countries.length > 0") == (name != "labels")
        note.get_by_role("button", name="Close").click()
        expect(note).to_have_count(0)


def test_a_base_map_that_never_answers_is_not_waited_for_and_drawn_when_it_comes(browser: Any) -> None:
    held: list[Any] = []

    def hold(route: Any, path: str) -> bool:
        if "basemap/" in path:
            held.append(route)
        return "basemap/" in path

    with started(browser, hold) as page:
        page.wait_for_function(READY, timeout=20_000)
        expect(page.locator(".tm-count")).to_contain_text("10 of 14 reported events")
        page.evaluate("id => __timemap.command({ event: id })", f"{1:016x}")
        assert page.evaluate("__timemap.state().event") == f"{1:016x}"
        for route in held:
            give(route, route.request.url.removeprefix(HOST))
        page.wait_for_function("__timemap.app.base && __timemap.app.labels.countries.length")
        expect(page.get_by_role("alert")).to_have_count(0)


def test_data_that_break_off_once_are_asked_for_again(browser: Any) -> None:
    answers: list[str] = []

    def cut(route: Any, path: str) -> bool:
        if path == "events.bin":
            answers.append(path)
            if len(answers) == 1:
                route.fulfill(body=packed.pack(specimens.events())[:-40])
                return True
        return False

    with started(browser, cut) as page:
        page.wait_for_function(READY)
        assert len(answers) == 2
        expect(page.get_by_role("alert")).to_have_count(0)
        page.evaluate("id => __timemap.command({ event: id })", f"{1:016x}")
        assert page.evaluate("__timemap.state().event") == f"{1:016x}"


def test_data_that_break_off_again_leave_the_events_on_the_map(browser: Any) -> None:
    def cut(route: Any, path: str) -> bool:
        if path == "events.bin":
            route.fulfill(body=packed.pack(specimens.events())[:-40])
            return True
        return False

    with started(browser, cut) as page:
        page.wait_for_function(READY)
        expect(page.get_by_role("alert")).to_contain_text("none can be opened", use_inner_text=True)
        expect(page.locator(".tm-count")).to_contain_text("10 of 14 reported events")


def test_fonts_that_never_settle_do_not_keep_names_off_the_map(browser: Any) -> None:
    with started(browser, script="Object.getPrototypeOf(document.fonts).load = () => new Promise(() => {})") as page:
        page.wait_for_function(READY)
        page.wait_for_function("__timemap.app.lettered", timeout=10_000)


def test_a_frame_that_gets_no_animation_frames_is_ready_all_the_same(browser: Any) -> None:
    script = "window.requestAnimationFrame = () => 1; window.cancelAnimationFrame = () => {}"
    with started(browser, script=script) as page:
        for _ in range(100):
            if page.evaluate(f"Boolean({READY})"):
                break
            page.wait_for_timeout(100)
        assert page.evaluate(READY)
        page.evaluate("__timemap.command({ from: '2016-01-01', to: '2016-12-31' })")
        expect(page.locator(".tm-count")).to_have_text(re.compile(r"^0 of"), use_inner_text=True)


def test_a_frame_whose_page_comes_late_is_seen_to_be_ready(browser: Any) -> None:
    """What waits in a frame may begin in the empty document that stands there first, and end with it."""
    held: list[Any] = []
    stage = "<div class='st-key-stage'><iframe src='frame.html'></iframe></div>"
    html = f"{stage}<script>setTimeout(() => console.log('now'), 600)</script>"

    def serve(route: Any) -> None:
        if route.request.url.endswith("frame.html"):
            held.append(route)
        else:
            route.fulfill(body=html, content_type="text/html")

    def release(_: object) -> None:
        held[0].fulfill(body="<script>window.__timemap = { ready: true }</script>", content_type="text/html")

    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/*", serve)
        page.on("console", release)
        page.goto(HOST, wait_until="commit")
        assert drawn(page).evaluate("window.__timemap.ready")
