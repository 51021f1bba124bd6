from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import build
from gazetteer.errors import SourceError
from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from gazetteer.sources import tables
from tests.gazetteer import specimens

GOOD = "c:red-sea,Red Sea,sea,38,20,,,,,,,,,,test"


def _build(tmp_path: Path, **files: str) -> None:
    dump = specimens.write_dump(tmp_path / "dump")
    data = specimens.write_data(tmp_path / "data", **files)
    build.write(tmp_path / "g.sqlite", fingerprint="x", geonames=dump, data=data, quiet=True)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("c:Red Sea,Red Sea,sea,38,20,,,,,,,,,,test", "id must be"),
        ("c:red-sea,,sea,38,20,,,,,,,,,,test", "no name"),
        ("c:red-sea,Red Sea,ocean,38,20,,,,,,,,,,test", "kind must be one of"),
        ("c:red-sea,Red Sea,sea,east,20,,,,,,,,,,test", "lon must be a number"),
        ("c:red-sea,Red Sea,sea,,20,,,,,,,,,,test", "lon must be a number"),
        ("c:red-sea,Red Sea,sea,nan,20,,,,,,,,,,test", "lon must lie in"),
        ("c:red-sea,Red Sea,sea,20,138,,,,,,,,,,test", "lat must lie in"),
        ("c:red-sea,Red Sea,sea,38,20,ua,,,,,,,,,test", "country_code"),
        ("c:red-sea,Red Sea,sea,38,20,,,,,yes,,,,,test", "government must be"),
        ("c:red-sea,Red Sea,sea,38,20,,,,,,,circle:5,,,test", "area must be like"),
        ("c:red-sea,Red Sea,sea,38,20,,,,,,,poly:nothing,,,test", "no outline 'nothing'"),
        ("c:red-sea,Red Sea,sea,38,20,,,,Erythra@2000-1900,,,,,,test", "ends before it starts"),
        ("c:red-sea,Red Sea,sea,38,20,,,,,,,,,test", "14 cells, expected 15"),
        ("c:far,Far Off,town,-70,20,UA,,,,,,,,,test", "lies outside UA"),
        (f"{GOOD}\n{GOOD}", "is taken by more.csv:2"),
        ("o:XXXX,Somewhere,facility,38,20,,,,,,,,,,test", "no airport has the id"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(SourceError, match=r"more\.csv:\d+: .*" + says):
        _build(tmp_path, more=f"{specimens.CLASS_HEADER}\n{row}\n")


def test_all_faults_are_shown_at_once(tmp_path: Path) -> None:
    rows = "\n".join(f"c:far-{n},Far {n},town,-70,20,UA,,,,,,,,,test" for n in range(3))
    with pytest.raises(SourceError) as caught:
        _build(tmp_path, more=f"{specimens.CLASS_HEADER}\n{rows}\n")
    assert [line.split(": ")[0].rpartition("/")[2] for line in str(caught.value).splitlines()] == [
        "more.csv:2", "more.csv:3", "more.csv:4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("aliases", "place,alias\n", "columns must be"),
        ("aliases", "place_id,alias,valid_from,valid_to,source\ng1,X,long ago,,t\n", "must be a year"),
        ("demonyms", "form,place,source\n,UA,t\n", "one is empty"),
        ("display_names", "place,name,primary,source\ng1,,1,t\n", "one is empty"),
        ("display_names", "place,name,primary,source\ng713174,Bakhmut,yes,t\n", "primary must be"),
        ("type_words", "word,before,after,of,kinds\noblast,,1,1,castle\n", "kinds must be some of"),
        ("type_words", "word,before,after,of,kinds\noblast,,,,admin1\n", "may stand nowhere"),
    ],
)
def test_faults_in_the_naming_tables_are_named_too(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(SourceError, match=rf"{name}\.csv:\d+: .*{says}"):
        _build(tmp_path, **{name: text})


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seas.csv"
    path.write_bytes(specimens.SEAS.encode() + b"\xff\xfe")
    with pytest.raises(SourceError, match=r"seas\.csv: cannot be read"):
        list(tables.places(tmp_path))


def test_every_curated_row_that_ships_is_well_formed() -> None:
    places = list(tables.places(DATA / "gazetteer"))
    assert len(places) > 500
    assert all(place.source for place in places)


def test_a_curated_row_enriches_a_geonames_place(tmp_path: Path) -> None:
    row = "g713174,Bakhmut (city),town,38.0,48.6,,,,Bakhmout,,,,,,test"
    _build(tmp_path, more=f"{specimens.CLASS_HEADER}\n{row}\n")
    with Gazetteer.open(tmp_path / "g.sqlite") as gazetteer:
        place = gazetteer.by_name("Bakhmout")[0].place
        assert (place.id, place.name, place.country_code, place.population) == (
            "g713174",
            "Bakhmut (city)",
            "UA",
            80500,
        )
        assert gazetteer.by_name("Bakhmut")[0].place.id == "g713174"


@pytest.mark.parametrize(("primary", "match"), [("1", "name"), ("", "alternate")])
def test_a_display_name_is_shown_and_the_main_name_kept(tmp_path: Path, primary: str, match: str) -> None:
    _build(tmp_path, display_names=f"place,name,primary,source\ng713174,Old Bakhmut,{primary},test\n")
    with Gazetteer.open(tmp_path / "g.sqlite") as gazetteer:
        place = gazetteer.get("g713174")
        assert place is not None
        assert place.name == "Old Bakhmut"
        assert [name.text for name in gazetteer.names("g713174")][:1] == ["Old Bakhmut"]
        assert "Bakhmut" in [name.text for name in gazetteer.names("g713174")]
        assert gazetteer.by_name("Bakhmut")[0].place.id == "g713174"
        found = gazetteer.by_name("Old Bakhmut")[0]
        assert (found.match, found.primary) == (match, bool(primary))


def test_a_display_name_of_nothing_is_left_out_of_a_partial_build(tmp_path: Path) -> None:
    _build(tmp_path, display_names="place,name,primary,source\ng99,Nowhere,1,test\n")
    with Gazetteer.open(tmp_path / "g.sqlite") as gazetteer:
        assert gazetteer.by_name("Nowhere") == ()
