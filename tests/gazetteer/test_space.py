from __future__ import annotations

import contextlib
import random

import numpy as np
import pytest

from gazetteer import sectors
from gazetteer.cache import connect
from gazetteer.index import Gazetteer
from gazetteer.place import KINDS


def test_nearest_is_nearest_and_in_kilometres(small: Gazetteer) -> None:
    place, km = small.nearest(38.0, 48.6, kinds=("town",))[0]
    assert place.id == "g713174"
    assert km == pytest.approx(0.67, abs=0.05)


def test_nearest_looks_across_the_antimeridian(small: Gazetteer) -> None:
    near = small.nearest(-179.9, 64.6, limit=2, kinds=("town", "village"))
    assert [place.name for place, _ in near] == ["Anadyr", "Provideniya"]
    assert near[0][1] < 200


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 0.0), (-140.0, -48.0)])
def test_nearest_works_everywhere(small: Gazetteer, lon: float, lat: float) -> None:
    assert len(small.nearest(lon, lat, limit=3)) == 3


@pytest.mark.parametrize("kinds", [None, ("sea", "island"), ("facility",)])
def test_nearest_finds_what_a_look_at_every_place_finds(world: Gazetteer, kinds: tuple[str, ...] | None) -> None:
    chance = random.Random(3)
    wanted = kinds or KINDS
    numbers = ",".join(str(KINDS.index(kind)) for kind in wanted)  # type: ignore[arg-type]  # (kinds by name)
    with contextlib.closing(connect(world.path)) as db:
        places = db.execute(f"SELECT lon, lat FROM place WHERE kind IN ({numbers})").fetchall()
    lons, lats = np.radians(np.array(places, dtype=float).T / 100_000)
    for _ in range(12):
        lon, lat = chance.uniform(-180, 180), chance.uniform(-85, 85)
        x, y = np.radians((lon, lat))
        half = np.sin((lats - y) / 2) ** 2 + np.cos(y) * np.cos(lats) * np.sin((lons - x) / 2) ** 2
        least = 2 * 6371.0088 * np.arcsin(np.sqrt(half.min()))
        assert world.nearest(lon, lat, kinds=kinds)[0][1] == pytest.approx(least, rel=0.006)


def test_nearest_of_everything_is_sorted_and_complete(small: Gazetteer) -> None:
    everything = small.nearest(0.0, 0.0, limit=1000, kinds=("town", "admin1", "sea"))
    assert [km for _, km in everything] == sorted(km for _, km in everything)
    kinds = small.about().kinds
    assert len(everything) == kinds["town"] + kinds["admin1"] + kinds["sea"]


@pytest.mark.parametrize(("lon", "lat"), [(181.0, 0.0), (0.0, 91.0), (float("nan"), 0.0), (float("inf"), 0.0)])
def test_a_point_off_the_earth_is_refused(small: Gazetteer, lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="longitude comes first"):
        small.nearest(lon, lat)


def test_an_unknown_kind_is_refused(small: Gazetteer) -> None:
    with pytest.raises(ValueError, match="unknown kinds"):
        small.nearest(0, 0, kinds=("hamlet",))


@pytest.mark.parametrize(
    ("outer", "inner", "lies_in"),
    [
        ("g690791", "g713174", True), ("g2017370", "g713174", False), ("g709716", "g713174", True),
        ("g706482", "g713174", False), ("g713172", "g713174", True), ("c:donbas", "g713174", True),
        ("c:donbas", "g706483", False), ("c:donbas", "g709716", True), ("c:big-box", "g713174", True),
        ("c:big-box", "c:robotyne", True), ("c:big-box", "c:snake-island", False), ("s:UA:east", "g713174", True),
        ("g713174", "g713174", False), ("g690791", "c:snake-island", True), ("g690791", "nonsense", False),
    ],
)  # fmt: skip
def test_containment(small: Gazetteer, outer: str, inner: str, lies_in: bool) -> None:
    assert small.contains(outer, inner) is lies_in


def test_within_lists_what_contains_says(small: Gazetteer) -> None:
    for outer in ("g690791", "g709716", "c:donbas", "c:big-box", "s:UA:east"):
        inside = small.within(outer)
        assert inside
        assert all(small.contains(outer, place.id) for place in inside), outer
        assert [place.population for place in inside] == sorted((place.population for place in inside), reverse=True)


def test_within_takes_kinds_and_a_limit(small: Gazetteer) -> None:
    assert [place.name for place in small.within("g690791", kinds=("town",), limit=1)] == ["Kharkiv"]
    assert small.within("g713174") == ()
    assert small.within("nonsense") == ()


def test_a_sector_is_the_units_on_its_side(world: Gazetteer) -> None:
    east = world.sector("UA", "eastern")
    assert east is not None
    assert (east.id, east.name, east.kind) == ("s:UA:east", "Eastern Ukraine", "region")
    assert world.get(east.id) == east
    for unit in ("Donetsk Oblast", "Luhansk Oblast", "Kharkiv Oblast"):
        assert world.contains(east.id, world.by_name(unit)[0].place.id)
    assert not world.contains(east.id, world.by_name("Lviv")[0].place.id)
    assert not world.contains(east.id, world.by_name("Simferopol")[0].place.id)


def test_every_side_of_ukraine_has_an_outline(world: Gazetteer) -> None:
    for side in sectors.SIDES:
        area = world.area(f"s:UA:{side}")
        assert area is not None
        assert area["type"] in ("Polygon", "MultiPolygon")


def test_what_is_no_side_is_none(small: Gazetteer) -> None:
    assert small.sector("UA", "upper") is None
    assert small.sector("XX", "east") is None
    assert small.area("s:XX:east") is None


def test_regions_have_the_union_of_their_units(small: Gazetteer) -> None:
    area = small.area("c:donbas")
    assert area is not None
    lons = [x for ring in area["coordinates"] for x, _ in ring]
    assert (min(lons), max(lons)) == (36.5, 40.2)
    assert small.area("g713174") is None


def test_seas_have_a_soft_radius_and_towns_none(small: Gazetteer) -> None:
    assert small.radius_km("c:sea-of-azov") == 150
    assert small.radius_km("g713174") is None
    assert small.radius_km("nonsense") is None
