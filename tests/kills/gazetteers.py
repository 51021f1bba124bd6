"""Building the gazetteer: the whole one out of the packages, and one of fifteen places."""

from __future__ import annotations

import shutil
from pathlib import Path

from gazetteer import build, cache
from tests.gazetteer import specimens
from tests.kills.striking import Kind, Outcome, Said


def _small_world(here: Path) -> None:
    """Lay out a dump of fifteen places; for every other one an older gazetteer lies there already."""
    specimens.write_dump(here / "dump")
    data = specimens.write_data(here / "data")
    if _had_one(here):
        old = here.parent / "old.sqlite"
        if not old.exists():
            build.write(old, fingerprint="old", geonames=here / "dump", data=data, quiet=True)
        shutil.copyfile(old, here / "g.sqlite")


def _had_one(here: Path) -> bool:
    return not (here.name.isdigit() and int(here.name) // 2 % 2)


def _build_small(here: Path, said: Said) -> None:
    build.ensure(here / "g.sqlite", geonames=here / "dump", data=here / "data", force=True, quiet=True)
    said()


def _small_built(here: Path, said: int) -> Outcome:
    found = _built(here, said, cache.fingerprint(here / "data"), had="old" if _had_one(here) else None)
    _build_small(here, lambda: 0)
    again = cache.verify(here / "g.sqlite") and _names(here) == {"data", "dump", "g.sqlite", "g.sqlite.lock"}
    return Outcome(found.lost, found.half or not again)


def _built(here: Path, said: int, wanted: str, *, had: str | None) -> Outcome:
    """Tell a file that is neither the gazetteer from before, known by its fingerprint, nor the new one, whole."""
    path = here / "g.sqlite"
    if not path.exists():
        return Outcome(lost=bool(said) or had is not None)
    found = cache.check(path)["fingerprint"]
    return Outcome(lost=bool(said) and found != wanted, half=not cache.verify(path) or found not in (wanted, had))


def _names(here: Path) -> set[str]:
    return {one.name for one in here.iterdir()}


def _build_packages(here: Path, said: Said) -> None:
    build.ensure(here / "g.sqlite", force=True, quiet=True)
    said()


def _packages_place(here: Path) -> None:
    """For every other one the gazetteer in use lies there already, as an earlier version's."""
    if _had_one(here):
        shutil.copyfile(build.ensure(quiet=True), here / "g.sqlite")


def _packages_built(here: Path, said: int) -> Outcome:
    """As of a small one; that the next build goes through is seen there."""
    wanted = cache.fingerprint()
    found = _built(here, said, wanted, had=wanted if _had_one(here) else None)
    return Outcome(found.lost, found.half or not _names(here) <= {"g.sqlite", "g.sqlite.lock", "g.sqlite.building"})


SMALL = Kind(_small_world, _build_small, _small_built)
PACKAGES = Kind(_packages_place, _build_packages, _packages_built)
