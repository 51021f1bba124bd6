"""The dashboard in a real browser with every other host closed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import stories
from tests.browser.asking import expect
from tests.browser.dashboard import KEEP, PHONE, Visit, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def standing(browser: Any, address: str) -> Iterator[Callable[[str], Visit]]:
    """Visits for tests that ask and leave all as it was: one for each link."""
    visits: dict[str, Visit] = {}

    def at(link: str = "") -> Visit:
        if link not in visits:
            visits[link] = Visit(browser, address + link)
            visits[link].drawn()
        return visits[link]

    yield at
    for each in visits.values():
        each.close()


def test_the_map_is_drawn_and_nothing_asks_for_another_host(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.wait_for_shown(*stories.PLACES)
    expect(here.page.locator(".corpus")).to_have_text("3 articles, 6 reported events, 5 places")
    expect(here.drawn().locator(".tm-count")).to_contain_text("6 of 6 reported events in 3 articles")


@pytest.mark.parametrize(
    ("year", "places"),
    [
        (2015, {"Debaltseve", "Donetsk Oblast", "Luhansk"}),
        (2016, {"Bakhmut"}),
        (2017, set()),
        (2023, {"Bakhmut", "Ukraine"}),
    ],
)
def test_a_link_shows_its_window_and_nothing_outside_it(
    visit: Callable[..., Visit], year: int, places: set[str]
) -> None:
    visit(f"?from={year}-01-01&to={year}-12-31").wait_for_shown(*places)


def test_dragging_the_window_asks_the_server_nothing_until_the_release(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31")
    frame = here.drawn()
    here.quiet()
    frame.evaluate(KEEP)
    box = frame.locator(".tm-window").bounding_box()
    before, requests = here.sent, len(here.requests)
    here.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.down()
    for step in range(1, 25):
        here.page.mouse.move(box["x"] + box["width"] / 2 + 8 * step, box["y"] + box["height"] / 2)
        here.page.wait_for_timeout(16)
    here.page.wait_for_timeout(500)
    assert (here.sent, here.requests[requests:]) == (before, [])
    here.page.mouse.up()
    here.until(lambda: here.link()["from"] > "2015-01-01")
    here.quiet()
    assert here.sent == before + 1
    assert frame.evaluate("window.__kept === window.__timemap.map")


def test_the_link_restores_window_filters_view_and_event_in_a_fresh_browser(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31&status=reported&lat=48.2&lng=38.1&z=7")
    here.drawn()
    here.page.locator("[data-event]", has_text="Debaltseve").click()
    here.page.get_by_text("Debaltseve, 26 Jan 2015").wait_for()
    here.until(lambda: "event" in here.link())
    link = here.page.evaluate("location.search")
    there = visit(link)
    there.drawn().wait_for_function("window.__timemap.state().event")
    restored, left = (each.drawn().evaluate("window.__timemap.state()") for each in (there, here))
    for side in ("lat", "lng"):  # the frame takes its height after the map is made: a pixel or two of rounding
        assert restored.pop(side) == pytest.approx(left.pop(side), abs=0.02)
    assert restored == left
    there.page.get_by_text("Debaltseve, 26 Jan 2015").wait_for()
    there.wait_for_shown("Debaltseve", "Luhansk")
    there.wait_for_link(**here.link())
    assert there.link() == here.link()


def test_a_click_on_a_row_opens_its_sentence_and_says_why(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31")
    frame = here.drawn()
    frame.evaluate(KEEP)
    here.page.locator("[data-event]", has_text="Debaltseve").click()
    sentence, why = stories.records()[0].article.text.split("\n")[0], here.page.locator(".why")
    here.until(lambda: "".join(here.page.locator(".text .sentence").all_inner_texts()) == sentence)
    expect(here.page.locator(".text .trigger")).to_have_text("Fighting")
    expect(why).to_contain_text("“Debaltseve” is Debaltseve, Donetsk, Ukraine.", use_inner_text=True)
    assert "stands beside" not in why.inner_text()
    here.page.get_by_role("button", name="More: reasons").click()
    expect(why).to_contain_text("“Fighting” stands beside “Debaltseve”", use_inner_text=True)
    here.page.get_by_role("button", name="Next event").click()
    here.page.get_by_role("heading", name="Luhansk").or_(
        here.page.get_by_role("heading", name="Debaltseve")
    ).first.wait_for()
    here.page.locator(".back").click()
    here.page.locator("[data-event]").first.wait_for()
    here.wait_for_link(event=None)
    assert frame.evaluate("window.__kept === window.__timemap.map")


def test_a_click_on_a_mark_opens_its_event(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31&lat=48.3376&lng=38.4086&z=8")
    frame = here.drawn()
    spot = frame.evaluate(
        "() => { const p = __timemap.map.latLngToContainerPoint([48.3376, 38.4086]);"
        " const box = __timemap.map.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top]; }"
    )
    stage = here.page.locator(".st-key-stage iframe").bounding_box()
    here.page.mouse.click(stage["x"] + spot[0], stage["y"] + spot[1])
    here.page.get_by_text("Debaltseve, 26 Jan 2015").wait_for()
    here.until(lambda: "event" in here.link())


def test_filters_compose_count_and_clear(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    here.page.locator("[data-tab=filters]").click()
    here.page.locator("[data-key=claimed]").click()
    here.wait_for_link(status="claimed")
    here.page.locator("[data-key='2015']").click()
    here.wait_for_link(**{"from": "2015-01-01", "to": "2015-12-31"})
    here.page.locator("[data-key=battle][aria-pressed=false]").wait_for()
    here.page.locator("[data-key=battle]").click()
    here.wait_for_link(types="battle")
    here.page.locator(".note", has_text="0 events of the window: Battle; Claimed").wait_for()
    here.drawn().wait_for_function("__timemap.app.counts.total.n === 0")
    here.wait_for_shown()
    here.page.get_by_role("button", name="Clear all filters").click()
    here.wait_for_link(types=None, status=None)
    here.wait_for_shown("Debaltseve", "Donetsk Oblast", "Luhansk")


def test_search_finds_words_of_articles_and_flies_to_places(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.drawn()
    field = here.page.get_by_role("combobox")
    field.fill("heavy")
    field.press("Enter")
    here.wait_for_link(q="heavy")
    here.wait_for_shown("Debaltseve", "Donetsk Oblast", "Luhansk")
    field.fill("Khark")
    here.page.locator(".suggest .option", has_text="Kharkiv").first.click()
    here.drawn().wait_for_function("__timemap.map.getCenter().distanceTo([49.99, 36.23]) < 100000")


def test_what_was_not_plotted_says_why_and_opens_its_sentence(visit: Callable[..., Visit]) -> None:
    here = visit("?tab=not_plotted")
    here.drawn()
    item = here.page.locator(".unplotted")
    expect(item.first).to_contain_text("A government or an army speaking, not the place")
    item.first.click()
    expect(here.page.locator(".text .target")).to_have_text("Kyiv")


def test_hostile_text_is_text_in_list_reader_and_header(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2016-01-01&to=2016-12-31")
    here.drawn()
    row = here.page.locator("[data-event]")
    expect(row).to_contain_text("<img src=x onerror=")
    row.click()
    expect(here.page.locator(".article h3")).to_have_text(f"A hostile title {stories.HOSTILE}")
    expect(here.page.locator("div.text")).to_contain_text(stories.HOSTILE)
    here.page.locator(".back").click()
    here.page.locator("[data-tab=filters]").click()
    here.page.locator("[data-key^='Source <img']").wait_for()
    assert here.page.evaluate("window.__hacked") is None
    assert here.drawn().evaluate("window.__hacked") is None


@pytest.mark.parametrize("name", ["geojson", "csv", "kml", "gpkg", "parquet", "html"])
def test_every_export_holds_what_is_in_view(standing: Callable[..., Visit], tmp_path: Path, name: str) -> None:
    here = standing("?from=2016-01-01&to=2016-12-31")
    here.page.get_by_role("button", name="Export").click()
    with here.page.expect_download() as started:
        here.page.locator(f".menu a[href^='api/export/{name}']").click()
    made = tmp_path / started.value.suggested_filename
    started.value.save_as(made)
    here.page.keyboard.press("Escape")
    here.page.locator(".menu").wait_for(state="hidden")
    assert made.suffix.removeprefix(".") == name
    if name == "geojson":
        features = json.loads(made.read_text(encoding="utf-8"))["features"]
        assert [feature["properties"]["place"] for feature in features] == ["Bakhmut"]
    assert made.stat().st_size > 500


def test_an_exported_page_stands_alone_and_runs_no_text_of_an_article(
    standing: Callable[..., Visit], browser: Any, tmp_path: Path
) -> None:
    here = standing()
    made = tmp_path / "map.html"
    answer = here.context.request.get(here.page.url.split("?")[0] + "api/export/html")
    made.write_bytes(answer.body())
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(made.as_uri())
        page.wait_for_function("window.__timemap && window.__timemap.ready", timeout=30_000)
        assert page.evaluate("window.__hacked") is None
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_link_full_of_nonsense_is_answered_in_words(visit: Callable[..., Visit]) -> None:
    here = visit(
        "?from=yesterday&to=2015-99-99&types=earthquake&lat=nan&lng=inf&z=900&mode=%3Cscript%3E&event=%27;DROP&x=1"
    )
    here.wait_for_shown(*stories.PLACES)
    expect(here.page.locator(".notice")).to_contain_text("from: 'yesterday' is not a date")
    assert "Traceback" not in here.page.inner_text("body")
    here.page.get_by_role("button", name="Dismiss").click()
    here.page.locator(".notice").wait_for(state="detached")


def test_a_link_from_elsewhere_says_what_is_not_here_and_a_copied_one_where_it_is_from(
    visit: Callable[..., Visit],
) -> None:
    here = visit("?made=1.00000000.00000000&event=gone&places=g1")
    notes = here.page.locator(".notice")
    expect(notes).to_contain_text("event: 'gone' is not in this store.")
    expect(notes).to_contain_text("places: 'g1' is not in this store.")
    expect(notes).to_contain_text("This link was made with other articles than are here")
    here.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: t => { window.copied = t; }}})"
    )
    here.page.get_by_role("button", name="Share").click()
    here.page.get_by_role("button", name="Copy link").click()
    here.page.get_by_text("Link copied.").wait_for()
    copied = here.page.evaluate("window.copied")
    again = visit(f"?{copied.partition('?')[2]}")
    again.drawn()
    assert "made=1." in copied
    again.page.locator("[data-tab=events][aria-selected=true]").wait_for()  # drawn last: a notice would be there
    assert "made with" not in again.page.locator("body").inner_text()


def test_light_and_dark_follow_the_system_and_the_switch(visit: Callable[..., Visit]) -> None:
    here = visit(scheme="dark")
    here.drawn().wait_for_function("window.__timemap.app.theme === 'dark'")
    here.drawn().evaluate(KEEP)
    here.page.get_by_role("button", name="Switch to light").click()
    here.wait_for_link(theme="light")
    here.page.get_by_role("button", name="Switch to dark").wait_for()
    here.until(lambda: bool(here.drawn().evaluate("window.__timemap.app.theme === 'light'")))
    assert here.drawn().evaluate("window.__kept === window.__timemap.map")


def test_on_a_phone_the_panel_stands_below_the_map(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-01&to=2015-12-31", size=PHONE)
    here.wait_for_shown("Debaltseve", "Donetsk Oblast", "Luhansk")
    expect(here.page.locator("[data-event]")).to_have_count(3)
    stage = here.page.locator(".st-key-stage").bounding_box()
    panel = here.page.locator(".st-key-side").bounding_box()
    assert stage["width"] == panel["width"] == 390
    assert panel["y"] >= stage["y"] + stage["height"] - 1
    assert here.page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_a_link_to_an_event_has_its_map_without_scrolling_to_it(visit: Callable[..., Visit]) -> None:
    link = "?from=2015-01-01&to=2015-12-31"
    event = visit(link).drawn().evaluate("__timemap.app.data.eventId(0)")
    here = visit(f"{link}&event={event}", size=PHONE)
    frame = here.drawn()
    frame.wait_for_function("event => __timemap.state().event === event", arg=event)
    frame.wait_for_function("Boolean(__timemap.app.base)")
    here.page.locator(".why").wait_for()


@pytest.mark.parametrize("path", ["_stcore/agent/interact", "_stcore/agent/mcp", "mcp"])
def test_no_program_can_drive_the_page_through_a_side_door(standing: Callable[..., Visit], path: str) -> None:
    here = standing()
    question = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = here.context.request.post(here.page.url.split("?")[0] + path, data=question)
    assert answer.status >= 400
    assert "result" not in answer.text()


def test_the_about_box_credits_the_data(standing: Callable[..., Visit]) -> None:
    here = standing()
    here.page.get_by_role("button", name="About").click()
    dialog = here.page.get_by_role("dialog")
    expect(dialog).to_contain_text("GeoNames")
    here.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


@pytest.mark.parametrize("variable", ["CONFLICT_MAP_STORE", "CONFLICT_MAP_GAZETTEER"])
def test_a_file_of_another_kind_is_refused_in_words(browser: Any, tmp_path: Path, variable: str) -> None:
    store = stories.make_store(tmp_path / "store.sqlite")
    foreign = tmp_path / "shopping-list.sqlite"
    foreign.write_text("bread, milk\n" * 200, encoding="utf-8")
    value = f"sqlite:///{foreign}" if variable == "CONFLICT_MAP_STORE" else str(foreign)
    with serving(store, tmp_path / "log", **{variable: value}) as here:
        visitor = Visit(browser, here)
        expect(visitor.page.locator(".st-key-fault")).to_contain_text("shopping-list")
        assert "Traceback" not in visitor.page.inner_text("body")
        visitor.close()


def test_a_read_only_store_is_shown(browser: Any, tmp_path: Path) -> None:
    store = stories.make_store(tmp_path / "store.sqlite")
    with serving(store, tmp_path / "log", CONFLICT_MAP_READ_ONLY="1") as here:
        visitor = Visit(browser, here)
        visitor.wait_for_shown(*stories.PLACES)
        visitor.close()
