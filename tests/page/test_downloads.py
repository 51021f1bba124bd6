"""What the page gives to take along: the rows of the command line, and a plain no to what it does not understand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.cli import main
from geo.page import routes
from geo.settings import Settings
from geo.store import Store
from tests.store.specimens import article, record


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("downloads") / "s.sqlite"
    with Store(f"sqlite:///{path}", create=True) as made:
        made.save(record(article()), pipeline="1")
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def client(store: str) -> TestClient:
    return TestClient(Starlette(routes=routes.routes(Settings(store=store))), base_url="http://localhost")


@pytest.mark.parametrize("link", ["", "from=2015-01-01&to=2015-01-31", "types=explosion", "q=shelling", "types=riot"])
def test_page_and_command_line_give_the_same_rows(client: TestClient, store: str, link: str, tmp_path: Path) -> None:
    """Without a window the page left out what has no date; the command line did not."""
    answer = client.get(f"/api/export/csv?{link}")
    path = tmp_path / "a.csv"
    assert main(["export", "csv", "--store", store, "-o", str(path), "-q", "--excel", "--link", link]) == 0
    assert answer.content == path.read_bytes()
    beside = client.get(f"/api/export/{answer.headers['link'].partition('<')[2].partition('>')[0]}").json()
    assert beside["url"] in answer.headers["content-disposition"]
    ours = json.loads((tmp_path / "a.csv-metadata.json").read_text(encoding="utf-8"))
    assert {**beside, "url": "a.csv"} == ours
    header = next(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [column["name"] for column in beside["tableSchema"]["columns"]] == header


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("csv?typs=battle", 400, "typs: there is no such filter. Did you mean types?"),
        ("kml?from=yesterday", 400, "from: 'yesterday' is not a date"),
        ("gpkg?places=g1", 400, "places: 'g1' is not in this store."),
        ("geojsn", 404, "There is no format 'geojsn'. Did you mean geojson?"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_is_near(
    client: TestClient, path: str, status: int, words: str
) -> None:
    answer = client.get(f"/api/export/{path}")
    assert (answer.status_code, words in answer.text) == (status, True)


def test_what_streamlit_puts_into_an_address_is_no_filter(client: TestClient) -> None:
    assert client.get("/api/export/atom?embed=true&made=1.00000000.00000000").status_code == 200
