from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer, Name
from gazetteer.place import Place, precision_of
from gazetteer.shipped import ROOT


def ids(found: object) -> list[str]:
    return [one.place.id for one in found]  # type: ignore[attr-defined]  # (whatever has a place)


@pytest.mark.parametrize(
    ("name", "place", "match"),
    [
        ("Bakhmut", "g713174", "name"),
        ("bakhmut's", "g713174", "name"),
        ("Artemivsk", "g713174", "alternate"),
        ("Артёмовск", "g713174", "alternate"),
        ("Бахмут", "g713174", "alternate"),
        ("Bachmut", "g713174", "alternate"),
        ("Kharkiv", "g706483", "name"),
        ("Kharkiv region", "g706482", "type word"),
        ("Kharkiv city", "g706483", "type word"),
        ("Azov Sea", "c:sea-of-azov", "alternate"),
        ("the Sea of Azov", "c:sea-of-azov", "name"),
        ("Ukrainians", "g690791", "demonym"),
        ("Ukrainian-held", "g690791", "demonym"),
        ("Donbas-based", "c:donbas", "name"),
        ("Okla.", "g4544349", "abbreviation"),
        ("OK", "g4544349", "abbreviation"),
        ("eastern Ukraine", "s:UA:east", "direction"),
        ("Харкив", "g706483", "name"),
    ],
)
def test_a_name_leads_to_its_place(small: Gazetteer, name: str, place: str, match: str) -> None:
    first = small.by_name(name)[0]
    assert (first.place.id, first.match) == (place, match)


def test_a_lower_case_word_is_no_abbreviation(small: Gazetteer) -> None:
    assert small.by_name("ok") == ()


@pytest.mark.parametrize(
    "name", ["", "   ", "'", "qqqqqq", "\ud800", "x" * 10_000, "oblast", "%", "'; DROP TABLE place; --"]
)
def test_nonsense_finds_nothing_and_harms_nothing(small: Gazetteer, name: str) -> None:
    assert small.by_name(name) == ()
    assert small.fuzzy(name) == ()
    assert not small.knows(name)


def test_candidates_come_likeliest_first(world: Gazetteer) -> None:
    priors = [one.prior for one in world.by_name("Springfield")]
    assert len(priors) > 20
    assert priors == sorted(priors, reverse=True)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Fizi", "CD"), ("Qana", "LB"), ("Burma", "MM"), ("Korea", "KR"), ("Congo", "CD"), ("America", "US")],
)
def test_what_other_languages_call_a_country_gives_way_to_a_town(world: Gazetteer, name: str, country: str) -> None:
    assert world.by_name(name)[0].place.country_code == country


def test_prefix_finds_while_typing(small: Gazetteer) -> None:
    assert ids(small.prefix("bakh"))[0] == "g713174"
    assert ids(small.prefix("Kharkiv", limit=1)) == ["g706483"]
    assert small.prefix("") == ()


def test_every_prefix_of_a_capital_ranks_it_in_the_end(world: Gazetteer) -> None:
    assert "g703448" in ids(world.prefix("Kyi"))
    assert len(world.prefix("s", limit=10)) == 10


@pytest.mark.parametrize(("typed", "place"), [("Bakhmutt", "g713174"), ("Bahkmut", "g713174"), ("Kharkvi", "g706483")])
def test_fuzzy_forgives_a_slip(small: Gazetteer, typed: str, place: str) -> None:
    assert ids(small.fuzzy(typed))[0] == place


def test_fuzzy_ranks_the_nearer_spelling_first(world: Gazetteer) -> None:
    assert world.fuzzy("Mariupoll")[0].place.name == "Mariupol"


def test_renamed_places_keep_every_name_with_its_years(small: Gazetteer) -> None:
    names = small.names("g713174")
    assert names[0].text == "Bakhmut"
    assert Name("Artemivsk", 1924, 2016) in names
    assert Name("Kharkiw", 1941, 1943) in small.names("g706483")


def test_names_of_nothing_are_none(small: Gazetteer) -> None:
    assert small.names("g1") == ()
    assert small.get("nonsense") is None
    assert small.get("g99999999999999") is None
    assert small.get("s:") is None


def test_a_place_carries_its_units_and_parents(small: Gazetteer) -> None:
    place = small.get("g713174")
    assert place is not None
    assert (place.admin1, place.admin1_code, place.admin2, place.parent_id) == (
        "Donetska Oblast", "UA.05", "Bakhmut Raion", "g713172",
    )  # fmt: skip
    assert place.feature_class == "P"
    country = small.country("ua")
    assert country is not None
    assert country.id == "g690791"
    assert country.parent_id is None


def test_threads_share_one_gazetteer(small: Gazetteer) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: small.by_name(f"Bakhmut{' ' * n}")[0].place.id, range(400)))
    assert set(found) == {"g713174"}


_FORK = """
import os, sys
from pathlib import Path
from gazetteer.index import Gazetteer
with Gazetteer.open(Path(sys.argv[1])) as gazetteer:
    gazetteer.by_name("Kharkiv")
    child = os.fork()
    found = gazetteer.by_name("Bakhmut")[0].place.id
    if child == 0:
        os._exit(found != "g713174")
    raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) or found != "g713174")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_child_looks_up_on_its_own(small_file: Path) -> None:
    command = [sys.executable, "-c", _FORK, str(small_file)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_a_closed_gazetteer_says_so(small_file: Path) -> None:
    gazetteer = Gazetteer.open(small_file)
    gazetteer.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        gazetteer.by_name("Bakhmut")


def test_more_candidates_than_one_statement_reads_come_whole(world: Gazetteer) -> None:
    found = world.by_name("Santa Maria")
    assert len(found) > 128
    assert len({one.place.id for one in found}) == len(found)


def test_it_pickles_as_its_path(small: Gazetteer) -> None:
    with pickle.loads(pickle.dumps(small)) as again:  # noqa: S301  (our own bytes)
        assert again.by_name("Bakhmut") == small.by_name("Bakhmut")


@pytest.mark.parametrize(
    ("kind", "radius", "precision"),
    [
        ("facility", None, "point"), ("village", None, "point"), ("town", None, "town"), ("admin1", None, "region"),
        ("river", None, "region"), ("island", 300.0, "region"), ("island", 3.0, "point"), ("sea", 400.0, "sea"),
        ("country", None, "country"), ("continent", None, "country"),
    ],
)  # fmt: skip
def test_precision_follows_the_kind(kind: str, radius: float | None, precision: str) -> None:
    place = Place("c:x", "X", kind, 0.0, 0.0)  # type: ignore[arg-type]  # (a kind by name)
    assert precision_of(place, radius_km=radius) == precision


@pytest.mark.parametrize("spelling", ["Sievierodonetsk", "Severodonetsk", "Siverskodonetsk", "Sievierodonets'k"])
def test_every_spelling_of_sievierodonetsk_is_one_town(world: Gazetteer, spelling: str) -> None:
    place = world.by_name(spelling)[0].place
    assert (place.country_code, place.kind) == ("UA", "town")
    assert abs(place.lon - 38.49) < 0.1


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Khasan", 130.65, 42.43), ("Robotyne", 35.83, 47.45), ("Klishchiivka", 37.96, 48.52), ("Hadrut", 47.03, 39.52),
        ("Martakert", 46.81, 40.21), ("Sloviansk", 37.61, 48.85), ("Slavyansk", 37.61, 48.85), ("Kobani", 38.35, 36.89),
        ("Kobane", 38.35, 36.89), ("Ayn al-Arab", 38.35, 36.89), ("Chasov Yar", 37.83, 48.59), ("Azovstal", 37.6, 47.1),
        ("Kakhovka dam", 33.37, 46.77), ("Hmeimim", 35.95, 35.4), ("Khmeimim", 35.95, 35.4), ("Pripyat", 30.05, 51.4),
        ("Snake Island", 30.2, 45.25), ("Zmiinyi Island", 30.2, 45.25), ("Kerch Strait", 36.6, 45.3),
        ("Sea of Azov", 36.6, 46.1), ("Zaporizhzhia nuclear power plant", 34.59, 47.51), ("Zaporizhzhia", 35.15, 47.84),
        ("Kremlin", 37.62, 55.75), ("Simferopol", 34.1, 44.95), ("Kiev", 30.52, 50.45), ("Kharkov", 36.25, 49.98),
    ],
)  # fmt: skip
def test_places_of_wars_resolve_to_themselves(world: Gazetteer, name: str, lon: float, lat: float) -> None:
    place = world.by_name(name)[0].place
    assert abs(place.lon - lon) < 0.8, place
    assert abs(place.lat - lat) < 0.8, place


def test_plant_city_and_oblast_of_zaporizhzhia_are_three(world: Gazetteer) -> None:
    found = [world.by_name(f"Zaporizhzhia{more}")[0].place for more in ("", " oblast", " NPP")]
    assert [place.kind for place in found] == ["town", "admin1", "facility"]


@pytest.mark.parametrize("name", ["Simferopol", "Sevastopol", "Kerch", "Yalta", "Feodosia", "Crimea"])
def test_crimea_is_ukraine(world: Gazetteer, name: str) -> None:
    place = next(one.place for one in world.by_name(name) if abs(one.place.lat - 45) < 1.5)
    assert place.country_code == "UA"
    assert world.contains("g690791", place.id)
