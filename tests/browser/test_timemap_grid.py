"""A map of counts: the dashboard of a store that passes for one of too many events, on the articles that ship with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gazetteer.index import Gazetteer
from geo import ingest, pipeline
from geo.settings import ARTICLES
from geo.store import Store
from tests.browser.asking import expect
from tests.browser.dashboard import Visit, serving

pytestmark = pytest.mark.browser

FIRST_OF_2015 = sorted(ARTICLES.glob("2015-0*"))
# What the events themselves say of the view that the map of counts shows.
EVENTS = """async () => { const { app } = __timemap, data = await TM.receive({ url: "../../api/events.bin" });
    await data.rest;
    const counts = new TM.Counts(data), filter = new TM.Filter(data.table);
    filter.read({ status: TM.namesOf(app.data.table.statuses, app.filter.status) });
    counts.setFilter(filter, app.view.axis);
    const { n, sure, types } = counts.count(app.view);
    return [n, sure, ...types]; }"""
COUNTS = "() => { const { n, sure, types } = __timemap.app.counts.total; return [n, sure, ...types]; }"
# What is drawn holds what is in sight, and every number is exact.
SETTLED = """() => { const { app } = __timemap, { grid } = app;
    return !app.frame && !grid.pending && grid.covers(grid.part(0)) && grid.rough() === null; }"""


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("grid")
    url = f"sqlite:///{folder / 'store.sqlite'}"
    with Store(url, create=True) as store:
        pipeline.ingest(ingest.read(FIRST_OF_2015), store, Gazetteer.open(), data_set="demo", jobs=1)
    with serving(url, folder / "log", CONFLICT_MAP_GRID_FROM="1") as started:
        yield started


def settled(frame: Any) -> None:
    expect(frame).to_be_true(SETTLED) if False else frame.wait_for_function(SETTLED)


def test_at_rest_the_counts_are_those_of_the_events(visit: Callable[..., Visit]) -> None:
    here = visit("?from=2015-01-10&to=2015-02-05&lat=48&lng=38&z=7")
    frame = here.drawn()
    settled(frame)
    assert not [url for url in here.requests if "events.bin" in url]
    assert frame.evaluate(COUNTS) == frame.evaluate(EVENTS)
    assert frame.evaluate("__timemap.app.counts.total.n") > 20
    print(frame.evaluate("JSON.stringify(__timemap.app.data.table.grid)"))
    here.page.screenshot(path="/tmp/grid.png")
