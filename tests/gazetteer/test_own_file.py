"""A place is written into the file of a user's own places: checked first, the rest of the file as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import own
from gazetteer.errors import OwnPlacesError
from gazetteer.names import fold
from gazetteer.own_file import Given, put

ZARUDKA = Given("Zarudka", "49.71", "36.9")


def test_the_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "own.csv"
    place = put(path, Given("  Zarudka\n Mala ", "49.71", "36.9", "town", "ua", "Zarudivka; Zarudovka"))
    assert (place.name, place.kind, place.country_code) == ("Zarudka Mala", "town", "UA")
    read = own.read(path)
    assert {name: places[0].lat for name, places in read.named.items()} == dict.fromkeys(
        ("zarudka mala", "zarudivka", "zarudovka"), 49.71
    )


def test_a_line_that_waits_is_filled_in_and_all_else_stays(tmp_path: Path) -> None:
    """`gazetteer missing` writes such lines, in a table that a spreadsheet may have saved."""
    path = tmp_path / "own.csv"
    text = "name,mentions,lat,lon,kind\r\nOld,4,1,2,town\r\nZARUDKA,9,,,village\r\nLater,1,,,village\r\n"
    path.write_bytes(("\ufeff" + text).encode())
    put(path, ZARUDKA)
    filled = text.replace("ZARUDKA,9,,,village", "Zarudka,9,49.71,36.9,village")
    assert path.read_bytes() == ("\ufeff" + filled).encode()


def test_a_column_is_added_where_there_is_something_to_say_in_it(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon\nOld,1,2\n", encoding="utf-8")
    put(path, Given("Zarudka", "49.71", "36.9", aliases="Zarudok"))
    assert path.read_text(encoding="utf-8") == "name,lat,lon,aliases\nOld,1,2,\nZarudka,49.71,36.9,Zarudok\n"


def test_geojson_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    put(path, ZARUDKA)
    put(path, Given("Second", "1", "2", kind="town"))
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [[36.9, 49.71], [2, 1]]
    assert own.read(path).named["second"][0].kind == "town"


@pytest.mark.parametrize(
    ("given_", "fault"),
    [
        (Given("X", "91", "0"), r"own\.csv:3: X: lat must lie in"),
        (Given("X", "north", "0"), r"own\.csv:3: X: lat and lon must be numbers; got 'north', '0'"),
        (Given(" ", "1", "0"), r"own\.csv:3: a place needs a name"),
        (Given("X", "1", "0", kind="camp"), r"own\.csv:3: X: kind must be one of"),
        (Given("X", "1", "0", country="Ukraine"), r"own\.csv:3: X: country must be two letters"),
        (Given("=HYPERLINK(1)", "1", "0"), r"own\.csv: =HYPERLINK\(1\): no name begins with"),
        (Given("X", "1", "0", aliases="Y; @sum"), r"own\.csv: Y; @sum: no name begins with"),
        (Given("Waits", "91", "0"), r"own\.csv:2: Waits: lat must lie in"),
    ],
)
def test_a_fault_names_file_and_line_and_nothing_is_written(tmp_path: Path, given_: Given, fault: str) -> None:
    path = tmp_path / "own.csv"
    text = "name,lat,lon\nWaits,,\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OwnPlacesError, match=fault):
        put(path, given_)
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_with_a_fault_of_its_own_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon\nOld,1,far\n", encoding="utf-8")
    with pytest.raises(OwnPlacesError, match=r"own\.csv:2: Old: lat and lon must be numbers"):
        put(path, ZARUDKA)
    with pytest.raises(OwnPlacesError, match=r"own\.kml: only CSV and GeoJSON are written"):
        put(tmp_path / "own.kml", ZARUDKA)


def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "own.csv").mkdir()
    with pytest.raises(OwnPlacesError, match=r"own\.csv: "):
        put(tmp_path / "own.csv", ZARUDKA)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=20).filter(lambda name: fold(name.strip())), st.floats(-90, 90), st.floats(-180, 180)
        ),
        max_size=4,
    )
)
def test_what_is_put_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[str, float, float]]
) -> None:
    path = tmp_path_factory.mktemp("own") / "own.csv"
    kept = []
    for name, lat, lon in places:
        try:
            kept.append(put(path, Given(name, repr(lat), repr(lon))))
        except OwnPlacesError as error:
            assert "no name begins with" in str(error) or "a place needs a name" in str(error)
    read = own.read(path).by_id.values() if path.exists() else ()
    assert [(one.name, one.lat, one.lon) for one in read] == [(one.name, one.lat, one.lon) for one in kept]
