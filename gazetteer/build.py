"""Building the gazetteer: every source in turn into one file, put in place in one step."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from gazetteer import cache, typewords
from gazetteer.errors import GazetteerError, GazetteerForeign, SourceError
from gazetteer.progress import Progress
from gazetteer.sources.airports import airports
from gazetteer.sources.areas import Outlines
from gazetteer.sources.curated import add_curated, wanted_names
from gazetteer.sources.packages import PACKAGES, Packages
from gazetteer.writer import Writer

_log = logging.getLogger(__name__)


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
    if _state(path, wanted) == "current":
        return path
    with cache.locked(path):
        # Another process may have built it while this one waited.
        state = _state(path, wanted)
        if state == "current":
            return path
        try:
            write(path, fingerprint=wanted, quiet=quiet)
        except SourceError as fault:
            if state != "stale":
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


def write(path: Path, *, fingerprint: str, data: Path = cache.DATA, quiet: bool = False) -> None:
    """Build from the pinned packages and the curated tables, and put the file in place."""
    progress = Progress(quiet=quiet)
    words = typewords.read(data / "gazetteer")
    wanted = wanted_names(data)
    with cache.replacing(path) as draft, Writer(draft, progress=progress, wanted=wanted) as writer:
        packages = Packages.read()
        for unit in packages.units.values():
            writer.unit(unit.code, unit.name)
        with progress.stage("places") as advance:
            for source in (packages.places(), airports(packages, writer)):
                for row, spellings in source:
                    writer.add(row, spellings)
                    advance(1)
        with progress.stage("curated places and outlines"):
            outlines = Outlines.read(data)
            for row in packages.pointless_countries(outlines, writer.priors):
                writer.add(row)
            ids = {code: country["geonameid"] for code, country in packages.countries.items()}
            add_curated(writer, data, outlines, ids)
            writer.outlines(outlines.by_code)
        writer.finish(
            {
                "origin": "packages",
                "fingerprint": fingerprint,
                "versions": ", ".join(f"{package} {version(package)}" for package in PACKAGES),
                "type words": typewords.to_json(words),
                "complete": "yes",
            }
        )
