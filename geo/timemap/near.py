"""What the base map has to hold on to near a town, in squares of ten degrees that are fetched as they are looked at."""

from __future__ import annotations

import functools
import gzip
import math
import re
import zipfile
from pathlib import Path

import pandas as pd

from gazetteer.shipped import DATA

FILE = DATA / "basemap" / "near.zip"
SIDE = 10  # degrees
MOST_SQUARES = 12  # that a page of its own takes along: half a megabyte
_NAME = re.compile(r"(0|-?[1-9]0|-?1[0-7]0|-180)_(0|-?[1-9]0)")
_NOTHING = gzip.compress(b"{}", 9, mtime=0)


def read(name: str) -> bytes:
    """Give a square as gzipped JSON: ``30_40`` is that from 30° E, 40° N; one of open sea is an empty object.

    Raises
    ------
    FileNotFoundError
        The name is none of a square.
    """
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(f"no such asset: {name}")
    return _squares().get(name, _NOTHING)


@functools.cache
def _squares() -> dict[str, bytes]:
    with zipfile.ZipFile(Path(FILE)) as archive:
        return {name.removesuffix(".json.gz"): archive.read(name) for name in archive.namelist()}


def around(events: pd.DataFrame) -> dict[str, bytes]:
    """Give the squares that most of the events stand in, by name, for a page that can fetch nothing."""
    if not {"lon", "lat"} <= set(events.columns):
        return {}
    points = events[["lon", "lat"]].apply(pd.to_numeric, errors="coerce").dropna()
    points = points[(points["lon"].abs() < 180) & (points["lat"].abs() < 90)]
    corners = (points / SIDE).map(math.floor) * SIDE
    names = (corners["lon"].astype(str) + "_" + corners["lat"].astype(str)).value_counts(sort=True)
    known = _squares()
    return {str(name): known[str(name)] for name in sorted(names.index[:MOST_SQUARES]) if str(name) in known}
