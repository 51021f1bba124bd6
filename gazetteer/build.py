"""Building the gazetteer: every source in turn into one file, put in place in one step."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from gazetteer import cache
from gazetteer.errors import GazetteerError
from gazetteer.progress import Progress
from gazetteer.sources.airports import airports
from gazetteer.sources.packages import PACKAGES, Packages
from gazetteer.writer import Writer


def ensure(path: Path | None = None, *, quiet: bool = False) -> Path:
    """Give the path of a gazetteer that is whole and up to date; build it where it is not.

    Raises
    ------
    GazetteerForeign
        Something else lies at that path: it is not ours to overwrite.
    SourceError
        What it is built from is missing or faulty.
    """
    path = path or cache.default_path()
    wanted = cache.fingerprint()
    if _is_current(path, wanted):
        return path
    with cache.locked(path):
        # Another process may have built it while this one waited.
        if not _is_current(path, wanted):
            write(path, fingerprint=wanted, quiet=quiet)
    return path


def _is_current(path: Path, wanted: str) -> bool:
    try:
        meta = cache.check(path)
    except GazetteerError as error:
        if type(error).__name__ == "GazetteerForeign":
            raise
        return False
    # A full GeoNames build was asked for by hand and stays until its owner builds again.
    return meta["origin"] != "packages" or meta["fingerprint"] == wanted


def write(path: Path, *, fingerprint: str, quiet: bool = False) -> None:
    """Build from the pinned packages and the curated tables, and put the file in place."""
    progress = Progress(quiet=quiet)
    with cache.replacing(path) as draft, Writer(draft, progress=progress) as writer:
        packages = Packages.read()
        for unit in packages.units.values():
            writer.unit(unit.code, unit.name, unit.iso or None)
        with progress.stage("places", None) as advance:
            for source in (packages.places(), airports(packages, writer)):
                for row, spellings in source:
                    writer.add(row, spellings)
                    advance(1)
        writer.finish(
            {
                "origin": "packages",
                "fingerprint": fingerprint,
                "versions": ", ".join(f"{package} {version(package)}" for package in PACKAGES),
                "complete": "yes",
            }
        )
