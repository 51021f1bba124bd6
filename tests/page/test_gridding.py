"""Counts instead of events, as the page's route gives them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarks.store import fill
from geo.page import routes, stage
from geo.page.library import Library
from geo.query import Query, select
from geo.settings import Settings
from geo.store import Store
from geo.timemap import packed
from geo.timemap.part import Part

OWN = "http://localhost"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.mktemp("grid") / "map.sqlite"
    with Store(str(path), create=True) as store:
        fill(store, 600, unplotted=1)
    return Settings(store=f"sqlite:///{path}", grid_from=600, kept=None)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    with TestClient(app, base_url=OWN) as asking:
        yield asking


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    opened = Library(settings)
    yield opened
    opened.store.close()


def read(answer: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return packed.unpack(answer.content)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"status": "denied,planned"},
        {"tiers": "B"},
        {"longest": "30"},
        {"places": "CN,US"},
        {"q": "shanghai"},
        {"sources": "nobody"},
        {"actors": "police"},
    ],
)
def test_the_counts_hold_to_the_filters_of_a_link(
    client: TestClient, library: Library, filters: dict[str, str]
) -> None:
    table, columns = read(client.get("/api/grid.bin", params=filters))
    query, notes = Query.from_params(filters)
    kept = select(library.events(), query, articles=library.matching(query.q)).filtered
    assert (notes, columns["count"].sum()) == ((), kept.sum())
    assert table["grid"]["filtered"] == bool({"places", "q", "sources", "actors"} & set(filters))


def test_what_stays_the_same_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/grid.bin?level=4&tiles=7,4,10,7")
    again = client.get("/api/grid.bin?level=4&tiles=7,4,10,7", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    elsewhere = client.get("/api/grid.bin?level=4&tiles=0,4,3,7", headers={"if-none-match": first.headers["etag"]})
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("level=x", "level: expected a zoom level such as 5; got 'x'"),
        ("level=19", "level must lie in 0..18; got 19"),
        ("level=3&tiles=1,2,3", "tiles: expected four numbers: west,north,east,south; got '1,2,3'"),
        ("level=3&tiles=1,2,3,99999999", "tiles: expected four numbers"),
        ("level=3&tiles=0,0,0,8", "tiles must be west, north, east, south within level 3"),
        ("axis=told", "axis must be among happened, reported; got 'told'"),
        ("mode=all", "mode must be among window, cumulative, day; got 'all'"),
        ("window=2015-01-01", "window: expected two days such as 2015-01-01,2015-01-31"),
        ("window=2015-02-30,2015-03-01", "window: '2015-02-30,2015-03-01' is no stretch of days"),
        ("window=2015-02-02,2015-02-01", "window ends before it begins"),
        ("status=gone", "status: 'gone' not among reported, claimed, planned, hypothetical, denied"),
    ],
)
def test_what_is_not_understood_is_answered_in_words(client: TestClient, asked: str, told: str) -> None:
    answer = client.get(f"/api/grid.bin?{asked}")
    assert answer.status_code == 400
    assert told in answer.text
    assert "using" not in answer.text


def test_a_part_of_the_map_is_counted_once_for_each_state_of_the_store(library: Library) -> None:
    query, part = Query(q="shanghai", z=5, lat=1, lng=2, types=("battle",)), Part(level=3)
    body = library.grid(query, part)
    assert library.grid(Query(q="shanghai"), part) is body  # types and the map's view change nothing
    _, columns = packed.unpack(gzip.decompress(body.body))
    library.store.correct(library.events()["id"].iloc[0], note="seen")
    assert library.grid(query, part) is not body
    assert columns["count"].sum() == library.selection(Query(q="shanghai")).filtered.sum()


def test_the_page_sends_counts_from_so_many_events_on(library: Library, settings: Settings) -> None:
    query = Query(q="shanghai", sources=("a & b",), types=("battle",))
    data = stage._data(query, library)
    assert data["grid"] is True
    assert data["url"].startswith(f"../../api/grid.bin?version={library.version()}")
    assert data["url"].endswith("&q=shanghai&sources=a+%26+b")
    assert stage._filters(query, library, library.selection(query))["sources"] is None
    row = library.events().iloc[0]
    spot = stage._spot(Query(event=row["id"]), library)["spot"]
    assert (spot["event"], spot["place"], spot["lat"]) == (row["id"], row["place_id"], row["lat"])
    assert stage._spot(Query(), library) == {"spot": None}
    more = Library(Settings(store=settings.store, grid_from=601, kept=None))
    try:
        assert stage._data(query, more)["url"] == f"../../api/events.bin?version={library.version()}"
        assert stage._spot(Query(event=row["id"]), more) == {}
    finally:
        more.store.close()
