from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import build
from gazetteer.index import Gazetteer
from tests.gazetteer import part, specimens


@pytest.fixture(scope="session")
def part_of_packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return part.write(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def small_file(part_of_packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gazetteer of some fifteen places, built from a hand-made dump."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "small.sqlite"
    dump = specimens.write_dump(folder / "dump")
    with part.reading(part_of_packages):
        build.write(path, fingerprint="small", geonames=dump, data=specimens.write_data(folder / "data"), quiet=True)
    return path


@pytest.fixture(autouse=True)
def of_packages_a_part(part_of_packages: dict[str, Path]) -> Iterator[None]:
    """Builds of a hand-made dump take little from the packages; to read all of them would be all of their time."""
    with part.reading(part_of_packages):
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
