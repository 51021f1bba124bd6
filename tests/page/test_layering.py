"""What the page shows of layers, and to whom: marks, a comparison in its panel, and its rows as CSV."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo import export
from geo.layers import adding
from geo.layers.comparison import to_csv
from geo.page import compared, deeds, layering, overlays, routes
from geo.page.library import Library, library
from geo.page.session import View
from geo.query import Query
from geo.settings import Settings
from geo.timemap import packed
from tests.layers.specimens import ACLED_NEW, CLASH, GED, layout, text
from tests.store.specimens import record

NEAR = CLASH | {
    "event_type": "Explosions/Remote violence", "event_date": "2015-01-25", "longitude": "38.44", "latitude": "48.34",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(store=str(tmp_path / "s.sqlite"))
    with Library(settings).store as store:
        store.save(record(), pipeline="1")
        for name, content in (
            ("acled.csv", text(ACLED_NEW, NEAR, NEAR | {"event_id_cnty": "far", "latitude": "50.0"})),
            ("ged.csv", text(layout("ucdp").columns.header, GED)),
        ):
            (tmp_path / name).write_text(content, encoding="utf-8")
            adding.add([tmp_path / name], store)
    return settings


@contextmanager
def closing_library(settings: Settings) -> Iterator[Settings]:
    yield settings
    library(settings).store.close()


@pytest.fixture
def shelf(settings: Settings) -> Iterator[Library]:
    library = Library(settings)
    yield library
    library.store.close()


def asked(shelf: Library, view: View | None = None, **act: Any) -> tuple[View, dict[str, Any]]:
    view = deeds.done(view or View(Query(tab="layers")), {"kind": "compare", **act}, shelf)
    return view, layering.panel(view, shelf)


def test_the_map_gets_places_days_and_types_and_no_words(shelf: Library) -> None:
    listed = overlays.listed(shelf, app="../../", embed=False)
    assert [(layer["name"], layer["url"].partition("?")[0]) for layer in listed] == [
        ("ACLED", "../../api/layers/1.bin"), ("UCDP", "../../api/layers/2.bin"),
    ]  # fmt: skip
    assert "cite as its attribution policy asks" in listed[0]["credit"]
    layer = overlays.named(shelf, 1)
    assert layer
    data = gzip.decompress(overlays.packed_layer(shelf, layer).body)
    table, columns = packed.unpack(data)
    assert table["places"]["name"] == ["Alba", "Alba"]
    assert [int(low) for low in columns["id_low"]] == [0, 1]
    assert CLASH["notes"].encode() not in data
    assert b"Northern Front" not in data
    assert overlays.named(shelf, 9) is None


def test_a_frame_of_another_page_shows_no_rows_that_must_not_be_passed_on(shelf: Library) -> None:
    assert [layer["name"] for layer in overlays.listed(shelf, app="../../", embed=True)] == ["UCDP"]


def test_a_page_for_others_to_look_at_shows_no_rows_that_must_not_be_passed_on(settings: Settings) -> None:
    library = Library(replace(settings, read_only=True))
    assert [layer.name for layer in overlays.shown(library)] == ["UCDP"]
    assert overlays.named(library, 1) is None
    _, shown = asked(library, a="articles", b="ACLED")
    assert "answer" not in shown
    assert layering.named(library, compared.Compared("articles", "ACLED")) is None
    library.store.close()


def test_no_row_of_a_layer_is_in_an_export_or_an_answer_of_the_read_api(settings: Settings) -> None:
    words = (CLASH["notes"], "Alba", "Northern Front")
    with closing_library(settings), TestClient(Starlette(routes=routes.routes(settings))) as client:
        formats = [name for name, one in export.FORMATS.items() if one.text]
        for path in (*(f"export/{name}" for name in formats), "v1/events", "v1/places", "v1/changes"):
            answer = client.get(f"/api/{path}")
            assert answer.status_code == 200
            assert [word for word in words if word in answer.text] == [], path


def test_the_routes_serve_marks_and_comparisons_and_nothing_that_is_not_there(settings: Settings) -> None:
    with closing_library(settings), TestClient(Starlette(routes=routes.routes(settings))) as client:
        packed_events = client.get("/api/layers/1.bin")
        assert packed.unpack(packed_events.content)[0]["rows"] == 2
        again = client.get("/api/layers/1.bin", headers={"If-None-Match": packed_events.headers["etag"]})
        assert again.status_code == 304
        assert client.get("/api/layers/9.bin").status_code == 404
        assert client.get("/api/layers/x.bin").status_code == 404
        written = client.get("/api/compare.csv", params={"a": "articles", "b": "UCDP", "km": "10"})
        assert written.text.splitlines()[1].startswith("only_a,")
        for wrong in ({"b": "No such"}, {}, {"b": "UCDP", "km": "far"}):
            assert client.get("/api/compare.csv", params=wrong).status_code == 404
    with (
        closing_library(replace(settings, read_only=True)) as readers,
        TestClient(Starlette(routes=routes.routes(readers))) as client,
    ):
        assert client.get("/api/layers/1.bin").status_code == 404
        assert client.get("/api/layers/2.bin").status_code == 200


def test_a_comparison_is_asked_looked_at_and_a_pair_opened(shelf: Library) -> None:
    view, shown = asked(shelf, a="articles", b="ACLED", km="10", days="1", types="related")
    answer = shown["answer"]
    assert [one["count"] for one in answer["counts"]] == [1, 0, 1]
    assert answer["lines"] == [
        {"name": "2015-01", "both": 1, "only_a": 0, "only_b": 1},
    ]
    # What has no day is in no window, so that it is not even counted as left out.
    assert answer["left"] == []
    assert answer["rows"][0]["text"] == "0.3 km and 0 days apart"
    view, shown = asked(shelf, view, opened=0)
    ours, theirs = shown["answer"]["opened"]
    assert (ours["name"], theirs["name"]) == ("the articles", "ACLED")
    assert ours["event"] == record().events[0].id
    assert {"label": "Killed", "text": "12"} in theirs["entries"]
    assert theirs["note"] == CLASH["notes"]
    assert view.order and view.order["flyTo"] == {"lat": 48.3406, "lng": 38.4444, "z": 8.0}
    view, shown = asked(shelf, view, show="only_b", by="type")
    assert shown["answer"]["opened"] is None
    assert [line["name"] for line in shown["answer"]["lines"]] == ["Explosion"]
    assert shown["answer"]["rows"][0]["text"] == CLASH["notes"]
    view, shown = asked(shelf, view, opened=7)
    assert shown["answer"]["opened"] is None
    view, shown = asked(shelf, view, a="ACLED", b="UCDP", show="both")
    assert [one["count"] for one in shown["answer"]["counts"]] == [0, 2, 1]


def test_the_window_holds_for_both_sides(shelf: Library) -> None:
    windowed = View(Query.from_params({"from": "2016-01-01", "to": "2016-12-31", "tab": "layers"})[0])
    _, shown = asked(shelf, windowed, a="articles", b="ACLED")
    assert [one["count"] for one in shown["answer"]["counts"]] == [0, 0, 0]
    assert shown["answer"]["download"].startswith("api/compare.csv?from=2016-01-01&to=2016-12-31")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"km": "-1"}, "km must lie in 0..1000"), ({"days": "x"}, "must be numbers"), ({"km": "1e999"}, "km must lie")],
)
def test_what_makes_no_sense_is_told_and_leaves_the_answer(shelf: Library, wrong: dict[str, str], told: str) -> None:
    view, _ = asked(shelf, a="articles", b="ACLED")
    view, shown = asked(shelf, view, **wrong)
    assert told in shown["asked"]["fault"]
    assert [one["count"] for one in shown["answer"]["counts"]] == [1, 0, 1]
    _, shown = asked(shelf, view, types="sideways", by="colour", show="nothing", opened=True)
    assert (shown["asked"]["types"], shown["asked"]["by"], shown["asked"]["show"]) == ("related", "month", "both")
    _, shown = asked(shelf, a="articles", b="No such")
    assert "answer" not in shown


def test_what_is_written_holds_the_ids_alone_of_what_must_not_be_passed_on(shelf: Library) -> None:
    found = layering.of(shelf, compared.Compared("articles", "ACLED"), Query())
    rows = list(csv.DictReader(to_csv(found).decode().splitlines()))
    assert [(row["told_by"], row["b_id"]) for row in rows] == [("both", "XLD1"), ("only_b", "far")]
    assert CLASH["notes"] not in to_csv(found).decode()


def test_what_is_compared_stands_on_the_map_in_place_of_the_layers_while_that_is_asked(settings: Settings) -> None:
    shelf = Library(settings)
    view, _ = asked(shelf, a="articles", b="ACLED", km="10", days="1", types="related")
    assert layering.on_map(view, shelf, app="../../") is None
    view, shown = asked(shelf, view, map=True)
    assert shown["asked"]["mapped"] is True
    listed = layering.on_map(view, shelf, app="../../")
    assert listed is not None
    assert [one["name"] for one in listed] == ["Both", "Only the articles", "Only ACLED"]
    assert listed[0]["credit"] == "Within 10 km and 1 day; stands where the articles put it"
    with closing_library(settings), TestClient(Starlette(routes=routes.routes(settings))) as client:
        drawn = [packed.unpack(client.get(one["url"].removeprefix("../..")).content)[0]["rows"] for one in listed]
        assert drawn == [one["count"] for one in shown["answer"]["counts"]] == [1, 0, 1]
        for wrong in ("all.bin?a=articles&b=ACLED", "both.bin?b=No+such", "both.bin?b=UCDP&km=x"):
            assert client.get(f"/api/compared/{wrong}").status_code == 404
    keys = [one["key"] for one in listed]
    view, _ = asked(shelf, view, km="20")
    again = layering.on_map(view, shelf, app="../../")
    assert again is not None
    assert not {one["key"] for one in again} & set(keys)  # other pairs are other layers: nothing old stays drawn
    view, _ = asked(shelf, view, map=False)
    assert layering.on_map(view, shelf, app="../../") is None
    framed = replace(view, query=replace(view.query, embed=True), compared=replace(view.compared, mapped=True))  # type: ignore[type-var]  # (asked for above)
    assert layering.on_map(framed, shelf, app="../../") is None
    shelf.store.close()


def test_of_a_layer_that_must_not_be_passed_on_a_shown_map_packs_no_comparison(settings: Settings) -> None:
    readers = replace(settings, read_only=True)
    with closing_library(readers), TestClient(Starlette(routes=routes.routes(readers))) as client:
        assert client.get("/api/compared/only_b.bin?a=articles&b=ACLED").status_code == 404
        assert client.get("/api/compared/only_b.bin?a=articles&b=UCDP").status_code == 200
