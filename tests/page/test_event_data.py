"""Event data brought to the page: looked at, mapped, made a layer with its faulty rows by line, and taken out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo import layouts
from geo.page import deeds, event_data, intake, overlays, routes
from geo.page.library import library
from geo.page.session import View
from geo.query import Query
from geo.settings import Settings
from geo.store import layers
from tests.layers.specimens import ACLED_NEW, CLASH, text

OWN = "http://localhost:8501"
WARDS = (
    "ref,seen,kind,Nord,Ost,remarks\n"
    "a,2015-01-26,gsw,48.34,38.40,Treated in the town\n"
    "b,2015-01-40,gsw,48.34,38.40,No such day\n"
    "c,2015-01-28,flood,48.35,38.41,Not of ours\n"
    "d,2015-01-29,blast,48.36,38.42,Two wards\n"
)
MAPPING = {
    "date_start": "seen", "lat": "Nord", "lon": "Ost", "note": "remarks",
    "licence": "for the desk only", "restricted": True,
    "type": {"columns": "kind", "values": {"gsw": "battle", "blast": "explosion"}},
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(store=f"sqlite:///{tmp_path / 'map.sqlite'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    with TestClient(app, base_url=OWN) as asking:
        yield asking


def post(
    client: TestClient, path: str, *files: tuple[str, str | bytes], token: str = intake.TOKEN, **fields: str
) -> Any:
    parts = [("file", given) for given in files] + [(key, (None, value)) for key, value in fields.items()]
    return client.post(path, files=parts, headers={"x-page-token": token})


def told(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.text.splitlines()[-1]))


def test_known_data_are_named_with_their_terms_before_anything_is_stored(
    client: TestClient, settings: Settings
) -> None:
    data = text(ACLED_NEW, CLASH, CLASH | {"event_id_cnty": "b", "event_date": "never"})
    found = told(post(client, "/api/layers/look", ("acled.csv", data)))["preview"]
    assert (found["known"], found["title"], found["restricted"], found["yaml"]) == (True, "ACLED", True, "")
    assert [one["type"] for one in found["events"]] == ["battle"]
    assert (found["tried"], found["left_out"]) == (2, 1)
    assert any(line.startswith("acled.csv:3: No date that is understood") for line in found["problems"])
    assert layers.listed(library(settings).store) == ()


def test_a_table_nobody_knows_is_mapped_seen_and_added_and_faulty_rows_are_told_by_line(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    blind = told(post(client, "/api/layers/look", ("wards.csv", WARDS)))["preview"]
    assert (blind["events"], blind["header"][1]) == ([], "seen")
    assert blind["problems"][0].startswith("wards.csv: No column for the day of an event; found 'ref', 'seen'")
    fields = {"name": "Wards", "map": json.dumps(MAPPING)}
    seen = told(post(client, "/api/layers/look", ("wards.csv", WARDS), **fields))["preview"]
    assert seen["codes"] == [
        {"code": "gsw", "type": None},
        {"code": "flood", "type": None},
        {"code": "blast", "type": None},
    ]
    assert seen["found"] == {"date_start": "seen", "lat": "Nord", "lon": "Ost", "type": "kind", "note": "remarks"}
    report = told(post(client, "/api/layers", ("wards.csv", WARDS), **fields))["report"]
    assert (report["name"], report["events"], report["rows"], report["left_out"]) == ("Wards", 2, 4, 2)
    assert [one["where"] for one in report["problems"]] == ["wards.csv:3", "wards.csv:4"]
    (layer,) = layers.listed(library(settings).store)
    assert (layer.restricted, layer.licence, layer.files) == (True, "for the desk only", ("wards.csv",))
    (tmp_path / "columns.yaml").write_text(seen["yaml"], encoding="utf-8")
    assert layouts.read(tmp_path / "columns.yaml") == layouts.parse(fields["map"].encode(), "x")


def test_no_mapping_takes_the_terms_off_data_that_must_not_be_passed_on(client: TestClient, settings: Settings) -> None:
    mapping = {"date_start": "event_date", "lat": "latitude", "lon": "longitude", "type": {"value": "battle"}}
    data = ("x.csv", text(ACLED_NEW, CLASH))
    free = {"licence": "free for all", "restricted": False}
    for given in (mapping, mapping | free):
        assert told(post(client, "/api/layers", data, map=json.dumps(given)))["report"]["restricted"] is True
    (layer,) = layers.listed(library(settings).store)
    assert layer.licence == "ACLED's terms of use: its rows are not passed on"
    shown = Settings.from_environment(store=settings.store, read_only=True)
    assert overlays.shown(library(shown)) == ()


def test_a_layer_is_taken_out_and_a_comparison_with_it_goes_with_it(client: TestClient, settings: Settings) -> None:
    told(post(client, "/api/layers", ("w.csv", WARDS), name="Wards", map=json.dumps(MAPPING)))
    shelf = library(settings)
    compared = deeds.done(View(Query(tab="layers")), {"kind": "compare", "b": "Wards"}, shelf)
    assert compared.compared is not None
    gone = deeds.done(compared, {"kind": "remove_layer", "layer": "Wards"}, shelf)
    assert (gone.told and gone.told.text, gone.compared) == ("The layer “Wards” was removed: 2 events.", None)
    assert overlays.listed(shelf, app="", embed=False) == []
    again = deeds.done(gone, {"kind": "remove_layer", "layer": "Wards"}, shelf)
    assert again.told and again.told.fault and "no layer is called 'Wards'" in again.told.text


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        ("{", "the columns named here: not valid YAML"),
        ('{"shape": {"cells": [1, 2], "looks": {"a": "(a+)+"}}}', "the columns named here: 'shape' is no key"),
        ('{"date_start": "seen"}', "the columns named here: 'lat' must be given"),
        (json.dumps(MAPPING | {"type": {"value": "war"}}), "the columns named here: 'type' means 'war'"),
        ("a: " + "b" * 200_000, "the columns named here: more than 100,000 bytes"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_the_reason(
    client: TestClient, settings: Settings, mapping: str, fault: str
) -> None:
    for path in ("/api/layers/look", "/api/layers"):
        assert told(post(client, path, ("w.csv", WARDS), map=mapping))["fault"].startswith(fault)
    assert layers.listed(library(settings).store) == ()


@pytest.mark.parametrize("name", ["../../up.csv", "..\\up.csv", "/etc/up.csv", "up.csv\x00", "\u202e.csv"])
def test_an_uploaded_name_leads_nowhere_else(client: TestClient, name: str) -> None:
    with event_data._on_disk([(name, WARDS.encode()), (name, b"x")]) as (paths, shown):
        folder = paths[0].parent.parent
        assert [path.parent.parent for path in paths] == [folder, folder]
        assert len(set(paths)) == 2
        assert shown(f"{paths[0]}:3") == f"{paths[0].name}:3"
    assert not folder.exists()


def test_what_is_no_event_data_is_told_and_every_place_is_given_back(client: TestClient) -> None:
    for _ in range(intake.MOST_WAITING + 1):
        found = told(post(client, "/api/layers/look", ("a.gpkg", b"<html>")))["fault"]
        assert found == "Its name ends in .gpkg, but it is none."
        empty = client.post("/api/layers", files={"x": (None, "y")}, headers={"x-page-token": intake.TOKEN})
        assert told(empty)["fault"] == "There is no file to look at."


def test_only_our_own_page_may_add_and_only_where_the_map_may_be_changed(
    client: TestClient, settings: Settings
) -> None:
    refused = post(client, "/api/layers", ("w.csv", WARDS), token="guess")  # noqa: S106  (it is none)
    assert refused.status_code == 403
    shown = Settings.from_environment(store=settings.store, read_only=True)
    app = Starlette(routes=routes.routes(shown), middleware=routes.middleware(shown))
    for path in ("/api/layers/look", "/api/layers"):
        assert post(TestClient(app, base_url=OWN), path, ("w.csv", WARDS)).status_code == 403
    assert layers.listed(library(settings).store) == ()


def test_rows_of_event_data_among_articles_say_that_they_can_be_a_layer(client: TestClient) -> None:
    (problem,) = told(post(client, "/api/articles", ("acled.csv", text(ACLED_NEW, CLASH))))["report"]["problems"]
    assert (problem["where"], problem["about"]) == ("acled.csv", "layer")
