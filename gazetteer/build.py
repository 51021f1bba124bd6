"""Building the gazetteer: every source in turn into one file, put in place in one step."""

from __future__ import annotations

import contextlib
import csv
import json
import logging
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from gazetteer import cache, typewords
from gazetteer.errors import GazetteerError, GazetteerForeign, SourceError
from gazetteer.progress import Progress
from gazetteer.shipped import DATA
from gazetteer.sources import dump, villages
from gazetteer.sources.airports import airports
from gazetteer.sources.areas import Outlines
from gazetteer.sources.curated import add_curated, wanted_names
from gazetteer.sources.packages import PACKAGES, Packages
from gazetteer.writer import Writer

_log = logging.getLogger(__name__)


def ensure(
    path: Path | None = None,
    *,
    geonames: Path | None = None,
    data: Path = DATA,
    force: bool = False,
    keep_old: bool = True,
    quiet: bool = False,
) -> Path:
    """Give the path of a gazetteer that is whole and up to date; build it where it is not.

    Parameters
    ----------
    path : Path, optional
        The file; the default one otherwise.
    geonames : Path, optional
        Build from the GeoNames dump in this folder instead of the packages.
    data : Path
        The folder of curated tables and outlines.
    force : bool
        Build even if nothing changed.
    keep_old : bool
        Where a curated table has a fault, stay with the file from before and say so in the log.

    Raises
    ------
    GazetteerForeign
        Something else lies at that path: it is not ours to overwrite.
    SourceError
        What it is built from is missing or faulty.
    """
    path = path or cache.default_path()
    wanted = cache.fingerprint(data)
    force = force or geonames is not None
    if _state(path, wanted) == "current" and not force:
        return path
    with cache.locked(path):
        # Another process may have built it while this one waited.
        state = _state(path, wanted)
        if state == "current" and not force:
            return path
        try:
            write(path, fingerprint=wanted, geonames=geonames, data=data, quiet=quiet)
        except SourceError as fault:
            if state == "unusable" or not keep_old:
                raise
            # A slip in a table must not take the whole program down while there is a good file.
            _log.error("the gazetteer could not be rebuilt; the one from before the change stays in use\n%s", fault)
    return path


def _state(path: Path, wanted: str) -> Literal["current", "stale", "unusable"]:
    try:
        meta = cache.check(path)
    except GazetteerForeign:
        raise
    except GazetteerError:
        return "unusable"
    # A full GeoNames build was asked for by hand and stays until its owner builds again.
    return "current" if meta["origin"] != "packages" or meta["fingerprint"] == wanted else "stale"


def write(
    path: Path, *, fingerprint: str, geonames: Path | None = None, data: Path = DATA, quiet: bool = False
) -> None:
    """Build from the pinned packages, or a GeoNames dump, and the curated tables; put the file in place."""
    progress = Progress(quiet=quiet)
    found = None if geonames is None else dump.Dump.find(geonames)
    words = typewords.read(data / "gazetteer")
    with cache.replacing(path) as draft:
        with Writer(draft, progress=progress, wanted=wanted_names(data), large=found is not None) as writer:
            packages = Packages.read()
            if found is None:
                _add_packages(writer, packages)
            else:
                _add_dump(writer, found)
            with progress.stage("airports, curated places and outlines"):
                for row, spellings in airports(packages, writer):
                    writer.add(row, spellings)
                outlines = Outlines.read(data)
                for row in packages.pointless_countries(outlines, writer.priors):
                    writer.add(row)
                ids = {code: country["geonameid"] for code, country in packages.countries.items()}
                add_curated(writer, data, outlines, ids, partial=found is not None)
                writer.outlines(outlines.by_code)
            if found is None:
                # A full dump has them, with their points.
                with progress.stage("villages of national lists"):
                    writer.villages(villages.villages(data, packages.settled))
            writer.finish(
                {
                    "origin": "packages" if found is None else "GeoNames dump",
                    "fingerprint": fingerprint,
                    "versions": ", ".join(_versions()),
                    "type words": typewords.to_json(words),
                    "credits": json.dumps(_credits(data)),
                    "complete": "yes",
                    "checksum": cache.UNSEALED,
                }
            )
        cache.seal(draft)


def _add_packages(writer: Writer, packages: Packages) -> None:
    for unit in packages.units.values():
        writer.unit(unit.code, unit.name)
    with writer.progress.stage("places") as advance:
        for row, spellings in packages.places():
            writer.add(row, spellings)
            advance(1)


def _add_dump(writer: Writer, found: dump.Dump) -> None:
    for code, name in dump.units(found):
        writer.unit(code, name)
    with writer.progress.stage("GeoNames", found.size()) as advance:
        for row, spellings in dump.places(found, advance):
            writer.add(row, spellings)
        for key, spelling in dump.alternates(found, advance):
            writer.spell(key, (spelling,))


def _versions() -> Iterator[str]:
    """Yield the packages that it is made of; lists of villages may be absent."""
    for package in (*PACKAGES, *villages.PACKAGES):
        with contextlib.suppress(PackageNotFoundError):
            yield f"{package} {version(package)}"


def _credits(data: Path) -> list[str]:
    """Read what the gazetteer owes to whom from ``sources.csv``."""
    path = data / "sources.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [" · ".join(cell for cell in row if cell) for row in csv.reader(lines)][1:]
