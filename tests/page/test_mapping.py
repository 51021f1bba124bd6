"""The mapping of a table over the routes of the page: looked at, read, the same as YAML, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.ingest import Columns, TableForm, read_map
from geo.page import intake, routes
from geo.page.library import library
from geo.settings import Settings

OWN = "http://localhost:8501"
TABLE = b"nr,brief,seen\n1,Clashes were reported in Luhansk on Monday.,03/02/2015\n2,Shelling hit Bakhmut.,03/20/2015\n"
# As the page sends it: every field, most of them empty.
EMPTY = {f"column_{name}": "" for name in ("text", "title", "published", "source", "url", "id")}
MAPPED = EMPTY | {
    "column_text": "brief",
    "column_published": "seen",
    "date_order": "month",
    "separator": "",
    "encoding": "",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(store=f"sqlite:///{tmp_path / 'map.sqlite'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    with TestClient(app, base_url=OWN) as asking:
        yield asking


def post(client: TestClient, path: str, token: str = intake.TOKEN, name: str = "a.csv", **fields: str) -> Any:
    files = [("file", (name, TABLE)), *((key, (None, value)) for key, value in fields.items())]
    return client.post(path, files=files, headers={"x-page-token": token})


def told(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.text.splitlines()[-1]))


def test_a_table_is_looked_at_and_nothing_is_stored(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    unknown = told(post(client, "/api/columns"))["preview"]
    assert (unknown["header"], unknown["articles"], unknown["yaml"]) == (["nr", "brief", "seen"], [], "")
    assert unknown["problems"][0].startswith("No 'text' column; found 'nr', 'brief', 'seen'")
    found = told(post(client, "/api/columns", **MAPPED))["preview"]
    assert [one["date"] for one in found["articles"]] == ["2 Mar 2015", "20 Mar 2015"]
    assert found["found"] == {"id": "nr", "text": "brief", "published": "seen"}
    (tmp_path / "columns.yaml").write_text(found["yaml"], encoding="utf-8")
    assert read_map(tmp_path / "columns.yaml") == (
        Columns(text="brief", published="seen"), TableForm(date_order="month"),
    )  # fmt: skip
    assert library(settings).store.counts().articles == 0


def test_the_table_is_read_with_the_mapping_and_without_it_the_report_offers_one(
    client: TestClient, settings: Settings
) -> None:
    (problem,) = told(post(client, "/api/articles"))["report"]["problems"]
    assert (problem["where"], problem["about"]) == ("a.csv:1", "columns")
    assert told(post(client, "/api/articles", **MAPPED))["report"]["articles"] == 2
    days = {str(one.published_start) for one in library(settings).catalogue()}
    assert days == {"2015-03-02", "2015-03-20"}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"date_order": "year"}, "the columns named here: date_order must be day or month; got 'year'"),
        ({"separator": "<>"}, "the columns named here: separator must be one character; got '<>'"),
        ({"encoding": "klingon"}, "the columns named here: there is no encoding 'klingon'"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_the_reason(
    client: TestClient, fields: dict[str, str], fault: str
) -> None:
    assert told(post(client, "/api/columns", **fields))["fault"].startswith(fault)
    answer = post(client, "/api/articles", **fields)
    assert (answer.status_code, answer.text.startswith(fault)) == (400, True)


def test_what_is_no_table_is_told_and_every_place_is_given_back(client: TestClient) -> None:
    for _ in range(intake.MOST_WAITING + 1):
        assert "this is no table" in told(post(client, "/api/columns", name="a.html"))["fault"]
        answer = client.post("/api/columns", files={"x": (None, "y")}, headers={"x-page-token": intake.TOKEN})
        assert told(answer)["fault"] == "There is no file to look at."


def test_only_our_own_page_may_look_and_only_where_the_map_may_be_changed(
    client: TestClient, settings: Settings
) -> None:
    assert post(client, "/api/columns", "guess").status_code == 403
    assert library(settings).store.counts().articles == 0
    shown = Settings.from_environment(store=settings.store, read_only=True)
    app = Starlette(routes=routes.routes(shown), middleware=routes.middleware(shown))
    assert post(TestClient(app, base_url=OWN), "/api/columns").status_code == 403
