"""Missing names over the route that the page's own panel asks: written, read again, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.page import filling, intake, routes
from geo.page.library import Library, library
from geo.page.session import View
from geo.pipeline import own_places
from geo.query import Query
from geo.settings import Settings
from tests.browser.unknown_village import make_store

OWN = "http://localhost:8501"


@pytest.fixture(scope="module")
def read_in(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("read") / "store.sqlite"
    make_store(path)
    return path.read_bytes()


@pytest.fixture
def settings(read_in: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("CONFLICT_MAP_PLACES", raising=False)
    (tmp_path / "map.sqlite").write_bytes(read_in)
    return Settings.from_environment(store=f"sqlite:///{tmp_path / 'map.sqlite'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    with TestClient(app, base_url=OWN) as asking:
        yield asking


def post(client: TestClient, token: str = intake.TOKEN, **fields: str) -> Any:
    form = {name: (None, value) for name, value in fields.items()} or {"name": (None, "")}
    return client.post("/api/own-places", files=form, headers={"x-page-token": token})


def end(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.text.splitlines()[-1]))


def missing_names(shelf: Library) -> list[str]:
    return [one.told.name for one in shelf.missing()]


def test_one_edit_reads_the_articles_concerned_and_their_events_stand_there(
    client: TestClient, settings: Settings
) -> None:
    shelf = library(settings)
    assert missing_names(shelf) == ["Zarudovets"]
    filled = end(post(client, name="Zarudovets", lat="49.71", lon="36.9"))["filled"]
    assert (filled["articles"], filled["name"], filled["lat"], filled["lng"]) == (2, "Zarudovets", 49.71, 36.9)
    there = shelf.events()[shelf.events()["place_id"] == "u:zarudovets"]
    assert len(there) == filled["here"] >= 2
    assert missing_names(shelf) == []
    assert set(there["lat"]) == {49.71}


def test_an_alias_and_articles_that_only_hold_the_word_are_read_again_too(client: TestClient) -> None:
    filled = end(post(client, name="Zarudivtsi", lat="49.71", lon="36.9", aliases="Zarudovets"))["filled"]
    assert (filled["articles"], filled["here"] >= 2) == (2, True)


def test_a_fault_names_file_and_line_and_changes_nothing(client: TestClient, settings: Settings) -> None:
    file = own_places.file(settings)
    assert file is not None
    told = end(post(client, name="Zarudovets", lat="49,71", lon="36.9"))
    assert told["fault"] == f"{file}:2: Zarudovets: lat and lon must be numbers; got '49,71', '36.9'"
    assert not file.exists()
    assert missing_names(library(settings)) == ["Zarudovets"]


def test_a_file_changed_by_hand_is_noticed_and_one_with_a_fault_is_told(client: TestClient, settings: Settings) -> None:
    shelf, file = library(settings), own_places.file(settings)
    assert file is not None
    view = View(Query(tab="missing"))
    assert filling.panel(view, shelf)["known"] == {"names": 0, "articles": 0}
    file.write_text("name,lat,lon\nZarudovets,far,1\n", encoding="utf-8")
    assert filling.panel(view, shelf)["fault"].startswith(f"{file}:2: Zarudovets: lat and lon must be numbers")
    assert end(post(client))["fault"].startswith(f"{file}:2: ")
    file.write_text("name,lat,lon\nZarudovets,49.71,36.90\n", encoding="utf-8")
    assert filling.panel(view, shelf)["known"] == {"names": 1, "articles": 2}
    assert end(post(client))["filled"]["articles"] == 2
    assert missing_names(shelf) == []


def test_corrections_by_hand_outlive_the_reading(client: TestClient, settings: Settings) -> None:
    shelf = library(settings)
    event = shelf.events()["id"].iloc[0]
    shelf.store.correct(event, note="Seen on film.")
    end(post(client, name="Zarudovets", lat="49.71", lon="36.9"))
    assert "Seen on film." in set(shelf.events()["note"])


def test_only_our_own_page_may_and_only_where_the_map_may_be_changed(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    assert post(client, "guess", name="X", lat="1", lon="1").status_code == 403
    shown = Settings.from_environment(store=settings.store, read_only=True)
    app = Starlette(routes=routes.routes(shown), middleware=routes.middleware(shown))
    for_all = TestClient(app, base_url=OWN)
    assert post(for_all, name="X", lat="1", lon="1").status_code == 403
    assert for_all.get("/api/missing.csv").status_code == 403
    assert [path.name for path in tmp_path.iterdir()] == ["map.sqlite"]


def test_the_list_can_be_taken_along_as_the_command_writes_it(client: TestClient) -> None:
    head, first = client.get("/api/missing.csv").text.splitlines()
    assert head.startswith("name,lat,lon,kind,country,aliases,mentions,laid_in")
    assert first.startswith("Zarudovets,,,village,UA,,3,Kharkiv Oblast")


def test_the_file_is_the_one_named_else_the_one_beside_the_store(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_places.file(settings) == tmp_path / "map.places.csv"
    assert own_places.file(Settings(store="postgresql://localhost/map")) is None
    monkeypatch.setenv("CONFLICT_MAP_PLACES", str(tmp_path / "named.csv"))
    assert own_places.file(settings) == tmp_path / "named.csv"
    chosen = Settings(store=settings.store, places=tmp_path / "given.csv")
    assert own_places.file(chosen) == tmp_path / "given.csv"
