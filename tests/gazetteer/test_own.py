"""A user's own places lie over the gazetteer, and the names that are missing come as a table to fill in."""

from __future__ import annotations

import io
import json
import pickle
from pathlib import Path

import pytest

from gazetteer import missing, own
from gazetteer.cli import main
from gazetteer.errors import OwnPlacesError
from gazetteer.index import Gazetteer

TABLE = (
    "name,lat,lon,kind,country,aliases\n"
    "Zarudivka Mala,49.71,36.9,village,,Mala Zarudivka;Zarudovka\n"
    "Not yet,,,village,UA,\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_own_places_come_first_with_the_units_of_their_surroundings(table: Path, world: Gazetteer) -> None:
    with Gazetteer.open(world.path, places=table) as mine:
        for name in ("Zarudivka Mala", "zarudovka"):
            place = mine.by_name(name)[0].place
            assert (place.id, place.country_code, place.admin1) == ("u:zarudivka-mala", "UA", "Kharkiv Oblast")
            assert mine.knows(name)
        assert mine.get(place.id) == place
        assert mine.contains("g706482", place.id)
        assert not mine.by_name("Not yet")
        assert pickle.loads(pickle.dumps(mine)).by_name("Zarudovka")  # noqa: S301  (our own bytes)
        assert mine.about().sources["own places (own.csv)"] == 1
    assert not world.knows("Zarudivka Mala")


def test_geojson_points_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36.9, 49.71]}}
    whole = {"type": "FeatureCollection", "features": [{**feature, "properties": {"name": "Zarudivka"}}]}
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert own.read(path).named["zarudivka"][0].lat == 49.71


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.csv", "name,lat\nX,1\n", r"a\.csv:1: no column lon"),
        ("a.csv", "name,lat,lon\nX,91,0\n", r"a\.csv:2: X: lat must lie in"),
        ("a.csv", "name,lat,lon\n,1,0\n", r"a\.csv:2: a place needs a name"),
        ("a.csv", "name,lat,lon\nX,north,0\n", r"a\.csv:2: X: lat and lon must be numbers"),
        ("a.csv", "name,lat,lon\nX,nan,0\n", r"a\.csv:2: X: lat must lie in"),
        ("a.csv", "name,lat,lon,kind\nX,1,0,shire\n", r"a\.csv:2: X: kind must be one of"),
        ("a.csv", "name,lat,lon,country\nX,1,0,Ukraine\n", r"a\.csv:2: X: country must be two letters"),
        ("a.geojson", "[]", r"a\.geojson: no GeoJSON FeatureCollection"),
        ("a.geojson", '{"features": [{"geometry": {"type": "Polygon"}}]}', r"feature 1: only points"),
        ("a.geojson", '{"features": [7]}', r"feature 1: no point"),
    ],
)
def test_a_fault_names_file_and_line(name: str, text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OwnPlacesError, match=fault):
        own.read(path)


def test_what_articles_miss_comes_as_a_table_that_own_places_can_be_read_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"name": "Kharkiv Oblast", "country_code": "UA"}
    lifted = {"text": "Zarudivka", "usage": "literal", "place": place, "lifted": True, "reasons": ["laid in Kharkiv"]}
    known = {"text": "Kyiv", "usage": "literal", "place": {"name": "Kyiv"}, "lifted": False}
    records = [json.dumps({"id": name, "mentions": [lifted, known]}) for name in ("a", "b")]
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(records), encoding="utf-8")
    assert main(["missing", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1] == "Zarudivka,,,village,UA,,2,Kharkiv Oblast,a b,laid in Kharkiv"
    filled = tmp_path / "filled.csv"
    filled.write_text(said.replace("Zarudivka,,", "Zarudivka,49.7,36.9"), encoding="utf-8")
    assert own.read(filled).named["zarudivka"]


def test_lines_that_are_no_records_are_told() -> None:
    with pytest.raises(OwnPlacesError, match="line 2: no record"):
        missing.names(["", "{}"])
    out = io.StringIO()
    missing.write([missing.Missing("=SUM(A1)")], out)
    assert "'=SUM(A1)" in out.getvalue()
