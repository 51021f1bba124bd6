"""What the page gives to take along: the rows of the command line, and a plain no to what it does not understand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import parse_qsl

import geopandas
import pandas as pd
import pyogrio
import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gazetteer import plugins
from geo import export
from geo.cli import main
from geo.export import feed
from geo.page import routes
from geo.page.library import library
from geo.query import Query
from geo.settings import Settings
from geo.store import Store
from geo.store.spool import Spool
from tests.packages import declare, look_again, packages
from tests.store.specimens import article, record

__all__ = ["packages"]


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


def _ids(name: str, content: bytes, path: Path) -> list[str]:
    """Give the ids of the events that a file holds, read by another program where there is one."""
    if name in ("gpkg", "parquet"):
        path = path.with_suffix(f".{name}")  # GDAL goes by the ending
        path.write_bytes(content)
        frame = pyogrio.read_dataframe(path, layer="events") if name == "gpkg" else geopandas.read_parquet(path)
        return list(frame["id"])
    if name == "csv":
        return list(pd.read_csv(io.BytesIO(content), dtype={"id": str})["id"])
    if name == "jsonl":
        return [json.loads(line)["id"] for line in content.splitlines()]
    if name == "geojson":
        return [feature["id"] for feature in json.loads(content)["features"]]
    if name == "kml":
        marks = etree.fromstring(content).iter("{*}Placemark")
        return [str(mark.findtext(".//{*}Data[@name='id']/{*}value")) for mark in marks]
    # Feeds name their entries by addresses made of the ids, Linked Places hold places.
    assert name in ("atom", "lpf")
    return (
        [str(entry.findtext("{*}id")) for entry in etree.fromstring(content).iter("{*}entry")] if name == "atom" else []
    )


@pytest.mark.parametrize("link", ["", "from=2015-01-01&to=2015-01-31", "types=explosion", "q=shelling", "types=riot"])
def test_page_routes_and_command_line_choose_the_same_events_in_every_format(
    client: TestClient, store: str, link: str, tmp_path: Path
) -> None:
    shelf = library(Settings(store=store))
    query, notes = Query.from_params(dict(parse_qsl(link)))
    assert notes == ()
    frame, chosen = shelf.events(), shelf.selection(query)
    shown = set(frame["id"].iloc[shelf.listed(query)])
    if not query.start:
        shown |= set(frame["id"][chosen.undated])  # the list is one of days; a file without a window holds them all
    api = client.get(f"/api/v1/events?{link}").json()
    assert {feature["id"] for feature in api["features"]} == shown
    for name in export.names():
        route = client.get(f"/api/export/{name}?{link}").content
        path = tmp_path / f"a.{name}"
        more = ["--excel"] if name == "csv" else []
        assert main(["export", name, "--store", store, "-o", str(path), "-q", *more, "--link", link]) == 0
        ours = path.read_bytes()
        assert name == "gpkg" or route == ours  # a GeoPackage notes when it was written
        expected = {"atom": {feed._urn(f"event {one}") for one in shown}, "lpf": set()}.get(name, shown)
        held = _ids(name, route, tmp_path / "route")
        assert (name, set(held), len(held)) == (name, expected, len(expected))
        assert held == _ids(name, ours, tmp_path / "ours")


@pytest.mark.parametrize("name", export.names())
def test_no_format_holds_all_events_at_once(
    client: TestClient, store: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million events as one frame take 600 MB, and what each format made of it as much again."""

    def write(path: Path) -> tuple[bytes, bytes]:
        assert main(["export", name, "--store", store, "-o", str(path), "-q", "--link", ""]) == 0
        return path.read_bytes(), client.get(f"/api/export/{name}").content

    def whole(_: object) -> None:
        raise AssertionError("all events at once")

    at_once = write(tmp_path / "at-once")
    for place in ("geo.store.spool", "geo.export.events"):
        monkeypatch.setattr(f"{place}.STRETCH", 1)
    for events in (Spool, export.Held):
        monkeypatch.setattr(events, "whole", whole)
    in_stretches = write(tmp_path / "in-stretches")
    if name in ("gpkg", "parquet"):  # the one says when it was written, the other's row groups are the stretches
        read = [[_ids(name, one, tmp_path / "read") for one in both] for both in (at_once, in_stretches)]
        assert read[0] == read[1]
    else:
        assert in_stretches == at_once


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


def test_a_format_of_a_package_that_does_not_work_is_said_in_words(
    client: TestClient, packages: Path, store: str
) -> None:
    declare(packages, "broken", {plugins.EXPORTERS: {"odd": "no_such_module:EXPORTER"}})
    look_again()
    answer = client.get("/api/export/odd")
    assert (answer.status_code, "'odd' of broken 1.0 cannot be loaded" in answer.text) == (500, True)
    assert client.get("/api/export/csv").status_code == 200
