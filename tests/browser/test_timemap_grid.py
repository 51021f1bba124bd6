"""A map of counts: it shows what one of events shows, and asks the server only once it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd
import pytest

from gazetteer.index import Gazetteer
from geo import ingest, pipeline
from geo.page import gridding
from geo.settings import ARTICLES
from geo.store import Store
from geo.timemap import TimeMap, files, grid, packed
from tests.browser.asking import expect
from tests.browser.dashboard import Visit, serving
from tests.timemap import volume
from tests.timemap.chromium import DESKTOP

pytestmark = pytest.mark.browser

HOST = "http://map.test/"
FIRST_OF_2015 = sorted(ARTICLES.glob("2015-0*"))
# What the events themselves say of the view that a map of counts shows.
EVENTS = """async (url) => { const { app } = __timemap, data = await TM.receive({ url });
    await data.rest;
    const counts = new TM.Counts(data), filter = new TM.Filter(data.table), { view } = app;
    filter.read({ status: TM.namesOf(app.data.table.statuses, app.filter.status) });
    counts.setFilter(filter, view.axis);
    const { n, sure, types } = counts.count(view), bars = counts.histogram(app.bar.bins.edges, view.types);
    const sum = (stack) => [...stack].map((value) => Math.round(value));
    return { total: [n, sure, ...types], firm: sum(bars.firm), latest: counts.latest(), range: view.range.join(),
        whole: (({ range }) => range.join())(new TM.View((axis) => counts.extent(axis), view.axis)) }; }"""
COUNTS = """() => { const { app } = __timemap, { counts, view, bar } = app, { n, sure, types } = counts.total;
    return { total: [n, sure, ...types], firm: [...bar.bins.firm].map((value) => Math.round(value)),
        latest: counts.latest(), range: view.range.join(), whole: view.range.join() }; }"""
# What is drawn holds what is in sight, and every number is exact.
SETTLED = """() => { const { app } = __timemap, { grid } = app;
    return !app.frame && !grid.pending && grid.covers(grid.part(0)) && grid.rough() === null; }"""


def settled(frame: Any) -> None:
    frame.wait_for_function(SETTLED)


@contextmanager
def counted(browser: Any, frame: pd.DataFrame, **state: Any) -> Iterator[tuple[Any, list[str]]]:
    """Open a map whose events are counted here; gives its page, and what is asked for."""
    held, asked = grid.Grid(frame), list[str]()
    page_html = TimeMap(data_url="grid.bin?of=test", assets_url="assets", state=state).get_root().render()

    def serve(route: Any) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("grid.bin"):
            asked.append(path)
            _, part = gridding.asked(dict(parse_qsl(urlsplit(path).query)))
            route.fulfill(body=held.pack(held.choose(axis=part.axis), part))
        elif path == "events.bin":
            route.fulfill(body=packed.pack(frame))
        elif path.startswith("assets/"):
            found = files.read(path.removeprefix("assets/"))
            coding = {"Content-Encoding": found.encoding} if found.encoding else {}
            route.fulfill(body=found.body, headers={"Content-Type": found.media_type} | coding)
        else:
            route.fulfill(body=page_html, content_type="text/html")

    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve)
    page.goto(HOST)
    page.wait_for_function("window.__timemap && window.__timemap.ready")
    yield page, asked
    context.close()
    assert errors == []


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """So little room that places are put together and days counted by the year."""
    for name, most in {"MOST_OWN": 0, "MOST_PLACES": 0, "MOST_ROWS": 500}.items():
        monkeypatch.setattr(grid, name, most)


def published(frame: pd.DataFrame) -> pd.DataFrame:
    """The events, each told of two days later."""
    told = frame["date_start"] + np.timedelta64(2, "D")
    return frame.assign(published_start=told, published_end=told)


def test_at_rest_every_count_is_that_of_the_events_and_a_drag_asks_for_nothing(browser: Any, little: None) -> None:
    view = {"from": "2014-02-10", "to": "2014-06-20", "lat": 48, "lng": 38, "z": 6}
    with counted(browser, published(volume.sixty_towns(20_000)), **view) as (page, asked):
        settled(page)
        assert page.evaluate("__timemap.app.data.table.grid.bin") == "year"
        assert page.evaluate(COUNTS) == page.evaluate(EVENTS, "events.bin")
        expect(page.locator(".tm-count")).to_contain_text("of 20,000 reported events")
        expect(page.locator(".tm-count")).not_to_contain_text("article")

        before = len(asked)
        box = page.locator(".tm-window").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2 + 130, box["y"] + 40, steps=5)
        expect(page.locator(".tm-count")).to_contain_text("by the year at its edges until it rests")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert len(asked) == before
        n, sure = page.evaluate(COUNTS)["total"][:2]
        exact, certain = page.evaluate(EVENTS, "events.bin")["total"][:2]
        assert (sure <= certain, n >= exact) == (True, True)  # what may lie inside is counted as that
        page.mouse.up()
        settled(page)
        assert len(asked) == before + 1
        assert page.evaluate(COUNTS) == page.evaluate(EVENTS, "events.bin")
        expect(page.locator(".tm-count")).not_to_contain_text("until it rests")

        turned = """() => { __timemap.command({ axis: 'reported', from: '2014-03-05', to: '2015-02-10' });
            return __timemap.app.transport.count.textContent; }"""
        assert "being counted" in page.evaluate(turned)  # what is drawn was counted by the other days
        expect(page.locator(".tm-count")).to_contain_text("by date of publication")
        settled(page)
        assert page.evaluate(COUNTS) == page.evaluate(EVENTS, "events.bin")
        page.evaluate("void __timemap.command({ axis: 'happened' })")

        for message in (
            {"mode": "cumulative"},
            {"mode": "day", "from": "2014-11-20", "to": "2014-12-31"},
            {"mode": "window", "from": "2014-01-05", "to": "2015-11-30"},
            {"types": ["battle", "protest"]},
        ):
            page.evaluate("message => __timemap.command(message)", message)
            settled(page)
            assert page.evaluate(COUNTS) == page.evaluate(EVENTS, "events.bin"), message


def test_a_pan_and_a_zoom_ask_for_what_comes_into_sight(browser: Any, little: None) -> None:
    with counted(browser, volume.sixty_towns(20_000), lat=48, lng=38, z=5) as (page, asked):
        settled(page)
        assert page.evaluate("__timemap.app.data.places.id.length") < 60
        cells = page.evaluate("__timemap.app.marks.marks.length")
        before = len(asked)
        page.evaluate("void __timemap.map.panBy([40, 0], { animate: false })")  # there is more than is in sight
        assert page.evaluate("(({ grid }) => grid.covers(grid.part(0.15)))(__timemap.app)")
        page.evaluate("void __timemap.map.setZoom(9, { animate: false })")
        settled(page)
        assert len(asked) == before + 1
        page.evaluate("void __timemap.map.setView([48, 38], 6, { animate: false })")
        settled(page)
        assert page.evaluate("__timemap.app.marks.marks.length") >= cells
        assert page.evaluate("__timemap.app.counts.total.n") == 20_000


def test_cells_are_drawn_where_those_of_events_would_be(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_OWN", 0)
    with counted(browser, volume.grid(30, 30), lat=20, lng=0, z=4) as (page, _):
        settled(page)
        assert page.evaluate("__timemap.app.data.places.id.length") < 600  # where events have 900
        assert page.evaluate("__timemap.app.marks.dense")
        drawn = page.evaluate("__timemap.app.marks.marks.length")
        page.evaluate("""async () => { const { app } = __timemap;
            app.grid.source = null;
            await TM.renew(app, { url: "events.bin" }); }""")
        assert page.evaluate("__timemap.app.marks.dense")
        assert abs(page.evaluate("__timemap.app.marks.marks.length") - drawn) <= 0.1 * drawn


def test_a_cell_is_opened_as_the_places_that_it_stands_for(browser: Any, little: None) -> None:
    frame = volume.sixty_towns(20_000)
    with counted(browser, frame, lat=48, lng=38, z=4) as (page, _):
        settled(page)
        mark = page.evaluate("""() => { const { app } = __timemap, mark = app.marks.marks[0];
            const { x, y } = app.map.layerPointToContainerPoint([mark.x, mark.y]);
            return { x, y, n: mark.n, places: mark.members || [mark.place] }; }""")
        page.mouse.click(mark["x"], mark["y"])
        chosen = page.evaluate("__timemap.state().places")
        assert frame["place_id"].isin(chosen).sum() == mark["n"]
        assert len(chosen) > len(mark["places"])
        title = page.locator(".tm-gathered h2")
        expect(title).to_have_text(f"{len(chosen)} places, {mark['n']:,} events")
        page.locator(".tm-gathered").get_by_role("button", name="Zoom in").click()
        settled(page)
        assert page.evaluate("__timemap.state().places") == chosen
        page.keyboard.press("Escape")
        assert page.evaluate("__timemap.state().places") == []


def test_few_events_in_sight_are_opened_one_by_one(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 500)
    monkeypatch.setattr(grid, "MOST_OWN", 25)
    frame = volume.pacific()
    with counted(browser, frame, lat=64.73, lng=177.51, z=9) as (page, _):
        settled(page)
        assert page.evaluate("__timemap.app.data.table.grid.own")
        anadyr = frame[frame["place"] == "Anadyr"].drop_duplicates("date_start", keep=False)
        event, day = anadyr["id"].iloc[0], str(anadyr["date_start"].iloc[0])[:10]
        page.evaluate("day => __timemap.command({ from: day, to: day })", day)
        settled(page)
        x, y = page.evaluate("""() => { const { app } = __timemap, mark = app.marks.marks[0];
            const { x, y } = app.map.layerPointToContainerPoint([mark.x, mark.y]); return [x, y]; }""")
        page.mouse.click(x, y)
        assert page.evaluate("__timemap.state().event") == event


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("grid")
    url = f"sqlite:///{folder / 'store.sqlite'}"
    with Store(url, create=True) as store:
        pipeline.ingest(ingest.read(FIRST_OF_2015), store, Gazetteer.open(), data_set="demo", jobs=1)
    with serving(url, folder / "log", CONFLICT_MAP_GRID_FROM="1") as started:
        yield started


def test_the_dashboard_shows_a_store_of_too_many_events_as_any_other(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-10&to=2015-02-05&lat=48&lng=38&z=7")
    frame = here.drawn()
    settled(frame)
    assert not [url for url in here.requests if "events.bin" in url]
    events = frame.evaluate(EVENTS, "../../api/events.bin")
    assert frame.evaluate(COUNTS) == events
    assert events["total"][0] > 20

    here.page.locator("[data-event]", has_text="Debaltseve").first.click()
    here.until(lambda: "event" in here.link())
    event = here.link()["event"]
    frame.wait_for_function("event => __timemap.state().event === event", arg=event)
    frame.evaluate("void __timemap.map.setView([-40, -100], 7, { animate: false })")
    settled(frame)
    here.until(lambda: here.link()["lat"].startswith("-4"))
    # It is one of many in a count now, and stays open; its cell is the one that is lit.
    assert frame.evaluate("__timemap.app.data.indexOf(__timemap.state().event)") == -1
    assert (here.link()["event"], frame.evaluate("__timemap.app.choice.places.size")) == (event, 1)


def test_a_filter_of_the_panel_has_the_counts_made_anew(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-10&to=2015-02-05&lat=48&lng=38&z=7")
    frame = here.drawn()
    settled(frame)
    before = frame.evaluate(COUNTS)["total"][0]
    here.page.locator("[data-tab=filters]").click()
    here.page.locator("[data-key=claimed]").click()
    here.wait_for_link(status="claimed")
    frame.wait_for_function("before => __timemap.app.counts.total.n < before", arg=before)
    settled(frame)
    after = frame.evaluate(COUNTS)
    assert 0 < after["total"][0] < before
    assert after == frame.evaluate(EVENTS, "../../api/events.bin")
    frame.wait_for_function("__timemap.app.grid.source.url.includes('status=claimed')")
